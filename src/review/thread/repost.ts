/** What of a review's thread could not be posted: told to the manager, and posted once they ask for it. */

import type { Context, Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import { isShutCode, noteOpenThere, noteRefusedThere } from '../../people/channels/channel-shut.ts';
import { isToldShut } from '../../people/channels/shut-messages.ts';
import { managerOf } from '../../people/store.ts';
import { IN_THREAD, noChannelOrder, REVIEW_DELIVERY, replyOf, rootOf } from '../deliveries.ts';
import { channelOf, withReview } from '../pair.ts';
import { REPOST_REASON, THREAD_GONE } from '../schemas.ts';
import { planOfReview } from '../scorecard/review-plan.ts';
import { findReview, type Review, saveReview } from '../store.ts';
import { beginThread } from './open-review.ts';

/**
 * Tells the manager in the same transaction: once, until they ask for it. A thread that wasn't begun waits for the
 * channel without a word where they know that it takes nothing; what is missing in one that stands is theirs to ask for.
 */
export const offerRepost =
  (deps: Pick<Context, 'outbox' | 'encryption' | 'clock' | 'scheduler'>) =>
  async (
    tx: Tx,
    { workspaceId, subject, kind }: Pick<Delivery, 'workspaceId' | 'subject' | 'kind'>,
    problem: string,
  ): Promise<void> => {
    const review = await findReview({ db: tx, encryption: deps.encryption }, subject);
    const manager = review && (await managerOf(tx, { workspaceId, userId: review.repId }));
    if (!review || !manager) return;
    const isBegun = kind !== REVIEW_DELIVERY.root;
    if (!isBegun && isShutCode(problem) && (await isToldShut(tx, deps, manager))) return;
    await deps.outbox.enqueue(tx, noChannelOrder(manager, review, problem));
    const channelId = await channelOf(tx, review);
    const where = channelId && { workspaceId, channelId };
    if (where) await noteRefusedThere(tx, deps, where, { code: problem, tellsItself: 'team' });
  };

/** What the button stands for: the thread as it was begun, and what was said to be in its way. */
export interface Repost {
  reviewId: string;
  threads: number;
  problem: string;
}

export interface Reposted {
  /** Null: the team has no channel, and nothing was posted. */
  channelId: string | null;
  /** Whether the thread stands, and only what is missing is added. */
  isPart: boolean;
}

/**
 * Posts what is missing, because the manager asked for it after mending what was in the way: the replies
 * where their thread stands in the team's channel, else all of it in a new one. Whoever asks twice gets it
 * once.
 *
 * @throws UserError `posted` where it is there or on its way; `not_yours`, `review_gone`.
 */
export async function repost(
  deps: Deps,
  actor: PersonRef,
  { reviewId, threads, problem }: Repost,
): Promise<Reposted> {
  return withReview(deps, actor, reviewId, async (tx, store, { review }) => {
    const plan = await planOfReview(store, review);
    if (!plan || !review.openedAt) {
      throw new UserError('review_gone', 'That review is no longer here.');
    }
    const channelId = plan.manager && (await channelOf(tx, review));
    const [root] = await deps.outbox.find(rootOf(review), tx);
    const isThere = root && ['planned', 'sending', 'sent'].includes(root.state);
    const isElsewhere = root?.message != null && root.message.channel !== channelId;
    // They say that it is mended, whatever Slack has told.
    if (channelId) await noteOpenThere(tx, deps, { workspaceId: review.workspaceId, channelId });
    const isOver = isElsewhere || problem === REPOST_REASON.moved || THREAD_GONE.includes(problem);
    if (review.threads === threads && (!isThere || isOver)) {
      await beginThread(deps, tx, plan, review);
      return { channelId, isPart: false };
    }
    if (!(await postMissing(deps, tx, review, problem))) {
      throw new UserError('posted', 'It is posted, or on its way.');
    }
    return { channelId, isPart: true };
  });
}

/** Has the lost replies sent once more; false where none was lost like that. */
async function postMissing(
  { outbox, encryption }: Deps,
  tx: Tx,
  review: Review,
  problem: string,
): Promise<boolean> {
  const as = problem === REPOST_REASON.unknown ? 'ambiguous' : 'failed';
  let found = false;
  for (const kind of IN_THREAD) {
    if (await outbox.requeue(tx, replyOf(review, kind), [as])) found = true;
  }
  if (found) await saveReview({ db: tx, encryption }, { ...review, posts: review.posts + 1 });
  return found;
}
