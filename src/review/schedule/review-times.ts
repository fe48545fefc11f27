/** When the reviews of a plan are held, and how far each one is. */

import type { ReviewPeriod } from '../review-period-rules.ts';
import type { ReviewPlan } from '../scorecard/review-plan.ts';
import type { Review } from '../store.ts';
import { around, type Meeting, meetingOf } from './rules.ts';

/** `ahead`: the rep wasn't asked yet. `past`: they never were, and the time of the meeting is over. */
export type ReviewState = 'skipped' | 'closed' | 'open' | 'answered' | 'asked' | 'ahead' | 'past';

export interface ScheduledReview {
  span: ReviewPeriod;
  /** Null: nothing is known of it yet. */
  review: Review | null;
  /** Where it was moved, around the time that it was moved to. */
  meeting: Meeting;
  state: ReviewState;
}

/** The reviews of a plan, in the order of their months. */
export function reviewTimes(
  { spans, schedule }: ReviewPlan,
  reviews: ReadonlyMap<string, Review>,
  now: Date,
): ScheduledReview[] {
  return spans.map((span) => {
    const review = reviews.get(span.month) ?? null;
    const at = review?.movedTo ?? meetingOf(schedule, span.month);
    return {
      span,
      review,
      meeting: around(schedule, at, review?.askedAt ?? null),
      state: stateOf(review) ?? (at >= now ? 'ahead' : 'past'),
    };
  });
}

/** Null: nobody has begun with it. */
function stateOf(review: Review | null): Exclude<ReviewState, 'ahead' | 'past'> | null {
  if (review === null) return null;
  if (review.skippedAt !== null) return 'skipped';
  if (review.closedAt !== null) return 'closed';
  if (review.openedAt !== null) return 'open';
  if (review.answeredAt !== null) return 'answered';
  return review.askedAt === null ? null : 'asked';
}
