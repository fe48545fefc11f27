import type { Actor } from '../people/deps.ts';
import { changesRequested } from './deliveries.ts';
import type { PlanDeps } from './deps.ts';
import { onVersion } from './on-version.ts';
import { moveTo } from './store.ts';

/**
 * Sends a proposed version back with a comment; the one who proposed it is told.
 * @throws UserError where it is not theirs to answer, or no longer proposed.
 */
export async function askForChanges(
  deps: PlanDeps,
  actor: Actor,
  versionId: string,
  comment: string,
): Promise<void> {
  await onVersion(deps, actor, versionId, async (held) => {
    held.mustAllow('ask_for_changes');
    const { store, version, proposedBy } = held;
    await moveTo(store, version, 'changes_requested', {
      kind: 'changes_requested',
      actorId: actor.userId,
      at: deps.clock.now(),
      comment,
    });
    const answered = { ...version, revision: version.revision + 1 };
    await deps.outbox.enqueue(store.db, changesRequested(answered, proposedBy ?? version.repId));
  });
}
