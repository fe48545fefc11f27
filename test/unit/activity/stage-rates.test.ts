import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type Stage, stageRates } from '../../../src/activity/pace/stage-rate-rules.ts';
import { addDays } from '../../../src/time/local-date.ts';
import { countedDays, morningAfter } from '../../support/counted-days.ts';

vi.setConfig({ testTimeout: 60_000 });

const PLAN: Record<Stage, number | null> = {
  callToVisit: 0.05,
  visitToDemo: 0.6,
  demoToProposal: 0.66,
  proposalToContract: null,
};
const rateOf = (
  days: Parameters<typeof stageRates>[0],
  stage: Stage,
  plan: Record<Stage, number | null> = PLAN,
) => stageRates(days, plan, morningAfter(days))[stage];

test('figures are of the last twenty days where these hold twenty tries', () => {
  const days = [
    ...countedDays(20, { calls: 26, visits: 9 }),
    ...countedDays(20, { calls: 26, visits: 1 }, 20),
  ];
  expect(rateOf(days, 'callToVisit')).toMatchObject({
    days: 20,
    n: 520,
    k: 20,
    rate: 20 / 520,
    plan: 0.05,
    verdict: 'within',
    clear: false,
  });
});

test('of forty or sixty where tries are few, and unknown under twenty tries', () => {
  const sparse = (every: number) =>
    countedDays(60, (day) => ({ demos: day % every === 0 ? 1 : 0, proposals: 0 }));
  expect(rateOf(sparse(2), 'demoToProposal')).toMatchObject({ days: 40, n: 20 });
  expect(rateOf(sparse(3), 'demoToProposal')).toMatchObject({ days: 60, n: 20 });
  expect(rateOf(sparse(4), 'demoToProposal')).toMatchObject({ n: 15, verdict: 'unknown' });
  expect(rateOf([], 'demoToProposal')).toMatchObject({ n: 0, rate: null, verdict: 'unknown' });
});

test('unknown in the first twenty days, and without a plan rate between 0 and 1', () => {
  const days = countedDays(40, { calls: 26, visits: 0, proposals: 3, contracts: 0 });
  expect(rateOf(days.slice(0, 19), 'callToVisit').verdict).toBe('unknown');
  expect(rateOf(days.slice(0, 20), 'callToVisit').verdict).toBe('below');
  expect(rateOf(days, 'proposalToContract')).toMatchObject({ verdict: 'unknown', rate: 0 });
  for (const rate of [0, 1, 1.4]) {
    expect(rateOf(days, 'callToVisit', { ...PLAN, callToVisit: rate }).verdict).toBe('unknown');
  }
});

test('below and above the plan, and clear where it is far from chance', () => {
  const verdict = (visits: number, demos: number) => {
    const { verdict, clear } = rateOf(countedDays(40, { visits, demos }), 'visitToDemo');
    return `${verdict}${clear ? ', clear' : ''}`;
  };
  // 400 and 40 visits in twenty days: plan 60 %.
  expect(verdict(20, 12)).toBe('within');
  expect(verdict(20, 9)).toBe('below, clear');
  expect(verdict(20, 16)).toBe('above, clear');
  // 55 % of 400: within over twenty days, outside of 95 % over forty.
  expect(verdict(20, 11)).toBe('below');
  expect(verdict(2, 1)).toBe('within');
});

test('more successes than tries are a rate of 1, with their count kept', () => {
  const days = countedDays(20, { visits: 2, demos: 3 });
  expect(rateOf(days, 'visitToDemo')).toMatchObject({ n: 40, k: 60, rate: 1, verdict: 'above' });
});

test('a cut in calls alone does not make the visits of earlier calls clear', () => {
  // Visits follow their calls by four days.
  const calls = (day: number) => (day < 40 ? 40 : 10);
  const days = countedDays(46, (day) => ({ calls: calls(day), visits: calls(day - 4) / 20 }));
  for (let end = 20; end <= 46; end++) {
    expect(rateOf(days.slice(0, end), 'callToVisit').clear).toBe(false);
  }
});

test('a window only moves with its days: the oldest beyond sixty do not count', () => {
  const count = fc.integer({ min: 0, max: 30 });
  fc.assert(
    fc.property(fc.array(fc.tuple(count, count), { minLength: 66, maxLength: 80 }), (rows) => {
      const days = countedDays(rows.length, (day) => ({
        demos: rows[day]?.[0] ?? 0,
        proposals: rows[day]?.[1] ?? 0,
      }));
      expect(rateOf(days.slice(-66), 'demoToProposal')).toEqual(rateOf(days, 'demoToProposal'));
    }),
  );
});

test('the interval holds the rate, the verdict follows the interval', () => {
  const count = fc.integer({ min: 0, max: 6 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(count, count), { minLength: 20, maxLength: 60 }),
      fc.double({ min: 0.02, max: 0.98, noNaN: true }),
      (rows, plan) => {
        const days = countedDays(rows.length, (day) => ({
          demos: rows[day]?.[0] ?? 0,
          proposals: rows[day]?.[1] ?? 0,
        }));
        const { verdict, rate, low, high, clear } = rateOf(days, 'demoToProposal', {
          ...PLAN,
          demoToProposal: plan,
        });
        if (rate === null || low === null || high === null) return;
        expect(low - 1e-9).toBeLessThanOrEqual(rate);
        expect(high + 1e-9).toBeGreaterThanOrEqual(rate);
        if (verdict === 'below') expect(plan).toBeGreaterThan(high);
        if (verdict === 'above') expect(plan).toBeLessThan(low);
        if (verdict === 'within') expect(plan >= low && plan <= high).toBe(true);
        if (clear) expect(['below', 'above']).toContain(verdict);
      },
    ),
  );
});

test('days away in between change nothing', () => {
  const days = countedDays(40, { visits: 2, demos: 1 });
  const away = days.map((day, index) =>
    index < 20 ? day : { ...day, date: addDays(day.date, 21) },
  );
  expect(rateOf(away, 'visitToDemo')).toEqual(rateOf(days, 'visitToDemo'));
});
