import type { Actor } from '../people/deps.ts';
import type { PlanDeps } from './deps.ts';
import { onVersion } from './on-version.ts';
import { moveTo } from './store.ts';

/**
 * Makes a proposed version a draft again, so that it can be edited.
 * @throws UserError where it isn't theirs to take back, or no longer proposed.
 */
export async function takeBackPlan(deps: PlanDeps, actor: Actor, versionId: string): Promise<void> {
  await onVersion(deps, actor, versionId, async ({ mustAllow, store, version }) => {
    mustAllow('take_back');
    await moveTo(store, version, 'draft', {
      kind: 'taken_back',
      actorId: actor.userId,
      at: deps.clock.now(),
      comment: null,
    });
  });
}
