/** What is typed in the forms of a review and not submitted yet: rows ⇄ domain, sealed as answers are. */

import type { Tx } from '../../db/client.ts';
import type { Store } from '../../db/store.ts';
import { TOPICS, type Topic } from '../schemas.ts';
import { type Answer, type Owner, openSaid, type Review, saveSaid } from '../store.ts';

export type Draft = Omit<Answer, 'reviewId'>;

/** Beside the answer, so that a text half changed never stands for the one that was given. */
const keyOf = (topic: Topic) => `${topic}.typed`;

export async function draftsOf(store: Store, review: Owner): Promise<Map<Topic, Draft>> {
  const rows = await store.db.reviewAnswer.findMany({ where: { reviewId: review.id } });
  const drafts = rows.flatMap((row): Draft[] => {
    const topic = TOPICS.find((one) => keyOf(one) === row.kpi);
    return topic ? [{ topic, ...openSaid(store, review, row) }] : [];
  });
  return new Map(drafts.map((draft) => [draft.topic, draft]));
}

export function saveDraft(
  store: Store,
  review: Owner,
  { topic, causes, words, proposal, updatedAt }: Draft,
): Promise<void> {
  return saveSaid(store, review, keyOf(topic), { causes, words, proposal, updatedAt });
}

export async function removeDrafts(
  tx: Tx,
  { id }: Pick<Review, 'id'>,
  topics: readonly Topic[] = TOPICS,
): Promise<void> {
  await tx.reviewAnswer.deleteMany({
    where: { reviewId: id, kpi: { in: topics.map(keyOf) } },
  });
}
