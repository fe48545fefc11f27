/** The days on which a rep's work is measured. */

import type { Store } from '../../db/store.ts';
import { sentKeys } from '../../outbox/sent-keys.ts';
import { ACTIVITY_DELIVERY } from '../delivery-keys.ts';
import type { PlanInForce } from '../plan-in-force.ts';
import { NO_COUNTS } from '../schemas.ts';
import { loggedDays, saidCounts, type WorkedDay } from '../store.ts';
import type { CountedDay } from './pace-rules.ts';

/**
 * The working days from `from` to `through` (local dates, both in) that count, in order: those of which
 * something was logged, or about which the rep was asked. A day that was skipped with a reason is no
 * selling day, and one that Bigplan didn't ask about is nobody's miss; one on which the rep wanted quiet is
 * unknown. A day of which only a call block was counted
 * isn't logged: nobody said that that was all. Days before the version are left
 * out: they were planned otherwise.
 */
export async function countedDays(
  { db, encryption }: Store,
  plan: PlanInForce,
  { from, through }: { from: string; through: string },
): Promise<CountedDay[]> {
  const { rep } = plan;
  const first = from > plan.since ? from : plan.since;
  const known = await loggedDays({ db, encryption }, rep, first, through);
  const asked = await sentKeys(db, {
    ...rep,
    kind: ACTIVITY_DELIVERY.checkIn,
    since: first,
    orHeldBack: true,
  });
  return countDays(plan, { from, through, known, asked });
}

/** The same of what was read: `known` by date; `asked`: the dates of the check-ins that came, or were held back. */
export function countDays(
  { since, days }: Pick<PlanInForce, 'since' | 'days'>,
  {
    from,
    through,
    known,
    asked,
  }: {
    from: string;
    through: string;
    known: ReadonlyMap<string, WorkedDay>;
    asked: ReadonlySet<string>;
  },
): CountedDay[] {
  const first = from > since ? from : since;
  const counted: CountedDay[] = [];
  for (const [date, planned] of days) {
    if (date < first || date > through) continue;
    const day = known.get(date);
    const logged = day?.state === 'logged';
    if (day?.state === 'skipped' || (!logged && !asked.has(date))) continue;
    counted.push({ date, planned, done: logged ? saidCounts(day) : NO_COUNTS, logged });
  }
  return counted;
}
