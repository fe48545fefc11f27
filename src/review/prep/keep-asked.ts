/** What a rep is asked follows what is entered, until they have sent their answers. */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { refreshReview } from '../refresh-review.ts';
import { spansOf } from '../schedule/rules.ts';
import { askedNow, planOfReview, type ReviewPlan } from '../scorecard/review-plan.ts';
import { type Review, saveReview } from '../store.ts';

/**
 * Measures the month anew where something was entered since the rep was asked, or its last days have
 * passed, and has the question shown anew. Within the rep's lock. Returns the review as it is then.
 */
export async function keepAsked(
  { clock, encryption, outbox }: Pick<Deps, 'clock' | 'encryption' | 'outbox'>,
  tx: Tx,
  review: Review,
  known?: ReviewPlan,
): Promise<Review> {
  if (!review.asked || review.answeredAt || review.openedAt || review.closedAt) return review;
  const store = { db: tx, encryption };
  const plan = known ?? (await planOfReview(store, review));
  const span = plan && spansOf(plan.work.period).find(({ month }) => month === review.month);
  if (!plan || !span) return review;
  const asked = await askedNow(store, plan, span, plan.zone.dateAt(clock.now()));
  if (asked.facts === review.asked.facts) return review;
  const saved = { ...review, asked };
  await saveReview(store, saved);
  await refreshReview({ outbox }, tx, review);
  return saved;
}
