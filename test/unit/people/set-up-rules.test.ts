import { describe, expect, it } from 'vitest';
import { homeCountry, homeCurrency } from '../../../src/people/set-up/rules.ts';
import { currencyNames } from '../../../src/people/settings/view.ts';
import { isCurrency } from '../../../src/plan/model/currencies.ts';
import { holidayCountries } from '../../../src/time/holidays.ts';

const codes = currencyNames().map(({ code }) => code);

describe('homeCountry', () => {
  it.each([
    ['en-US', 'America/New_York', 'US'],
    ['de-DE', 'Europe/Berlin', 'DE'],
    ['en-GB', 'Europe/London', 'GB'],
    ['ja', 'Asia/Tokyo', 'JP'],
    ['hi-IN', 'Asia/Kolkata', 'IN'],
    // Slack's default language, left as it was.
    ['en-US', 'Europe/Berlin', null],
    ['en-US', 'UTC', null],
    // Slack's Latin American Spanish is no country, and LA is Laos.
    ['es-LA', 'America/Bogota', null],
    ['', 'Europe/Berlin', null],
    ['not a locale', 'Europe/Berlin', null],
    ['en-US', 'Mars/Olympus', null],
  ])('%s in %s', (locale, timeZone, country) => {
    expect(homeCountry(locale, timeZone)).toBe(country);
  });
});

describe('homeCurrency', () => {
  it.each([
    ['US', 'USD'],
    ['GB', 'GBP'],
    ['CH', 'CHF'],
    ['DE', 'EUR'],
    ['BG', 'EUR'],
    ['MX', 'MXN'],
    ['JP', 'JPY'],
    // Pays in dollars of its own name only.
    ['EC', 'USD'],
    [null, 'USD'],
  ])('%s pays in %s', (country, currency) => {
    expect(homeCurrency(country, codes)).toBe(currency);
  });

  it('is one of the currencies on offer, wherever one is', () => {
    for (const { code } of holidayCountries()) {
      expect(codes).toContain(homeCurrency(code, codes));
    }
  });
});

describe('currencyNames', () => {
  it('offers only what a plan can be in, and no metals or units of account', () => {
    expect(codes.filter((code) => !isCurrency(code))).toEqual([]);
    expect(codes).toEqual(expect.arrayContaining(['USD', 'EUR', 'JPY', 'KWD', 'XOF']));
    for (const none of ['XAU', 'XDR', 'XXX', 'CLF', 'USN']) expect(codes).not.toContain(none);
  });
});
