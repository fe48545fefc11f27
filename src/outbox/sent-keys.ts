import type { Db, Tx } from '../db/client.ts';
import type { PersonRef } from '../db/store.ts';
import { HOLD_REASONS } from './budget-rules.ts';

interface Sent {
  kind: string;
  /** `orHeldBack`: with those that the gate has dropped. */
  orHeldBack?: boolean;
}

/** The keys from `since` on of those deliveries of a kind to somebody that have arrived. */
export async function sentKeys(
  db: Db | Tx,
  { workspaceId, userId, since, ...sent }: PersonRef & Sent & { since: string },
): Promise<Set<string>> {
  const keys = await sentKeysOfEach(db, { workspaceId, people: [{ userId, since }], ...sent });
  return keys.get(userId) ?? new Set();
}

/** The same of several people, by their user ids; who got none is left out. */
export async function sentKeysOfEach(
  db: Db | Tx,
  {
    workspaceId,
    people,
    kind,
    orHeldBack = false,
  }: Sent & { workspaceId: string; people: readonly { userId: string; since: string }[] },
): Promise<Map<string, Set<string>>> {
  const rows = await db.$queryRaw<{ personId: string; keys: string[] }[]>`
    SELECT person_id AS "personId", array_agg(key) AS keys
    FROM delivery
    JOIN unnest(${people.map(({ userId }) => userId)}::text[],
      ${people.map(({ since }) => since)}::text[]) AS asked (id, since) ON person_id = asked.id
    WHERE workspace_id = ${workspaceId} AND kind = ${kind} AND key >= asked.since
      AND (state = 'sent'
        OR (${orHeldBack} AND state = 'cancelled' AND problem = ANY(${[...HOLD_REASONS]}::text[])))
    GROUP BY person_id`;
  return new Map(rows.map(({ personId, keys }) => [personId, new Set(keys)]));
}
