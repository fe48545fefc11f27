import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  exact,
  roundHalfUp,
  sum,
  sumOfProducts,
  toCount,
  toMinor,
  toNumber,
} from '../../../src/plan/model/exact.ts';
import { Ratio } from '../../support/naive-ratio.ts';

test.each([
  [0.1, '1/10'],
  [0.3, '3/10'],
  [1e-7, '1/10000000'],
  [1.25e-9, '1/800000000'],
  [1e21, '1000000000000000000000'],
  [-2.5, '-5/2'],
  [0, '0'],
  [9007199254740991, '9007199254740991'],
])('%d is exactly %s', (value, expected) => {
  expect(exact(value).toString()).toBe(expected);
});

test.each([
  [exact(5).div(2), 3n],
  [exact(-5).div(2), -2n],
  [exact(7).div(3), 2n],
  [exact(-7).div(3), -2n],
  [exact(-8).div(3), -3n],
  [exact(10n ** 30n).add(exact(1).div(2)), 10n ** 30n + 1n],
])('%s rounds half up to %s', (value, expected) => {
  expect(roundHalfUp(value)).toBe(expected);
});

test.each([
  [exact(3), 3],
  [exact(3.0000000001), 3],
  [exact(3.000000001), 3],
  [exact(3.0000000011), 4],
  [exact(2.1), 3],
  [exact(0), 0],
  [exact(1e-10), 0],
])('%s counts as %i', (value, expected) => {
  expect(toCount(value)).toBe(expected);
});

test('no sum of cents is lost', () => {
  expect(toMinor(sum([0.1, 0.2, 0.7].map(exact)))).toBe(1);
  expect(
    sumOfProducts([
      [3, 0.1],
      [5, 0.25],
      [1, 1e-7],
    ]).toString(),
  ).toBe('15500001/10000000');
});

test('a number survives the way into a ratio and back', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(toNumber(exact(value))).toBe(value + 0);
    }),
  );
});

/** Money, shares, and whatever a number can be. */
const anyNumber = fc.oneof(
  fc.integer({ min: -(10 ** 6), max: 10 ** 6 }).map((n) => n / 10_000),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e20, max: 1e20 }),
);

test('a sum of products is what the plain way gives, whatever its decimals and its size', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyNumber, anyNumber), { maxLength: 40 }), (pairs) => {
      const plain = Ratio.sum(pairs.map(([a, b]) => Ratio.of(a).times(Ratio.of(b))));
      const { n, d } = sumOfProducts(pairs);
      expect(n * plain.d).toBe(plain.n * d);
    }),
  );
});

test('a ratio of enormous parts still is a number', () => {
  expect(toNumber(exact(10n ** 400n).div(exact(3n * 10n ** 400n)))).toBe(1 / 3);
  expect(toNumber(exact(-1).div(exact(3)))).toBe(-1 / 3);
  expect(toNumber(exact(1).div(exact(10n ** 25n)))).toBe(1e-25);
});
