/** Which plan each rep and their manager have to sign next, for any number of reps. */
import type { Db, Tx } from '../../db/client.ts';
import { findPeople, workspaceOf } from '../../people/store.ts';
import type { Clock } from '../../time/clock.ts';
import { localDateIn } from '../../time/zone.ts';
import { type PlanDue, planDue } from './due-rules.ts';
import { plansOf } from './store.ts';

/** By the rep's user id, in three statements for any number of reps. */
export async function planDues(
  { db, clock }: { db: Db | Tx; clock: Clock },
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, PlanDue>> {
  const { cycleMonth } = await workspaceOf(db, workspaceId);
  const reps = await findPeople(db, workspaceId, repIds);
  const plans = await plansOf(db, workspaceId, repIds);
  const now = clock.now();
  return new Map(
    reps.map(({ userId: repId, timeZone, joinedOn, wasHere, metAt }) => {
      const facts = { repId, joinedOn, wasHere, metOn: localDateIn(timeZone, metAt) };
      const today = localDateIn(timeZone, now);
      return [repId, planDue(facts, plans.get(repId) ?? [], cycleMonth, today)];
    }),
  );
}
