/** How each figure of a plan came about. */
import type { PlanTerms } from '../schemas.ts';
import type { Explanation, FigureKey } from './explanation.ts';
import type { PlanFigures, TargetFigures } from './plan-figures.ts';

export function explainTarget(
  _figures: TargetFigures,
  _terms: PlanTerms,
): Partial<Record<FigureKey, Explanation>> {
  return {};
}

export function explainPlan(
  _figures: PlanFigures,
  _terms: PlanTerms,
): Record<FigureKey, Explanation> {
  return {} as Record<FigureKey, Explanation>;
}
