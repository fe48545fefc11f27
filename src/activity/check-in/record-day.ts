import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import type { PlanInForce } from '../plan-in-force.ts';
import { type Counts, eachActivity, MOST_A_DAY, NO_COUNTS } from '../schemas.ts';
import { type Day, findDay, saidCounts, saveDay } from '../store.ts';
import { mustBeLoggable, mustHavePlan } from './find-day.ts';

/** What was said of a day. What is left out stays as it is. */
interface Entry {
  /** Local date; today where left out. */
  date?: string | null;
  counts: Partial<Counts>;
  /** To be added to what the day has. */
  adds?: Partial<Counts>;
}

export interface Recorded {
  day: Day;
  /** Activities whose number was another one before: what it was. */
  before: Partial<Counts>;
  plan: PlanInForce;
  today: string;
}

/**
 * Logs a day: the activities named get these numbers, the others keep theirs (none where nothing was
 * said). The same entry again changes nothing. `within` runs in the same transaction, before; where it
 * returns false nothing is recorded and the day is returned as it is.
 * @throws UserError where there is no plan, or the day can't be logged.
 */
export async function recordDay(
  deps: Deps,
  who: PersonRef,
  entry: Entry,
  within?: (tx: Tx, date: string) => Promise<boolean>,
): Promise<Recorded> {
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    await lockPerson(tx, who);
    const store = { db: tx, encryption: deps.encryption };
    const { plan, today } = await mustHavePlan(store, who, now);
    const date = entry.date ?? today;
    mustBeLoggable(plan, today, date);
    const found = await findDay(store, who, date);
    const had = saidCounts(found);
    if (within && !(await within(tx, date))) {
      const day = found ?? { date, state: 'started', counts: had, skipReason: null, note: null };
      return { day, before: {}, plan, today };
    }
    const counts = eachActivity((activity) =>
      Math.min(
        MOST_A_DAY,
        (entry.counts[activity] ?? had[activity]) + (entry.adds?.[activity] ?? 0),
      ),
    );
    const day: Day = { date, state: 'logged', counts, skipReason: null, note: null };
    await saveDay(store, who, day, now);
    await deps.outbox.refresh(tx, { ...who, subject: date });
    return { day, before: changed(had, counts), plan, today };
  });
}

/** Logs the day with what was planned for it; what call blocks have counted beyond that stays. */
export async function recordAsPlanned(deps: Deps, who: PersonRef, date: string): Promise<Recorded> {
  const { plan } = await mustHavePlan(deps, who, deps.clock.now());
  const planned = plan.target(date) ?? NO_COUNTS;
  const day = await findDay(deps, who, date);
  const counted = day?.state === 'started' ? saidCounts(day) : NO_COUNTS;
  const counts = eachActivity((activity) => Math.max(planned[activity], counted[activity]));
  return recordDay(deps, who, { date, counts });
}

function changed(before: Counts, after: Counts): Partial<Counts> {
  const moved = (activity: Activity) =>
    before[activity] > 0 && before[activity] !== after[activity];
  return Object.fromEntries(ACTIVITIES.filter(moved).map((one) => [one, before[one]]));
}
