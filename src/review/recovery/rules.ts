/** When the owner of an overdue recovery item hears of it: once, on a working morning of theirs. */
import { worthUntil } from '../../activity/schedule-rules.ts';
import { addDays } from '../../time/local-date.ts';
import { isWorkingDay, type WorkCalendar } from '../../time/working-days.ts';
import type { Zone } from '../../time/zone.ts';

/** The first working day from a date on; the date itself where there is none in a hundred days. */
export function nextWorkedOn(calendar: WorkCalendar, date: string): string {
  for (let days = 0; days <= MOST_DAYS; days++) {
    const one = addDays(date, days);
    if (isWorkingDay(calendar, one)) return one;
  }
  return date;
}

/** The clocks and days of whoever owns an item. */
export interface OwnerDays {
  zone: Zone;
  calendar: WorkCalendar;
  /** The first local date with nudges again; null: they haven't paused. */
  pausedUntil: string | null;
}

const MORNING = '09:00';
/** Who is away for longer hears of it when somebody looks again. */
const MOST_DAYS = 100;

/**
 * The first working morning after an item's date (`YYYY-MM-DD`, local) on which its owner is there and
 * that isn't over at `now`: due by now where `at` has come. Null: there is none in a hundred days.
 */
export function overdueMorning(
  { zone, calendar, pausedUntil }: OwnerDays,
  due: string,
  now: Date,
): { at: Date; sendBy: Date } | null {
  const first = [addDays(due, 1), zone.dateAt(now), pausedUntil ?? ''].reduce(latest);
  for (let days = 0; days <= MOST_DAYS; days++) {
    const date = addDays(first, days);
    if (!isWorkingDay(calendar, date)) continue;
    const at = zone.instantAt(date, MORNING);
    const sendBy = worthUntil(zone, date, at);
    if (at <= sendBy && sendBy >= now) return { at, sendBy };
  }
  return null;
}

/**
 * When to look at an open item again: on its morning, or where that is put off on the next one of any
 * kind, since days off and pauses are taken back.
 */
export function lookAgainAt(owner: OwnerDays, due: string, now: Date): Date {
  const { zone } = owner;
  const first = [addDays(due, 1), zone.dateAt(now)].reduce(latest);
  const today = zone.instantAt(first, MORNING);
  return today > now ? today : zone.instantAt(addDays(first, 1), MORNING);
}

const latest = (a: string, b: string): string => (a > b ? a : b);
