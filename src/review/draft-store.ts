/** What is typed in the forms of a review and not submitted yet: rows ⇄ domain, sealed as answers are. */
import type { Reading } from '../activity/deps.ts';
import { CAUSES } from '../activity/schemas.ts';
import type { Tx } from '../db/client.ts';
import { TOPICS, type Topic } from './schemas.ts';
import type { Answer, Review } from './store.ts';

export type Draft = Omit<Answer, 'reviewId'>;

type Owner = Pick<Review, 'id' | 'workspaceId' | 'repId'>;

/** Beside the answer, so that a text half changed never stands for the one that was given. */
const keyOf = (topic: Topic) => `${topic}.typed`;

const aad = ({ id, workspaceId, repId }: Owner, field: string, topic: Topic) => ({
  team: workspaceId,
  person: repId,
  field: `${field}:${id}:${keyOf(topic)}`,
});

export async function draftsOf({ db, sealer }: Reading, review: Owner): Promise<Map<Topic, Draft>> {
  const rows = await db.reviewAnswer.findMany({ where: { reviewId: review.id } });
  const drafts = rows.flatMap(({ kpi, causes, words, proposal, updatedAt }): Draft[] => {
    const topic = TOPICS.find((one) => keyOf(one) === kpi);
    if (!topic) return [];
    const open = (text: string | null, field: string) =>
      text && sealer.open(text, aad(review, field, topic));
    return [
      {
        topic,
        causes: CAUSES.filter((cause) => causes.includes(cause)),
        words: open(words, 'words'),
        proposal: open(proposal, 'proposal'),
        updatedAt,
      },
    ];
  });
  return new Map(drafts.map((draft) => [draft.topic, draft]));
}

export async function saveDraft(
  { db, sealer }: Reading,
  review: Owner,
  { topic, causes, words, proposal, updatedAt }: Draft,
): Promise<void> {
  const seal = (text: string | null, field: string) =>
    text && sealer.seal(text, aad(review, field, topic));
  const data = {
    causes,
    words: seal(words, 'words'),
    proposal: seal(proposal, 'proposal'),
    updatedAt,
  };
  await db.reviewAnswer.upsert({
    where: { reviewId_kpi: { reviewId: review.id, kpi: keyOf(topic) } },
    create: { reviewId: review.id, kpi: keyOf(topic), ...data },
    update: data,
  });
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
