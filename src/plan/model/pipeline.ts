/** Step 6: the pipeline that a target needs, its insurance, and what an X is worth. */
import { lastDayOfMonth } from '../../time/local-date.ts';
import type { Funnel, Insurance, Period, Pipeline, Risk } from '../schemas.ts';
import { type Exact, exact, max, ONE, ratio, roundHalfUp, sumOfProducts } from './exact.ts';
import { demoToWon } from './funnel.ts';
import type { KnownLayers } from './known-layers.ts';

/** The X that the rep's own win rate asks for: 1 ÷ win rate (spec step 6). */
export function impliedXFactor(winRate: Pipeline['winRate']): Exact {
  return ONE.div(exact(winRate));
}

/** A factor as people read it: tenths, a half rounded up. */
const tenths = (factor: Exact) => roundHalfUp(factor.mul(10));

/** Whether X is below 1 ÷ win rate, both rounded half up to one decimal (spec step 6). */
export function isThin({ xFactor, winRate }: Pick<Pipeline, 'xFactor' | 'winRate'>): boolean {
  return tenths(exact(xFactor)) < tenths(impliedXFactor(winRate));
}

/** How far the funnel may lie off the win rate, as a share of it. */
const TOLERANCE = ratio(1, 10);

/** Whether the funnel's last three rates make something more than a tenth off the win rate (spec step 6). */
export function funnelDisagrees(funnel: Funnel, winRate: number): boolean {
  const stated = exact(winRate);
  return demoToWon(funnel).sub(stated).abs().gt(stated.mul(TOLERANCE));
}

/** Step 6 of one plan; money in minor units. */
export interface PipelineFigures {
  required: Exact;
  insured: Exact;
  impliedXFactor: Exact;
}

/**
 * Required = Σ renewal amounts + (max(T, Eᵣ + Tₑ) − Eᵣ) × X; insured the same with its own X (spec step 6). A
 * renewal's cut is its X: it is never multiplied again.
 */
export function pipelineFigures(
  target: Exact,
  { renewal, expansion, renewalAmounts }: KnownLayers,
  { xFactor, winRate }: Pipeline,
  insurance: Pick<Insurance, 'xFactor'>,
): PipelineFigures {
  const multiplied = max(target, renewal.add(expansion)).sub(renewal);
  const over = (x: number) => renewalAmounts.add(multiplied.mul(exact(x)));
  return {
    required: over(xFactor),
    insured: over(insurance.xFactor),
    impliedXFactor: impliedXFactor(winRate),
  };
}

/** What the risks may cost, in minor units: Σ probability × impact (spec step 11). */
export function riskExposure(risks: readonly Pick<Risk, 'probability' | 'impact'>[]): Exact {
  return sumOfProducts(risks.map(({ probability, impact }) => [probability, impact] as const));
}

/** What the insurance adds to X where nobody says otherwise. */
const EXTRA_X = ratio(1, 4);

/**
 * The insurance plan that a plan begins with (spec "Defaults"): X + 0.25 by the last day of the period's fourth
 * month, or of its last where it is shorter; no risks.
 */
export function defaultInsurance({ start, end }: Period, xFactor: number): Insurance {
  const fourth = lastDayOfMonth(start, 3);
  return {
    xFactor: Math.min(1000, exact(xFactor).add(EXTRA_X).valueOf()),
    by: fourth < end ? fourth : end,
    risks: [],
  };
}

/**
 * What a pipeline of X times the target is worth at a win rate (spec A5).
 *
 * Ten wins stand for the target: with X × 10 equal opportunities, wins are Binomial(10X, winRate),
 * and the chance is P(wins ≥ 10). A chance is an estimate, so floating point is exact enough here.
 */
const WINS = 10;

/** The chance (a fraction) that X × 10 opportunities at `winRate` bring ten wins or more. */
export function chanceOfTenWins(xFactor: number, winRate: number): number {
  const opportunities = Math.round(xFactor * WINS);
  if (opportunities < WINS) return 0;
  if (winRate >= 1) return 1;
  const odds = winRate / (1 - winRate);
  let logTerm = opportunities * Math.log1p(-winRate);
  let fewer = 0;
  for (let wins = 0; wins < WINS; wins++) {
    fewer += Math.exp(logTerm);
    logTerm += Math.log(((opportunities - wins) / (wins + 1)) * odds);
  }
  return Math.max(0, Math.min(1, 1 - fewer));
}

/** The least X, in steps of a half, that reaches ten wins more often than not; null over 20. */
export function evenChanceX(winRate: number): number | null {
  for (let x = 1; x <= 20; x += 0.5) if (chanceOfTenWins(x, winRate) > 0.5) return x;
  return null;
}
