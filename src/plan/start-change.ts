import type { Actor } from '../people/deps.ts';
import type { PlanDeps } from './deps.ts';
import { onVersion } from './on-version.ts';
import { addVersion, latestVersion } from './store.ts';

/**
 * Opens a new version of an agreed plan, a copy to edit; the agreed one stays in force meanwhile.
 * Returns the new version's id, or that of the version which is already open.
 * @throws UserError where the version is not theirs or is not the agreed one.
 */
export async function startChange(
  deps: PlanDeps,
  actor: Actor,
  versionId: string,
): Promise<string> {
  return onVersion(deps, actor, versionId, async ({ mustAllow, store, version }) => {
    const latest = await latestVersion(store, version.planId);
    if (latest && latest.id !== version.id) return latest.id;
    mustAllow('start_change');
    return addVersion(
      store,
      { id: version.planId, workspaceId: version.workspaceId, repId: version.repId },
      {
        number: version.number + 1,
        draft: version.draft,
        actorId: actor.userId,
        at: deps.clock.now(),
      },
    );
  });
}
