/** The messages about when a pair meets. */

import { reachable } from '../../activity/can-notify.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { type Person, teamLedBy } from '../../people/store.ts';
import { pairOf } from '../../plan/access.ts';
import { wallTimeIn } from '../../time/zone.ts';
import { aheadDay, movedOrder, REVIEW_DELIVERY } from '../deliveries.ts';
import { findReview, type Review } from '../store.ts';
import { monthText } from '../words-view.ts';
import {
  type ChangeScreen,
  changeMessage,
  type HeadsUpScreen,
  headsUpMessage,
} from './messages-view.ts';
import { mustOpenMonth, type OpenMonth, offOn, otherOf, readChange } from './move-review.ts';
import { coverageOf, meetingTime, planStyle } from './show-schedule.ts';
import { reviewsAhead } from './store.ts';

export const scheduleMessages = (context: Context): MessageKind[] => [
  changed(context),
  headsUp(context),
];

/** Told at once, whoever is away: it is about a time to come. Another change has a message of its own. */
const changed = (context: Context): MessageKind =>
  messageKind<ChangeScreen>({
    kind: REVIEW_DELIVERY.moved,
    weight: 'must',
    comesThrough: ['away'],
    async load(delivery) {
      const change = readChange(delivery.subject);
      const review = change && (await findReview(context, change.reviewId));
      const reader = await reachable(context, delivery.reader);
      if (!change || !review || !reader) return null;
      if (delivery.key !== movedOrder(reader, review).key) return null;
      const month = await monthFor(context, reader, review);
      if (!month) return null;
      return {
        ...meetingOfMonth(month, review, reader),
        kind: change.kind,
        by: change.by,
        from: wallTimeIn(reader.timeZone, change.from),
        isOff: offOn(month, month.scheduled.meeting.at).includes(month.side),
      };
    },
    render: changeMessage,
  });

/** To the manager, when reps are asked; it says later which review is open, moved or skipped. */
const headsUp = (context: Context): MessageKind =>
  messageKind<HeadsUpScreen[]>({
    kind: REVIEW_DELIVERY.headsUp,
    weight: 'must',
    isKept: true,
    async load({ subject, reader: who }) {
      const reader = await reachable(context, who);
      if (!reader) return null;
      const day = aheadDay(subject);
      const ids = day === null ? [subject] : await reviewsAhead(context.db, reader, day);
      const screens: { screen: HeadsUpScreen; at: Date }[] = [];
      for (const id of ids) {
        const review = await findReview(context, id);
        const said = review && (await headsUpScreen(context, review, reader));
        if (said) screens.push(said);
      }
      screens.sort((one, other) => one.at.getTime() - other.at.getTime());
      return screens.length > 0 ? screens.map(({ screen }) => screen) : null;
    },
    isDue: (screens) => screens.some(({ skippedBy, isOpen }) => skippedBy === null && !isOpen),
    shows: (screens) => ({ kind: 'standing_seen', repIds: screens.map(({ repId }) => repId) }),
    render: headsUpMessage,
  });

/** Null where the reader isn't one of the pair any more, or the plan has no such review. */
async function monthFor(
  context: Context,
  reader: Person,
  { workspaceId, repId, month, planId }: Review,
): Promise<OpenMonth | null> {
  const pair = await pairOf(context.db, { workspaceId, userId: repId });
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
async function headsUpScreen(
  context: Context,
  review: Review,
  reader: Person,
): Promise<{ screen: HeadsUpScreen; at: Date } | null> {
  const month = await monthFor(context, reader, review);
  if (month?.side !== 'manager' || !review.asked) return null;
  const { card } = review.asked;
  const team = await teamLedBy(context.db, {
    workspaceId: review.workspaceId,
    userId: reader.userId,
  });
  const { meeting } = month.scheduled;
  const screen = {
    ...meetingOfMonth(month, review, reader),
    repId: review.repId,
    month: review.month,
    style: planStyle(month.plan, reader),
    bookings: card.bookings,
    by: card.asOf ?? card.span.to,
    coverage: coverageOf(card),
    opensAt: wallTimeIn(reader.timeZone, meeting.deadline),
    channelId: team?.channelId ?? null,
    skippedBy: review.skippedAt && review.skippedBy,
    isOpen: review.openedAt !== null,
    isWaiting: review.threads === 0,
  };
  return { screen, at: meeting.at };
}
