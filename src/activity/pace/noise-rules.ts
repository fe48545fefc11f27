/**
 * How much of a difference is chance. Chances and intervals are estimates, so floating point is
 * exact enough here.
 */

/** The standard normal quantile of a two-sided 95 % interval. */
export const Z_95 = 1.96;
/** The same of 99.8 %. */
export const Z_998 = 3.09;

export interface Interval {
  low: number;
  high: number;
}

/**
 * The Wilson score interval of a rate (fractions, 0–1) after `successes` in `trials` (above 0):
 * (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) ÷ (1 + z²/n), z the normal quantile. Unlike p ± z·SE it holds for small n and for
 * rates near 0 and 1 (E. B. Wilson, JASA 22, 1927).
 */
export function wilson(successes: number, trials: number, z: number): Interval {
  const rate = successes / trials;
  const spread = (z * z) / trials;
  const middle = rate + spread / 2;
  const half = z * Math.sqrt((rate * (1 - rate)) / trials + spread / (4 * trials));
  return {
    low: Math.max(0, (middle - half) / (1 + spread)),
    high: Math.min(1, (middle + half) / (1 + spread)),
  };
}

/** P(X ≤ count) of a Poisson count with the given mean: Σ e⁻ᵐ mⁱ ÷ i! for i up to `count`. */
export function poissonAtMost(count: number, mean: number): number {
  if (count < 0) return 0;
  if (mean <= 0) return 1;
  // In logarithms: e⁻ᵐ alone is 0 from a mean of about 745 on.
  let logTerm = -mean;
  let sum = 0;
  for (let i = 0; i <= count; i++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(mean / (i + 1));
  }
  return Math.min(1, sum);
}

/** P(X ≥ count) of a Poisson count with the given mean. */
export function poissonAtLeast(count: number, mean: number): number {
  return Math.max(0, 1 - poissonAtMost(count - 1, mean));
}
