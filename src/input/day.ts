/** A day as people name one, and which day that is. */

import {
  addDays,
  daysBetween,
  isLocalDate,
  WEEKDAYS,
  type Weekday,
  weekdayOf,
} from '../time/local-date.ts';
import { readDate, readMonthDay } from './date.ts';
import { readLocaleDay } from './locale-day.ts';

/** What was named. A month and day (`MM-DD`) or a weekday alone may be several days. */
export type NamedDay =
  | { kind: 'date'; date: string }
  | { kind: 'month_day'; monthDay: string }
  | { kind: 'weekday'; weekday: Weekday; which: 'this' | 'next' | 'last' | null };

const FROM_TODAY = new Map([
  ['today', 0],
  ['tonight', 0],
  ['this morning', 0],
  ['this afternoon', 0],
  ['yesterday', -1],
  ['day before yesterday', -2],
  ['tomorrow', 1],
  ['day after tomorrow', 2],
]);

const SHORT_WEEKDAYS =
  /^(?:(this|next|last|past|coming) )?(mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?$/;

/**
 * Reads `today`, `last monday`, `fri`, `12 Mar`, `the 12th of March`, `3/12`, `2027-03-12`, and in the locale's own
 * words `morgen`, `le 12 mars`, `vendredi prochain`; else null.
 */
export function readNamedDay(
  text: string,
  { locale, today }: { locale: string; today: string },
): NamedDay | null {
  const words = text
    .toLowerCase()
    .trim()
    .replace(/^(?:on )?(?:the )?/, '');
  const days = FROM_TODAY.get(words);
  if (days !== undefined) return { kind: 'date', date: addDays(today, days) };
  const [, which, name = ''] = SHORT_WEEKDAYS.exec(words) ?? [];
  const weekday = WEEKDAYS.find((day) => name.startsWith(day));
  if (weekday) return { kind: 'weekday', weekday, which: WHICH.get(which ?? '') ?? null };

  const plain = words.replace(' of ', ' ');
  const date = readDate(plain, { locale });
  if (date.ok) return { kind: 'date', date: date.value };
  const monthDay = readMonthDay(plain, { locale });
  if (monthDay.ok) return { kind: 'month_day', monthDay: monthDay.value };
  const spoken = readLocaleDay(words, { locale, today });
  return spoken?.part === null ? spoken.day : null;
}

const WHICH = new Map<string, 'this' | 'next' | 'last'>([
  ['this', 'this'],
  ['coming', 'this'],
  ['next', 'next'],
  ['last', 'last'],
  ['past', 'last'],
]);

/** The last such weekday: today where it is one, unless `last` was said. */
export function weekdayBefore(today: string, weekday: Weekday, which: string | null): string {
  const days = (WEEKDAYS.indexOf(weekdayOf(today)) - WEEKDAYS.indexOf(weekday) + 7) % 7;
  return addDays(today, days === 0 && which === 'last' ? -7 : -days);
}

/** The next such weekday after a date. */
export function weekdayAfter(date: string, weekday: Weekday): string {
  const days = (WEEKDAYS.indexOf(weekday) - WEEKDAYS.indexOf(weekdayOf(date)) + 7) % 7;
  return addDays(date, days === 0 ? 7 : days);
}

/** The most years from one 29 February to the next. */
const LEAP_YEARS = 8;

/** The first date from `from` on with that month and day; null after 2199. */
export function monthDayFrom(from: string, monthDay: string): string | null {
  const year = Number(from.slice(0, 4));
  for (let years = 0; years <= LEAP_YEARS; years += 1) {
    const date = `${year + years}-${monthDay}`;
    if (date >= from && isLocalDate(date)) return date;
  }
  return null;
}

/** The date with that month and day that is nearest to `today`. */
export function monthDayNear(today: string, monthDay: string): string {
  const distance = (date: string) => Math.abs(daysBetween(date, today));
  return datesAround(today, monthDay).reduce((nearest, date) =>
    distance(date) < distance(nearest) ? date : nearest,
  );
}

/** The dates with that month and day in the years around a date, in order. */
export function datesAround(date: string, monthDay: string): string[] {
  const first = Number(date.slice(0, 4)) - LEAP_YEARS;
  return Array.from({ length: 2 * LEAP_YEARS + 1 }, (_, i) => `${first + i}-${monthDay}`).filter(
    isLocalDate,
  );
}
