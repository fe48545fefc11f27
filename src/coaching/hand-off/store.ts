/** The hand-off card and who keeps it: rows ⇄ domain. Its words are encrypted. */
import { z } from 'zod';
import type { Db, Tx } from '../../db/client.ts';
import type { Store } from '../../db/store.ts';

/** What the card says, in marketing's words. */
export const CardWords = z.object({
  persona: z.string(),
  promise: z.string(),
  painPoints: z.string(),
  content: z.string(),
  news: z.string(),
});
export type CardWords = z.infer<typeof CardWords>;

export interface CardAge {
  /** When it was written or last found true. */
  updatedAt: Date;
  updatedBy: string;
}

export interface HandOffCard extends CardAge {
  words: CardWords;
}

const wordsOf = (workspaceId: string) => ({ workspaceId, userId: '', field: 'hand_off_card' });

/** Null: there is none yet. */
export async function handOffCard(
  { db, encryption }: Store,
  workspaceId: string,
): Promise<HandOffCard | null> {
  const row = await db.handOffCard.findUnique({ where: { workspaceId } });
  if (!row) return null;
  const words = CardWords.parse(JSON.parse(encryption.decrypt(row.words, wordsOf(workspaceId))));
  return { words, updatedAt: row.updatedAt, updatedBy: row.updatedBy };
}

/** When the card was written, without its words; null: there is none yet. */
export async function handOffAge(db: Db | Tx, workspaceId: string): Promise<CardAge | null> {
  return db.handOffCard.findUnique({
    where: { workspaceId },
    select: { updatedAt: true, updatedBy: true },
  });
}

export async function saveHandOffCard(
  { db, encryption }: Store,
  workspaceId: string,
  { words, ...age }: HandOffCard,
): Promise<void> {
  const data = { ...age, words: encryption.encrypt(JSON.stringify(words), wordsOf(workspaceId)) };
  await db.handOffCard.upsert({
    where: { workspaceId },
    create: { workspaceId, ...data },
    update: data,
  });
}

/** Slack's user ids of those who keep it. */
export async function handOffKeepersOf(db: Db | Tx, workspaceId: string): Promise<string[]> {
  const rows = await db.handOffOwner.findMany({
    where: { workspaceId },
    orderBy: { personId: 'asc' },
  });
  return rows.map(({ personId }) => personId);
}

export async function saveHandOffKeepers(
  tx: Tx,
  workspaceId: string,
  userIds: readonly string[],
): Promise<void> {
  await tx.handOffOwner.deleteMany({ where: { workspaceId, personId: { notIn: [...userIds] } } });
  await tx.handOffOwner.createMany({
    data: userIds.map((personId) => ({ workspaceId, personId })),
    skipDuplicates: true,
  });
}
