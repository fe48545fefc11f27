/**
 * Replies in threads: which of them have to wait, and what the end of a delivery changes for the others.
 *
 * Whatever a reply waits for is over once and for all, so a claim that sees it over is right. Who ends a
 * delivery adds the jobs of those that waited for it, with the thread's root locked: of several who end
 * theirs at once, the last one sees that nothing is left to wait for. What is missed all the same, a
 * tick finds.
 */
import type { Db, Tx } from '../db/client.ts';
import type { Delivery as Row } from '../db/generated/client.ts';
import { deliverAt } from './job-queue.ts';
import { WAITS } from './waits.ts';

const NO_THREAD = 'no_thread';

/** Whether it will never be sent. */
function isLost({ state, leaseUntil }: Pick<Row, 'state' | 'leaseUntil'>): boolean {
  if (state === 'ambiguous') return leaseUntil === null;
  return state === 'failed' || state === 'missed' || state === 'cancelled';
}

/** As a new reply to `root` begins: it never comes where the root doesn't. */
export function beginsAs(root: Row | null) {
  return root !== null && isLost(root)
    ? ({ state: 'cancelled', problem: NO_THREAD } as const)
    : ({ state: 'planned', problem: null } as const);
}

/** Lets nobody else end a delivery of its thread, or claim one, until the transaction ends. */
export async function lockThread(tx: Tx, { rootId }: Row): Promise<void> {
  if (rootId === null) return;
  await tx.$queryRaw`SELECT id FROM delivery WHERE id = ${rootId}::uuid FOR NO KEY UPDATE`;
}

/** Waits for whoever is just ending a delivery of its thread. */
export async function awaitThread(tx: Tx, { rootId }: Row): Promise<void> {
  await tx.$queryRaw`SELECT id FROM delivery WHERE id = ${rootId}::uuid FOR SHARE`;
}

/** After `row` was ended or made ambiguous; of a reply, in the same transaction. */
export async function tellThread(tx: Tx | Db, row: Row, now: Date): Promise<void> {
  if (row.rootId !== null) await wakeReplies(tx, row.rootId, now);
  else if (row.state === 'sent') await wakeReplies(tx, row.id, now);
  else if (isLost(row)) {
    await tx.delivery.updateMany({
      where: { rootId: row.id, state: 'planned' },
      data: { state: 'cancelled', problem: NO_THREAD },
    });
  }
}

/** Adds the jobs of the replies that are due at `now` and wait for nothing more. */
async function wakeReplies(tx: Tx | Db, rootId: string, now: Date): Promise<void> {
  await tx.$queryRaw`
    SELECT count((${deliverAt(new Date())}).id)::int FROM (
      SELECT * FROM delivery
      WHERE root_id = ${rootId}::uuid AND state = 'planned' AND due_at <= ${now} AND NOT ${WAITS}
      ORDER BY position, id) AS delivery`;
}

/** Cancels the replies whose root was lost without their being told. */
export async function cancelOrphans(db: Db): Promise<void> {
  await db.$executeRaw`
    UPDATE delivery SET state = 'cancelled', problem = ${NO_THREAD}, updated_at = ${new Date()}
    WHERE state = 'planned' AND root_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM delivery root WHERE root.id = delivery.root_id AND (
        root.state IN ('planned', 'sending', 'sent')
        OR (root.state = 'ambiguous' AND root.lease_until IS NOT NULL)))`;
}
