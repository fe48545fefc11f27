import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  type CatchUpInput,
  catchUp,
  sustainableCeiling,
} from '../../../src/activity/pace/catch-up-rules.ts';
import { countedDays } from '../../support/counted-days.ts';

vi.setConfig({ testTimeout: 60_000 });

const HORIZONS = [
  { until: '2027-01-29', days: 0 },
  { until: '2027-02-26', days: 12 },
  { until: '2027-03-31', days: 35 },
  { until: '2027-12-31', days: 220 },
];
/** Twenty days with `done` calls each of 27. */
const input = (done: number, changes: Partial<CatchUpInput> = {}): CatchUpInput => ({
  activity: 'calls',
  days: countedDays(20, { calls: done }, 0, { calls: 27 }),
  perDay: 27,
  basePerDay: 24,
  horizons: HORIZONS,
  workdaysPerWeek: 5,
  planRate: 0.05,
  callsPerHour: 12,
  ...changes,
});

test('nothing to make up', () => {
  expect(catchUp(input(27))).toEqual({ kind: 'none' });
  expect(catchUp(input(30))).toEqual({ kind: 'none' });
  expect(catchUp(input(0, { days: [] }))).toEqual({ kind: 'none' });
});

test('the earliest horizon under the ceiling: 100 calls in 12 days are 36 a day', () => {
  expect(catchUp(input(22))).toEqual({
    kind: 'plan',
    deficit: 100,
    perDay: 36,
    perWeek: 177,
    until: '2027-02-26',
    days: 12,
    // 100 ÷ 12 × 5 = 41.7; 42 calls at 12 an hour.
    extra: { perWeek: 42, minutesPerWeek: 210 },
  });
  // 120 in 12 would be 37 a day, over ⌈1.3 × 27⌉ = 36.
  expect(catchUp(input(21))).toMatchObject({ until: '2027-03-31', perDay: 31 });
});

test('horizons may come in any order', () => {
  const horizons = HORIZONS.toReversed();
  expect(catchUp(input(22, { horizons }))).toEqual(catchUp(input(22)));
});

test('only the last twenty days count', () => {
  const days = countedDays(40, (day) => ({ calls: day < 20 ? 0 : 22 }), 0, { calls: 27 });
  expect(catchUp(input(0, { days }))).toMatchObject({ kind: 'plan', deficit: 100 });
});

test('past the ceiling it says so, with three levers', () => {
  const beyond = catchUp(input(18, { horizons: HORIZONS.slice(0, 2) }));
  expect(beyond).toEqual({
    kind: 'beyond',
    deficit: 180,
    wouldTake: 42,
    until: '2027-02-26',
    levers: {
      // (36 − 27) × 12 = 108.
      volume: { perDay: 36, makesUp: 108, left: 72, extra: { perWeek: 45, minutesPerWeek: 225 } },
      // 5 % × 540 ÷ 360.
      conversion: { stage: 'callToVisit', rate: expect.closeTo(0.075), planRate: 0.05 },
      // (27 − 24) × (20 + 12) = 96.
      insurance: { absorbs: 96, left: 84 },
    },
  });
});

test('a lever that is none is not offered', () => {
  const levers = (changes: Partial<CatchUpInput>, done = 10) => {
    const found = catchUp(input(done, { horizons: HORIZONS.slice(0, 2), ...changes }));
    if (found.kind !== 'beyond') throw new Error(found.kind);
    return found.levers;
  };
  // 2.7 × the plan's rate is a wish.
  expect(levers({}).conversion).toBeNull();
  expect(levers({}, 0).conversion).toBeNull();
  expect(levers({ planRate: null }, 18).conversion).toBeNull();
  // 0.7 × 1.5 is more than all.
  expect(levers({ planRate: 0.7 }, 18).conversion).toBeNull();
  expect(levers({ basePerDay: 27 }).insurance).toEqual({ absorbs: 0, left: 340 });
  expect(levers({ basePerDay: 0 }).insurance).toEqual({ absorbs: 340, left: 0 });
});

test('without a working day left nothing can be made up', () => {
  for (const horizons of [[], HORIZONS.slice(0, 1)]) {
    expect(catchUp(input(20, { horizons }))).toMatchObject({
      kind: 'beyond',
      wouldTake: null,
      until: null,
      levers: { volume: { makesUp: 0, left: 140 } },
    });
  }
});

test('no minutes for what is no call, no stage after contracts', () => {
  const contracts = (done: number) =>
    input(0, {
      activity: 'contracts',
      days: countedDays(20, { contracts: done }, 0, { contracts: 1 }),
      perDay: 1,
      basePerDay: 1,
      planRate: null,
    });
  expect(catchUp(contracts(0.5))).toMatchObject({
    kind: 'plan',
    deficit: 10,
    perDay: 2,
    perWeek: 10,
    extra: { perWeek: 5, minutesPerWeek: null },
  });
});

describe('the ceiling', () => {
  const week = (calls: number) => countedDays(5, { calls });
  test.each([
    { name: '1.3 × the plan, rounded up', days: [], ceiling: 36 },
    { name: 'the best week', days: [...week(20), ...week(45), ...week(20)], ceiling: 45 },
    {
      name: 'across two weeks',
      days: countedDays(10, (day) => ({ calls: day > 1 && day < 7 ? 40 : 0 })),
      ceiling: 40,
    },
    { name: 'twice the plan at most', days: week(90), ceiling: 54 },
    { name: 'no fewer than 1.3 × for a poor best', days: week(3), ceiling: 36 },
  ])('$name: $ceiling', ({ days, ceiling }) => {
    expect(sustainableCeiling(days, 'calls', 27)).toBe(ceiling);
  });
});

describe('for all', () => {
  const drawn = fc
    .record({
      planned: fc.integer({ min: 1, max: 60 }),
      done: fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 40 }),
      base: fc.double({ min: 0, max: 1, noNaN: true }),
      days: fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 4 }),
    })
    .map(({ planned, done, base, days }) =>
      input(0, {
        days: countedDays(done.length, (day) => ({ calls: done[day] ?? 0 }), 0, { calls: planned }),
        perDay: planned,
        basePerDay: base * planned,
        horizons: [...days].sort((a, b) => a - b).map((days) => ({ until: `in ${days}`, days })),
      }),
    );

  test('done exactly as told, the deficit is gone by then', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        const found = catchUp(input);
        if (found.kind !== 'plan') return;
        expect((found.perDay - input.perDay) * found.days).toBeGreaterThanOrEqual(found.deficit);
        expect((found.extra.perWeek * found.days) / 5).toBeGreaterThanOrEqual(found.deficit - 1e-6);
        const ceiling = sustainableCeiling(input.days, 'calls', input.perDay);
        expect(found.perDay).toBeLessThanOrEqual(ceiling);
      }),
    );
  });

  test('an earlier horizon would break the ceiling', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        const found = catchUp(input);
        if (found.kind === 'none') return;
        const ceiling = sustainableCeiling(input.days, 'calls', input.perDay);
        const before = found.kind === 'plan' ? found.days : Number.POSITIVE_INFINITY;
        for (const { days } of input.horizons) {
          if (days >= before || days === 0) continue;
          expect(input.perDay + found.deficit / days).toBeGreaterThan(ceiling);
        }
      }),
    );
  });

  test('levers never give more than the deficit, and what is left adds up', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        const found = catchUp(input);
        if (found.kind !== 'beyond') return;
        const { volume, insurance } = found.levers;
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
        const later = input.horizons.map(({ until, days }) => ({
          until,
          days: days === 0 ? 0 : days + more,
        }));
        const [now, then] = [catchUp(input), catchUp({ ...input, horizons: later })];
        if (now.kind === 'plan') expect(then.kind).toBe('plan');
        if (now.kind === 'beyond' && then.kind === 'beyond') {
          expect(then.wouldTake ?? 0).toBeLessThanOrEqual(now.wouldTake ?? 0);
        }
      }),
    );
  });
});
