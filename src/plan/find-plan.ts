import type { Actor } from '../people/deps.ts';
import { type OpenPlan, openVersion } from './open-plan.ts';
import { currentPlanId, latestVersion } from './store.ts';

/**
 * The actor's own plan as it stands, as `openPlan` shows it; null where there is none: looking makes
 * no draft.
 */
export async function findOwnPlan(
  deps: Parameters<typeof openVersion>[0],
  actor: Actor,
): Promise<OpenPlan | null> {
  const planId = await currentPlanId(deps.db, actor.workspaceId, actor.userId);
  const latest = planId && (await latestVersion(deps, planId));
  return latest ? openVersion(deps, actor, latest.id) : null;
}
