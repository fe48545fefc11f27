import type { Deps } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { tellLeaders } from '../causes/causes.ts';
import { findReview, type Review, removeDrafts, saveReview } from '../store.ts';
import { addLateAnswers, openReview } from '../thread/open-review.ts';
import { KPI_NAMES } from '../words-view.ts';
import { type Answering, answersBase, onAnswers, refusalOf } from './answer-review.ts';

export type AnswersOutcome =
  /** `already`: they were sent before, and nothing happened now. */
  | { kind: 'sent'; review: Review; already: boolean }
  /** What would go out is not what was shown: it was changed in another window. */
  | { kind: 'changed_meanwhile' };

/**
 * Sends the rep's answers, once: the review opens with them, or they go into the thread that has been
 * begun without. `seen` is the fingerprint of the answers as they were shown (see `answersBase`); left out:
 * whatever they are.
 * @throws UserError `answers_missing` naming what is missing, `review_over`, `plan_closed`, `not_yours`,
 * `review_gone`, `not_asked`.
 */
export async function sendAnswers(
  deps: Deps,
  actor: PersonRef,
  reviewId: string,
  { named, seen }: { named: boolean; seen?: string },
): Promise<AnswersOutcome> {
  return onAnswers(deps, actor, reviewId, async (tx, store, answering) => {
    const { review, given, pair } = answering;
    if (review.answeredAt) return { kind: 'sent', review, already: true };
    const refusal = refusalOf(answering);
    if (refusal) throw refusal;
    mustBeWhole(answering);
    if (seen !== undefined && seen !== answersBase([...given.values()])) {
      return { kind: 'changed_meanwhile' };
    }
    const sent = {
      ...review,
      answeredAt: deps.clock.now(),
      named,
      teamId: pair.rep.teamId,
    };
    await saveReview(store, sent);
    await removeDrafts(tx, sent);
    if (sent.openedAt) await addLateAnswers(deps, tx, sent);
    else await openReview(deps, tx, sent);
    const opened = await findReview(store, reviewId);
    if (!opened?.openedAt) {
      throw new UserError(
        'plan_closed',
        'The plan of that month is closed, so there is nowhere to send it. Your answers are kept.',
      );
    }
    await deps.outbox.refresh(tx, { workspaceId: opened.workspaceId, subject: opened.id });
    await tellLeaders(deps, tx, opened);
    await deps.scheduler.reschedule(tx, { workspaceId: sent.workspaceId, userId: sent.repId });
    return { kind: 'sent', review: opened, already: false };
  });
}

function mustBeWhole({ topics, given }: Answering): void {
  const missing = topics.filter((topic) => !given.has(topic));
  if (missing.length === 0) return;
  const names = missing.map((topic) => (topic === 'worked' ? 'what worked' : KPI_NAMES[topic]));
  throw new UserError(
    'answers_missing',
    `Still without an answer: ${names.join(', ')}. What you have answered is kept.`,
  );
}
