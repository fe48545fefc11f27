/** Every message and form of the day at its longest, and as people read it. */

import { describe, expect, it } from 'vitest';
import * as block from '../../src/activity/call-blocks/view.ts';
import * as checkIn from '../../src/activity/check-in/view.ts';
import { dayForm, unparsedReplyMessage } from '../../src/activity/check-in/view.ts';
import { keptReply } from '../../src/activity/ids.ts';
import type { EpisodeFigures } from '../../src/activity/pace/figures-schemas.ts';
import * as pace from '../../src/activity/pace/view.ts';
import { obstacleForm } from '../../src/activity/pace/view.ts';
import * as nudges from '../../src/activity/preferences/view.ts';
import { CAUSES, NO_COUNTS } from '../../src/activity/schemas.ts';
import * as sync from '../../src/activity/sdr-sync/view.ts';
import { moveForm, skipForm } from '../../src/activity/skip-move-view.ts';
import { DEFAULT_NUDGES } from '../../src/activity/store.ts';
import {
  awayAskMessage,
  awayCancelAskMessage,
  awayForm,
  awayListMessage,
  awayMessage,
  awayNotedMessage,
} from '../../src/activity/time-off/view.ts';
import type { DaysOff } from '../../src/input/days-off-scene.ts';
import { BUDGETS } from '../../src/outbox/budget-rules.ts';
import { styleWithoutMoney } from '../../src/people/settings/view.ts';
import { ZONE_CHOICES } from '../../src/people/zone/zone-rules.ts';
import { checkMessage, checkView, fitMessage, fitView } from '../../src/slack/limits.ts';
import type { Message } from '../../src/slack/surfaces.ts';
import { mrkdwn } from '../../src/slack/text.ts';
import { addDays, WEEKDAYS } from '../../src/time/local-date.ts';
import { AFTERNOON, WHOLE_DAY } from '../../src/time/part-of-day.ts';
import { readBlocks } from '../support/read-blocks.ts';

const LONG = 'Ünïcode & <@U1> *words* `that` go on '.repeat(60).slice(0, 1_000);
const ID = '0198f3a2-7b1c-7e2d-9a5b-1c2d3e4f5a6b';
const locale = 'en-GB';
const most = { calls: 1_000, visits: 1_000, demos: 1_000, proposals: 1_000, contracts: 1_000 };
const planned = { calls: 27, visits: 1, demos: 1, proposals: 0, contracts: 0 };
const week = {
  planned: { ...NO_COUNTS, calls: 81, demos: 4 },
  done: { ...NO_COUNTS, calls: 61, demos: 3 },
  days: 3,
};
const screen = { date: '2027-03-02', today: '2027-03-02', locale, planned, week };

const read = ({ blocks }: Pick<Message, 'blocks'>) => readBlocks(blocks);

const blockScreen = {
  place: { date: '2027-03-02', blockId: ID },
  plannedStart: '09:00',
  start: '09:00',
  end: '10:30',
  locale,
  dials: 18,
};
const syncScreen = {
  sync: { date: '2027-03-02', repId: 'U0DANA' },
  time: '09:30',
  locale,
  readerId: 'U0DANA',
  otherId: 'U0SAM',
  readerCalls: 27,
  otherCalls: 40,
};
const volume = {
  kind: 'volume',
  activity: 'calls',
  days: 10,
  planned: 270,
  done: 184,
  unlogged: 1,
  holds: { activity: 'demos', share: 0.97 },
} as const;
const stage = {
  kind: 'stage',
  stage: 'demoToProposal',
  n: 30,
  rate: 0.82,
  low: 0.71,
  high: 0.9,
  plan: 0.66,
  takes: { count: 4, per: 'week' },
} as const;
const logging = { kind: 'logging', days: 15, logged: 6 } as const;
const leads = {
  kind: 'leads',
  from: '2027-02-01',
  promised: { inbound: 6, outbound: 4 },
  received: { inbound: 1, outbound: 2 },
} as const;
const extra = { perWeek: 35, minutesPerWeek: 175 };
const plan = {
  kind: 'plan',
  deficit: 86,
  perDay: 34,
  perWeek: 170,
  until: '2027-04-30',
  days: 42,
  extra,
  pace: { per: 'day', count: 34, planned: 27 },
} as const;
const beyond = {
  kind: 'beyond',
  deficit: 540,
  wouldTake: 61,
  until: '2027-12-31',
  levers: {
    volume: { perDay: 36, makesUp: 180, left: 360, extra },
    conversion: { stage: 'callToVisit', rate: 0.07, planRate: 0.05 },
    insurance: { absorbs: 60, left: 480 },
    pace: { per: 'day', wouldTake: 61, ceiling: 36 },
  },
} as const;
const paceScreen = (
  line: EpisodeFigures['line'],
  catchUp: EpisodeFigures['catchUp'],
  low = true,
): pace.PaceScreen => ({
  episodeId: ID,
  repId: 'U0DANA',
  today: '2027-03-02',
  figures: { line, catchUp },
  low,
  locale,
  managerId: 'U0MAX',
});

const asked = { canLog: true, ways: [], logged: [], today: '2027-03-02', locale };
const leave = { from: '2027-07-05', to: '2027-07-16', ...WHOLE_DAY };
const afternoon = { from: '2027-07-22', to: '2027-07-22', ...AFTERNOON };
const entryOf = (days: DaysOff) => ({ ...days, id: ID, addedBy: 'U0DANA' });
const dana = { person: { userId: 'U0DANA' }, readerId: 'U0DANA', locale };
const many = Array.from({ length: 60 }, (_, n) => ({
  ...entryOf(leave),
  id: `${ID}${n}`,
  from: addDays('2027-01-01', n * 5),
  to: addDays('2027-01-01', n * 5 + 2),
}));

const MESSAGES: Record<string, Message> = {
  'check-in': checkIn.checkInMessage(screen, { before: week, calls: null, reason: null }),
  'check-in after blocks, with a why': checkIn.checkInMessage(screen, {
    before: week,
    calls: 18,
    reason: mrkdwn`Your why: “a house by the sea”`,
  }),
  'check-in, snoozed': checkIn.checkInMessage(screen, {
    before: week,
    calls: null,
    reason: null,
    snoozedUntil: '17:30',
  }),
  reminder: checkIn.reminderMessage(screen),
  record: checkIn.recordMessage(
    { ...screen, week: { ...week, done: { ...week.done, calls: 92, demos: 5 } } },
    { counts: { ...NO_COUNTS, calls: 31, demos: 2, proposals: 1 } },
  ),
  'record of nothing': checkIn.recordMessage(screen, { counts: NO_COUNTS }),
  'record of words that changed a day': checkIn.recordMessage(screen, {
    counts: { ...NO_COUNTS, calls: 11, demos: 4 },
    replaced: { calls: 30 },
    uncounted: ['emails', 'connects'],
    isAnswer: true,
  }),
  skipped: checkIn.skippedMessage(screen, { reason: 'travel', words: 'Stuck in Chicago' }),
  away: checkIn.awayDayMessage(screen),
  'block starts': block.blockStartMessage(blockScreen),
  'block started': block.blockStartedMessage(blockScreen),
  'block is over': block.blockCountMessage(blockScreen),
  'block counted': block.blockCountedMessage(blockScreen, 18, 'Today: 18 of 27 calls.'),
  'block moved': block.blockMovedMessage({ ...blockScreen, start: '14:00', end: '15:30' }),
  'block closed with its day': block.blockClosedMessage(blockScreen),
  'block with the day’s others': block.withOtherBlocks(
    block.blockStartMessage(blockScreen),
    [block.blockStartMessage({ ...blockScreen, start: '11:00', end: '12:00' })],
    [{ ...blockScreen, start: '14:00', end: '15:30' }],
  ),
  'block skipped': block.blockSkippedMessage(blockScreen, 'customers'),
  sync: sync.syncMessage(syncScreen),
  'sync done by the other': sync.syncSettledMessage(syncScreen, {
    state: 'done',
    by: 'U0SAM',
    movedTo: null,
  }),
  'sync moved': sync.syncSettledMessage(syncScreen, {
    state: 'moved',
    by: 'U0DANA',
    movedTo: '11:00',
  }),
  'slip with a catch-up plan': pace.paceMessage(paceScreen(volume, plan)),
  'slip beyond catching up': pace.paceMessage(paceScreen(volume, beyond)),
  'slip in conversion': pace.paceMessage(
    paceScreen({ ...stage, rate: 0.41, low: 0.3, high: 0.52 }, null),
  ),
  'a better rate': pace.paceMessage(paceScreen(stage, null, false)),
  'days that aren’t logged': pace.paceMessage(paceScreen(logging, null)),
  'leads that are short': pace.paceMessage(paceScreen(leads, null)),
  'leads of which nothing is known': pace.paceMessage(
    paceScreen({ ...leads, received: null }, null),
  ),
  'short leads to the manager': pace.paceManagerMessage(
    { userId: 'U0DANA', name: 'Dana' },
    paceScreen(leads, null),
  ),
  'to the manager': pace.paceManagerMessage(
    { userId: 'U0DANA', name: 'Dana' },
    paceScreen(volume, plan),
  ),
  'told that it was shown': pace.paceShownMessage(paceScreen(volume, plan)),
  'back on plan': pace.paceResolvedMessage(paceScreen({ ...volume, done: 259 }, null), null),
  'obstacle noted': pace.paceAnsweredMessage(paceScreen(volume, plan), {
    answer: 'obstacle',
    causes: ['lead_supply', 'content'],
    note: 'Inbound brought 3 of the 6 leads.',
  }),
  'words back': unparsedReplyMessage(
    { date: '2027-03-02', counts: { calls: 25 }, words: '25 calls and 3 unicorns' },
    {
      ...asked,
      problem: mrkdwn`I don’t know “unicorns”.`,
      ways: [{ date: '2027-03-02', counts: { calls: 25 } }],
    },
  ),
  'words with two readings': unparsedReplyMessage(
    { date: '2027-03-02', counts: {}, words: 'calls 20, demos 1/3' },
    {
      ...asked,
      problem: mrkdwn`“demos 1/3”: 1 of several, or on a day?`,
      ways: [
        { date: '2027-03-02', counts: { calls: 20, demos: 1 } },
        { date: '2027-03-01', counts: { calls: 20, demos: 1 } },
      ],
      logged: [{ date: '2027-03-01', counts: { ...NO_COUNTS, calls: 31, demos: 2 } }],
    },
  ),
  'away entered': awayMessage(
    { days: [leave], entries: [entryOf(leave)], workingDays: 10, back: '2027-07-19' },
    { ...dana, orElse: null },
  ),
  'away until a day': awayMessage(
    { days: [leave], entries: [entryOf(leave)], workingDays: 10, back: '2027-07-19' },
    {
      ...dana,
      orElse: { person: 'U0DANA', days: [{ ...leave, to: '2027-07-15' }], replaces: [ID] },
    },
  ),
  'away half a day, as the manager enters it': awayMessage(
    { days: [afternoon], entries: [entryOf(afternoon)], workingDays: 0.5, back: null },
    { ...dana, readerId: 'U0MAX', orElse: null },
  ),
  'away on days that join others': awayMessage(
    {
      days: [leave, { ...leave, from: '2027-07-30', to: '2027-07-30' }],
      entries: [
        entryOf({ ...leave, from: '2027-07-01' }),
        { ...entryOf(leave), id: `${ID}2`, from: '2027-07-30', to: '2027-07-30' },
      ],
      workingDays: 11,
      back: null,
    },
    { ...dana, orElse: null },
  ),
  'away in two readings': awayAskMessage(
    { why: 'two_readings', readings: [[leave], [{ ...leave, to: '2027-07-07' }]] },
    dana,
  ),
  'away on a Saturday': awayAskMessage(
    {
      why: 'no_working_day',
      readings: [
        [{ ...leave, from: '2027-07-19', to: '2027-07-19' }],
        [{ ...leave, from: '2027-07-17', to: '2027-07-17' }],
      ],
    },
    dana,
  ),
  'away, some of it cancelled': awayCancelAskMessage(
    entryOf(leave),
    { from: '2027-07-07', to: '2027-07-07' },
    locale,
  ),
  'away list': awayListMessage(
    {
      entries: [entryOf(leave), { ...entryOf(afternoon), addedBy: 'U0MAX' }],
      planned: [{ from: '2027-12-24', to: '2027-12-31' }],
    },
    dana,
  ),
  'away cancelled in the plan': awayListMessage(
    { entries: [], planned: [{ from: '2027-12-24', to: '2027-12-31' }] },
    dana,
    [{ ...leave, from: '2027-12-27', to: '2027-12-27' }],
  ),
  'away list of nothing': awayListMessage({ entries: [], planned: [] }, dana),
  'away noted by the manager': awayNotedMessage(
    { ...entryOf({ ...leave, to: '2027-07-05' }), addedBy: 'U0MAX' },
    locale,
  ),
  'nudges off': nudges.nudgeOffMessage('checkIns'),
  paused: nudges.pausedMessage('2027-03-09', locale),
};

describe('messages', () => {
  it.each(Object.entries(MESSAGES))('%s fits, and says it in words too', (_, message) => {
    expect(checkMessage(message)).toEqual([]);
    expect(message.text).not.toBe('');
    expect(message.text).not.toMatch(/undefined|null|NaN|\[object/);
    expect(JSON.stringify(message.blocks)).not.toMatch(/undefined|NaN|\[object/);
  });

  it('read as they should', () => {
    const told = Object.entries(MESSAGES).map(([name, message]) => `## ${name}\n${read(message)}`);
    expect(told.join('\n\n')).toMatchSnapshot();
  });

  it('never scold and never shout', () => {
    for (const message of Object.values(MESSAGES)) {
      expect(read(message)).not.toMatch(/!|failed|must|should have/i);
    }
  });

  it('every nudge carries the way to stop it', () => {
    const nudged = [
      'check-in',
      'reminder',
      'block starts',
      'block is over',
      'sync',
      'slip with a catch-up plan',
      'days that aren’t logged',
      'leads that are short',
      'leads of which nothing is known',
      'a better rate',
      'to the manager',
      'told that it was shown',
      'back on plan',
    ];
    for (const name of nudged) {
      expect(JSON.stringify(MESSAGES[name]), name).toContain('"action_id":"nudge_menu"');
    }
  });

  it('fit with the longest words and the largest numbers', () => {
    const long = [
      checkIn.checkInMessage(
        { ...screen, planned: most },
        { before: week, calls: 1_000, reason: LONG },
      ),
      checkIn.skippedMessage(screen, { reason: 'other', words: LONG }),
      checkIn.recordMessage(screen, { counts: most, replaced: most, isAnswer: true }),
      unparsedReplyMessage(
        { date: '2027-03-02', counts: most, words: LONG.repeat(4) },
        {
          ...asked,
          problem: mrkdwn`${LONG}`,
          ways: [1, 2, 3, 4].map(() => ({ date: '2027-03-02', counts: most })),
          logged: [{ date: '2027-03-02', counts: most }],
        },
      ),
      pace.paceAnsweredMessage(paceScreen(volume, beyond), {
        answer: 'obstacle',
        causes: [...CAUSES],
        note: LONG,
      }),
      awayListMessage({ entries: many, planned: many }, dana),
      awayMessage(
        { days: many, entries: many, workingDays: 180, back: null },
        { ...dana, orElse: null },
      ),
    ];
    for (const message of long) expect(checkMessage(fitMessage(message))).toEqual([]);
  });
});

describe('forms', () => {
  const days = Array.from({ length: 11 }, (_, n) => ({
    date: addDays('2027-03-12', -n),
    logged: n > 3,
  }));
  const style = styleWithoutMoney(locale);
  const dayStyle = { ...style, days, today: '2027-03-12', planned };
  const counts = { ...most, demos: null, proposals: null, contracts: null };
  const nudgesStyle = {
    budgets: BUDGETS,
    ...style,
    workdays: WEEKDAYS,
    timeZone: 'America/Argentina/ComodRivadavia',
    slackTimeZone: 'America/Argentina/ComodRivadavia',
    zones: ZONE_CHOICES,
    today: '2027-03-12',
    checkInTime: '16:30',
    spread: 1_000,
    week: [],
  };
  it.each([
    [
      'a day',
      dayForm.view({
        about: {},
        style: dayStyle,
        raw: dayForm.write({ date: '2027-03-12', ...counts }, dayStyle),
        rev: '2027-03-12',
        words: LONG,
        notice: LONG,
      }),
    ],
    [
      'skip',
      skipForm.view({
        about: { what: 'day', date: '2027-03-02', slot: '' },
        style,
        raw: {},
        rev: '0',
        name: 'Tuesday',
      }),
    ],
    [
      'move',
      moveForm.view({
        about: { what: 'block', date: '2027-03-02', slot: ID },
        style: {
          ...style,
          name: 'the 9:00 block on Wednesday',
          onceThere: 'The message changes then; no new one comes.',
        },
        raw: { time: '10:00' },
        rev: '0',
      }),
    ],
    [
      'a block’s count',
      block.blockCountForm.view({
        about: blockScreen.place,
        style: { ...style, screen: blockScreen },
        raw: { calls: '18' },
        rev: '0',
      }),
    ],
    [
      'obstacle',
      obstacleForm.view({
        about: ID,
        style,
        raw: { causes: [...CAUSES], words: LONG },
        rev: '0',
      }),
    ],
    [
      'settings',
      nudges.nudgesForm.view({
        about: {},
        style: nudgesStyle,
        raw: nudges.writeNudges(
          {
            ...DEFAULT_NUDGES,
            why: LONG.slice(0, 500),
            pausedUntil: '2027-04-01',
            timeZone: 'UTC',
          },
          nudgesStyle,
        ),
        rev: '0',
        admins: ['U0MAX'],
      }),
    ],
    [
      'settings saved',
      nudges.nudgesSavedView(
        { ...DEFAULT_NUDGES, checkIns: false, syncs: false, pausedUntil: '2027-04-01' },
        '16:30',
        locale,
      ),
    ],
    [
      'time off',
      awayForm.view({
        about: 'U0DANA',
        style,
        raw: {},
        person: { userId: 'U0DANA', name: 'Dana' },
        readerId: 'U0MAX',
        entries: many.map((entry) => ({ ...entry, addedBy: 'U0MAX' })),
        planned: many,
        reps: Array.from({ length: 99 }, (_, n) => ({
          userId: `U0REP${n}`,
          name: LONG.slice(0, 80),
        })),
        rev: 'abc',
        notice: LONG,
      }),
    ],
  ])('%s fits', (_, view) => {
    expect(checkView(fitView(view))).toEqual([]);
  });

  it('what a button keeps of words comes back as it was', () => {
    const kept = {
      date: '2027-03-02',
      counts: { calls: 25 },
      words: 'ünïcode “25 calls”\nand more',
    };
    expect(keptReply.read(keptReply.write(kept))).toEqual(kept);
    expect(keptReply.read('2027-03-02')).toEqual({ date: '2027-03-02', counts: {}, words: '' });
    expect(keptReply.write({ ...kept, words: '"\\'.repeat(2_000) }).length).toBeLessThanOrEqual(
      2_000,
    );
  });
});
