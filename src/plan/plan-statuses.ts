import type { Db, Tx } from '../db/client.ts';
import { latestStatuses, type VersionStatus } from './store.ts';

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
  const latest = await latestStatuses(db, workspaceId, repIds);
  return new Map(
    [...latest].map(([repId, { number, status }]) => [
      repId,
      `${WORDS[status]} (version ${number})`,
    ]),
  );
}
