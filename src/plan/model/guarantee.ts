/** What a guarantee or draw adds to the variable pay that is earned (spec *Compensation*). */
import type { Guarantee } from '../schemas.ts';
import { type Exact, exact, max, ZERO } from './exact.ts';

/** Minor units. */
export interface GuaranteeFigures {
  /** `perMonth` × months. */
  total: Exact;
  /** Paid beyond what was earned; of a recoverable one the most that was ever advanced. */
  topUps: Exact;
  /** Variable pay by each month's end, the guarantee in. */
  paidBy: Exact[];
}

/**
 * Variable pay by each month's end: where it is recoverable the larger of earned and guaranteed so far, else with
 * each month's top-up, max(0, perMonth − earned in the month). `earnedBy`: all components together, after caps.
 */
export function guaranteed(
  guarantee: Guarantee | null,
  earnedBy: readonly Exact[],
): GuaranteeFigures {
  if (guarantee === null) return { total: ZERO, topUps: ZERO, paidBy: [...earnedBy] };
  const perMonth = exact(guarantee.perMonth);
  const total = perMonth.mul(guarantee.months);
  if (guarantee.recoverable) {
    const advanced = earnedBy.map((earned, index) =>
      max(ZERO, perMonth.mul(Math.min(index + 1, guarantee.months)).sub(earned)),
    );
    return {
      total,
      topUps: advanced.reduce(max, ZERO),
      paidBy: earnedBy.map((earned, index) => earned.add(advanced[index] ?? ZERO)),
    };
  }
  let topUps = ZERO;
  const paidBy = earnedBy.map((earned, index) => {
    if (index < guarantee.months) {
      const inMonth = earned.sub(earnedBy[index - 1] ?? ZERO);
      topUps = topUps.add(max(ZERO, perMonth.sub(inMonth)));
    }
    return earned.add(topUps);
  });
  return { total, topUps, paidBy };
}
