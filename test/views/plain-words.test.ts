import { describe, expect, it } from 'vitest';
import { askLostView, askWonView, neverWonView } from '../../src/actuals/won/hear-view.ts';
import * as dm from '../../src/home/dm/view.ts';
import type { Scorecard } from '../../src/review/schemas.ts';
import { type OwnStatus, type StatusScreen, statusMessage } from '../../src/review/status/view.ts';
import { checkMessage, fitMessage } from '../../src/slack/limits.ts';
import { mrkdwn, raw } from '../../src/slack/text.ts';
import { kpiLine } from '../support/kpi-line.ts';
import { readBlocks } from '../support/read-blocks.ts';

const LONG = 'Ünïcode & <@U1> *words* `that` go on '.repeat(60).slice(0, 200);
const style = { locale: 'en-US', currency: 'USD', digits: 2 };
const today = '2027-03-11';

const layer = { actual: 0, target: 0 };
const card: Scorecard = {
  month: '2027-03',
  span: { from: '2027-01-01', to: '2027-03-31' },
  asOf: '2027-03-10',
  quarter: 1,
  last: false,
  currency: 'USD',
  bookings: { actual: 21_200_000, target: 18_400_000 },
  lines: [
    kpiLine('bookings', 'met', [212, 184]),
    kpiLine('coverage', 'missed', [2.6, 3]),
    kpiLine('calls', 'met', [260, 270]),
    kpiLine('demos', 'short', [7, 8]),
    kpiLine('visits', 'met', [7, 7]),
  ],
  pipeline: {
    asOf: '2027-03-08',
    layers: {
      renewal: layer,
      expansion: { actual: 10_000_000, target: 12_000_000 },
      newBusiness: { actual: 31_000_000, target: 38_000_000 },
    },
  },
  leads: null,
  since: null,
  days: { counted: 10, unlogged: 1, skipped: 0, away: 0 },
  split: null,
  splitFrom: null,
  catchUp: [],
  months: [],
  standing: 'on_track',
};
const agreed: OwnStatus = {
  kind: 'agreed',
  card,
  style,
  meeting: { reader: { date: '2027-03-18', time: '10:00' }, other: null },
  today,
  canLog: true,
  hasOwnTarget: true,
};
const screen: StatusScreen = {
  userId: 'U0DANA',
  own: agreed,
  leads: false,
  reps: [],
  owes: { open: 0, overdue: 0 },
  isOwed: { open: 0, overdue: 0 },
  more: 0,
};
/** Nothing of its pipeline is judged yet. */
const firstMonth = (pipeline: Scorecard['pipeline']): StatusScreen => ({
  ...screen,
  own: {
    ...agreed,
    card: {
      ...card,
      month: '2027-01',
      span: { from: '2027-01-01', to: '2027-01-31' },
      asOf: '2027-01-03',
      lines: [kpiLine('bookings', 'unknown', [0, 0]), kpiLine('coverage', 'unknown', [null, 3])],
      pipeline,
    },
  },
});
const none: OwnStatus = { kind: 'none', status: null };
const reps = [
  { userId: 'U0DANA', health: 'on_track' as const, plan: 'Agreed (version 1)' },
  { userId: 'U0SAM', health: null, plan: 'Draft (version 1)' },
  { userId: 'U0NIA', health: null, plan: null },
];
const nobody = { rep: false, manager: false, leader: false, admin: false };
const commands = {
  helpOf: (names: readonly string[]) => raw(names.map((name) => `/${name}`).join(' ')),
};
const values = { kind: null, renewal: null, account: null, amount: null, date: null };
const hooli = {
  ...values,
  kind: 'newBusiness' as const,
  account: 'Hooli',
  amount: '24,000',
  date: today,
};
const reader = { ...style, userId: 'U0DANA', today };
const counts = { calls: 27, visits: 1, demos: 1, proposals: 0, contracts: 0 };
const day = {
  date: today,
  today,
  locale: 'en-US',
  planned: counts,
  week: { planned: counts, done: counts, days: 1 },
};

const MESSAGES = {
  'status of a rep': statusMessage(screen),
  'status without pipeline and with few leads': statusMessage({
    ...screen,
    own: {
      ...agreed,
      hasOwnTarget: false,
      meeting: null,
      card: {
        ...card,
        standing: 'at_risk',
        asOf: null,
        bookings: { actual: 0, target: 0 },
        lines: [kpiLine('coverage', 'unknown', [null, 3]), kpiLine('leads', 'missed', [3, 10])],
        pipeline: { ...card.pipeline, asOf: null },
      },
    },
  }),
  'status in a plan’s first month': statusMessage(firstMonth(card.pipeline)),
  'status in a plan’s first month, as it was said under the one before': statusMessage(
    firstMonth({ ...card.pipeline, asOf: '2026-12-20' }),
  ),
  'status with what was said too long ago': statusMessage(
    firstMonth({ ...card.pipeline, asOf: '2026-10-20' }),
  ),
  'status of a manager': statusMessage({ ...screen, own: none, reps, more: 3 }),
  'status of a manager who sells': statusMessage({ ...screen, reps }),
  'status of a leader': statusMessage({ ...screen, own: none, leads: true }),
  'status of nobody yet': statusMessage({ ...screen, own: none }),
  'status with a draft': statusMessage({ ...screen, own: { kind: 'none', status: 'draft' } }),
  'status before it begins': statusMessage({
    ...screen,
    own: { kind: 'not_begun', start: '2027-04-01', locale: 'en-US' },
  }),
  'a word': dm.wordMessage('Any time.'),
  greeting: dm.greetingMessage(today),
  'greeting of a stranger': dm.greetingMessage(null),
  quiet: dm.quietOffer(''),
  'quiet until': dm.quietOffer('until monday'),
  away: dm.awayOffer('tomorrow'),
  skip: dm.skipOffer({ dates: ['2027-03-10', today], today, locale: 'en-US' }),
  'skip what is logged': dm.skipOffer({ dates: [], today, locale: 'en-US' }),
  target: dm.targetMessage(day, 'U0DANA'),
  'target on a day off': dm.targetMessage({ ...day, planned: null }, 'U0DANA'),
  'a report after the command': dm.logInstead('25 calls'),
  'help for a rep': dm.helpMessage(commands, { ...nobody, rep: true }),
  'help for a manager': dm.helpMessage(commands, { ...nobody, manager: true }),
  'help for a leader': dm.helpMessage(commands, { ...nobody, leader: true }),
  'help for an admin': dm.helpMessage(commands, { ...nobody, admin: true }),
  'help for nobody yet': dm.helpMessage(commands, nobody),
  won: askWonView({ rep: 'U0DANA', values: hooli, amount: '$24,000', reader }),
  'won, and no more said': askWonView({ rep: 'U0DANA', values, amount: null, reader }),
  lost: askLostView({ rep: 'U0DANA', values, account: 'Acme' }),
  'lost, and no more said': askLostView({ rep: 'U0DANA', values }),
  'lost and never won': neverWonView({ rep: 'U0DANA', values, account: 'Acme', wasWon: false }),
  'lost after it was won': neverWonView({ rep: 'U0DANA', values, account: 'Acme', wasWon: true }),
};

describe('answers to plain words', () => {
  it.each(Object.entries(MESSAGES))('%s fits, and says it in words too', (_, message) => {
    expect(checkMessage(message)).toEqual([]);
    const read = `${message.text}\n${readBlocks(message.blocks ?? [])}`;
    expect(read).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it('read as they should', () => {
    const told = Object.entries(MESSAGES).map(
      ([name, { blocks = [] }]) => `## ${name}\n${readBlocks(blocks)}`,
    );
    expect(told.join('\n\n')).toMatchSnapshot();
  });

  it('are five lines at most of how somebody stands', () => {
    const long = { ...card, lines: [...card.lines, kpiLine('leads', 'missed', [3, 10])] };
    const { text } = statusMessage({ ...screen, own: { ...agreed, card: long } });
    expect(text.split('\n')).toHaveLength(5);
  });

  it('fit at their longest', () => {
    const many = Array.from({ length: 20 }, (_, n) => ({
      userId: `U0${n}`,
      health: 'off_track' as const,
      plan: LONG,
    }));
    const all = [
      statusMessage({ ...screen, reps: many, more: 99 }),
      dm.quietOffer(`until ${LONG}`),
      dm.awayOffer(LONG),
      dm.logInstead(LONG),
      dm.helpMessage({ helpOf: () => mrkdwn`${LONG.repeat(10)}` }, { ...nobody, rep: true }),
      askWonView({ rep: 'U0DANA', values: { ...hooli, account: LONG }, amount: LONG, reader }),
      askLostView({ rep: 'U0DANA', values: { ...values, account: LONG }, account: LONG }),
      neverWonView({ rep: 'U0DANA', values, account: LONG, wasWon: true }),
    ];
    for (const message of all) expect(checkMessage(fitMessage(message))).toEqual([]);
  });
});
