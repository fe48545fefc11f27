import type { Db, Tx } from '../db/client.ts';

/** The keys from `since` on of those deliveries of a kind to somebody that have arrived. */
export async function sentKeys(
  db: Db | Tx,
  { team, person, kind, since }: { team: string; person: string; kind: string; since: string },
): Promise<Set<string>> {
  const rows = await db.delivery.findMany({
    where: { workspaceId: team, personId: person, kind, state: 'sent', key: { gte: since } },
    select: { key: true },
  });
  return new Set(rows.map(({ key }) => key));
}
