import { UserError } from '../errors.ts';
import type { Actor } from '../people/deps.ts';
import { agreed } from './deliveries.ts';
import type { PlanDeps } from './deps.ts';
import { onVersion } from './on-version.ts';
import { agreedVersion, moveTo } from './store.ts';

/**
 * Gives the second signature: the version is frozen, the one it replaces is superseded, and the one
 * who proposed it is told.
 * `revision` is the one that the actor has read; a proposal that changed since is not agreed.
 * @throws UserError where it is not theirs to sign, no longer proposed, or not what they read.
 */
export async function agreePlan(
  deps: PlanDeps,
  actor: Actor,
  versionId: string,
  revision: number,
): Promise<void> {
  await onVersion(deps, actor, versionId, async (held) => {
    held.mustAllow('agree');
    const { store, version, proposedBy } = held;
    if (version.revision !== revision) {
      throw new UserError(
        'stale',
        'The plan has changed since that message. `/bigplan` shows it as it is now: look it over, then sign.',
      );
    }
    const signed = { actorId: actor.userId, at: deps.clock.now(), comment: null };
    const before = await agreedVersion(store, version.planId);
    if (before) await moveTo(store, before, 'superseded', { kind: 'superseded', ...signed });
    await moveTo(store, version, 'agreed', { kind: 'agreed', ...signed });
    // The signer's own message of the proposal turns into the agreed plan.
    await deps.outbox.enqueue(store.db, agreed(version, proposedBy ?? version.repId));
    await deps.scheduler.reschedule(store.db, { team: version.workspaceId, person: version.repId });
  });
}
