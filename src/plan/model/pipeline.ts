/** Step 6: the pipeline that a target needs, its insurance, and what an X is worth. */
import { lastDayOfMonth } from '../../time/local-date.ts';
import type { Insurance, Period, Pipeline, Risk } from '../schemas.ts';
import { type Exact, exact, ONE, sumOfProducts } from './exact.ts';
import {
  dateQuantity,
  type Explanation,
  explanation,
  moneyQuantity,
  numberQuantity,
  type PipelineKey,
} from './explanation.ts';

/** Qualified pipeline for a target, in minor units: T × X (spec step 6). */
export function requiredPipeline(target: Exact, xFactor: number): Exact {
  return target.mul(exact(xFactor));
}

/** The X that the rep's own win rate asks for: 1 ÷ win rate (spec step 6). */
export function impliedXFactor(winRate: Pipeline['winRate']): Exact {
  return ONE.div(exact(winRate));
}

/** Whether X is below 1 ÷ win rate (spec step 6). */
export function isThin({ xFactor, winRate }: Pipeline): boolean {
  return exact(xFactor).mul(exact(winRate)).lt(ONE);
}

/** Step 6 of one plan; money in minor units. */
export interface PipelineFigures {
  required: Exact;
  insured: Exact;
  impliedXFactor: Exact;
}

export function pipelineFigures(
  target: Exact,
  { xFactor, winRate }: Pipeline,
  insurance: Pick<Insurance, 'xFactor'>,
): PipelineFigures {
  return {
    required: requiredPipeline(target, xFactor),
    insured: requiredPipeline(target, insurance.xFactor),
    impliedXFactor: impliedXFactor(winRate),
  };
}

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

export function explainPipeline(
  figures: PipelineFigures,
  target: Exact,
  { xFactor, winRate }: Pipeline,
  insurance: Pick<Insurance, 'xFactor' | 'by'>,
): Record<PipelineKey, Explanation> {
  return {
    'pipeline.xFactor': explanation(
      'qualified pipeline for each unit of target, as agreed',
      {
        'win rate': numberQuantity('fraction', winRate),
        '1 ÷ win rate': numberQuantity('factor', figures.impliedXFactor),
      },
      numberQuantity('factor', xFactor),
    ),
    'pipeline.required': explanation(
      'target × X',
      { target: moneyQuantity(target), X: numberQuantity('factor', xFactor) },
      moneyQuantity(figures.required),
    ),
    'pipeline.insured': explanation(
      'target × insured X',
      {
        target: moneyQuantity(target),
        'insured X': numberQuantity('factor', insurance.xFactor),
        'insured by': dateQuantity(insurance.by),
      },
      moneyQuantity(figures.insured),
    ),
    'pipeline.impliedXFactor': explanation(
      '1 ÷ win rate',
      { 'win rate': numberQuantity('fraction', winRate) },
      numberQuantity('factor', figures.impliedXFactor),
    ),
  };
}
