/** Plans, their versions and their events: rows ⇄ domain. Personal sections and free words are encrypted here. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { recordAct } from '../db/audit.ts';
import type { Db, Tx } from '../db/client.ts';
import { columnsOf } from '../db/columns.ts';
import { gathered } from '../db/gathered.ts';
import {
  type PlanEventKind,
  type Plan as PlanRow,
  Prisma,
  type PlanVersion as VersionRow,
  type VersionStatus,
} from '../db/generated/client.ts';
import { isRowId, type Store } from '../db/store.ts';
import type { RawFields } from '../slack/fields.ts';
import { DraftPersonal, DraftTerms, type PlanDraft, type StepId, stepIdOf } from './draft.ts';
import { type FreeWords, putWords, takeWords } from './free-words-rules.ts';

const RawValue = z.union([z.string(), z.array(z.string()), z.null()]);
const TypedEntry = z.object({
  raw: z.record(z.string(), RawValue) satisfies z.ZodType<RawFields>,
  /** What the fields were when they were shown, so that another's change since is noticed. */
  base: z.string(),
  /** When it was typed, in ms on Slack's clock: an older stroke never overwrites a newer one. */
  at: z.number().optional(),
  /** The form that was submitted and not taken, and the fields under which words about that stand. */
  refused: z.object({ formId: z.string(), paths: z.array(z.string()) }).optional(),
});
export type TypedEntry = z.infer<typeof TypedEntry>;
const Typed = z.record(z.string(), TypedEntry);
/** Typed and not yet saved as valid, by `typedKey`. */
export type Typed = z.infer<typeof Typed>;

export type { PlanEventKind, VersionStatus };

export interface Version {
  id: string;
  planId: string;
  workspaceId: string;
  repId: string;
  /** 1 for the first. */
  number: number;
  status: VersionStatus;
  step: StepId;
  revision: number;
  draft: PlanDraft;
  typed: Typed;
  closed: boolean;
}

export interface PlanEvent {
  /** Of the submission that it came with; minted where left out. */
  id?: string;
  kind: PlanEventKind;
  actorId: string;
  at: Date;
  comment: string | null;
  /** Of a proposal: the plan as it was then. Not read with the rest. */
  draft?: PlanDraft;
}

const aad = (workspaceId: string, userId: string, field: string) => ({
  workspaceId,
  userId,
  field,
});

const withPlan = { plan: { select: { workspaceId: true, repId: true, closedAt: true } } } as const;

type VersionColumns = Pick<VersionRow, (typeof VERSION)[number]> &
  Pick<PlanRow, 'workspaceId' | 'repId' | 'closedAt'>;

const VERSION = [
  'id',
  'planId',
  'number',
  'status',
  'terms',
  'words',
  'personal',
  'typed',
  'step',
  'revision',
] as const;
const VERSION_COLUMNS = columnsOf('version', VERSION);
const PLAN_COLUMNS = columnsOf('plan', ['workspaceId', 'repId', 'closedAt']);
const VERSIONS = Prisma.sql`
  SELECT ${VERSION_COLUMNS}, ${PLAN_COLUMNS}
  FROM plan_version AS version JOIN plan ON plan.id = version.plan_id`;

const rowOf = gathered(async (db, ids: readonly string[]) => {
  const rows = await db.$queryRaw<VersionColumns[]>`
    ${VERSIONS} WHERE version.id = ANY(${[...new Set(ids)]}::uuid[])`;
  return ids.map((id) => rows.find((row) => row.id === id));
});

/** What a button or a form names may be anything; PostgreSQL takes nothing but a UUID for one. */
async function read(store: Store, id: string): Promise<Version | null> {
  const row = isRowId(id) ? await rowOf(store.db, id.toLowerCase()) : undefined;
  return row ? toVersion(store, row) : null;
}

function toVersion(store: Store, row: VersionColumns): Version {
  const { encryption } = store;
  const { id, workspaceId, repId, closedAt } = row;
  const personal = encryption.decrypt(row.personal, aad(workspaceId, repId, `personal:${id}`));
  return {
    id,
    planId: row.planId,
    workspaceId,
    repId,
    number: row.number,
    status: row.status,
    step: stepIdOf(row.step),
    revision: row.revision,
    draft: {
      ...putWords(
        DraftTerms.parse(row.terms),
        openWords(store, { id, workspaceId, repId }, row.words),
      ),
      ...DraftPersonal.parse(JSON.parse(personal)),
    },
    typed: openTyped(store, { id, workspaceId, repId }, row.typed),
    closed: closedAt !== null,
  };
}

function openTyped(
  { encryption }: Store,
  { id, workspaceId, repId }: Owner,
  encrypted: string | null,
) {
  if (encrypted === null) return {};
  const text = encryption.decrypt(encrypted, aad(workspaceId, repId, `typed:${id}`));
  return Typed.parse(JSON.parse(text));
}

const Words = z.record(z.string(), z.string());

function openWords(
  { encryption }: Store,
  { id, workspaceId, repId }: Owner,
  encrypted: string | null,
): FreeWords {
  if (encrypted === null) return {};
  const text = encryption.decrypt(encrypted, aad(workspaceId, repId, `words:${id}`));
  return Words.parse(JSON.parse(text));
}

function encryptWords({ encryption }: Store, { id, workspaceId, repId }: Owner, words: FreeWords) {
  return encryption.encrypt(JSON.stringify(words), aad(workspaceId, repId, `words:${id}`));
}

interface PlainWords extends Owner {
  terms: unknown;
  words: string | null;
}

/** Versions whose terms hold something at one of these jsonpaths, by id, the first ones after `after`. */
export async function versionsWithPlainWords(
  db: Db | Tx,
  { after, paths, most }: { after: string | null; paths: readonly string[]; most: number },
): Promise<PlainWords[]> {
  return db.$queryRaw<PlainWords[]>`
    SELECT version.id::text AS id, plan.workspace_id AS "workspaceId", plan.rep_id AS "repId",
      version.terms, version.words
    FROM plan_version AS version JOIN plan ON plan.id = version.plan_id
    WHERE (${after}::uuid IS NULL OR version.id > ${after}::uuid)
      AND EXISTS (
        SELECT FROM unnest(${[...paths]}::text[]) AS path WHERE version.terms @? path::jsonpath)
    ORDER BY version.id LIMIT ${most}`;
}

/** Moves the words that stand plain in a version's terms. False where somebody has changed it since it was read. */
export async function sealWordsOf(store: Store<Db>, row: PlainWords): Promise<boolean> {
  const whole = putWords(DraftTerms.parse(row.terms), openWords(store, row, row.words));
  const { terms, words } = takeWords(whole);
  const changed = await store.db.planVersion.updateMany({
    where: {
      id: row.id,
      words: row.words,
      terms: { equals: row.terms as Prisma.InputJsonValue },
    },
    data: { terms, words: encryptWords(store, row, words) },
  });
  return changed.count > 0;
}

function sections(store: Store, owner: Owner, draft: PlanDraft) {
  const { encryption } = store;
  const { id, workspaceId, repId } = owner;
  const personal = JSON.stringify(DraftPersonal.parse(draft));
  const { terms, words } = takeWords(DraftTerms.parse(draft));
  return {
    terms,
    words: encryptWords(store, owner, words),
    personal: encryption.encrypt(personal, aad(workspaceId, repId, `personal:${id}`)),
  };
}

type Owner = Pick<Version, 'id' | 'workspaceId' | 'repId'>;

/** Adds a draft version to a plan and records who made it. Returns its id. */
export async function addVersion(
  store: Store<Tx>,
  plan: { id: string; workspaceId: string; repId: string },
  { number, draft, actorId, at }: { number: number; draft: PlanDraft; actorId: string; at: Date },
): Promise<string> {
  const id = randomUUID();
  await store.db.planVersion.create({
    data: {
      id,
      planId: plan.id,
      number,
      ...sections(store, { ...plan, id }, draft),
      events: { create: { kind: 'created', actorId, at } },
    },
  });
  return id;
}

export async function addPlan(
  { db }: Store<Tx>,
  owner: { workspaceId: string; repId: string },
): Promise<{ id: string; workspaceId: string; repId: string }> {
  const { id } = await db.plan.create({ data: owner });
  return { id, ...owner };
}

export const findVersion = read;

/** Several versions, in no order. */
export async function findVersions(store: Store, ids: readonly string[]): Promise<Version[]> {
  if (ids.length === 0) return [];
  const rows = await store.db.$queryRaw<VersionColumns[]>`
    ${VERSIONS} WHERE version.id = ANY(${[...ids]}::uuid[])`;
  return rows.map((row) => toVersion(store, row));
}

/** The plan's newest version, of those that weren't dropped. */
export async function latestVersion(store: Store, planId: string): Promise<Version | null> {
  return versionWhere(store, { planId });
}

/** The version that is in force, if any was agreed. */
export async function agreedVersion(store: Store, planId: string): Promise<Version | null> {
  return versionWhere(store, { planId, status: 'agreed' });
}

/** When both had signed: each signature that sealed a version of these plans. */
export async function sealings(
  db: Db | Tx,
  planIds: readonly string[],
): Promise<{ planId: string; versionId: string; at: Date }[]> {
  if (planIds.length === 0) return [];
  const rows = await db.planEvent.findMany({
    where: { kind: 'agreed', version: { planId: { in: [...planIds] } } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { versionId: true, at: true, version: { select: { planId: true } } },
  });
  return rows.map(({ versionId, at, version }) => ({ planId: version.planId, versionId, at }));
}

/** The id of the newest version of a plan that both had signed, whether it is closed by now or not. */
export async function lastAgreedVersionId(db: Db | Tx, planId: string): Promise<string | null> {
  const version = await db.planVersion.findFirst({
    where: { planId, events: { some: { kind: 'agreed' } } },
    orderBy: { number: 'desc' },
    select: { id: true },
  });
  return version?.id ?? null;
}

/** When a plan was closed; null: it wasn't. */
export async function planClosedAt(db: Db | Tx, id: string): Promise<Date | null> {
  return (
    (await db.plan.findUnique({ where: { id }, select: { closedAt: true } }))?.closedAt ?? null
  );
}

async function versionWhere(
  store: Store,
  { planId, status, below }: { planId: string; status?: VersionStatus; below?: number },
): Promise<Version | null> {
  const [row] = await store.db.$queryRaw<VersionColumns[]>`
    ${VERSIONS} WHERE version.plan_id = ${planId}::uuid AND version.status <> 'dropped'
      AND (${status ?? null}::text IS NULL OR version.status::text = ${status ?? null})
      AND (${below ?? null}::int IS NULL OR version.number < ${below ?? null})
    ORDER BY version.number DESC LIMIT 1`;
  return row ? toVersion(store, row) : null;
}

/**
 * The version, with its plan held until the transaction ends so that people take turns. The version's row too: as it
 * is once whoever held it is done, and not as it was when this began to wait.
 */
export async function lockVersion(store: Store<Tx>, id: string): Promise<Version | null> {
  if (!isRowId(id)) return null;
  const [row] = await store.db.$queryRaw<VersionColumns[]>`
    ${VERSIONS} WHERE version.id = ${id}::uuid
    FOR UPDATE OF plan FOR NO KEY UPDATE OF version`;
  return row ? toVersion(store, row) : null;
}

async function lockPlanOf(tx: Tx, versionId: string): Promise<boolean> {
  if (!isRowId(versionId)) return false;
  const found = await tx.$queryRaw<unknown[]>`
    SELECT plan.id FROM plan JOIN plan_version ON plan_version.plan_id = plan.id
    WHERE plan_version.id = ${versionId}::uuid FOR UPDATE OF plan`;
  return found.length > 0;
}

/** What an edit leaves of a version; what is left out stays as it is. */
export interface Edit {
  draft?: PlanDraft | undefined;
  typed?: Typed | undefined;
  step?: StepId | undefined;
}

/** Stores an edit, a new draft as a new revision. Returns the version as it is then. */
export async function saveEdit(
  store: Store<Tx>,
  version: Version,
  { draft, typed, step }: Edit,
): Promise<Version> {
  const { id, draft: before, typed: kept, step: shown } = version;
  const changes = [Prisma.sql`updated_at = ${new Date()}`];
  if (draft) {
    const { terms, words, personal } = sections(store, version, draft);
    changes.push(Prisma.sql`terms = ${JSON.stringify(terms)}::jsonb, words = ${words},
      personal = ${personal}, revision = revision + 1`);
  }
  if (typed) changes.push(Prisma.sql`typed = ${encryptTyped(store, version, typed)}`);
  if (step) changes.push(Prisma.sql`step = ${step}`);
  const [row] = await store.db.$queryRaw<{ revision: number }[]>`
    UPDATE plan_version SET ${Prisma.join(changes)} WHERE id = ${id}::uuid RETURNING revision`;
  if (!row) throw new Error('a version that was just read is gone');
  return {
    ...version,
    revision: row.revision,
    draft: draft ?? before,
    typed: typed ?? kept,
    step: step ?? shown,
  };
}

function encryptTyped({ encryption }: Store, { workspaceId, repId, id }: Owner, typed: Typed) {
  if (Object.keys(typed).length === 0) return null;
  return encryption.encrypt(JSON.stringify(typed), aad(workspaceId, repId, `typed:${id}`));
}

/** As much of a version as it takes to keep what is typed in it. */
export type TypedVersion = Owner & Pick<Version, 'status' | 'closed' | 'typed'>;

/** What is typed in the version, with its plan held as by `lockVersion`; its draft stays encrypted. */
export async function lockTyped(store: Store<Tx>, id: string): Promise<TypedVersion | null> {
  if (!(await lockPlanOf(store.db, id))) return null;
  const { plan, status, typed } = await store.db.planVersion.findUniqueOrThrow({
    where: { id },
    select: { status: true, typed: true, ...withPlan },
  });
  const { workspaceId, repId, closedAt } = plan;
  const owner = { id, workspaceId, repId };
  return { ...owner, status, closed: closedAt !== null, typed: openTyped(store, owner, typed) };
}

export async function saveTyped(
  store: Store<Tx>,
  version: TypedVersion,
  typed: Typed,
): Promise<void> {
  const encrypted = encryptTyped(store, version, typed);
  await store.db.planVersion.update({ where: { id: version.id }, data: { typed: encrypted } });
}

/** Moves the version to `status` and records who did it; comment and draft are encrypted. */
export async function moveTo(
  { db, encryption }: Store<Tx>,
  { id, workspaceId, repId }: Owner,
  status: VersionStatus,
  { id: eventId, kind, actorId, at, comment, draft }: PlanEvent,
): Promise<void> {
  const sealed = (text: string, field: string) =>
    encryption.encrypt(text, aad(workspaceId, repId, `${field}:${id}`));
  await recordAct(db, {
    workspaceId,
    actorId,
    kind: `plan_${kind}`,
    subjectId: repId,
    about: id,
    at,
  });
  await db.planVersion.update({
    where: { id },
    data: {
      status,
      revision: { increment: 1 },
      events: {
        create: {
          ...(eventId && { id: eventId }),
          kind,
          actorId,
          at,
          comment: comment && sealed(comment, 'comment'),
          ...(draft && { draft: sealed(JSON.stringify(draft), 'proposed') }),
        },
      },
    },
  });
}

/** Whether a submission has happened to the version already. */
export async function hasEvent(
  db: Db | Tx,
  version: Pick<Version, 'id'>,
  id: string,
): Promise<boolean> {
  return (await db.planEvent.count({ where: { id, versionId: version.id } })) > 0;
}

/** The number of the version that a plan gets next. */
export async function nextNumber(tx: Tx, planId: string): Promise<number> {
  const { _max } = await tx.planVersion.aggregate({ where: { planId }, _max: { number: true } });
  return (_max.number ?? 0) + 1;
}

/** The versions that are in force or in the making. */
export async function openVersionIds(tx: Tx, planId: string): Promise<string[]> {
  const rows = await tx.planVersion.findMany({
    where: { planId, status: { notIn: ['superseded', 'closed', 'dropped'] } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

export async function markPlanClosed(tx: Tx, planId: string, at: Date): Promise<void> {
  await tx.plan.update({ where: { id: planId }, data: { closedAt: at } });
}

/** What somebody asked to change in a version that was proposed to them, in their words. */
export interface ChangeRequest {
  actorId: string;
  comment: string;
}

/** Who proposed the version last, however it went on, and the last request for changes to it; null: there was none. */
export interface LastMoves {
  proposedBy: string | null;
  request: ChangeRequest | null;
}

export async function lastMoves(
  { db, encryption }: Store,
  { id, workspaceId, repId }: Owner,
): Promise<LastMoves> {
  const rows = await db.$queryRaw<
    { kind: PlanEventKind; actorId: string; comment: string | null }[]
  >`
    SELECT DISTINCT ON (kind) kind, actor_id AS "actorId", comment FROM plan_event
    WHERE version_id = ${id}::uuid AND kind IN ('proposed', 'changes_requested')
    ORDER BY kind, at DESC, id DESC`;
  const asked = rows.find(({ kind }) => kind === 'changes_requested');
  const comment = asked?.comment
    ? encryption.decrypt(asked.comment, aad(workspaceId, repId, `comment:${id}`))
    : '';
  return {
    proposedBy: rows.find(({ kind }) => kind === 'proposed')?.actorId ?? null,
    request: asked ? { actorId: asked.actorId, comment } : null,
  };
}

/** When the version was proposed and when changes were asked for, oldest first. */
export async function proposalsOf(
  db: Db | Tx,
  versionId: string,
): Promise<{ id: string; kind: PlanEventKind; at: Date }[]> {
  return db.planEvent.findMany({
    where: { versionId, kind: { in: ['proposed', 'changes_requested'] } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { id: true, kind: true, at: true },
  });
}

/** The plan as that event proposed it; null where it is from before that was kept. */
export async function draftProposed(
  { db, encryption }: Store,
  { id, workspaceId, repId }: Owner,
  eventId: string,
): Promise<PlanDraft | null> {
  const event = await db.planEvent.findUnique({
    where: { id: eventId, versionId: id },
    select: { draft: true },
  });
  if (!event?.draft) return null;
  const text = encryption.decrypt(event.draft, aad(workspaceId, repId, `proposed:${id}`));
  const draft: unknown = JSON.parse(text);
  return { ...DraftTerms.parse(draft), ...DraftPersonal.parse(draft) };
}

/** The version of a plan before `number`, if there is one. */
export async function versionBefore(
  store: Store,
  { planId, number }: Pick<Version, 'planId' | 'number'>,
): Promise<Version | null> {
  return versionWhere(store, { planId, below: number });
}

/** How the newest version of a plan stands, of those that weren't dropped. */
export async function newestOf(
  db: Db | Tx,
  planId: string,
): Promise<Pick<Version, 'number' | 'status'> | null> {
  return db.planVersion.findFirst({
    where: { planId, status: { not: 'dropped' } },
    orderBy: { number: 'desc' },
    select: { number: true, status: true },
  });
}

/** When somebody last moved a version on; null: never. */
export async function lastMoveBy(
  db: Db | Tx,
  versionId: string,
  actorId: string,
): Promise<Date | null> {
  const event = await db.planEvent.findFirst({
    where: { versionId, actorId },
    orderBy: { at: 'desc' },
    select: { at: true },
  });
  return event?.at ?? null;
}

export interface VersionSummary {
  id: string;
  number: number;
  status: VersionStatus;
  events: PlanEvent[];
}

/** Every version of the plan, newest first, with what happened to it, oldest first. */
export async function historyOf(
  { db, encryption }: Store,
  planId: string,
): Promise<VersionSummary[]> {
  const rows = await db.planVersion.findMany({
    where: { planId },
    orderBy: { number: 'desc' },
    select: {
      id: true,
      number: true,
      status: true,
      events: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
      ...withPlan,
    },
  });
  return rows.map(({ plan, events, ...row }) => ({
    ...row,
    events: events.map(({ kind, actorId, at, comment }) => ({
      kind,
      actorId,
      at,
      comment:
        comment &&
        encryption.decrypt(comment, aad(plan.workspaceId, plan.repId, `comment:${row.id}`)),
    })),
  }));
}
