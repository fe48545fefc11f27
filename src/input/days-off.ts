/** One day or a range of days as people name them: `5 Jul – 16 Jul`, `5-16 Jul`, `until friday`, `next week`. */

import { formatDate } from '../slack/format.ts';
import { addDays, daysBetween, isLocalDate, WEEKDAYS, weekdayOf } from '../time/local-date.ts';
import {
  datesAround,
  monthDayFrom,
  type NamedDay,
  readNamedDay,
  weekdayAfter,
  weekdayBefore,
} from './day.ts';

/** Both ends in; or what is in doubt, as a question. */
export type DaysOff = { from: string; to: string } | { problem: string };

export interface Today {
  locale: string;
  /** Local date. */
  today: string;
}

/** A date without a year that was no longer ago than this is that one, not next year's. */
const RECENT = 31;
/** A range without years that lasts longer than this across New Year may have its ends swapped. */
const LONGEST_ACROSS = 183;

/** Any year with a 29 February. */
const LEAP_YEAR = 2028;

const MAX_LENGTH = 100;
const ABOUT =
  /^(?:(?:i'm|i am|i'll be|away|off|out|on|vacation|holidays?|leave|pto|sick|between) )+/i;
const UNTIL = /^(?:from (?:now|today) )?(?:until|till|til|through|thru) /i;
const FROM = /^from /i;
const SEPARATORS = [
  / ?(?:\.\.+|…|->|→) ?| (?:to|until|till|til|through|thru|and|-) /gi,
  // `5-16 Jul`, and in dates with dashes at most five more.
  / ?- ?/g,
];
const MAX_SPLITS = 6;

/**
 * Reads days from words without markup; null where they name none. A weekday is the next one after
 * today. A date without a year is the next such date, or one of the last 31 days; in a range that is
 * said of its end, so that a range may cross New Year. `until` takes its day in.
 */
export function readDaysOff(words: string, now: Today): DaysOff | null {
  if (words.length > MAX_LENGTH) return null;
  const said = words.replace(ABOUT, '');
  const week = readWeek(said, now);
  if (week) return week;
  if (UNTIL.test(said)) return readUntil(said.replace(UNTIL, ''), now);
  const days = said.replace(FROM, '');
  const single = readSingle(days, now);
  if (!single) return readRange(days, now);
  if ('problem' in single || !FROM.test(said)) return single;
  return { problem: 'And until when? Write it like “5 Jul – 16 Jul”.' };
}

/** A single day; null also where it is so far off that it is rather a range: `5 Jul-16`. */
function readSingle(text: string, now: Today): DaysOff | null {
  const day = readSide(text, now);
  if (day === null || day.kind === 'day_of_month') return null;
  const isFarOff = day.kind === 'date' && Math.abs(daysBetween(now.today, day.date)) > 3660;
  return isFarOff ? null : resolve(day, day, now);
}

function readUntil(text: string, now: Today): DaysOff | null {
  const day = readSide(text, now);
  if (day === null || day.kind === 'day_of_month') return null;
  const end = resolve(day, day, now);
  if ('problem' in end) return end;
  if (end.to >= now.today) return { from: now.today, to: end.to };
  return { problem: `${formatDate(end.to, now.locale, 'date')} is over: until when is it?` };
}

function readRange(text: string, said: Today): DaysOff | null {
  const now = { ...said, locale: orderIn(text) ?? said.locale };
  for (const separator of SEPARATORS) {
    for (const { 0: mark, index } of [...text.matchAll(separator)].slice(0, MAX_SPLITS)) {
      const right = readSide(text.slice(index + mark.length), now);
      const left = right && readSide(text.slice(0, index), now);
      const ends = left && right && withMonths(left, right);
      if (ends) return resolve(...ends, said);
    }
  }
  return null;
}

/** In `5/7 - 16/7` the second date tells that the day comes first in both: a locale of that order. */
function orderIn(text: string): string | null {
  if (/\p{L}/u.test(text)) return null;
  for (const [, first, second] of text.matchAll(/(?<![\d/.])(\d{1,2})[/.](\d{1,2})(?!\d)/g)) {
    if (Number(first) > 12) return 'en-GB';
    if (Number(second) > 12) return 'en-US';
  }
  return null;
}

/** From Monday to Sunday. */
function readWeek(text: string, { today }: Today): DaysOff | null {
  const [, which] = /^(?:all )?(next|this) week$/i.exec(text) ?? [];
  if (which === undefined) return null;
  const sunday = sundayOf(today);
  return which.toLowerCase() === 'this'
    ? { from: today, to: sunday }
    : { from: addDays(sunday, 1), to: addDays(sunday, 7) };
}

/** `5` of `5-16 Jul`, or `16, 2027` of `Jul 5 – 16, 2027`. */
interface DayOfMonth {
  kind: 'day_of_month';
  day: string;
  year: string | null;
}

const DAY_OF_MONTH = /^(?:the )?(\d{1,2})(?:\.|st|nd|rd|th)?(?:,? (\d{4}))?$/i;
/** `Mon, 5 Jul` */
const WEEKDAY_BEFORE = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? (?=.*\d)/i;

function readSide(text: string, now: Today): NamedDay | DayOfMonth | null {
  const side = text.replace(WEEKDAY_BEFORE, '').trim();
  const [, day, year = null] = DAY_OF_MONTH.exec(side) ?? [];
  if (day !== undefined) return { kind: 'day_of_month', day: day.padStart(2, '0'), year };
  return readNamedDay(side, now);
}

type Side = NamedDay | DayOfMonth;
type Dated = Exclude<NamedDay, { kind: 'weekday' }>;

/** Gives an end that is only a day the other's month; null where it has none to give. */
function withMonths(left: Side, right: Side): [NamedDay, NamedDay] | null {
  if (left.kind !== 'day_of_month') {
    if (right.kind !== 'day_of_month') return [left, right];
    if (left.kind === 'weekday') return null;
    const to = inMonthOf(left, right);
    return to && dayIn(left) <= dayIn(to) ? [left, to] : null;
  }
  if (right.kind === 'day_of_month' || right.kind === 'weekday') return null;
  const from = inMonthOf(right, left);
  return from && dayIn(from) <= dayIn(right) ? [from, right] : null;
}

/** The day of the month, `01`–`31`. */
function dayIn(day: Exclude<Side, { kind: 'weekday' }>): string {
  if (day.kind === 'day_of_month') return day.day;
  return (day.kind === 'date' ? day.date : day.monthDay).slice(-2);
}

/** Null where the month has no such day. */
function inMonthOf(other: Dated, { day, year }: DayOfMonth): Dated | null {
  const [otherYear, month] =
    other.kind === 'date' ? other.date.split('-') : [null, ...other.monthDay.split('-')];
  const inYear = year ?? otherYear ?? null;
  const date = `${inYear ?? LEAP_YEAR}-${month}-${day}`;
  if (!isLocalDate(date)) return null;
  return inYear === null ? { kind: 'month_day', monthDay: date.slice(5) } : { kind: 'date', date };
}

/** The days from one to the other; the same twice is one day. */
function resolve(left: NamedDay, right: NamedDay, now: Today): DaysOff {
  const { today, locale } = now;
  const problem = whichOf(left, now) ?? whichOf(right, now);
  if (problem !== null) return { problem };
  const ranges = startsOf(left, today).map((from) => {
    return { from, to: left === right ? from : endOf(right, from, today) };
  });
  const recent = ranges.find(({ to }) => to >= addDays(today, -RECENT)) ?? ranges[0];
  const end = right.kind === 'date' ? right.date : recent?.to;
  const found = ranges.findLast(({ from, to }) => to === end && from <= to) ?? recent;
  if (!found) return { problem: 'That is too far off.' };

  const isOpen = left.kind === 'month_day' || right.kind === 'month_day';
  const isAcross = found.from.slice(0, 4) < found.to.slice(0, 4);
  if (isOpen && isAcross && daysBetween(found.from, found.to) > LONGEST_ACROSS) {
    const [from, to] = [found.from, found.to].map((date) => formatDate(date, locale, 'date'));
    return { problem: `From ${from} to ${to}? If so, write both with their year.` };
  }
  return found;
}

/** In order. */
function startsOf(day: NamedDay, today: string): string[] {
  if (day.kind === 'month_day') return datesAround(today, day.monthDay);
  return [day.kind === 'date' ? day.date : weekdayFrom(today, day)];
}

function endOf(day: NamedDay, from: string, today: string): string {
  if (day.kind === 'date') return day.date;
  if (day.kind === 'month_day') return monthDayFrom(from, day.monthDay) ?? from;
  return day.which === null ? weekdayAfter(from, day.weekday) : weekdayFrom(today, day);
}

type NamedWeekday = Extract<NamedDay, { kind: 'weekday' }>;

function weekdayFrom(today: string, { weekday, which }: NamedWeekday): string {
  if (which === 'last') return weekdayBefore(today, weekday, which);
  return which === 'this' && weekday === weekdayOf(today) ? today : weekdayAfter(today, weekday);
}

/** On a Monday, `next friday` may be the one to come or the one after. */
function whichOf(day: NamedDay, { today, locale }: Today): string | null {
  if (day.kind !== 'weekday' || day.which !== 'next') return null;
  const coming = weekdayAfter(today, day.weekday);
  if (coming > sundayOf(today)) return null;
  const [one, other] = [coming, addDays(coming, 7)].map((date) => formatDate(date, locale, 'day'));
  return `Is that ${one} or ${other}? Write the date.`;
}

function sundayOf(date: string): string {
  return addDays(date, WEEKDAYS.length - 1 - WEEKDAYS.indexOf(weekdayOf(date)));
}
