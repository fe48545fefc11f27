import type { PlanTerms } from '../schemas.ts';
import { checkCalendar } from './check-calendar.ts';
import { checkCompensation } from './check-compensation.ts';
import { checkGoal } from './check-goal.ts';
import { checkPeriod } from './check-period.ts';
import { checkRenewal } from './check-renewal.ts';
import { checkSellingDays } from './check-selling-days.ts';
import { type Problem, under } from './problem.ts';

/** All that fields together can have wrong, once each is sound (spec "Refused"). */
export function checkPlan(terms: PlanTerms): Problem[] {
  const { period, calendar, goal, compensation, renewals, newBusiness } = terms;
  const periodProblems = under('period', checkPeriod(period));
  if (periodProblems.length > 0) return periodProblems;
  return [
    ...under('calendar', checkCalendar(calendar)),
    ...under('goal', checkGoal(goal)),
    ...under('compensation', checkCompensation(compensation, period)),
    ...renewals.flatMap((row, index) => under(`renewals.${index}`, checkRenewal(row, period))),
    ...checkSellingDays(period, calendar, newBusiness.salesCycleDays),
  ];
}
