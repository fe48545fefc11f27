import type { Db, Tx } from '../../db/client.ts';
import { managerOf, teamLedBy } from '../../people/store.ts';
import type { Review } from '../store.ts';

/** The channel of whoever manages the rep now; null where there is none. Nothing goes to any other. */
export async function channelOf(
  db: Db | Tx,
  { workspaceId, repId }: Pick<Review, 'workspaceId' | 'repId'>,
): Promise<string | null> {
  const manager = await managerOf(db, workspaceId, repId);
  const team = manager && (await teamLedBy(db, workspaceId, manager.userId));
  return team?.channelId ?? null;
}
