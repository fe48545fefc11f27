/** How each figure of a plan came about. */
import type { PlanTerms } from '../schemas.ts';
import { explainActivities, explainDays, explainInsured } from './explain-activities.ts';
import { explainLayers } from './explain-layers.ts';
import { explainPay } from './explain-pay.ts';
import { explainTarget } from './explain-target.ts';
import type { Explanations } from './explanation.ts';
import type { PlanFigures } from './plan-figures.ts';

/** Every figure that the plan has, in the order of the chain. */
export function explainPlan(figures: PlanFigures, terms: PlanTerms): Explanations {
  return {
    ...explainTarget(figures, terms),
    ...explainPay(figures, terms),
    ...explainLayers(figures, terms),
    ...explainDays(figures, terms),
    ...(figures.carries && explainInsured(figures, terms)),
    ...explainActivities(figures, terms),
  };
}
