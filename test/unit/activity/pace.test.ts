import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { assess } from '../../../src/activity/pace/episode-rules.ts';
import { type CountedDay, volumePaces } from '../../../src/activity/pace/pace-rules.ts';
import type { Stage } from '../../../src/activity/pace/stage-rate-rules.ts';
import { ACTIVITIES } from '../../../src/plan/schemas.ts';
import { addDays } from '../../../src/time/local-date.ts';
import { countedDays, morningAfter } from '../../support/counted-days.ts';

vi.setConfig({ testTimeout: 60_000 });

const PLANNED = { calls: 27, visits: 2, demos: 1 };
/** Days on which `calls(day)` calls were made of 27. */
const callDays = (count: number, calls: (day: number) => number, first = 0) =>
  countedDays(count, (day) => ({ calls: calls(day) }), first, { calls: 27 });
const pace = (days: readonly CountedDay[]) => volumePaces(days, morningAfter(days));
const callsOf = (days: readonly CountedDay[]) => pace(days).calls;

describe('figures', () => {
  test('sums over the last 5, 10 and 20 counted days; null with fewer', () => {
    const days = callDays(12, (day) => day);
    days[11] = { ...(days[11] as CountedDay), logged: false };
    const { last5, last10, last20 } = callsOf(days);
    expect(last5).toEqual({ days: 5, planned: 135, done: 45, share: 1 / 3, unlogged: 1 });
    expect(last10).toMatchObject({ days: 10, planned: 270, done: 65, unlogged: 1 });
    expect(last20).toBeNull();
  });

  test('nothing planned has no share and no verdict', () => {
    const { visits } = pace(callDays(20, () => 27));
    expect(visits).toMatchObject({ verdict: 'unknown', judged: null });
    expect(visits.last5?.share).toBeNull();
  });
});

test.each([
  { habit: 'on plan', calls: () => 27, verdict: 'steady' },
  { habit: '90 %', calls: () => 24.3, verdict: 'steady' },
  {
    habit: '68 %: 184 of 270',
    calls: (day: number) => (day < 10 ? 27 : 18.4),
    verdict: 'slipping',
  },
  { habit: '130 %', calls: () => 35.1, verdict: 'high' },
  { habit: '115 %', calls: () => 31, verdict: 'steady' },
  { habit: 'two days a week', calls: (day: number) => (day % 5 < 2 ? 67.5 : 0), verdict: 'steady' },
  { habit: 'Fridays', calls: (day: number) => (day % 5 === 4 ? 135 : 0), verdict: 'steady' },
  {
    habit: 'every second week',
    calls: (day: number) => (day % 10 < 5 ? 54 : 0),
    verdict: 'steady',
  },
])('twenty days of $habit are $verdict', ({ calls, verdict }) => {
  expect(callsOf(callDays(20, calls)).verdict).toBe(verdict);
});

test('bursts are steady on every morning, also where the days of the week change', () => {
  const bursts = (days: number[][]) => (day: number) =>
    days[Math.floor(day / 5) % days.length]?.includes(day % 5) ? 67.5 : 0;
  for (const calls of [
    bursts([[0, 1]]),
    bursts([[1, 3]]),
    bursts([
      [0, 1],
      [3, 4],
    ]),
    bursts([
      [0, 1],
      [0, 1],
      [3, 4],
    ]),
  ]) {
    const days = callDays(60, calls);
    for (let end = 10; end <= 60; end++) {
      expect(callsOf(days.slice(0, end)).verdict).toBe('steady');
    }
  }
});

test('not before ten counted days, but for a missed week', () => {
  const half = callDays(10, () => 13);
  expect(callsOf(half.slice(0, 9)).verdict).toBe('unknown');
  expect(callsOf(half)).toMatchObject({ verdict: 'slipping', judged: { days: 10, done: 130 } });

  const missed = callDays(6, (day) => (day === 0 ? 27 : 0));
  expect(callsOf(missed.slice(0, 5)).verdict).toBe('unknown');
  expect(callsOf(missed)).toMatchObject({ verdict: 'slipping', judged: { days: 5, done: 0 } });
});

test('a missed week is seen on the next morning, on whichever day it began', () => {
  for (let first = 10; first < 15; first++) {
    const days = callDays(first + 5, (day) => (day < first ? 27 : 0));
    expect(callsOf(days)).toMatchObject({ verdict: 'slipping', judged: { done: 135 } });
  }
});

test('an idle week after a double one is no missed week', () => {
  const days = callDays(15, (day) => (day >= 5 && day < 10 ? 54 : day < 5 ? 27 : 0));
  expect(callsOf(days).verdict).toBe('steady');
});

test('a small rate is judged where enough is planned, and unknown else', () => {
  // 0.2 contracts a day are four in twenty days: none done may well be chance.
  const every = (days: number) => (day: number) => (day % days === 0 ? 1 : 0);
  const contracts = (perDays: number, done: number, count = 20) => {
    const days = countedDays(count, { contracts: done }, 0, {});
    return days.map((day, index) => ({
      ...day,
      planned: { ...day.planned, contracts: every(perDays)(index) },
    }));
  };
  expect(pace(contracts(5, 0)).contracts.verdict).not.toBe('high');
  expect(pace(contracts(5, 1 / 5)).contracts).toMatchObject({ verdict: 'unknown', judged: null });
  expect(pace(contracts(1, 0.1)).contracts.verdict).toBe('slipping');
  // Thirteen visits in ten days: eight done are chance.
  const visits = countedDays(10, { calls: 10, visits: 0.8 }, 0, { calls: 10, visits: 1.3 });
  expect(pace(visits).visits.verdict).toBe('steady');
});

test('a mild slide, nothing to speak of in ten days, is seen in twenty', () => {
  const days = callDays(40, (day) => (day < 20 ? 27 : 22.5));
  expect(callsOf(days.slice(0, 30)).verdict).toBe('steady');
  expect(callsOf(days)).toMatchObject({ verdict: 'slipping', judged: { days: 20 } });
});

describe('volume or conversion', () => {
  const RATES: Record<Stage, number | null> = {
    callToVisit: 2 / 27,
    visitToDemo: 0.5,
    demoToProposal: null,
    proposalToContract: null,
  };
  const look = (done: Parameters<typeof countedDays>[1], rates = RATES) => {
    const days = countedDays(30, done, 0, PLANNED);
    return assess(days, rates, morningAfter(days));
  };

  test('all at plan: nothing', () => {
    const { low, high } = look(PLANNED);
    expect([low, high]).toEqual([[], []]);
  });

  test('fewer calls, and as many fewer visits and demos: volume, told of once', () => {
    const { low, stages } = look({ calls: 13, visits: 0.95, demos: 0.45 });
    // Nine demos of twenty may be chance.
    expect(low).toEqual([{ kind: 'volume', subject: 'calls', also: ['visits'] }]);
    expect(stages.callToVisit.verdict).toBe('within');
  });

  test('as many calls, half the visits: conversion, and no volume further down', () => {
    const { low, volume } = look({ calls: 27, visits: 0.9, demos: 0.45 });
    expect(volume.visits.verdict).toBe('slipping');
    expect(low).toEqual([{ kind: 'conversion', subject: 'callToVisit' }]);
  });

  test('the same where that stage cannot be judged: volume of visits', () => {
    const { low } = look({ calls: 27, visits: 0.9, demos: 0.45 }, { ...RATES, callToVisit: null });
    expect(low).toEqual([{ kind: 'volume', subject: 'visits', also: [] }]);
  });

  test('both', () => {
    const { low } = look({ calls: 13, visits: 0.3, demos: 0.15 });
    expect(low).toEqual([
      { kind: 'volume', subject: 'calls', also: ['visits', 'demos'] },
      { kind: 'conversion', subject: 'callToVisit' },
    ]);
  });

  test('more calls, and a better stage', () => {
    expect(look({ calls: 40, visits: 3.1, demos: 1.5 }).high).toEqual([
      { kind: 'volume_high', subject: 'calls', also: ['visits'] },
    ]);
    expect(look({ calls: 27, visits: 4, demos: 2 }).high).toEqual([
      { kind: 'conversion_high', subject: 'callToVisit' },
    ]);
  });
});

describe('for all days', () => {
  const count = fc.integer({ min: 0, max: 60 });
  const rows = fc.array(fc.tuple(count, count, count), { minLength: 0, maxLength: 45 });
  const drawn = (rows: readonly (readonly [number, number, number])[]) =>
    countedDays(
      rows.length,
      (day) => {
        const [calls = 0, visits = 0, demos = 0] = rows[day] ?? [];
        return { calls, visits, demos };
      },
      0,
      { calls: 27, visits: 9, demos: 4 },
    );

  test('whatever is planned and done as planned is never off', () => {
    fc.assert(
      fc.property(rows, (rows) => {
        const days = drawn(rows).map((day) => ({ ...day, planned: day.done }));
        const verdicts = Object.values(pace(days)).map(({ verdict }) => verdict);
        expect(verdicts.every((verdict) => verdict === 'steady' || verdict === 'unknown')).toBe(
          true,
        );
      }),
    );
  });

  test('a day not answered counts as a day of nothing', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.boolean(), { maxLength: 45 }), (rows, silent) => {
        const days = drawn(rows).map((day, index) =>
          silent[index] ? { ...day, done: { ...day.done, calls: 0, visits: 0, demos: 0 } } : day,
        );
        const unanswered = days.map((day, index) => ({ ...day, logged: !silent[index] }));
        const bare = (days: readonly CountedDay[]) =>
          Object.values(pace(days)).map(({ verdict, last10 }) => [verdict, last10?.done]);
        expect(bare(unanswered)).toEqual(bare(days));
      }),
    );
  });

  test('whole weeks away change nothing', () => {
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 1, max: 4 }),
        (rows, week, away) => {
          const days = drawn(rows);
          const shifted = days.map((day, index) =>
            index < week * 5 ? day : { ...day, date: addDays(day.date, away * 7) },
          );
          const today = morningAfter(days);
          expect(
            volumePaces(shifted, addDays(today, days.length > week * 5 ? away * 7 : 0)),
          ).toEqual(volumePaces(days, today));
        },
      ),
    );
  });

  test('doing more never turns into slipping, doing less never into high', () => {
    const order = { slipping: 0, steady: 1, unknown: 1, high: 2 };
    fc.assert(
      fc.property(rows, fc.nat(44), fc.integer({ min: 1, max: 200 }), (rows, at, more) => {
        // With no idle stretch: those before are the measure of a missed week.
        const days = drawn(rows.map(([calls, visits, demos]) => [calls + 1, visits, demos]));
        const better = days.map((day, index) =>
          index === at ? { ...day, done: { ...day.done, calls: day.done.calls + more } } : day,
        );
        const [before, after] = [callsOf(days), callsOf(better)];
        expect(order[after.verdict]).toBeGreaterThanOrEqual(order[before.verdict]);
      }),
    );
  });

  test('every activity has a verdict, and figures with it unless it is unknown', () => {
    fc.assert(
      fc.property(rows, (rows) => {
        const paces = pace(drawn(rows));
        for (const activity of ACTIVITIES) {
          const { verdict, judged } = paces[activity];
          expect(judged === null).toBe(verdict === 'unknown');
        }
      }),
    );
  });
});
