/** When a pair meets, and what happens before (spec C1, C2). */
import { reviewDate } from '../../plan/model/calendar.ts';
import { addDays, type Weekday } from '../../time/local-date.ts';
import { isWorkingDay, type WorkCalendar } from '../../time/working-days.ts';
import type { Zone } from '../../time/zone.ts';

export interface PairSchedule {
  /** Such as the first Tuesday at 10:00 where the rep is. */
  reviews: { ordinal: number; weekday: Weekday; time: string };
  /** The rep's clocks and days. */
  zone: Zone;
  calendar: WorkCalendar;
  /** Dates on which the manager can't, where they are; null: nobody manages the rep. */
  manager: { zone: Zone; calendar: WorkCalendar } | null;
  /** Working days of the rep before the meeting on which they are asked. */
  prepDays: number;
}

/** Instants of one review. */
export interface Meeting {
  /** The rep's local date. */
  date: string;
  at: Date;
  /** When the rep is asked, at 9:00 where they are. */
  askAt: Date;
  /** When they are reminded, once: the working day before the meeting; null: that is too soon after. */
  remindAt: Date | null;
  /** When it opens, answered or not. */
  deadline: Date;
}

const MORNING = '09:00';
const HOUR_MS = 3_600_000;
/** So long before the meeting the manager gets to see it. */
const DEADLINE_MS = HOUR_MS;
/** So long at least the rep has to answer, where they were asked late. */
const LEAST_MS = 4 * HOUR_MS;
/** A meeting isn't put off further than that to step around days off. */
const MOST_DAYS = 30;

/**
 * The meeting that judges `month` (`YYYY-MM`): on the plan's day of the month after it, or the next day
 * on which both work.
 */
export function meetingOf(schedule: PairSchedule, month: string): Date {
  const { zone, calendar, manager, reviews } = schedule;
  const wanted = reviewDate(month, reviews);
  for (let days = 0; days <= MOST_DAYS; days++) {
    const date = addDays(wanted, days);
    const at = zone.instantAt(date, reviews.time);
    if (!isWorkingDay(calendar, date)) continue;
    if (manager && !isWorkingDay(manager.calendar, manager.zone.dateAt(at))) continue;
    return at;
  }
  return zone.instantAt(wanted, reviews.time);
}

/** What happens around a meeting `at`, for a rep who was asked at `askedAt` (null: not yet). */
export function around(
  { zone, calendar, prepDays }: PairSchedule,
  at: Date,
  askedAt: Date | null,
): Meeting {
  const date = zone.dateAt(at);
  const before = workingDatesBefore(calendar, date, Math.max(prepDays, 1));
  const askDate = before[prepDays - 1] ?? before.at(-1) ?? addDays(date, -prepDays);
  const askAt = zone.instantAt(askDate, MORNING);
  const dayBefore = before[0] ?? null;
  const asked = askedAt === null ? askDate : zone.dateAt(askedAt);
  const deadline = Math.max(
    at.getTime() - DEADLINE_MS,
    askedAt === null ? 0 : askedAt.getTime() + LEAST_MS,
  );
  return {
    date,
    at,
    askAt,
    remindAt: dayBefore !== null && dayBefore > asked ? zone.instantAt(dayBefore, MORNING) : null,
    deadline: new Date(deadline),
  };
}

/** The last `count` working days before a date, the newest first. */
function workingDatesBefore(calendar: WorkCalendar, date: string, count: number): string[] {
  const found: string[] = [];
  for (let days = 1; found.length < count && days <= 2 * MOST_DAYS; days++) {
    const one = addDays(date, -days);
    if (isWorkingDay(calendar, one)) found.push(one);
  }
  return found;
}
