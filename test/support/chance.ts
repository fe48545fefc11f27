/** Draws from a seed: the same seed draws the same. */

export type Random = () => number;

/** Numbers from 0 to 1 (mulberry32), of a stream of its own for each set of parts. */
export function randomFrom(...parts: readonly (number | string)[]): Random {
  let state = 2166136261;
  for (const char of parts.join('/')) state = Math.imul(state ^ char.charCodeAt(0), 16777619) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many exponential waits fit into the mean. */
export function poisson(random: Random, mean: number): number {
  let count = -1;
  for (let waited = 0; waited <= mean; count++) waited -= Math.log(1 - random());
  return count;
}

/** How many of so many tries come off. */
export function binomial(random: Random, tries: number, chance: number): number {
  let count = 0;
  for (let i = 0; i < tries; i++) if (random() < chance) count++;
  return count;
}

/** Standard normal (Box and Muller). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Above 0, with the given mean and coefficient of variation. */
export function lognormal(random: Random, mean: number, cv: number): number {
  const variance = Math.log(1 + cv * cv);
  return mean * Math.exp(Math.sqrt(variance) * normal(random) - variance / 2);
}

/** Gamma with the given mean and a whole shape (CV = 1 ÷ √shape): a sum of exponential waits. */
export function waiting(random: Random, mean: number, shape: number): number {
  let sum = 0;
  for (let i = 0; i < shape; i++) sum -= Math.log(1 - random());
  return (mean * sum) / shape;
}
