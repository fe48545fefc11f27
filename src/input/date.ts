/** Dates and times of day as people write them. */

import { nativeDateFormat } from '../slack/locale.ts';
import { isLocalDate } from '../time/local-date.ts';
import { problem, type Read, tidy, value } from './read.ts';

/**
 * `2027-03-31`, `31 Mar 2027`, `Mar 31, 2027`, `31.3.2027`, `3/31/2027` as `YYYY-MM-DD`. Months are known
 * by their names in the locale and in English. Day and month in figures stand in the locale's order
 * unless only the other makes a date; with dots, the day usually comes first, so where the locale puts
 * the month first and both would do, it asks. A year of two figures is in this century.
 */
export function readDate(text: string, { locale }: { locale: string }): Read<string> {
  const tidied = tidy(text).toLowerCase();
  const unreadable = problem("That isn't a date: try 2027-03-31 or 31 Mar 2027.");
  if (tidied.length > 40) return unreadable;

  const figures = /^(\d{1,4})([-/.])\s?(\d{1,2})\2\s?(\d{1,4})\.?$/.exec(tidied);
  if (figures) {
    const [, first = '', mark, second = '', third = ''] = figures;
    if (first.length === 4) return dated(first, second, third) ?? unreadable;
    const dayFirst = dated(third, second, first);
    const monthFirst = dated(third, first, second);
    const isOpen = dayFirst && monthFirst && dayFirst.value !== monthFirst.value;
    if (mark === '.' && putsMonthFirst(locale) && isOpen) {
      return problem(`Which is the month? Write it like ${dayFirst.value}.`);
    }
    return (
      (putsMonthFirst(locale) ? (monthFirst ?? dayFirst) : (dayFirst ?? monthFirst)) ?? unreadable
    );
  }

  const named =
    /^(?<day>\d{1,2})(?:\.|st|nd|rd|th)?[ -]?(?:de )?(?<month>\p{L}[\p{L}\p{M}]*)\.?,?[ -]?(?:de )?(?<year>\d{4}|\d{2})$/u.exec(
      tidied,
    ) ??
    /^(?<month>\p{L}[\p{L}\p{M}]*)\.? ?(?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})$/u.exec(
      tidied,
    );
  const { day = '', month = '', year = '' } = named?.groups ?? {};
  return dated(year, String(monthNamed(month, locale) ?? ''), day) ?? unreadable;
}

/** Any year with a 29 February. */
const LEAP_YEAR = 2028;

/** `31 Mar`, `March 31st`, `31.3.`, `3/31` as `MM-DD`: a date whose year goes without saying. */
export function readMonthDay(text: string, { locale }: { locale: string }): Read<string> {
  const figures = /^(\d{1,2})([/.]) ?(\d{1,2}) ?\2?$/.exec(tidy(text));
  const withYear = figures
    ? `${figures[1]}${figures[2]}${figures[3]}${figures[2]}${LEAP_YEAR}`
    : `${text} ${LEAP_YEAR}`;
  const read = readDate(withYear, { locale });
  return read.ok
    ? value(read.value.slice('YYYY-'.length))
    : problem("I can't tell which day that is: try 31 Mar or 2027-03-31.");
}

/** `9`, `9:00`, `09.30`, `14h30`, `2pm` as `HH:mm`. */
export function readTime(text: string): Read<string> {
  const match = /^(\d{1,2})(?:[:.h](\d{2})?)? ?(?:([ap])\.?m\.?|h|uhr)?$/.exec(
    tidy(text).toLowerCase(),
  );
  const [, hours = '', minutes = '00', half] = match ?? [];
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === 'p' ? 12 : 0);
  const fits = half === undefined ? hour < 24 : Number(hours) >= 1 && Number(hours) <= 12;
  if (!match || !fits || Number(minutes) > 59)
    return problem("That isn't a time: try 9:00 or 2pm.");
  return value(`${String(hour).padStart(2, '0')}:${minutes}`);
}

function dated(year: string, month: string, day: string): { ok: true; value: string } | null {
  if (year.length !== 2 && year.length !== 4) return null;
  const date = `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(date) ? { ok: true, value: date } : null;
}

function putsMonthFirst(locale: string): boolean {
  const parts = nativeDateFormat(locale, { day: 'numeric', month: 'numeric' }).formatToParts(0);
  return parts.find(({ type }) => type === 'day' || type === 'month')?.type === 'month';
}

/** 1–12 for a month's name, or for the beginning (three letters or more) of one month's name alone. */
function monthNamed(name: string, locale: string): number | null {
  if (name.length < 3) return null;
  const months = new Set<number>();
  for (const [index, names] of namesOfMonths(locale).entries()) {
    if (names.includes(name)) return index + 1;
    if (names.some((full) => full.startsWith(name))) months.add(index + 1);
  }
  const [only, ...others] = months;
  return others.length === 0 ? (only ?? null) : null;
}

const knownNames = new Map<string, string[][]>();

/** What each month is called, in the locale and in English. Having them written takes long. */
function namesOfMonths(locale: string): string[][] {
  let months = knownNames.get(locale);
  if (!months) {
    months = Array.from({ length: 12 }, (_, index) =>
      [locale, 'en-US'].flatMap((tag) => monthNames(tag, index + 1)),
    );
    knownNames.set(locale, months);
  }
  return months;
}

/** The names of a month alone and within a date, long and short: `марта` is not `март`. */
function monthNames(locale: string, month: number): string[] {
  const date = Date.UTC(2027, month - 1, 15);
  return (['long', 'short'] as const).flatMap((style) =>
    [{ month: style }, { month: style, day: 'numeric' } as const].map((options) => {
      const parts = nativeDateFormat(locale, options).formatToParts(date);
      return tidy(parts.find(({ type }) => type === 'month')?.value ?? '')
        .toLowerCase()
        .replace('.', '');
    }),
  );
}
