/** Which days are worked: weekdays, minus public holidays, minus time off. All dates are local. */
import { datesBetween, WEEKDAYS, type Weekday, weekdayOf } from './local-date.ts';

export interface WorkCalendar {
  workdays: readonly Weekday[];
  holidays: readonly string[];
  /** Ranges of dates, both ends in; they may overlap. */
  timeOff: readonly TimeOffRange[];
}

interface TimeOffRange {
  from: string;
  to: string;
  /** How much of each day is off; all of it where left out. What is less leaves it a working day. */
  share?: number;
  /** Wall times (`HH:mm`, up to `24:00`) between which, where that is known. */
  hours?: { start: string; end: string } | null;
}

const isWhole = ({ share = 1 }: TimeOffRange) => share >= 1;

/** The dates in `timeOff` between `from` and `to`: each once, however the ranges overlap. */
function datesOff(timeOff: WorkCalendar['timeOff'], from: string, to: string): Set<string> {
  const dates = new Set<string>();
  let covered = '';
  const inOrder = timeOff.filter(isWhole).sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const range of inOrder) {
    const start = [range.from, from, covered].reduce((a, b) => (a > b ? a : b));
    const end = range.to < to ? range.to : to;
    if (end < start) continue;
    for (const date of datesBetween(start, end)) dates.add(date);
    covered = end;
  }
  return dates;
}

/** The dates worked from `from` to `to`, both ends in, in order. */
export function workingDates(calendar: WorkCalendar, from: string, to: string): string[] {
  const isWorked = WEEKDAYS.map((weekday) => calendar.workdays.includes(weekday));
  const first = WEEKDAYS.indexOf(weekdayOf(from));
  const holidays = new Set(calendar.holidays);
  const off = datesOff(calendar.timeOff, from, to);
  return datesBetween(from, to).filter(
    (date, index) => isWorked[(first + index) % 7] && !holidays.has(date) && !off.has(date),
  );
}

/** How many days are worked from `from` to `to`, both ends in. */
export function workingDays(calendar: WorkCalendar, from: string, to: string): number {
  return workingDates(calendar, from, to).length;
}

/** Whether the date is a workday that is neither a holiday nor time off. */
export function isWorkingDay(calendar: WorkCalendar, date: string): boolean {
  return workingDays(calendar, date, date) === 1;
}

/** How much of a working day is worked: 1, or less where a part of it is off. */
export function shareWorked({ timeOff }: Pick<WorkCalendar, 'timeOff'>, date: string): number {
  return timeOff
    .filter((range) => !isWhole(range) && range.from <= date && date <= range.to)
    .reduce((left, { share = 1 }) => Math.min(left, 1 - share), 1);
}

/** The hours of a date that are off, where it is worked otherwise and they were named. */
export function hoursOff(
  { timeOff }: Pick<WorkCalendar, 'timeOff'>,
  date: string,
): { start: string; end: string }[] {
  return timeOff.flatMap(({ from, to, hours, ...range }) =>
    hours && !isWhole({ from, to, ...range }) && from <= date && date <= to ? [hours] : [],
  );
}

/** Whether somebody works at a wall time (`HH:mm`) of a date. */
export function isAtWork(calendar: WorkCalendar, date: string, time: string): boolean {
  const isOff = hoursOff(calendar, date).some(({ start, end }) => start <= time && time < end);
  return isWorkingDay(calendar, date) && !isOff;
}
