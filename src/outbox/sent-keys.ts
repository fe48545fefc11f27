import type { Db, Tx } from '../db/client.ts';
import type { PersonRef } from '../db/store.ts';

/** The keys from `since` on of those deliveries of a kind to somebody that have arrived. */
export async function sentKeys(
  db: Db | Tx,
  { workspaceId, userId, kind, since }: PersonRef & { kind: string; since: string },
): Promise<Set<string>> {
  const rows = await db.delivery.findMany({
    where: { workspaceId, personId: userId, kind, state: 'sent', key: { gte: since } },
    select: { key: true },
  });
  return new Set(rows.map(({ key }) => key));
}
