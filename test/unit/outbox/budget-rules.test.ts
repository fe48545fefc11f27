import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BUDGETS,
  type Budget,
  decide,
  type GateVerdict,
  type Notice,
  type ReaderNow,
  USUAL_BUDGET,
  weekBegan,
  weightAfter,
} from '../../../src/outbox/budget-rules.ts';
import { addDays, mondayOf, weekdayOf } from '../../../src/time/local-date.ts';
import { zoneOf } from '../../../src/time/zone.ts';
import { runs } from '../../support/property-runs.ts';

const zone = zoneOf('America/New_York');
const WORKWEEK = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
/** 2027-03-08 is a Monday. */
const at = (date: string, time: string) => zone.instantAt(date, time);
const wall = (instant: Date) => `${zone.dateAt(instant)} ${zone.timeAt(instant)}`;

const reader: ReaderNow = {
  zone,
  workdays: [...WORKWEEK],
  budget: USUAL_BUDGET,
  closed: null,
  block: null,
  isSilent: false,
  isAskedToday: true,
  questions: { today: 0, thisWeek: 0 },
  workdaysLeft: 5,
};

const notice = (more: Partial<Notice> = {}): Notice => ({
  weight: 'may',
  comesThrough: [],
  subject: 'a',
  dueAt: at('2027-03-08', '10:00'),
  sendBy: at('2027-03-08', '14:00'),
  ...more,
});

const shown = (verdict: GateVerdict): string => {
  if (verdict.type === 'send') return verdict.isNotification ? 'send' : 'send uncounted';
  if (verdict.type === 'drop') return `drop ${verdict.reason}`;
  const by = verdict.sendBy ? ` by ${zone.timeAt(verdict.sendBy)}` : '';
  return `hold ${wall(verdict.until)}${by} ${verdict.reason}`;
};

/** So many notifications today, the others on the days before it of the week. */
const sent = (today: string, count: number, before = 0) => [
  ...Array.from({ length: before }, () => at(mondayOf(today), '07:00')),
  ...Array.from({ length: count }, () => at(today, '09:00')),
];

const MONDAY = '2027-03-08';
const WEDNESDAY = '2027-03-10';
const FRIDAY = '2027-03-12';

describe('the gate', () => {
  it.each([
    ['a nudge', {}, {}, [], 'send'],
    ['an answer, whatever is used up', { weight: 'answer' }, {}, sent(MONDAY, 9), 'send uncounted'],
    ['a channel, at night', { weight: 'channel' }, {}, [], 'send uncounted'],
    ['a nudge beyond the day’s share', {}, {}, sent(MONDAY, 2), 'drop over_budget'],
    [
      'a nudge that would take the question’s place',
      {},
      { questions: { today: 1, thisWeek: 5 } },
      sent(MONDAY, 1),
      'drop over_budget',
    ],
    [
      'the question itself',
      { weight: 'question' },
      { questions: { today: 1, thisWeek: 5 } },
      sent(MONDAY, 2),
      'send',
    ],
    ...[
      { today: 0, thisWeek: 0 },
      { today: 1, thisWeek: 5 },
    ].map(
      (questions) =>
        [
          'what has its time, beyond the day’s share',
          { weight: 'timely' },
          { questions },
          sent(MONDAY, 1),
          'send',
        ] as const,
    ),
    [
      'what has its time, not in the question’s place',
      { weight: 'timely' },
      { questions: { today: 1, thisWeek: 5 } },
      sent(MONDAY, 2),
      'drop over_budget',
    ],
    [
      'what can’t be lost, in the place of a nudge',
      { weight: 'must', sendBy: null },
      { questions: { today: 1, thisWeek: 5 } },
      sent(MONDAY, 1),
      'send',
    ],
    [
      'what can’t be lost, not in the question’s',
      { weight: 'must', sendBy: null },
      { questions: { today: 1, thisWeek: 5 } },
      sent(MONDAY, 2),
      'hold 2027-03-09 08:00 over_budget',
    ],
    [
      'what can’t be lost, though it had an end',
      { weight: 'must' },
      {},
      sent(MONDAY, 3),
      'hold 2027-03-09 08:00 over_budget',
    ],
    [
      'a nudge inside a call block',
      {},
      inBlock('11:00'),
      [],
      'hold 2027-03-08 11:00 by 15:00 in_block',
    ],
    ['a block’s own message in it', { subject: 'block' }, inBlock('11:00'), [], 'send'],
    ['what comes through a block', { comesThrough: ['block'] }, inBlock('11:00'), [], 'send'],
    [
      'a question at a block’s end, still on its day',
      { weight: 'question', sendBy: at(MONDAY, '23:00') },
      inBlock('20:00'),
      [],
      'hold 2027-03-08 20:00 by 23:59 in_block',
    ],
    ['a nudge to somebody away', {}, closed('away'), [], 'drop away'],
    ['a nudge to somebody who has paused', {}, closed('paused'), [], 'drop paused'],
    ['a question to them', { weight: 'question' }, closed('paused'), [], 'drop paused'],
    [
      'what can’t be lost, to them',
      { weight: 'must' },
      closed('paused'),
      [],
      'hold 2027-03-20 09:00 paused',
    ],
    [
      'what comes through an absence',
      { weight: 'must', comesThrough: ['away'] },
      closed('away'),
      [],
      'send',
    ],
    [
      'what comes through an absence, not through a pause',
      { weight: 'must', comesThrough: ['away'] },
      closed('paused'),
      [],
      'hold 2027-03-20 09:00 paused',
    ],
    ['a nudge to the silent', {}, { isSilent: true }, [], 'drop backed_off'],
    ['what has its time, to them', { weight: 'timely' }, { isSilent: true }, [], 'drop backed_off'],
    [
      'their one line',
      { weight: 'question' },
      { isSilent: true, budget: { perDay: 1, perWeek: 12 } },
      [],
      'send',
    ],
    [
      'their one line, on another day of the week',
      { weight: 'question' },
      { isSilent: true, isAskedToday: false },
      [],
      'drop backed_off',
    ],
    [
      'what can’t be lost, after their line of the week',
      { weight: 'must', sendBy: null },
      { isSilent: true, budget: { perDay: 1, perWeek: 1 }, questions: { today: 0, thisWeek: 1 } },
      sent(MONDAY, 1),
      'hold 2027-03-15 08:00 backed_off',
    ],
  ] as const)('%s', (_, more, facts, before, expected) => {
    const verdict = decide(notice(more), { ...reader, ...facts }, before, at(MONDAY, '10:00'));
    expect(shown(verdict)).toBe(expected);
  });

  it('shares what is left of the week among its days, and leaves one for what can’t wait', () => {
    const on = (date: string, workdaysLeft: number, before: number, today: number) =>
      shown(
        decide(
          notice({ dueAt: at(date, '10:00'), sendBy: null }),
          { ...reader, workdaysLeft, questions: { today: 1, thisWeek: workdaysLeft } },
          sent(date, today, before),
          at(date, '10:00'),
        ),
      );
    expect(on(WEDNESDAY, 3, 4, 0)).toBe('send');
    expect(on(WEDNESDAY, 3, 4, 1)).toBe('drop over_budget');
    expect(on(FRIDAY, 1, 8, 0)).toBe('send');
    expect(on(FRIDAY, 1, 8, 1)).toBe('send');
    expect(on(FRIDAY, 1, 8, 2)).toBe('drop over_budget');
    expect(on(FRIDAY, 1, 10, 0)).toBe('drop over_budget');
  });

  it('leaves the nights to their readers', () => {
    const must = notice({ weight: 'must', sendBy: null });
    const night = (date: string, time: string) => shown(decide(must, reader, [], at(date, time)));
    expect(night(MONDAY, '07:59')).toBe('hold 2027-03-08 08:00 quiet_hours');
    expect(night(MONDAY, '08:00')).toBe('send');
    expect(night(MONDAY, '19:59')).toBe('send');
    expect(night(MONDAY, '20:00')).toBe('hold 2027-03-09 08:00 quiet_hours');
    expect(night(FRIDAY, '22:00')).toBe('hold 2027-03-15 08:00 quiet_hours');
    // Somebody chose when they are asked and when their blocks begin.
    const question = notice({ weight: 'question', sendBy: null });
    expect(shown(decide(question, reader, [], at(MONDAY, '23:30')))).toBe('send');
  });

  it('says what an hour ago waits for its answer', () => {
    const now = at(MONDAY, '10:00');
    expect(weightAfter(at(MONDAY, '09:30'), now)).toBe('answer');
    expect(weightAfter(at(MONDAY, '09:00'), now)).toBe('must');
    expect(weightAfter(null, now)).toBe('must');
  });
});

function inBlock(until: string) {
  return { block: { subject: 'block', until: at(MONDAY, until) } };
}

function closed(reason: 'away' | 'paused') {
  return { closed: { reason, until: at('2027-03-20', '09:00') } };
}

/** Weeks of messages through the gate, with a question at 16:30 on each working day. */
function live(
  arrivals: readonly { minute: number; weight: 'must' | 'timely' | 'may' }[],
  budget: Budget = USUAL_BUDGET,
) {
  type Waiting = Notice & { at: Date; id: number };
  const start = at(MONDAY, '00:00').getTime();
  let queue: Waiting[] = arrivals.map(({ minute, weight }, id) => {
    const due = new Date(start + minute * 60_000);
    return { ...notice({ weight, dueAt: due, sendBy: null }), at: due, id };
  });
  for (let day = 0; day < 60; day += 1) {
    const date = addDays(MONDAY, day);
    if (!WORKWEEK.some((one) => one === weekdayOf(date))) continue;
    const due = at(date, '16:30');
    queue.push({ ...notice({ weight: 'question', dueAt: due, sendBy: null }), at: due, id: -day });
  }
  const sentOf: { id: number; weight: string; at: Date }[] = [];
  const dropped: Waiting[] = [];
  while (queue.length > 0) {
    queue.sort((a, b) => a.at.getTime() - b.at.getTime());
    const [next, ...rest] = queue;
    if (!next) break;
    queue = rest;
    const now = next.at;
    const today = zone.dateAt(now);
    const week = Array.from({ length: 7 }, (_, day) => addDays(mondayOf(today), day));
    const isWorked = (date: string) => WORKWEEK.some((one) => one === weekdayOf(date));
    const left = week.filter((date) => date >= today && isWorked(date));
    const isAsked = rest.some(
      ({ weight, at: then }) => weight === 'question' && zone.dateAt(then) === today,
    );
    const facts: ReaderNow = {
      ...reader,
      budget,
      workdaysLeft: Math.max(1, left.length),
      questions: {
        today: isAsked ? 1 : 0,
        thisWeek: left.filter((date) => date > today).length + (isAsked ? 1 : 0),
      },
    };
    const since = weekBegan(facts, now);
    const notified = sentOf.filter((one) => one.at >= since).map((one) => one.at);
    const verdict = decide(next, facts, notified, now);
    if (verdict.type === 'send') sentOf.push({ id: next.id, weight: next.weight, at: now });
    else if (verdict.type === 'drop') dropped.push(next);
    else queue.push({ ...next, at: verdict.until, sendBy: verdict.sendBy });
  }
  return { sent: sentOf, dropped };
}

describe('whatever comes', () => {
  const arrivals = fc.array(
    fc.record({
      minute: fc.integer({ min: 0, max: 21 * 24 * 60 }),
      weight: fc.constantFrom('must', 'timely', 'may'),
    }),
    { maxLength: 40 },
  );

  it('stays within the budget, loses nothing that must come, and sends nothing twice', () => {
    fc.assert(
      fc.property(arrivals, fc.constantFrom(...BUDGETS), (all, budget) => {
        const { sent: came, dropped } = live(all, budget);
        const perDay = new Map<string, number>();
        const perWeek = new Map<string, number>();
        for (const { at: then } of came) {
          const date = zone.dateAt(then);
          perDay.set(date, (perDay.get(date) ?? 0) + 1);
          perWeek.set(mondayOf(date), (perWeek.get(mondayOf(date)) ?? 0) + 1);
        }
        expect(Math.max(0, ...perDay.values())).toBeLessThanOrEqual(budget.perDay);
        expect(Math.max(0, ...perWeek.values())).toBeLessThanOrEqual(budget.perWeek);
        expect(dropped.filter(({ weight }) => weight === 'must')).toEqual([]);
        const ids = [...came, ...dropped].map(({ id, weight }) => `${weight} ${id}`);
        expect(new Set(ids).size).toBe(ids.length);
        expect(came.filter(({ weight }) => weight === 'must')).toHaveLength(
          all.filter(({ weight }) => weight === 'must').length,
        );
        // The question is never crowded out, but where one message a day is all, by what can't be lost.
        if (budget.perDay > 1) {
          expect(dropped.filter(({ weight }) => weight === 'question')).toEqual([]);
        }
      }),
      { numRuns: runs(300) },
    );
  });
});
