import type { Actor } from '../people/deps.ts';
import type { PlanDeps } from './deps.ts';
import { onVersion } from './on-version.ts';
import { closePlan as closePlanRow, moveTo, openVersionIds } from './store.ts';

/**
 * Ends a plan: what is in force or in the making is closed, and `/bigplan` starts a new one. All its
 * versions stay readable.
 * @throws UserError where it is not theirs, or over already.
 */
export async function closePlan(deps: PlanDeps, actor: Actor, versionId: string): Promise<void> {
  await onVersion(deps, actor, versionId, async ({ mustAllow, store, version }) => {
    mustAllow('close');
    const at = deps.clock.now();
    const closed = { kind: 'closed', actorId: actor.userId, at, comment: null } as const;
    for (const id of await openVersionIds(store.db, version.planId)) {
      await moveTo(store, { ...version, id }, 'closed', closed);
    }
    await closePlanRow(store.db, version.planId, at);
    await deps.scheduler.reschedule(store.db, { team: version.workspaceId, person: version.repId });
  });
}
