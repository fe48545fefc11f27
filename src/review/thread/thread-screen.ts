/** A review as its thread shows it: read when a message is made, since it may be made again. */
import type { Store } from '../../db/store.ts';
import { sentKeys } from '../../outbox/sent-keys.ts';
import { findPerson, managerOf, type Person } from '../../people/store.ts';
import { currencyDigits } from '../../plan/model/currencies.ts';
import { localDateIn, wallTimeIn } from '../../time/zone.ts';
import { REVIEW_DELIVERY } from '../deliveries.ts';
import { answerable, questionsOf } from '../prep/rules.ts';
import { openItemsOf } from '../recovery/open-items.ts';
import { reviewTimes } from '../schedule/rules.ts';
import { planOfReview } from '../scorecard/review-plan.ts';
import { type Answer, answersOf, itemsOf, type Review, reviewsOf } from '../store.ts';
import { isLate } from './open-review.ts';
import type { ThreadScreen } from './root-view.ts';

/** Null where the review isn't open, or its rep is gone. `readerId`: whose words and clocks it is in. */
export async function threadScreen(
  store: Store,
  review: Review,
  readerId: string | null,
  now: Date,
): Promise<ThreadScreen | null> {
  const { card, openedAt, workspaceId, repId } = review;
  const rep = await findPerson(store.db, { workspaceId, userId: repId });
  if (!card || !openedAt || !rep) return null;
  const manager = await managerOf(store.db, { workspaceId, userId: repId });
  const reader =
    (readerId && (await findPerson(store.db, { workspaceId, userId: readerId }))) || manager || rep;
  const items = await itemsOf(store, rep, { reviewId: review.id });
  return {
    reviewId: review.id,
    repId,
    managerId: manager?.userId ?? null,
    card,
    style: {
      locale: reader.locale,
      currency: card.currency,
      digits: currencyDigits(card.currency),
    },
    meeting: await meetingText(store, review, { rep, manager }, now),
    askedOn: await askedOn(store, review, rep),
    answers: await sharedAnswers(store, review),
    isAnswered: review.answeredAt !== null,
    isLate: isLate(review),
    carried: await openItemsOf(store, rep, review.month, openedAt),
    today: localDateIn(rep.timeZone, now),
    closed:
      review.closedAt && review.closedBy !== null
        ? {
            on: localDateIn(rep.timeZone, review.closedAt),
            by: review.closedBy,
            items: items.length,
          }
        : null,
  };
}

/** When the rep was asked; null where that never reached them, as while they are away. */
async function askedOn(store: Store, { id, askedAt }: Review, rep: Person) {
  const arrived = await sentKeys(store.db, { ...rep, kind: REVIEW_DELIVERY.prep, since: id });
  return askedAt && arrived.has(id) ? localDateIn(rep.timeZone, askedAt) : null;
}

/** What the rep sent for others to read. */
export async function sharedAnswers(store: Store, review: Review): Promise<Answer[]> {
  if (!review.answeredAt || !review.asked) return [];
  const topics = answerable(questionsOf(review.asked));
  const answers = await answersOf(store, review);
  return answers.filter(({ topic }) => topics.includes(topic));
}

/** When the pair meets, on the clocks of both; null where the plan is gone. */
async function meetingText(
  store: Store,
  review: Review,
  { rep, manager }: { rep: Person; manager: Person | null },
  now: Date,
): Promise<ThreadScreen['meeting']> {
  const plan = await planOfReview(store, review);
  if (!plan) return null;
  const times = reviewTimes(plan, await reviewsOf(store, review.planId), now);
  const at = times.find(({ span }) => span.month === review.month)?.meeting.at;
  if (!at) return null;
  const on = ({ timeZone }: Person) => wallTimeIn(timeZone, at);
  return { rep: on(rep), manager: manager && on(manager) };
}
