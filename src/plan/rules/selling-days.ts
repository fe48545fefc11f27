import { addDays, monthsBetween } from '../../time/local-date.ts';
import { workingDays } from '../../time/working-days.ts';
import type { Calendar, Period } from '../schemas.ts';
import { type Exact, exact } from './exact.ts';

/**
 * N: the days on which a deal can still be started and won in time (spec step 8): working days from
 * the start to (end − `salesCycleDays` calendar days), both in, holidays and time off out.
 */
export function sellingDays(period: Period, calendar: Calendar, salesCycleDays: number): number {
  return workingDays(calendar, period.start, addDays(period.end, -salesCycleDays));
}

/**
 * M: days in a usual month (spec step 8): working days of the whole period with holidays out and
 * time off in, ÷ months.
 */
export function daysPerMonth(period: Period, calendar: Calendar): Exact {
  const days = workingDays({ ...calendar, timeOff: [] }, period.start, period.end);
  return exact(days).div(monthsBetween(period).length);
}
