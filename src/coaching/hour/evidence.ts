/** A rep's own counts, as a coaching hour and its follow-up look at them. */
import { countedDays } from '../../activity/pace/counted-days.ts';
import { leadDays } from '../../activity/pace/lead-days.ts';
import { MOST_DAYS, stageRates } from '../../activity/pace/stage-rate-rules.ts';
import { planInForce } from '../../activity/plan-in-force.ts';
import type { DatedStore, PersonRef } from '../../db/store.ts';
import { addDays, earliestOf } from '../../time/local-date.ts';
import type { FollowUp, Metric } from '../schemas.ts';
import { type Evidence, evidenceOf, followUpOf } from './evidence-rules.ts';

/** Calendar days that hold all counted days that can matter. */
const LOOK_BACK = 300;
/** Counted days before a tweak with which those since are compared. */
const BEFORE = 42;

/** As of now. Nothing is known of a rep without an agreed plan. */
export async function evidenceAt(store: DatedStore, rep: PersonRef): Promise<Evidence> {
  const plan = await planInForce(store, rep);
  if (!plan) return { kind: 'unknown' };
  const through = addDays(plan.zone.dateAt(store.clock.now()), -1);
  const from = addDays(through, -LOOK_BACK);
  const days = (await countedDays(store, plan, { from, through })).slice(-MOST_DAYS);
  return evidenceOf(stageRates(days, plan.work.paceTerms, await leadDays(store, plan, through)));
}

/**
 * What a metric did since the hour of `heldOn`, through the day before `today` (local dates of the rep).
 * Nothing where no plan is in force any more.
 */
export async function measureFollowUp(
  store: DatedStore,
  rep: PersonRef,
  { metric, heldOn, today }: { metric: Metric; heldOn: string; today: string },
): Promise<FollowUp> {
  const plan = await planInForce(store, rep);
  if (!plan) return followUpOf(metric, [], []);
  const through = earliestOf(addDays(today, -1), plan.work.period.end);
  const from = addDays(heldOn, -LOOK_BACK);
  const days = await countedDays(store, plan, { from, through });
  const before = days.filter(({ date }) => date <= heldOn).slice(-BEFORE);
  return followUpOf(
    metric,
    before,
    days.filter(({ date }) => date > heldOn),
  );
}
