import type { LocalDate, Minor, PlanTerms } from '../schemas.ts';
import { type BookingsFigures, splitTotal } from './bookings.ts';
import { type Exact, max, toMinor, toNumber, ZERO } from './exact.ts';
import type { IncomeFigures } from './income.ts';
import type { LifeGoalPayment } from './life-goals.ts';
import { isThin, type PipelineFigures } from './pipeline.ts';

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
  | { code: 'x_factor_thin'; xFactor: number; winRate: number; impliedXFactor: number }
  | {
      code: 'goal_late';
      label: string;
      amount: Minor;
      by: LocalDate;
      dueByThen: Minor;
      moneyByThen: number;
      paidOn: LocalDate | null;
    };

export function goalWarnings(income: IncomeFigures, bookings: BookingsFigures): Warning[] {
  const { cap } = income.commission;
  if (!bookings.reachable) {
    return [
      {
        code: 'goal_unreachable',
        variableNeeded: toMinor(income.variableNeeded),
        cap: cap?.lt(income.variableNeeded) ? toMinor(cap) : null,
      },
    ];
  }
  if (!bookings.belowQuota) return [];
  return [
    {
      code: 'goal_below_quota',
      required: toMinor(bookings.required),
      atQuota: toMinor(bookings.atQuota),
      extra: toMinor(max(ZERO, incomeAtTarget(income, bookings).sub(income.target))),
    },
  ];
}

function incomeAtTarget(income: IncomeFigures, { target, known }: BookingsFigures): Exact {
  return income.base.add(income.commission.pay(splitTotal(target, known)));
}

export function thinWarning(
  pipeline: PlanTerms['pipeline'],
  { impliedXFactor }: PipelineFigures,
): Warning[] {
  if (!isThin(pipeline)) return [];
  return [{ code: 'x_factor_thin', ...pipeline, impliedXFactor: toNumber(impliedXFactor) }];
}

export function lateWarnings(lifeGoals: readonly LifeGoalPayment[]): Warning[] {
  return lifeGoals.flatMap(({ late, ...goal }): Warning[] =>
    late ? [{ code: 'goal_late', ...goal }] : [],
  );
}
