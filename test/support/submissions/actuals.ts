import { answer, command, mintInMarch, press } from '../actuals-app.ts';
import { type DayApp, forged } from '../day-app.ts';
import type { Scenario } from './scenario.ts';

/** A rep who has typed a sub-command. */
async function typed(app: DayApp, words: string): Promise<string> {
  const { rep } = await mintInMarch(app);
  await command(app, rep, words);
  return rep;
}

/** A rep who has recorded something in words, and now edits it from the answer. */
async function editing(app: DayApp, words: string, actionId: string): Promise<string> {
  const rep = await typed(app, words);
  await press(app, rep, actionId, { message: answer(app, rep) });
  return rep;
}

const CRITERIA = ['verbal', 'bant', 'demo', 'moving'];

export const actualsScenarios: readonly Scenario[] = [
  {
    form: 'deal_form',
    what: 'a deal is recorded',
    async open(app) {
      const entries = { kind: 'newBusiness', account: 'Initech', amount: '24k' };
      return { user: await typed(app, 'won'), entries };
    },
  },
  {
    form: 'deal_form',
    what: 'a renewal of the plan is settled',
    async open(app) {
      const user = await typed(app, 'won');
      await app.slack.action({ user, actionId: 'deal_kind', enter: 'renewal' });
      return { user, entries: { renewal: 'acme', amount: '120k' } };
    },
  },
  {
    form: 'deal_form',
    what: 'a deal is changed',
    async open(app) {
      const user = await editing(app, 'won Initech 24000 new', 'deal_edit');
      return { user, entries: { amount: '25k' } };
    },
  },
  {
    form: 'pipeline_form',
    what: 'pipeline is recorded',
    async open(app) {
      return {
        user: await typed(app, 'pipeline'),
        entries: { newBusiness: '300k', criteria: CRITERIA },
      };
    },
  },
  {
    form: 'leads_form',
    what: 'leads are recorded',
    async open(app) {
      return { user: await typed(app, 'leads'), entries: { inbound: '6', outbound: '4' } };
    },
  },
  {
    form: 'leads_form',
    what: 'leads are changed',
    async open(app) {
      const user = await editing(app, 'leads 6 inbound 4 outbound', 'leads_edit');
      return { user, entries: { inbound: '7' } };
    },
  },
  {
    form: 'actuals_update_form',
    what: 'deals, pipeline and leads in one',
    async open(app) {
      const { rep } = await mintInMarch(app);
      const value = `2027-03-11:${rep}`;
      await command(app, rep, 'won list');
      await press(app, rep, 'actuals_update', {
        message: forged(answer(app, rep), 'actuals_update', value),
      });
      const entries = { deals: 'Initech 24k new', expansion: '80k', inbound: '2' };
      return { user: rep, entries };
    },
  },
  {
    form: 'renewal_later',
    what: 'a renewal is to be asked about later',
    async open(app) {
      const { rep } = await mintInMarch(app);
      await command(app, rep, 'won list');
      const action = 'renewal_later_open';
      await press(app, rep, action, {
        message: forged(answer(app, rep), action, '2027-03-11:acme'),
      });
      return { user: rep, entries: {} };
    },
  },
];
