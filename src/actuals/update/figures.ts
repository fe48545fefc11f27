/** What was said last of everything that the plan judges beside the days. */
import type { Db, Tx } from '../../db/client.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { openTermsOf } from '../../plan/draft.ts';
import { liveFigures } from '../../plan/model/compute.ts';
import type { Clock } from '../../time/clock.ts';
import { addDays, WEEKDAYS, weekdayOf } from '../../time/local-date.ts';
import { type ActualsPlan, actualsReader, latestDate, planFor } from '../plan-for.ts';
import { dealsOf, leadsBetween, pipelineAsOf } from '../store.ts';
import type { Reader } from '../words-view.ts';
import { type Judged, judgedBy } from './judged-rules.ts';
import type { UpdateFigures } from './view.ts';

/** `date`: the local date of the message that asks. */
export async function updateFigures(
  db: Db | Tx,
  plan: ActualsPlan,
  date: string,
): Promise<UpdateFigures> {
  const { rep, planId } = plan;
  const { layers, promised } = judgedOf(plan);
  const asOf = latestDate(plan);
  const monday = addDays(asOf, -WEEKDAYS.indexOf(weekdayOf(asOf)));
  return {
    date,
    layers,
    pipeline: layers.length > 0 ? await pipelineAsOf(db, rep, planId, asOf) : null,
    isLeadsJudged: promised !== null,
    leads: promised && (await leadsBetween(db, rep, `${asOf.slice(0, 8)}01`, asOf)),
    deals: (await dealsOf(db, rep, monday, asOf)).length,
  };
}

/** Nothing of a plan whose last month is judged. */
export function judgedOf(plan: ActualsPlan): Judged {
  if (plan.isClosed) return { layers: [], promised: null };
  const { milestones } = liveFigures(openTermsOf(plan.draft));
  const sdr = plan.draft.newBusiness?.sdr ?? null;
  return judgedBy({ milestones, sdr }, latestDate(plan));
}

/** A rep's own plan of a local date, and how they read it; null where there is none, or it isn't begun. */
export async function ownPlan(
  deps: Store & { clock: Clock },
  rep: PersonRef,
  on: string,
): Promise<{ plan: ActualsPlan; reader: Reader } | null> {
  try {
    const plan = await planFor(deps, rep, rep.userId, 'won', on);
    return { plan, reader: actualsReader(plan.rep, plan) };
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
