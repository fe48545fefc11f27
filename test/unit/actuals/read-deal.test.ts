import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isKeyword, isNot } from '../../../src/actuals/said-parts.ts';
import { isSaidOfDeals, readDeal } from '../../../src/actuals/won/read-deal.ts';
import { currencyNamed } from '../../../src/input/currency-name.ts';
import { writeAmount } from '../../../src/input/write-number.ts';
import { formatMoney } from '../../../src/slack/format.ts';
import { runs } from '../../support/property-runs.ts';

// A Thursday.
const today = '2027-03-11';
const usd = { locale: 'en-US', currency: 'USD', digits: 2, today };
const read = (text: string, changes: Partial<typeof usd> = {}) =>
  readDeal(text, { ...usd, ...changes });
/** `account | major units | layer | date`, or what is asked. */
function told(text: string, changes: Partial<typeof usd> = {}): string {
  const found = read(text, changes);
  if (!found.ok) return `? ${found.field ?? '-'}`;
  if (found.kind === 'never_won') return `never won: ${found.account}`;
  if (found.kind !== 'deal') return found.kind;
  const { account, amount, layer, outcome, date } = found.deal;
  const major = amount === null ? '–' : String(amount / 10 ** (changes.digits ?? 2));
  return [account, major, outcome === 'lost' ? 'lost' : layer, ...(date ? [date] : [])].join(' | ');
}

test.each([
  ['Acme 24000 new', 'Acme | 24000 | newBusiness'],
  ['Acme 24k new', 'Acme | 24000 | newBusiness'],
  ['Acme 24 k new', 'Acme | 24000 | newBusiness'],
  ['24k Acme new', 'Acme | 24000 | newBusiness'],
  ['24,000 Acme new', 'Acme | 24000 | newBusiness'],
  ['Acme new 24k', 'Acme | 24000 | newBusiness'],
  ['new 24k Acme', 'Acme | 24000 | newBusiness'],
  ['Acme 24k new business', 'Acme | 24000 | newBusiness'],
  ['Acme 24k nb', 'Acme | 24000 | newBusiness'],
  ['Acme 24k exp', 'Acme | 24000 | expansion'],
  ['Acme 24k upsell', 'Acme | 24000 | expansion'],
  ['Acme 24k cross-sell', 'Acme | 24000 | expansion'],
  ['Acme 24k cross sell', 'Acme | 24000 | expansion'],
  ['Acme 118k renewal', 'Acme | 118000 | renewal'],
  ['Acme 118k renewed', 'Acme | 118000 | renewal'],
  ['renewal Acme 118k', 'Acme | 118000 | renewal'],
  ['Acme lost renewal', 'Acme | – | lost'],
  ['Acme renewal lost', 'Acme | – | lost'],
  ['lost renewal Acme', 'Acme | – | lost'],
  ['lost Acme renewal', 'Acme | – | lost'],
  ['lost renewal Acme Robotics 118k', 'Acme Robotics | 118000 | lost'],
  ['Acme lost', 'Acme | – | lost'],
  ['Acme not renewed', 'Acme | – | lost'],
  ['Acme Robotics GmbH 24k new', 'Acme Robotics GmbH | 24000 | newBusiness'],
  ['"24 Hour Fitness" 12,000 expansion', '24 Hour Fitness | 12000 | expansion'],
  ['“24 Hour Fitness” 12,000 expansion', '24 Hour Fitness | 12000 | expansion'],
  ['„24 Hour Fitness“ 12,000 expansion', '24 Hour Fitness | 12000 | expansion'],
  ['« 24 Hour Fitness » 12,000 expansion', '24 Hour Fitness | 12000 | expansion'],
  ['12,000 "24 Hour Fitness" expansion', '24 Hour Fitness | 12000 | expansion'],
  ['expansion "24 Hour Fitness" 12,000', '24 Hour Fitness | 12000 | expansion'],
  ['24 Hour Fitness 12,000 expansion', '24 Hour Fitness | 12000 | expansion'],
  ['Studio 54 24000 new', 'Studio 54 | 24000 | newBusiness'],
  ['3M 24000 new', '3M | 24000 | newBusiness'],
  ['24000 3M new', '3M | 24000 | newBusiness'],
  ['1800 Flowers 12000 new', '1800 Flowers | 12000 | newBusiness'],
  ['New Relic 24000 new', 'New Relic | 24000 | newBusiness'],
  ['New Relic new 24000', 'New Relic | 24000 | newBusiness'],
  ['"new" 24k new', 'new | 24000 | newBusiness'],
  ['Renewal by Andersen 24k renewal', 'Renewal by Andersen | 24000 | renewal'],
  ['Bank of America 1.2M new', 'Bank of America | 1200000 | newBusiness'],
  ['AT&amp;T 24k new', 'AT&T | 24000 | newBusiness'],
  ['Johnson &amp; Johnson 24k new', 'Johnson & Johnson | 24000 | newBusiness'],
  ['O’Reilly 24k new', 'O’Reilly | 24000 | newBusiness'],
  ['Acme, Inc. 24k new', 'Acme, Inc. | 24000 | newBusiness'],
  ['Acme, 24,000, new business', 'Acme | 24000 | newBusiness'],
  ['Acme - 24,000 - new', 'Acme | 24000 | newBusiness'],
  ['Acme for $24,000 as new business', 'Acme | 24000 | newBusiness'],
  ['$24,000 from Acme new', 'Acme | 24000 | newBusiness'],
  ['Acme USD 24,000 new', 'Acme | 24000 | newBusiness'],
  ['Acme 24,000 usd new', 'Acme | 24000 | newBusiness'],
  ['<http://acme.com|acme.com> 24k new', 'acme.com | 24000 | newBusiness'],
  ['株式会社アクメ 24k new', '株式会社アクメ | 24000 | newBusiness'],
  ['Acme 24k new on 3 March', 'Acme | 24000 | newBusiness | 2027-03-03'],
  ['Acme 24k new 3 March', 'Acme | 24000 | newBusiness | 2027-03-03'],
  ['Acme 24k new on Mar 3, 2027', 'Acme | 24000 | newBusiness | 2027-03-03'],
  ['Acme 24k new on 3/3', 'Acme | 24000 | newBusiness | 2027-03-03'],
  ['Acme 24k new 2027-03-03', 'Acme | 24000 | newBusiness | 2027-03-03'],
  ['Acme 24k new yesterday', 'Acme | 24000 | newBusiness | 2027-03-10'],
  ['yesterday Acme 24k new', 'Acme | 24000 | newBusiness | 2027-03-10'],
  ['Acme 24k new on monday', 'Acme | 24000 | newBusiness | 2027-03-08'],
  ['Acme 24k new last friday', 'Acme | 24000 | newBusiness | 2027-03-05'],
  ['Acme 24k new on friday', 'Acme | 24000 | newBusiness | 2027-03-05'],
  ['Acme 24k new next friday', 'Acme | 24000 | newBusiness | 2027-03-12'],
  ['Black Friday 24k new', 'Black Friday | 24000 | newBusiness'],
  ['On Running 24k new', 'On Running | 24000 | newBusiness'],
  ['Acme yesterday 24k new', 'Acme | 24000 | newBusiness | 2027-03-10'],
  ['<@U123ABC|dana> Acme 24k new', 'Acme | 24000 | newBusiness'],
  ['Acme lost new', 'never won: Acme'],
  ['Acme lost expansion 24k', 'never won: Acme'],
  // Words around a name are no part of it.
  ['signed Acme for 24k new', 'Acme | 24000 | newBusiness'],
  ['I just signed Acme 24k new', 'Acme | 24000 | newBusiness'],
  ['we closed Acme Robotics 24k new yesterday', 'Acme Robotics | 24000 | newBusiness | 2027-03-10'],
  ["I've landed Acme, 24k new", 'Acme | 24000 | newBusiness'],
  ['closed a deal with Acme for 24k new', 'Acme | 24000 | newBusiness'],
  ['won the deal with Acme 24k new', 'Acme | 24000 | newBusiness'],
  ['booked 24k new from Acme', 'Acme | 24000 | newBusiness'],
  ['Acme signed 24k new', 'Acme | 24000 | newBusiness'],
  ['Acme has signed for 24k expansion', 'Acme | 24000 | expansion'],
  ['24k new signed Acme', 'Acme | 24000 | newBusiness'],
  ['habe Acme gewonnen 24k new', 'Acme | 24000 | newBusiness'],
  ['"Signed Media" 24k new', 'Signed Media | 24000 | newBusiness'],
  ['we lost Acme', 'Acme | – | lost'],
  ['', 'form'],
  ['<@U123ABC>', 'form'],
  ['list', 'list'],
])('%j is %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});

test.each([
  // Said nothing of one of them.
  ['Acme new', '? amount'],
  ['24k new', '? account'],
  ['Acme 24k', '? layer'],
  ['signed 24k new', '? account'],
  // A verb, or a name that begins so.
  ['Signed Acme for 24k new', '? -'],
  ['Booked Solid 24k new', '? -'],
  // Most of these would be off by a factor of a thousand, or be of another account.
  ['Acme 24 new', '? amount'],
  ['24 Hour Fitness expansion', '? amount'],
  ['Acme 24.000 new', '? amount'],
  ['Acme 118.000 new', '? amount'],
  ['Acme 1.234k new', '? amount'],
  ['Acme 24 500 new', '? -'],
  ['Studio 54 240 new', '? -'],
  ['Area 51 240k new', '? -'],
  ['1800 Flowers new', '? -'],
  ['New Relic 24000', '? -'],
  ['new relic 24000 new', '? -'],
  ['New Acme 24k', '? -'],
  ['Expansion Capital 24k', '? -'],
  ['Acme renewal 24000 new', '? -'],
  ['Acme 24,000 118,000 renewal', '? -'],
  ['USA Today 24k new', '? -'],
  ['Acme 24k new Globex 12k new', '? -'],
  ['Acme never renewed 24k', '? -'],
  ['Acme -24000 new', '? amount'],
  ['Acme (24000) new', '? amount'],
  ['Acme 24000.555 new', '? amount'],
  ['Acme €24,000 new', '? amount'],
  ['Acme EUR 24,000 new', '? amount'],
  ['Acme 24,000 eur new', '? amount'],
  ['Acme Eur 24,000 new', '? amount'],
  ['Acme 24,000 € new', '? amount'],
  ['Acme 99999999999999 new', '? amount'],
  ['@dana Acme 24k new', '? -'],
  ['<@U1> <@U2> Acme 24k new', '? -'],
  [`${'x'.repeat(600)} 24k new`, '? -'],
  ['Acme\0 24k new', '? -'],
  ['hello there', '? amount'],
])('%j is asked back: %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});

test.each([
  ['de-DE', 'EUR', 2, 'Acme 24.000 new', 'Acme | 24000 | newBusiness'],
  ['de-DE', 'EUR', 2, 'Acme 24.000,50 € new', 'Acme | 24000.5 | newBusiness'],
  ['de-DE', 'EUR', 2, 'Acme 1,2 Mio. € new', 'Acme | 1200000 | newBusiness'],
  ['de-DE', 'EUR', 2, 'Acme 24,000 new', '? amount'],
  ['de-CH', 'CHF', 2, 'Acme 24’000 new', 'Acme | 24000 | newBusiness'],
  ['fr-FR', 'EUR', 2, 'Acme 24\u202f500 € new', 'Acme | 24500 | newBusiness'],
  ['fr-FR', 'EUR', 2, 'Acme 24 500 € new', '? -'],
  ['fr-FR', 'EUR', 2, 'Acme 24 000 € new', 'Acme | 24000 | newBusiness'],
  ['fr-FR', 'EUR', 2, 'Acme 1.200 new', 'Acme | 1200 | newBusiness'],
  ['en-IN', 'INR', 2, 'Acme ₹12,00,000 new', 'Acme | 1200000 | newBusiness'],
  ['en-IN', 'INR', 2, 'Acme 12 lakh new', 'Acme | 1200000 | newBusiness'],
  ['ja-JP', 'JPY', 0, 'アクメ 1,200,000円 new', '? amount'],
  ['ja-JP', 'JPY', 0, 'アクメ ¥1,200,000 new', 'アクメ | 1200000 | newBusiness'],
  ['ja-JP', 'JPY', 0, 'アクメ 1200000 new', 'アクメ | 1200000 | newBusiness'],
  ['ar-KW', 'KWD', 3, 'شركة ١٢٬٠٠٠ new', 'شركة | 12000 | newBusiness'],
  ['en-KW', 'KWD', 3, 'Acme 24.500 new', '? amount'],
  ['en-KW', 'KWD', 3, 'Acme 1,224.500 new', 'Acme | 1224.5 | newBusiness'],
])('in %s and %s (%i decimals) %j is %s', (locale, currency, digits, text, expected) => {
  expect(told(text, { locale, currency, digits })).toBe(expected);
});

describe('what is asked back', () => {
  it.each([
    ['Acme new', { account: 'Acme', amount: null, layer: 'newBusiness' }],
    ['Acme 24 new', { account: 'Acme', amount: '24', layer: 'newBusiness' }],
    ['24k new', { account: null, amount: '24k', layer: 'newBusiness' }],
    ['Acme Robotics 24k', { account: 'Acme Robotics', amount: '24k', layer: null }],
    ['Acme €24,000 new', { account: 'Acme', amount: '€24,000', layer: 'newBusiness' }],
    ['Acme EUR 24,000 new', { account: 'Acme', amount: 'EUR 24,000', layer: 'newBusiness' }],
    ['New Relic 24000', { account: 'Relic', amount: '24000', layer: 'newBusiness' }],
    ['Acme 24 500 new', { account: 'Acme', amount: '24 500', layer: 'newBusiness' }],
    ['Acme -5 new on 3 March', { account: 'Acme', amount: '-5', date: '2027-03-03' }],
    ['Signed Acme for 24k new', { account: 'Acme', amount: '24k', layer: 'newBusiness' }],
    ['"New Relic" new', { account: 'New Relic', layer: 'newBusiness' }],
  ])('%j keeps %j', (text, kept) => {
    const found = read(text);
    expect(found).toMatchObject({ ok: false, understood: kept });
    expect(!found.ok && found.problem).toMatch(/^[A-Z].*[.?]$/);
  });

  it('keeps whom it is for', () => {
    expect(read('<@U123ABC|dana> Acme new')).toMatchObject({ ok: false, person: 'U123ABC' });
    expect(read('Acme <@U123ABC|dana> 24k new')).toMatchObject({ ok: true, person: 'U123ABC' });
    expect(read('Acme 24k new')).toMatchObject({ ok: true, person: null });
  });
});

const WAYS = [
  { locale: 'en-US', currency: 'USD', digits: 2 },
  { locale: 'de-DE', currency: 'EUR', digits: 2 },
  { locale: 'fr-FR', currency: 'EUR', digits: 2 },
  { locale: 'en-IN', currency: 'INR', digits: 2 },
  { locale: 'ja-JP', currency: 'JPY', digits: 0 },
  { locale: 'ar-EG', currency: 'EGP', digits: 2 },
  { locale: 'sv-SE', currency: 'SEK', digits: 2 },
] as const;
const LAYER_WORDS = [
  ['new', 'newBusiness'],
  ['nb', 'newBusiness'],
  ['new business', 'newBusiness'],
  ['expansion', 'expansion'],
  ['cross-sell', 'expansion'],
  ['renewal', 'renewal'],
] as const;
const ALPHABETS = [
  'abcdefgäöüßéñçøşž',
  'абвгґджї',
  'αβγδέή',
  'あいうカキ漢字株式',
  '가나다라',
  'अआकखग',
  'ابتثج',
  'אבגד',
];

const way = fc.constantFrom(...WAYS);
const layerWord = fc.constantFrom(...LAYER_WORDS);
/** In major units: no deal is small enough to be asked about. */
const major = fc.oneof(
  fc.integer({ min: 10_000, max: 50_000_000 }),
  fc.integer({ min: 10, max: 50_000 }).map((thousands) => thousands * 1000),
);
const word = fc
  .constantFrom(...ALPHABETS)
  .chain((letters) => fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 8 }))
  .chain((letters) =>
    fc.constantFrom(
      letters,
      letters.charAt(0).toLocaleUpperCase() + letters.slice(1),
      `${letters}&co`,
    ),
  )
  .map((text) => text.normalize('NFC'));
const isReserved = (text: string) => {
  const one = { written: text, text, quoted: false };
  return (
    isKeyword(one) ||
    isNot(one) ||
    isSaidOfDeals(text.toLowerCase()) ||
    currencyNamed(text, 'USD', 'en-US') !== 'unknown'
  );
};
const isMultiplier = /^(?:k|m|mn|b|bn|cr|tsd|mio|mrd|lakh|lac)$/i;
const SMALL = /^(?:a|an|as|at|by|for|from|in|is|of|on|the|to|was|with|worth)$/;
const name = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .filter(
    (words) => !words.some((one) => isReserved(one) || isMultiplier.test(one) || SMALL.test(one)),
  )
  .map((words) => words.join(' '));
const written = (units: number, { locale, currency, digits }: (typeof WAYS)[number]) => {
  const minor = units * 10 ** digits;
  return fc.constantFrom(
    String(units),
    writeAmount(minor, { locale, digits }),
    `${writeAmount(minor, { locale, digits })} ${currency}`,
    `${currency} ${writeAmount(minor, { locale, digits })}`,
    formatMoney(minor, { locale, currency, digits }),
    ...(units % 1000 === 0 ? [`${units / 1000}k`, `${units / 1000} k`] : []),
  );
};
const line = fc.record({ way, name, layer: layerWord, units: major }).chain((parts) =>
  fc.record({
    parts: fc.constant(parts),
    amount: written(parts.units, parts.way),
    order: fc.nat(3),
  }),
);
const arranged = (order: number, account: string, amount: string, layer: string) =>
  [
    [account, amount, layer],
    [account, layer, amount],
    [amount, account, layer],
    [layer, amount, account],
  ][order]?.join(' ') ?? '';

describe('whatever the name', { timeout: 30_000 }, () => {
  test('of words: it comes back, with its amount, in any order', () => {
    fc.assert(
      fc.property(line, ({ parts, amount, order }) => {
        const { name: account, layer, units, way: how } = parts;
        const text = arranged(order, account, amount, layer[0]);
        const found = readDeal(text, { ...how, today });
        expect(found, text).toMatchObject({
          ok: true,
          deal: { account, amount: units * 10 ** how.digits, layer: layer[1], outcome: 'won' },
        });
      }),
      { numRuns: runs(500) },
    );
  });

  test('in quotes: it comes back, numbers and keywords in it too', () => {
    const odd = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) =>
      text
        .replace(/["“”„‟«»<>&\0@]|[\p{Surrogate}\p{Cf}\p{Cc}\p{Z}]/gu, ' ')
        .replace(/ +/g, ' ')
        .normalize('NFC')
        .trim(),
    );
    const awkward = fc.constantFrom(
      '24 Hour Fitness',
      'New Relic',
      '24k new',
      'lost renewal',
      '3M',
    );
    const anyName = fc.oneof(odd, awkward).filter((text) => text !== '');
    fc.assert(
      fc.property(line, anyName, ({ parts, amount, order }, account) => {
        const { layer, units, way: how } = parts;
        const text = arranged(order, `“${account}”`, amount, layer[0]);
        expect(readDeal(text, { ...how, today }), text).toMatchObject({
          ok: true,
          deal: { account, amount: units * 10 ** how.digits, layer: layer[1] },
        });
      }),
      { numRuns: runs(500) },
    );
  });

  test('numbers and keywords in it without quotes: no other amount and no other layer is read', () => {
    const bit = fc.oneof(
      { weight: 3, arbitrary: word },
      fc.constantFrom(
        'New',
        'new',
        'Renewal',
        'lost',
        'Expansion',
        'k',
        'M',
        'May',
        'today',
        'EUR',
      ),
      fc.nat(2_000).map(String),
      fc.constantFrom('24k', '000', '500', '1.5', '€5', '3M', '7-Eleven', '2027-03-03'),
    );
    const anyName = fc.array(bit, { minLength: 1, maxLength: 4 }).map((bits) => bits.join(' '));
    let read = 0;
    fc.assert(
      fc.property(line, anyName, ({ parts, amount, order }, account) => {
        const { layer, units, way: how } = parts;
        const text = arranged(order, account, amount, layer[0]);
        const found = readDeal(text, { ...how, today });
        if (!found.ok || found.kind !== 'deal') return;
        // `24 k Acme` is 24 k of Acme and `24 000 Acme` is 24,000 of it, whatever a name begins with.
        fc.pre(!/^(?:k|M|\d{3})(?: |$)/.test(account));
        read += 1;
        // A lost renewal may be without an amount; what was said of one is never another.
        const expected = [
          units * 10 ** how.digits,
          ...(found.deal.outcome === 'lost' ? [null] : []),
        ];
        expect(expected, text).toContain(found.deal.amount);
      }),
      { numRuns: runs(600) },
    );
    expect(read).toBeGreaterThan(runs(600) / 10);
  });
});
