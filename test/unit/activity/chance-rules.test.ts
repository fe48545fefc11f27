import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  chanceOfAtLeast,
  chanceOfAtMost,
  dealsChance,
  dispersionOf,
  type LikelyRenewal,
  renewalsChance,
  wilson,
  Z_95,
} from '../../../src/activity/pace/chance-rules.ts';

vi.setConfig({ testTimeout: 60_000 });

describe('counts', () => {
  test.each([
    // scipy: nbinom.cdf(done, mean / (dispersion - 1), 1 / dispersion), and sf of one less
    { done: 184, mean: 270, dispersion: 5, atMost: 0.0053462706, atLeast: 0.9951563006 },
    { done: 5, mean: 10, dispersion: 1.5, atMost: 0.1119527408, atLeast: 0.9406487858 },
    { done: 14, mean: 8, dispersion: 1.4, atMost: 0.9616723997, atLeast: 0.061968793 },
    { done: 9000, mean: 10_000, dispersion: 8, atMost: 0.0001354216, atLeast: 0.9998665518 },
    { done: 0, mean: 0.1, dispersion: 1.2, atMost: 0.9128709292, atLeast: 1 },
    // R: ppois
    { done: 2, mean: 5, dispersion: 1, atMost: 0.1246520195, atLeast: 0.959572318 },
    { done: 3000, mean: 3000, dispersion: 1, atMost: 0.504855564, atLeast: 0.50242789 },
    { done: -1, mean: 5, dispersion: 2, atMost: 0, atLeast: 1 },
    { done: 3, mean: 0, dispersion: 2, atMost: 1, atLeast: 0 },
  ])('$done where $mean are due, at $dispersion', ({ done, mean, dispersion, atMost, atLeast }) => {
    expect(chanceOfAtMost(done, mean, dispersion)).toBeCloseTo(atMost, 8);
    expect(chanceOfAtLeast(done, mean, dispersion)).toBeCloseTo(atLeast, 8);
  });

  test.each([19_999, 20_001, 1e12])('of a mean of %d is told at once, and as surely', (mean) => {
    const deviation = Math.sqrt(2 * mean);
    // Φ(−1.6449) = 5 %.
    const done = Math.floor(mean - 1.6449 * deviation);
    expect(chanceOfAtMost(done, mean, 2)).toBeCloseTo(0.05, 2);
    expect(chanceOfAtLeast(done, mean, 2)).toBeCloseTo(0.95, 2);
    expect(chanceOfAtMost(Math.round(mean), mean, 2)).toBeCloseTo(0.5, 2);
  });

  const mean = fc.double({ min: 0.1, max: 3_000, noNaN: true });
  const dispersion = fc.double({ min: 1, max: 40, noNaN: true });

  test('either so few or more: together one', () => {
    fc.assert(
      fc.property(mean, dispersion, fc.nat(4_000), (mean, dispersion, done) => {
        const below = chanceOfAtMost(done, mean, dispersion);
        expect(below + chanceOfAtLeast(done + 1, mean, dispersion)).toBeCloseTo(1, 8);
      }),
    );
  });

  test('a wider spread makes half of what is due likelier', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 3_000 }), dispersion, (mean, dispersion) => {
        const half = Math.floor(mean / 2);
        const narrow = chanceOfAtMost(half, mean, 1);
        expect(chanceOfAtMost(half, mean, dispersion + 0.1)).toBeGreaterThan(narrow - 1e-12);
      }),
    );
  });
});

describe('how much a rep’s counts vary', () => {
  const days = (count: number, done: (day: number) => number, planned = 25) =>
    Array.from({ length: count }, (_, day) => ({ planned, done: done(day) }));

  test('before their own days say better, an ordinary rep’s: by the mean', () => {
    // Weeks: 1 + 25 × 0.4² + 5 × 25 × 0.1².
    expect(dispersionOf(days(1, () => 25))).toBeCloseTo(6.25, 6);
    expect(dispersionOf(days(1, () => 0, 1))).toBeCloseTo(1.21, 6);
    expect(dispersionOf([])).toBe(1);
  });

  test('their own days pull it their way, never under Poisson', () => {
    const even = dispersionOf(days(60, () => 25));
    const wild = dispersionOf(days(60, (day) => (day % 2 ? 45 : 5)));
    expect(even).toBeLessThan(4);
    expect(even).toBeGreaterThanOrEqual(1);
    expect(wild).toBeGreaterThan(12);
  });

  test('weeks that resemble themselves count, though their days are even', () => {
    expect(dispersionOf(days(60, (day) => (Math.floor(day / 5) % 2 ? 32 : 18)))).toBeGreaterThan(
      12,
    );
  });

  test('a lasting change of level is no noise', () => {
    const steady = dispersionOf(days(60, () => 25));
    expect(dispersionOf(days(60, (day) => (day < 30 ? 25 : 15)))).toBeLessThan(steady + 2);
  });
});

describe('deals', () => {
  test('whole deals, and between them', () => {
    const at = (actual: number) => dealsChance(actual, 100_000, 25_000);
    expect(at(50_000)).toBeCloseTo(chanceOfAtMost(2, 4, 1.25), 12);
    expect(at(62_500)).toBeGreaterThan(at(50_000));
    expect(at(62_500)).toBeLessThan(at(75_000));
    expect(dealsChance(0, 0, 25_000)).toBe(1);
  });

  test('one deal of one may fail to come; none of ten hardly', () => {
    expect(dealsChance(0, 25_000, 25_000)).toBeGreaterThan(0.1);
    expect(dealsChance(0, 250_000, 25_000)).toBeLessThan(0.01);
  });
});

describe('renewals', () => {
  const renewal = fc.record({
    amount: fc.integer({ min: 1, max: 500 }),
    likelihood: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  /** Every outcome, one by one. */
  const naive = (renewals: readonly LikelyRenewal[], booked: number): number => {
    const [first, ...others] = renewals;
    if (!first) return booked >= 0 ? 1 : 0;
    const won = naive(others, booked - first.amount);
    return first.likelihood * won + (1 - first.likelihood) * naive(others, booked);
  };

  test('two: 100 at 80 %, 50 at 50 %', () => {
    const two = [
      { amount: 100, likelihood: 0.8 },
      { amount: 50, likelihood: 0.5 },
    ];
    expect([-1, 0, 50, 100, 149, 150].map((booked) => renewalsChance(two, booked))).toEqual(
      [0, 0.1, 0.2, 0.6, 0.6, 1].map((chance) => expect.closeTo(chance, 12)),
    );
    expect(renewalsChance([], 0)).toBe(1);
  });

  test('as every outcome counted out', () => {
    fc.assert(
      fc.property(
        fc.array(renewal, { maxLength: 9 }),
        fc.integer({ min: -10, max: 3_000 }),
        (renewals, booked) => {
          expect(renewalsChance(renewals, booked)).toBeCloseTo(naive(renewals, booked), 10);
        },
      ),
    );
  });

  test('more than two dozen: the chance of an amount as near as is said', () => {
    const amount = fc.integer({ min: 1_000, max: 90_000 });
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 25, maxLength: 40 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (amounts, share) => {
          // Of so many of one kind as of a binomial: where all are as large, the steps are exact.
          const same = amounts.map(() => ({ amount: 1_000, likelihood: share }));
          const wins = Math.floor(same.length * 0.7);
          let binomial = 0;
          let term = (1 - share) ** same.length;
          for (let i = 0; i <= wins; i++) {
            binomial += term;
            term *= (((same.length - i) / (i + 1)) * share) / (1 - share);
          }
          expect(renewalsChance(same, wins * 1_000 + 500)).toBeCloseTo(binomial, 6);

          const few = amounts.slice(0, 14).map((amount) => ({ amount, likelihood: share }));
          const certain = amounts.slice(14).map((amount) => ({ amount, likelihood: 1 }));
          const sure = certain.reduce((sum, { amount }) => sum + amount, 0);
          const total = amounts.reduce((sum, amount) => sum + amount, 0);
          const error = (amounts.length / 40_000) * total;
          const booked = sure + (total - sure) * share;
          const stepped = renewalsChance([...few, ...certain], booked);
          expect(stepped).toBeGreaterThanOrEqual(renewalsChance(few, booked - sure - error) - 1e-9);
          expect(stepped).toBeLessThanOrEqual(renewalsChance(few, booked - sure + error) + 1e-9);
        },
      ),
    );
  });
});

test.each([
  // R: binom::binom.wilson(k, n)
  { k: 8, n: 10, low: 0.4902, high: 0.9433 },
  { k: 0, n: 20, low: 0, high: 0.1611 },
  { k: 25, n: 30, low: 0.6644, high: 0.9266 },
  { k: 26, n: 520, low: 0.0343, high: 0.0723 },
])('$k of $n lie between $low and $high', ({ k, n, low, high }) => {
  const interval = wilson(k, n, Z_95);
  expect(interval.low).toBeCloseTo(low, 3);
  expect(interval.high).toBeCloseTo(high, 3);
});
