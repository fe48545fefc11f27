/** The messages about when a pair meets, made when they are sent: what is no longer so is not. */

import { reachable, readyReader } from '../../activity/can-notify.ts';
import { replace } from '../../activity/check-in/show-day.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { Delivery, Renderer } from '../../outbox/delivery.ts';
import { type Person, teamLedBy } from '../../people/store.ts';
import { pairOf } from '../../plan/access.ts';
import { fitMessage } from '../../slack/limits.ts';
import type { Message } from '../../slack/surfaces.ts';
import { wallTimeIn } from '../../time/zone.ts';
import { DELIVERY, movedOrder } from '../deliveries.ts';
import { refreshPrep } from '../prep/messages.ts';
import { findReview, type Review } from '../store.ts';
import { refreshThread } from '../thread/thread-message.ts';
import { monthText } from '../words-view.ts';
import { changeMessage, headsUpMessage } from './messages-view.ts';
import { mustOpenMonth, type OpenMonth, offOn, otherOf, readChange } from './move-review.ts';
import { coverageOf, meetingTime, styleOf } from './show-schedule.ts';

export function registerScheduleDeliveries(context: Context): void {
  const { outbox } = context;
  outbox.register(DELIVERY.moved, moved(context));
  outbox.register(DELIVERY.ahead, ahead(context));
  outbox.register(DELIVERY.aheadAgain, aheadAgain(context));
}

/** Told at once, whoever is away: it is about a time to come. Another change has a message of its own. */
const moved =
  (context: Context): Renderer =>
  async (delivery) => {
    const change = readChange(delivery.subject);
    const review = change && (await findReview(context, change.reviewId));
    const reader = await reachable(context, personOf(delivery));
    if (!change || !review || !reader) return null;
    if (delivery.key !== movedOrder(reader, review).key) return null;
    const month = await monthFor(context, reader, review);
    if (!month) return null;
    const { kind, by, from } = change;
    const message = changeMessage({
      ...meetingOfMonth(month, review, reader),
      kind,
      by,
      from: wallTimeIn(reader.timeZone, from),
      isOff: offOn(month, month.scheduled.meeting.at).includes(month.side),
    });
    return { to: { user: delivery.person }, ...message };
  };

const ahead =
  (context: Context): Renderer =>
  async (delivery) => {
    const review = await findReview(context, delivery.subject);
    const reader = await readyReader(context, personOf(delivery));
    if (!review || !reader || review.skippedAt || review.openedAt) return null;
    const message = await aheadOf(context, review, reader.person);
    return message && { to: { user: delivery.person }, ...message };
  };

/** It has no message of its own, so it always ends as one that wasn't due. */
const aheadAgain =
  (context: Context): Renderer =>
  async (delivery) => {
    const { subject, thread: place } = delivery;
    const review = await findReview(context, subject);
    const reader = await reachable(context, personOf(delivery));
    const message = review && reader && (await aheadOf(context, review, reader));
    if (place && message)
      await context.bulkClient.chat.update({ ...place, ...fitMessage(message) });
    return null;
  };

const personOf = ({ team, person }: Delivery) => ({ workspaceId: team, userId: person });

/** Null where the reader isn't one of the pair any more, or the plan has no such review. */
async function monthFor(
  context: Context,
  reader: Person,
  { workspaceId, repId, month, planId }: Review,
): Promise<OpenMonth | null> {
  const pair = await pairOf(context.db, workspaceId, repId);
  if (![repId, pair.manager?.userId].includes(reader.userId)) return null;
  try {
    const found = await mustOpenMonth(context, reader, { repId, month }, context.clock.now());
    return found.plan.work.planId === planId ? found : null;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function meetingOfMonth(month: OpenMonth, { id, reason }: Review, reader: Person) {
  const { span, meeting } = month.scheduled;
  return {
    reviewId: id,
    name: monthText(span, reader.locale),
    at: meetingTime(meeting.at, reader, otherOf(month)),
    locale: reader.locale,
    reason,
  };
}

/** What the manager reads when the rep is asked; null where they aren't the rep's manager any more. */
async function aheadOf(context: Context, review: Review, reader: Person): Promise<Message | null> {
  const month = await monthFor(context, reader, review);
  if (month?.side !== 'manager' || !review.asked) return null;
  const { quota } = review.asked;
  const team = await teamLedBy(context.db, review.workspaceId, reader.userId);
  return headsUpMessage({
    ...meetingOfMonth(month, review, reader),
    repId: review.repId,
    style: styleOf(month.plan, reader),
    bookings: quota.bookings,
    by: quota.asOf ?? quota.span.to,
    coverage: coverageOf(quota),
    opensAt: wallTimeIn(reader.timeZone, month.scheduled.meeting.deadline),
    channelId: team?.channelId ?? null,
    skippedBy: review.skippedAt && review.skippedBy,
    isOpen: review.openedAt !== null,
  });
}

/**
 * Shows in the messages about a review when it is now. Never throws: what can't be changed is left, and
 * its buttons still answer.
 */
export async function refreshMeeting(context: Context, { id }: Pick<Review, 'id'>): Promise<void> {
  const { outbox, log } = context;
  try {
    const review = await findReview(context, id);
    if (!review) return;
    const about = { team: review.workspaceId, subject: id };
    for (const { person, message } of await outbox.find({ ...about, kind: DELIVERY.ahead })) {
      const reader = message && (await reachable(context, { ...review, userId: person }));
      const shown = reader && (await aheadOf(context, review, reader));
      if (message && shown) await replace(context, message, shown);
    }
    await refreshPrep(context, review);
    if (review.openedAt) await refreshThread(context, review);
  } catch (err) {
    log.warn({ err, kind: DELIVERY.ahead }, 'A review could not be brought up to date');
  }
}
