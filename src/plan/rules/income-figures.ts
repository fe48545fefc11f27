import type { Compensation, Goal } from '../schemas.ts';
import { type Commission, commission } from './commission.ts';
import type { Exact } from './exact.ts';
import { baseInMonths, incomeTarget, variableNeeded } from './goal.ts';
import { quotaInPeriod } from './quota.ts';

/** Steps 1 to 3 of one plan; money in minor units. */
export interface IncomeFigures {
  target: Exact;
  /** Base salary in the period. */
  base: Exact;
  variableNeeded: Exact;
  quota: Exact;
  commission: Commission;
}

export function incomeFigures(
  goal: Goal,
  compensation: Compensation,
  months: number,
): IncomeFigures {
  const target = incomeTarget(goal);
  const needed = variableNeeded(target, compensation.baseSalary, months);
  const base = baseInMonths(compensation.baseSalary, months);
  const quota = quotaInPeriod(compensation, months);
  return {
    target,
    base,
    variableNeeded: needed,
    quota,
    commission: commission(compensation, quota),
  };
}
