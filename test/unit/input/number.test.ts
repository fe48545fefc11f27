import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAmount, readCount, readFactor, readPercent } from '../../../src/input/number.ts';
import {
  writeAmount,
  writeCount,
  writeFactor,
  writePercent,
} from '../../../src/input/write-number.ts';
import { runs } from '../../support/property-runs.ts';

const LOCALES = [
  ...['en-US', 'en-GB', 'en-IN', 'de-DE', 'de-CH', 'de-AT', 'fr-FR', 'es-ES', 'es-LA', 'pt-PT'],
  ...['pl-PL', 'sv-SE', 'ja-JP', 'hi-IN', 'bn-BD', 'ar-EG', 'fa-IR', 'he-IL', 'no locale!'],
];
const US = { locale: 'en-US', digits: 2 };

describe('readAmount', () => {
  it.each([
    // text, locale, digits, minor units
    ['1200', 'en-US', 2, 120_000],
    ['1,200.50', 'en-US', 2, 120_050],
    ['1.2k', 'en-US', 2, 120_000],
    ['1.2 K', 'en-US', 2, 120_000],
    ['1.5m', 'en-US', 2, 150_000_000],
    ['1.2345678m', 'en-US', 2, 123_456_780],
    ['1.2bn', 'en-US', 2, 120_000_000_000],
    ['$1,200', 'en-US', 2, 120_000],
    ['$1.5M', 'en-US', 2, 150_000_000],
    ['US$ 1,200', 'en-US', 2, 120_000],
    ['1,200 USD', 'en-US', 2, 120_000],
    ['+1,200', 'en-US', 2, 120_000],
    ['$.50', 'en-US', 2, 50],
    ['0', 'en-US', 2, 0],
    ['0.10', 'en-US', 2, 10],
    ['1,5', 'en-US', 2, 150],
    ['1200,50', 'en-US', 2, 120_050],
    ['1.200,50 €', 'en-US', 2, 120_050],
    ['1,234,567.89', 'de-DE', 2, 123_456_789],
    ['1.200', 'de-DE', 2, 120_000],
    ['1.200,5', 'de-DE', 2, 120_050],
    ['1.200.000', 'de-DE', 2, 120_000_000],
    ['1,2 Mio. €', 'de-DE', 2, 120_000_000],
    ['1.234k', 'de-DE', 2, 123_400_000],
    ['3.25', 'de-DE', 2, 325],
    ['1 200,50', 'fr-FR', 2, 120_050],
    ['1\u202f200,50\u00a0€', 'fr-FR', 2, 120_050],
    ['1,2 M€', 'fr-FR', 2, 120_000_000],
    ['1.200', 'fr-FR', 2, 120_000],
    ['1 200.50', 'en-US', 2, 120_050],
    ["1'200.50", 'de-CH', 2, 120_050],
    ['CHF 1’200', 'de-CH', 2, 120_000],
    ['12,34,567.50', 'en-IN', 2, 123_456_750],
    ['12,34,567', 'en-US', 2, 123_456_700],
    ['kr.500', 'da-DK', 2, 50_000, 'DKK'],
    ['5 lakh', 'en-IN', 2, 50_000_000],
    ['1.5 Cr', 'en-IN', 2, 1_500_000_000],
    ['١٬٢٣٤٫٥', 'ar-EG', 2, 123_450],
    ['۱٬۲۳۴', 'fa-IR', 2, 123_400],
    ['१,२३४.५', 'hi-IN', 2, 123_450],
    ['１２，３４５', 'ja-JP', 0, 12_345],
    ['¥1,200', 'ja-JP', 0, 1200],
    ['1.2 million', 'en-US', 2, 120_000_000],
    ['1,234.567', 'en-US', 3, 1_234_567],
    ['1.2345', 'en-US', 4, 12_345],
    ['kr 1 200', 'sv-SE', 2, 120_000, 'SEK'],
    ['1,000,000,000,000', 'en-US', 2, 100_000_000_000_000],
    ['\u200e1,200\u200f', 'en-US', 2, 120_000],
    ['1,200', 'no locale!', 2, 120_000],
  ] as [string, string, number, number, string?][])(
    '%s in %s with %i decimals',
    (text, locale, digits, minor, currency) => {
      expect(readAmount(text, { locale, digits, currency })).toEqual({ ok: true, value: minor });
    },
  );

  const notAnAmount = "That isn't an amount: try 1,200.50 or 1.2k.";
  const negative = "It can't be below zero: try 1,200.50 or 1.2k.";
  it.each([
    ['', 'en-US', 2, notAnAmount],
    ['a lot', 'en-US', 2, notAnAmount],
    ['NaN', 'en-US', 2, notAnAmount],
    ['Infinity', 'en-US', 2, notAnAmount],
    ['1e5', 'en-US', 2, notAnAmount],
    ['0x10', 'en-US', 2, notAnAmount],
    ['1,2,3', 'en-US', 2, notAnAmount],
    ['1,200,50', 'en-US', 2, notAnAmount],
    ['12 34', 'en-US', 2, notAnAmount],
    ['1.200,50.10', 'en-US', 2, notAnAmount],
    ['0,123,456', 'en-US', 2, notAnAmount],
    ['000', 'en-US', 2, notAnAmount],
    ['1.2 apples', 'en-US', 2, notAnAmount],
    ['5, 120,000', 'en-US', 2, notAnAmount],
    ['9'.repeat(61), 'en-US', 2, notAnAmount],
    ['-5', 'en-US', 2, negative],
    ['−5', 'en-US', 2, negative],
    ['$-5', 'en-US', 2, negative],
    ['(1,200)', 'en-US', 2, negative],
    ['1.2399', 'en-US', 2, 'This currency has at most 2 decimals: try 1,200.50.'],
    ['1.5', 'ja-JP', 0, 'This currency has no decimals: try 1,200.'],
    ['1.23456k', 'en-US', 0, 'This currency has no decimals: try 1,200.'],
    ['1,000,000,000,000.01', 'en-US', 2, 'That is over a trillion: check the zeros.'],
    ['1000bn 1', 'en-US', 2, notAnAmount],
    ['1001bn', 'en-US', 2, 'That is over a trillion: check the zeros.'],
    ['999,999,999,999', 'en-US', 4, 'That is over a trillion: check the zeros.'],
    ['zu viel', 'de-DE', 2, "That isn't an amount: try 1.200,50 or 1,2k."],
  ] as const)('refuses %s in %s with %i decimals', (text, locale, digits, problem) => {
    expect(readAmount(text, { locale, digits })).toEqual({ ok: false, problem });
  });

  it.each([
    // text, locale, decimals, what is asked, minor units that it may be
    ['45.000', 'en-US', 2, '45,000 or 45', [4500, 4_500_000]],
    ['$45.000', 'en-GB', 2, '45,000 or 45', [4500, 4_500_000]],
    ['1.200', 'en-IN', 2, '1,200 or 1.2', [120, 120_000]],
    ['1.239', 'en-US', 2, '1,239 or 1.24', [123_900]],
    ['45,000', 'de-DE', 2, '45.000 or 45', [4500, 4_500_000]],
    ['45,000 €', 'fr-FR', 2, '45\u202f000 or 45', [4500, 4_500_000]],
    ['45.000', 'de-CH', 2, "45'000 or 45", [4500, 4_500_000]],
    ['45.000', 'ja-JP', 0, '45,000 or 45', [45, 45_000]],
    ['1.234', 'fr-FR', 3, '1\u202f234 or 1,2340', [1234, 1_234_000]],
    ['1.234k', 'fr-FR', 2, '1\u202f234 or 1,23', [123_400, 123_400_000]],
  ])(
    'asks which is meant by %s in %s with %i decimals',
    (text, locale, digits, either, readings) => {
      const problem = `Is that ${either}? Write it the way you mean it.`;
      expect(readAmount(text, { locale, digits })).toEqual({ ok: false, problem, readings });
    },
  );

  it('reads three digits behind one mark as thousands or as decimals only where the writer’s own way says so', () => {
    const cases = fc.record({
      number: fc.integer({ min: 1, max: 999_999 }),
      mark: fc.constantFrom('.', ','),
      locale: fc.constantFrom(...LOCALES),
    });
    fc.assert(
      fc.property(cases, ({ number, mark, locale }) => {
        const [whole, behind] = [Math.floor(number / 1000), String(number % 1000).padStart(3, '0')];
        fc.pre(whole > 0);
        const read = readAmount(`${whole}${mark}${behind}`, { locale, digits: 2 });
        if (read.ok) expect(read.value).toBe(number * 100);
        else expect(read.readings?.at(-1)).toBe(number * 100);
      }),
    );
  });

  it.each([
    ['45.000', 'en-US', 3, 45_000],
    ['45,500', 'fr-FR', 3, 45_500],
    ['1.250m', 'en-US', 2, 125_000_000],
    ['45.00', 'en-US', 2, 4500],
    ['0.500', 'en-US', 2, 50],
    ['1200.500', 'en-US', 2, 120_050],
  ])(
    'takes %s in %s with %i decimals as there is one way to read it',
    (text, locale, digits, minor) => {
      expect(readAmount(text, { locale, digits })).toEqual({ ok: true, value: minor });
    },
  );

  it.each([
    ['$5', 'USD', 500],
    ['US$5', 'USD', 500],
    ['$5', 'AUD', 500],
    ['5 usd', 'USD', 500],
    ['€5', 'USD', 'Amounts here are in USD: write it without €.'],
    ['$5', 'EUR', 'Amounts here are in EUR: write it without $.'],
    ['5 EUR', 'USD', 'Amounts here are in USD: write it without EUR.'],
    ['5 kr', 'USD', notAnAmount],
  ] as const)('takes %s for %s as it should', (text, currency, expected) => {
    expect(readAmount(text, { ...US, currency })).toEqual(
      typeof expected === 'number'
        ? { ok: true, value: expected }
        : { ok: false, problem: expected },
    );
  });

  it('answers any text, and with a whole number where it takes it', () => {
    const unit = fc.constantFrom(..."0123456789.,' \u00a0-+()$€%kmMx٫٬٣eE𝟘");
    fc.assert(
      fc.property(fc.string({ unit }), fc.constantFrom(...LOCALES), (text, locale) => {
        const read = readAmount(text, { locale, digits: 2 });
        if (read.ok) expect(Number.isSafeInteger(read.value) && read.value >= 0).toBe(true);
        else expect(read.problem).not.toBe('');
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe('readPercent', () => {
  it.each([
    ['80%', 0.8],
    ['80 %', 0.8],
    ['80', 0.8],
    ['0.8', 0.8],
    ['.8', 0.8],
    ['1%', 0.01],
    ['1 %', 0.01],
    ['100%', 1],
    ['0.8%', 0.008],
    ['1.5', 0.015],
    ['100', 1],
    ['12.5 percent', 0.125],
    ['%80', 0.8],
    ['٨٠٪', 0.8],
    ['７％', 0.07],
    ['0', 0],
  ])('%s', (text, fraction) => {
    expect(readPercent(text, { locale: 'en-US' })).toEqual({ ok: true, value: fraction });
  });

  it.each([
    ['101%', 'It has to be between 0 and 100%.'],
    ['-1', "It can't be below zero: try 80% or 0.8."],
    ['most', "That isn't a percentage: try 80% or 0.8."],
    ['80 $', "That isn't a percentage: try 80% or 0.8."],
    ['80%%', "That isn't a percentage: try 80% or 0.8."],
  ])('refuses %s', (text, problem) => {
    expect(readPercent(text, { locale: 'en-US' })).toEqual({ ok: false, problem });
  });

  it('goes over 100 % where that makes sense', () => {
    expect(readPercent('150', { locale: 'en-US', max: 10 })).toEqual({ ok: true, value: 1.5 });
  });

  it.each([
    ['1', 'ofHundred', 1, 0.01],
    ['1.5', 'ofHundred', 1, 0.015],
    ['5', 'ofHundred', 1, 0.05],
    ['100', 'ofHundred', 1, 1],
    ['0', 'ofHundred', 1, 0],
    ['0.5%', 'ofHundred', 1, 0.005],
    ['50%', 'ofHundred', 1, 0.5],
    ['0.1', 'rate', 1, 0.1],
    ['10', 'rate', 1, 0.1],
    ['0.5', 'share', 1, 0.5],
    ['25', 'share', 3, 0.25],
  ] as const)('%s as %s of at most %i', (text, bare, max, fraction) => {
    expect(readPercent(text, { locale: 'en-US', bare, max })).toEqual({
      ok: true,
      value: fraction,
    });
  });

  it.each([
    ['1', 'share', 1, '1% or 100%', [0.01, 1]],
    ['1.0', 'share', 1, '1% or 100%', [0.01, 1]],
    ['1.5', 'share', 3, '1.5% or 150%', [0.015, 1.5]],
    ['0.5', 'ofHundred', 1, '0.5% or 50%', [0.005, 0.5]],
    ['1', 'rate', 1, '1% or 100%', [0.01, 1]],
    ['0.5', 'rate', 1, '0.5% or 50%', [0.005, 0.5]],
  ] as const)('asks what %s is, as %s of at most %i', (text, bare, max, either, readings) => {
    const problem = `Is that ${either}? Write it with its sign.`;
    expect(readPercent(text, { locale: 'en-US', bare, max })).toEqual({
      ok: false,
      problem,
      readings,
    });
  });
});

describe('readFactor', () => {
  it.each([
    ['3', 'en-US', 3],
    ['3x', 'en-US', 3],
    ['3.25X', 'en-US', 3.25],
    ['3,25×', 'de-DE', 3.25],
    ['x3', 'en-US', 3],
    ['0', 'en-US', 0],
  ])('%s in %s', (text, locale, factor) => {
    expect(readFactor(text, { locale })).toEqual({ ok: true, value: factor });
  });

  it.each([
    ['1001', "It can't be over 1,000x."],
    ['-3x', "It can't be below zero: try 3 or 3.25x."],
    ['3%', "That isn't a factor: try 3 or 3.25x."],
    ['three', "That isn't a factor: try 3 or 3.25x."],
  ])('refuses %s', (text, problem) => {
    expect(readFactor(text, { locale: 'en-US' })).toEqual({ ok: false, problem });
  });
});

describe('readCount', () => {
  it.each([
    ['25', {}, 25],
    ['1,200', {}, 1200],
    ['3.0', {}, 3],
    ['4.5', { decimals: true }, 4.5],
  ])('%s %o', (text, options, count) => {
    expect(readCount(text, { locale: 'en-US', ...options })).toEqual({ ok: true, value: count });
  });

  it.each([
    ['4.5', {}, 'It has to be a whole number: try 12.'],
    ['4', { min: 5 }, "It can't be under 5."],
    ['721', { max: 720 }, "It can't be over 720."],
    ['1,000,001', {}, "It can't be over 1,000,000."],
    ['-1', {}, "It can't be below zero: try 12."],
    ['25 calls', {}, "That isn't a number: try 12."],
    ['some', { decimals: true }, "That isn't a number: try 4.5."],
    ['1.500', {}, 'Is that 1,500 or 1.5? Write it the way you mean it.'],
    ['45.000', { decimals: true }, 'Is that 45,000 or 45? Write it the way you mean it.'],
  ])('refuses %s %o', (text, options, problem) => {
    expect(readCount(text, { locale: 'en-US', ...options })).toMatchObject({ ok: false, problem });
  });
});

describe('what is written back', () => {
  it.each([
    ['en-US', '1,200.50', '12.5%', '3.25x', '4.5'],
    ['de-DE', '1.200,50', '12,5%', '3,25x', '4,5'],
    ['fr-FR', '1\u202f200,50', '12,5%', '3,25x', '4,5'],
  ])('is in the locale’s own way: %s', (locale, amount, percent, factor, count) => {
    expect(writeAmount(120_050, { locale, digits: 2 })).toBe(amount);
    expect(writePercent(0.125, locale)).toBe(percent);
    expect(writeFactor(3.25, locale)).toBe(factor);
    expect(writeCount(4.5, locale)).toBe(count);
  });

  it('writes three decimals of a count with a zero more, as nobody writes thousands', () => {
    expect(writeCount(1.125, 'en-US')).toBe('1.1250');
    expect(writeCount(0.125, 'en-US')).toBe('0.125');
    expect(writeFactor(3.125, 'en-US')).toBe('3.125x');
  });

  it('has no decimals where there are none, and no rounding where there are', () => {
    expect(writeAmount(25_000_000, US)).toBe('250,000');
    expect(writeAmount(99_999_999_999_999_9, US)).toBe('9,999,999,999,999.99');
    expect(writePercent(0.07, 'en-US')).toBe('7%');
    expect(writePercent(1e-7, 'en-US')).toBe('0.00001%');
  });

  const fraction = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }).map((f) => Math.round(f * 1e12) / 1e12),
    fc.integer({ min: 0, max: 10_000 }).map((n) => n / 10_000),
    fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000),
    fc.constant(1 / 3),
  );
  const locale = fc.constantFrom(...LOCALES);

  it('is read as the same amount', () => {
    const amount = fc.oneof(fc.nat(5_000_000), fc.integer({ min: 0, max: 100_000_000_000_000 }));
    const digits = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(amount, digits, locale, (minor, digits, locale) => {
        const options = { locale, digits };
        fc.pre(BigInt(minor) <= 10n ** 12n * 10n ** BigInt(digits));
        expect(readAmount(writeAmount(minor, options), options)).toEqual({
          ok: true,
          value: minor,
        });
      }),
      { numRuns: runs(1000) },
    );
  });

  it('is read as the same share, factor and count', () => {
    fc.assert(
      fc.property(fraction, fc.nat(1000), locale, (share, whole, locale) => {
        const number = Math.min(whole + share, 1000);
        for (const bare of ['share', 'ofHundred', 'rate'] as const) {
          expect(readPercent(writePercent(share, locale), { locale, bare })).toEqual({
            ok: true,
            value: share,
          });
        }
        expect(readFactor(writeFactor(number, locale), { locale })).toEqual({
          ok: true,
          value: number,
        });
        expect(readCount(writeCount(number, locale), { locale, decimals: true })).toEqual({
          ok: true,
          value: number,
        });
      }),
      { numRuns: runs(1000) },
    );
  });
});
