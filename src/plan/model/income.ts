/** Steps 1 to 3: the income that is wanted, and what commission has to bring of it. */
import type { Compensation, Goal } from '../schemas.ts';
import { type Commission, commission, quotaInPeriod } from './commission.ts';
import { type Exact, exact, max, sumOfIntegers, ZERO } from './exact.ts';
import {
  type Explanation,
  explanation,
  type IncomeKey,
  moneyQuantity,
  numberQuantity,
} from './explanation.ts';

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

export function explainIncome(
  figures: IncomeFigures,
  goal: Goal,
  compensation: Compensation,
  months: number,
): Record<IncomeKey, Explanation> {
  return {
    'income.target': explainTarget(goal, figures.target),
    'income.variableNeeded': explanation(
      'income wanted − base salary in the period, never below 0',
      {
        'income wanted': moneyQuantity(figures.target),
        'base salary a year': moneyQuantity(exact(compensation.baseSalary)),
        'months in the period': numberQuantity('count', months),
        'base salary in the period': moneyQuantity(figures.base),
      },
      moneyQuantity(figures.variableNeeded),
    ),
    'bookings.quota': explainQuota(compensation, months, figures.quota),
  };
}

function explainTarget({ income, livingCosts, lifeGoals }: Goal, target: Exact): Explanation {
  if (income !== null) {
    return explanation(
      'the income named in the plan',
      { income: moneyQuantity(exact(income)) },
      moneyQuantity(target),
    );
  }
  return {
    formula: 'living costs + life goals',
    inputs: [
      { label: 'living costs', ...moneyQuantity(exact(livingCosts ?? 0)) },
      ...lifeGoals.map(({ label, amount }) => ({ label, ...moneyQuantity(exact(amount)) })),
    ],
    result: moneyQuantity(target),
  };
}

function explainQuota({ quota, ramp }: Compensation, months: number, inPeriod: Exact): Explanation {
  const annual = { 'quota a year': moneyQuantity(exact(quota)) };
  if (ramp === null) {
    return explanation(
      'quota a year × months ÷ 12',
      { ...annual, 'months in the period': numberQuantity('count', months) },
      moneyQuantity(inPeriod),
    );
  }
  return explanation(
    'quota a year ÷ 12 × the months that the ramp counts in full',
    { ...annual, 'sum of the ramp': numberQuantity('count', inPeriod.mul(12).div(exact(quota))) },
    moneyQuantity(inPeriod),
  );
}
