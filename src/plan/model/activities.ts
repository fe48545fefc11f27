/** Steps 10 and 11: what new business, expansion and renewals take in a rep’s days, risks covered. */
import { ACTIVITIES, type Activity, type Funnel, type PlanTerms } from '../schemas.ts';
import type { DayWeights } from './day-weights.ts';
import { type Exact, exact, max, toCount, toNumber, ZERO } from './exact.ts';
import { demoToWon } from './funnel.ts';
import { leadGap, type NewBusinessNeeds, newBusinessNeeds } from './new-business.ts';
import { riskExposure } from './pipeline.ts';

/** In what people count an activity: the shortest time in which it is done three times. */
export type PaceUnit = 'day' | 'week' | 'month' | 'quarter';

/** An activity at its natural pace: six demos a week, three contracts a month. */
export interface ShownPace {
  count: number;
  per: PaceUnit;
}

/** How often an activity is due; counts rounded up. */
export interface ActivityLevel {
  total: number;
  perDay: number;
  perWeek: number;
  perMonth: number;
  shown: ShownPace;
  /** d: of a day of weight 1, unrounded. */
  exact: number;
}
export type Activities = Record<Activity, ActivityLevel>;

/** What the rep's days have to bring; counts unrounded. */
export interface Effort {
  needs: NewBusinessNeeds;
  /** The share of opportunities that the rep finds alone (spec step 9). */
  ownShare: Exact;
  /** k: expansion targets over 0. */
  expansionTargets: number;
  renewals: number;
  xFactor: number;
  funnel: Funnel;
}

export type ActivityTotals = Record<Activity, Exact> & { demosForNewBusiness: Exact };

/**
 * Activities of the whole period, unrounded (spec step 10), w = demoToProposal × proposalToContract ×
 * contractToWon, k = expansion targets over 0:
 *
 * - demos_new = max(deals to create ÷ w, Oₙ); demos_exp = max(k ÷ w, k × X); demos = both
 * - visits = demos ÷ visitToDemo + one for each renewal
 * - calls = demos_new ÷ visitToDemo × gap share ÷ callToVisit
 * - signed = (deals + k) ÷ contractToWon; contracts = signed + one for each renewal
 * - proposals = signed ÷ proposalToContract
 */
export function activityTotals({
  needs,
  ownShare,
  expansionTargets,
  renewals,
  xFactor,
  funnel,
}: Effort): ActivityTotals {
  const k = exact(expansionTargets);
  const won = demoToWon(funnel);
  const visitToDemo = exact(funnel.visitToDemo);
  const demosForNewBusiness = max(needs.dealsToCreate.div(won), needs.opportunities);
  const demos = demosForNewBusiness.add(max(k.div(won), k.mul(exact(xFactor))));
  const signed = needs.deals.add(k).div(exact(funnel.contractToWon));
  return {
    calls: demosForNewBusiness.div(visitToDemo).mul(ownShare).div(exact(funnel.callToVisit)),
    visits: demos.div(visitToDemo).add(renewals),
    demos,
    proposals: signed.div(exact(funnel.proposalToContract)),
    contracts: signed.add(renewals),
    demosForNewBusiness,
  };
}

/** What a day, a week and a month of a plan are. */
export interface PlanPace {
  workdaysPerWeek: number;
  /** M. */
  daysPerMonth: Exact;
}

/** Fewer than this in a stretch of time are said of a longer one. */
const LEAST_SHOWN = 3;

/**
 * The level of an activity of which `daily` is due on a day of weight 1, `total` in all (spec step 10): each count
 * rounded up, with a slack of 10⁻⁹. Shown a day from 3 a day on, else a week, else a month, else a quarter; or in
 * the unit given, for two that are shown side by side.
 */
export function activityLevel(
  total: Exact,
  daily: Exact,
  { workdaysPerWeek, daysPerMonth }: PlanPace,
  unit?: PaceUnit,
): ActivityLevel {
  const monthly = daily.mul(daysPerMonth);
  const rates = { day: daily, week: daily.mul(workdaysPerWeek), month: monthly };
  const all = { ...rates, quarter: monthly.mul(3) };
  const isOften = (per: keyof typeof rates) => rates[per].gte(LEAST_SHOWN);
  const per = unit ?? (['day', 'week', 'month'] as const).find(isOften) ?? 'quarter';
  return {
    total: toCount(total),
    perDay: toCount(all.day),
    perWeek: toCount(all.week),
    perMonth: toCount(all.month),
    shown: { count: toCount(all[per]), per },
    exact: toNumber(daily),
  };
}

/** Proposals and contracts are spread over the period, the rest over the days on which deals are created. */
export const CLOSING_ACTIVITIES: readonly Activity[] = ['proposals', 'contracts'];

/** d of each activity: total ÷ W, ÷ W′ for proposals and contracts; 0 where no day is worked. */
function dailyLevels(
  totals: Record<Activity, Exact>,
  { creation, closing }: Pick<DayWeights, 'creation' | 'closing'>,
): Record<Activity, Exact> {
  const daily = ACTIVITIES.map((activity) => {
    const weights = CLOSING_ACTIVITIES.includes(activity) ? closing : creation;
    return [activity, weights.equals(0) ? ZERO : totals[activity].div(weights)] as const;
  });
  return Object.fromEntries(daily) as Record<Activity, Exact>;
}

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
  /** Without the insurance; `shown` in the same unit. */
  baseActivities: Activities;
  insured: InsuredEffort;
}

type Terms = Pick<
  PlanTerms,
  'calendar' | 'pipeline' | 'expansion' | 'renewals' | 'newBusiness' | 'funnel' | 'insurance'
>;

interface Given {
  needs: NewBusinessNeeds;
  supply: Exact;
  weights: DayWeights;
  carries: boolean;
}

export function activityFigures(
  terms: Terms,
  { needs, supply, weights, carries }: Given,
): ActivityFigures {
  const pace = {
    workdaysPerWeek: terms.calendar.workdays.length,
    daysPerMonth: weights.daysPerMonth,
  };
  const totalsOf = (needs: NewBusinessNeeds, ownShare: Exact, xFactor: number) =>
    activityTotals({
      needs,
      ownShare,
      expansionTargets: terms.expansion.filter(({ target }) => target > 0).length,
      renewals: terms.renewals.length,
      xFactor,
      funnel: terms.funnel,
    });
  const levelsOf = (totals: ActivityTotals, beside?: Activities): Activities => {
    const daily = dailyLevels(totals, weights);
    const levels = ACTIVITIES.map((activity) => {
      const unit = beside?.[activity].shown.per;
      return [activity, activityLevel(totals[activity], daily[activity], pace, unit)] as const;
    });
    return Object.fromEntries(levels) as Activities;
  };

  const exposure = riskExposure(terms.insurance.risks);
  const target = carries ? needs.target.add(exposure) : needs.target;
  const insuredNeeds = newBusinessNeeds(target, terms, terms.insurance.xFactor);
  const ownShare = leadGap(insuredNeeds.opportunities, supply).share;
  const totals = totalsOf(insuredNeeds, ownShare, terms.insurance.xFactor);
  const activities = levelsOf(totals);
  const baseShare = leadGap(needs.opportunities, supply).share;
  return {
    activities,
    baseActivities: levelsOf(totalsOf(needs, baseShare, terms.pipeline.xFactor), activities),
    insured: { exposure, needs: insuredNeeds, ownShare, totals },
  };
}
