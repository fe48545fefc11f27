import { expect, test } from 'vitest';
import { exact, toNumber } from '../../../src/plan/model/exact.ts';
import { guaranteed } from '../../../src/plan/model/guarantee.ts';

/** 100, 100, 400 and 0 earned in four months. */
const earned = [100, 200, 600, 600].map(exact);
const figures = (recoverable: boolean, months = 3) => {
  const { total, topUps, paidBy } = guaranteed({ perMonth: 300, months, recoverable }, earned);
  return [toNumber(total), toNumber(topUps), paidBy.map(toNumber)];
};

test('without one the pay is what was earned', () => {
  const { total, topUps, paidBy } = guaranteed(null, earned);
  expect([total, topUps, ...paidBy].map(toNumber)).toEqual([0, 0, 100, 200, 600, 600]);
});

test('each of its months is topped up by itself: 200, 200 and nothing', () => {
  expect(figures(false)).toEqual([900, 400, [300, 600, 1_000, 1_000]]);
  expect(figures(false, 4)).toEqual([1_200, 700, [300, 600, 1_000, 1_300]]);
});

test('a draw is paid back out of what comes: the most ever advanced was 400', () => {
  expect(figures(true)).toEqual([900, 400, [300, 600, 900, 900]]);
  expect(figures(true, 2)).toEqual([600, 400, [300, 600, 600, 600]]);
});
