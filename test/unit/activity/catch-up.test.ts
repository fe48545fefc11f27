import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CatchUpInput,
  catchUp,
  type Horizon,
  horizonsTo,
  MOST_STRETCH,
  quarterStart,
  unitDays,
} from '../../../src/activity/pace/catch-up-rules.ts';
import { paceOf } from '../../../src/activity/pace/pace-rules.ts';
import { NO_COUNTS } from '../../../src/activity/schemas.ts';
import { countedDays } from '../../support/counted-days.ts';

/** So many days at the plan's level. */
const horizon = (until: string, days: number, perDay = 27): Horizon => ({
  until,
  days,
  planned: days * perDay,
});
const MONTH = horizon('2027-02-26', 12);
const HORIZONS = [MONTH, horizon('2027-03-31', 35), horizon('2027-12-31', 220)];

/** So many calls short of the 540 of twenty logged days. */
const short = (deficit: number, changes: Partial<CatchUpInput> = {}): CatchUpInput => ({
  activity: 'calls',
  known: { planned: 540, done: 540 - deficit },
  perDay: 27,
  basePerDay: 24,
  horizons: HORIZONS,
  workdaysPerWeek: 5,
  unit: { per: 'day', days: 1 },
  planRate: 0.05,
  callsPerHour: 12,
  ...changes,
});

test('nothing to make up', () => {
  for (const deficit of [0, -60]) expect(catchUp(short(deficit))).toEqual({ kind: 'none' });
  expect(catchUp(short(0, { known: { planned: 0, done: 0 } }))).toEqual({ kind: 'none' });
});

test('the earliest horizon under the ceiling: 97 calls in 12 days are 36 a day', () => {
  expect(catchUp(short(97))).toEqual({
    kind: 'plan',
    deficit: 97,
    // 27 + 97 ÷ 12 = 35.08, under 1.3 × 27 = 35.1.
    perDay: 36,
    perWeek: 176,
    until: '2027-02-26',
    days: 12,
    // 97 ÷ 12 × 5 = 40.4; 41 calls at 12 an hour.
    extra: { perWeek: 41, minutesPerWeek: 205 },
    pace: { per: 'day', count: 36, planned: 27 },
  });
  // 98 in 12 would be 35.17 a day; in 35 they are 29.8, and it says why that is less.
  expect(catchUp(short(98))).toMatchObject({
    until: '2027-03-31',
    perDay: 30,
    perWeek: 149,
    passed: { until: '2027-02-26', count: 36 },
  });
});

test.each([
  { deficit: 30, kind: 'plan', why: '13 a day is 1.3 × 10' },
  {
    deficit: 31,
    kind: 'beyond',
    why: '13.1 a day is over it, though 14 is what would be told of both',
  },
])('the ceiling is of the exact level: $deficit in ten days of ten, $why', ({ deficit, kind }) => {
  const horizons = [horizon('2027-02-12', 10, 10)];
  expect(catchUp(short(deficit, { perDay: 10, horizons })).kind).toBe(kind);
});

test('horizons may come in any order', () => {
  for (const deficit of [97, 98, 5_000]) {
    const horizons = HORIZONS.toReversed();
    expect(catchUp(short(deficit, { horizons }))).toEqual(catchUp(short(deficit)));
  }
});

test('days that ask for less, after the creation window or in a ramp, hold less', () => {
  // 0.3 × 12 × 20 = 72; 20 + 80 ÷ 35 = 22.3.
  const horizons = [horizon('2027-02-26', 12, 20), horizon('2027-03-31', 35, 20)];
  expect(catchUp(short(72, { horizons }))).toMatchObject({ until: '2027-02-26', perDay: 26 });
  expect(catchUp(short(80, { horizons }))).toMatchObject({ until: '2027-03-31', perDay: 23 });
});

describe('the deficit', () => {
  const found = (days: Parameters<typeof paceOf>[0]) =>
    catchUp(short(0, { known: paceOf(days, 'calls'), perDay: 10 }));

  test('is the whole one, however long ago it arose', () => {
    // Four short on each of the first twenty days, at plan in the forty since.
    const days = countedDays(60, (day) => ({ calls: day < 20 ? 6 : 10 }));
    expect(found(days)).toMatchObject({ kind: 'plan', deficit: 80 });
  });

  test('is less by what was done beyond the plan', () => {
    const days = countedDays(60, (day) => ({ calls: day < 20 ? 6 : 11 }));
    expect(found(days)).toMatchObject({ kind: 'plan', deficit: 40 });
  });

  test('leaves out days without a log: they are unknown, not zero', () => {
    const logged = countedDays(20, { calls: 8 });
    const silent = countedDays(30, {}, 20).map((day) => ({ ...day, logged: false }));
    expect(found([...logged, ...silent])).toMatchObject({ kind: 'plan', deficit: 40 });
    expect(found(silent)).toEqual({ kind: 'none' });
  });
});

test('what is rare is told in what people count it in, not as one a day', () => {
  const contracts = short(0, {
    activity: 'contracts',
    known: { planned: 6, done: 4 },
    perDay: 0.15,
    basePerDay: 0.15,
    horizons: [horizon('2027-03-31', 60, 0.15)],
    unit: { per: 'quarter', days: 63 },
    planRate: null,
  });
  // (9 + 2) ÷ 60 × 63 = 11.55, in place of 9.45.
  expect(catchUp(contracts)).toMatchObject({
    kind: 'plan',
    deficit: 2,
    extra: { perWeek: 1, minutesPerWeek: null },
    pace: { per: 'quarter', count: 12, planned: 10 },
  });
});

test('past the ceiling it says so, with three levers', () => {
  expect(catchUp(short(180, { horizons: [MONTH] }))).toEqual({
    kind: 'beyond',
    deficit: 180,
    // 27 + 180 ÷ 12.
    wouldTake: 42,
    until: '2027-02-26',
    levers: {
      volume: {
        perDay: expect.closeTo(35.1),
        // 0.3 × 12 × 27 = 97.2.
        makesUp: 97,
        left: 83,
        // 0.3 × 27 × 5 = 40.5.
        extra: { perWeek: 41, minutesPerWeek: 205 },
      },
      // 5 % × 540 ÷ 360.
      conversion: { stage: 'callToVisit', rate: expect.closeTo(0.075), planRate: 0.05 },
      // A ninth of 540 + 324.
      insurance: { absorbs: 96, left: 84 },
      pace: { per: 'day', wouldTake: 42, ceiling: 35 },
    },
  });
});

describe('a lever that is none is not offered', () => {
  const levers = (deficit: number, changes: Partial<CatchUpInput> = {}) => {
    const found = catchUp(short(deficit, { horizons: [MONTH], ...changes }));
    if (found.kind !== 'beyond') throw new Error(found.kind);
    return found.levers;
  };

  test.each([
    { why: '2.7 × the plan’s rate is a wish', deficit: 340 },
    { why: 'nothing done brings nothing at any rate', deficit: 540 },
    { why: 'there is no rate to go by', deficit: 180, planRate: null },
    { why: '0.7 × 1.5 is more than all', deficit: 180, planRate: 0.7 },
  ])('conversion: $why', ({ deficit, planRate = 0.05 }) => {
    expect(levers(deficit, { planRate }).conversion).toBeNull();
  });

  test('conversion: no stage leads on from contracts', () => {
    expect(levers(180, { activity: 'contracts' })).toMatchObject({
      conversion: null,
      volume: { extra: { minutesPerWeek: null } },
    });
  });

  test('insurance: a plan without any, and one that is nothing else', () => {
    expect(levers(340, { basePerDay: 27 }).insurance).toEqual({ absorbs: 0, left: 340 });
    expect(levers(340, { basePerDay: 0 }).insurance).toEqual({ absorbs: 340, left: 0 });
  });
});

test('without a working day left nothing can be made up', () => {
  expect(catchUp(short(140, { horizons: [] }))).toMatchObject({
    kind: 'beyond',
    wouldTake: null,
    until: null,
    // A ninth of the 540 that were planned.
    levers: { volume: { makesUp: 0, left: 140 }, insurance: { absorbs: 60, left: 80 } },
  });
});

test('nor on days that ask for nothing', () => {
  expect(catchUp(short(14, { horizons: [horizon('2027-03-31', 7, 0)] }))).toMatchObject({
    kind: 'beyond',
    wouldTake: 2,
    levers: { volume: { perDay: 0, makesUp: 0, left: 14 } },
  });
});

test.each([
  { start: '2027-01-01', date: '2027-03-31', quarter: '2027-01-01' },
  { start: '2027-01-01', date: '2027-04-01', quarter: '2027-04-01' },
  { start: '2027-02-01', date: '2027-04-30', quarter: '2027-02-01' },
  { start: '2027-02-01', date: '2027-05-01', quarter: '2027-05-01' },
  { start: '2027-02-01', date: '2028-01-31', quarter: '2027-11-01' },
  { start: '2026-11-01', date: '2027-01-31', quarter: '2026-11-01' },
  { start: '2027-02-01', date: '2027-01-29', quarter: '2027-02-01' },
])('quarters are the plan’s: from $start on, $date is in that of $quarter', (row) => {
  expect(quarterStart(row.start, row.date)).toBe(row.quarter);
});

test('a horizon holds the working days from today on, and what they ask for', () => {
  const planned = new Map(
    ['2027-02-01', '2027-02-02', '2027-02-04', '2027-03-01'].map((date, index) => [
      date,
      { ...NO_COUNTS, calls: 10 + index, visits: 1 },
    ]),
  );
  const untils = ['2027-02-01', '2027-02-28', '2027-03-31'];
  expect(horizonsTo(untils, '2027-02-02', 'calls', planned)).toEqual([
    { until: '2027-02-28', days: 2, planned: 23 },
    { until: '2027-03-31', days: 3, planned: 36 },
  ]);
  expect(horizonsTo(untils, '2027-03-02', 'calls', planned)).toEqual([]);
});

test('the working days of what people count in', () => {
  const calendar = { workdaysPerWeek: 4, daysPerMonth: 17.5 };
  expect(
    (['day', 'week', 'month', 'quarter'] as const).map((per) => unitDays(per, calendar)),
  ).toEqual([1, 4, 17.5, 52.5]);
});

describe('for all', () => {
  const drawn = fc
    .record({
      planned: fc.integer({ min: 1, max: 2_400 }),
      share: fc.double({ min: 0, max: 1.2, noNaN: true }),
      perDay: fc.double({ min: 0.01, max: 60, noNaN: true }),
      base: fc.double({ min: 0, max: 1, noNaN: true }),
      unitDays: fc.constantFrom(1, 5, 21.75, 65.25),
      stretches: fc.array(
        fc.record({ days: fc.integer({ min: 1, max: 90 }), planned: fc.nat(2_000) }),
        { maxLength: 4 },
      ),
    })
    .map(({ planned, share, perDay, base, unitDays, stretches }) =>
      short(0, {
        known: { planned, done: Math.round(planned * share) },
        perDay,
        basePerDay: base * perDay,
        unit: { per: 'day', days: unitDays },
        // Each holds those before it, as ends of months do.
        horizons: stretches.map((_, index) => ({
          until: `${index}`,
          days: stretches.slice(0, index + 1).reduce((sum, { days }) => sum + days, 0),
          planned: stretches.slice(0, index + 1).reduce((sum, { planned }) => sum + planned, 0),
        })),
      }),
    );
  const fits = ({ planned }: Horizon, deficit: number) =>
    deficit <= (MOST_STRETCH - 1) * planned + 1e-6;

  test('all that is short, by the earliest horizon at which 1.3 × the plan would do', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        const found = catchUp(input);
        const deficit = input.known.planned - input.known.done;
        if (deficit <= 0) {
          expect(found).toEqual({ kind: 'none' });
          return;
        }
        const first = input.horizons.find((one) => fits(one, deficit));
        expect(found).toMatchObject(
          first
            ? { kind: 'plan', deficit, until: first.until, days: first.days }
            : { kind: 'beyond', deficit, until: input.horizons.at(-1)?.until ?? null },
        );
      }),
    );
  });

  test('done exactly as told, the deficit is gone by then; with one a day less it is not', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        const found = catchUp(input);
        if (found.kind !== 'plan') return;
        const { perDay, perWeek, days, deficit, extra, pace, until } = found;
        const planned = input.horizons.find((one) => one.until === until)?.planned ?? Number.NaN;
        const needed = planned + deficit;
        expect(perDay * days).toBeGreaterThan(needed - 1e-6);
        expect((perDay - 1) * days).toBeLessThan(needed);
        expect((perWeek * days) / 5).toBeGreaterThan(needed - 1e-6);
        expect((extra.perWeek * days) / 5).toBeGreaterThan(deficit - 1e-6);
        expect(((pace?.count ?? 0) * days) / input.unit.days).toBeGreaterThan(needed - 1e-6);
      }),
    );
  });

  test('levers never give more than the deficit, and what is left adds up', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        const found = catchUp(input);
        if (found.kind !== 'beyond') return;
        const { volume, insurance, conversion, pace } = found.levers;
        expect(volume.makesUp + volume.left).toBe(found.deficit);
        expect(insurance.absorbs + insurance.left).toBe(found.deficit);
        expect(Math.min(volume.makesUp, insurance.absorbs)).toBeGreaterThanOrEqual(0);
        expect(volume.left).toBeGreaterThan(0);
        expect(pace?.ceiling).toBeLessThanOrEqual(volume.perDay * input.unit.days + 1e-6);
        if (conversion) {
          expect(conversion.rate * input.known.done).toBeCloseTo(0.05 * input.known.planned);
          expect(conversion.rate).toBeLessThanOrEqual(1.5 * 0.05);
        }
      }),
    );
  });

  test('one more done never puts off the day, nor asks for more until the same one', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 60 }), (input, more) => {
        const known = { ...input.known, done: input.known.done + more };
        const [now, then] = [catchUp(input), catchUp({ ...input, known })];
        if (now.kind === 'none') expect(then.kind).toBe('none');
        if (now.kind !== 'plan') return;
        expect(then.kind).not.toBe('beyond');
        if (then.kind !== 'plan') return;
        expect(then.days).toBeLessThanOrEqual(now.days);
        if (then.days === now.days) expect(then.perDay).toBeLessThanOrEqual(now.perDay);
      }),
    );
  });

  test('who falls further behind is asked for no less, unless it says what more would have been', () => {
    const horizons = fc
      .array(fc.integer({ min: 1, max: 220 }), { minLength: 1, maxLength: 4 })
      .map((all) => all.map((days) => horizon(`2027-12-${days}`, days)));
    fc.assert(
      fc.property(horizons, fc.nat(400), fc.nat(200), (horizons, deficit, further) => {
        const [now, then] = [deficit, deficit + further].map((one) =>
          catchUp(short(one, { horizons })),
        );
        if (now?.kind !== 'plan' || then?.kind !== 'plan') return;
        if ((then.pace?.count ?? 0) >= (now.pace?.count ?? 0)) return;
        expect(then.passed?.until).toBeDefined();
        expect(then.passed?.count).toBeGreaterThanOrEqual(now.pace?.count ?? 0);
      }),
    );
  });
});
