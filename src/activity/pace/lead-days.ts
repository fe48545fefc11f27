/** The leads that were promised to a rep day by day, and those that were entered. */
import { leadsListed } from '../../actuals/store.ts';
import type { Store } from '../../db/store.ts';
import { workingDates } from '../../time/working-days.ts';
import type { PlanInForce } from '../plan-in-force.ts';
import { type LeadDays, leadDaysOf } from './lead-rules.ts';

/** Those since the plan is in force, up to `through` (a local date); see `leadDaysOf`. */
export async function leadDays(
  { db }: Pick<Store, 'db'>,
  plan: PlanInForce,
  through: string,
): Promise<LeadDays> {
  const { rep, work } = plan;
  const entered = work.sdr ? await leadsListed(db, rep, work.period.start, through) : [];
  return leadDaysOf(work.sdr, work.weights, promisedDates(plan, through), entered);
}

/** The dates that have a part of what was promised, up to `through`: weekdays since the plan is in force. */
export function promisedDates(
  { work, calendar, since }: PlanInForce,
  through: string,
): readonly string[] {
  return work.sdr ? workingDates({ ...calendar, timeOff: [] }, since, through) : [];
}
