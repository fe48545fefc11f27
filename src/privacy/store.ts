/** Everything about one person, across all tables: read for them, and taken away. */
import { z } from 'zod';
import { SEEN } from '../db/audit.ts';
import type { Db, Tx } from '../db/client.ts';
import type { RemovalKind } from '../db/generated/client.ts';
import { SEALED_COLUMNS } from '../db/keys/sealed-columns.ts';
import type { PersonRef, Store } from '../db/store.ts';
import { FORGOTTEN, PERSONAL_TABLES, type PersonalTable } from './personal-data-rules.ts';

/** A row by its columns: encrypted ones decrypted, instants as PostgreSQL writes them, in UTC. */
export type PersonalRow = Record<string, unknown>;

const Found = z.object({
  row: z.record(z.string(), z.unknown()),
  sealed: z.array(
    z.object({
      column: z.string(),
      userId: z.string().nullable(),
      field: z.string().nullable(),
      holds: z.boolean().nullable(),
    }),
  ),
});

/** The rows of a table that are somebody's own, in order. */
export async function ownRows(
  { db, encryption }: Store,
  { workspaceId, userId }: PersonRef,
  { table, own, told }: PersonalTable,
): Promise<PersonalRow[]> {
  const rows = told ?? own;
  if (rows === null) return [];
  const sealed = SEALED_COLUMNS.filter((one) => one.table === table);
  const contexts = sealed.map(
    ({ column, userId: whose, field, where = 'TRUE' }) =>
      `jsonb_build_object('column', '${column}', 'userId', ${whose}, 'field', ${field}, 'holds', ${where})`,
  );
  const found = await db.$queryRawUnsafe<unknown[]>(
    `SELECT to_jsonb(t) AS row, jsonb_build_array(${contexts.join(', ')}) AS sealed
     FROM ${table} AS t ${sealed[0]?.joined ?? ''} WHERE ${rows} ORDER BY to_jsonb(t)`,
    workspaceId,
    userId,
  );
  return found.map((one) => {
    const { row, sealed: columns } = Found.parse(one);
    for (const { column, userId: whose, field, holds } of columns) {
      const value = row[column];
      if (holds !== true || typeof value !== 'string' || whose === null || field === null) continue;
      row[column] = encryption.decrypt(value, { workspaceId, userId: whose, field });
    }
    return row;
  });
}

/** How many rows of others name somebody in a column. */
export async function countNamed(
  db: Db | Tx,
  { workspaceId, userId }: PersonRef,
  { table, own, told, inWorkspace }: PersonalTable,
  column: string,
): Promise<number> {
  const rows = told ?? own;
  const others = rows === null ? 'TRUE' : `NOT coalesce(${rows}, FALSE)`;
  const [{ count } = { count: 0n }] = await db.$queryRawUnsafe<{ count: bigint }[]>(
    `SELECT count(*) AS count FROM ${table} AS t
     WHERE t.${column} = $2 AND ${inWorkspace} AND ${others}`,
    workspaceId,
    userId,
  );
  return Number(count);
}

/**
 * Takes away all rows that are somebody's own, and their id from those of others. What is to be deleted in Slack for
 * it is noted down before.
 */
export async function takeAway(
  store: Store<Tx>,
  who: PersonRef,
  { now, dm }: { now: Date; dm: string | null },
): Promise<void> {
  const { db } = store;
  const { workspaceId, userId } = who;
  await noteRemovals(db, who, { now, dm });
  await handOverBrief(db, who);
  await clearPartner(store, who);
  for (const { table, named, inWorkspace } of PERSONAL_TABLES) {
    if (table === 'brief_settings') continue;
    for (const column of Object.keys(named)) {
      await db.$executeRawUnsafe(
        `UPDATE ${table} AS t SET ${column} = $3 WHERE t.${column} = $2 AND ${inWorkspace}`,
        workspaceId,
        userId,
        FORGOTTEN,
      );
    }
  }
  for (const { table, own } of PERSONAL_TABLES) {
    if (own === null) continue;
    await db.$executeRawUnsafe(`DELETE FROM ${table} AS t WHERE ${own}`, workspaceId, userId);
  }
}

/** The messages to them and about what is theirs, with their rows; their charts, their DM and their Home. */
async function noteRemovals(
  db: Tx,
  { workspaceId, userId }: PersonRef,
  { now, dm }: { now: Date; dm: string | null },
): Promise<void> {
  const ids = [userId];
  for (const { table, own } of PERSONAL_TABLES) {
    if (own === null || table === 'delivery') continue;
    const rows = await db.$queryRawUnsafe<{ id: string | null }[]>(
      `SELECT to_jsonb(t)->>'id' AS id FROM ${table} AS t WHERE ${own}`,
      workspaceId,
      userId,
    );
    for (const { id } of rows) if (id !== null) ids.push(id);
  }
  const gone = await db.$queryRaw<
    { id: string; personId: string; channel: string | null; ts: string | null }[]
  >`
    WITH about AS (
      SELECT id FROM delivery WHERE workspace_id = ${workspaceId} AND (
        person_id = ${userId}
        OR string_to_array(regexp_replace(subject || ':' || key, '[^A-Za-z0-9-]+', ':', 'g'), ':')
          && ${ids}::text[]))
    DELETE FROM delivery WHERE id IN (SELECT id FROM about)
      OR root_id IN (SELECT id FROM about)
    RETURNING id::text, person_id AS "personId", channel_id AS channel, ts`;
  const charts = await db.review.findMany({
    where: { workspaceId, repId: userId },
    select: { charts: true },
  });
  const files = charts.flatMap((one) => Object.values(Charts.parse(one.charts)));
  const dms = gone
    .filter(({ personId, channel }) => personId === userId && channel?.startsWith('D'))
    .map(({ channel }) => channel);
  const places = new Set([...dms, dm].filter((one): one is string => one !== null));
  const removal = (kind: RemovalKind, place: string, ts: string | null = null, dueAt = now) => ({
    workspaceId,
    kind,
    place,
    ts,
    dueAt,
  });
  // What was on its way at this moment comes to the DM a little later: with a full hour.
  const later = new Date(Math.ceil((now.getTime() + STRAGGLERS_MS) / HOUR_MS) * HOUR_MS);
  await db.slackRemoval.createMany({
    data: [
      removal('home', userId),
      ...[...places].flatMap((place) => [removal('dm', place), removal('dm', place, null, later)]),
      ...gone.flatMap(({ channel, ts }) =>
        channel !== null && ts !== null ? [removal('message', channel, ts)] : [],
      ),
      ...files.map((file) => removal('file', file)),
    ],
  });
}

const STRAGGLERS_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;
const Charts = z.record(z.string(), z.string()).catch({});

/** The weekly sync goes on by the clocks of somebody else who answers for it, else of an admin; else it ends. */
async function handOverBrief(db: Tx, { workspaceId, userId }: PersonRef): Promise<void> {
  await db.$executeRaw`
    UPDATE brief_settings SET marketing = nullif(marketing, ${userId}), pr = nullif(pr, ${userId}),
      sales = nullif(sales, ${userId}) WHERE workspace_id = ${workspaceId}`;
  await db.$executeRaw`
    UPDATE brief_settings AS brief SET set_by = coalesce(marketing, pr, sales, (
      SELECT user_id FROM person WHERE workspace_id = brief.workspace_id AND user_id <> ${userId}
        AND (admin OR slack_admin) AND NOT deactivated ORDER BY user_id LIMIT 1), set_by)
    WHERE workspace_id = ${workspaceId} AND set_by = ${userId}`;
  await db.briefSettings.deleteMany({ where: { workspaceId, setBy: userId } });
}

/** Out of the plans in which they are the SDR partner: as those stand, as they were proposed, and as it was typed. */
async function clearPartner(
  { db, encryption }: Store<Tx>,
  { workspaceId, userId }: PersonRef,
): Promise<void> {
  await db.$executeRaw`
    UPDATE plan_version AS version SET terms = jsonb_set(terms, '{sdrPartner,userId}', 'null')
    FROM plan WHERE plan.id = version.plan_id AND plan.workspace_id = ${workspaceId}
      AND version.terms->'sdrPartner'->>'userId' = ${userId}`;
  const without = (
    sealed: string | null,
    owner: { repId: string; field: string },
  ): string | null => {
    if (sealed === null) return null;
    const context = { workspaceId, userId: owner.repId, field: owner.field };
    const text = encryption.decrypt(sealed, context);
    const cleared = text.replaceAll(JSON.stringify(userId), 'null');
    return cleared === text ? null : encryption.encrypt(cleared, context);
  };
  const plan = { select: { repId: true } };
  const typed = await db.planVersion.findMany({
    where: { typed: { not: null }, plan: { workspaceId } },
    select: { id: true, typed: true, plan },
  });
  for (const { id, typed: sealed, plan: of } of typed) {
    const cleared = without(sealed, { repId: of.repId, field: `typed:${id}` });
    if (cleared) await db.planVersion.update({ where: { id }, data: { typed: cleared } });
  }
  const proposals = await db.planEvent.findMany({
    where: { draft: { not: null }, version: { plan: { workspaceId } } },
    select: { id: true, versionId: true, draft: true, version: { select: { plan } } },
  });
  for (const { id, versionId, draft, version } of proposals) {
    const field = `proposed:${versionId}`;
    const cleared = without(draft, { repId: version.plan.repId, field });
    if (cleared) await db.planEvent.update({ where: { id }, data: { draft: cleared } });
  }
}

export interface Removal {
  id: string;
  workspaceId: string;
  kind: RemovalKind;
  place: string;
  ts: string | null;
}

/** Takes up what is due, for one of all processes; it is due again at `until` where it isn't done by then. */
export async function takeUpRemovals(
  db: Db,
  now: Date,
  { until, most }: { until: Date; most: number },
): Promise<Removal[]> {
  return db.$queryRaw<Removal[]>`
    UPDATE slack_removal SET due_at = ${until} WHERE id IN (
      SELECT id FROM slack_removal WHERE due_at <= ${now}
      ORDER BY due_at, id LIMIT ${most} FOR UPDATE SKIP LOCKED)
    RETURNING id::text, workspace_id AS "workspaceId", kind::text AS kind, place, ts`;
}

export async function removalDone(db: Db, id: string): Promise<void> {
  await db.slackRemoval.deleteMany({ where: { id } });
}

/** Those whose manager somebody is. */
export async function repsOf(db: Db | Tx, { workspaceId, userId }: PersonRef): Promise<string[]> {
  const reps = await db.person.findMany({
    where: { workspaceId, team: { managerId: userId }, userId: { not: userId } },
    select: { userId: true },
    orderBy: { userId: 'asc' },
  });
  return reps.map((one) => one.userId);
}

/** Looks of others at what is somebody's own, the last thousand, newest first. */
export async function looksAt(
  db: Db,
  { workspaceId, userId }: PersonRef,
): Promise<{ actorId: string; kind: string; at: Date }[]> {
  return db.auditEntry.findMany({
    where: { workspaceId, subjectId: userId, kind: { in: [...SEEN] } },
    orderBy: { at: 'desc' },
    take: 1_000,
    select: { actorId: true, kind: true, at: true },
  });
}

/** So long a message's row is kept: what may be asked about it, or be shown anew, is a year's at most. */
export const DELIVERY_DAYS = 400;
/** So long it can be read who did or saw what. */
export const AUDIT_DAYS = 400;

/** Lets go of what is too old: the rows of messages that are settled, and the audit log. */
export async function sweepOld(
  tx: Tx,
  before: { deliveries: Date; audit: Date },
  lasting: readonly string[],
): Promise<void> {
  await tx.delivery.deleteMany({
    where: {
      dueAt: { lt: before.deliveries },
      updatedAt: { lt: before.deliveries },
      state: { notIn: ['planned', 'sending'] },
      kind: { notIn: [...lasting] },
    },
  });
  await tx.$executeRaw`SELECT set_config('bigplan.retention', 'on', true)`;
  await tx.auditEntry.deleteMany({ where: { at: { lt: before.audit } } });
}
