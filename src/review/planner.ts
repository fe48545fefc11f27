/** What falls due around somebody's reviews, as the scheduler asks for it. */
import type { Deps } from '../context.ts';
import type { Tx } from '../db/client.ts';
import { lockPerson } from '../db/lock-people.ts';
import type { NewDelivery } from '../outbox/delivery.ts';
import type { Planner } from '../scheduler/scheduler.ts';
import { nextDaytime } from '../time/daytime.ts';
import { addDays } from '../time/local-date.ts';
import { zoneOf } from '../time/zone.ts';
import { aheadOrder, replyOf, reviewOrder } from './deliveries.ts';
import { keepAsked } from './prep/keep-asked.ts';
import { planOverdue } from './recovery/open-items.ts';
import { refreshReview } from './refresh-review.ts';
import { type Meeting, reviewTimes, type ScheduledReview } from './schedule/rules.ts';
import { keepAhead } from './schedule/store.ts';
import {
  askedNow,
  cardNow,
  otherPlans,
  type ReviewPlan,
  reviewPlan,
} from './scorecard/review-plan.ts';
import { type AskedMonth, ensureReview, type Review, reviewsOf, saveReview } from './store.ts';
import { beginThread, lacksThread, openReview } from './thread/open-review.ts';

/** The scheduler's name for it. */
export const REVIEW = 'review';

/** A review that Bigplan slept through is made up for within so many days. */
const LATE_MS = 7 * 86_400_000;
/** When the figures of a month that has ended are told. */
const MORNING = '08:00';

/** Asks, reminds and opens. What is done is kept with the review, so a look more changes nothing. */
export function reviewPlanner(deps: Deps): Planner {
  return async (tx, rep, { now }) => {
    await lockPerson(tx, rep);
    const store = { db: tx, encryption: deps.encryption, clock: deps.clock };
    const current = await reviewPlan(store, rep);
    const others = await otherPlans(store, rep, current, now);
    const next: (Date | null)[] = [];
    for (const plan of current ? [...others, current] : others) {
      const reviews = await reviewsOf(store, plan.work.planId);
      for (const scheduled of reviewTimes(plan, reviews, now)) {
        next.push(await step(deps, tx, plan, scheduled, now));
      }
    }
    const any = current ?? others[0];
    if (any) next.push(await planOverdue(deps, tx, any, now));
    return earliest(next);
  };
}

/** Does what is due with one review; returns when to look at it again. */
async function step(
  deps: Deps,
  tx: Tx,
  plan: ReviewPlan,
  scheduled: ScheduledReview,
  now: Date,
): Promise<Date | null> {
  const { meeting, state } = scheduled;
  const review = scheduled.review && (await announce(deps, tx, scheduled.review, meeting));
  switch (state) {
    case 'ahead':
      if (meeting.askAt > now) return meeting.askAt;
      return ask(deps, tx, plan, scheduled, now);
    case 'past': {
      const { agreedAt, firstAgreedAt } = plan.work;
      // A version that came since may have moved it back before its own beginning.
      const since = Math.max(meeting.at.getTime(), agreedAt.getTime());
      if (now.getTime() - since >= LATE_MS || meeting.at < firstAgreedAt) return null;
      return ask(deps, tx, plan, scheduled, now);
    }
    case 'asked': {
      const { remindAt, deadline } = meeting;
      if (!review) return null;
      if (deadline <= now) {
        await openReview(deps, tx, review);
        return null;
      }
      await promisePrep(deps, tx, plan, review, now);
      await giveHeadsUp(deps, tx, plan, review, now);
      const { asked } = await keepAsked(deps, tx, review, plan);
      const monthEnd = asked && monthEndOf(asked, plan, scheduled);
      if (remindAt !== null && remindAt <= now) {
        const reminder = reviewOrder('prepReminder', plan.rep, review);
        await deps.outbox.enqueue(tx, { ...reminder, dueAt: remindAt, sendBy: deadline });
      }
      return nextOf(meeting, monthEnd, now);
    }
    case 'answered':
      if (review) await openReview(deps, tx, review);
      return null;
    case 'closed':
      // Closed before it could be posted, or before its month was over: that was promised.
      if (!review?.openedAt) return null;
      if (review.card?.asOf == null && !(await lacksThread(deps, tx, plan, review))) return null;
      return completeThread(deps, tx, plan, { ...scheduled, review }, now);
    case 'open':
      return review && completeThread(deps, tx, plan, { ...scheduled, review }, now);
    default:
      return null;
  }
}

/**
 * When a month that isn't over is asked about whole: its last days may bring a miss, or win one back. Null:
 * it was.
 */
function monthEndOf(
  { card }: AskedMonth,
  plan: ReviewPlan,
  { span }: Pick<ScheduledReview, 'span'>,
) {
  return card.asOf === null ? null : overAt(plan, span);
}

/** Begins a thread that could not be begun, and adds the figures of the days after it was. */
async function completeThread(
  deps: Deps,
  tx: Tx,
  plan: ReviewPlan,
  { span, review }: ScheduledReview & { review: Review },
  now: Date,
): Promise<Date | null> {
  const { outbox, encryption } = deps;
  const begun = (await lacksThread(deps, tx, plan, review))
    ? await beginThread(deps, tx, plan, review)
    : review;
  if (!begun.card || begun.card.asOf === null) return null;
  const isOver = overAt(plan, span);
  if (now < isOver) return isOver;
  const store = { db: tx, encryption };
  const card = await cardNow(store, plan, span, plan.zone.dateAt(now));
  const whole = { ...begun, card };
  await saveReview(store, whole);
  // One that is begun just now has them anyway.
  if (begun === review && whole.threads > 0) await outbox.enqueue(tx, replyOf(whole, 'final'));
  await outbox.enqueue(tx, reviewOrder('finalRepCopy', plan.rep, whole));
  await refreshReview(deps, tx, whole);
  return null;
}

async function ask(
  deps: Deps,
  tx: Tx,
  plan: ReviewPlan,
  { span, meeting }: ScheduledReview,
  now: Date,
): Promise<Date | null> {
  const store = { db: tx, encryption: deps.encryption };
  const { planId } = plan.work;
  const review = await ensureReview(store, plan.rep, { planId, month: span.month });
  const asked = await askedNow(store, plan, span, plan.zone.dateAt(now));
  const saved = { ...review, askedAt: now, asked, announcedFor: meeting.at };
  await saveReview(store, saved);
  await promisePrep(deps, tx, plan, saved, now);
  await giveHeadsUp(deps, tx, plan, saved, now);
  // Asked late, the deadline is later too: the next look sees it.
  return nextOf(meeting, monthEndOf(asked, plan, { span }), now);
}

/** When to look next at a review that is asked. */
function nextOf({ deadline, remindAt }: Meeting, monthEnd: Date | null, now: Date): Date | null {
  return earliest([deadline, ...[remindAt, monthEnd].filter((at) => at !== null && at > now)]);
}

/** The morning on which a month is over. */
function overAt({ zone }: ReviewPlan, { to }: ScheduledReview['span']): Date {
  return zone.instantAt(addDays(to, 1), MORNING);
}

/**
 * Tells the manager that the rep is asked: whoever takes over meanwhile as well, and each by day. All that a manager is
 * told of on one day of theirs is in one message.
 */
async function giveHeadsUp(
  { outbox }: Deps,
  tx: Tx,
  { manager }: ReviewPlan,
  review: Review,
  now: Date,
): Promise<void> {
  if (!manager) return;
  const zone = zoneOf(manager.timeZone);
  const dueAt = nextDaytime(zone, now);
  const alone = reviewOrder('headsUp', manager, review);
  // Planned when each had its own.
  if ((await outbox.find(alone, tx)).length > 0) return promise(outbox, tx, { ...alone, dueAt });
  const { day, isNew } = await keepAhead(tx, manager, review.id, zone.dateAt(dueAt));
  await promise(outbox, tx, { ...aheadOrder(manager, day), dueAt });
  if (isNew) await refreshReview({ outbox }, tx, review);
}

/** The rep is asked as soon as they can be: an absence that came, went or changed moves that too. */
async function promisePrep(
  { outbox }: Deps,
  tx: Tx,
  { rep }: ReviewPlan,
  review: Review,
  now: Date,
): Promise<void> {
  await promise(outbox, tx, { ...reviewOrder('prep', rep, review), dueAt: now });
}

/** What waits for another time comes at this one; what wasn't due while its reader was away is due again. */
async function promise(
  outbox: Deps['outbox'],
  tx: Tx,
  order: NewDelivery & { dueAt: Date },
): Promise<void> {
  const window = { dueAt: order.dueAt, sendBy: null };
  if (await outbox.enqueue(tx, order)) return;
  if (await outbox.reschedule(tx, order, window)) return;
  if (await outbox.requeue(tx, order, ['cancelled'])) await outbox.reschedule(tx, order, window);
}

/** Whatever has moved a meeting since, such as days off: the messages that stand say when it is now. */
async function announce(
  { outbox, encryption }: Deps,
  tx: Tx,
  review: Review,
  { at }: Meeting,
): Promise<Review> {
  if (!review.asked || review.closedAt || review.announcedFor?.getTime() === at.getTime()) {
    return review;
  }
  const saved = { ...review, announcedFor: at };
  await saveReview({ db: tx, encryption }, saved);
  await refreshReview({ outbox }, tx, review);
  return saved;
}

function earliest(instants: readonly (Date | null)[]): Date | null {
  const known = instants.filter((instant) => instant !== null);
  return known.length === 0 ? null : new Date(Math.min(...known.map((at) => at.getTime())));
}
