import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatDate,
  formatFactor,
  formatMoney,
  formatMoneyExactShort,
  formatMoneyShort,
  formatPercent,
} from '../../../src/slack/format.ts';
import { dateFormat } from '../../../src/slack/locale.ts';

const money = (currency: string, digits: number, locale: string) => ({ currency, digits, locale });

describe('formatMoney', () => {
  it.each([
    [133_333_333, money('USD', 2, 'en-US'), '$1,333,333.33'],
    [25_000_000, money('USD', 2, 'en-US'), '$250,000'],
    [133_333_330, money('EUR', 2, 'de-DE'), '1.333.333,30\u00a0€'],
    [1200, money('JPY', 0, 'ja-JP'), '￥1,200'],
    [1234, money('KWD', 3, 'en-US'), 'KWD\u00a01.234'],
    [999_999_999_999_999, money('USD', 2, 'en-US'), '$9,999,999,999,999.99'],
    [-500, money('USD', 2, 'en-US'), '-$5'],
    [500, money('USD', 2, 'not a locale'), '$5'],
  ])('%i %o', (minor, style, text) => {
    expect(formatMoney(minor, style)).toBe(text);
  });
});

describe('formatMoneyShort', () => {
  const nbsp = '\u00a0';
  it.each([
    [11_800_000, money('USD', 2, 'en-US'), '$118k'],
    [400_000_000, money('USD', 2, 'en-US'), '$4.0M'],
    [133_333_333, money('USD', 2, 'en-US'), '$1.33M'],
    [99_999_900, money('USD', 2, 'en-US'), '$1.0M'],
    [45_050, money('USD', 2, 'en-US'), '$451'],
    [0, money('USD', 2, 'en-US'), '$0'],
    [400_000_000, money('EUR', 2, 'de-DE'), `4,0${nbsp}Mio.${nbsp}€`],
    [1_000_000_000, money('INR', 2, 'en-IN'), '₹1.0Cr'],
    [11_800_000, { digits: 2, locale: 'en-US' }, '118k'],
  ])('%i %o', (minor, style, text) => {
    expect(formatMoneyShort(minor, style)).toBe(text);
  });
});

describe('formatMoneyExactShort', () => {
  it.each([
    [120_000_000, '$1.2M'],
    [18_750_000, '$187,500'],
    [20_700_000_00, '$20.7M'],
    [20_700_000_01, '$20,700,000.01'],
    [0, '$0'],
  ])('%i', (minor, text) => {
    expect(formatMoneyExactShort(minor, money('USD', 2, 'en-US'))).toBe(text);
  });
});

it('nothing is short of -0', () => {
  const usd = money('USD', 2, 'en-US');
  expect([
    formatMoneyShort(-40, usd),
    formatMoney(-0, usd),
    formatPercent(-0.001, 'en-US'),
    formatCount(-0.3, 'en-US'),
  ]).toEqual(['$0', '$0', '0%', '0']);
});

it.each([
  ['en-US', '4:30 PM'],
  ['de-DE', '16:30'],
  ['fr-FR', '16:30'],
  ['ar-EG', '4:30 pm'],
])('a time of day is on the clock of the locale: %s', (locale, text) => {
  const half = dateFormat(locale, { hour: 'numeric', minute: '2-digit' });
  expect(half.format(Date.UTC(2027, 0, 1, 16, 30)).replace(/\s/u, ' ')).toBe(text);
});

it('nothing but what people type is read in another language than it is answered in', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !/^(input|slack\/locale|db\/generated)/.test(path),
  );
  expect(files.length).toBeGreaterThan(250);
  const native = files.filter((path) =>
    readFileSync(`src/${path}`, 'utf8').includes('nativeDateFormat'),
  );
  expect(native).toEqual([]);
});

describe('the others', () => {
  it('are in the locale', () => {
    expect(formatPercent(1.3333, 'en-US')).toBe('133%');
    expect(formatPercent(0.125, 'de-DE', 1)).toBe('12,5\u00a0%');
    expect(formatFactor(3.25, 'en-US')).toBe('3.25X');
    expect(formatFactor(3, 'de-DE')).toBe('3X');
    expect(formatCount(1200, 'fr-FR')).toBe('1\u202f200');
    expect(formatCount(4.56, 'en-US', 1)).toBe('4.6');
  });

  it.each([
    ['en-US', 'Mar 31', 'Mar 31, 2027', 'March 2027'],
    ['en-GB', '31 Mar', '31 Mar 2027', 'March 2027'],
    // In the language of the sentences they stand in, the day first.
    ['de-DE', '31 Mar', '31 Mar 2027', 'March 2027'],
    ['th-TH', '31 Mar', '31 Mar 2027', 'March 2027'],
    ['not a locale', 'Mar 31', 'Mar 31, 2027', 'March 2027'],
  ])('write dates: %s', (locale, day, date, month) => {
    expect(formatDate('2027-03-31', locale, 'day')).toBe(day);
    expect(formatDate('2027-03-31', locale, 'date')).toBe(date);
    expect(formatDate('2027-03-31', locale, 'month')).toBe(month);
  });
});
