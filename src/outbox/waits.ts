import { Prisma } from '../db/generated/client.ts';

/**
 * SQL: whether the row of `delivery` is a reply that may not be sent yet: its root wasn't sent, or a
 * reply under its position may still be.
 */
export const WAITS = Prisma.sql`(delivery.root_id IS NOT NULL AND (
  NOT EXISTS (
    SELECT FROM delivery root WHERE root.id = delivery.root_id AND root.state = 'sent')
  OR EXISTS (
    SELECT FROM delivery earlier
    WHERE earlier.root_id = delivery.root_id AND earlier.position < delivery.position
      AND earlier.state IN ('planned', 'sending'))))`;
