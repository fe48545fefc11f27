/** What the check-in asks for beside the day: renewals whose date has passed and, once a week, what the plan judges. */
import type { KnownBlock } from '@slack/types';
import { dueRenewals } from '../../actuals/renewals-due/settle-due.ts';
import { dueBlocks } from '../../actuals/renewals-due/view.ts';
import { ownPlan, updateFigures } from '../../actuals/update/figures.ts';
import { updateBlocks } from '../../actuals/update/view.ts';
import type { Store } from '../../db/store.ts';
import type { Clock } from '../../time/clock.ts';
import { daysBetween, weekdayOf } from '../../time/local-date.ts';
import { askedWith } from '../day-rules.ts';
import type { PlanInForce } from '../plan-in-force.ts';

/** So many days later the next week’s check-in asks: this one’s buttons go. */
const A_WEEK = 7;

/** Of a working day, for its rep alone. */
export async function judgedBlocks(
  store: Store & { clock: Clock },
  { days, nudges, rep, work }: PlanInForce,
  date: string,
  today: string,
): Promise<KnownBlock[]> {
  if (daysBetween(date, today) >= A_WEEK) return [];
  const isAsked = (day: string) =>
    nudges.weekdays.length === 0 || nudges.weekdays.includes(weekdayOf(day));
  const { after, isWeekly } = askedWith([...days.keys()].filter(isAsked), date);
  const hasPassed = work.firstRenewal !== null && work.firstRenewal < date;
  if (!isWeekly && !hasPassed) return [];
  const own = await ownPlan(store, rep, date);
  if (!own) return [];
  const { plan, reader } = own;
  const due = await dueRenewals(store.db, plan, { after: isWeekly ? null : after, date });
  return [
    ...dueBlocks(due, date, reader),
    ...(isWeekly
      ? updateBlocks(await updateFigures(store.db, plan, date), rep.userId, reader)
      : []),
  ];
}
