import type { Compensation, Goal } from '../schemas.ts';
import { type Exact, exact } from './exact.ts';
import { type Explanation, explanation, type IncomeKey, money, number } from './explanation.ts';
import type { IncomeFigures } from './income-figures.ts';

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
        'income wanted': money(figures.target),
        'base salary a year': money(exact(compensation.baseSalary)),
        'months in the period': number('count', months),
        'base salary in the period': money(figures.base),
      },
      money(figures.variableNeeded),
    ),
    'bookings.quota': explainQuota(compensation, months, figures.quota),
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
