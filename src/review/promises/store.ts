/** What one of a pair asked the other for, and what else waits for one of them: rows ⇄ domain. */
import type { Db, Tx } from '../../db/client.ts';
import { columnsOf } from '../../db/columns.ts';
import type { Ask as AskRow } from '../../db/generated/client.ts';
import { isRowId, type Store } from '../../db/store.ts';
import type { ItemOwner } from '../store.ts';

const aad = ({ workspaceId, repId, id }: Pick<AskRow, 'workspaceId' | 'repId' | 'id'>) => ({
  workspaceId,
  userId: repId,
  field: `ask:${id}`,
});

export interface Ask {
  id: string;
  workspaceId: string;
  /** Whose pair it is of. */
  repId: string;
  /** Which of them does it: whoever manages the rep by then, where it is the manager. */
  owner: ItemOwner;
  text: string;
  /** Local date. */
  due: string;
  doneAt: Date | null;
  doneBy: string | null;
  removedAt: Date | null;
  createdBy: string;
  createdAt: Date;
}

const ASK_COLUMNS = columnsOf('ask', [
  'id',
  'workspaceId',
  'repId',
  'owner',
  'text',
  'due',
  'doneAt',
  'doneBy',
  'removedAt',
  'createdBy',
  'createdAt',
] satisfies (keyof AskRow)[]);

const toAsk = ({ encryption }: Pick<Store, 'encryption'>, row: AskRow): Ask => ({
  ...row,
  text: encryption.decrypt(row.text, aad(row)),
});

/** Even one that was taken back. */
export async function findAsk(store: Store, id: string): Promise<Ask | null> {
  const row = isRowId(id) ? await store.db.ask.findUnique({ where: { id } }) : null;
  return row && toAsk(store, row);
}

/** Those of reps that are open or were until `since`, by when they are due. */
export async function asksOfEach(
  store: Store,
  workspaceId: string,
  repIds: readonly string[],
  since: Date,
): Promise<Ask[]> {
  const rows = await store.db.$queryRaw<AskRow[]>`
    SELECT ${ASK_COLUMNS} FROM ask
    WHERE workspace_id = ${workspaceId} AND rep_id = ANY(${[...repIds]}::text[]) AND removed_at IS NULL
      AND (done_at IS NULL OR done_at >= ${since})
    ORDER BY due, created_at`;
  return rows.map((row) => toAsk(store, row));
}

/** Adds it, or saves what changed. */
export async function saveAsk({ db, encryption }: Store, ask: Ask): Promise<void> {
  const { id, ...rest } = ask;
  const data = { ...rest, text: encryption.encrypt(ask.text, aad(ask)) };
  await db.ask.upsert({ where: { id }, create: { id, ...data }, update: data });
}

/** A version that one of a pair has proposed, and the other has neither signed nor sent back. */
export interface WaitingSignature {
  versionId: string;
  repId: string;
  number: number;
  proposedBy: string;
  proposedAt: Date;
}

export async function waitingSignatures(
  db: Db | Tx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<WaitingSignature[]> {
  return db.$queryRaw<WaitingSignature[]>`
    SELECT version.id AS "versionId", plan.rep_id AS "repId", version.number,
      proposal.actor_id AS "proposedBy", proposal.at AS "proposedAt"
    FROM plan JOIN plan_version AS version ON version.plan_id = plan.id
    CROSS JOIN LATERAL (
      SELECT actor_id, at FROM plan_event
      WHERE version_id = version.id AND kind = 'proposed' ORDER BY at DESC LIMIT 1) AS proposal
    WHERE plan.workspace_id = ${workspaceId} AND plan.rep_id = ANY(${[...repIds]}::text[])
      AND plan.closed_at IS NULL AND version.status = 'proposed'`;
}

/** A month that a rep was asked about, and has not answered before its 1:1. */
export interface WaitingAnswer {
  reviewId: string;
  repId: string;
  month: string;
  meetingAt: Date | null;
}

export async function waitingAnswers(
  db: Db | Tx,
  workspaceId: string,
  repIds: readonly string[],
): Promise<WaitingAnswer[]> {
  const rows = await db.review.findMany({
    where: {
      workspaceId,
      repId: { in: [...repIds] },
      askedAt: { not: null },
      answeredAt: null,
      skippedAt: null,
      openedAt: null,
      closedAt: null,
    },
    select: { id: true, repId: true, month: true, announcedFor: true },
    orderBy: { month: 'asc' },
  });
  return rows.map(({ id, announcedFor, ...row }) => ({
    ...row,
    reviewId: id,
    meetingAt: announcedFor,
  }));
}
