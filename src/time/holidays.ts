/** Public holidays by country and region, from the `date-holidays` data (CC BY-SA). */
import Holidays from 'date-holidays';

export interface Place {
  code: string;
  name: string;
}

const byName = (names: Record<string, string> | undefined): Place[] =>
  Object.entries(names ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name));

const known = new Holidays();

/** Countries with known holidays: ISO 3166-1 alpha-2 codes and English names, by name. */
export function holidayCountries(): Place[] {
  return byName(known.getCountries('en'));
}

/** The country's regions whose holidays differ; empty where it has none. */
export function holidayRegions(country: string): Place[] {
  return byName(known.getStates(country, 'en') as Record<string, string> | undefined);
}

/**
 * The public holidays (not bank, school or observance days) from `from` to `to`, both in, as local
 * dates in order. Empty for a country that is not known.
 */
export function publicHolidays(
  { country, region }: { country: string | null; region: string | null },
  from: string,
  to: string,
): string[] {
  if (!country) return [];
  const calendar = region ? new Holidays(country, region) : new Holidays(country);
  const dates = new Set<string>();
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
    for (const holiday of calendar.getHolidays(year)) {
      const date = holiday.date.slice(0, 10);
      if (holiday.type === 'public' && date >= from && date <= to) dates.add(date);
    }
  }
  return [...dates].sort();
}
