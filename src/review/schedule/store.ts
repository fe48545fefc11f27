/** Which message tells a manager that a 1:1 comes up: rows ⇄ domain. */
import type { Db, Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';

/**
 * Has a manager told of a review on a day of theirs (a local date), or leaves it with the day that has it already:
 * that day, and whether it is new there.
 */
export async function keepAhead(
  tx: Tx,
  { workspaceId, userId: managerId }: PersonRef,
  reviewId: string,
  day: string,
): Promise<{ day: string; isNew: boolean }> {
  const where = { reviewId_managerId: { reviewId, managerId } };
  const known = await tx.reviewAhead.findUnique({ where });
  if (known) return { day: known.day, isNew: false };
  await tx.reviewAhead.create({ data: { reviewId, managerId, workspaceId, day } });
  return { day, isNew: true };
}

/** The reviews, by id, that a manager is told of on a day of theirs. */
export async function reviewsAhead(
  db: Db | Tx,
  { workspaceId, userId: managerId }: PersonRef,
  day: string,
): Promise<string[]> {
  const rows = await db.reviewAhead.findMany({
    where: { workspaceId, managerId, day },
    orderBy: { reviewId: 'asc' },
  });
  return rows.map(({ reviewId }) => reviewId);
}

/** Who is told of a review, and on which day of theirs. */
export async function aheadOf(
  db: Db | Tx,
  reviewId: string,
): Promise<{ managerId: string; day: string }[]> {
  return db.reviewAhead.findMany({
    where: { reviewId },
    select: { managerId: true, day: true },
    orderBy: { managerId: 'asc' },
  });
}
