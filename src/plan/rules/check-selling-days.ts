import { daysBetween } from '../../time/local-date.ts';
import { workingDates } from '../../time/working-days.ts';
import type { Calendar, Period } from '../schemas.ts';
import type { Problem } from './problem.ts';
import { sellingDays } from './selling-days.ts';

/**
 * At least one selling day is left; path `calendar` where the period has no working day at all,
 * else `newBusiness.salesCycleDays`.
 */
export function checkSellingDays(
  period: Period,
  calendar: Calendar,
  salesCycleDays: number,
): Problem[] {
  if (sellingDays(period, calendar, salesCycleDays) > 0) return [];
  const [firstDay] = workingDates(calendar, period.start, period.end);
  if (firstDay === undefined) {
    return [
      {
        path: 'calendar',
        problem: 'leaves no working day in the period: fewer holidays or less time off would do',
      },
    ];
  }
  return [
    {
      path: 'newBusiness.salesCycleDays',
      problem: `leaves no day to start a deal in the period: ${daysBetween(firstDay, period.end)} at most`,
    },
  ];
}
