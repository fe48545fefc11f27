import { ACTIVITIES, type Activity, type Funnel } from '../schemas.ts';
import { type Exact, exact, max, toCount } from './exact.ts';
import type { NewBusinessNeeds } from './new-business.ts';

export interface Effort {
  needs: NewBusinessNeeds;
  /** The share of opportunities that the rep finds alone (spec step 9). */
  ownShare: Exact;
  /** k. */
  expansionTargets: number;
  xFactor: number;
  funnel: Funnel;
}

export type ActivityTotals = Record<Activity, Exact> & { demosForNewBusiness: Exact };

/** w: the share of demos that end in a won deal. */
export function demoToWon(funnel: Funnel): Exact {
  return exact(funnel.demoToProposal)
    .mul(exact(funnel.proposalToContract))
    .mul(exact(funnel.contractToWon));
}

/**
 * Activities of the whole period, unrounded (spec step 10), w = demoToProposal ×
 * proposalToContract × contractToWon, k = expansion targets:
 *
 * - demos_new = max(deals ÷ w, Oₙ); demos_exp = max(k ÷ w, k × X); demos = both
 * - visits = demos ÷ visitToDemo
 * - calls = demos_new ÷ visitToDemo × gap share ÷ callToVisit
 * - contracts = (deals + k) ÷ contractToWon; proposals = contracts ÷ proposalToContract
 */
export function activityTotals({
  needs,
  ownShare,
  expansionTargets,
  xFactor,
  funnel,
}: Effort): ActivityTotals {
  const k = exact(expansionTargets);
  const won = demoToWon(funnel);
  const visitToDemo = exact(funnel.visitToDemo);
  const demosForNewBusiness = max(needs.deals.div(won), needs.opportunities);
  const demos = demosForNewBusiness.add(max(k.div(won), k.mul(exact(xFactor))));
  const contracts = needs.deals.add(k).div(exact(funnel.contractToWon));
  return {
    calls: demosForNewBusiness.div(visitToDemo).mul(ownShare).div(exact(funnel.callToVisit)),
    visits: demos.div(visitToDemo),
    demos,
    proposals: contracts.div(exact(funnel.proposalToContract)),
    contracts,
    demosForNewBusiness,
  };
}

export interface ActivityLevel {
  total: number;
  perDay: number;
  perWeek: number;
  perMonth: number;
}
export type Activities = Record<Activity, ActivityLevel>;

export interface Pace {
  /** N. */
  sellingDays: number;
  workdaysPerWeek: number;
  /** M. */
  daysPerMonth: Exact;
}

/**
 * Counts for a day (total ÷ N), a week (× workdays), a month (× M) and in total, each rounded up
 * from the unrounded total, with a slack of 10⁻⁹ (spec step 10).
 */
export function activityLevels(totals: Record<Activity, Exact>, pace: Pace): Activities {
  const level = (total: Exact): ActivityLevel => {
    const perDay = total.div(pace.sellingDays);
    return {
      total: toCount(total),
      perDay: toCount(perDay),
      perWeek: toCount(perDay.mul(pace.workdaysPerWeek)),
      perMonth: toCount(perDay.mul(pace.daysPerMonth)),
    };
  };
  const levels = ACTIVITIES.map((activity) => [activity, level(totals[activity])] as const);
  return Object.fromEntries(levels) as Activities;
}
