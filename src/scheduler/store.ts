/** The scheduler's rows, in the table `agenda`: one a person and kind, with the instant of the next look. */

import type { Db, Tx } from '../db/client.ts';
import type { Agenda as Row } from '../db/generated/client.ts';
import { lockPerson, tryLockPeople } from '../db/lock-people.ts';
import type { PersonRef } from '../db/store.ts';

export type { Row };

/** Not before somebody reschedules it. */
const NEVER = new Date('9999-12-31T00:00:00Z');

/**
 * Holds a row that was due at `now`, with its person before it, as those do who change what somebody gets
 * and reschedule them: nobody waits for a look that waits for them. `busy`: somebody else holds the person,
 * and it is not waited for (`patient`); null: it isn't due any more, as after somebody else's look.
 */
export async function holdDue(
  tx: Tx,
  { workspaceId, personId, kind }: Row,
  { now, patient }: { now: Date; patient: boolean },
): Promise<Row | 'busy' | null> {
  const who = { workspaceId, userId: personId };
  if (patient) await lockPerson(tx, who);
  else if ((await tryLockPeople(tx, workspaceId, [personId])).size === 0) return 'busy';
  const [held = null] = await holdStillDue(tx, workspaceId, [{ personId, kind }], now);
  return held;
}

/**
 * Holds those of these rows that were due at `now`, with their people: of one workspace, in few statements. `busy`:
 * those of people whom somebody else holds. What isn't due any more is in neither.
 */
export async function holdPage(
  tx: Tx,
  rows: readonly Row[],
  now: Date,
): Promise<{ held: Row[]; busy: Row[] }> {
  const workspaceId = rows[0]?.workspaceId ?? '';
  const free = await tryLockPeople(tx, workspaceId, [...new Set(rows.map((row) => row.personId))]);
  const mine = rows.filter(({ personId }) => free.has(personId));
  const busy = rows.filter(({ personId }) => !free.has(personId));
  return { held: await holdStillDue(tx, workspaceId, mine, now), busy };
}

/** Holds those of these rows that are due at `now`, and that nobody has looked at since they were found. */
async function holdStillDue(
  tx: Tx,
  workspaceId: string,
  rows: readonly Pick<Row, 'personId' | 'kind'>[],
  now: Date,
): Promise<Row[]> {
  const still = await tx.$queryRaw<{ personId: string; kind: string }[]>`
    SELECT person_id AS "personId", kind FROM agenda
    JOIN unnest(${rows.map(({ personId }) => personId)}::text[], ${rows.map(({ kind }) => kind)}::text[])
      AS asked (id, its) ON person_id = asked.id AND kind = asked.its
    WHERE workspace_id = ${workspaceId}
      AND due_at <= ${now} AND (retry_at IS NULL OR retry_at <= ${new Date()})
    ORDER BY person_id, kind FOR UPDATE OF agenda`;
  return tx.agenda.findMany({
    where: { workspaceId, OR: still.map(({ personId, kind }) => ({ personId, kind })) },
  });
}

/** The rows due at `now`, of these kinds, that don't wait to be tried again. */
export function findDue(db: Db, kinds: string[], now: Date): Promise<Row[]> {
  const canTry = [{ retryAt: null }, { retryAt: { lte: new Date() } }];
  return db.agenda.findMany({
    where: { kind: { in: kinds }, dueAt: { lte: now }, OR: canTry },
    orderBy: [{ dueAt: 'asc' }, { personId: 'asc' }],
  });
}

/** Does work inside a transaction; where it throws, only its own changes are undone. */
export async function orUndo<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.$executeRaw`SAVEPOINT work`;
  try {
    return await work();
  } catch (error) {
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT work`;
    throw error;
  }
}

/** What became of a look at a row. */
export interface Look {
  row: Row;
  doneUntil: Date;
  /** Null: not before somebody reschedules it. */
  next: Date | null;
}

/** Of rows of one workspace. */
export async function looked(tx: Tx, looks: readonly Look[]): Promise<void> {
  const done = looks.map(({ row, doneUntil, next }) => ({
    person: row.personId,
    its: row.kind,
    done_until: doneUntil,
    due_at: next ?? NEVER,
  }));
  await tx.$executeRaw`
    UPDATE agenda SET done_until = done.done_until, due_at = done.due_at, failures = 0, retry_at = NULL
    FROM jsonb_to_recordset(${JSON.stringify(done)}::jsonb)
      AS done (person text, its text, done_until timestamp, due_at timestamp)
    WHERE workspace_id = ${looks[0]?.row.workspaceId ?? ''} AND person_id = person AND kind = its`;
}

/** Unless somebody has looked meanwhile. */
export async function failed(db: Db | Tx, row: Row, retryAt: Date): Promise<void> {
  const { workspaceId, personId, kind, dueAt, doneUntil } = row;
  await db.agenda.updateMany({
    where: { workspaceId, personId, kind, dueAt, doneUntil },
    data: { failures: { increment: 1 }, retryAt },
  });
}

export async function reschedule(
  tx: Tx,
  { workspaceId, userId }: PersonRef,
  kinds: string[],
  now: Date,
) {
  await tx.$executeRaw`
    INSERT INTO agenda (workspace_id, person_id, kind, due_at, done_until)
    SELECT ${workspaceId}, ${userId}, kind, ${now}::timestamp, ${now}::timestamp
    FROM unnest(${kinds}::text[]) AS kind ORDER BY kind
    ON CONFLICT (workspace_id, person_id, kind) DO UPDATE
    SET due_at = LEAST(agenda.due_at, excluded.due_at), retry_at = NULL,
      -- Nothing was promised for the time that it slept.
      done_until = CASE WHEN agenda.due_at >= ${NEVER}
        THEN GREATEST(agenda.done_until, excluded.done_until) ELSE agenda.done_until END`;
}

export async function rescheduleAfresh(
  tx: Tx,
  { workspaceId, userId }: PersonRef,
  kinds: string[],
  now: Date,
) {
  await reschedule(tx, { workspaceId, userId }, kinds, now);
  await tx.$executeRaw`
    UPDATE agenda SET done_until = GREATEST(done_until, ${now})
    WHERE workspace_id = ${workspaceId} AND person_id = ${userId} AND kind = ANY(${kinds}::text[])`;
}

export async function replaySince(
  tx: Tx,
  { workspaceId, userId }: PersonRef,
  kinds: string[],
  { since, now }: { since: Date; now: Date },
) {
  await reschedule(tx, { workspaceId, userId }, kinds, now);
  await tx.$executeRaw`
    UPDATE agenda SET done_until = LEAST(done_until, ${since})
    WHERE workspace_id = ${workspaceId} AND person_id = ${userId} AND kind = ANY(${kinds}::text[])`;
}

export async function rescheduleAll(
  tx: Tx,
  workspaceId: string,
  kinds: string[],
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE agenda SET due_at = LEAST(due_at, ${now}), retry_at = NULL
    WHERE workspace_id = ${workspaceId} AND kind = ANY(${kinds}::text[])`;
}

/** The first of the times at which looks that failed and are due by `dueBy` are tried again. */
export async function retryAt(db: Db, kinds: string[], dueBy: Date): Promise<Date | null> {
  const { _min } = await db.agenda.aggregate({
    where: { kind: { in: kinds }, dueAt: { lte: dueBy }, retryAt: { not: null } },
    _min: { retryAt: true },
  });
  return _min.retryAt;
}

export async function nextDue(db: Db, kinds: string[], after: Date): Promise<Date | null> {
  const next = await db.agenda.findFirst({
    where: { kind: { in: kinds }, dueAt: { gt: after, lt: NEVER } },
    orderBy: { dueAt: 'asc' },
    select: { dueAt: true },
  });
  return next?.dueAt ?? null;
}
