/** Who may do what with a review, and who reads it, whatever was so when a button was made. */

import type { Deps } from '../context.ts';
import type { Db, Tx } from '../db/client.ts';
import { lockPerson } from '../db/lock-people.ts';
import type { DatedStore, PersonRef, Store } from '../db/store.ts';
import { inTransaction } from '../db/transaction.ts';
import { UserError } from '../errors.ts';
import { findPerson, managerOf, teamLedBy } from '../people/store.ts';
import { type Pair, pairOf, type Side } from '../plan/access.ts';
import { findReview, type Review } from './store.ts';

export interface OpenedReview {
  review: Review;
  pair: Pair;
  side: Side;
}

/**
 * A review that a button or a form names, loaded and authorised anew: only its rep and whoever manages
 * them now may touch it.
 *
 * @throws UserError `review_gone` or `not_yours`.
 */
export async function mustJoin(store: Store, actor: PersonRef, id: string): Promise<OpenedReview> {
  const review = await findReview(store, id);
  if (!review || review.workspaceId !== actor.workspaceId) {
    throw new UserError('review_gone', 'That review is no longer here.');
  }
  const pair = await pairOf(store.db, { workspaceId: review.workspaceId, userId: review.repId });
  return { review, pair, side: mustBeOf(pair, actor) };
}

/** @throws UserError `not_yours` where the actor is neither the rep nor their manager. */
function mustBeOf({ rep, manager }: Pair, actor: PersonRef): Side {
  if (actor.workspaceId === rep.workspaceId) {
    if (actor.userId === rep.userId) return 'rep';
    if (actor.userId === manager?.userId) return 'manager';
  }
  throw notTheirs();
}

/**
 * A rep whom somebody names, with their manager, for one of the two.
 * @throws UserError `not_yours`, also where nobody of that id is known: who is here is nobody else's to ask.
 */
export async function mustFindPair(
  db: Db | Tx,
  actor: PersonRef,
  repId: string,
): Promise<{ pair: Pair; side: Side }> {
  const rep = { workspaceId: actor.workspaceId, userId: repId };
  if (!(await findPerson(db, rep))) throw notTheirs();
  const pair = await pairOf(db, rep);
  return { pair, side: mustBeOf(pair, actor) };
}

const notTheirs = () =>
  new UserError(
    'not_yours',
    'That review is between a rep and their manager: only the two of them can do that.',
  );

/** Within a transaction that nobody else changes the rep's reviews in. */
export function withReview<T>(
  { db, encryption, clock }: Deps,
  actor: PersonRef,
  reviewId: string,
  work: (tx: Tx, store: DatedStore, opened: OpenedReview) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => {
    const store = { db: tx, encryption, clock };
    const { pair } = await mustJoin(store, actor, reviewId);
    await lockPerson(tx, pair.rep);
    // Whoever held the lock may have changed it.
    return work(tx, store, await mustJoin(store, actor, reviewId));
  });
}

/** Of these only the rep's. @throws UserError `not_yours`, `review_gone`. */
export async function mustOwn(store: Store, actor: PersonRef, id: string): Promise<OpenedReview> {
  const found = await mustJoin(store, actor, id);
  if (found.side !== 'rep') {
    throw new UserError('not_yours', 'Only the rep answers that: it is their view first.');
  }
  return found;
}

/** The channel of whoever manages the rep now; null where there is none. Nothing goes to any other. */
export async function channelOf(
  db: Db | Tx,
  { workspaceId, repId }: Pick<Review, 'workspaceId' | 'repId'>,
): Promise<string | null> {
  const manager = await managerOf(db, { workspaceId, userId: repId });
  const team = manager && (await teamLedBy(db, { workspaceId, userId: manager.userId }));
  return team?.channelId ?? null;
}
