/**
 * Is this more than chance, for this rep? The one place that says so, of days and of months (spec *Fair
 * measure*). Chances are fractions; nothing here knows what a count means.
 */

/** The chance at which what is short in a month's review counts as missed. */
export const MONTH_LEVEL = 0.05;
/** The same of a daily note: asked every morning, it has to be rarer. */
export const DAY_NOTE_LEVEL = 0.01;
/** The same of bookings and pipeline, of which there are few: judged in deals. */
export const DEALS_LEVEL = 0.1;

/** What was done on a logged day, and what that day's own plan was. */
export interface DoneOfPlanned {
  planned: number;
  done: number;
}

/**
 * How an ordinary rep's days and weeks vary around their level, as a share of it (coefficients of
 * variation), beyond Poisson: what is assumed before a rep's own days say better.
 */
const USUAL_DAY_CV = 0.4;
const USUAL_WEEK_CV = 0.1;
/** As many days and weeks as the assumption counts for. */
const PRIOR_DAYS = 20;
const PRIOR_WEEKS = 10;
const WEEK = 5;
/** Rarer than this a day is one or none: its plan, in whole numbers, says nothing of its noise. */
const LEAST_A_DAY = 3;
/** The days whose plan the dispersion is of: the more is planned, the more the same person's counts vary. */
const A_MONTH = 21;

/**
 * CV² of counts beyond Poisson, for each planned a day, with the assumption pooled in by its weight.
 *
 * Of standardised residuals z = (done − planned) ÷ √planned the mean square successive difference,
 * Σ (zᵢ₊₁ − zᵢ)² ÷ 2, is 1 + planned × CV²: differences, lest a lasting change of level counts as noise and
 * hides itself (von Neumann, Kent, Bellinson & Hart, Ann. Math. Stat. 12, 1941).
 */
function pooledCv2(
  parts: readonly DoneOfPlanned[],
  daysEach: number,
  usual: number,
  prior: number,
) {
  let [pairs, excess, planned] = [0, 0, 0];
  let before: number | null = null;
  for (const part of parts) {
    const z = (part.done - part.planned) / Math.sqrt(part.planned);
    if (before !== null) {
      pairs += 1;
      excess += (z - before) ** 2 / 2 - 1;
      planned += part.planned / daysEach;
    }
    before = z;
  }
  const weight = prior * (pairs > 0 ? planned / pairs : 1);
  return (excess + usual * weight) / (planned + weight);
}

/** Whole weeks of five days, the newest kept whole. */
function weeksOf(days: readonly DoneOfPlanned[]): DoneOfPlanned[] {
  const weeks: DoneOfPlanned[] = [];
  for (let first = days.length % WEEK; first < days.length; first += WEEK) {
    const week = days.slice(first, first + WEEK);
    weeks.push({
      planned: week.reduce((sum, { planned }) => sum + planned, 0),
      done: week.reduce((sum, { done }) => sum + done, 0),
    });
  }
  return weeks.filter(({ planned }) => planned > 0);
}

/**
 * The dispersion of one activity of one rep: variance ÷ mean of a sum of days (1 is Poisson, never
 * less). `days` are the rep's logged ones in order; what is missing in evidence is assumed: variance =
 * mean × (1 + planned a day × CV²), so that what is rare is next to Poisson (negative binomial).
 *
 * Days of one week resemble each other, so a sum of weeks varies by more than its days do: of days and
 * weeks the larger holds.
 */
export function dispersionOf(days: readonly DoneOfPlanned[]): number {
  const lately = days.slice(-A_MONTH);
  const perDay = lately.reduce((sum, { planned }) => sum + planned, 0) / Math.max(1, lately.length);
  const known = days.filter(({ planned }) => planned > 0);
  const ofDay = USUAL_DAY_CV ** 2;
  const ofWeek = ofDay + WEEK * USUAL_WEEK_CV ** 2;
  const byDay = perDay < LEAST_A_DAY ? 0 : pooledCv2(known, 1, ofDay, PRIOR_DAYS);
  const byWeek = pooledCv2(weeksOf(days), WEEK, ofWeek, PRIOR_WEEKS);
  return 1 + perDay * Math.max(0, byDay, byWeek);
}

/** Nearer to 1 a negative binomial is Poisson. */
const POISSON = 1 + 1e-9;
/** A term this much smaller than the sum adds nothing. */
const NEGLIGIBLE = 1e-18;

/**
 * Logarithms of P(X = 0) and of P(X = i + 1) ÷ P(X = i), for a count with the given mean and variance =
 * dispersion × mean: negative binomial with r = mean ÷ (dispersion − 1), Poisson at a dispersion of 1
 * (NB1: Cameron & Trivedi, *Regression Analysis of Count Data*).
 */
function countTerms(mean: number, dispersion: number) {
  if (dispersion <= POISSON) {
    return { first: -mean, step: (i: number) => Math.log(mean / (i + 1)) };
  }
  const r = mean / (dispersion - 1);
  const q = 1 - 1 / dispersion;
  return {
    first: -r * Math.log(dispersion),
    step: (i: number) => Math.log((q * (r + i)) / (i + 1)),
  };
}

/**
 * P(X ≤ count), and P(X ≥ count), each as a sum of its own terms: the small one of the two stays exact.
 * In logarithms, since P(X = 0) alone is 0 to a computer from a mean of some hundreds on.
 */
function tails(count: number, mean: number, dispersion: number) {
  if (mean > MOST_SUMMED) return normalTails(count, mean, dispersion);
  const { first, step } = countTerms(mean, dispersion);
  let log = first;
  let below = 0;
  let i = 0;
  for (; i < count; i++) {
    below += Math.exp(log);
    log += step(i);
  }
  const at = Math.exp(log);
  let above = at;
  for (let term = at; i < mean || term > above * NEGLIGIBLE; i++) {
    log += step(i);
    term = Math.exp(log);
    above += term;
  }
  return { atMost: Math.min(1, below + at), atLeast: Math.min(1, above) };
}

/** With more due, term by term would take long, and the count is as good as normal. */
const MOST_SUMMED = 20_000;

/** The same of a normal count, each whole number standing for half of one on both sides. */
function normalTails(count: number, mean: number, dispersion: number) {
  const deviation = Math.sqrt(mean * dispersion);
  return {
    atMost: normalBelow((count + 0.5 - mean) / deviation),
    atLeast: normalBelow((mean - count + 0.5) / deviation),
  };
}

/** Φ(z) to 7 decimals (Abramowitz & Stegun, 26.2.17). */
function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const above = (series * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
  return z > 0 ? 1 - above : above;
}

/** The chance of `done` or fewer (parts of one left out) where `mean` are due, at the rep's `dispersion`. */
export function chanceOfAtMost(done: number, mean: number, dispersion: number): number {
  if (done < 0) return 0;
  if (mean <= 0) return 1;
  return tails(Math.floor(done + 1e-9), mean, dispersion).atMost;
}

/** The chance of `done` or more (a part of one counts as one) where `mean` are due. */
export function chanceOfAtLeast(done: number, mean: number, dispersion: number): number {
  if (done <= 0) return 1;
  if (mean <= 0) return 0;
  return tails(Math.ceil(done - 1e-9), mean, dispersion).atLeast;
}

/** Deals differ in size by about half (spec E3), which adds CV² to the dispersion of their sum. */
const DEAL_SIZE_CV = 0.5;

/**
 * The chance that money comes in as low as `actual` where `target` is due (minor units), in deals of
 * `averageDealSize`: a compound Poisson sum, of dispersion 1 + CV² in units of a deal. Between two whole
 * numbers of deals the chance is interpolated, since a sum of deals may be anything.
 */
export function dealsChance(actual: number, target: number, averageDealSize: number): number {
  if (target <= 0) return 1;
  const due = target / averageDealSize;
  const done = Math.max(0, actual) / averageDealSize;
  const whole = Math.floor(done);
  const dispersion = 1 + DEAL_SIZE_CV ** 2;
  const at = chanceOfAtMost(whole, due, dispersion);
  return at + (done - whole) * (chanceOfAtMost(whole + 1, due, dispersion) - at);
}

export interface LikelyRenewal {
  /** Minor units. */
  amount: number;
  /** As agreed: a fraction. */
  likelihood: number;
}

/** Up to so many renewals every outcome is looked at: 2¹² on each of two sides. */
const MOST_EXACT = 24;
/** Into so many steps the whole amount is cut where there are more. */
const STEPS = 20_000;

/**
 * P(sum ≤ booked) of independent renewals, each all or nothing. Exact up to 24 of them: all sums of each
 * half, joined in order (Horowitz & Sahni, JACM 21, 1974). Of n more, amounts are rounded to a 20,000th
 * of their total, so that the chance is that of a `booked` at most n ÷ 40,000 of the total away.
 */
export function renewalsChance(renewals: readonly LikelyRenewal[], booked: number): number {
  const open = renewals.filter(({ amount, likelihood }) => amount > 0 && likelihood > 0);
  const total = open.reduce((sum, { amount }) => sum + amount, 0);
  if (booked >= total) return 1;
  if (booked < 0) return 0;
  return open.length <= MOST_EXACT
    ? joinedChance(open, booked)
    : steppedChance(open, booked, total / STEPS);
}

interface Outcome {
  sum: number;
  chance: number;
}

function outcomesOf(renewals: readonly LikelyRenewal[]): Outcome[] {
  const outcomes = renewals.reduce<Outcome[]>(
    (outcomes, { amount, likelihood }) =>
      outcomes.flatMap(({ sum, chance }) => [
        { sum, chance: chance * (1 - likelihood) },
        { sum: sum + amount, chance: chance * likelihood },
      ]),
    [{ sum: 0, chance: 1 }],
  );
  return outcomes.sort((a, b) => a.sum - b.sum);
}

function joinedChance(renewals: readonly LikelyRenewal[], booked: number): number {
  const half = Math.ceil(renewals.length / 2);
  const others = outcomesOf(renewals.slice(half));
  let within = others.length;
  let share = others.reduce((sum, { chance }) => sum + chance, 0);
  let chanceOfAll = 0;
  for (const { sum, chance } of outcomesOf(renewals.slice(0, half))) {
    for (
      let last = others[within - 1];
      last && sum + last.sum > booked;
      last = others[within - 1]
    ) {
      share -= last.chance;
      within--;
    }
    if (within === 0) break;
    chanceOfAll += chance * share;
  }
  return Math.min(1, Math.max(0, chanceOfAll));
}

function steppedChance(renewals: readonly LikelyRenewal[], booked: number, step: number): number {
  const most = Math.floor(booked / step + 1e-9);
  const chances = new Float64Array(most + 1);
  chances[0] = 1;
  for (const { amount, likelihood } of renewals) {
    const steps = Math.round(amount / step);
    for (let at = most; at >= 0; at--) {
      const before = at >= steps ? (chances[at - steps] ?? 0) : 0;
      chances[at] = (chances[at] ?? 0) * (1 - likelihood) + before * likelihood;
    }
  }
  return Math.min(
    1,
    chances.reduce((sum, chance) => sum + chance, 0),
  );
}

/** The standard normal quantile of a two-sided 95 % interval. */
export const Z_95 = 1.96;
/** The same of 99.95 %. */
export const Z_9995 = 3.48;

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
