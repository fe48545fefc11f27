import type { Db, Tx } from '../db/client.ts';
import type { PersonRef } from '../db/store.ts';
import { HOLD_REASONS } from './budget-rules.ts';

/**
 * The keys from `since` on of those deliveries of a kind to somebody that have arrived; `orHeldBack`: or that
 * the gate has dropped.
 */
export async function sentKeys(
  db: Db | Tx,
  {
    workspaceId,
    userId,
    kind,
    since,
    orHeldBack = false,
  }: PersonRef & { kind: string; since: string; orHeldBack?: boolean },
): Promise<Set<string>> {
  const rows = await db.delivery.findMany({
    where: {
      workspaceId,
      personId: userId,
      kind,
      key: { gte: since },
      OR: [
        { state: 'sent' },
        ...(orHeldBack
          ? [{ state: 'cancelled' as const, problem: { in: [...HOLD_REASONS] } }]
          : []),
      ],
    },
    select: { key: true },
  });
  return new Set(rows.map(({ key }) => key));
}
