import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CatchUpInput,
  catchUp,
  horizonsTo,
  quarterStart,
} from '../../../src/activity/pace/catch-up-rules.ts';
import { NO_COUNTS } from '../../../src/activity/schemas.ts';

/** So many days at the plan's level. */
const horizon = (until: string, days: number, perDay = 27): Horizon => ({
  until,
  days,
  planned: days * perDay,
});
const MONTH = horizon('2027-02-26', 12);
const HORIZONS = [MONTH, horizon('2027-03-31', 35), horizon('2027-12-31', 220)];

const horizon = (until: string, days: number, perDay = 27) => ({
  until,
  days,
  planned: days * perDay,
});
const HORIZONS = [horizon('2027-02-26', 12), horizon('2027-03-31', 35), horizon('2027-12-31', 220)];
/** So many calls short of 540. */
const input = (deficit: number, changes: Partial<CatchUpInput> = {}): CatchUpInput => ({
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
  for (const deficit of [0, -60]) expect(catchUp(input(deficit))).toEqual({ kind: 'none' });
});

test('the earliest horizon until which 1.3 × the plan holds plan and deficit', () => {
  // 97 are at most 0.3 × 12 × 27 = 97.2.
  expect(catchUp(input(97))).toEqual({
    kind: 'plan',
    deficit: 97,
    perDay: 36,
    perWeek: 176,
    until: '2027-02-26',
    days: 12,
    // 97 ÷ 12 × 5 = 40.4; 41 calls at 12 an hour.
    extra: { perWeek: 41, minutesPerWeek: 205 },
    pace: { per: 'day', count: 36, planned: 27 },
  });
  expect(catchUp(input(98))).toMatchObject({ until: '2027-03-31', perDay: 30 });
});

test('horizons may come in any order', () => {
  const horizons = HORIZONS.toReversed();
  expect(catchUp(input(100, { horizons }))).toEqual(catchUp(input(100)));
});

test('days that ask for less hold less', () => {
  const horizons = [horizon('2027-02-26', 12, 20), horizon('2027-03-31', 35, 20)];
  expect(catchUp(input(97, { horizons }))).toMatchObject({ until: '2027-03-31', perDay: 23 });
});

test('what is rare is said at its own pace, not as one a day', () => {
  const contracts = input(0, {
    activity: 'contracts',
    known: { planned: 6, done: 4 },
    perDay: 0.15,
    basePerDay: 0.15,
    horizons: [horizon('2027-03-31', 60, 0.15)],
    unit: { per: 'month', days: 21 },
    planRate: null,
  });
  // (9 + 2) ÷ 60 × 21 = 3.85.
  expect(catchUp(contracts)).toMatchObject({
    kind: 'plan',
    deficit: 2,
    extra: { minutesPerWeek: null },
    pace: { per: 'month', count: 4, planned: 4 },
  });
});

test('past the ceiling it says so, with three levers', () => {
  const beyond = catchUp(input(180, { horizons: HORIZONS.slice(0, 1) }));
  expect(beyond).toEqual({
    kind: 'beyond',
    deficit: 180,
    wouldTake: 42,
    until: '2027-02-26',
    levers: {
      volume: {
        perDay: expect.closeTo(35.1),
        makesUp: 97,
        left: 83,
        // 0.3 × 27 × 5 = 40.5.
        extra: { perWeek: 41, minutesPerWeek: 205 },
      },
      // 5 % × 540 ÷ 360.
      conversion: { stage: 'callToVisit', rate: expect.closeTo(0.075), planRate: 0.05 },
      // (27 − 24) × (20 + 12) = 96.
      insurance: { absorbs: 96, left: 84 },
      pace: { per: 'day', wouldTake: 42, ceiling: 35 },
    },
  });
});

test('a lever that is none is not offered', () => {
  const levers = (changes: Partial<CatchUpInput>, deficit = 340) => {
    const found = catchUp(input(deficit, { horizons: HORIZONS.slice(0, 1), ...changes }));
    if (found.kind !== 'beyond') throw new Error(found.kind);
    return found.levers;
  };
  // 2.7 × the plan's rate is a wish.
  expect(levers({}).conversion).toBeNull();
  expect(levers({}, 540).conversion).toBeNull();
  expect(levers({ planRate: null }, 180).conversion).toBeNull();
  // 0.7 × 1.5 is more than all.
  expect(levers({ planRate: 0.7 }, 180).conversion).toBeNull();
  expect(levers({ basePerDay: 27 }).insurance).toEqual({ absorbs: 0, left: 340 });
  expect(levers({ basePerDay: 0 }).insurance).toEqual({ absorbs: 340, left: 0 });
});

test('without a working day left nothing can be made up', () => {
  expect(catchUp(input(140, { horizons: [] }))).toMatchObject({
    kind: 'beyond',
    wouldTake: null,
    until: null,
    levers: { volume: { makesUp: 0, left: 140 } },
  });
});

test.each([
  { start: '2027-01-01', date: '2027-03-31', quarter: '2027-01-01' },
  { start: '2027-01-01', date: '2027-04-01', quarter: '2027-04-01' },
  { start: '2027-02-01', date: '2027-04-30', quarter: '2027-02-01' },
  { start: '2027-02-01', date: '2028-01-31', quarter: '2027-11-01' },
  { start: '2026-11-01', date: '2027-02-01', quarter: '2027-02-01' },
])('of a plan from $start, $date is in the quarter from $quarter', ({ start, date, quarter }) => {
  expect(quarterStart(start, date)).toBe(quarter);
});

test('a horizon holds the days from today on, and what they ask for', () => {
  const planned = new Map(
    ['2027-02-01', '2027-02-02', '2027-02-03', '2027-03-01'].map((date, index) => [
      date,
      { ...NO_COUNTS, calls: 10 + index },
    ]),
  );
  expect(
    horizonsTo(['2027-02-01', '2027-02-28', '2027-03-31'], '2027-02-02', 'calls', planned),
  ).toEqual([
    { until: '2027-02-28', days: 2, planned: 23 },
    { until: '2027-03-31', days: 3, planned: 36 },
  ]);
});

describe('for all', () => {
  const drawn = fc
    .record({
      planned: fc.integer({ min: 1, max: 60 }),
      share: fc.double({ min: 0, max: 1.2, noNaN: true }),
      base: fc.double({ min: 0, max: 1, noNaN: true }),
      days: fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 4 }),
    })
    .map(({ planned, share, base, days }) =>
      input(0, {
        known: { planned: planned * 40, done: Math.round(planned * 40 * share) },
        perDay: planned,
        basePerDay: base * planned,
        horizons: days.map((days) => horizon(`in ${days}`, days, planned)),
      }),
    );
  const fits = ({ planned }: Horizon, deficit: number) =>
    deficit <= (MOST_STRETCH - 1) * planned + 1e-6;

  test('done exactly as told, the deficit is gone by then, and never at over 1.3 × the plan', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        const found = catchUp(input);
        if (found.kind !== 'plan') return;
        expect(found.deficit).toBe(input.known.planned - input.known.done);
        expect((found.perDay - input.perDay) * found.days).toBeGreaterThanOrEqual(found.deficit);
        expect((found.extra.perWeek * found.days) / 5).toBeGreaterThanOrEqual(found.deficit - 1e-6);
        expect(found.perDay - 1).toBeLessThan(1.3 * input.perDay + 1e-6);
      }),
    );
  });

  test('done exactly as told, the deficit is gone by then; with one a day less it is not', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        const found = catchUp(input);
        if (found.kind === 'none') return;
        const before = found.kind === 'plan' ? found.days : Number.POSITIVE_INFINITY;
        for (const { days, planned } of input.horizons) {
          if (days < before) expect(planned + found.deficit).toBeGreaterThan(1.3 * planned);
        }
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
      }),
    );
  });

  test('more days never ask for more a day', () => {
    fc.assert(
      fc.property(drawn, fc.nat(60), (input, more) => {
        const later = input.horizons.map(({ until, days }) =>
          horizon(until, days + more, input.perDay),
        );
        const [now, then] = [catchUp(input), catchUp({ ...input, horizons: later })];
        if (now.kind === 'plan') expect(then.kind).toBe('plan');
        if (now.kind === 'beyond' && then.kind === 'beyond') {
          expect(then.wouldTake ?? 0).toBeLessThanOrEqual(
            now.wouldTake ?? Number.POSITIVE_INFINITY,
          );
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
});
