/** How far qualified pipeline goes. Money in minor units. */
import type { Layers } from '../../plan/model/layers.ts';

export interface LayerCoverage {
  /** Null: nothing was said. */
  pipeline: number | null;
  /** What is still to be won until the period's end. */
  left: number;
  /** Pipeline ÷ what is left; null where either is missing. */
  factor: number | null;
  /** The X that the plan wants of it; null for renewals, whose cut is their X. */
  wanted: number | null;
}

export interface CoverageFacts {
  pipeline: Layers<number | null>;
  booked: Layers<number>;
  /** What the plan wants booked by the period's end. */
  targets: Pick<Layers<number>, 'expansion' | 'newBusiness'>;
  /** What is open of the plan's renewals, uncut. */
  openRenewals: number;
  /** The X that holds now. */
  xFactor: number;
}

export function coverage(facts: CoverageFacts): Layers<LayerCoverage> {
  const { pipeline, booked, targets, openRenewals, xFactor } = facts;
  const of = (layer: 'expansion' | 'newBusiness') =>
    covered(pipeline[layer], Math.max(0, targets[layer] - booked[layer]), xFactor);
  return {
    renewal: covered(pipeline.renewal, openRenewals, null),
    expansion: of('expansion'),
    newBusiness: of('newBusiness'),
  };
}

function covered(pipeline: number | null, left: number, wanted: number | null): LayerCoverage {
  const factor = pipeline === null || left === 0 ? null : pipeline / left;
  return { pipeline, left, factor, wanted };
}

/** The plan's X, and from the insurance's date on the insured one. */
export function xFactorOn(
  date: string,
  {
    pipeline,
    insurance,
  }: {
    pipeline: { xFactor: number };
    insurance: { xFactor: number; by: string };
  },
): number {
  return date >= insurance.by ? insurance.xFactor : pipeline.xFactor;
}
