/** The messages with which a rep is asked first, and how they read once the review has gone on. */
import { reachable } from '../../activity/can-notify.ts';
import { ownPlan, updateFigures } from '../../actuals/update/figures.ts';
import type { Context } from '../../context.ts';
import type { Store } from '../../db/store.ts';
import { type Awaited, type MessageKind, messageKind } from '../../outbox/message.ts';
import { pairOf } from '../../plan/access.ts';
import type { Message } from '../../slack/surfaces.ts';
import { localDateIn, wallTimeIn } from '../../time/zone.ts';
import { causesTakenFor } from '../commitments/heard.ts';
import { REVIEW_DELIVERY } from '../deliveries.ts';
import { reviewTimes } from '../schedule/rules.ts';
import { planOfReview, type ReviewPlan } from '../scorecard/review-plan.ts';
import { findReview, type Review } from '../store.ts';
import { answeredCount, readAnswers } from './answer-review.ts';
import {
  type PrepScreen,
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
 * An agreed appointment is no nudge that somebody turns off: only being gone stops it.
 */
const asking = (context: Context, kind: string, which: 'prep' | 'reminder'): MessageKind =>
  messageKind<ShownPrep & { isThere: boolean }>({
    kind,
    weight: which === 'prep' ? 'must' : 'timely',
    isKept: true,
    ...(which === 'prep' && { awaited: awaitedBy(context) }),
    async load({ subject, reader }) {
      const review = await findReview(context, subject);
      if (review?.workspaceId !== reader.workspaceId || review.repId !== reader.userId) return null;
      const shown = await showPrep(context, review, context.clock.now());
      return shown && { ...shown, isThere: (await reachable(context, reader)) !== null };
    },
    isDue: ({ isDue, isThere }) => isDue && isThere,
    render: (shown) => shown[which],
  });

/** Asked by the calendar: it is the manager who waits for the answers. */
const awaitedBy = ({ db }: Context): Awaited => ({
  what: 'the questions before your 1:1',
  by: async ({ reader }) => (await pairOf(db, reader)).manager,
});

interface ShownPrep {
  prep: Message;
  reminder: Message;
  /** Whether the rep is still to be asked, before anything is opened. */
  isDue: boolean;
}

/** What stands in the place of the question and of its reminder. Null where nobody was asked. */
async function showPrep(context: Context, review: Review, now: Date): Promise<ShownPrep | null> {
  const store: Store = context;
  if (!review.asked) return null;
  const pair = await pairOf(store.db, { workspaceId: review.workspaceId, userId: review.repId });
  const answering = await readAnswers(store, { review, pair, side: 'rep' });
  const { asked, given, topics, optional } = answering;
  const style = answerStyle(answering);
  const month = {
    card: asked.card,
    style,
    given: answeredCount(answering),
  };
  const { answeredAt, closedAt, skippedAt, openedAt, id: reviewId } = review;
  const over = (why: Parameters<typeof prepOverMessage>[1]): ShownPrep => {
    const message = prepOverMessage(month, why);
    return { prep: message, reminder: message, isDue: false };
  };
  if (!answeredAt && closedAt) return over('closed');
  if (!answeredAt && skippedAt) return over('skipped');
  const plan = await planOfReview(store, review);
  const times = plan && timesOf(plan, review, now);
  if (!plan || !times) return over('plan_closed');
  const screen: PrepScreen = {
    ...month,
    reviewId,
    repId: review.repId,
    topics,
    optional,
    hasOwnTarget: plan.measured.hasOwnTarget,
    meeting: times.meeting,
    deadline: openedAt ? null : times.deadline,
    ...(await askedOnceMore(context, review, plan)),
    taken: await causesTakenFor(context, pair.rep, localDateIn(pair.rep.timeZone, now)),
  };
  if (answeredAt) {
    return {
      prep: prepSentMessage(screen, {
        on: localDateIn(pair.rep.timeZone, answeredAt),
        count: given.size,
      }),
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

/**
 * What the plan judges beside the days, as of when the rep was asked, or of its last day; nulls where it is closed.
 */
async function askedOnceMore(
  context: Context,
  { planId, askedAt }: Review,
  { rep, work: { period } }: ReviewPlan,
): Promise<Pick<PrepScreen, 'judged' | 'reader'>> {
  const asked = localDateIn(rep.timeZone, askedAt ?? context.clock.now());
  const date = [asked, period.end].sort()[0] ?? asked;
  const own = await ownPlan(context, rep, date);
  if (own?.plan.planId !== planId || own.plan.isClosed) return { judged: null, reader: null };
  const { plan, reader } = own;
  return { judged: await updateFigures(context.db, plan, date), reader };
}

/** When the pair meets and the thread opens, on the rep's clocks; null: the plan has no such month. */
function timesOf(plan: ReviewPlan, review: Review, now: Date) {
  const { month } = review;
  const found = reviewTimes(plan, new Map([[month, review]]), now).find(
    ({ span }) => span.month === month,
  );
  if (!found) return null;
  const on = (at: Date) => wallTimeIn(plan.rep.timeZone, at);
  return { meeting: on(found.meeting.at), deadline: on(found.meeting.deadline) };
}
