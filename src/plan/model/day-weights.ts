/**
 * Step 8: on which days deals are created and won, and how much each of them counts.
 *
 * What is created on a day is won a sales cycle later, so the days of creating end a cycle before the period
 * does (the creation window), and a ramp weighs each by the month in which its deals are won.
 */
import { addDays, daysBetween, type Month, monthOf, monthsBetween } from '../../time/local-date.ts';
import { workingDates } from '../../time/working-days.ts';
import type { Calendar, LocalDate, Period } from '../schemas.ts';
import { type Exact, exact, inOneUnit, min, ONE, ratio, ZERO } from './exact.ts';

/** How much a working day counts: 1 is a full one. */
export interface DayWeight {
  date: LocalDate;
  /** For calls, visits and demos. */
  creation: number;
  /** For proposals and contracts. */
  closing: number;
}

export interface DayWeights {
  /** The working days of the period, in order. */
  days: DayWeight[];
  /** N: working days on which a deal can still be created and won in the period. */
  sellingDays: number;
  /** The last day of the creation window; null where no day is worked. */
  windowEnd: LocalDate | null;
  /** Whether the cycle leaves less than a quarter of the working days, and the window is that quarter. */
  cycleTooLong: boolean;
  /** W: the weights of the creation window's days. */
  creation: Exact;
  /** W′: those of all working days, each by its own month. */
  closing: Exact;
  /** M: working days of a usual month, time off counted in. */
  daysPerMonth: Exact;
  /** Whether a ramp weighs the days. */
  isRamped: boolean;
  /** c: what of the new business is created by the end of a date; over 1 after the creation window. */
  createdBy(date: LocalDate): Exact;
  /** a: what of it is won by then, 0 … 1: a sales cycle later. */
  wonBy(date: LocalDate): Exact;
}

/** The days on which deals are created for the period: see the head of the file. */
export function windowDaysOf({
  days,
  windowEnd,
}: Pick<DayWeights, 'days' | 'windowEnd'>): DayWeight[] {
  return windowEnd === null ? [] : days.filter(({ date }) => date <= windowEnd);
}

/**
 * The weights of a plan's working days (spec steps 8, 10 and 12). `ramp`: one factor a month, of the first
 * component that credits new business.
 */
export function dayWeights(
  period: Period,
  calendar: Calendar,
  salesCycleDays: number,
  ramp: readonly number[] | null,
): DayWeights {
  const months = monthsBetween(period);
  const withTimeOff = workingDates({ ...calendar, timeOff: [] }, period.start, period.end);
  const dates = withTimeOff.filter(
    (date) => !calendar.timeOff.some(({ from, to }) => from <= date && date <= to),
  );
  const lastStart = addDays(period.end, -salesCycleDays);
  const sellingDays = dates.filter((date) => date <= lastStart).length;
  const cycleTooLong = sellingDays * 4 < dates.length;
  const windowDays = cycleTooLong ? Math.ceil(dates.length / 4) : sellingDays;

  const factorOf = monthFactors(months, ramp);
  const window = weighed(dates.slice(0, windowDays).map((date) => factorOf(date, salesCycleDays)));
  const closing = weighed(dates.map((date) => factorOf(date)));
  const later = ratio(windowDays, Math.max(1, dates.length));
  const creation = ratio(window.upTo(windowDays), window.scale);

  function createdBy(date: LocalDate): Exact {
    if (windowDays === 0) return ZERO;
    const passed = upperBound(dates, date);
    const inWindow = ratio(window.upTo(Math.min(passed, windowDays)), window.scale);
    return inWindow.add(later.mul(Math.max(0, passed - windowDays))).div(creation);
  }

  return {
    days: dates.map((date, index) => ({
      date,
      creation: index < windowDays ? window.weight(index) : later.valueOf(),
      closing: closing.weight(index),
    })),
    sellingDays,
    windowEnd: dates[windowDays - 1] ?? null,
    cycleTooLong,
    creation,
    closing: ratio(closing.upTo(dates.length), closing.scale),
    daysPerMonth: ratio(withTimeOff.length, months.length),
    isRamped: ramp !== null,
    createdBy,
    wonBy: (date) => min(ONE, createdBy(addDays(date, -salesCycleDays))),
  };
}

/** The ramp’s factor so many days after a date; the last month's beyond the period. */
function monthFactors(months: readonly Month[], ramp: readonly number[] | null) {
  if (ramp === null) return () => 1;
  const indexOf = new Map(months.map(({ month }, index) => [month, index]));
  return (date: LocalDate, later = 0) =>
    ramp[indexOf.get(monthOf(addDays(date, later))) ?? months.length - 1] ?? 1;
}

/** Weights in whole numbers of one unit, so that long sums stay fast; all 1 where they would all be 0. */
function weighed(factors: readonly number[]) {
  const areFull = factors.every((factor) => factor === 1) || !factors.some((factor) => factor > 0);
  if (areFull) return { scale: 1n, weight: () => 1, upTo: (count: number) => BigInt(count) };
  const { parts, scale } = inOneUnit(factors);
  const sums = [0n];
  for (const part of parts) sums.push((sums.at(-1) ?? 0n) + part);
  return {
    scale,
    weight: (index: number) => factors[index] ?? 0,
    upTo: (count: number) => sums[count] ?? 0n,
  };
}

/** How many of the dates, which are in order, lie on or before `date`. */
function upperBound(dates: readonly LocalDate[], date: LocalDate): number {
  let [low, high] = [0, dates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((dates[middle] ?? '') <= date) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** An opening pipeline closes within a cycle, and a month at least. */
const LEAST_OPENING_DAYS = 30;

/**
 * The share of the opening pipeline that is won by the end of a date (spec step 12): of the working days of the
 * first `salesCycleDays` days, 30 at least, those that have passed; all on the last of these days where none
 * is worked.
 */
export function openingWonBy(
  period: Period,
  { days }: Pick<DayWeights, 'days'>,
  salesCycleDays: number,
): (date: LocalDate) => Exact {
  const length = Math.max(salesCycleDays, LEAST_OPENING_DAYS);
  const last =
    daysBetween(period.start, period.end) < length ? period.end : addDays(period.start, length - 1);
  const dates = days.map(({ date }) => date).filter((date) => date <= last);
  return (date) => {
    if (date >= last) return ONE;
    if (dates.length === 0) return ZERO;
    return exact(upperBound(dates, date)).div(dates.length);
  };
}
