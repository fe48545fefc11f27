/** The leads that were promised to a rep day by day, and those that were entered. */
import { leadsListed } from '../../actuals/store.ts';
import type { Store } from '../../db/store.ts';
import { workingDates } from '../../time/working-days.ts';
import type { PlanInForce } from '../plan-in-force.ts';
import { type LeadDays, leadDaysOf } from './lead-rules.ts';

/** Those since the plan is in force, up to `through` (a local date); see `leadDaysOf`. */
export async function leadDays(
  { db }: Pick<Store, 'db'>,
  { rep, work, calendar, since }: PlanInForce,
  through: string,
): Promise<LeadDays> {
  const entered = work.sdr ? await leadsListed(db, rep, work.period.start, through) : [];
  const dates = workingDates({ ...calendar, timeOff: [] }, since, through);
  return leadDaysOf(work.sdr, work.weights, dates, entered);
}
