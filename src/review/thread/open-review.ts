/** When the manager gets to see a month: the figures are frozen, and the thread is begun. */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { isToldShut } from '../../people/channels/shut-messages.ts';
import {
  noChannelOrder,
  REPLIES,
  REVIEW_DELIVERY,
  replyOf,
  reviewOrder,
  rootOf,
} from '../deliveries.ts';
import { channelOf } from '../pair.ts';
import { recoveryReply } from '../recovery/open-items.ts';
import { refreshReview } from '../refresh-review.ts';
import { spansOf } from '../schedule/rules.ts';
import { cardNow, planOfReview, type ReviewPlan } from '../scorecard/review-plan.ts';
import { type Review, saveReview } from '../store.ts';

/**
 * Opens a review that isn't open yet: once its rep has sent their answers, or at the deadline. Within the
 * rep's lock. Does nothing where the plan is gone.
 */
export async function openReview(deps: Deps, tx: Tx, review: Review): Promise<void> {
  const store = { db: tx, encryption: deps.encryption };
  const plan = await planOfReview(store, review);
  const span = plan && spansOf(plan.work.period).find(({ month }) => month === review.month);
  if (!plan || !span) return;
  const now = deps.clock.now();
  const card = await cardNow(store, plan, span, plan.zone.dateAt(now));
  const opened = { ...review, openedAt: now, card };
  await saveReview(store, opened);
  await deps.outbox.enqueue(tx, reviewOrder('repCopy', plan.rep, opened));
  if ((await beginThread(deps, tx, plan, opened)) === opened) {
    await refreshReview(deps, tx, opened);
  }
}

/**
 * Begins the thread in the channel of whoever manages the rep now, once more where it was begun before.
 * Where there is no channel, the manager is told how to mend it; not where they know already that it takes nothing.
 * Returns the review as it is then.
 */
export async function beginThread(
  deps: Deps,
  tx: Tx,
  { manager }: ReviewPlan,
  review: Review,
): Promise<Review> {
  const { outbox, encryption } = deps;
  if (!manager) return review;
  if ((await channelOf(tx, review)) === null) {
    await outbox.enqueue(tx, noChannelOrder(manager, review));
    return review;
  }
  // They know: it is begun once their channel takes it, or another one.
  if (await isToldShut(tx, deps, manager)) return review;
  const begun = { ...review, threads: review.threads + 1, posts: review.posts + 1 };
  await saveReview({ db: tx, encryption }, begun);
  await outbox.enqueue(tx, rootOf(begun));
  for (const kind of REPLIES) await outbox.enqueue(tx, replyOf(begun, kind));
  if (isLate(begun)) await outbox.enqueue(tx, replyOf(begun, 'late'));
  await recoveryReply(deps, tx, begun);
  await refreshReview(deps, tx, begun);
  return begun;
}

/** Whether the answers came after the review was opened without. */
export function isLate({ answeredAt, openedAt }: Pick<Review, 'answeredAt' | 'openedAt'>): boolean {
  return answeredAt !== null && openedAt !== null && answeredAt > openedAt;
}

/**
 * The answers that came after the thread was begun go into it; where that isn't read any more, a thread is
 * begun with them where it is.
 */
export async function addLateAnswers(deps: Deps, tx: Tx, review: Review): Promise<void> {
  const plan = await planOfReview({ db: tx, encryption: deps.encryption }, review);
  // Without a manager they wait for the next one.
  if (!plan?.manager) return;
  if (await lacksThread(deps, tx, plan, review)) await beginThread(deps, tx, plan, review);
  else await deps.outbox.enqueue(tx, replyOf(review, 'late'));
}

/**
 * Whether a thread of an open review has to be begun for whoever manages the rep now: there is none and
 * none on its way; it was refused, and they weren't told of that; or it stands where another one reads,
 * without the answers that came since.
 */
export async function lacksThread(
  { outbox }: Deps,
  tx: Tx,
  { manager }: ReviewPlan,
  review: Review,
): Promise<boolean> {
  if (!manager) return false;
  const [root] = await outbox.find(rootOf(review), tx);
  if (!root || root.state === 'cancelled') return true;
  if (root.state === 'failed' || root.state === 'missed') {
    const { workspaceId, userId } = manager;
    const told = await outbox.find({ workspaceId, userId, kind: REVIEW_DELIVERY.noChannel }, tx);
    return !told.some(({ subject }) => subject.startsWith(`${review.id}:`));
  }
  if (!root.message || !isLate(review)) return false;
  if ((await channelOf(tx, review)) === root.message.channel) return false;
  const [late] = await outbox.find(replyOf(review, 'late'), tx);
  return late?.state !== 'sent';
}
