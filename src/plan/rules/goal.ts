import type { Compensation, Goal } from '../schemas.ts';
import { type Exact, exact, max, sumOfIntegers, ZERO } from './exact.ts';

/**
 * The income that the rep wants in the period, before tax, in minor units (spec step 1).
 * G = `income`; without it `livingCosts` + Σ life goals.
 */
export function incomeTarget({ income, livingCosts, lifeGoals }: Goal): Exact {
  if (income !== null) return exact(income);
  return sumOfIntegers([livingCosts ?? 0, ...lifeGoals.map(({ amount }) => amount)]);
}

/** Base salary earned in `months`, in minor units: `baseSalary` × months / 12. */
export function baseInMonths(baseSalary: Compensation['baseSalary'], months: number): Exact {
  return exact(baseSalary).mul(months).div(12);
}

/**
 * What commission has to bring, in minor units (spec step 1).
 * V = max(0, G − base salary × months / 12).
 */
export function variableNeeded(target: Exact, baseSalary: number, months: number): Exact {
  return max(ZERO, target.sub(baseInMonths(baseSalary, months)));
}
