/**
 * The lock under which whatever somebody gets is decided: their team, their plan, what they enter, and the
 * scheduler's looks. Whoever also wakes them takes it first.
 */
import type { Tx } from './client.ts';

interface Someone {
  /** Slack's team id. */
  workspaceId: string;
  /** Slack's user id. */
  userId: string;
}

/** Holds people's rows until the transaction ends, so that everything about them takes turns. */
export async function lockPeople(
  tx: Tx,
  workspaceId: string,
  userIds: readonly string[],
): Promise<void> {
  await tx.$queryRaw`
    SELECT user_id FROM person WHERE workspace_id = ${workspaceId} AND user_id = ANY(${[...userIds]}::text[])
    ORDER BY user_id FOR NO KEY UPDATE`;
}

/** As `lockPeople`, for one. */
export function lockPerson(tx: Tx, { workspaceId, userId }: Someone): Promise<void> {
  return lockPeople(tx, workspaceId, [userId]);
}

/** As `lockPeople`, without those whom somebody else holds, and those of whom nobody is known. Returns who is held. */
export async function tryLockPeople(
  tx: Tx,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ user_id: string }[]>`
    SELECT user_id FROM person WHERE workspace_id = ${workspaceId} AND user_id = ANY(${[...userIds]}::text[])
    ORDER BY user_id FOR NO KEY UPDATE SKIP LOCKED`;
  return new Set(rows.map((row) => row.user_id));
}
