/** Step 1: the income that is wanted, and what variable pay has to bring of it. */
import type { Compensation, Goal } from '../schemas.ts';
import { type Exact, exact, max, sumOfIntegers, ZERO } from './exact.ts';

/** Money in minor units, for the period, before tax. */
export interface IncomeFigures {
  /** G. */
  target: Exact;
  base: Exact;
  otherPay: Exact;
  /** V. */
  variableNeeded: Exact;
}

/** G = `income`; without it `livingCosts` + Σ life goals (spec step 1). */
export function incomeTarget({ income, livingCosts, lifeGoals }: Goal): Exact {
  if (income !== null) return exact(income);
  return sumOfIntegers([livingCosts ?? 0, ...lifeGoals.map(({ amount }) => amount)]);
}

/** Base salary earned in `months`, in minor units: `baseSalary` × months / 12. */
export function baseInMonths(baseSalary: Compensation['baseSalary'], months: number): Exact {
  return exact(baseSalary).mul(months).div(12);
}

/** Fixed pay beside the salary, in the period. */
export function otherPayOf({ otherPay }: Pick<Compensation, 'otherPay'>): Exact {
  return sumOfIntegers(otherPay.map(({ amount }) => amount));
}

/** V = max(0, G − base salary × months / 12 − Σ other pay). */
export function incomeFigures(
  goal: Goal,
  compensation: Pick<Compensation, 'baseSalary' | 'otherPay'>,
  months: number,
): IncomeFigures {
  const target = incomeTarget(goal);
  const base = baseInMonths(compensation.baseSalary, months);
  const otherPay = otherPayOf(compensation);
  return { target, base, otherPay, variableNeeded: max(ZERO, target.sub(base).sub(otherPay)) };
}
