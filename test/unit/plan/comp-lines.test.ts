/** Accelerators and bonuses as letters write them: read, asked about where they can mean two things, written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeFactor, writePercent } from '../../../src/input/write-number.ts';
import { type Basis, basisOf } from '../../../src/plan/comp/basis.ts';
import { type CompLines, NO_LINES, readCompLines } from '../../../src/plan/comp/read-lines.ts';
import { writeLines } from '../../../src/plan/comp/write-lines.ts';
import { checkTiers } from '../../../src/plan/model/checks.ts';
import { currencyDigits } from '../../../src/plan/model/currencies.ts';
import type { Tier } from '../../../src/plan/schemas.ts';
import { formatMoney, type NumberStyle } from '../../../src/slack/format.ts';
import { runs } from '../../support/property-runs.ts';

const styleOf = (locale: string, currency = 'USD'): NumberStyle => ({
  locale,
  currency,
  digits: currencyDigits(currency),
});
const US = styleOf('en-US');
const DE = styleOf('de-DE', 'EUR');
const FR = styleOf('fr-FR', 'EUR');

/** A million a year at 10 % of everything. */
const MILLION = basisOf({
  quota: 100_000_000,
  quotaPeriod: 'year',
  credits: ['renewal', 'expansion', 'newBusiness'],
  pays: { rate: 0.1 },
});

function read(text: string, style = US, basis: Basis = MILLION, answers: string[] = []) {
  return readCompLines(text, { basis, style }, answers);
}

/** Tiers as `0 × 1, 1 × 1.5 all`, bonuses as `$10000 at 1`. */
function told({ tiers, bonuses }: CompLines): string {
  return [
    ...tiers.map(({ from, multiplier, all }) => `${from} × ${multiplier}${all ? ' all' : ''}`),
    ...bonuses.map(({ at, amount }) => `$${amount / 100} at ${at}`),
  ].join(', ');
}

/** What a text that leaves nothing open says. */
function lines(text: string, style = US, basis = MILLION): string {
  const found = read(text, style, basis);
  if (!found.ok) throw new Error(found.problem);
  if (found.open) throw new Error(found.questions.at(-1)?.question);
  return told(found.lines);
}

describe('a line', () => {
  it.each([
    ['', '0 × 1'],
    ['100% 1.5x', '0 × 1, 1 × 1.5'],
    ['100 % : 1.5X', '0 × 1, 1 × 1.5'],
    ['100%→1.5×\n\n  150%, 2x', '0 × 1, 1 × 1.5, 1.5 × 2'],
    ['1.5x above 100%', '0 × 1, 1 × 1.5'],
    ['- 100% 1.5x', '0 × 1, 1 × 1.5'],
    ['≥100% x1.5', '0 × 1, 1 × 1.5'],
    ['100%+ 1.5 times the rate', '0 × 1, 1 × 1.5'],
    ['accelerator of 1.5x after quota', '0 × 1, 1 × 1.5'],
    ['1.5x on everything above quota', '0 × 1, 1 × 1.5'],
    ['double above quota', '0 × 1, 1 × 2'],
    ['100% 15%', '0 × 1, 1 × 1.5'],
    ['15% over quota', '0 × 1, 1 × 1.5'],
    ['above 100%: 15% instead of 10%', '0 × 1, 1 × 1.5'],
    ['100% 150%', '0 × 1, 1 × 1.5'],
    ['over 120%: 2x', '0 × 1, 1.2 × 2'],
    ['from $1.2M 15%', '0 × 1, 1.2 × 1.5'],
    ['$1.2M 15%', '0 × 1, 1.2 × 1.5'],
    ['15% from 1,200,000 USD on', '0 × 1, 1.2 × 1.5'],
    ['101-120% 1.5x\nover 120% 2x', '0 × 1, 1 × 1.5, 1.2 × 2'],
    ['0–100% 1x\n100.01%–150% 1.5x\n151%+ 2x', '0 × 1, 1 × 1.5, 1.5 × 2'],
    ['up to 50% 0.5x\nup to 100% 1x\nover 100% 1.5x', '0 × 0.5, 0.5 × 1, 1 × 1.5'],
    ['up to $500k: 5%\n$500k to $1M: 10%\nabove $1M: 15%', '0 × 0.5, 0.5 × 1, 1 × 1.5'],
    ['100% 2x\nover 200% 0.5x', '0 × 1, 1 × 2, 2 × 0.5'],
    ['100% 1.5x\nover 200% nothing more', '0 × 1, 1 × 1.5, 2 × 0'],
    ['50% 1x on everything', '0 × 0, 0.5 × 1 all'],
    ['50% 1x retroactive', '0 × 0, 0.5 × 1 all'],
    ['below 50% nothing\n50% 1x from the first dollar', '0 × 0, 0.5 × 1 all'],
    ['below 50% nothing\n50% 1x on what lies above', '0 × 0, 0.5 × 1'],
    ['0-50% 0.5x\n50% 1x on everything\n100% 2x', '0 × 0.5, 0.5 × 1 all, 1 × 2'],
    ['0% 1x\n50% 1x', '0 × 1, 0.5 × 1'],
    ['100% 1.5x on everything', '0 × 1, 1 × 1.5 all'],
    ['100% $10,000', '0 × 1, $10000 at 1'],
    ['at quota 10k', '0 × 1, $10000 at 1'],
    ['100% of quota: $10k bonus, once a year', '0 × 1, $10000 at 1'],
    ['$10,000 at 100%', '0 × 1, $10000 at 1'],
    ['100% 10000', '0 × 1, $10000 at 1'],
    ['100% 1.5x\n100% 10k\n120% 25k more', '0 × 1, 1 × 1.5, $10000 at 1, $25000 at 1.2'],
    ['100% 10k\n120% 25k in all', '0 × 1, $10000 at 1, $15000 at 1.2'],
  ])('reads %j', (text, expected) => {
    expect(lines(text)).toBe(expected);
  });

  it.each([
    [DE, '100 % 1,5x', '0 × 1, 1 × 1.5'],
    [DE, '112,5 % 1,5-fach', '0 × 1, 1.125 × 1.5'],
    [DE, 'ab 100 % 1,5x', '0 × 1, 1 × 1.5'],
    [DE, 'von 101 bis 120 % 1,5x\nüber 120 %: 2x', '0 × 1, 1 × 1.5, 1.2 × 2'],
    [DE, 'unter 50 % nichts\nab 50 % 1x rückwirkend', '0 × 0, 0.5 × 1 all'],
    [DE, 'ab 1,2 Mio. € 15 %', '0 × 1, 1.2 × 1.5'],
    [DE, 'bei 100 %: 10.000 € einmalig', '0 × 1, $10000 at 1'],
    [FR, 'à partir de 100 % 1,5x', '0 × 1, 1 × 1.5'],
    [FR, 'de 100 à 120 % : 1,5x\nau-delà de 120 % : 2x', '0 × 1, 1 × 1.5, 1.2 × 2'],
    [FR, 'à 100 % : 10 000 €', '0 × 1, $10000 at 1'],
    [styleOf('es-ES', 'EUR'), 'más de 100 % 1,5x', '0 × 1, 1 × 1.5'],
    [styleOf('de-CH', 'CHF'), '100% CHF 10’000', '0 × 1, $10000 at 1'],
  ])('%o: reads %j', (style, text, expected) => {
    expect(lines(text, style)).toBe(expected);
  });

  it('says what it read otherwise than it stands there', () => {
    const found = read('101-120% 1.5x\nover 120% 2x');
    expect(found.ok && found.notes).toEqual(['“101-120% 1.5x” counts from 100% on.']);
  });

  it('sets a rate against that of the component, to the last digit', () => {
    const nine = basisOf({
      quota: 90_000_000,
      quotaPeriod: 'year',
      credits: ['newBusiness'],
      pays: { rate: 0.09 },
    });
    expect(lines('from $1M 15%', US, nine)).toBe('0 × 1, 1.1111111111111112 × 1.6666666666666667');
    // On-target pay of 30,000 a quarter on 300,000 is 10 %.
    const onTarget = basisOf({
      quota: 30_000_000,
      quotaPeriod: 'quarter',
      credits: ['newBusiness'],
      pays: { atTarget: 12_000_000 },
    });
    expect(lines('100% 15%', US, onTarget)).toBe('0 × 1, 1 × 1.5');
  });
});

describe('a line that can’t be read', () => {
  it.each([
    ['1.5x', 'takes an attainment'],
    ['100% fast', '“fast” means nothing'],
    ['100% 1.5x 2x', 'more than one thing'],
    ['100 1.5x', 'Write it with its sign: 100%'],
    ['100% 500x', 'over 100x'],
    ['-10% 2x', 'below zero'],
    ['100% -2x', 'below zero'],
    ['150% 2x\n100% 1.5x', 'from low to high'],
    ['100% 2x\n100% 1.5x', 'from low to high'],
    ['0-100% 1x\n50-120% 2x', 'reaches up to 100% already'],
    ['100% 1.5x\nbelow 50% nothing', 'comes first'],
    ['100% 1.5x\n150% 1.1x on everything', 'pay would fall'],
    ['100% bonus 10%', 'an amount of its own'],
    ['below 50% $10k', 'from an attainment on'],
    ['100% $10k on everything', 'leave out on what'],
    ['0% $10k', 'into the base'],
    ['100% 10k\n120% 5k in all', 'less in all'],
    ['100% €10,000', 'in USD'],
    ['100% 0.0000000000001x', 'too small'],
    ['100% 1000000000000000000x', 'over'],
    ['200000% 2x', 'between 0 and'],
    [Array.from({ length: 101 }, (_, i) => `${i + 101}% 2x`).join('\n'), 'At most 100'],
  ])('%j says what is wrong, and with which line', (text, words) => {
    const found = read(text);
    expect(found.ok ? 'read' : found.problem).toContain(words);
    const bad = text.split('\n').at(-1) ?? '';
    if (!words.startsWith('At most')) {
      expect(found.ok ? '' : found.problem).toContain(`“${bad.slice(0, 59)}`);
    }
  });

  it('without a quota or a rate says which is missing', () => {
    const nothing = { quota: null, rates: [] };
    expect(read('from $1.2M 2x', US, nothing)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('quota'),
    });
    expect(read('120% 15%', US, nothing)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('commission rate'),
    });
    expect(lines('120% 2x', US, nothing)).toBe('0 × 1, 1.2 × 2');
  });
});

/** The readings of the text's first question: the words of each, and what it comes to once it is picked. */
function readings(text: string, style = US, basis = MILLION): [words: string, lines: string][] {
  const found = read(text, style, basis);
  if (!found.ok || !found.open) throw new Error(`“${text}” leaves nothing open`);
  const options = found.questions.at(-1)?.options ?? [];
  return options.map(({ value, words }) => {
    const picked = read(text, style, basis, [value]);
    if (!picked.ok) throw new Error(picked.problem);
    return [words, picked.open ? (picked.questions.at(-1)?.question ?? '') : told(picked.lines)];
  });
}

describe('a line with more than one reading is asked about', () => {
  it('what is paid below the first step', () => {
    expect(readings('50% 1x')).toEqual([
      ['Nothing below 50%; once there, 10% on everything', '0 × 0, 0.5 × 1 all'],
      ['Nothing below 50%; 10% on what lies above it', '0 × 0, 0.5 × 1'],
      ['10% below 50% as well', '0 × 1, 0.5 × 1'],
    ]);
    expect(readings('50% 0.5x').at(-1)).toEqual([
      '10% below 50%, 5% on what lies above it',
      '0 × 1, 0.5 × 0.5',
    ]);
    expect(readings('100% 1x\n120% 2x')[0]?.[1]).toBe('0 × 0, 1 × 1 all, 1.2 × 2');
  });

  it('on what it is paid once a threshold is reached', () => {
    const both = ['0 × 0, 0.5 × 1 all', '0 × 0, 0.5 × 1'];
    expect(readings('below 50% nothing').map(([, after]) => after)).toEqual(both);
    expect(readings('below 50% nothing\n50% 1x').map(([, after]) => after)).toEqual(both);
    expect(readings('0-50% 0.5x').map(([, after]) => after)).toEqual([
      '0 × 0.5, 0.5 × 1 all',
      '0 × 0.5, 0.5 × 1',
      '0 × 0.5',
    ]);
    expect(readings('1.5x on everything from 100%').map(([, after]) => after)).toEqual([
      '0 × 1, 1 × 1.5 all',
      '0 × 1, 1 × 1.5',
    ]);
  });

  it('what is paid above a step that ends', () => {
    expect(readings('101-120% 1.5x')).toEqual([
      ['15% above 120% too', '0 × 1, 1 × 1.5'],
      ['10% again', '0 × 1, 1 × 1.5, 1.2 × 1'],
      ['Nothing more', '0 × 1, 1 × 1.5, 1.2 × 0'],
    ]);
    expect(readings('100-120% 1.5x\n150% 2x').map(([, after]) => after)).toEqual([
      '0 × 1, 1 × 1.5, 1.5 × 2',
      '0 × 1, 1 × 1.5, 1.2 × 1, 1.5 × 2',
      '0 × 1, 1 × 1.5, 1.2 × 0, 1.5 × 2',
    ]);
  });

  it('a number without a unit, a large percentage, a plus, and where nothing is paid', () => {
    expect(readings('100% 5')).toEqual([
      ['5x the rate: 50% instead of 10%', '0 × 1, 1 × 5'],
      ['0.5x the rate: 5% instead of 10%', '0 × 1, 1 × 0.5'],
    ]);
    expect(readings('100% 150').map(([words]) => words)).toEqual([
      '1.5x the rate: 15% instead of 10%',
      'A bonus of $150',
    ]);
    expect(readings('100% 50%').map(([, after]) => after)).toEqual([
      '0 × 1, 1 × 0.5',
      '0 × 1, 1 × 5',
    ]);
    expect(readings('100% +5%').map(([words]) => words)).toEqual([
      '1.5x the rate: 15% instead of 10%',
      '1.05x the rate: 10.5% instead of 10%',
    ]);
    expect(readings('50% nothing').map(([words]) => words)).toEqual([
      'Below 50% nothing is paid',
      'Above 50% nothing more is paid',
    ]);
  });

  it('a second bonus: on top, or in all', () => {
    expect(readings('100% 10k\n120% 25k')).toEqual([
      ['Yes: $25,000 more at 120%', '0 × 1, $10000 at 1, $25000 at 1.2'],
      ['No: $25,000 in all, so $15,000 more', '0 × 1, $10000 at 1, $15000 at 1.2'],
    ]);
  });

  it('a rate where the rates differ by layer', () => {
    const apart = basisOf({
      quota: 100_000_000,
      quotaPeriod: 'year',
      credits: ['renewal', 'expansion', 'newBusiness'],
      pays: { rates: { renewal: 0.05, expansion: 0.1, newBusiness: 0.1 } },
    });
    expect(readings('120% 15%', US, apart)).toEqual([
      ['In place of that on renewals: 3x each rate', '0 × 1, 1.2 × 3'],
      ['In place of that on expansion and new business: 1.5x each rate', '0 × 1, 1.2 × 1.5'],
    ]);
  });

  it('one question after the other, and never the same again', () => {
    const text = '50% nothing\n100% 10k\n120% 25k';
    const first = read(text);
    expect(first).toMatchObject({ ok: true, open: true, questions: [{}] });
    const answers = ['below 50% nothing', 'below 50% nothing\n50% 1x on everything'];
    expect(read(text, US, MILLION, answers)).toMatchObject({ open: true, questions: [{}, {}, {}] });
    expect(read(text, US, MILLION, ['50% 1x'])).toMatchObject({ open: true, questions: [{}] });
  });
});

/** The ways to say that it holds from an attainment on, that letters have been seen to use. */
const FROM: readonly ((at: string, effect: string) => string)[] = [
  (at, effect) => `${at} ${effect}`,
  (at, effect) => `${at}: ${effect}`,
  (at, effect) => `${at} - ${effect}`,
  (at, effect) => `${at} → ${effect}`,
  (at, effect) => `over ${at} ${effect}`,
  (at, effect) => `Above ${at}, ${effect}`,
  (at, effect) => `from ${at} on: ${effect}`,
  (at, effect) => `> ${at} = ${effect}`,
  (at, effect) => `≥${at} ${effect}`,
  (at, effect) => `${at}+ ${effect}`,
  (at, effect) => `${at} and above: ${effect}`,
  (at, effect) => `${effect} above ${at}`,
  (at, effect) => `${effect} for attainment over ${at} of quota`,
  (at, effect) => `ab ${at} ${effect}`,
  (at, effect) => `über ${at}: ${effect}`,
  (at, effect) => `à partir de ${at} ${effect}`,
  (at, effect) => `au-delà de ${at} : ${effect}`,
  (at, effect) => `más de ${at}: ${effect}`,
  (at, effect) => `  ${at}\t${effect} `,
];
const ALL = ['on everything', 'retroactive', 'from the first dollar', 'rückwirkend', 'rétroactif'];

const locale = fc.constantFrom(
  'en-US',
  'en-GB',
  'de-DE',
  'fr-FR',
  'de-CH',
  'en-IN',
  'es-ES',
  'ar-EG',
);
const currency = fc.constantFrom('USD', 'EUR', 'GBP', 'CHF', 'JPY', 'SEK', 'KWD');
const style = fc.record({ locale, currency }).map((one) => styleOf(one.locale, one.currency));
/** From 101 % on, in tenths of a percent. */
const over = fc.integer({ min: 1010, max: 5000 }).map((tenths) => tenths / 1000);
const faster = fc.integer({ min: 101, max: 900 }).map((hundredths) => hundredths / 100);

describe('however it is written', () => {
  const way = fc.constantFrom(...FROM);

  it('a step from an attainment on is the same step', () => {
    fc.assert(
      fc.property(style, way, over, faster, fc.boolean(), (one, write, at, times, spaced) => {
        const percent = writePercent(at, one.locale);
        const text = write(
          spaced ? percent.replace('%', ' %') : percent,
          writeFactor(times, one.locale).replace('x', spaced ? ' ×' : 'x'),
        );
        expect(lines(text, one)).toBe(`0 × 1, ${at} × ${times}`);
      }),
      { numRuns: runs(400) },
    );
  });

  it('a rate is as many times the base rate, and on everything where it says so', () => {
    fc.assert(
      fc.property(style, way, over, fc.constantFrom(...ALL), (one, write, at, all) => {
        const text = `${write(writePercent(at, one.locale), writePercent(0.15, one.locale))} ${all}`;
        expect(lines(text, one)).toBe(`0 × 1, ${at} × 1.5 all`);
      }),
      { numRuns: runs(200) },
    );
  });

  it('an amount is a bonus, in the currency’s own way of writing it', () => {
    const amount = fc.integer({ min: 100_000, max: 90_000_000 });
    fc.assert(
      fc.property(style, way, over, amount, (one, write, at, minor) => {
        const text = write(writePercent(at, one.locale), formatMoney(minor, one));
        expect(lines(text, one)).toBe(`0 × 1, $${minor / 100} at ${at}`);
      }),
      { numRuns: runs(300) },
    );
  });

  it('whatever else is typed is read, asked about or refused in words', () => {
    const words = fc.constantFrom(
      ...'100% 50% 1.5x 1x 15% 10k $10,000 quota over below up to from on everything nothing more in all - – , : + x % 0 1 5 150 bonus 101-120% \n'.split(
        ' ',
      ),
    );
    const text = fc.oneof(
      fc.array(words, { maxLength: 8 }).map((all) => all.join(' ')),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    fc.assert(
      fc.property(style, text, (one, typed) => {
        const found = read(typed, one);
        if (!found.ok) {
          expect(found.problem).toMatch(/\S/);
          expect(found.problem).not.toMatch(/undefined|\[object|NaN\b(?!”)/);
          return;
        }
        for (const { question, options } of found.questions) {
          expect(question).toMatch(/\S/);
          expect(options.length).toBeGreaterThan(1);
          expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
          for (const { value } of options) expect(value.length).toBeLessThanOrEqual(150);
        }
        if (!found.open) expect(checkTiers(found.lines.tiers)).toEqual([]);
      }),
      { numRuns: runs(1500) },
    );
  });

  it('any reading that is picked is another, and leaves that question answered', () => {
    const typed = fc.constantFrom(
      '50% 1x',
      '50% 0.5x',
      'below 50% nothing',
      '0-50% 0.5x',
      '101-120% 1.5x',
      '51-80% 1x',
      '100% 5',
      '100% 150',
      '100% 50%',
      '100% +5%',
      '50% nothing',
      '100% 10k\n120% 25k',
    );
    fc.assert(
      fc.property(typed, fc.infiniteStream(fc.nat({ max: 5 })), (text, picks) => {
        const answers: string[] = [];
        let found = read(text);
        while (found.ok && found.open) {
          const options = found.questions.at(-1)?.options ?? [];
          answers.push(options[picks.next().value % options.length]?.value ?? '');
          found = read(text, US, MILLION, answers);
          expect(answers.length).toBeLessThan(10);
        }
        expect(found.ok).toBe(true);
        if (!found.ok) return;
        // What is kept says it in full: it is shown again, and nothing is asked again.
        expect(lines(writeLines(found.lines, MILLION, US))).toBe(told(found.lines));
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('what is stored', () => {
  const multiplier = fc.oneof(
    fc.constantFrom(0, 0.5, 1, 1.5, 2, 0.05, 100),
    fc.integer({ min: 1, max: 5000 }).map((n) => n / 1000),
    fc.integer({ min: 1, max: 60 }).map((n) => n / 9),
  );
  const attainment = fc.oneof(
    fc.constantFrom(0.5, 0.8, 1, 1.01, 1.2, 2),
    fc.integer({ min: 1, max: 3000 }).map((n) => n / 1000),
    fc.integer({ min: 1, max: 30 }).map((n) => n / 9),
  );
  const stored = fc
    .record({
      first: fc.record({ multiplier, all: fc.boolean() }),
      later: fc.uniqueArray(fc.record({ from: attainment, multiplier, all: fc.boolean() }), {
        selector: ({ from }) => from,
        maxLength: 4,
      }),
      bonuses: fc.array(fc.record({ at: attainment, amount: fc.nat({ max: 100_000_000 }) }), {
        maxLength: 3,
      }),
    })
    .map(({ first, later, bonuses }) => {
      const tiers: Tier[] = [{ from: 0, ...first }, ...later.toSorted((a, b) => a.from - b.from)];
      return { tiers, bonuses };
    })
    .filter(({ tiers }) => checkTiers(tiers).length === 0);
  const rate = fc.constantFrom(0.1, 0.09, 0.075, 0.02);
  const quota = fc.constantFrom(100_000_000, 90_000_000, 33_333_300);

  it('is shown as lines that are read as just that, and nothing is asked', () => {
    fc.assert(
      fc.property(style, stored, rate, quota, (one, kept, rate, quota) => {
        const basis = basisOf({
          quota,
          quotaPeriod: 'year',
          credits: ['newBusiness'],
          pays: { rate },
        });
        const written = writeLines(kept, basis, one);
        expect([written, lines(written, one, basis)]).toEqual([written, told(kept)]);
      }),
      { numRuns: runs(600) },
    );
  });

  it.each([
    [NO_LINES, ''],
    [
      {
        tiers: [
          { from: 0, multiplier: 0, all: false },
          { from: 0.5, multiplier: 1, all: true },
        ],
        bonuses: [],
      },
      'below 50% nothing\n50% 1x on everything',
    ],
    [
      {
        tiers: [
          { from: 0, multiplier: 1, all: false },
          { from: 1.1111111111111112, multiplier: 1.5, all: false },
        ],
        bonuses: [
          { at: 1, amount: 1_000_000 },
          { at: 1.25, amount: 2_000_000 },
        ],
      },
      '$1,000,000 1.5x\n100% $10,000\n125% $20,000 more',
    ],
  ])('%j reads %j', (kept, text) => {
    const basis = { ...MILLION, quota: 90_000_000 };
    expect(writeLines(kept, basis, US)).toBe(text);
  });
});
