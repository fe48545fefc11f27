import type { Deps } from '../context.ts';
import { lockPerson } from '../db/lock-people.ts';
import type { PersonRef } from '../db/store.ts';
import { inTransaction, type Tx } from '../db/transaction.ts';
import { UserError } from '../errors.ts';
import { type ActualsPlan, type Asked, planFor } from './plan-for.ts';

/**
 * Authorises the actor, then works while nobody else enters anything for the rep; what the rep gets by
 * the clock is looked at again.
 * @throws UserError `not_yours`, `no_plan`, `not_begun`, or what `work` throws.
 */
export async function onPlan<T>(
  deps: Deps,
  actor: PersonRef,
  { repId, asked }: { repId: string; asked: Asked },
  work: (tx: Tx, plan: ActualsPlan) => Promise<T>,
): Promise<T> {
  const { workspaceId } = actor;
  return inTransaction(deps.db, async (tx) => {
    await lockPerson(tx, { workspaceId, userId: repId });
    const plan = await planFor({ ...deps, db: tx }, actor, repId, asked);
    const done = await work(tx, plan);
    await deps.scheduler.reschedule(tx, { workspaceId, userId: repId });
    return done;
  });
}

/**
 * The entry that a button or form names, where it is the workspace's own.
 * @throws UserError `entry_gone`.
 */
export function mustBeThere<T extends { workspaceId: string }>(
  entry: T | null,
  actor: PersonRef,
): T {
  if (entry && entry.workspaceId === actor.workspaceId) return entry;
  throw new UserError('entry_gone', 'That entry is no longer there: it was undone meanwhile.');
}

/**
 * What a submission has entered already, where it comes twice: it is the same entry then.
 * @throws UserError `entry_gone` where the id is somebody else's.
 */
export function alreadyEntered<T extends { workspaceId: string; repId: string }>(
  entry: T | null,
  actor: PersonRef,
  repId: string,
): T | null {
  if (entry && (entry.workspaceId !== actor.workspaceId || entry.repId !== repId)) {
    throw new UserError('entry_gone', 'That entry is no longer there: it was undone meanwhile.');
  }
  return entry;
}

/** @throws UserError `plan_over` where the entry counts against another plan. */
export function mustBeOfPlan(plan: ActualsPlan, entry: { planId: string; repId: string }): void {
  if (entry.planId === plan.planId && entry.repId === plan.rep.userId) return;
  throw new UserError('plan_over', 'That belongs to a plan that is over: it stays as it is.');
}
