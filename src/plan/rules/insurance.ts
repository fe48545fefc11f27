import { lastDayOfMonth } from '../../time/local-date.ts';
import type { Insurance, Period, Risk } from '../schemas.ts';
import { type Exact, sumOfProducts } from './exact.ts';

/** What the risks may cost, in minor units: Σ probability × impact (spec step 11). */
export function riskExposure(risks: readonly Pick<Risk, 'probability' | 'impact'>[]): Exact {
  return sumOfProducts(risks.map(({ probability, impact }) => [probability, impact] as const));
}

/**
 * The insurance plan that a plan begins with (spec "Defaults"): X of max(3.25, X) by the last day of
 * the period's fourth month, or of its last where it is shorter; no risks.
 */
export function defaultInsurance({ start, end }: Period, xFactor: number): Insurance {
  const fourth = lastDayOfMonth(start, 3);
  return { xFactor: Math.max(3.25, xFactor), by: fourth < end ? fourth : end, risks: [] };
}
