import type { LocalDate, Minor, PlanTerms } from '../schemas.ts';
import { max, ratio, sum, toMinor, toNumber, ZERO } from './exact.ts';
import { winRateOf } from './funnel.ts';
import { isUnder } from './money.ts';
import { funnelDisagrees, isThin } from './pipeline.ts';
import type { PlanFigures, TargetFigures } from './plan-figures.ts';

/** What the pair should know before they sign; money in minor units. Worded elsewhere. */
export type Warning =
  | { code: 'goal_unreachable'; variableNeeded: Minor; cap: Minor | null }
  | {
      code: 'goal_below_quota';
      required: Minor;
      atQuota: Minor;
      /** What the target earns beyond the income goal. */
      extra: Minor;
    }
  | { code: 'component_short'; name: string; credit: Minor; quota: Minor }
  | {
      code: 'period_short';
      name: string;
      start: LocalDate;
      end: LocalDate;
      credit: Minor;
      quota: Minor;
    }
  | { code: 'pay_falls'; target: Minor; payAtTarget: Minor; required: Minor; payAtRequired: Minor }
  | { code: 'x_factor_thin'; xFactor: number; winRate: number; impliedXFactor: number }
  /** `funnel`: what its last three rates make, a fraction. */
  | { code: 'funnel_disagrees'; winRate: number; funnel: number }
  | { code: 'gap_uncovered'; uncovered: Minor }
  | { code: 'opening_missing'; newBusiness: Minor; salesCycleDays: number }
  | { code: 'cycle_too_long'; sellingDays: number; salesCycleDays: number; uncovered: Minor }
  | {
      code: 'goal_late';
      label: string;
      amount: Minor;
      by: LocalDate;
      dueByThen: Minor;
      moneyByThen: number;
      paidOn: LocalDate | null;
    };

/** What follows from goal, comp plan and pipeline (spec steps 5 and 6). */
export function targetWarnings(terms: PlanTerms, figures: TargetFigures): Warning[] {
  return [
    ...goalWarnings(terms, figures),
    ...payFallsWarning(terms, figures),
    ...pipelineWarnings(terms, figures),
  ];
}

/** What follows from the plan as a whole (spec steps 5, 7, 8 and 13). */
export function planWarnings(terms: PlanTerms, figures: PlanFigures): Warning[] {
  return [
    ...shortWarnings(terms, figures),
    ...newBusinessWarnings(terms, figures),
    ...figures.lifeGoals.flatMap(({ late, ...goal }): Warning[] =>
      late ? [{ code: 'goal_late', ...goal }] : [],
    ),
  ];
}

function goalWarnings(
  { currency }: PlanTerms,
  { income, bookings, components }: TargetFigures,
): Warning[] {
  if (!bookings.reachable) {
    const caps = components.map(({ cap }) => cap);
    const most = caps.includes(null) ? null : sum(caps.flatMap((cap) => cap ?? []));
    return [
      {
        code: 'goal_unreachable',
        variableNeeded: toMinor(income.variableNeeded),
        cap: most?.lt(income.variableNeeded) ? toMinor(most) : null,
      },
    ];
  }
  const { required, quotaTotal, target, curve } = bookings;
  if (!isUnder(required, quotaTotal, currency)) return [];
  const atTarget = income.base.add(income.otherPay).add(curve.at(target));
  return [
    {
      code: 'goal_below_quota',
      required: toMinor(required),
      atQuota: toMinor(quotaTotal),
      extra: toMinor(max(ZERO, atTarget.sub(income.target))),
    },
  ];
}

function payFallsWarning(
  { currency }: PlanTerms,
  { bookings: { required, target, curve } }: TargetFigures,
): Warning[] {
  if (required.gte(target)) return [];
  const [payAtTarget, payAtRequired] = [curve.at(target), curve.at(required)];
  if (!isUnder(payAtTarget, payAtRequired, currency)) return [];
  return [
    {
      code: 'pay_falls',
      target: toMinor(target),
      payAtTarget: toMinor(payAtTarget),
      required: toMinor(required),
      payAtRequired: toMinor(payAtRequired),
    },
  ];
}

function pipelineWarnings(
  { pipeline: { xFactor, winRate }, funnel }: PlanTerms,
  { pipeline: { impliedXFactor } }: TargetFigures,
): Warning[] {
  return [
    ...(isThin({ xFactor, winRate })
      ? [
          {
            code: 'x_factor_thin' as const,
            xFactor,
            winRate,
            impliedXFactor: toNumber(impliedXFactor),
          },
        ]
      : []),
    ...(funnelDisagrees(funnel, winRate)
      ? [{ code: 'funnel_disagrees' as const, winRate, funnel: winRateOf(funnel) }]
      : []),
  ];
}

const HALF = ratio(1, 2);

function shortWarnings({ currency }: PlanTerms, { atPlan }: PlanFigures): Warning[] {
  return atPlan.flatMap(({ component, credit, credits }): Warning[] => {
    const { name, quota, spans } = component;
    const whole: Warning[] = isUnder(credit, quota, currency)
      ? [{ code: 'component_short', name, credit: toMinor(credit), quota: toMinor(quota) }]
      : [];
    const periods = spans.flatMap((span, index): Warning[] => {
      const inSpan = credits[index] ?? ZERO;
      if (!isUnder(inSpan, span.quota.mul(HALF), currency)) return [];
      const { start, end } = span;
      return [
        {
          code: 'period_short',
          name,
          start,
          end,
          credit: toMinor(inSpan),
          quota: toMinor(span.quota),
        },
      ];
    });
    return [...whole, ...periods];
  });
}

function newBusinessWarnings(
  { currency, newBusiness: { salesCycleDays }, pipeline }: PlanTerms,
  { carries, needs, uncovered, weights }: PlanFigures,
): Warning[] {
  if (!carries) {
    return isUnder(ZERO, uncovered, currency)
      ? [{ code: 'gap_uncovered', uncovered: toMinor(uncovered) }]
      : [];
  }
  const warnings: Warning[] = [];
  const isAsked = isUnder(ZERO, needs.target, currency);
  if (isAsked && pipeline.opening.newBusiness === 0 && salesCycleDays >= 30) {
    warnings.push({ code: 'opening_missing', newBusiness: toMinor(needs.target), salesCycleDays });
  }
  if (weights.cycleTooLong && isUnder(ZERO, needs.toCreate, currency)) {
    warnings.push({
      code: 'cycle_too_long',
      sellingDays: weights.sellingDays,
      salesCycleDays,
      uncovered: toMinor(uncovered),
    });
  }
  return warnings;
}
