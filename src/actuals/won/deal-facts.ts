/** What goes with a deal: how its layer stands to date, and what it settles in the plan. */
import type { Store } from '../../db/store.ts';
import { openTermsOf } from '../../plan/draft.ts';
import { liveFigures } from '../../plan/model/compute.ts';
import { type DealWorth, dealWorth } from '../../plan/model/deal-worth.ts';
import { type ActualsPlan, latestDate, type PlanRenewal } from '../plan-for.ts';
import { bookedBy, bookingsOf, dueBy, openRenewals } from '../rules.ts';
import { type Deal, dealsOfPlan } from '../store.ts';

export interface DealFacts {
  /** Won in the deal's layer so far, against the milestone of this month; minor units. */
  won: number;
  due: { amount: number; by: string } | null;
  /** The plan's row that it settles. */
  renewal: PlanRenewal | null;
  /** How many of the plan's renewals nothing has settled. */
  open: number;
  /** What it pays on top of all the others; null for whoever isn't the rep, and where it was lost. */
  worth: DealWorth | null;
}

/** For the pair's eyes only (the milestone follows from the rep's own target), what it pays for the rep's. */
export async function dealFacts(
  { db }: Store,
  plan: ActualsPlan,
  deal: Deal,
  readerId: string,
): Promise<DealFacts> {
  const { layer, renewalId } = deal;
  const { planId, draft, rep } = plan;
  const deals = await dealsOfPlan(db, planId);
  const terms = openTermsOf(draft);
  const { milestones } = liveFigures(terms);
  const asOf = latestDate(plan);
  return {
    won: bookedBy(deals, asOf)[layer],
    due: milestones && dueBy(milestones, layer, asOf),
    renewal: draft.renewals.find(({ id }) => id === renewalId) ?? null,
    open: openRenewals(draft.renewals, deals).length,
    worth:
      readerId === rep.userId && terms.compensation && deal.outcome === 'won'
        ? dealWorth(
            terms.compensation,
            draft.period,
            bookingsOf(deals.filter(({ id }) => id !== deal.id)),
            deal,
          )
        : null,
  };
}
