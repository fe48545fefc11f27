/** A computed plan as it leaves the rules, and the rounding on its way out. */
import type { Minor } from '../schemas.ts';
import type { Activities } from './activities.ts';
import type { BookingsFigures } from './bookings-figures.ts';
import { toMinor, toNumber } from './exact.ts';
import type { Explanation, FigureKey } from './explanation.ts';
import type { IncomeFigures } from './income-figures.ts';
import type { LayerFigures } from './layer-figures.ts';
import type { LifeGoalPayment } from './life-goals.ts';
import type { Milestone } from './milestones.ts';
import type { PipelineFigures } from './pipeline-figures.ts';
import type { Warning } from './warnings.ts';

/** Money in minor units, rounded half up; deals, opportunities, supply and gap unrounded. */
export interface ComputedPlan {
  income: { target: Minor; variableNeeded: Minor };
  /** `quota` is for the period; `attainment` is a fraction, 1 = 100 %. */
  bookings: { required: Minor; quota: Minor; target: Minor; attainment: number };
  pipeline: { xFactor: number; required: Minor; insured: Minor; impliedXFactor: number };
  layers: {
    renewal: { pipeline: Minor; expected: Minor };
    expansion: { pipeline: Minor; target: Minor };
    newBusiness: {
      pipeline: Minor;
      target: Minor;
      deals: number;
      opportunities: number;
      sdrSupply: number;
      gap: number;
    };
  };
  sellingDays: number;
  /** Insured: the agreed ones. */
  activities: Activities;
  /** Without the insurance. */
  baseActivities: Activities;
  milestones: Milestone[];
  lifeGoals: LifeGoalPayment[];
  warnings: Warning[];
  explanations: Record<FigureKey, Explanation>;
}

export function bookingsOut(
  income: IncomeFigures,
  bookings: BookingsFigures,
): ComputedPlan['bookings'] {
  return {
    required: toMinor(bookings.required),
    quota: toMinor(income.quota),
    target: toMinor(bookings.target),
    attainment: toNumber(bookings.attainment),
  };
}

export function pipelineOut(xFactor: number, pipeline: PipelineFigures): ComputedPlan['pipeline'] {
  return {
    xFactor,
    required: toMinor(pipeline.required),
    insured: toMinor(pipeline.insured),
    impliedXFactor: toNumber(pipeline.impliedXFactor),
  };
}

export function layersOut({
  renewal,
  expansion,
  newBusiness,
  sdrSupply,
  leadGap,
}: LayerFigures): ComputedPlan['layers'] {
  return {
    renewal: { pipeline: toMinor(renewal.pipeline), expected: toMinor(renewal.expected) },
    expansion: { pipeline: toMinor(expansion.pipeline), target: toMinor(expansion.target) },
    newBusiness: {
      pipeline: toMinor(newBusiness.pipeline),
      target: toMinor(newBusiness.target),
      deals: toNumber(newBusiness.deals),
      opportunities: toNumber(newBusiness.opportunities),
      sdrSupply: toNumber(sdrSupply),
      gap: toNumber(leadGap.gap),
    },
  };
}
