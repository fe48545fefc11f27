import { UserError } from '../errors.ts';
import type { Actor } from '../people/deps.ts';
import { proposed } from './deliveries.ts';
import type { PlanDeps } from './deps.ts';
import { onVersion } from './on-version.ts';
import { openPoints } from './open-points.ts';
import { moveTo } from './store.ts';

/**
 * Signs the version for the actor and asks the other one of the pair for the second signature.
 * Returns who was asked. `revision` is the one that the actor has read.
 * @throws UserError where it is not theirs, not open, incomplete, not what they read, or there is no
 * manager.
 */
export async function proposePlan(
  deps: PlanDeps,
  actor: Actor,
  versionId: string,
  revision: string,
): Promise<{ askedId: string }> {
  return onVersion(deps, actor, versionId, async (held) => {
    held.mustAllow('propose');
    const { version, pair, side, store } = held;
    if (String(version.revision) !== revision) {
      throw new UserError(
        'stale',
        'The plan has changed this very moment. `/bigplan` shows it as it is now: look it over, then sign.',
      );
    }
    if (openPoints(version.draft).some(({ blocking }) => blocking)) {
      throw new UserError('incomplete', 'Some steps are still empty: the list above says which.');
    }
    if (!pair.manager) throw new UserError('no_manager', 'Choose your manager first.');
    const askedId = side === 'rep' ? pair.manager.userId : pair.rep.userId;
    await moveTo(store, version, 'proposed', {
      kind: 'proposed',
      actorId: actor.userId,
      at: deps.clock.now(),
      comment: null,
    });
    const proposal = { ...version, revision: version.revision + 1 };
    await deps.outbox.enqueue(store.db, proposed(proposal, askedId));
    return { askedId };
  });
}
