import type { Renewal } from '../schemas.ts';
import { type Exact, exact, max, sumOfIntegers, ZERO } from './exact.ts';
import type { KnownLayers } from './known-layers.ts';

/** Tₙ = max(0, T − Eᵣ − Tₑ), in minor units (spec step 7). */
export function newBusinessTarget(target: Exact, known: KnownLayers): Exact {
  return max(ZERO, target.sub(known.renewal).sub(known.expansion));
}

/** What a new business target takes; money in minor units. */
export interface NewBusinessNeeds {
  target: Exact;
  deals: Exact;
  /** Pₙ. */
  pipeline: Exact;
  /** Oₙ. */
  opportunities: Exact;
}

/**
 * deals = Tₙ ÷ average deal size; pipeline Pₙ = Tₙ × X; opportunities Oₙ = Pₙ ÷ average deal size
 * (spec step 7).
 */
export function newBusinessNeeds(
  target: Exact,
  averageDealSize: number,
  xFactor: number,
): NewBusinessNeeds {
  const pipeline = target.mul(exact(xFactor));
  return {
    target,
    deals: target.div(exact(averageDealSize)),
    pipeline,
    opportunities: pipeline.div(exact(averageDealSize)),
  };
}

/** Expansion pipeline = Tₑ × X, in minor units (spec step 7). */
export function expansionPipeline(expansion: Exact, xFactor: number): Exact {
  return expansion.mul(exact(xFactor));
}

/** Renewal pipeline = Σ amounts, in minor units: the cut of the pressure test is its X (step 7). */
export function renewalPipeline(renewals: readonly Pick<Renewal, 'amount'>[]): Exact {
  return sumOfIntegers(renewals.map(({ amount }) => amount));
}
