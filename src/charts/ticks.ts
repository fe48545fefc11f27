/**
 * Round values from 0 to at least `most`, in at most `intervals` steps of 1, 2, 2.5 or 5 times a power
 * of ten; a step is a multiple of `least`, itself a power of ten.
 */
export function niceTicks(most: number, least: number, intervals = 4): number[] {
  const rough = Math.max(most / intervals, least);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factors = power > least ? [1, 2, 2.5, 5, 10] : [1, 2, 5, 10];
  const step = power * (factors.find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10);
  const count = Math.max(1, Math.ceil(most / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}
