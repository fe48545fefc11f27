/** When a pair meets and what happens before: on any clocks, around any days off. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { reviewDate } from '../../../src/plan/model/calendar.ts';
import { around, meetingOf, type PairSchedule } from '../../../src/review/schedule/rules.ts';
import {
  addDays,
  datesBetween,
  monthOf,
  monthsBetween,
  WEEKDAYS,
  weekdayOf,
} from '../../../src/time/local-date.ts';
import type { WorkCalendar } from '../../../src/time/working-days.ts';
import { type Zone, zoneOf } from '../../../src/time/zone.ts';
import { runs } from '../../support/property-runs.ts';

const WORKWEEK = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Santiago',
  'America/St_Johns',
  'America/Argentina/Buenos_Aires',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Asia/Beirut',
  'Asia/Tehran',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'UTC',
];

const always: WorkCalendar = { workdays: WEEKDAYS, holidays: [], timeOff: [] };
const weekdays: WorkCalendar = { workdays: WORKWEEK, holidays: [], timeOff: [] };

function scheduleIn(zone: string, changes: Partial<PairSchedule> = {}): PairSchedule {
  return {
    reviews: { ordinal: 1, weekday: 'tue', time: '10:00' },
    zone: zoneOf(zone),
    calendar: weekdays,
    manager: null,
    week: [],
    prepDays: 3,
    ...changes,
  };
}

/** `2027-03-02 10:00` in a zone. */
const wall = (zone: Zone, at: Date) => `${zone.dateAt(at)} ${zone.timeAt(at)}`;

function works({ workdays, holidays, timeOff }: WorkCalendar, date: string): boolean {
  if (!workdays.includes(weekdayOf(date)) || holidays.includes(date)) return false;
  return !timeOff.some(({ from, to }) => from <= date && date <= to);
}

describe('the first Tuesday, 10:00 in New York', () => {
  const zone = zoneOf('America/New_York');
  const on = (changes: Partial<PairSchedule>, month = '2027-02') =>
    wall(zone, meetingOf(scheduleIn('America/New_York', changes), month));
  const berlin = (calendar: Partial<WorkCalendar>) => ({
    zone: zoneOf('Europe/Berlin'),
    calendar: { ...weekdays, ...calendar },
  });

  it('put off to another day it comes where nothing else of the week is in its way', () => {
    const block = { kind: 'block', id: 'b', days: ['wed'], start: '09:30', minutes: 60 } as const;
    const calendar = { ...weekdays, holidays: ['2027-03-02'] };
    expect(on({ calendar })).toContain('2027-03-03 10:00');
    expect(on({ calendar, week: [block] })).toContain('2027-03-04 10:00');
    const always = { ...block, days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const };
    expect(on({ calendar, week: [always] })).toContain('2027-03-03 10:00');
    expect(on({ week: [{ ...block, days: ['tue'] }] }), 'as it is signed').toContain('2027-03-02');
  });

  test.each<[string, Partial<PairSchedule>, string]>([
    ['judges the month before', {}, '2027-03-02 10:00'],
    [
      'steps around a holiday of the rep',
      { calendar: { ...weekdays, holidays: ['2027-03-02'] } },
      '2027-03-03 10:00',
    ],
    [
      'around their time off and the weekend after it',
      { calendar: { ...weekdays, timeOff: [{ from: '2027-03-01', to: '2027-03-05' }] } },
      '2027-03-08 10:00',
    ],
    [
      'around the manager’s',
      { manager: berlin({ timeOff: [{ from: '2027-02-25', to: '2027-03-03' }] }) },
      '2027-03-04 10:00',
    ],
    [
      'around both, which may take turns',
      {
        calendar: { ...weekdays, holidays: ['2027-03-02', '2027-03-04'] },
        manager: berlin({ holidays: ['2027-03-03', '2027-03-05'] }),
      },
      '2027-03-08 10:00',
    ],
    [
      'stays where it was agreed when there is no day for both in a month',
      { calendar: { ...weekdays, timeOff: [{ from: '2027-02-20', to: '2027-06-30' }] } },
      '2027-03-02 10:00',
    ],
  ])('%s', (_, changes, expected) => expect(on(changes)).toBe(expected));

  it('asks on which date it is for the manager', () => {
    // Tuesday 20:00 in New York is Wednesday in Tokyo.
    const manager = (holidays: string[]) => ({
      zone: zoneOf('Asia/Tokyo'),
      calendar: { ...weekdays, holidays },
    });
    const late = { ordinal: 1, weekday: 'tue', time: '20:00' } as const;
    expect(on({ reviews: late, manager: manager(['2027-03-02']) })).toBe('2027-03-02 20:00');
    expect(on({ reviews: late, manager: manager(['2027-03-03']) })).toBe('2027-03-03 20:00');
    // Friday evening there is Saturday here.
    expect(on({ reviews: { ...late, weekday: 'fri' }, manager: manager([]) })).toBe(
      '2027-03-08 20:00',
    );
  });

  it('is as late by the clocks before and after they change', () => {
    const second = { ordinal: 2, weekday: 'mon', time: '10:00' } as const;
    const at = (month: string) =>
      meetingOf(scheduleIn('America/New_York', { reviews: second }), month).toISOString();
    expect(at('2027-01')).toBe('2027-02-08T15:00:00.000Z');
    expect(at('2027-03')).toBe('2027-04-12T14:00:00.000Z');
  });
});

describe('around a meeting on Thursday 4 March, 10:00', () => {
  const zone = zoneOf('America/New_York');
  const meeting = zone.instantAt('2027-03-04', '10:00');
  const told = (changes: Partial<PairSchedule>, askedAt: string | null = null, at = meeting) => {
    const asked =
      askedAt === null ? null : zone.instantAt(...(askedAt.split(' ') as [string, string]));
    const found = around(scheduleIn('America/New_York', changes), at, asked);
    const { askAt, remindAt, deadline } = found;
    return [askAt, remindAt, deadline].map((one) => one && wall(zone, one));
  };

  test.each<[string, Partial<PairSchedule>, (string | null)[]]>([
    [
      'asks three working days before',
      {},
      ['2027-03-01 09:00', '2027-03-03 09:00', '2027-03-04 09:00'],
    ],
    [
      'counts no weekend',
      { prepDays: 5 },
      ['2027-02-25 09:00', '2027-03-03 09:00', '2027-03-04 09:00'],
    ],
    [
      'nor a holiday',
      { calendar: { ...weekdays, holidays: ['2027-03-03'] } },
      ['2027-02-26 09:00', '2027-03-02 09:00', '2027-03-04 09:00'],
    ],
    [
      'nor time off',
      { calendar: { ...weekdays, timeOff: [{ from: '2027-02-22', to: '2027-03-03' }] } },
      ['2027-02-17 09:00', '2027-02-19 09:00', '2027-03-04 09:00'],
    ],
    [
      'has no reminder where the rep is asked the day before',
      { prepDays: 1 },
      ['2027-03-03 09:00', null, '2027-03-04 09:00'],
    ],
    [
      'asks by the calendar where no working day was near',
      { calendar: { ...weekdays, workdays: [] } },
      ['2027-03-01 09:00', null, '2027-03-04 09:00'],
    ],
  ])('%s', (_, changes, expected) => expect(told(changes)).toEqual(expected));

  it('leaves at least four hours to whoever was asked late, and doesn’t remind them', () => {
    expect(told({}, '2027-03-02 15:00')).toEqual(told({}));
    expect(told({}, '2027-03-03 15:00').slice(1)).toEqual([null, '2027-03-04 09:00']);
    expect(told({}, '2027-03-04 04:00').slice(1)).toEqual([null, '2027-03-04 09:00']);
    expect(told({}, '2027-03-04 08:30').slice(1)).toEqual([null, '2027-03-04 12:30']);
  });

  it('keeps whoever was asked already when it is moved: their reminder and deadline come later', () => {
    const moved = zone.instantAt('2027-03-11', '16:00');
    expect(told({}, '2027-03-01 09:00', moved)).toEqual([
      '2027-03-08 09:00',
      '2027-03-10 09:00',
      '2027-03-11 15:00',
    ]);
  });
});

test('in each of twenty zones, a year has one meeting a month, in the month after', () => {
  expect(new Set(ZONES).size).toBe(20);
  const months = monthsBetween({ start: '2027-01-01', end: '2027-12-31' });
  for (const name of ZONES) {
    const zone = zoneOf(name);
    const schedule = scheduleIn(name, { calendar: always });
    const meetings = months.map(({ month }) => meetingOf(schedule, month));
    expect(
      meetings.map((at) => monthOf(zone.dateAt(at))),
      name,
    ).toEqual(months.map(({ end }) => monthOf(addDays(end, 1))));
    expect(new Set(meetings.map((at) => zone.timeAt(at))), name).toEqual(new Set(['10:00']));
    for (const at of meetings) {
      expect(weekdayOf(zone.dateAt(at))).toBe('tue');
      expect(zone.dateAt(at).slice(8) <= '07').toBe(true);
    }
  }
});

// ── Whatever the calendars ───────────────────────────────────────────────────────────────────────

const dates = datesBetween('2026-12-01', '2028-04-30');
const anyDate = fc.constantFrom(...dates);
const anyZone = fc.constantFrom(...ZONES);
const anyTime = fc
  .integer({ min: 0, max: 95 })
  .map((quarter) => new Date(quarter * 15 * MINUTE_MS).toISOString().slice(11, 16));
const anyCalendar: fc.Arbitrary<WorkCalendar> = fc.record({
  workdays: fc.subarray([...WEEKDAYS], { minLength: 1 }),
  holidays: fc.array(anyDate, { maxLength: 20 }),
  timeOff: fc.array(
    fc
      .tuple(anyDate, fc.integer({ min: 0, max: 25 }))
      .map(([from, days]) => ({ from, to: addDays(from, days) })),
    { maxLength: 4 },
  ),
});
const anySchedule: fc.Arbitrary<PairSchedule> = fc.record({
  reviews: fc.record({
    ordinal: fc.integer({ min: 1, max: 4 }),
    weekday: fc.constantFrom(...WEEKDAYS),
    time: anyTime,
  }),
  zone: anyZone.map(zoneOf),
  calendar: anyCalendar,
  manager: fc.option(fc.record({ zone: anyZone.map(zoneOf), calendar: anyCalendar })),
  week: fc.constant([]),
  prepDays: fc.integer({ min: 1, max: 10 }),
});
const anyMonth = fc.constantFrom(
  ...monthsBetween({ start: '2027-01-01', end: '2027-12-31' }).map(({ month }) => month),
);

/** Whether clocks somewhere never show that time of that date: they leap over it. */
function isLeaptOver(zone: Zone, date: string, time: string): boolean {
  const noon = Date.parse(`${date}T12:00:00Z`);
  for (let hours = -30; hours <= 30; hours++) {
    for (const minutes of [0, 15, 30, 45]) {
      const at = new Date(noon + hours * HOUR_MS + minutes * MINUTE_MS);
      if (zone.dateAt(at) === date && zone.timeAt(at) === time) return false;
    }
  }
  return true;
}

test('a meeting is on the first day from the agreed one on that both work, at the agreed time', () => {
  fc.assert(
    fc.property(anySchedule, anyMonth, (schedule, month) => {
      const { reviews, zone, calendar, manager } = schedule;
      const wanted = reviewDate(month, reviews);
      const bothWork = (date: string) => {
        if (!works(calendar, date)) return false;
        if (!manager) return true;
        return works(manager.calendar, manager.zone.dateAt(zone.instantAt(date, reviews.time)));
      };
      const free = datesBetween(wanted, addDays(wanted, 30)).find(bothWork);
      const at = meetingOf(schedule, month);
      expect(zone.dateAt(at)).toBe(free ?? wanted);
      if (zone.timeAt(at) !== reviews.time) {
        expect(isLeaptOver(zone, free ?? wanted, reviews.time)).toBe(true);
      }
      expect(monthOf(zone.dateAt(at)) > month, 'no month is judged before it is over').toBe(true);
    }),
    { numRuns: runs(300) },
  );
});

test('the rep is asked, then reminded, then it opens, then they meet', () => {
  fc.assert(
    fc.property(anySchedule, anyMonth, (schedule, month) => {
      const { zone, calendar, prepDays } = schedule;
      const at = meetingOf(schedule, month);
      const { date, askAt, remindAt, deadline } = around(schedule, at, null);
      expect(date).toBe(zone.dateAt(at));
      expect(askAt < deadline && deadline < at).toBe(true);
      expect([9, 10]).toContain(Number(zone.timeAt(askAt).slice(0, 2)));
      const before = datesBetween(addDays(date, -60), addDays(date, -1)).filter((one) =>
        works(calendar, one),
      );
      if (before.length >= prepDays) expect(zone.dateAt(askAt)).toBe(before.at(-prepDays));
      if (remindAt === null) expect(prepDays === 1 || before.length < 2).toBe(true);
      else {
        expect(zone.dateAt(remindAt)).toBe(before.at(-1));
        expect(askAt < remindAt && remindAt < deadline).toBe(true);
      }
    }),
    { numRuns: runs(300) },
  );
});

test('whenever they were asked, the rep has four hours, and no reminder on the same day', () => {
  fc.assert(
    fc.property(
      anySchedule,
      anyMonth,
      fc.integer({ min: -20 * 24, max: 0 }),
      (schedule, month, hours) => {
        const { zone } = schedule;
        const at = meetingOf(schedule, month);
        const askedAt = new Date(at.getTime() + hours * HOUR_MS);
        const { remindAt, deadline } = around(schedule, at, askedAt);
        expect(deadline.getTime()).toBeGreaterThanOrEqual(askedAt.getTime() + 4 * HOUR_MS);
        if (hours <= -5) expect(at.getTime() - deadline.getTime()).toBe(HOUR_MS);
        if (remindAt !== null) {
          expect(zone.dateAt(remindAt) > zone.dateAt(askedAt)).toBe(true);
          expect(remindAt < deadline).toBe(true);
        }
      },
    ),
    { numRuns: runs(300) },
  );
});
