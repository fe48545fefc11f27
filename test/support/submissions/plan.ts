import type { DayApp } from '../day-app.ts';
import { fillWizard, mintPair, openOwn, proposed } from '../plan-app.ts';
import type { Scenario } from './scenario.ts';

/** A rep in front of a step of their plan. */
async function atStep(app: DayApp, step?: string): Promise<string> {
  const { rep } = await mintPair(app);
  await openOwn(app, rep);
  const period = { 'period.start': '2027-01-01', 'period.end': '2027-12-31' };
  await app.slack.submit(rep, { ...period, 'goal.income': '250,000' });
  if (step) await app.slack.action({ user: rep, actionId: 'plan_go_to', enter: step });
  return rep;
}

const ROW = { account: 'Acme', amount: '120k', date: '2027-03-31', likelihood: '80%' };

export const planScenarios: readonly Scenario[] = [
  {
    form: 'plan_joined_form',
    what: 'when a rep joined',
    async open(app) {
      const { rep, manager } = await mintPair(app);
      await app.slack.command('/bigplan', 'team', { user: manager });
      await app.slack.action({ user: manager, actionId: 'plan_dues' });
      await app.slack.action({ user: manager, actionId: 'plan_joined', value: rep });
      return { user: manager, entries: { joinedOn: '2027-01-04' } };
    },
  },
  {
    form: 'plan_step',
    what: 'the first step, which begins the plan’s figures',
    async open(app) {
      const { rep } = await mintPair(app);
      await openOwn(app, rep);
      const period = { 'period.start': '2027-01-01', 'period.end': '2027-12-31' };
      return { user: rep, entries: { ...period, 'goal.income': '250,000' } };
    },
  },
  {
    form: 'plan_step',
    what: 'a step in the middle',
    async open(app) {
      return {
        user: await atStep(app, 'pipeline'),
        entries: { xFactor: '4x', winRate: '25%' },
      };
    },
  },
  {
    form: 'plan_step',
    what: 'the review, which proposes the plan',
    async open(app) {
      const { rep } = await mintPair(app);
      await openOwn(app, rep);
      await fillWizard(app.slack, rep);
      return { user: rep, entries: {} };
    },
  },
  {
    form: 'plan_step',
    what: 'the review, which names the manager and proposes the plan to them',
    async open(app) {
      const { rep, manager } = await mintPair(app);
      await app.db.person.updateMany({ data: { teamId: null } });
      await openOwn(app, rep);
      await fillWizard(app.slack, rep);
      return { user: rep, entries: { managerId: manager } };
    },
  },
  {
    form: 'plan_row',
    what: 'a row is added',
    async open(app) {
      const user = await atStep(app, 'renewals');
      await app.slack.action({ user, actionId: 'plan_row_add', value: 'renewals' });
      return { user, entries: ROW };
    },
  },
  {
    form: 'plan_row',
    what: 'a row is changed',
    async open(app) {
      const user = await atStep(app, 'renewals');
      await app.slack.action({ user, actionId: 'plan_row_add', value: 'renewals' });
      await app.slack.submit(user, ROW);
      const [, id = ''] =
        /edit:renewals:([\w-]+)/.exec(JSON.stringify(app.slack.modal(user))) ?? [];
      const value = `edit:renewals:${id}`;
      await app.slack.action({ user, actionId: 'plan_row_menu', enter: value, value });
      return { user, entries: { ...ROW, amount: '130k' } };
    },
  },
  {
    form: 'plan_row',
    what: 'a component is added, which takes its share of the on-target earnings',
    async open(app) {
      const user = await atStep(app, 'compensation');
      await app.slack.submit(user, { baseSalary: '100k', earns: '200k', quota: '1m' });
      await app.slack.action({ user, actionId: 'plan_go_to', enter: 'compensation' });
      await app.slack.action({ user, actionId: 'plan_row_add', value: 'components' });
      return { user, entries: { name: 'Customers', earns: '30k', quota: '500k' } };
    },
  },
  {
    form: 'plan_paste',
    what: 'two lines are added',
    async open(app) {
      const user = await atStep(app, 'renewals');
      await app.slack.action({ user, actionId: 'plan_row_paste', value: 'renewals' });
      const lines = 'Acme, 100, 2027-03-31, 80%\nGlobex, 200, 2027-04-30, 50%';
      return { user, entries: { lines } };
    },
  },
  {
    form: 'plan_paste',
    what: 'one line is added, one can’t be read',
    async open(app) {
      const user = await atStep(app, 'renewals');
      await app.slack.action({ user, actionId: 'plan_row_paste', value: 'renewals' });
      return { user, entries: { lines: 'Acme, 100, 2027-03-31, 80%\nGlobex' } };
    },
  },
  {
    form: 'plan_comment',
    what: 'a proposal is sent back',
    async open(app) {
      const pair = await mintPair(app);
      const message = await proposed(app, pair);
      const user = pair.manager;
      await app.slack.action({ user, actionId: 'plan_ask_for_changes', message });
      return { user, entries: { comment: 'More renewals, please.' } };
    },
  },
];
