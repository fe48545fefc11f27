/**
 * A year of one pair, with the clock advanced: twelve reviews. The work of the days is kept as check-ins
 * keep it; everything around the reviews happens in Slack. `PRINT_THREADS=1` prints what the channel saw.
 */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_NUDGES, saveDay, saveNudges } from '../../src/activity/store.ts';
import { addDeal, addLeads, addSnapshot } from '../../src/actuals/store.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { ensureTeam, setChannel } from '../../src/people/store.ts';
import { openTermsOf } from '../../src/plan/draft.ts';
import { liveFigures } from '../../src/plan/model/compute.ts';
import type { Layer } from '../../src/plan/schemas.ts';
import { lastDayOfMonth } from '../../src/time/local-date.ts';
import { workingDates } from '../../src/time/working-days.ts';
import { agreePlanOf, everyDayDraft } from '../support/agreed-rep.ts';
import { compOf, tier } from '../support/components.ts';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
import { joinTeam, mintPerson } from '../support/plan-app.ts';
import { TEAM, type ThreadedMessage } from '../support/slack.ts';

const DANA = 'U0DANA';
const MAX = 'U0MAX';
const PRIYA = 'U0PRIYA';
const TEAM_MAX = 'C0TEAMMAX';
const TEAM_PRIYA = 'C0TEAMPRIYA';

let app: DayApp;
let planId: string;

const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const draft = everyDayDraft({
  calendar: {
    workdays: [...workdays],
    holidays: ['2027-01-01', '2027-07-05'],
    timeOff: [],
    country: 'US',
    region: null,
  },
  // Above quota, so that the plan's own milestones lie above those at quota.
  goal: { income: 25_317_300, livingCosts: null },
  compensation: compOf(10_031_700, {
    quota: 100_000_000,
    pays: { rate: 0.1173 },
    tiers: [tier(0, 1), tier(1, 1.537)],
  }),
  renewals: [
    {
      id: 'r1',
      account: 'Acme',
      amount: 24_000_000,
      date: '2027-03-31',
      likelihood: 0.8,
      pressureTested: 0.4,
      activity: 'low',
      internalRisks: '',
      externalRisks: '',
      nextActivities: '',
    },
  ],
  expansion: [
    { id: 'e1', account: 'Globex', buyingCenter: 'EMEA', target: 8_000_000, split: 'quarters' },
  ],
  newBusiness: {
    carried: true,
    averageDealSize: 2_500_000,
    salesCycleDays: 0,
    sdr: { inboundPerMonth: 6, outboundPerMonth: 4, qualificationRate: 0.5, sync: 'weekly' },
    selfSourcing: { leadIdentification: '', prospecting: '' },
  },
  reviews: { ordinal: 1, weekday: 'mon', time: '10:00' },
});

/** Every working day of a month logged, with as many of each a day on average. */
async function works(month: string, perDay: { calls: number; demos: number; rest?: number }) {
  const { encryption } = app.bigplan.context;
  const from = `${month}-01`;
  const dates = workingDates(draft.calendar, from, lastDayOfMonth(from));
  for (const [index, date] of dates.entries()) {
    const spread = (rate: number) => Math.floor(rate * (index + 1)) - Math.floor(rate * index);
    const { calls, demos, rest = 1 } = perDay;
    const counts = {
      calls: spread(calls),
      visits: spread(demos * 1.6 * rest),
      demos: spread(demos),
      proposals: spread(demos * 0.7 * rest),
      contracts: spread(demos * 0.42 * rest),
    };
    const day = { date, state: 'logged' as const, counts, skipReason: null, note: null };
    await saveDay({ db: app.db, encryption }, { workspaceId: TEAM, userId: DANA }, day, new Date());
  }
}

/** `amount` in major units, in deals of about the plan's size. */
async function wins(date: string, amount: number, layer: Layer = 'newBusiness') {
  const deals = layer === 'newBusiness' ? Math.max(1, Math.round(amount / 27_000)) : 1;
  for (let deal = 0; deal < deals; deal++) await win(date, Math.round(amount / deals), layer);
}

async function win(date: string, amount: number, layer: Layer) {
  await inTransaction(app.db, (tx) =>
    addDeal(tx, {
      id: randomUUID(),
      workspaceId: TEAM,
      repId: DANA,
      planId,
      date,
      layer,
      outcome: 'won',
      account: 'Account',
      amount: amount * 100,
      renewalId: null,
      addedBy: DANA,
      createdAt: new Date(),
    }),
  );
}

async function gets(date: string, inbound: number, outbound: number) {
  await inTransaction(app.db, (tx) =>
    addLeads(tx, {
      id: randomUUID(),
      workspaceId: TEAM,
      repId: DANA,
      date,
      inbound,
      outbound,
      addedBy: DANA,
      createdAt: new Date(),
    }),
  );
}

async function pipeline(date: string, newBusiness: number) {
  await inTransaction(app.db, (tx) =>
    addSnapshot(tx, {
      id: randomUUID(),
      workspaceId: TEAM,
      repId: DANA,
      planId,
      date,
      layers: { renewal: null, expansion: 3_000_000, newBusiness: newBusiness * 100 },
      addedBy: DANA,
      createdAt: new Date(),
    }),
  );
}

beforeAll(async () => {
  app = await startDayApp();
  for (const id of [TEAM_MAX, TEAM_PRIYA]) app.slack.addChannel(id, { joined: true });
  await mintPerson(app, DANA, { name: 'Dana' });
  await mintPerson(app, MAX, { name: 'Max', tz: 'Europe/London', locale: 'en-GB' });
  await mintPerson(app, PRIYA, { name: 'Priya' });
  await joinTeam(app, DANA, MAX);
  await inTransaction(app.db, async (tx) => {
    await setChannel(tx, (await ensureTeam(tx, { workspaceId: TEAM, userId: MAX })).id, TEAM_MAX);
    await setChannel(
      tx,
      (await ensureTeam(tx, { workspaceId: TEAM, userId: PRIYA })).id,
      TEAM_PRIYA,
    );
  });
  await agreePlanOf(app, DANA, draft);
  planId = (await app.db.plan.findFirstOrThrow({ where: { repId: DANA } })).id;
  const quiet = { checkIns: false, callBlocks: false, syncs: false, paceNotes: false };
  await saveNudges(
    app.bigplan.context,
    { workspaceId: TEAM, userId: DANA },
    {
      ...DEFAULT_NUDGES,
      ...quiet,
    },
  );
});
afterAll(() => app.stop());

/** What the channel saw of a review: its thread, by the month that it names. */
function thread(channel: string, month: string): ThreadedMessage {
  const found = app.slack.channel(channel).filter(({ text }) => text.includes(` · ${month}`));
  expect(found, `threads of ${month}`).toHaveLength(1);
  return found[0] as ThreadedMessage;
}
const repliesOf = ({ replies }: ThreadedMessage) => replies.map(({ text }) => text);

/** Dana answers everything that she is asked, and sends it. */
async function answers(why: {
  causes: string[];
  words: string;
  proposal?: string;
  worked?: string;
}) {
  const prep = app.slack.dm(DANA).findLast((one) => inside(one).includes('review_answer'));
  if (!prep) throw new Error('Dana was not asked');
  await app.press(DANA, 'review_answer', { message: prep });
  const { causes, words, proposal = '' } = why;
  const entries: Record<string, string | string[]> = {};
  for (const block of app.slack.modal(DANA)?.blocks ?? []) {
    const [topic = '', part] = (block.block_id ?? '').replace(/:.*/, '').split('.');
    if (part === 'causes') entries[`${topic}.causes`] = causes;
    if (part === 'words') {
      entries[`${topic}.words`] = topic === 'worked' ? (why.worked ?? words) : words;
      if (topic !== 'worked') entries[`${topic}.proposal`] = proposal;
    }
  }
  const { body } = await app.slack.submit(DANA, entries);
  expect(body ?? {}).not.toHaveProperty('errors');
  await app.bigplan.settled();
}

async function adds(user: string, item: { text: string; owner: string; due: string }) {
  await app.slack.action({ user, actionId: 'recovery_add' });
  await app.slack.submit(user, item);
}

const LONG = { timeout: 300_000 };

describe('a year of reviews', LONG, () => {
  it('January went well: Dana says what worked, and the channel reads it', async () => {
    await works('2027-01', { calls: 9, demos: 0.7 });
    await wins('2027-01-15', 70_000);
    await gets('2027-01-20', 6, 4);
    await pipeline('2027-01-26', 3_100_000);
    await app.to('2027-01-27', '08:59');
    expect(app.texts(DANA)).toEqual([]);
    // Three working days before Monday, 1 February.
    await app.to('2027-01-27', '09:00');
    expect(app.texts(DANA)).toHaveLength(1);
    expect(app.texts(MAX)).toHaveLength(1);
    expect(app.slack.channel(TEAM_MAX)).toEqual([]);
    // Her own target lies above quota, and what she says about that stays with her.
    await answers({
      causes: ['pricing'],
      words: 'Not quite where I want to be.',
      worked: 'Two referrals from customers of Acme.',
    });
    const january = thread(TEAM_MAX, 'January');
    expect(JSON.stringify(january)).toContain('Two referrals from customers of Acme.');
    expect(JSON.stringify(january)).not.toMatch(/Not quite where I want to be|pricing/);
    expect(january.text).toContain('on track');
    expect(repliesOf(january).join('\n')).toContain('What worked');
    // The days that were left when she answered are told when they are over.
    await app.to('2027-02-01', '09:30');
    expect(repliesOf(thread(TEAM_MAX, 'January')).at(-1)).toContain('January is over');
  });

  it('February’s leads stayed away: why first, then a plan to win it back', async () => {
    await works('2027-02', { calls: 9, demos: 0.7 });
    await wins('2027-02-10', 12_000);
    await gets('2027-02-20', 0, 1);
    await app.to('2027-02-24', '09:00');
    const toMax = app.texts(MAX).join('\n');
    expect(toMax).not.toMatch(/missed|✗/);
    await answers({
      causes: ['lead_supply', 'content'],
      words: 'Inbound brought none of the 6 leads we agreed.',
      proposal: 'A battle card against Initech.',
    });
    const february = thread(TEAM_MAX, 'February');
    expect(february.text).toContain('<@U0DANA> says: too few leads');
    expect(repliesOf(february)[0]).toContain('✗ Leads');
    expect(repliesOf(february).join('\n')).toContain('too few leads, content is missing');

    await app.to('2027-03-01', '10:30');
    await app.press(MAX, 'recovery_open', { message: february });
    await adds(MAX, { text: 'Battle card against Initech', owner: 'manager', due: '2027-03-19' });
    await adds(MAX, { text: 'Two demos a week from referrals', owner: 'rep', due: '2027-03-31' });
    await app.slack.closeModal(MAX);
    await app.press(MAX, 'review_close_open', { message: february });
    await app.slack.submit(MAX);
    await app.bigplan.settled();
    const closed = thread(TEAM_MAX, 'February');
    expect(JSON.stringify(closed.blocks)).toContain('2 items agreed');
    expect(JSON.stringify(closed.replies)).toContain('Battle card');
  });

  it('Max hears once, on the morning after, that the battle card is late', async () => {
    await app.to('2027-03-22', '03:00');
    expect(app.texts(MAX).filter((text) => text.includes('Battle card'))).toEqual([]);
    await app.to('2027-03-25', '12:00');
    expect(app.texts(MAX).filter((text) => text.includes('Battle card'))).toHaveLength(1);
  });

  it('March ends a quarter; the meeting is moved, and Dana hears why', async () => {
    await works('2027-03', { calls: 3, demos: 0.4 });
    await wins('2027-03-12', 20_000);
    await wins('2027-03-31', 97_000, 'renewal');
    await wins('2027-03-30', 20_000, 'expansion');
    await app.to('2027-04-01', '08:00');
    await app.slack.command('/bigplan', 'review', { user: MAX });
    await moves(MAX, '2027-04-08', '14:00', 'A customer visit that day.');
    expect(inside(app.last(DANA))).toContain('A customer visit that day.');
    await app.to('2027-04-05', '09:00');
    await answers({ causes: ['tools_and_data'], words: 'The dialer was down for a week.' });
    const march = thread(TEAM_MAX, 'March and Q1');
    expect(march.text).toContain('tools and data');
    expect(repliesOf(march).join('\n')).toMatch(/Still open from before.*Battle card/s);
    expect(JSON.stringify(march.blocks)).toContain('Thu 8 Apr');
  });

  it('April goes unanswered: it opens an hour before the meeting, and takes her answer later', async () => {
    await works('2027-04', { calls: 5, demos: 0.5 });
    await app.to('2027-05-03', '08:59');
    expect(app.slack.channel(TEAM_MAX)).toHaveLength(3);
    const asked = app.texts(DANA).filter((text) => text.includes('April'));
    expect(asked, 'the question and one reminder').toHaveLength(2);
    await app.to('2027-05-03', '09:00');
    const april = thread(TEAM_MAX, 'April');
    expect(april.text).toContain('not answered yet');
    expect(repliesOf(april).join('\n')).not.toContain('In <@U0DANA>’s words');
    await app.to('2027-05-05', '11:00');
    await answers({ causes: ['own_execution'], words: 'I let the calls slip.' });
    const since = thread(TEAM_MAX, 'April');
    expect(repliesOf(since).at(-1)).toMatch(/has answered.*own execution/s);
    expect(JSON.stringify(since.blocks)).not.toContain('Not answered yet');
  });

  it('May recovers', async () => {
    await works('2027-05', { calls: 9, demos: 0.9 });
    await wins('2027-05-10', 240_000);
    await pipeline('2027-05-27', 3_000_000);
    await app.to('2027-06-03', '10:00');
    await answers({ causes: ['pricing'], words: 'Discounts wait for sign-off.' });
    expect(thread(TEAM_MAX, 'May').text).toMatch(/on track|at risk/);
  });

  it('June steps around a holiday', async () => {
    await works('2027-06', { calls: 9, demos: 0.9 });
    await wins('2027-06-10', 60_000);
    await wins('2027-06-28', 21_000, 'expansion');
    await app.to('2027-07-05', '23:00');
    expect(app.slack.channel(TEAM_MAX)).toHaveLength(5);
    await app.to('2027-07-06', '09:00');
    expect(thread(TEAM_MAX, 'June and Q2').text).toContain('not answered yet');
  });

  it('Priya takes over in July: the next thread is in her channel', async () => {
    await works('2027-07', { calls: 9, demos: 0.8 });
    await app.to('2027-07-20', '10:00');
    await joinTeam(app, DANA, PRIYA);
    await app.to('2027-08-02', '09:30');
    expect(app.slack.channel(TEAM_MAX)).toHaveLength(6);
    expect(thread(TEAM_PRIYA, 'July').text).toContain('not answered yet');
    // Max may press nothing there any more.
    const july = thread(TEAM_PRIYA, 'July');
    await app.press(MAX, 'recovery_open', { message: july });
    expect(app.told(MAX)).toContain('only the two of them');
    expect(app.slack.modal(MAX)).toBeUndefined();
  });

  it('the rest of the year comes by itself, and the last month is judged in the next', async () => {
    for (const month of ['08', '09', '10', '11', '12']) {
      await works(`2027-${month}`, { calls: 9, demos: 0.8, rest: month === '09' ? 0.3 : 1 });
      await wins(`2027-${month}-14`, 90_000);
      await pipeline(`2027-${month}-27`, 1_500_000);
    }
    await app.to('2028-01-10', '12:00');
    const seen = app.slack.channel(TEAM_PRIYA).map(({ text }) => / · (.*?) 1:1/.exec(text)?.[1]);
    expect(seen).toEqual([
      'July',
      'August',
      'September and Q3',
      'October',
      'November',
      'December, Q4 and the period',
    ]);
    await app.to('2028-03-01', '12:00');
    expect(app.slack.channel(TEAM_PRIYA)).toHaveLength(6);
  });

  it('no channel saw what Dana wants to earn, is paid, or is to book for it', async () => {
    const posted = [TEAM_MAX, TEAM_PRIYA].flatMap((channel) => app.slack.messages(channel));
    expect(posted.length).toBeGreaterThan(50);
    const text = JSON.stringify(posted);
    const target = (await measuredTarget()).toString();
    for (const canary of [
      '253,173',
      '25317300',
      'income',
      '100,317',
      '11.73',
      '0.1173',
      '1.537',
      target,
    ]) {
      expect(text, canary).not.toContain(canary);
    }
  });

  it('nobody got anything twice', async () => {
    for (const place of [TEAM_MAX, TEAM_PRIYA, app.slack.dmChannel(DANA)]) {
      const texts = app.slack.messages(place).map(({ text, ts }) => `${text}`.replace(ts, ''));
      const ids = app.slack
        .messages(place)
        .map(({ metadata }) => JSON.stringify(metadata?.event_payload));
      expect(new Set(ids).size).toBe(texts.length);
    }
    const rows = await app.db.delivery.groupBy({ by: ['state'], _count: true });
    expect(rows.map(({ state }) => state).filter((state) => state === 'planned')).toEqual([]);
    if (process.env.PRINT_THREADS) for (const channel of [TEAM_MAX, TEAM_PRIYA]) print(channel);
  });
});

/** The first milestone of the rep's own that no channel may show: in major units with separators. */
async function measuredTarget(): Promise<string> {
  const { milestones } = liveFigures(openTermsOf(draft));
  const own = milestones?.at(-1)?.bookings.newBusiness ?? 0;
  return Math.floor(own / 100).toLocaleString('en-US');
}

async function moves(user: string, date: string, time: string, reason: string) {
  const shown = JSON.stringify(app.slack.modal(user)?.blocks);
  const value = /"action_id":"(review_move_(?:month|open)[^"]*)","value":"([^"]+)"/.exec(shown);
  if (!value?.[1] || !value[2]) throw new Error(`no move button in ${shown}`);
  await app.slack.action({ user, actionId: value[1], value: value[2] });
  await app.slack.submit(user, { date, time, reason });
  await app.slack.closeModal(user);
  await app.bigplan.settled();
}

/** As somebody reads it. */
function print(channel: string) {
  const words = (block: unknown): string[] =>
    Array.isArray(block)
      ? block.flatMap(words)
      : block !== null && typeof block === 'object'
        ? Object.entries(block).flatMap(([key, value]) =>
            key === 'rows'
              ? (value as { text: string }[][]).map((row) =>
                  row.map(({ text }) => text.padEnd(24)).join(''),
                )
              : ['text', 'alt_text'].includes(key) && typeof value === 'string'
                ? [value]
                : words(value),
          )
        : [];
  for (const { blocks, replies } of app.slack.channel(channel)) {
    console.log(words(blocks).join('\n'));
    for (const reply of replies) console.log(`  ↳ ${words(reply.blocks).join('\n    ')}`);
  }
}
