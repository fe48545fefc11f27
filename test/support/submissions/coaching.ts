import { answer, command, press } from '../actuals-app.ts';
import { LATE_REVIEWS, mintAgreed } from '../agreed-rep.ts';
import type { DayApp } from '../day-app.ts';
import type { Scenario } from './scenario.ts';

async function said(app: DayApp, words: string): Promise<string> {
  const { rep } = await mintAgreed(app, LATE_REVIEWS);
  await command(app, rep, words);
  return rep;
}

/** A leader who reads the hand-off card. */
async function atCard(app: DayApp): Promise<string> {
  const { rep } = await mintAgreed(app, LATE_REVIEWS);
  await app.db.person.updateMany({ where: { userId: rep }, data: { leader: true } });
  await command(app, rep, 'card');
  return rep;
}

export const coachingScenarios: readonly Scenario[] = [
  {
    form: 'onboarding_week_form',
    what: 'what a new hire’s week is about',
    async open(app) {
      const { rep, manager } = await mintAgreed(app, LATE_REVIEWS);
      const joinedOn = app.clock.now().toISOString().slice(0, 10);
      await app.db.person.updateMany({ where: { userId: rep }, data: { joinedOn } });
      await command(app, manager, 'team');
      await app.slack.action({ user: manager, actionId: 'plan_dues' });
      await app.slack.action({ user: manager, actionId: 'onboarding_open', value: rep });
      await app.slack.action({ user: manager, actionId: 'onboarding_week', value: `${rep}:3` });
      return { user: manager, entries: { kind: 'own_calls', words: 'Alone, with the deck.' } };
    },
  },
  {
    form: 'hand_off_form',
    what: 'the hand-off card is written',
    async open(app) {
      const user = await atCard(app);
      await press(app, user, 'hand_off_edit', { message: null });
      return { user, entries: { persona: 'Heads of operations', news: 'Export to SAP' } };
    },
  },
  {
    form: 'hand_off_keepers_form',
    what: 'a keeper of the hand-off card is named',
    async open(app) {
      const user = await atCard(app);
      await press(app, user, 'hand_off_keepers', { message: null });
      return { user, entries: { keepers: [user] } };
    },
  },
  {
    form: 'touch_form',
    what: 'a touch is noted',
    async open(app) {
      const entries = { name: 'Initech', kind: 'call', subject: 'Pricing' };
      return { user: await said(app, 'touch'), entries };
    },
  },
  {
    form: 'touch_form',
    what: 'a touch is changed',
    async open(app) {
      const user = await said(app, 'touch Initech call pricing');
      await press(app, user, 'touch_edit', { message: answer(app, user) });
      return { user, entries: { subject: 'Discounts' } };
    },
  },
  {
    form: 'touch_paste_form',
    what: 'touches are pasted',
    async open(app) {
      const entries = { pasted: 'Initech, call, pricing\nHooli' };
      return { user: await said(app, 'touch paste'), entries };
    },
  },
  {
    form: 'prospect_form',
    what: 'a prospect is changed',
    async open(app) {
      const user = await said(app, 'touch Initech call pricing');
      const prospect = await app.db.prospect.findFirstOrThrow({ where: { repId: user } });
      await command(app, user, 'touch list');
      await press(app, user, 'prospect_menu', { message: null, value: `edit:${prospect.id}:0` });
      return { user, entries: { name: 'Initech GmbH', stage: 'demo' } };
    },
  },
];
