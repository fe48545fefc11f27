/** How the figures of steps 1 to 6 came about. */
import type { Component, PlanTerms } from '../schemas.ts';
import { exact, max, sum } from './exact.ts';
import {
  dateQuantity,
  type Explanation,
  explanation,
  moneyQuantity,
  numberQuantity,
  type TargetKey,
} from './explanation.ts';
import { otherPayOf } from './income.ts';
import type { TargetFigures } from './plan-figures.ts';
import { QUOTA_MONTHS } from './quota-spans.ts';

export function explainTarget(
  figures: TargetFigures,
  terms: PlanTerms,
): Record<TargetKey, Explanation> {
  return {
    'income.target': explainGoal(figures, terms),
    'income.variableNeeded': explainNeeded(figures, terms),
    'bookings.quota': explainQuota(figures, terms),
    'bookings.required': explainRequired(figures),
    'bookings.target': explanation(
      'the larger of the bookings that meet every quota and those that earn the goal',
      {
        'bookings that meet every quota': moneyQuantity(figures.bookings.quotaTotal),
        'bookings that earn the goal': moneyQuantity(figures.bookings.required),
      },
      moneyQuantity(figures.bookings.target),
    ),
    ...explainPipeline(figures, terms),
  };
}

function explainGoal({ income: { target } }: TargetFigures, { goal }: PlanTerms): Explanation {
  const { income, livingCosts, lifeGoals } = goal;
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

function explainNeeded(
  { income, months }: TargetFigures,
  { compensation }: PlanTerms,
): Explanation {
  const otherPay = otherPayOf(compensation);
  return explanation(
    'income wanted − base salary in the period − other fixed pay, never below 0',
    {
      'income wanted': moneyQuantity(income.target),
      'base salary a year': moneyQuantity(exact(compensation.baseSalary)),
      'months in the period': numberQuantity('count', months.length),
      'base salary in the period': moneyQuantity(income.base),
      'other fixed pay': otherPay.equals(0) ? null : moneyQuantity(otherPay),
    },
    moneyQuantity(income.variableNeeded),
  );
}

const QUOTA_NAMES: Record<Component['quotaPeriod'], string> = {
  year: 'quota a year',
  half: 'quota a half-year',
  quarter: 'quota a quarter',
  month: 'quota a month',
};

/** Of the component whose attainment speaks for the plan. */
function explainQuota(
  { bookings: { leading }, components, months }: TargetFigures,
  { compensation }: PlanTerms,
): Explanation {
  const terms = compensation.components[components.indexOf(leading)];
  if (!terms) throw new RangeError('a component of the plan');
  const { quotaPeriod, quota, ramp } = terms;
  const name = QUOTA_NAMES[quotaPeriod];
  const length = QUOTA_MONTHS[quotaPeriod];
  return explanation(
    ramp === null
      ? `${name} × months in the period ÷ ${length}`
      : `${name} ÷ ${length} × the months that the ramp counts, added up`,
    {
      [name]: moneyQuantity(exact(quota)),
      'months in the period': numberQuantity('count', months.length),
      'months that the ramp counts': ramp && numberQuantity('count', sum(ramp.map(exact))),
    },
    moneyQuantity(leading.quota),
  );
}

function explainRequired({ income, bookings, known, carries }: TargetFigures): Explanation {
  const { required, reachable, curve } = bookings;
  const instead = carries
    ? 'no bookings bring the variable pay that is needed, so quota stands in'
    : 'renewals and expansion don’t bring the variable pay that is needed, so all of them stand in';
  return explanation(
    reachable
      ? 'the least bookings whose pay, quota period by quota period, brings what is needed'
      : instead,
    {
      'variable pay needed': moneyQuantity(income.variableNeeded),
      'expected renewals': moneyQuantity(known.renewal),
      'expansion targets': moneyQuantity(known.expansion),
      'variable pay on these bookings': moneyQuantity(curve.at(required)),
    },
    moneyQuantity(required),
  );
}

function explainPipeline(
  { bookings: { target }, known, pipeline }: TargetFigures,
  { pipeline: { xFactor, winRate }, insurance }: PlanTerms,
) {
  const multiplied = max(target, known.renewal.add(known.expansion)).sub(known.renewal);
  const hasRenewals = !known.renewalAmounts.equals(0);
  const rest = {
    'to be booked beside renewals': moneyQuantity(multiplied),
    'amounts of all renewals': hasRenewals ? moneyQuantity(known.renewalAmounts) : null,
  };
  const formula = (x: string) =>
    hasRenewals
      ? `to be booked beside renewals × ${x} + the amounts of all renewals, whose cut is their X`
      : `to be booked × ${x}`;
  return {
    'pipeline.xFactor': explanation(
      'qualified pipeline for each unit to be booked, as agreed',
      {
        'win rate': numberQuantity('fraction', winRate),
        '1 ÷ win rate': numberQuantity('factor', pipeline.impliedXFactor),
      },
      numberQuantity('factor', xFactor),
    ),
    'pipeline.required': explanation(
      formula('X'),
      { ...rest, X: numberQuantity('factor', xFactor) },
      moneyQuantity(pipeline.required),
    ),
    'pipeline.insured': explanation(
      formula('insured X'),
      {
        ...rest,
        'insured X': numberQuantity('factor', insurance.xFactor),
        'insured by': dateQuantity(insurance.by),
      },
      moneyQuantity(pipeline.insured),
    ),
    'pipeline.impliedXFactor': explanation(
      '1 ÷ win rate',
      { 'win rate': numberQuantity('fraction', winRate) },
      numberQuantity('factor', pipeline.impliedXFactor),
    ),
  };
}
