import type { PlanTerms } from '../schemas.ts';
import {
  type Activities,
  type ActivityTotals,
  activityLevels,
  activityTotals,
} from './activities.ts';
import type { Exact } from './exact.ts';
import { riskExposure } from './insurance.ts';
import type { LayerFigures } from './layer-figures.ts';
import { leadGap } from './lead-gap.ts';
import { type NewBusinessNeeds, newBusinessNeeds } from './new-business.ts';

/** New business with the risks in it, at the insured X, and what it takes, unrounded. */
export interface InsuredEffort {
  /** Σ probability × impact, in minor units. */
  exposure: Exact;
  needs: NewBusinessNeeds;
  /** The share of opportunities that the rep finds alone. */
  ownShare: Exact;
  totals: ActivityTotals;
}

/** Steps 10 and 11 of one plan. */
export interface ActivityFigures {
  /** Insured: the agreed ones. */
  activities: Activities;
  /** Without the insurance. */
  baseActivities: Activities;
  insured: InsuredEffort;
}

type Terms = Pick<
  PlanTerms,
  'calendar' | 'pipeline' | 'expansion' | 'newBusiness' | 'funnel' | 'insurance'
>;

/** Needs a selling day. */
export function activityFigures(terms: Terms, layers: LayerFigures): ActivityFigures {
  const pace = {
    sellingDays: layers.sellingDays,
    workdaysPerWeek: terms.calendar.workdays.length,
    daysPerMonth: layers.daysPerMonth,
  };
  const { averageDealSize } = terms.newBusiness;
  const totals = (needs: NewBusinessNeeds, ownShare: Exact, xFactor: number) =>
    activityTotals({
      needs,
      ownShare,
      expansionTargets: terms.expansion.length,
      xFactor,
      funnel: terms.funnel,
    });

  const exposure = riskExposure(terms.insurance.risks);
  const needs = newBusinessNeeds(
    layers.newBusiness.target.add(exposure),
    averageDealSize,
    terms.insurance.xFactor,
  );
  const ownShare = leadGap(needs.opportunities, layers.sdrSupply).share;
  const agreed = totals(needs, ownShare, terms.insurance.xFactor);
  const base = totals(layers.newBusiness, layers.leadGap.share, terms.pipeline.xFactor);
  return {
    activities: activityLevels(agreed, pace),
    baseActivities: activityLevels(base, pace),
    insured: { exposure, needs, ownShare, totals: agreed },
  };
}
