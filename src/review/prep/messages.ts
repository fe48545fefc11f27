/** The words with which a rep is asked first, made when they are sent: what is no longer due is not. */

import { readyReader } from '../../activity/can-notify.ts';
import { replace } from '../../activity/check-in/show-day.ts';
import type { Context } from '../../context.ts';
import type { Store } from '../../db/store.ts';
import type { Delivery, Renderer } from '../../outbox/delivery.ts';
import { pairOf } from '../../plan/access.ts';
import type { Message } from '../../slack/surfaces.ts';
import { localDateIn, wallTimeIn } from '../../time/zone.ts';
import { DELIVERY } from '../deliveries.ts';
import { reviewTimes } from '../schedule/review-times.ts';
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
import { styleOf } from './show-answers.ts';

export function registerPrepDeliveries(context: Context): void {
  context.outbox.register(DELIVERY.prep, asks(context, 'prep'));
  context.outbox.register(DELIVERY.prepReminder, asks(context, 'reminder'));
  // It has no message of its own, so it always ends as one that wasn't due.
  context.outbox.register(DELIVERY.prepAgain, async ({ subject: id }) => {
    await refreshPrep(context, { id });
    return null;
  });
}

/**
 * An agreed appointment is no nudge that somebody turns off: only being away, having paused everything
 * or being gone stops it.
 */
const asks =
  (context: Context, which: 'prep' | 'reminder'): Renderer =>
  async (delivery: Delivery) => {
    const { team, person, subject } = delivery;
    const review = await findReview(context, subject);
    if (!review || review.workspaceId !== team || review.repId !== person) return null;
    if (!(await readyReader(context, { workspaceId: team, userId: person }))) return null;
    const found = await showPrep(context, review, context.clock.now());
    return found?.isDue ? { to: { user: person }, ...found[which] } : null;
  };

interface ShownPrep {
  prep: Message;
  reminder: Message;
  /** Whether the rep is still to be asked, before anything is opened. */
  isDue: boolean;
}

/** What stands in the place of the question and of its reminder. Null where nobody was asked. */
async function showPrep(store: Store, review: Review, now: Date): Promise<ShownPrep | null> {
  if (!review.asked) return null;
  const pair = await pairOf(store.db, review.workspaceId, review.repId);
  const answering = await readAnswers(store, { review, pair, side: 'rep' });
  const { asked, given, topics, own } = answering;
  const style = styleOf(answering);
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

/**
 * Shows in the messages that asked the rep how the review stands now. Never throws: what can't be changed
 * is left, and its buttons still answer.
 */
export async function refreshPrep(context: Context, { id }: Pick<Review, 'id'>): Promise<void> {
  const { outbox, log, clock } = context;
  try {
    const review = await findReview(context, id);
    if (!review) return;
    const about = { team: review.workspaceId, subject: id };
    const prep = await outbox.find({ ...about, kind: DELIVERY.prep });
    const reminder = await outbox.find({ ...about, kind: DELIVERY.prepReminder });
    const shown = await showPrep(context, review, clock.now());
    if (!shown) return;
    for (const { message } of prep) if (message) await replace(context, message, shown.prep);
    for (const { message } of reminder) {
      if (message) await replace(context, message, shown.reminder);
    }
  } catch (err) {
    log.warn(
      { err, kind: DELIVERY.prep },
      'A question about a month could not be brought up to date',
    );
  }
}
