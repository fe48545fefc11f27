/** The messages of a review's thread, made anew whenever they are sent or brought up to date. */
import { replace } from '../../activity/check-in/show-day.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../slack/surfaces.ts';
import { DELIVERY } from '../deliveries.ts';
import { findReview, type Review } from '../store.ts';
import { channelOf } from './channel.ts';
import { shownCharts } from './charts.ts';
import { repCopyMessage } from './rep-copy-view.ts';
import { finalMessage } from './replies-view.ts';
import { rootMessage } from './root-view.ts';
import { threadScreen } from './thread-screen.ts';

/**
 * Shows in the thread's first message, where the team reads it now, and in the rep's copy how the review
 * stands now. Never throws: what can't be changed is left, and its buttons still answer.
 */
export async function refreshThread(context: Context, { id }: Pick<Review, 'id'>): Promise<void> {
  const { outbox, log } = context;
  try {
    const review = await findReview(context, id);
    if (!review) return;
    const about = { team: review.workspaceId, subject: id };
    const now = context.clock.now();
    const root = await threadScreen(context, review, null, now);
    const channel = await channelOf(context.db, review);
    for (const { key, message } of await outbox.find({ ...about, kind: DELIVERY.root })) {
      const isRead = key === `${id}:${review.threads}` && message?.channel === channel;
      if (root && isRead && message) await replace(context, message, rootMessage(root));
    }
    for (const { message } of await outbox.find({ ...about, kind: DELIVERY.mirror })) {
      const mirror = message && (await repCopyOf(context, review));
      if (mirror) await replace(context, message, mirror);
    }
  } catch (err) {
    log.warn({ err, kind: DELIVERY.root }, 'A review could not be brought up to date');
  }
}

/** What the rep gets: all that the channel sees, in one message. Null where it isn't open. */
export async function repCopyOf(context: Context, review: Review): Promise<Message | null> {
  const screen = await threadScreen(context, review, review.repId, context.clock.now());
  return screen && repCopyMessage(screen, await shownCharts(context, review, screen.style));
}

/** The figures of the days after that, to the rep. */
export async function finalCopyOf(context: Context, review: Review): Promise<Message | null> {
  const screen = await threadScreen(context, review, review.repId, context.clock.now());
  return screen && finalMessage(screen);
}
