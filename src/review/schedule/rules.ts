/** Which months a plan's reviews judge, when the pair meets about each, and what happens before (spec C1, C2). */
import { reviewDate } from '../../plan/model/calendar.ts';
import { clashOf, REVIEW_MINUTES, type WeekPart, type WeekSpan } from '../../plan/week-rules.ts';
import {
  addDays,
  type Month,
  monthsBetween,
  type Weekday,
  weekdayOf,
} from '../../time/local-date.ts';
import { isAtWork, isWorkingDay, type WorkCalendar } from '../../time/working-days.ts';
import type { Zone } from '../../time/zone.ts';
import type { Review } from '../store.ts';

/** What the review of a month judges. */
export interface ReviewPeriod {
  month: string;
  /** Local dates, both in: the month, or at a quarter's end the quarter. */
  from: string;
  to: string;
  /** 1–4 where a quarter of the period ends with the month, or the period does. */
  quarter: number | null;
  /** Whether the period ends with it. */
  last: boolean;
}

const MONTHS_A_QUARTER = 3;

/**
 * The span of each month of a period, in order. Quarters are counted from the period's start; a period
 * that ends in the middle of one judges what there is of it.
 */
export function spansOf(period: { start: string; end: string }): ReviewPeriod[] {
  const months = monthsBetween(period);
  return months.map(({ month, end }, index) => {
    const last = index === months.length - 1;
    const isQuarterEnd = (index + 1) % MONTHS_A_QUARTER === 0 || last;
    const first = isQuarterEnd ? index - (index % MONTHS_A_QUARTER) : index;
    return {
      month,
      from: (months[first] as Month).start,
      to: end,
      quarter: isQuarterEnd ? Math.floor(index / MONTHS_A_QUARTER) + 1 : null,
      last,
    };
  });
}

export interface PairSchedule {
  /** Such as the first Tuesday at 10:00 where the rep is. */
  reviews: { ordinal: number; weekday: Weekday; time: string };
  /** The rep's clocks and days. */
  zone: Zone;
  calendar: WorkCalendar;
  /** Dates on which the manager can't, where they are; null: nobody manages the rep. */
  manager: { zone: Zone; calendar: WorkCalendar } | null;
  /** What else has its time in the rep's week. */
  week: readonly WeekPart[];
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
/** To step around days off, a meeting is put off by so many days at most. */
const MOST_DAYS_OFF = 30;

/**
 * The meeting that judges `month` (`YYYY-MM`): on the plan's day of the month after it, or the next day
 * on which both work, and on which nothing else is in its way.
 */
export function meetingOf(schedule: PairSchedule, month: string): Date {
  const { zone, calendar, manager, reviews } = schedule;
  const wanted = reviewDate(month, reviews);
  let taken: Date | null = null;
  for (let days = 0; days <= MOST_DAYS_OFF; days++) {
    const date = addDays(wanted, days);
    const at = zone.instantAt(date, reviews.time);
    if (!isAtWork(calendar, date, reviews.time)) continue;
    if (manager && !isAtWorkAt(manager, at)) continue;
    // On its own day it is as both have signed it.
    if (days === 0 || !isTaken(schedule, date)) return at;
    taken ??= at;
  }
  return taken ?? zone.instantAt(wanted, reviews.time);
}

/** What a meeting takes of the rep's week, and what else does. */
export function besideMeeting(
  { week }: Pick<PairSchedule, 'week'>,
  date: string,
  time: string,
): { span: WeekSpan; others: WeekPart[] } {
  return {
    span: { days: [weekdayOf(date)], start: time, minutes: REVIEW_MINUTES },
    others: week.filter(({ kind }) => kind !== 'review'),
  };
}

function isTaken(schedule: PairSchedule, date: string): boolean {
  const { span, others } = besideMeeting(schedule, date, schedule.reviews.time);
  return clashOf(span, others) !== null;
}

/** Whether somebody works at an instant, on their own clocks. */
export function isAtWorkAt(
  { zone, calendar }: { zone: Zone; calendar: WorkCalendar },
  at: Date,
): boolean {
  return isAtWork(calendar, zone.dateAt(at), zone.timeAt(at));
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
  for (let days = 1; found.length < count && days <= 2 * MOST_DAYS_OFF; days++) {
    const one = addDays(date, -days);
    if (isWorkingDay(calendar, one)) found.push(one);
  }
  return found;
}

/** `ahead`: the rep wasn't asked yet. `past`: they never were, and the time of the meeting is over. */
export type ReviewState = 'skipped' | 'closed' | 'open' | 'answered' | 'asked' | 'ahead' | 'past';

export interface ScheduledReview {
  span: ReviewPeriod;
  /** Null: nothing is known of it yet. */
  review: Review | null;
  /** Where it was moved, around the time that it was moved to. */
  meeting: Meeting;
  state: ReviewState;
}

/** The reviews of a plan, in the order of their months. */
export function reviewTimes(
  { spans, schedule }: { spans: readonly ReviewPeriod[]; schedule: PairSchedule },
  reviews: ReadonlyMap<string, Review>,
  now: Date,
): ScheduledReview[] {
  return spans.map((span) => {
    const review = reviews.get(span.month) ?? null;
    const at = review?.movedTo ?? meetingOf(schedule, span.month);
    return {
      span,
      review,
      meeting: around(schedule, at, review?.askedAt ?? null),
      state: stateOf(review) ?? (at >= now ? 'ahead' : 'past'),
    };
  });
}

/** Null: nobody has begun with it. */
function stateOf(review: Review | null): Exclude<ReviewState, 'ahead' | 'past'> | null {
  if (review === null) return null;
  if (review.skippedAt !== null) return 'skipped';
  if (review.closedAt !== null) return 'closed';
  if (review.openedAt !== null) return 'open';
  if (review.answeredAt !== null) return 'answered';
  return review.askedAt === null ? null : 'asked';
}
