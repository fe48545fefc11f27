/** One day off, a part of one, or from one day to another. */
import { formatDate } from '../slack/format.ts';
import {
  addDays,
  daysBetween,
  isLocalDate,
  WEEKDAYS,
  type Weekday,
  weekdayOf,
} from '../time/local-date.ts';
import { AFTERNOON, MORNING, type PartOfDay, WHOLE_DAY } from '../time/part-of-day.ts';
import {
  datesAround,
  monthDayFrom,
  type NamedDay,
  readNamedDay,
  weekdayAfter,
  weekdayBefore,
} from './day.ts';
import { type DaysScene, type FoundDays, readAs, spanOff, type Today } from './days-off-scene.ts';
import { readLocaleDay, weekdayNamed } from './locale-day.ts';
import { takeParts } from './part-of-day.ts';

/** A date without a year that was no longer ago than this is that one, not next year's. */
const RECENT = 31;
/** A range without years that lasts longer than this across New Year may have its ends swapped. */
const LONGEST_ACROSS = 183;
/** Any year with a 29 February. */
const LEAP_YEAR = 2028;
const MAX_SPLITS = 6;

export type DaySide = NamedDay | DayOfMonth;

export function readItem(text: string, scene: DaysScene): FoundDays {
  const days = text.replace(new RegExp(`^(?:${scene.words.from}) `, 'u'), '');
  const partial = days === text ? null : readSingle(text, scene);
  if (partial && 'readings' in partial && partial.readings[0]?.[0]?.share !== 1) return partial;
  const single = readSingle(days, scene);
  if (!single) return readRange(days, scene);
  if ('problem' in single || days === text || single.readings.some(([day]) => day?.share !== 1)) {
    return single;
  }
  return { problem: 'And until when? Write it like “5 Jul – 16 Jul”.' };
}

const EVENING =
  'That is after work, when nothing is asked of you. Say “this afternoon” or “today”.';

/** A single day or a part of it; null also where it is so far off that it is rather a range: `5 Jul-16`. */
export function readSingle(text: string, scene: DaysScene): FoundDays {
  const plain = scene.words.on
    ? text.replace(new RegExp(`^(?:${scene.words.on}) `, 'u'), '')
    : text;
  for (const { rest, part } of takeParts(plain, scene.words)) {
    const dates = partDates(rest, scene);
    if (!dates) continue;
    if (part === 'evening') return { problem: EVENING };
    return { readings: dates.map((date) => [spanOff(date, date, part)]) };
  }
  const spoken = readLocaleDay(plain, scene);
  const half =
    spoken?.part === 'morning' ? MORNING : spoken?.part === 'afternoon' ? AFTERNOON : WHOLE_DAY;
  if (spoken && half !== WHOLE_DAY) return resolved(alternatives(spoken.day, scene), scene, half);
  const day = readSide(plain, scene);
  if (day === null || day.kind === 'day_of_month') return null;
  if (day.kind === 'date' && Math.abs(daysBetween(scene.today, day.date)) > 3660) return null;
  return resolved(sidesOf(plain, day, scene), scene, WHOLE_DAY);
}

/** Which days the part is of: today's, where no other is named. */
function partDates(text: string, scene: DaysScene): string[] | null {
  const day = text.replace(/^(?:of|on) /, '').replace(/ of$/, '');
  if (day === '' || day === 'this' || day === 'the') return [scene.today];
  return readDates(day, scene);
}

function resolved(days: readonly NamedDay[], scene: DaysScene, part: PartOfDay): FoundDays {
  const read = days.map((day) => resolveDays(day, day, scene));
  const faulty = read.find((one) => 'problem' in one);
  if (faulty && 'problem' in faulty) return faulty;
  return {
    readings: read.flatMap((one) => ('problem' in one ? [] : [[spanOff(one.from, one.to, part)]])),
  };
}

function readRange(text: string, scene: DaysScene): FoundDays {
  const { words } = scene;
  const now = { ...scene, locale: orderIn(text) ?? scene.locale };
  const [, first, second] =
    new RegExp(`^(?:${words.between}) (.+) (?:${words.and}) (.+)$`, 'u').exec(text) ?? [];
  if (first !== undefined && second !== undefined) return readEnds(first, second, now, scene);
  const separators = [
    new RegExp(` ?(?:\\.\\.+|…|->|→) ?| (?:${words.to}|-) `, 'gu'),
    // `5-16 Jul`, and in dates with dashes at most five more.
    / ?- ?/g,
  ];
  for (const separator of separators) {
    for (const { 0: mark, index } of [...text.matchAll(separator)].slice(0, MAX_SPLITS)) {
      const found = readEnds(text.slice(0, index), text.slice(index + mark.length), now, scene);
      if (found) return found;
    }
  }
  return null;
}

function readEnds(first: string, second: string, now: DaysScene, said: DaysScene): FoundDays {
  const parts = readPartEnds(first, second, now);
  if (parts) return parts;
  const right = readSide(second, now);
  const left = right && readSide(first, now);
  const ends = left && right && withMonths(left, right);
  if (!ends) return null;
  const [from, to] = ends;
  const lefts = left === from ? sidesOf(first, from, now) : [from];
  const rights = right === to ? sidesOf(second, to, now) : [to];
  const read = lefts.flatMap((one) => rights.map((other) => resolveDays(one, other, said)));
  const fine = read.flatMap((one) => ('problem' in one ? [] : [[spanOff(one.from, one.to)]]));
  const inOrder = fine.filter(([days]) => days && days.from <= days.to);
  if (inOrder.length > 0) return { readings: inOrder };
  return read.find((one) => 'problem' in one) ?? (fine.length > 0 ? { readings: fine } : null);
}

/** `friday afternoon – monday`: a half, then whole days; at the end a morning. */
function readPartEnds(first: string, second: string, scene: DaysScene): FoundDays {
  const [left, right] = [readSingle(first, scene), readSingle(second, scene)];
  if (!left || !right || 'problem' in left || 'problem' in right) return null;
  const [start] = left.readings[0] ?? [];
  const [end] = right.readings[0] ?? [];
  if (!start || !end || left.readings.length + right.readings.length > 2) return null;
  const isLate = start.hours !== null && start.hours.end >= DAY_END;
  const isEarly = end.hours !== null && end.hours.start <= DAY_START;
  if ((start.share < 1 && !isLate) || (end.share < 1 && !isEarly)) return null;
  if (start.share === 1 && end.share === 1) return null;
  const last = end.from > start.from ? end.from : null;
  if (last === null) return null;
  const from = start.share < 1 ? addDays(start.from, 1) : start.from;
  const to = end.share < 1 ? addDays(last, -1) : last;
  return readAs(
    ...(start.share < 1 ? [start] : []),
    ...(from <= to ? [spanOff(from, to)] : []),
    ...(end.share < 1 ? [{ ...end, from: last, to: last }] : []),
  );
}

const DAY_END = '17:00';
const DAY_START = '09:00';

/** In `5/7 - 16/7` the second date tells that the day comes first in both: a locale of that order. */
function orderIn(text: string): string | null {
  if (/\p{L}/u.test(text)) return null;
  for (const [, first, second] of text.matchAll(/(?<![\d/.])(\d{1,2})[/.](\d{1,2})(?!\d)/g)) {
    if (Number(first) > 12) return 'en-GB';
    if (Number(second) > 12) return 'en-US';
  }
  return null;
}

/** `5` of `5-16 Jul`, or `16, 2027` of `Jul 5 – 16, 2027`. */
export interface DayOfMonth {
  kind: 'day_of_month';
  day: string;
  year: string | null;
}

const DAY_OF_MONTH = /^(\d{1,2})(?:\.|st|nd|rd|th)?(?:,? (\d{4}))?$/i;
/** `Mon, 5 Jul` */
const WEEKDAY_BEFORE = /^(\p{L}[\p{L}\p{M}-]*)\.?,? (?=.*\d)(.+)$/u;

export function dayOfMonth(text: string, scene: DaysScene): DayOfMonth | null {
  const side = readSide(text, scene);
  return side?.kind === 'day_of_month' ? side : null;
}

export function readSide(text: string, scene: DaysScene): DaySide | null {
  const said = text.trim().replace(new RegExp(`^(?:${scene.words.on}) `, 'u'), '');
  const { rest } = withoutWeekday(said, scene);
  const [, day, year = null] = DAY_OF_MONTH.exec(rest) ?? [];
  if (day !== undefined) return { kind: 'day_of_month', day: day.padStart(2, '0'), year };
  return readNamedDay(rest, scene);
}

function withoutWeekday(
  text: string,
  { locale }: Pick<Today, 'locale'>,
): { weekday: Weekday | null; rest: string } {
  const [, name = '', rest = ''] = WEEKDAY_BEFORE.exec(text) ?? [];
  const weekday = name === '' ? null : (weekdayNamed(name, locale) ?? englishWeekday(name));
  return weekday ? { weekday, rest } : { weekday: null, rest: text };
}

function englishWeekday(name: string): Weekday | null {
  const isOne = /^(?:mon|tue|wed|thu|fri|sat|sun)(?:s|rs?|nes|ur)?(?:day)?$/.test(name);
  return isOne ? (WEEKDAYS.find((day) => name.startsWith(day)) ?? null) : null;
}

/** What a day may be: where a weekday stands beside a date that falls on another, either. */
function sidesOf(text: string, day: NamedDay, scene: DaysScene): NamedDay[] {
  const plain = text.trim().replace(new RegExp(`^(?:${scene.words.on}) `, 'u'), '');
  const { weekday } = withoutWeekday(plain, scene);
  if (!weekday || day.kind === 'weekday') return alternatives(day, scene);
  const dates = startsOf(day, scene.today);
  const fitting = dates.filter((date) => weekdayOf(date) === weekday);
  const near = fitting.find((date) => date >= addDays(scene.today, -RECENT));
  if (near !== undefined && daysBetween(scene.today, near) <= 366) {
    return [{ kind: 'date', date: near }];
  }
  const read = resolveDays(day, day, scene);
  if ('problem' in read) return [day];
  const after = weekdayAfter(read.from, weekday);
  const other = daysBetween(read.from, after) > 3 ? addDays(after, -7) : after;
  return [read.from, other].map((date) => ({ kind: 'date', date }));
}

/** On a Monday, `next friday` may be the one to come or the one after. */
function alternatives(day: NamedDay, { today }: Pick<Today, 'today'>): NamedDay[] {
  if (day.kind !== 'weekday' || day.which !== 'next') return [day];
  const coming = weekdayAfter(today, day.weekday);
  if (coming > sundayOf(today)) return [day];
  return [coming, addDays(coming, 7)].map((date) => ({ kind: 'date', date }));
}

export type DatedDay = Exclude<NamedDay, { kind: 'weekday' }>;

/** Gives an end that is only a day the other's month; null where it has none to give. */
function withMonths(left: DaySide, right: DaySide): [NamedDay, NamedDay] | null {
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
function dayIn(day: Exclude<DaySide, { kind: 'weekday' }>): string {
  if (day.kind === 'day_of_month') return day.day;
  return (day.kind === 'date' ? day.date : day.monthDay).slice(-2);
}

/** Null where the month has no such day. */
export function inMonthOf(other: DatedDay, { day, year }: DayOfMonth): DatedDay | null {
  const [otherYear, month] =
    other.kind === 'date' ? other.date.split('-') : [null, ...other.monthDay.split('-')];
  const inYear = year ?? otherYear ?? null;
  const date = `${inYear ?? LEAP_YEAR}-${month}-${day}`;
  if (!isLocalDate(date)) return null;
  return inYear === null ? { kind: 'month_day', monthDay: date.slice(5) } : { kind: 'date', date };
}

interface Span {
  from: string;
  to: string;
}

/** The days from one to the other; the same twice is one day. */
export function resolveDays(
  left: NamedDay,
  right: NamedDay,
  { today, locale }: Today,
): Span | { problem: string } {
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

export function sundayOf(date: string): string {
  return addDays(date, WEEKDAYS.length - 1 - WEEKDAYS.indexOf(weekdayOf(date)));
}

/** The first dates that a text may name: one day, as it is read alone. */
export function readDates(text: string, scene: DaysScene): string[] | null {
  const single = readSingle(text, scene);
  if (!single || 'problem' in single) return null;
  const dates = single.readings.flatMap(([day, ...more]) =>
    day && more.length === 0 && day.from === day.to && day.share === 1 ? [day.from] : [],
  );
  return dates.length === single.readings.length ? dates : null;
}
