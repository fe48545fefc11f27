/** How what the plan earns came about: steps 3 and 5. */
import { monthOf } from '../../time/local-date.ts';
import type { PlanTerms } from '../schemas.ts';
import { earningOf, payIn } from './component-pay.ts';
import { exact } from './exact.ts';
import {
  type EarningKey,
  type Explanation,
  explanation,
  type Input,
  moneyQuantity,
  numberQuantity,
} from './explanation.ts';
import { addLayers, NO_BOOKINGS } from './layers.ts';
import { bookedInMonths } from './milestones.ts';
import type { ComponentAtPlan, PlanFigures } from './plan-figures.ts';

export function explainPay(
  figures: PlanFigures,
  terms: PlanTerms,
): Partial<Record<EarningKey, Explanation>> {
  const { atPlan, bookings } = figures;
  const leading = atPlan.find(({ component }) => component === bookings.leading);
  const pays = atPlan.map((outcome, index): [EarningKey, Explanation] => [
    `compensation.${index}.pay`,
    explainComponent(outcome, figures),
  ]);
  return {
    ...(leading && { 'bookings.attainment': explainAttainment(leading) }),
    ...Object.fromEntries(pays),
    ...explainGuarantee(figures, terms),
  };
}

const explainAttainment = ({ component, credit, attainment }: ComponentAtPlan): Explanation =>
  explanation(
    'what counts towards the quota at plan ÷ quota in the period',
    {
      'counts towards it': moneyQuantity(credit),
      'quota in the period': moneyQuantity(component.quota),
    },
    numberQuantity('fraction', attainment),
  );

function explainComponent(
  { component, credit, attainment, pay }: ComponentAtPlan,
  { timeline }: PlanFigures,
): Explanation {
  const booked = bookedInMonths(timeline);
  const periods = component.spans.map((span): Input => {
    const inSpan = span.months.reduce(
      (all, index) => addLayers(all, booked[index] ?? NO_BOOKINGS),
      NO_BOOKINGS,
    );
    const paid = payIn(component, span, earningOf(component, span, inSpan));
    const [first, last] = [monthOf(span.start), monthOf(span.end)];
    const label = first === last ? `pays for ${first}` : `pays for ${first} to ${last}`;
    return { label, ...moneyQuantity(paid) };
  });
  const { formula, inputs, result } = explanation(
    'quota period by quota period: the bookings × their rate × what the accelerators make of it, plus bonuses; at most the cap',
    {
      'counts towards the quota at plan': moneyQuantity(credit),
      'quota in the period': moneyQuantity(component.quota),
      attainment: component.quota.equals(0) ? null : numberQuantity('fraction', attainment),
      cap: component.cap && moneyQuantity(component.cap),
    },
    moneyQuantity(pay),
  );
  return { formula, inputs: [...inputs, ...periods], result };
}

function explainGuarantee(
  { guarantee }: PlanFigures,
  { compensation }: PlanTerms,
): Partial<Record<EarningKey, Explanation>> {
  const agreed = compensation.guarantee;
  if (agreed === null) return {};
  return {
    'guarantee.topUps': explanation(
      agreed.recoverable
        ? 'the most by which what is guaranteed so far is ahead of what is earned so far'
        : 'what is guaranteed − what is earned, month by month, never below 0',
      {
        'guaranteed a month': moneyQuantity(exact(agreed.perMonth)),
        months: numberQuantity('count', agreed.months),
        'guaranteed in all': moneyQuantity(guarantee.total),
      },
      moneyQuantity(guarantee.topUps),
    ),
  };
}
