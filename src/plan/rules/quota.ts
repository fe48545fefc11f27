import type { Compensation } from '../schemas.ts';
import { type Exact, exact, sum } from './exact.ts';

/**
 * Quota in the period, in minor units (spec step 2).
 * Q = quota × months / 12; with `ramp` (a fraction a month) Σ quota / 12 × ramp of each month.
 */
export function quotaInPeriod(
  { quota, ramp }: Pick<Compensation, 'quota' | 'ramp'>,
  months: number,
): Exact {
  const quotaMonths = ramp === null ? exact(months) : sum(ramp.map(exact));
  return exact(quota).mul(quotaMonths).div(12);
}
