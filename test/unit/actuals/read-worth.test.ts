import { expect, test } from 'vitest';
import { readWorth } from '../../../src/actuals/worth/read-worth.ts';

const AMERICAN = { locale: 'en-US', currency: 'USD', digits: 2, today: '2027-03-11' };

/** `24000 | newBusiness | Acme | 2027-03-03`, and what is missing as `-`. */
function told(text: string, context = AMERICAN): string {
  const read = readWorth(text, context);
  const whose = read.person === null ? '' : `${read.person}: `;
  if (!read.ok) return `${whose}? ${read.problem}`;
  const { amounts, layer, account, date } = read.said;
  const scale = 10 ** context.digits;
  const said = amounts.map((minor) => minor / scale).join(' or ') || '-';
  return `${whose}${[said, layer ?? '-', account ?? '-', date ?? '-'].join(' | ')}`;
}

test.each([
  ['24k new', '24000 | newBusiness | - | -'],
  ['24k', '24000 | - | - | -'],
  ['24,000', '24000 | - | - | -'],
  ['new 24k', '24000 | newBusiness | - | -'],
  ['24k expansion', '24000 | expansion | - | -'],
  ['24k upsell', '24000 | expansion | - | -'],
  ['24k renewal Acme', '24000 | renewal | Acme | -'],
  ['a deal of $24,000.50 with Acme Robotics, new', '24000.5 | newBusiness | Acme Robotics | -'],
  ['renewal Acme', '- | renewal | Acme | -'],
  ['24k renewal New Relic', '24000 | renewal | New Relic | -'],
  ['24k renewal "New Relic"', '24000 | renewal | New Relic | -'],
  ['1.2M new on 3 March', '1200000 | newBusiness | - | 2027-03-03'],
  ['24k new 3 March', '24000 | newBusiness | - | 2027-03-03'],
  ['24k new tomorrow', '24000 | newBusiness | - | 2027-03-12'],
  ['24k new 3M', '? One amount at a time, please.'],
  ['24k new Studio 54', '24000 | newBusiness | Studio 54 | -'],
  ['', '- | - | - | -'],
  ['new', '- | newBusiness | - | -'],
  ['hello', '- | - | hello | -'],
  // Thousands may be meant.
  ['24', '24 or 24000 | - | - | -'],
  ['24 new', '24 or 24000 | newBusiness | - | -'],
  ['118.000 new', '118 or 118000 | newBusiness | - | -'],
  ['1.234k new', '1234 or 1234000 | newBusiness | - | -'],
  ['100 new', '100 | newBusiness | - | -'],
  ['24k renewal expansion', '24000 | - | - | -'],
  ['0 new', '? It has to be above zero.'],
  ['$0 new', '? It has to be above zero.'],
  ['€24,000 new', '? Amounts here are in USD: write it without €.'],
  ['<@U0DANA> 24k new', 'U0DANA: 24000 | newBusiness | - | -'],
  ['<@U1> <@U2> 24k', 'U1: ? One person at a time, please.'],
])('%j is %s', (text, expected) => {
  expect(told(text)).toBe(expected);
});

test.each([
  ['de-DE', 'EUR', 2, '24.000 neu', '24000 | - | neu | -'],
  ['de-DE', 'EUR', 2, '24.000,50 € new', '24000.5 | newBusiness | - | -'],
  ['de-DE', 'EUR', 2, '24,000 new', '24 or 24000 | newBusiness | - | -'],
  ['fr-FR', 'EUR', 2, '24\u202f500 € new', '24500 | newBusiness | - | -'],
  ['fr-FR', 'EUR', 2, '24 500 new', '24500 | newBusiness | - | -'],
  ['ja-JP', 'JPY', 0, '2400000 new', '2400000 | newBusiness | - | -'],
  ['en-GB', 'KWD', 3, '118.000 new', '118 | newBusiness | - | -'],
])('as %s writes %s (%i decimals), %j is %s', (locale, currency, digits, text, expected) => {
  expect(told(text, { ...AMERICAN, locale, currency, digits })).toBe(expected);
});
