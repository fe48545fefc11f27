/** A pair's 1:1s at their longest, and as people read them. */
import { describe, expect, it } from 'vitest';
import {
  changeMessage,
  type HeadsUpScreen,
  headsUpMessage,
} from '../../src/review/schedule/messages-view.ts';
import {
  type MoveScreen,
  movedView,
  moveMeetingForm,
  prepDaysForm,
  skipMeetingForm,
} from '../../src/review/schedule/move-view.ts';
import { type ReviewState, spansOf } from '../../src/review/schedule/rules.ts';
import {
  type MonthRow,
  noScheduleView,
  pickRepView,
  type ScheduleFrame,
  type ScheduleScreen,
  scheduleView,
} from '../../src/review/schedule/view.ts';
import { meetingText, monthText } from '../../src/review/words-view.ts';
import { checkMessage, checkView, fitMessage, fitView } from '../../src/slack/limits.ts';
import { mrkdwn } from '../../src/slack/text.ts';
import { lastDayOfMonth } from '../../src/time/local-date.ts';

const LONG = 'Ünïcode & <@U1> *words* `that` go on '.repeat(20).slice(0, 300);
const ID = '0198f3a2-7b1c-7e2d-9a5b-1c2d3e4f5a6b';
const REP = 'U0DANA';
const MANAGER = 'U0MAX';
const style = { locale: 'en-GB', currency: 'USD', digits: 2 };

/** What somebody reads, without Block Kit around it. */
function read({ blocks }: { blocks: unknown }): string {
  const parts: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (typeof node === 'object' && node !== null) {
      const { type, text, options, ...rest } = node as Record<string, unknown>;
      if (type === 'divider') parts.push('---');
      else if (type === 'button') parts.push(`[${(text as { text: string }).text}]`);
      else if (type === 'overflow') {
        const labels = (options as { text: { text: string } }[]).map((one) => one.text.text);
        parts.push(`⋯ ${labels.join(' / ')}`);
      } else if (typeof text === 'string') parts.push(text);
      else {
        walk(text);
        walk(Object.values(rest));
      }
    }
  };
  walk(blocks);
  return parts.join('\n');
}

const STATES: Record<string, ReviewState> = {
  '2027-01': 'closed',
  '2027-02': 'open',
  '2027-03': 'asked',
  '2027-06': 'skipped',
};
const MEETS = ['02-02', '03-02', '04-06', '05-04', '06-01', '07-06', '08-03'];

const rows: MonthRow[] = spansOf({ start: '2027-01-01', end: '2027-12-31' }).map(
  ({ month, quarter, last }, index) => {
    const state = STATES[month] ?? 'ahead';
    const date = MEETS[index] ? `2027-${MEETS[index]}` : `${lastDayOfMonth(`${month}-01`)}`;
    return {
      reviewId: STATES[month] ? `${ID}` : null,
      month,
      quarter,
      last,
      state,
      at: {
        reader: { date, time: '16:00' },
        other: { date, time: '10:00', userId: REP },
      },
      asksOn: '2027-04-01',
      opensAt: { date, time: '15:00' },
      moved: month === '2027-04' ? { by: REP, reason: 'At a customer’s' } : null,
      skipped: state === 'skipped' ? { by: MANAGER, reason: 'We meet at the kick-off' } : null,
      bookings: {
        actual: index < 3 ? 5_200_000 * (index + 1) : null,
        target: 8_000_000 * (index + 1),
      },
      health: state === 'closed' ? 'on_track' : state === 'open' ? 'at_risk' : null,
      canMove: state !== 'closed' && month !== '2027-02',
      canSkip: state === 'ahead' || state === 'asked',
    };
  },
);
const coverage = {
  kpi: 'coverage',
  actual: 2.4,
  target: 3.25,
  verdict: 'missed',
  tries: null,
  chance: 0.04,
  cut: null,
  soFar: null,
} as const;
const screen: ScheduleScreen = {
  rep: { userId: REP, name: 'Dana' },
  side: 'manager',
  managerId: MANAGER,
  style,
  rows,
  now: { bookings: { actual: 15_600_000, target: 24_000_000 }, by: '2027-03-31', coverage },
  hasOwnTarget: false,
  regular: { ordinal: 1, weekday: 'tue', time: '10:00' },
  prepDays: 3,
};
const people = [
  { userId: MANAGER, name: 'Max' },
  { userId: REP, name: 'Dana' },
];
const frame: ScheduleFrame = { readerId: MANAGER, people, causes: true };
const asRep = { ...screen, side: 'rep', hasOwnTarget: true } as const;
const ofRep: ScheduleFrame = { readerId: REP, people: people.slice(1), causes: false };
const crowd: ScheduleFrame = {
  readerId: MANAGER,
  causes: true,
  people: Array.from({ length: 140 }, (_, n) => ({ userId: `U0REP${n}`, name: LONG.slice(0, 80) })),
};

const place = { repId: REP, month: '2027-03', moves: 12, over: true };
const at = {
  reader: { date: '2027-04-06', time: '16:00' },
  other: { date: '2027-04-06', time: '10:00', userId: REP },
};
const form = {
  about: place,
  style,
  raw: { reason: 'A visit' },
  rev: '0',
  name: 'March and Q1',
  at,
  otherId: REP,
};
const move: MoveScreen = {
  ...form,
  timeZone: 'America/Argentina/ComodRivadavia',
  raw: { date: '2027-04-08', time: '14:00', reason: 'A visit' },
  picked: {
    at: { reader: { date: '2027-04-08', time: '14:00' }, other: null },
    off: [REP, MANAGER],
  },
  nextMeeting: { date: '2027-05-04', time: '16:00' },
  isOpen: true,
};
const change = {
  reviewId: ID,
  name: 'March and Q1',
  at,
  locale: style.locale,
  reason: 'A customer’s board\nmeets then',
  by: REP,
  from: { date: '2027-04-07', time: '17:30' },
  isOff: false,
};
const ahead: HeadsUpScreen = {
  ...change,
  reason: null,
  repId: REP,
  month: '2027-03',
  style,
  bookings: { actual: 6_400_000, target: 10_100_000 },
  by: '2027-03-31',
  coverage,
  opensAt: { date: '2027-04-06', time: '15:00' },
  channelId: 'C0SALES',
  skippedBy: null,
  isOpen: false,
  isWaiting: false,
};

const VIEWS = {
  'the manager’s': scheduleView(screen, frame),
  'the rep’s': scheduleView(asRep, ofRep),
  'whose?': pickRepView(frame),
  'no plan yet, one’s own': noScheduleView(screen.rep, ofRep),
  'no plan yet, a rep’s': noScheduleView(screen.rep, frame),
  move: moveMeetingForm.view(move),
  'move, nothing picked': moveMeetingForm.view({ ...move, picked: null, isOpen: false }),
  skip: skipMeetingForm.view(form),
  settings: prepDaysForm.view({ ...form, raw: { prepDays: '3' }, isOwn: true }),
  moved: movedView(mrkdwn`✓ *The 1:1 about March is on: Thu 8 Apr, 14:00.*`),
};
const MESSAGES = {
  moved: changeMessage({ ...change, kind: 'moved', isOff: true }),
  skipped: changeMessage({ ...change, kind: 'skipped' }),
  held: changeMessage({ ...change, kind: 'held', reason: null }),
  ahead: headsUpMessage([ahead]),
  'ahead, no channel': headsUpMessage([{ ...ahead, channelId: null, coverage: null }]),
  'ahead, open': headsUpMessage([{ ...ahead, isOpen: true }]),
  'ahead, open, and the channel shut': headsUpMessage([
    { ...ahead, isOpen: true, isWaiting: true },
  ]),
  'ahead, skipped': headsUpMessage([{ ...ahead, skippedBy: REP, reason: 'On the phone' }]),
  'ahead, several': headsUpMessage([
    ahead,
    { ...ahead, repId: 'U0TOM', isOpen: true, coverage: null },
    { ...ahead, repId: 'U0ANN', skippedBy: 'U0ANN', reason: 'On the phone' },
  ]),
  'ahead, all settled': headsUpMessage([
    { ...ahead, isOpen: true },
    { ...ahead, repId: 'U0ANN', skippedBy: 'U0ANN' },
  ]),
  'ahead, all skipped': headsUpMessage([
    { ...ahead, skippedBy: REP },
    { ...ahead, repId: 'U0ANN', skippedBy: 'U0ANN' },
  ]),
};

describe('as people read it', () => {
  it('views', () => {
    const told = Object.entries(VIEWS).map(([name, view]) => `## ${name}\n${read(view)}`);
    expect(told.join('\n\n')).toMatchSnapshot();
  });

  it('messages', () => {
    const told = Object.entries(MESSAGES).map(([name, message]) => `## ${name}\n${read(message)}`);
    expect(told.join('\n\n')).toMatchSnapshot();
  });

  it('in lines that a phone shows as two or three', () => {
    const all = [...Object.values(VIEWS), ...Object.values(MESSAGES)].map(read).join('\n');
    const shownAs = all.replace(/<[@#](\w+)>/g, '@dana').split('\n');
    const regular = /^As in the plan/;
    expect(shownAs.filter((line) => line.length > 135 && !regular.test(line))).toEqual([]);
  });

  it('the manager reads nothing of a month’s misses, nor what the rep’s own target is', () => {
    const told = [read(VIEWS['the manager’s']), read(MESSAGES.ahead)].join('\n');
    expect(told).not.toMatch(/✗|missed|your plan|Answer/);
    expect(told).toContain('at quota');
    expect(read(VIEWS['the rep’s'])).toMatch(/at quota[\s\S]*Your own target[\s\S]*\[Answer\]/);
  });

  it('the other’s clocks are told where they show something else, with the day where that does', () => {
    const text = (other: { date: string; time: string }) =>
      meetingText({ ...at, other: { ...other, userId: REP } }, 'en-GB').mrkdwn;
    expect(text({ date: '2027-04-06', time: '16:00' })).toBe('Tue 6 Apr, 16:00');
    expect(text({ date: '2027-04-06', time: '10:00' })).toBe(
      'Tue 6 Apr, 16:00 (10:00 for <@U0DANA>)',
    );
    expect(text({ date: '2027-04-07', time: '01:30' })).toBe(
      'Tue 6 Apr, 16:00 (Wed 7 Apr, 1:30 for <@U0DANA>)',
    );
  });
});

describe('at its longest', () => {
  const long = rows.map((row) => ({
    ...row,
    reviewId: ID,
    moved: { by: MANAGER, reason: LONG },
    skipped: { by: MANAGER, reason: LONG },
    bookings: { actual: 10 ** 14, target: 10 ** 14 },
  }));
  const states: ReviewState[] = ['ahead', 'asked', 'answered', 'open', 'closed', 'skipped', 'past'];

  it.each(states)('twelve months, each %s, fit', (state) => {
    const all = long.map((row) => ({ ...row, state, canMove: true, canSkip: true }));
    for (const side of ['rep', 'manager'] as const) {
      const view = scheduleView(
        { ...screen, rep: { userId: 'U'.repeat(20), name: 'Dana' }, side, rows: all },
        { ...crowd, notice: LONG },
      );
      expect(checkView(fitView(view))).toEqual([]);
      const told = read(view);
      for (const each of rows) expect(told).toContain(`*${monthText(each, style.locale)}*`);
    }
  });

  it('everything else fits as well', () => {
    for (const view of Object.values(VIEWS)) expect(checkView(fitView(view))).toEqual([]);
    const views = [
      pickRepView({ ...crowd, notice: LONG }),
      noScheduleView({ userId: REP, name: LONG }, crowd),
      moveMeetingForm.view({
        ...move,
        raw: { ...move.raw, reason: LONG },
        notice: LONG,
        name: LONG,
      }),
      skipMeetingForm.view({ ...form, raw: { reason: LONG }, notice: LONG, name: LONG }),
    ];
    for (const view of views) expect(checkView(fitView(view))).toEqual([]);
    for (const kind of ['moved', 'skipped', 'held'] as const) {
      const message = changeMessage({ ...change, kind, reason: LONG, name: LONG });
      expect(checkMessage(fitMessage(message))).toEqual([]);
    }
    for (const message of Object.values(MESSAGES)) expect(checkMessage(message)).toEqual([]);
    const skipped = { ...ahead, skippedBy: REP, reason: LONG };
    expect(checkMessage(fitMessage(headsUpMessage([skipped])))).toEqual([]);
    const many = headsUpMessage(
      Array.from({ length: 60 }, (_, i) => (i % 2 ? skipped : { ...ahead, name: LONG })),
    );
    expect(checkMessage(many)).toEqual([]);
    expect(read(many)).toContain('And 40 more: `/bigplan review`.');
  });

  it('says everything in words too, and nothing twice wrong', () => {
    for (const message of Object.values(MESSAGES)) {
      expect(message.text).not.toBe('');
      expect(`${message.text}${read(message)}`).not.toMatch(/undefined|null|NaN|\[object|!/);
    }
    for (const view of Object.values(VIEWS)) {
      expect(read(view)).not.toMatch(/undefined|null|NaN|\[object|!|failed|must/);
    }
  });

  it('more people than a list of a menu holds are there in groups', () => {
    const view = pickRepView(crowd);
    expect(JSON.stringify(view)).toContain('option_groups');
    for (const { userId } of crowd.people) expect(JSON.stringify(view)).toContain(`"${userId}"`);
  });
});

describe('what a form carries', () => {
  it('comes back as it was', () => {
    const { read, write } = moveMeetingForm.metadata;
    for (const about of [place, { ...place, over: false, moves: 0 }]) {
      expect(read(write({ submissionId: null, about }))).toEqual({ submissionId: null, about });
    }
  });
});
