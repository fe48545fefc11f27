/** Prospects and touches: rows ⇄ domain. What was said, sent or attended is encrypted here. */
import type { Db, Tx } from '../../db/client.ts';
import type { Prospect as ProspectRow, Touch as TouchRow } from '../../db/generated/client.ts';
import { isRowId, type PersonRef, type Store } from '../../db/store.ts';
import {
  PROSPECT_STAGES,
  type ProspectStage,
  type ProspectState,
  TOUCH_KINDS,
  type TouchKind,
} from './schemas.ts';

type Client = Db | Tx;

const keyOf = ({ workspaceId, userId }: PersonRef) => ({ workspaceId, repId: userId });

export interface Prospect {
  id: string;
  workspaceId: string;
  /** Slack's user id. */
  repId: string;
  name: string;
  /** The name as it is compared. */
  nameKey: string;
  state: ProspectState;
  /** Null: not said. */
  stage: ProspectStage | null;
  /** Local date; null: not snoozed. */
  snoozedUntil: string | null;
  /** Local date; null: no touch (any more). */
  lastTouchOn: string | null;
  /** What was pasted that named it first; null: it was named by itself. */
  pasteId: string | null;
  createdAt: Date;
}

/** With how many touches it has had. */
export interface CountedProspect extends Prospect {
  touches: number;
}

export interface Touch {
  id: string;
  workspaceId: string;
  repId: string;
  prospectId: string;
  /** The rep's local date. */
  date: string;
  kind: TouchKind;
  /** What was said, sent or attended; null: not said. */
  subject: string | null;
  /** What was pasted that it stood in; null: it was entered by itself, or changed since. */
  pasteId: string | null;
  /** Slack's user id of whoever entered it. */
  addedBy: string;
  createdAt: Date;
}

function toProspect(row: ProspectRow): Prospect {
  return { ...row, stage: PROSPECT_STAGES.find((stage) => stage === row.stage) ?? null };
}

const counting = { include: { _count: { select: { touches: true } } } } as const;

function toCounted({
  _count,
  ...row
}: ProspectRow & { _count: { touches: number } }): CountedProspect {
  return { ...toProspect(row), touches: _count.touches };
}

/** All of a rep's prospects, settled and archived ones too; what was touched last comes first. */
export async function prospectsOf(db: Client, rep: PersonRef): Promise<CountedProspect[]> {
  const rows = await db.prospect.findMany({
    where: keyOf(rep),
    ...counting,
    orderBy: [{ lastTouchOn: { sort: 'desc', nulls: 'last' } }, { name: 'asc' }],
  });
  return rows.map(toCounted);
}

/** The open prospects of several reps, in one statement. */
export async function openProspectsOf(
  db: Client,
  workspaceId: string,
  repIds: readonly string[],
): Promise<CountedProspect[]> {
  const rows = await db.prospect.findMany({
    where: { workspaceId, repId: { in: [...repIds] }, state: 'open' },
    ...counting,
  });
  return rows.map(toCounted);
}

export async function findProspect(db: Client, id: string): Promise<CountedProspect | null> {
  const row = isRowId(id) ? await db.prospect.findUnique({ where: { id }, ...counting }) : null;
  return row && toCounted(row);
}

/** By its name as it is compared. */
export async function findProspectNamed(
  db: Client,
  rep: PersonRef,
  nameKey: string,
): Promise<CountedProspect | null> {
  const { workspaceId, repId } = keyOf(rep);
  const row = await db.prospect.findUnique({
    where: { workspaceId_repId_nameKey: { workspaceId, repId, nameKey } },
    ...counting,
  });
  return row && toCounted(row);
}

/** Adds it, or saves what changed. @throws a unique violation where another one has its name. */
export async function saveProspect(tx: Tx, prospect: Prospect): Promise<void> {
  const { id, workspaceId, repId, name, nameKey, pasteId, createdAt } = prospect;
  const { state, stage, snoozedUntil, lastTouchOn } = prospect;
  const data = { name, nameKey, state, stage, snoozedUntil, lastTouchOn };
  await tx.prospect.upsert({
    where: { id },
    create: { id, workspaceId, repId, pasteId, createdAt, ...data },
    update: data,
  });
}

/** Takes one away that has no touches and no stage: it was named by mistake. */
export async function removeProspect(tx: Tx, id: string): Promise<void> {
  await tx.prospect.deleteMany({ where: { id } });
}

// ── Touches ──────────────────────────────────────────────────────────────────────────────────────

const subjectOf = ({ workspaceId, repId, id }: Pick<Touch, 'workspaceId' | 'repId' | 'id'>) => ({
  workspaceId,
  userId: repId,
  field: `touch:${id}`,
});

function toTouch({ encryption }: Store, row: TouchRow): Touch {
  return {
    ...row,
    kind: TOUCH_KINDS.find((kind) => kind === row.kind) ?? 'other',
    subject: row.subject && encryption.decrypt(row.subject, subjectOf(row)),
  };
}

const newestFirst = [{ date: 'desc' }, { createdAt: 'desc' }, { id: 'desc' }] as const;

/** A prospect's touches, the newest first. */
export async function touchesOf(store: Store, prospectId: string): Promise<Touch[]> {
  const rows = await store.db.touch.findMany({
    where: { prospectId },
    orderBy: [...newestFirst],
  });
  return rows.map((row) => toTouch(store, row));
}

/** Which kinds of touch came when, of all of a rep's prospects since a local date, the oldest first. */
export async function touchKindsOf(
  db: Client,
  rep: PersonRef,
  since: string,
): Promise<Pick<Touch, 'prospectId' | 'date' | 'kind'>[]> {
  const rows = await db.touch.findMany({
    where: { ...keyOf(rep), date: { gte: since } },
    select: { prospectId: true, date: true, kind: true },
    orderBy: [{ date: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({
    ...row,
    kind: TOUCH_KINDS.find((kind) => kind === row.kind) ?? 'other',
  }));
}

export async function findTouch(store: Store, id: string): Promise<Touch | null> {
  const row = isRowId(id) ? await store.db.touch.findUnique({ where: { id } }) : null;
  return row && toTouch(store, row);
}

/** Adds it, or saves what changed. */
export async function saveTouch({ db, encryption }: Store, touch: Touch): Promise<void> {
  const { id, subject, ...rest } = touch;
  const data = { ...rest, subject: subject && encryption.encrypt(subject, subjectOf(touch)) };
  await db.touch.upsert({ where: { id }, create: { id, ...data }, update: data });
}

/** All of a rep's touches since a local date. */
export async function touchesSince(store: Store, rep: PersonRef, since: string): Promise<Touch[]> {
  const rows = await store.db.touch.findMany({ where: { ...keyOf(rep), date: { gte: since } } });
  return rows.map((row) => toTouch(store, row));
}

/** The touches that stood in what was pasted, those of a rep. */
export async function touchesPasted(
  store: Store,
  rep: PersonRef,
  pasteId: string,
): Promise<Touch[]> {
  const rows = await store.db.touch.findMany({ where: { ...keyOf(rep), pasteId } });
  return rows.map((row) => toTouch(store, row));
}

/** Whose what was pasted is: the rep's Slack user id; null where nothing of it is left. */
export async function ownerOfPaste(
  db: Client,
  workspaceId: string,
  pasteId: string,
): Promise<string | null> {
  if (!isRowId(pasteId)) return null;
  const where = { workspaceId, pasteId };
  const touch = await db.touch.findFirst({ where, select: { repId: true } });
  return (
    touch?.repId ?? (await db.prospect.findFirst({ where, select: { repId: true } }))?.repId ?? null
  );
}

export async function removeTouch(tx: Tx, id: string): Promise<void> {
  await tx.touch.deleteMany({ where: { id } });
}

/** The local date of a prospect's newest touch; null: none. */
export async function newestTouchOn(tx: Tx, prospectId: string): Promise<string | null> {
  const row = await tx.touch.findFirst({ where: { prospectId }, orderBy: { date: 'desc' } });
  return row?.date ?? null;
}

// ── Stages ───────────────────────────────────────────────────────────────────────────────────────

/** Says on which local date a prospect came to a stage, once. */
export async function keepStep(
  tx: Tx,
  prospectId: string,
  stage: ProspectStage,
  date: string,
): Promise<void> {
  await tx.prospectStep.upsert({
    where: { prospectId_stage: { prospectId, stage } },
    create: { prospectId, stage, date },
    update: {},
  });
}

/** On which local dates a prospect came to its stages. */
export async function stepsTo(
  db: Client,
  prospectId: string,
): Promise<{ stage: ProspectStage; date: string }[]> {
  const rows = await db.prospectStep.findMany({ where: { prospectId } });
  return rows.flatMap(({ stage, date }) => {
    const known = PROSPECT_STAGES.find((one) => one === stage);
    return known ? [{ stage: known, date }] : [];
  });
}

/** When a rep's prospects came to a stage, since a local date. */
export async function stepsOf(
  db: Client,
  rep: PersonRef,
  since: string,
): Promise<{ prospectId: string; date: string }[]> {
  return db.prospectStep.findMany({
    where: { prospect: keyOf(rep), date: { gte: since } },
    select: { prospectId: true, date: true },
  });
}
