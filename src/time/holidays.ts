/** Public holidays by country and region, from the `date-holidays` data (CC BY-SA), loaded when they are first needed. */
import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import { addDays, datesBetween } from './local-date.ts';

interface Place {
  code: string;
  name: string;
}

const byName = (names: Record<string, string> | undefined): Place[] =>
  Object.entries(names ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name));

let loaded: typeof Holidays | null = null;
function holidaysOf(...place: string[]): Holidays {
  loaded ??= createRequire(import.meta.url)('date-holidays') as typeof Holidays;
  return new loaded(...(place as [string, string]));
}

/** Of all countries. */
let known: Holidays | null = null;
function all(): Holidays {
  known ??= holidaysOf();
  return known;
}

/** Countries with known holidays: ISO 3166-1 alpha-2 codes and English names, by name. */
export function holidayCountries(): Place[] {
  return byName(all().getCountries('en'));
}

/** The English name of a country; the code itself where its holidays aren't known. */
export function countryName(code: string): string {
  return holidayCountries().find((one) => one.code === code)?.name ?? code;
}

/** The country's regions whose holidays differ; empty where it has none. */
export function holidayRegions(country: string): Place[] {
  return byName(all().getStates(country, 'en') as Record<string, string> | undefined);
}

/**
 * The public holidays (not bank, school or observance days) from `from` to `to`, both in, as local
 * dates in order: each day of those that last several. A day that is free from noon only is worked.
 * Empty for a country that is not known.
 */
export function publicHolidays(
  { country, region }: { country: string | null; region: string | null },
  from: string,
  to: string,
): string[] {
  if (!country) return [];
  const dates = new Set<string>();
  // One that begins in the last days of a year may go on in the next.
  for (let year = Number(from.slice(0, 4)) - 1; year <= Number(to.slice(0, 4)); year++) {
    for (const date of begunIn(year, country, region)) {
      if (date >= from && date <= to) dates.add(date);
    }
  }
  return [...dates].sort();
}

/** A year of a place takes tens of milliseconds to work out, and many plans ask for the same few. */
const years = new Map<string, readonly string[]>();
const MOST_YEARS = 500;

/** The days of the public holidays that begin in a year. */
function begunIn(year: number, country: string, region: string | null): readonly string[] {
  const key = `${country}:${region ?? ''}:${year}`;
  const found = years.get(key);
  if (found) return found;
  const dates = holidaysOf(country, ...(region ? [region] : []))
    .getHolidays(year)
    .flatMap((holiday) => {
      if (holiday.type !== 'public') return [];
      const first = holiday.date.slice(0, 10);
      return datesBetween(first, addDays(first, wholeDays(holiday) - 1));
    });
  if (years.size >= MOST_YEARS) years.clear();
  years.set(key, dates);
  return dates;
}

const HOUR_MS = 3_600_000;

/** A change of the clock may take an hour or two from a day. */
function wholeDays({ start, end }: { start: Date; end: Date }): number {
  return Math.floor((end.getTime() - start.getTime() + 2 * HOUR_MS) / (24 * HOUR_MS));
}
