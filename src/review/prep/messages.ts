/** The messages with which a rep is asked first, and how they read once the review has gone on. */
import { readyReader } from '../../activity/can-notify.ts';
import type { Context } from '../../context.ts';
import type { Store } from '../../db/store.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { pairOf } from '../../plan/access.ts';
import type { Message } from '../../slack/surfaces.ts';
import { localDateIn, wallTimeIn } from '../../time/zone.ts';
import { REVIEW_DELIVERY } from '../deliveries.ts';
import { reviewTimes } from '../schedule/rules.ts';
import { planOfReview } from '../scorecard/review-plan.ts';
import { findReview, type Review } from '../store.ts';
import { readAnswers } from './answer-review.ts';
import {
  prepMessage,
  prepOverMessage,
  prepReminderDoneMessage,
  prepReminderMessage,
  prepSentMessage,
} from './messages-view.ts';
import { answerStyle } from './show-answers.ts';

export const prepMessages = (context: Context): MessageKind[] => [
  asking(context, REVIEW_DELIVERY.prep, 'prep'),
  asking(context, REVIEW_DELIVERY.prepReminder, 'reminder'),
];

/**
 * An agreed appointment is no nudge that somebody turns off: only being away, having paused everything
 * or being gone stops it.
 */
const asking = (context: Context, kind: string, which: 'prep' | 'reminder'): MessageKind =>
  messageKind<ShownPrep & { isReady: boolean }>({
    kind,
    isKept: true,
    async load({ subject, reader }) {
      const review = await findReview(context, subject);
      if (review?.workspaceId !== reader.workspaceId || review.repId !== reader.userId) return null;
      const shown = await showPrep(context, review, context.clock.now());
      return shown && { ...shown, isReady: (await readyReader(context, reader)) !== null };
    },
    isDue: ({ isDue, isReady }) => isDue && isReady,
    render: (shown) => shown[which],
  });

interface ShownPrep {
  prep: Message;
  reminder: Message;
  /** Whether the rep is still to be asked, before anything is opened. */
  isDue: boolean;
}

/** What stands in the place of the question and of its reminder. Null where nobody was asked. */
async function showPrep(store: Store, review: Review, now: Date): Promise<ShownPrep | null> {
  if (!review.asked) return null;
  const pair = await pairOf(store.db, { workspaceId: review.workspaceId, userId: review.repId });
  const answering = await readAnswers(store, { review, pair, side: 'rep' });
  const { asked, given, topics, own } = answering;
  const style = answerStyle(answering);
  const month = { card: asked.plan, style, given: given.size };
  const { answeredAt, closedAt, skippedAt, openedAt, id: reviewId } = review;
  const over = (why: Parameters<typeof prepOverMessage>[1]): ShownPrep => {
    const message = prepOverMessage(month, why);
    return { prep: message, reminder: message, isDue: false };
  };
  if (!answeredAt && closedAt) return over('closed');
  if (!answeredAt && skippedAt) return over('skipped');
  const times = await timesOf(store, review, now);
  if (!times) return over('plan_closed');
  const { meeting, deadline } = times;
  const screen = { ...month, reviewId, topics, own, meeting, deadline: openedAt ? null : deadline };
  if (answeredAt) {
    return {
      prep: prepSentMessage(screen, localDateIn(pair.rep.timeZone, answeredAt)),
      reminder: prepReminderDoneMessage(screen),
      isDue: false,
    };
  }
  return {
    prep: prepMessage(screen),
    reminder: prepReminderMessage(screen),
    isDue: openedAt === null,
  };
}

/** When the pair meets and the thread opens, on the rep's clocks; null where the plan is closed. */
async function timesOf(store: Store, review: Review, now: Date) {
  const { month } = review;
  const plan = await planOfReview(store, review);
  if (!plan) return null;
  const found = reviewTimes(plan, new Map([[month, review]]), now).find(
    ({ span }) => span.month === month,
  );
  if (!found) return null;
  const on = (at: Date) => wallTimeIn(plan.rep.timeZone, at);
  return { meeting: on(found.meeting.at), deadline: on(found.meeting.deadline) };
}
