/** The end of a review, and the way back from it. */

import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { DatedStore, PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { endPlan } from '../../plan/approval/transitions.ts';
import { plansOfRep } from '../../plan/round/store.ts';
import { findVersion } from '../../plan/store.ts';
import { withReview } from '../pair.ts';
import { refreshReview } from '../refresh-review.ts';
import { planOfReview } from '../scorecard/review-plan.ts';
import { itemsOf, type Review, saveReview } from '../store.ts';
import { mustBeOpen } from './change-items.ts';
import { lastOpened } from './open-items.ts';

/**
 * Closes a review. One that is closed already stays as it was closed. Null where nothing was agreed and
 * the closer didn't know: then it stays open, to be asked about.
 *
 * @throws UserError `not_open`, `not_yours`, `review_gone`.
 */
export function closeReview(
  deps: Deps,
  actor: PersonRef,
  { reviewId, evenEmpty }: { reviewId: string; evenEmpty: boolean },
): Promise<Review | null> {
  return withReview(deps, actor, reviewId, async (tx, store, { review, pair }) => {
    if (review.closedAt) return review;
    mustBeOpen(review);
    const items = await itemsOf(store, pair.rep, { reviewId: review.id });
    if (items.length === 0 && !evenEmpty) return null;
    const closed = { ...review, closedAt: deps.clock.now(), closedBy: actor.userId };
    await saveReview(store, closed);
    await follow(deps, tx, closed);
    await endWithLast(deps, tx, actor, closed);
    return closed;
  });
}

/**
 * Opens a closed review again, while no later one is open. One that is open stays so.
 * @throws UserError `not_open`, `reopen_late`, `not_yours`, `review_gone`.
 */
export function reopenReview(deps: Deps, actor: PersonRef, reviewId: string): Promise<Review> {
  return withReview(deps, actor, reviewId, async (tx, store, { review }) => {
    if (!review.closedAt) {
      mustBeOpen(review);
      return review;
    }
    if (await hasLater(store, review)) {
      throw new UserError(
        'reopen_late',
        'The next review is open already: what is still to be done goes on there.',
      );
    }
    const open = { ...review, closedAt: null, closedBy: null };
    await saveReview(store, open);
    await follow(deps, tx, open);
    return open;
  });
}

/** A plan that is over, and that another one follows, is closed with the review of its last month. */
async function endWithLast(deps: Deps, tx: Tx, actor: PersonRef, review: Review): Promise<void> {
  const store = { db: tx, encryption: deps.encryption };
  const plan = await planOfReview(store, review);
  if (!plan || plan.spans.at(-1)?.month !== review.month) return;
  if (plan.zone.dateAt(deps.clock.now()) <= plan.work.period.end) return;
  const plans = await plansOfRep(tx, plan.rep);
  const follows = plans.some((one) => one.closedOn === null && one.id !== review.planId);
  const version = follows ? await findVersion(store, plan.work.versionId) : null;
  if (version && !version.closed) await endPlan(deps, store, actor, version);
}

async function follow({ outbox, scheduler }: Deps, tx: Tx, review: Review): Promise<void> {
  const { workspaceId, repId } = review;
  await refreshReview({ outbox }, tx, review);
  await scheduler.reschedule(tx, { workspaceId, userId: repId });
}

async function hasLater(store: DatedStore, review: Review): Promise<boolean> {
  const last = await lastOpened(store, review);
  return last !== null && last.month > review.month;
}
