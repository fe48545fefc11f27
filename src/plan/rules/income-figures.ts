import type { Compensation, Goal } from '../schemas.ts';
import { type Commission, commission } from './commission.ts';
import { type Exact, exact } from './exact.ts';
import { type Explanation, explanation, type IncomeKey, money, number } from './explanation.ts';
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
  explanations: Record<IncomeKey, Explanation>;
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
    explanations: {
      'income.target': explainTarget(goal, target),
      'income.variableNeeded': explanation(
        'income wanted − base salary in the period, never below 0',
        {
          'income wanted': money(target),
          'base salary a year': money(exact(compensation.baseSalary)),
          'months in the period': number('count', months),
          'base salary in the period': money(base),
        },
        money(needed),
      ),
      'bookings.quota': explainQuota(compensation, months, quota),
    },
  };
}

function explainTarget({ income, livingCosts, lifeGoals }: Goal, target: Exact): Explanation {
  if (income !== null) {
    return explanation(
      'the income named in the plan',
      { income: money(exact(income)) },
      money(target),
    );
  }
  return {
    formula: 'living costs + life goals',
    inputs: [
      { label: 'living costs', ...money(exact(livingCosts ?? 0)) },
      ...lifeGoals.map(({ label, amount }) => ({ label, ...money(exact(amount)) })),
    ],
    result: money(target),
  };
}

function explainQuota({ quota, ramp }: Compensation, months: number, inPeriod: Exact): Explanation {
  const annual = { 'quota a year': money(exact(quota)) };
  if (ramp === null) {
    return explanation(
      'quota a year × months ÷ 12',
      { ...annual, 'months in the period': number('count', months) },
      money(inPeriod),
    );
  }
  return explanation(
    'quota a year ÷ 12 × the months that the ramp counts in full',
    { ...annual, 'sum of the ramp': number('count', inPeriod.mul(12).div(exact(quota))) },
    money(inPeriod),
  );
}
