import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  CATCH_UP_HOURS,
  type DailySchedule,
  nextOccurrence,
  type Occurrence,
  occurrencesIn,
  PACE_TIME,
  worthUntil,
} from '../../../src/activity/schedule-rules.ts';
import { addDays, datesBetween, WEEKDAYS, weekdayOf } from '../../../src/time/local-date.ts';
import { workingDates } from '../../../src/time/working-days.ts';
import { zoneOf } from '../../../src/time/zone.ts';
import { runs } from '../../support/property-runs.ts';

const WORKWEEK = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const HOUR_MS = 3_600_000;

const nudges: DailySchedule['nudges'] = {
  checkIns: true,
  checkInTime: '16:30',
  weekdays: [],
  callBlocks: true,
  syncs: true,
};

function scheduleIn(zone: string, changes: Partial<DailySchedule> = {}): DailySchedule {
  return {
    zone: zoneOf(zone),
    period: { start: '2027-01-01', end: '2027-12-31' },
    calendar: { workdays: WORKWEEK, holidays: [], timeOff: [] },
    nudges,
    callBlocks: [],
    sync: null,
    ...changes,
  };
}

/** Everything that falls on the dates of the period, and more around it. */
function all(schedule: DailySchedule): Occurrence[] {
  const after = new Date(Date.parse(schedule.period.start) - 100 * HOUR_MS);
  const until = new Date(Date.parse(schedule.period.end) + 100 * HOUR_MS);
  return occurrencesIn(schedule, { after, until });
}

const datesOf = (occurrences: Occurrence[], kind: Occurrence['kind']) =>
  occurrences.filter((one) => one.kind === kind).map(({ date }) => date);

const keyOf = ({ kind, date, slot }: Occurrence) => `${kind} ${date} ${slot}`;

describe('a week in Berlin', () => {
  // 2027-03-08 is a Monday.
  const schedule = scheduleIn('Europe/Berlin', {
    period: { start: '2027-03-08', end: '2027-03-14' },
    calendar: {
      workdays: WORKWEEK,
      holidays: ['2027-03-10'],
      timeOff: [{ from: '2027-03-12', to: '2027-03-20' }],
    },
    callBlocks: [
      { id: 'early', days: ['mon', 'wed', 'sat'], start: '09:00', minutes: 90 },
      { id: 'late', days: ['mon'], start: '16:30', minutes: 600 },
    ],
    sync: { frequency: 'daily', day: 'mon', time: '12:00' },
  });

  it('has what its days ask for, in order, and nothing on a holiday, a weekend or away', () => {
    const shown = all(schedule).map(({ at, sendBy, ...one }) => [
      keyOf(one as Occurrence),
      at.toISOString().slice(0, 16),
      sendBy.toISOString().slice(11, 16),
    ]);
    expect(shown).toEqual([
      ['pace 2027-03-08 ', '2027-03-08T07:45', '11:45'],
      ['call_block 2027-03-08 early', '2027-03-08T08:00', '09:30'],
      ['block_end 2027-03-08 early', '2027-03-08T09:30', '13:30'],
      ['sdr_sync 2027-03-08 ', '2027-03-08T11:00', '15:00'],
      ['call_block 2027-03-08 late', '2027-03-08T15:30', '19:30'],
      ['block_end 2027-03-08 late', '2027-03-08T22:59', '23:00'],
      ['check_in 2027-03-08 ', '2027-03-08T22:59', '23:00'],
      ['pace 2027-03-09 ', '2027-03-09T07:45', '11:45'],
      ['sdr_sync 2027-03-09 ', '2027-03-09T11:00', '15:00'],
      ['check_in 2027-03-09 ', '2027-03-09T15:30', '19:30'],
      ['pace 2027-03-11 ', '2027-03-11T07:45', '11:45'],
      ['sdr_sync 2027-03-11 ', '2027-03-11T11:00', '15:00'],
      ['check_in 2027-03-11 ', '2027-03-11T15:30', '19:30'],
    ]);
  });

  it.each([
    ['check-ins off', { checkIns: false }, 'check_in', 0],
    ['call blocks off', { callBlocks: false }, 'call_block', 0],
    ['syncs off', { syncs: false }, 'sdr_sync', 0],
    ['check-ins on Tuesdays and Wednesdays', { weekdays: ['tue', 'wed'] }, 'check_in', 1],
    ['check-ins on Saturdays alone, which are not worked', { weekdays: ['sat'] }, 'check_in', 3],
  ] as const)('with %s', (_, change, kind, count) => {
    const changed = { ...schedule, nudges: { ...nudges, ...change } };
    expect(datesOf(all(changed), kind)).toHaveLength(count);
    expect(datesOf(all(changed), 'pace')).toHaveLength(3);
  });

  it('asks after a call block, and not within it', () => {
    const asked = (start: string, minutes: number, more: DailySchedule['callBlocks'] = []) => {
      const days = ['mon'] as const;
      const callBlocks = [{ id: 'b', days, start, minutes }, ...more];
      const found = all({ ...schedule, callBlocks }).find(({ kind }) => kind === 'check_in');
      return schedule.zone.timeAt(found?.at ?? new Date(0));
    };
    expect(asked('16:00', 30)).toBe('16:30');
    expect(asked('16:00', 31)).toBe('16:31');
    expect(asked('16:30', 60)).toBe('17:30');
    expect(asked('16:31', 60)).toBe('16:30');
    expect(asked('17:00', 60, [{ id: 'a', days: ['mon'], start: '16:00', minutes: 60 }])).toBe(
      '18:00',
    );
    expect(asked('16:00', 60, [{ id: 'a', days: ['tue'], start: '17:00', minutes: 60 }])).toBe(
      '17:00',
    );
  });

  it('takes what falls on the end of a span, and not what falls on its beginning', () => {
    const at = new Date('2027-03-09T15:30Z');
    const minute = (n: number) => new Date(at.getTime() + n * 60_000);
    const inSpan = (after: Date, until: Date) =>
      occurrencesIn(schedule, { after, until }).map(({ kind }) => kind);
    expect(inSpan(minute(-1), at)).toEqual(['check_in']);
    expect(inSpan(at, minute(1))).toEqual([]);
    expect(inSpan(minute(1), minute(-1))).toEqual([]);
    expect(nextOccurrence(schedule, minute(-1))?.at).toEqual(at);
    expect(nextOccurrence(schedule, at)?.at).toEqual(new Date('2027-03-11T07:45Z'));
    expect(nextOccurrence(schedule, new Date('2027-03-11T15:30Z'))).toBeNull();
  });
});

describe('a weekly sync', () => {
  const datesWith = (
    day: (typeof WEEKDAYS)[number],
    calendar: Partial<DailySchedule['calendar']>,
    period = { start: '2027-03-08', end: '2027-03-21' },
  ) =>
    datesOf(
      all(
        scheduleIn('Europe/Berlin', {
          period,
          calendar: { workdays: WORKWEEK, holidays: [], timeOff: [], ...calendar },
          sync: { frequency: 'weekly', day, time: '10:00' },
        }),
      ),
      'sdr_sync',
    );
  const away = (from: string, to: string) => ({ timeOff: [{ from, to }] });

  it.each([
    ['is on its day', 'tue', {}, ['2027-03-09', '2027-03-16']],
    [
      'moves to the next working day',
      'tue',
      away('2027-03-09', '2027-03-09'),
      ['2027-03-10', '2027-03-16'],
    ],
    ['moves over several', 'tue', away('2027-03-09', '2027-03-11'), ['2027-03-12', '2027-03-16']],
    [
      'is left out where the week has none',
      'thu',
      away('2027-03-11', '2027-03-12'),
      ['2027-03-18'],
    ],
    ['is left out of a week away', 'mon', away('2027-03-05', '2027-03-13'), ['2027-03-15']],
    ['moves off a holiday', 'wed', { holidays: ['2027-03-10'] }, ['2027-03-11', '2027-03-17']],
    ['has no day on a weekend', 'sun', {}, []],
    [
      'moves within a week from Sunday to Thursday',
      'thu',
      {
        workdays: ['sun', 'mon', 'tue', 'wed', 'thu'],
        holidays: ['2027-03-11'],
      },
      ['2027-03-18'],
    ],
    [
      'moves from Sunday to Monday there',
      'sun',
      {
        workdays: ['sun', 'mon', 'tue', 'wed', 'thu'],
        holidays: ['2027-03-14'],
      },
      ['2027-03-15', '2027-03-21'],
    ],
    [
      'begins its week on a Monday where all days are worked',
      'sun',
      {
        workdays: WEEKDAYS,
        holidays: ['2027-03-14'],
      },
      ['2027-03-21'],
    ],
    ['is once a week where one day is worked', 'mon', { workdays: ['thu'] }, []],
    [
      'is on that day where it is its own',
      'thu',
      { workdays: ['thu'] },
      ['2027-03-11', '2027-03-18'],
    ],
  ] as const)('%s', (_, day, calendar, expected) => {
    expect(datesWith(day, calendar)).toEqual(expected);
  });

  it('is not made up for in a plan that begins later in the week', () => {
    const from = (start: string) => datesWith('tue', {}, { start, end: '2027-03-14' });
    expect(from('2027-03-09')).toEqual(['2027-03-09']);
    expect(from('2027-03-10')).toEqual([]);
  });
});

test.each([
  [
    'New York, where 2:30 is leapt over',
    'America/New_York',
    '2027-03-14',
    '02:30',
    '2027-03-14T07:30Z',
    '11:30',
  ],
  [
    'New York, where 1:30 comes twice',
    'America/New_York',
    '2027-11-07',
    '01:30',
    '2027-11-07T05:30Z',
    '09:30',
  ],
  [
    'Santiago, which has no midnight',
    'America/Santiago',
    '2027-09-05',
    '00:00',
    '2027-09-05T04:00Z',
    '08:00',
  ],
  [
    'Santiago, before a midnight that comes twice',
    'America/Santiago',
    '2027-04-03',
    '23:30',
    '2027-04-04T02:30Z',
    '04:00',
  ],
  [
    'Cairo, which has no midnight',
    'Africa/Cairo',
    '2027-04-30',
    '00:30',
    '2027-04-29T22:30Z',
    '02:30',
  ],
  [
    'Beirut, which has no midnight',
    'Asia/Beirut',
    '2027-03-28',
    '00:15',
    '2027-03-27T22:15Z',
    '02:15',
  ],
  [
    'Beirut, the evening before',
    'Asia/Beirut',
    '2027-03-27',
    '23:00',
    '2027-03-27T21:00Z',
    '22:00',
  ],
  [
    'Lord Howe, half an hour twice',
    'Australia/Lord_Howe',
    '2027-04-04',
    '01:45',
    '2027-04-03T14:45Z',
    '18:45',
  ],
  [
    // Of a year that is over: Morocco decides anew, and a newer Node knows of it.
    'Casablanca in Ramadan',
    'Africa/Casablanca',
    '2025-03-10',
    '16:30',
    '2025-03-10T16:30Z',
    '20:30',
  ],
  [
    'Casablanca after Ramadan',
    'Africa/Casablanca',
    '2025-06-15',
    '16:30',
    '2025-06-15T15:30Z',
    '19:30',
  ],
  ['Kathmandu', 'Asia/Kathmandu', '2027-06-15', '16:30', '2027-06-15T10:45Z', '14:45'],
  ['Chatham', 'Pacific/Chatham', '2027-06-15', '16:30', '2027-06-15T03:45Z', '07:45'],
  ['Kiritimati', 'Pacific/Kiritimati', '2027-01-01', '16:30', '2027-01-01T02:30Z', '06:30'],
  [
    'Nuuk, where the day ends an hour early',
    'America/Nuuk',
    '2027-03-27',
    '23:30',
    '2027-03-28T00:59Z',
    '01:00',
  ],
])('a check-in in %s', (_, zone, date, time, at, sendBy) => {
  const schedule = scheduleIn(zone, {
    period: { start: date, end: date },
    calendar: { workdays: WEEKDAYS, holidays: [], timeOff: [] },
    nudges: { ...nudges, checkInTime: time },
  });
  const [only, ...others] = all(schedule).filter(({ kind }) => kind === 'check_in');
  expect(others).toEqual([]);
  expect(only?.at).toEqual(new Date(at));
  expect(only?.sendBy.toISOString().slice(11, 16)).toBe(sendBy);
  expect(schedule.zone.dateAt(only?.at ?? new Date(0))).toBe(date);
});

test('a day that the calendar left out has nothing', () => {
  const schedule = scheduleIn('Pacific/Apia', {
    period: { start: '2011-12-28', end: '2012-01-02' },
    callBlocks: [{ id: 'a', days: WEEKDAYS, start: '00:00', minutes: 30 }],
  });
  const found = all(schedule);
  expect(datesOf(found, 'check_in')).toEqual(['2011-12-28', '2011-12-29', '2012-01-02']);
  expect(datesOf(found, 'call_block')).toEqual(['2011-12-28', '2011-12-29', '2012-01-02']);
  expect(nextOccurrence(schedule, new Date('2011-12-30T02:30Z'))?.date).toBe('2012-01-02');
});

test('nothing is worth sending on the next date, nor after some hours', () => {
  const zone = zoneOf('America/New_York');
  const by = (dueAt: string) => worthUntil(zone, '2027-03-11', new Date(dueAt)).toISOString();
  expect(by('2027-03-11T14:00Z')).toBe('2027-03-11T18:00:00.000Z');
  expect(by('2027-03-12T02:00Z')).toBe('2027-03-12T05:00:00.000Z');
});

const ZONES = [
  'Africa/Cairo',
  'Africa/Casablanca',
  'America/Havana',
  'America/Los_Angeles',
  'America/New_York',
  'America/Nuuk',
  'America/Santiago',
  'America/Sao_Paulo',
  'America/St_Johns',
  'Asia/Beirut',
  'Asia/Jerusalem',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Europe/London',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'UTC',
];

/** The app: it looks when something is due, at what fell due since it last looked. */
function createApp() {
  const planned = new Map<string, Occurrence & { seenAt: Date }>();
  let doneUntil = new Date('2026-12-30T00:00Z');
  return {
    planned,
    /** When it will look next; null: never. */
    due: (schedule: DailySchedule) => nextOccurrence(schedule, doneUntil)?.at ?? null,
    /** Returns how many it found that it had not planned before. */
    look(schedule: DailySchedule, now: Date): number {
      const found = occurrencesIn(schedule, { after: doneUntil, until: now });
      const fresh = found.filter((one) => !planned.has(keyOf(one)));
      for (const one of fresh) planned.set(keyOf(one), { ...one, seenAt: now });
      // The clock may have been set back; what was looked at stays looked at.
      if (now > doneUntil) doneUntil = now;
      return fresh.length;
    },
    /** After a change of zone: to the beginning of the day there. */
    lookBack(schedule: DailySchedule): void {
      doneUntil = schedule.zone.instantAt(schedule.zone.dateAt(doneUntil), '00:00');
    },
    checkIns: () => [...planned.values()].filter(({ kind }) => kind === 'check_in'),
  };
}

describe('a whole year', () => {
  const calendar = {
    workdays: WORKWEEK,
    holidays: ['2027-01-01', '2027-12-27'],
    timeOff: [{ from: '2027-07-05', to: '2027-07-16' }],
  };
  const worked = workingDates(calendar, '2027-01-01', '2027-12-31');

  const LEAPING = ['Africa/Cairo', 'America/New_York', 'America/Santiago', 'Asia/Beirut'];
  it.each([
    ...ZONES.map((zone) => [zone, '16:30'] as const),
    ...LEAPING.flatMap((zone) => [[zone, '00:30'] as const, [zone, '02:15'] as const]),
  ])('in %s has one check-in at %s on every working day', (zone, checkInTime) => {
    const schedule = scheduleIn(zone, { calendar, nudges: { ...nudges, checkInTime } });
    const app = createApp();
    let looks = 0;
    for (let due = app.due(schedule); due; due = app.due(schedule)) {
      looks += 1;
      // Ticks come once a minute.
      expect(app.look(schedule, new Date(due.getTime() + 59_000))).toBe(1);
    }
    expect(looks).toBe(2 * worked.length);
    expect(app.checkIns().map(({ date }) => date)).toEqual(worked);
    const atAnotherTime = app
      .checkIns()
      .filter((one) => schedule.zone.timeAt(one.at) !== checkInTime);
    // Clocks leap on weekends; some at the midnight before a Friday, or over a quarter past two.
    expect(atAnotherTime.length).toBeLessThanOrEqual(1);
    expect(app.checkIns().every((one) => schedule.zone.dateAt(one.at) === one.date)).toBe(true);
    if (checkInTime === '16:30') expect(atAnotherTime).toEqual([]);
  });

  it('from New York over Berlin to Los Angeles asks once on every working day', () => {
    const app = createApp();
    const moves = [
      { until: '2027-04-14T18:00Z', zone: 'America/New_York' },
      // 20:00 in Berlin: not asked yet, and 16:30 is over.
      { until: '2027-09-15T16:00Z', zone: 'Europe/Berlin' },
      // 9:00 in Los Angeles: asked already, and 16:30 is to come.
      { until: '2028-01-02T00:00Z', zone: 'America/Los_Angeles' },
    ];
    let moved = new Date('2026-12-31T00:00Z');
    for (const { until, zone } of moves) {
      const schedule = scheduleIn(zone, { calendar });
      const end = new Date(until);
      app.lookBack(schedule);
      for (let due = app.due(schedule); due && due < end; due = app.due(schedule)) {
        app.look(schedule, due > moved ? due : moved);
      }
      app.look(schedule, end);
      moved = end;
    }
    expect(app.checkIns().map(({ date }) => date)).toEqual(worked);
    expect(app.planned.size).toBe(2 * worked.length);
    const onTheMove = app.planned.get('check_in 2027-04-14 ');
    expect(onTheMove?.seenAt).toEqual(new Date('2027-04-14T18:00Z'));
    expect(onTheMove?.sendBy).toEqual(new Date('2027-04-14T18:30Z'));
  });
});

describe('a clock that jumps', () => {
  const schedule = scheduleIn('Europe/Berlin', {
    period: { start: '2027-03-08', end: '2027-03-12' },
  });
  const minutes = (from: string, count: number) =>
    Array.from({ length: count }, (_, i) => new Date(Date.parse(from) + i * 60_000));

  it.each([
    [
      'an hour ahead over the check-in',
      [...minutes('2027-03-09T14:30Z', 50), ...minutes('2027-03-09T16:20Z', 60)],
      50,
    ],
    [
      'an hour back after the check-in',
      [...minutes('2027-03-09T14:30Z', 70), ...minutes('2027-03-09T14:40Z', 120)],
      0,
    ],
    [
      'ahead and back',
      [
        ...minutes('2027-03-09T14:30Z', 50),
        ...minutes('2027-03-09T16:20Z', 5),
        ...minutes('2027-03-09T15:20Z', 120),
      ],
      50,
    ],
  ])('%s asks once', (_, ticks, late) => {
    const app = createApp();
    app.look(schedule, new Date('2027-03-09T12:00Z'));
    app.planned.clear();
    for (const now of ticks) app.look(schedule, now);
    const [only, ...others] = app.checkIns();
    expect(others).toEqual([]);
    expect(only?.at).toEqual(new Date('2027-03-09T15:30Z'));
    expect((only?.seenAt.getTime() ?? 0) - (only?.at.getTime() ?? 0)).toBe(late * 60_000);
  });
});

test('after a downtime, what is late says until when it was worth sending', () => {
  const schedule = scheduleIn('Europe/Berlin');
  const app = createApp();
  app.look(schedule, new Date('2027-03-08T12:00Z'));
  app.planned.clear();
  const now = new Date('2027-03-11T18:00Z');
  app.look(schedule, now);
  const checkIns = app.checkIns().map(({ date, sendBy }) => [date, sendBy < now]);
  expect(checkIns).toEqual([
    ['2027-03-08', true],
    ['2027-03-09', true],
    ['2027-03-10', true],
    ['2027-03-11', false],
  ]);
});

const time = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
const weekday = fc.constantFrom(...WEEKDAYS);

/** A plan of some weeks, at times of the year at which clocks change somewhere and at its end. */
const schedules = fc
  .constantFrom('2027-02-20', '2027-04-10', '2027-08-25', '2027-10-20', '2027-12-10')
  .chain((start) => {
    const date = fc.integer({ min: -3, max: 50 }).map((days) => addDays(start, days));
    const range = fc
      .tuple(date, fc.nat(9))
      .map(([from, days]) => ({ from, to: addDays(from, days) }));
    return fc.record({
      zone: fc.constantFrom(...ZONES).map(zoneOf),
      period: fc.nat(45).map((days) => ({ start, end: addDays(start, days) })),
      calendar: fc.record({
        workdays: fc.uniqueArray(weekday, { minLength: 1 }),
        holidays: fc.array(date, { maxLength: 5 }),
        timeOff: fc.array(range, { maxLength: 2 }),
      }),
      nudges: fc.record({
        checkIns: fc.boolean(),
        checkInTime: time,
        weekdays: fc.uniqueArray(weekday),
        callBlocks: fc.boolean(),
        syncs: fc.boolean(),
      }),
      callBlocks: fc.uniqueArray(
        fc.record({
          id: fc.constantFrom('a', 'b', 'c'),
          days: fc.uniqueArray(weekday, { minLength: 1 }),
          start: time,
          minutes: fc.integer({ min: 15, max: 480 }),
        }),
        { selector: ({ id }) => id },
      ),
      sync: fc.option(
        fc.record({ frequency: fc.constantFrom('weekly', 'daily'), day: weekday, time }),
      ),
    });
  });

/** Hours after the plan's beginning, in UTC. */
const hours = fc.double({ min: -100, max: 1300, noNaN: true });
const hoursInto = (schedule: DailySchedule, count: number) =>
  new Date(Date.parse(schedule.period.start) + Math.round(count * HOUR_MS));

describe('always', () => {
  it('spans add up to the whole', () => {
    fc.assert(
      fc.property(schedules, fc.array(hours, { minLength: 2, maxLength: 6 }), (schedule, cuts) => {
        const inOrder = cuts.sort((a, b) => a - b).map((cut) => hoursInto(schedule, cut));
        const parts = inOrder.flatMap((until, i) => {
          const after = inOrder[i - 1];
          return after ? occurrencesIn(schedule, { after, until }) : [];
        });
        const [after, until] = [inOrder[0], inOrder.at(-1)];
        if (!after || !until) throw new Error('there are two');
        expect(parts).toEqual(occurrencesIn(schedule, { after, until }));
      }),
      { numRuns: runs(150) },
    );
  });

  it('the next is the first of those that follow', () => {
    fc.assert(
      fc.property(schedules, hours, (schedule, into) => {
        const after = hoursInto(schedule, into);
        const [first = null] = occurrencesIn(schedule, { after, until: new Date('2028-03-01') });
        expect(nextOccurrence(schedule, after)).toEqual(first);
      }),
      { numRuns: runs(150) },
    );
  });

  it('each comes once, on a date of its own zone, in order, in time to be sent, where it belongs', () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        const { zone, period, calendar, nudges, callBlocks, sync } = schedule;
        const found = all(schedule);
        expect(new Set(found.map(keyOf)).size).toBe(found.length);
        for (const [i, { date, at, sendBy }] of found.entries()) {
          expect(zone.dateAt(at)).toBe(date);
          expect(at.getTime()).toBeGreaterThanOrEqual(found[i - 1]?.at.getTime() ?? 0);
          expect(sendBy.getTime()).toBeGreaterThan(at.getTime());
          expect(sendBy.getTime() - at.getTime()).toBeLessThanOrEqual(CATCH_UP_HOURS * HOUR_MS);
          expect(zone.dateAt(new Date(sendBy.getTime() - 1))).toBe(date);
        }
        const days = datesBetween(period.start, period.end).filter(
          (day) =>
            calendar.workdays.includes(weekdayOf(day)) &&
            !calendar.holidays.includes(day) &&
            !calendar.timeOff.some(({ from, to }) => from <= day && day <= to),
        );
        expect(datesOf(found, 'pace')).toEqual(days);
        expect(datesOf(found, 'check_in')).toEqual(
          days.filter(
            (day) =>
              nudges.checkIns &&
              (!nudges.weekdays.some((one) => calendar.workdays.includes(one)) ||
                nudges.weekdays.includes(weekdayOf(day))),
          ),
        );
        for (const block of callBlocks) {
          const held = days.filter(
            (day) => nudges.callBlocks && block.days.includes(weekdayOf(day)),
          );
          for (const kind of ['call_block', 'block_end']) {
            const on = found.filter((one) => one.slot === block.id && one.kind === kind);
            expect(on.map(({ date }) => date)).toEqual(held);
          }
        }
        const syncs = datesOf(found, 'sdr_sync');
        if (!sync || !nudges.syncs) expect(syncs).toEqual([]);
        else if (sync.frequency === 'daily') expect(syncs).toEqual(days);
        else expect(days).toEqual(expect.arrayContaining(syncs));
      }),
      { numRuns: runs(150) },
    );
  });
});

test('the pace is looked at before the day begins', () => {
  const [first] = all(scheduleIn('Asia/Tokyo'));
  expect(first?.kind).toBe('pace');
  expect(zoneOf('Asia/Tokyo').timeAt(first?.at ?? new Date(0))).toBe(PACE_TIME);
});
