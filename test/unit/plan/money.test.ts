import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencies, currencyDigits, isCurrency } from '../../../src/plan/model/currencies.ts';
import { majorText, minorFromMajor } from '../../../src/plan/model/money.ts';

test.each([
  [1333333.33, 2, 133333333],
  [0.29, 2, 29],
  [1.005, 3, 1005],
  [1200, 0, 1200],
  [1e12, 2, 1e14],
  [1e12, 3, 1e15],
  [0, 2, 0],
  [-0, 2, 0],
  [1e-2, 2, 1],
])('%d with %i decimals is %i minor units', (major, digits, minor) => {
  expect(minorFromMajor(major, digits)).toEqual({ ok: true, minor });
});

test.each([
  [-1, 2, 'must not be negative'],
  [-1e-9, 2, 'must not be negative'],
  [1000000000000.01, 2, 'must be at most 1,000,000,000,000'],
  [Number.POSITIVE_INFINITY, 2, 'must be at most 1,000,000,000,000'],
  [2e11, 4, 'must be at most 100,000,000,000'],
  [Number.NaN, 2, 'must be a number'],
  [10.005, 2, 'has more decimals than this currency, which has 2: 1200.00 would do'],
  [1e-7, 2, 'has more decimals than this currency, which has 2: 1200.00 would do'],
  [10.5, 0, 'has decimals, and this currency has none: 1200 would do'],
])('%d with %i decimals is refused: %s', (major, digits, problem) => {
  expect(minorFromMajor(major, digits)).toEqual({ ok: false, problem });
});

test.each([
  [133333333, 2, '1333333.33'],
  [5, 2, '0.05'],
  [0, 3, '0.000'],
  [1200, 0, '1200'],
  [-105, 2, '-1.05'],
])('%i minor units with %i decimals read %s', (minor, digits, text) => {
  expect(majorText(minor, digits)).toBe(text);
});

test('an amount survives the way to major units and back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e15 }),
      fc.integer({ min: 0, max: 3 }),
      (minor, digits) => {
        const whole = digits === 3 ? minor : Math.floor(minor / 10 ** (3 - digits));
        expect(minorFromMajor(Number(majorText(whole, digits)), digits)).toEqual({
          ok: true,
          minor: whole,
        });
      },
    ),
  );
});

describe('currencies', () => {
  test.each([
    ['USD', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
  ])('%s has %i decimals', (code, digits) => {
    expect(isCurrency(code)).toBe(true);
    expect(currencyDigits(code)).toBe(digits);
  });

  test.each(['usd', 'US', 'ZZZ', 'XXX', 'XAU', '', 'USD '])('%j is no currency', (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(() => currencyDigits(code)).toThrow(RangeError);
  });

  test('the list holds over 150 currencies with a name each', () => {
    expect(currencies().length).toBeGreaterThan(150);
    expect(currencies().find(({ code }) => code === 'EUR')?.name).toBe('Euro');
  });
});
