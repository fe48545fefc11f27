import { describe, expect, it } from 'vitest';
import { holidayCountries, holidayRegions, publicHolidays } from '../../../src/time/holidays.ts';
import { isLocalDate } from '../../../src/time/local-date.ts';

const in2027 = (country: string | null, region: string | null = null) =>
  publicHolidays({ country, region }, '2027-01-01', '2027-12-31');

describe('publicHolidays', () => {
  it('are the country’s, and the region’s where one is given', () => {
    expect(in2027('DE')).toContain('2027-10-03');
    expect(in2027('DE')).not.toContain('2027-01-06');
    expect(in2027('DE', 'BY')).toEqual(expect.arrayContaining([...in2027('DE'), '2027-01-06']));
  });

  it('include the day that stands in for one on a Sunday', () => {
    // Independence Day 2027 is a Sunday.
    expect(in2027('US')).toContain('2027-07-05');
  });

  it.each([
    ['the lunar new year', 'KR', ['2027-02-07', '2027-02-08', '2027-02-09']],
    [
      'new year in Russia',
      'RU',
      ['2027-01-02', '2027-01-03', '2027-01-04', '2027-01-05', '2027-01-06'],
    ],
    ['the end of Ramadan', 'TR', ['2027-03-09', '2027-03-10', '2027-03-11']],
  ])('are every day of those that last several: %s', (_, country, days) => {
    expect(in2027(country)).toEqual(expect.arrayContaining(days));
  });

  it('may have begun in the year before', () => {
    const days = publicHolidays({ country: 'SZ', region: null }, '2027-01-01', '2027-01-03');
    expect(days).toEqual(['2027-01-01', '2027-01-02']);
  });

  it('leave out days that are free from noon only', () => {
    expect(in2027('IS')).toContain('2027-12-25');
    expect(in2027('IS')).not.toContain('2027-12-24');
  });

  it('lie between the two dates, both in', () => {
    const days = (from: string, to: string) =>
      publicHolidays({ country: 'US', region: null }, from, to);
    expect(days('2026-12-25', '2027-01-01')).toEqual(['2026-12-25', '2027-01-01']);
    expect(days('2026-12-26', '2026-12-31')).toEqual([]);
  });

  it('are none without a country, or of one that is not known', () => {
    expect(in2027(null)).toEqual([]);
    expect(in2027('ZZ')).toEqual([]);
  });

  it('are dates in order, each once, and leave most of the year to work in', () => {
    // All 207 countries take seconds to compute.
    for (const { code } of holidayCountries().filter((_, i) => i % 7 === 0)) {
      const days = in2027(code);
      expect(days.every(isLocalDate)).toBe(true);
      expect(days).toEqual([...new Set(days)].sort());
      expect(days.length).toBeLessThan(50);
    }
  });
});

describe('places', () => {
  it('are countries by name, and the regions of one', () => {
    const names = holidayCountries().map(({ name }) => name);
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
    expect(holidayRegions('DE')).toContainEqual({ code: 'BY', name: 'Bayern' });
    expect(holidayRegions('ZZ')).toEqual([]);
  });
});
