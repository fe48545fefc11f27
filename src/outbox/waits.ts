/** SQL: what has to be over before a row of `delivery` may be sent. */
import { Prisma } from '../db/generated/client.ts';

/**
 * Whether the row is a reply that may not be sent yet: its root wasn't sent, or a
 * reply under its position may still be.
 */
export const WAITS = Prisma.sql`(delivery.root_id IS NOT NULL AND (
  NOT EXISTS (
    SELECT FROM delivery root WHERE root.id = delivery.root_id AND root.state = 'sent')
  OR EXISTS (
    SELECT FROM delivery earlier
    WHERE earlier.root_id = delivery.root_id AND earlier.position < delivery.position
      AND earlier.state IN ('planned', 'sending'))))`;

/**
 * Whether nobody may send now in a workspace (an expression of its id): Slack told it to wait, or refuses it.
 * `isProbe`: for the one that finds out whether it still does.
 */
export const isPaused = (workspaceId: Prisma.Sql, isProbe = false) => Prisma.sql`EXISTS (
  SELECT FROM slack_pause WHERE slack_pause.workspace_id = ${workspaceId}
    AND (until > ${new Date()} OR (refused IS NOT NULL AND NOT ${isProbe}::boolean)))`;
