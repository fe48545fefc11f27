import type { Db, Tx } from '../db/client.ts';
import { currentPlanId, latestStatus, type VersionStatus } from './store.ts';

const WORDS: Record<VersionStatus, string> = {
  draft: 'Draft',
  proposed: 'Proposed, waits for a signature',
  changes_requested: 'Changes asked for',
  agreed: 'Agreed',
  superseded: 'Replaced',
  closed: 'Closed',
};

/** How each rep's plan stands, in a few words without a figure; who has none is left out. */
export async function planStatuses(
  { db }: { db: Db | Tx },
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, string>> {
  const statuses = new Map<string, string>();
  for (const repId of repIds) {
    const planId = await currentPlanId(db, workspaceId, repId);
    const latest = planId && (await latestStatus(db, planId));
    if (latest) statuses.set(repId, `${WORDS[latest.status]} (version ${latest.number})`);
  }
  return statuses;
}
