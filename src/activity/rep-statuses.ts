/** How reps stand, in a line each, without a figure: for their manager. */
import type { Context } from '../context.ts';
import { planStatuses } from '../plan/open-plan.ts';
import { notLogging } from './silence.ts';

/** By user id: how each one's plan stands, and that they have stopped logging where they have. */
export async function repStatuses(
  deps: Pick<Context, 'db' | 'clock'>,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, string>> {
  const statuses = new Map(await planStatuses(deps, workspaceId, repIds));
  for (const [repId, days] of await notLogging(deps, workspaceId, repIds)) {
    statuses.set(repId, `${statuses.get(repId) ?? ''} · not logging: ${days} check-ins unanswered`);
  }
  return statuses;
}
