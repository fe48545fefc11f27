/**
 * Local dates as plain `YYYY-MM-DD` text: no zone, no instant, so no daylight saving can bend them.
 * All arithmetic is on UTC day numbers and is exact for the years 1900–2199. Dates of that form
 * sort as text.
 */

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const DAY_MS = 86_400_000;

/** Whether `text` is a calendar date that exists, written `YYYY-MM-DD`, between 1900 and 2199. */
export function isLocalDate(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

/** Days since 1970-01-01, which is 0. */
function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** Written once each: a team's calendars name the same few hundred dates over and over. */
const written = new Map<number, string>();

function fromDayNumber(day: number): string {
  const known = written.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  written.set(day, date);
  return date;
}

/** The date `days` later, or earlier where `days` is negative. */
export function addDays(date: string, days: number): string {
  return fromDayNumber(dayNumber(date) + days);
}

/** Calendar days from `from` to `to`: 1 from today to tomorrow, negative where `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** Every date from `from` to `to`, both in; none where `to` is earlier. */
export function datesBetween(from: string, to: string): string[] {
  const first = dayNumber(from);
  return Array.from({ length: Math.max(0, dayNumber(to) - first + 1) }, (_, index) =>
    fromDayNumber(first + index),
  );
}

/** The earliest of some dates. */
export function earliestOf(first: string, ...others: string[]): string {
  return [first, ...others].sort()[0] ?? first;
}

/** The latest of some dates. */
export function latestOf(first: string, ...others: string[]): string {
  return [first, ...others].sort().at(-1) ?? first;
}

export function weekdayOf(date: string): Weekday {
  // 1970-01-01 was a Thursday.
  return WEEKDAYS[(((dayNumber(date) + 3) % 7) + 7) % 7] ?? 'mon';
}

/** The calendar month of a date, `YYYY-MM`. */
export function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** The first day of the month that lies `months` after the date's month. */
export function firstOfMonth(date: string, months: number): string {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
}

/** Calendar months from the month of one date (or a `YYYY-MM`) to that of another; negative where it is earlier. */
export function monthsApart(from: string, to: string): number {
  const [year = 0, month = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0] = to.split('-').map(Number);
  return (toYear - year) * 12 + toMonth - month;
}

/** The last day of the date's month, or of the month `monthsLater` after it. */
export function lastDayOfMonth(date: string, monthsLater = 0): string {
  return addDays(firstOfMonth(date, monthsLater + 1), -1);
}

/** A calendar month of a period: `month` is `YYYY-MM`, `start` and `end` its first and last day. */
export interface Month {
  month: string;
  start: string;
  end: string;
}

/** The calendar months that a period touches, in order; none where `end` is before `start`. */
export function monthsBetween({ start, end }: { start: string; end: string }): Month[] {
  const months: Month[] = [];
  for (let first = firstOfMonth(start, 0); first <= end; first = firstOfMonth(first, 1)) {
    months.push({ month: monthOf(first), start: first, end: lastDayOfMonth(first) });
  }
  return months;
}

/** The Monday of the date's week. */
export function mondayOf(date: string): string {
  return addDays(date, -WEEKDAYS.indexOf(weekdayOf(date)));
}
