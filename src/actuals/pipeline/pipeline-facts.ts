import type { Store } from '../../db/store.ts';
import { openTermsOf } from '../../plan/draft.ts';
import { liveFigures } from '../../plan/model/compute.ts';
import { type ActualsPlan, latestDate } from '../plan-for.ts';
import { bookedBy } from '../rules.ts';
import { dealsOfPlan, pipelineAsOf } from '../store.ts';
import { openRenewals } from '../won/match-renewal-rules.ts';
import { coverage, xFactorOn } from './rules.ts';
import type { PipelineFacts } from './view.ts';

/** How pipeline stands now. For the pair's eyes only: what is left to win is of the rep's own target. */
export async function pipelineFacts({ db }: Store, plan: ActualsPlan): Promise<PipelineFacts> {
  const { rep, planId, draft } = plan;
  const asOf = latestDate(plan);
  const terms = openTermsOf(draft);
  const { layers } = liveFigures(terms);
  const deals = await dealsOfPlan(db, planId);
  const said = await pipelineAsOf(db, rep, planId, asOf);
  const open = openRenewals(draft.renewals, deals);
  const { pipeline, insurance } = terms;
  return {
    date: said?.date ?? null,
    coverage: coverage({
      pipeline: said?.layers ?? { renewal: null, expansion: null, newBusiness: null },
      booked: bookedBy(deals, asOf),
      targets: {
        expansion: layers?.expansion.target ?? 0,
        newBusiness: layers?.newBusiness.target ?? 0,
      },
      openRenewals: open.reduce((sum, { amount }) => sum + amount, 0),
      xFactor: pipeline && insurance ? xFactorOn(asOf, { pipeline, insurance }) : 1,
    }),
  };
}
