/** When the manager gets to see a month: the figures are frozen, and the thread is begun. */
import type { Tx } from '../db/client.ts';
import { teamLedBy } from '../people/store.ts';
import {
  aheadAgainOrder,
  noChannelOrder,
  REPLIES,
  replyOf,
  reviewOrder,
  rootOf,
} from './deliveries.ts';
import type { ReviewDeps } from './deps.ts';
import { recoveryReply } from './recovery.ts';
import { cardsOf, type ReviewPlan, reviewPlan } from './review-plan.ts';
import { spansOf } from './rules/span.ts';
import { type Review, saveReview } from './store.ts';

const repOf = ({ workspaceId, repId }: Review) => ({ workspaceId, userId: repId });

/**
 * Opens a review that isn't open yet: once its rep has sent their answers, or at the deadline. Within the
 * rep's lock. Does nothing where the plan is gone.
 */
export async function openReview(deps: ReviewDeps, tx: Tx, review: Review): Promise<void> {
  const store = { db: tx, sealer: deps.sealer };
  const plan = await reviewPlan(store, repOf(review));
  const span = plan && spansOf(plan.work.period).find(({ month }) => month === review.month);
  if (!plan || !span || plan.work.planId !== review.planId) return;
  const now = deps.clock.now();
  const { quota } = await cardsOf(store, plan, span, plan.zone.dateAt(now));
  const opened = { ...review, openedAt: now, card: quota };
  await saveReview(store, opened);
  await deps.ledger.plan(tx, reviewOrder('mirror', plan.rep, opened));
  await toldAhead(deps, tx, plan, opened);
  await beginThread(deps, tx, plan, opened);
}

/** What the manager was told when the rep was asked says where the review is now. */
async function toldAhead(
  { ledger }: ReviewDeps,
  tx: Tx,
  { manager }: ReviewPlan,
  opened: Review,
): Promise<void> {
  if (!manager) return;
  const told = await ledger.find(reviewOrder('ahead', manager, opened));
  if (told.length > 0) await ledger.plan(tx, aheadAgainOrder(manager, opened));
}

/**
 * Begins the thread in the channel of whoever manages the rep now, once more where it was begun before.
 * Where there is no channel, the manager is told how to mend it. Returns the review as it is then.
 */
export async function beginThread(
  deps: ReviewDeps,
  tx: Tx,
  { manager }: ReviewPlan,
  review: Review,
): Promise<Review> {
  const { ledger, sealer } = deps;
  if (!manager) return review;
  const team = await teamLedBy(tx, review.workspaceId, manager.userId);
  if (!team?.channelId) {
    await ledger.plan(tx, noChannelOrder(manager, review));
    return review;
  }
  const begun = { ...review, threads: review.threads + 1, posts: review.posts + 1 };
  await saveReview({ db: tx, sealer }, begun);
  await ledger.plan(tx, rootOf(begun));
  for (const kind of REPLIES) await ledger.plan(tx, replyOf(begun, kind));
  await recoveryReply(deps, tx, begun);
  return begun;
}

/**
 * The answers that came after the thread was begun go into it; where somebody else manages the rep by
 * now, a thread is begun where they read it.
 */
export async function addLateAnswers(deps: ReviewDeps, tx: Tx, review: Review): Promise<void> {
  const plan = await reviewPlan({ db: tx, sealer: deps.sealer }, repOf(review));
  const team = plan?.manager && (await teamLedBy(tx, review.workspaceId, plan.manager.userId));
  const [root] = await deps.ledger.find(rootOf(review));
  const isElsewhere = root?.message && team && team.channelId !== root.message.channel;
  if (plan && (!root || isElsewhere)) await beginThread(deps, tx, plan, review);
  else if (root) await deps.ledger.plan(tx, replyOf(review, 'late'));
}

/** Whether a review that is open has no thread and none on its way. */
export async function lacksThread(deps: ReviewDeps, review: Review): Promise<boolean> {
  const [root] = await deps.ledger.find(rootOf(review));
  return !root || root.state === 'cancelled';
}
