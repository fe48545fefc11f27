/** What somebody took on before others: rows ⇄ domain. What it is stands encrypted. */
import { CAUSES, type Cause } from '../../activity/schemas.ts';
import type { Db, Tx } from '../../db/client.ts';
import { columnsOf } from '../../db/columns.ts';
import type { Commitment as CommitmentRow } from '../../db/generated/client.ts';
import { isRowId, type Store } from '../../db/store.ts';
import { type BriefFunction, FUNCTIONS } from '../brief/schemas.ts';

/** In a weekly sync, for one of its functions; or in answer to a cause that reps named for a month (`YYYY-MM`). */
export type CommitmentOrigin =
  | { kind: 'sync'; function: BriefFunction }
  | { kind: 'cause'; cause: Cause; month: string };

/** Owner, what, by when. */
export interface Commitment {
  id: string;
  workspaceId: string;
  /** Slack's user id. */
  ownerId: string;
  text: string;
  /** Local date. */
  due: string;
  origin: CommitmentOrigin;
  /** The Monday of the week in which it was taken. */
  week: string;
  doneAt: Date | null;
  doneBy: string | null;
  /** When it was taken off: nothing shows it then but what says so, and it can be put back. */
  removedAt: Date | null;
  createdBy: string;
  createdAt: Date;
}

const textOf = ({ workspaceId, id }: Pick<Commitment, 'workspaceId' | 'id'>) => ({
  workspaceId,
  userId: '',
  field: `commitment:${id}`,
});

const COLUMNS = columnsOf('commitment', [
  'id',
  'workspaceId',
  'ownerId',
  'text',
  'due',
  'function',
  'cause',
  'month',
  'week',
  'doneAt',
  'doneBy',
  'removedAt',
  'createdBy',
  'createdAt',
] satisfies (keyof CommitmentRow)[]);

function toCommitment({ encryption }: Store, row: CommitmentRow): Commitment[] {
  const { function: named, cause: code, month, ...rest } = row;
  const its = FUNCTIONS.find((one) => one === named);
  const cause = CAUSES.find((one) => one === code);
  const origin: CommitmentOrigin | null = its
    ? { kind: 'sync', function: its }
    : cause && month !== null
      ? { kind: 'cause', cause, month }
      : null;
  const text = encryption.decrypt(row.text, textOf(row));
  return origin === null ? [] : [{ ...rest, text, origin }];
}

const byDue = [{ due: 'asc' }, { createdAt: 'asc' }] as const;

/** Everything that these people have taken on and not done (or done since `since`), by when it is due. */
export async function commitmentsOwnedBy(
  store: Store,
  workspaceId: string,
  ownerIds: readonly string[],
  since?: Date,
): Promise<Commitment[]> {
  const rows = await store.db.$queryRaw<CommitmentRow[]>`
    SELECT ${COLUMNS} FROM commitment
    WHERE workspace_id = ${workspaceId} AND owner_id = ANY(${[...ownerIds]}::text[]) AND removed_at IS NULL
      AND (done_at IS NULL OR done_at >= ${since ?? null}::timestamp)
    ORDER BY due, created_at`;
  return rows.flatMap((row) => toCommitment(store, row));
}

/** What was taken on about causes of a month (`YYYY-MM`) and later, done or not, by when it is due. */
export async function causeAnswersSince(
  store: Store,
  workspaceId: string,
  month: string,
): Promise<Commitment[]> {
  const rows = await store.db.$queryRaw<CommitmentRow[]>`
    SELECT ${COLUMNS} FROM commitment
    WHERE workspace_id = ${workspaceId} AND cause IS NOT NULL AND month >= ${month} AND removed_at IS NULL
    ORDER BY due, created_at`;
  return rows.flatMap((row) => toCommitment(store, row));
}

/** What was taken on in the syncs of the weeks from one Monday to another, both in. */
export async function syncCommitments(
  store: Store,
  workspaceId: string,
  weeks: { from: string; to: string },
): Promise<Commitment[]> {
  const rows = await store.db.commitment.findMany({
    where: {
      workspaceId,
      function: { not: null },
      week: { gte: weeks.from, lte: weeks.to },
      removedAt: null,
    },
    orderBy: [...byDue],
  });
  return rows.flatMap((row) => toCommitment(store, row));
}

/** One that was taken off is found too. */
export async function findCommitment(store: Store, id: string): Promise<Commitment | null> {
  const row = isRowId(id) ? await store.db.commitment.findUnique({ where: { id } }) : null;
  return row && (toCommitment(store, row)[0] ?? null);
}

/** Adds it, or saves what changed. */
export async function saveCommitment(
  { db, encryption }: Store<Db | Tx>,
  commitment: Commitment,
): Promise<void> {
  const { id, origin, text, ...rest } = commitment;
  const data = {
    ...rest,
    text: encryption.encrypt(text, textOf(commitment)),
    function: origin.kind === 'sync' ? origin.function : null,
    cause: origin.kind === 'cause' ? origin.cause : null,
    month: origin.kind === 'cause' ? origin.month : null,
  };
  await db.commitment.upsert({ where: { id }, create: { id, ...data }, update: data });
}
