/** Anything that a chart may be asked to draw. */
import fc from 'fast-check';
import type { FunnelChartInput } from '../../../src/charts/funnel.ts';
import type { MilestoneChartInput } from '../../../src/charts/milestones.ts';

export const LOCALES = [
  ...'af ar-EG az be bg bn bs ca cs cy da de de-CH el en-GB en-IN en-US es es-MX et eu fa fi fil'.split(
    ' ',
  ),
  ...'fr fr-CA ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my'.split(
    ' ',
  ),
  ...'nb ne nl pa pl pt pt-PT ro ru si sk sl sq sr sr-Latn sv sw ta te th tr uk ur uz vi zh'.split(
    ' ',
  ),
  'zh-TW',
  'zu',
  'ar-u-nu-arab',
  'en-u-nu-deva',
  'no such locale',
  '',
];

/** The longest months and figures, and those that are drawn in English. */
const locale = fc.constantFrom(
  ...['en-US', 'de', 'fr-CA', 'es', 'pt', 'ru', 'vi', 'lt', 'eu', 'mn', 'ja', 'ar-EG'],
);

const WORDS = [
  'Calls',
  'Proposals',
  'a',
  '',
  ' ',
  'W'.repeat(300),
  '日本語の段階',
  'مكالمات هاتفية',
  '😀👩‍👩‍👧',
  '<script>alert(1)</script>',
  '& "quoted" \'too\'',
  '\u0000\u0007\u001b',
  '\ud800',
  'a\u202Eb',
  `z${'\u0300\u0301\u0302'.repeat(40)}`,
  '{{x}}',
  'datum.x',
  '\n\r\t two\nlines',
  '\uFFFE\uFFFF',
  '﷽'.repeat(9),
];

export const words = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const money = fc.oneof(
  fc.constantFrom(0, 1, 99, 100, 1_000_000, 999_999_999_999, 10 ** 15),
  fc.nat({ max: 10 ** 12 }),
  fc.constantFrom(-5, Number.NaN, Number.POSITIVE_INFINITY, 0.5, 1e300),
);

const layers = fc.record({ renewal: money, expansion: money, newBusiness: money });

export const milestoneInput: fc.Arbitrary<MilestoneChartInput> = fc
  .record({
    locale,
    currency: fc.constantFrom(
      { currency: 'USD', digits: 2 },
      { currency: 'JPY', digits: 0 },
      { currency: 'KWD', digits: 3 },
    ),
    quotaLabel: fc.oneof(fc.constantFrom('quota', 'plan'), words),
    coverage: fc.option(fc.record({ actual: fc.double(), planned: fc.double() }), {
      nil: undefined,
    }),
    soFar: fc.option(
      fc.record({ date: fc.constantFrom('2027-09-24', '2026-12-31'), target: money }),
      { nil: undefined },
    ),
    first: fc.nat({ max: 2_000 }),
    months: fc.array(
      fc.record({
        target: money,
        actual: fc.oneof(fc.constant(null), money, layers),
      }),
      { maxLength: 24, size: 'max' },
    ),
  })
  .map(({ currency, first, months, ...rest }) => ({
    ...rest,
    ...currency,
    months: months.map((figures, index) => ({ month: nthMonth(first + index), ...figures })),
  }));

function nthMonth(index: number): string {
  return `${2000 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

const count = fc.oneof(
  fc.nat({ max: 600 }),
  fc.constantFrom(0, 0, 1, 9_999, 10_000, 123_456, 10 ** 9),
  fc.constantFrom(-5, Number.NaN, Number.POSITIVE_INFINITY, 0.5, 1e300),
);
const rate = fc.option(fc.oneof(fc.double(), fc.double({ min: 0, max: 2 })), { nil: null });

export const funnelInput: fc.Arbitrary<FunnelChartInput> = fc.record({
  locale,
  period: fc.option(words, { nil: undefined }),
  stages: fc.array(
    fc.record({
      name: words,
      planned: count,
      done: count,
    }),
    { maxLength: 6, size: 'max' },
  ),
  rolling: fc.option(
    fc.record({
      window: words,
      rates: fc.array(fc.record({ from: words, to: words, done: rate, planned: rate }), {
        maxLength: 4,
      }),
    }),
    { nil: undefined },
  ),
});
