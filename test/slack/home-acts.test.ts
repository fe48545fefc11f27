/** Who acts sees it on their Home at once, from wherever they act; the others with the next minute. */
import type { HomeView } from '@slack/types';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, startDayApp } from '../support/day-app.ts';
import { eventually } from '../support/eventually.ts';
import { mintPerson, type TestPair } from '../support/plan-app.ts';

let app: DayApp;
let pair: TestPair;

beforeAll(async () => {
  app = await startDayApp();
  app.clock.moveTo(new Date('2027-02-24T15:00:00Z'));
  pair = await mintAgreed(app, LATE_REVIEWS);
  await mintPerson(app, 'U0SAM', { name: 'Sam' });
  await app.to('2027-02-24', '17:05');
  for (const user of [pair.rep, pair.manager]) await app.slack.openHome(user);
});
afterAll(() => app.stop());

const homeOf = (user: string) =>
  JSON.stringify((app.slack.home(user) as HomeView | undefined)?.blocks ?? null);
const published = (user: string) =>
  app.slack.callsOf('views.publish').filter(({ args }) => args.user_id === user).length;
type Act = [string, 'rep' | 'manager', () => Promise<unknown>, string];
const acts: Act[] = [
  [
    'a form from Home: the coaching hour',
    'manager',
    async () => {
      await app.slack.action({ user: pair.manager, actionId: 'coach_log_open' });
      await app.slack.submit(pair.manager, {
        reviewed: 'demo',
        tweak: 'Ask for the budget first',
        metric: 'demoToProposal',
        measureOn: '2027-03-24',
      });
    },
    'Coaching hour: held this week',
  ],
  [
    'a form over a list: a promise',
    'manager',
    async () => {
      await app.slack.command('/bigplan', `promises <@${pair.rep}>`, { user: pair.manager });
      await app.slack.action({ user: pair.manager, actionId: 'promise_ask_open' });
      const asked = { text: 'A list of ten accounts', owner: 'rep', due: '2027-03-05' };
      await app.slack.submit(pair.manager, asked);
    },
    'owes you 1',
  ],
  [
    'a form from Home: a deal',
    'rep',
    async () => {
      await app.slack.action({ user: pair.rep, actionId: 'deal_add' });
      await app.slack.submit(pair.rep, { kind: 'newBusiness', account: 'Acme', amount: '24k' });
    },
    'is what it has paid so far',
  ],
  [
    'a button in a message: the day as planned',
    'rep',
    () => app.press(pair.rep, 'day_as_planned', { message: app.find(pair.rep, /go\?/) }),
    '✓ *Logged:* 22 calls',
  ],
  [
    'a command',
    'rep',
    () => app.slack.command('/bigplan', 'log 31 calls 2 demos', { user: pair.rep }),
    '✓ *Logged:* 31 calls',
  ],
  [
    'words in the DM',
    'rep',
    () => app.slack.say(pair.rep, '44 calls, 3 demos'),
    '✓ *Logged:* 44 calls',
  ],
  [
    'a button in a list: a promise is kept',
    'rep',
    async () => {
      await app.slack.command('/bigplan', 'promises', { user: pair.rep });
      await app.slack.action({ user: pair.rep, actionId: 'promise_tick' });
    },
    '!A list of ten accounts',
  ],
];

it.each(acts)('%s', async (_, who, act, words) => {
  const user = pair[who];
  await act();
  // The request is dealt with, and no minute has passed.
  if (words.startsWith('!')) expect(homeOf(user)).not.toContain(words.slice(1));
  else expect(homeOf(user)).toContain(words);
  for (let open = app.slack.modal(user); open; open = app.slack.modal(user)) {
    await app.slack.closeModal(user);
  }
});

it('the others see it with the next minute', async () => {
  expect(homeOf(pair.manager)).toContain('owes you 1');
  await app.bigplan.tick();
  await eventually(() => expect(homeOf(pair.manager)).not.toContain('owes you 1'));
});

it('nothing is published for who never opened Home, nor while somebody only looks', async () => {
  const before = published(pair.rep);
  await app.slack.command('/bigplan', 'status', { user: pair.rep });
  await app.slack.command('/bigplan', 'help', { user: 'U0SAM' });
  expect(published('U0SAM')).toBe(0);
  expect(published(pair.rep)).toBe(before);
});
