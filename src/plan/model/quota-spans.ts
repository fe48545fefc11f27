/** Step 2: the quota periods of a component within a plan. */
import { type Month, monthsApart } from '../../time/local-date.ts';
import type { Component, LocalDate } from '../schemas.ts';
import { type Exact, exact, ratio, sum, ZERO } from './exact.ts';

/** Months in a whole quota period. */
export const QUOTA_MONTHS: Record<Component['quotaPeriod'], number> = {
  year: 12,
  half: 6,
  quarter: 3,
  month: 1,
};

/** One quota period, as far as it lies in the plan. Attainment begins anew in each. */
export interface QuotaSpan {
  /** Its months, as indices of the plan's. */
  months: number[];
  start: LocalDate;
  end: LocalDate;
  /** Its months ÷ those of a whole quota period: under 1 where the plan cuts it short. */
  share: Exact;
  /** Q_cp, in minor units; 0 where its ramp is. */
  quota: Exact;
  /** The same without the ramp. */
  unramped: Exact;
}

type Quota = Pick<Component, 'quota' | 'quotaPeriod' | 'quotaStart' | 'ramp'>;

/**
 * The quota periods of a component in the months of a plan, in order (spec *Compensation*, step 2).
 *
 * They are counted from the plan's first month or from `quotaStart`, both ways. Q_cp = Σ over its months of
 * quota ÷ months of a whole quota period × the month's ramp.
 */
export function quotaSpans(
  { quota, quotaPeriod, quotaStart, ramp }: Quota,
  months: readonly Month[],
): QuotaSpan[] {
  const length = QUOTA_MONTHS[quotaPeriod];
  const anchor = quotaStart ?? months[0]?.month ?? '';
  const byNumber = new Map<number, number[]>();
  for (const [index, { month }] of months.entries()) {
    const number = Math.floor(monthsApart(anchor, month) / length);
    byNumber.set(number, [...(byNumber.get(number) ?? []), index]);
  }
  const aMonth = ratio(quota, length);
  return [...byNumber.values()].map((indices) => {
    const unramped = aMonth.mul(indices.length);
    return {
      months: indices,
      start: months[indices[0] ?? 0]?.start ?? '',
      end: months[indices.at(-1) ?? 0]?.end ?? '',
      share: ratio(indices.length, length),
      quota: ramp ? aMonth.mul(sum(indices.map((index) => exact(ramp[index] ?? 1)))) : unramped,
      unramped,
    };
  });
}

/** Q_c: the quota of all its periods, in minor units. */
export function quotaOf(spans: readonly QuotaSpan[]): Exact {
  return spans.reduce((total, { quota }) => total.add(quota), ZERO);
}
