/** Coaching hours, stand-ins, objections, recognition: rows ⇄ domain. People's own words are encrypted here. */
import type { Db, Tx } from '../db/client.ts';
import {
  type CoachingStandIn,
  type CoachingHour as HourRow,
  type Objection as ObjectionRow,
  Prisma,
} from '../db/generated/client.ts';
import { isRowId, type PersonRef, type Store } from '../db/store.ts';
import { freshChannel } from '../people/store.ts';
import { addDays, WEEKDAYS, type Weekday } from '../time/local-date.ts';
import {
  FollowUp,
  METRICS,
  type Metric,
  OBJECTION_GROUPS,
  OBJECTION_SOURCES,
  type ObjectionGroup,
  type ObjectionSource,
  RECOGNISED,
  REVIEWED,
  type Recognised,
  type Reviewed,
} from './schemas.ts';

type Client = Db | Tx;

const repKey = ({ workspaceId, userId }: PersonRef) => ({ workspaceId, repId: userId });

// ── When the hours are ───────────────────────────────────────────────────────────────────────────

export interface Rhythm {
  /** Null: it was stopped. */
  weekday: Weekday | null;
  /** Wall time of the manager. */
  time: string;
}

/** After so many weeks in which no hour was held, moved or skipped, its prompts are left to one a week. */
const LEFT_ALONE_WEEKS = 3;

/** Whether whoever holds these reps' hours has left them alone since. @param week its Monday. */
export async function areHoursLeftAlone(
  db: Client,
  workspaceId: string,
  repIds: readonly string[],
  week: string,
): Promise<boolean> {
  const theirs = { workspaceId, repId: { in: [...repIds] } };
  const since = addDays(week, -7 * LEFT_ALONE_WEEKS);
  const isPicked = { ...theirs, pickedAt: { gte: new Date(`${since}T00:00:00Z`) } };
  if (await db.coachingRhythm.findFirst({ where: isPicked, select: { repId: true } })) return false;
  const OR = [{ state: { not: 'open' as const } }, { moves: { gt: 0 } }];
  const where = { ...theirs, week: { gte: since }, OR };
  return (await db.coachingHour.findFirst({ where, select: { id: true } })) === null;
}

/** The rhythms of several reps, by their user id; who has none isn't in it. */
export async function rhythmsOf(
  db: Client,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, Rhythm>> {
  const rows = await db.coachingRhythm.findMany({
    where: { workspaceId, repId: { in: [...repIds] } },
  });
  return new Map(
    rows.map(({ repId, weekday, time }) => [
      repId,
      { weekday: WEEKDAYS.find((one) => one === weekday) ?? null, time },
    ]),
  );
}

export async function saveRhythm(
  tx: Tx,
  rep: PersonRef,
  rhythm: Rhythm & { pickedBy: string; pickedAt: Date },
): Promise<void> {
  await tx.coachingRhythm.upsert({
    where: { workspaceId_repId: repKey(rep) },
    create: { ...repKey(rep), ...rhythm },
    update: rhythm,
  });
}

// ── The hours ────────────────────────────────────────────────────────────────────────────────────

export interface Hour {
  id: string;
  workspaceId: string;
  /** Slack's user id of the rep. */
  repId: string;
  /** The Monday of its week, on the manager's clocks. */
  week: string;
  state: 'open' | 'done' | 'skipped';
  /** Where it was moved: local date and wall time of the manager. */
  moved: { date: string; time: string } | null;
  moves: number;
  reason: string | null;
  /** What the rep wants to talk about. */
  topic: string | null;
  /** Slack's user id of who said last what became of it. */
  settledBy: string | null;
  heldOn: string | null;
  reviewed: Reviewed | null;
  which: string | null;
  link: string | null;
  heard: string | null;
  tweak: string | null;
  metric: Metric | null;
  measureOn: string | null;
  measuredAt: Date | null;
  result: FollowUp | null;
  /** What the rep says of the tweak. */
  useful: boolean | null;
  /** How many times it was logged. */
  logs: number;
}

const SEALED = ['reason', 'topic', 'which', 'link', 'heard', 'tweak'] as const;
type Sealed = (typeof SEALED)[number];

const sealedIn = ({ workspaceId, repId, id }: Hour | HourRow, field: Sealed) => ({
  workspaceId,
  userId: repId,
  field: `coaching:${field}:${id}`,
});

function toHour({ encryption }: Store, row: HourRow): Hour {
  const { movedTo, movedAt, result, metric, reviewed, updatedAt: _, ...rest } = row;
  const words = (field: Sealed) => {
    const text = row[field];
    return text && encryption.decrypt(text, sealedIn(row, field));
  };
  return {
    ...rest,
    moved: movedTo !== null && movedAt !== null ? { date: movedTo, time: movedAt } : null,
    metric: METRICS.find((one) => one === metric) ?? null,
    reviewed: REVIEWED.find((one) => one === reviewed) ?? null,
    result: FollowUp.safeParse(result).data ?? null,
    reason: words('reason'),
    topic: words('topic'),
    which: words('which'),
    link: words('link'),
    heard: words('heard'),
    tweak: words('tweak'),
  };
}

export async function findHour(store: Store, id: string): Promise<Hour | null> {
  const row = isRowId(id) ? await store.db.coachingHour.findUnique({ where: { id } }) : null;
  return row && toHour(store, row);
}

/** The hour of a rep's week; made where nothing was known of it. Within the rep's lock. */
export async function ensureHour(store: Store<Tx>, rep: PersonRef, week: string): Promise<Hour> {
  const where = { workspaceId_repId_week: { ...repKey(rep), week } };
  const data = { ...repKey(rep), week };
  return toHour(store, await store.db.coachingHour.upsert({ where, create: data, update: {} }));
}

/** The hours of several reps in these weeks. */
export async function hoursIn(
  store: Store,
  workspaceId: string,
  repIds: readonly string[],
  weeks: readonly string[],
): Promise<Hour[]> {
  const rows = await store.db.coachingHour.findMany({
    where: { workspaceId, repId: { in: [...repIds] }, week: { in: [...weeks] } },
  });
  return rows.map((row) => toHour(store, row));
}

/** The hours of a rep that were held, newest first. */
export async function heldHours(store: Store, rep: PersonRef, most: number): Promise<Hour[]> {
  const rows = await store.db.coachingHour.findMany({
    where: { ...repKey(rep), state: 'done' },
    orderBy: { week: 'desc' },
    take: most,
  });
  return rows.map((row) => toHour(store, row));
}

/** The local date of each rep's last hour that was held, by user id. */
export async function lastHeld(
  db: Client,
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, string>> {
  const groups = await db.coachingHour.groupBy({
    by: ['repId'],
    where: { workspaceId, repId: { in: [...repIds] }, state: 'done' },
    _max: { heldOn: true },
  });
  return new Map(
    groups.flatMap(({ repId, _max }) => (_max.heldOn ? [[repId, _max.heldOn] as const] : [])),
  );
}

/** The hours of a rep whose follow-up isn't measured yet, the first due first. */
export async function unmeasuredHours(store: Store, rep: PersonRef): Promise<Hour[]> {
  const rows = await store.db.coachingHour.findMany({
    where: { ...repKey(rep), state: 'done', measuredAt: null, measureOn: { not: null } },
    orderBy: { measureOn: 'asc' },
  });
  return rows.map((row) => toHour(store, row));
}

/** The follow-ups of several reps that were measured after one instant and up to another. */
export async function measuredBetween(
  store: Store,
  workspaceId: string,
  repIds: readonly string[],
  { after, until }: { after: Date; until: Date },
): Promise<Hour[]> {
  const rows = await store.db.coachingHour.findMany({
    where: {
      workspaceId,
      repId: { in: [...repIds] },
      state: 'done',
      measuredAt: { gt: after, lte: until },
    },
    orderBy: [{ repId: 'asc' }, { week: 'asc' }],
  });
  return rows.map((row) => toHour(store, row));
}

export async function saveHour({ db, encryption }: Store, hour: Hour): Promise<void> {
  const { id, workspaceId: _, repId: __, week: ___, moved, result, ...rest } = hour;
  const sealed = SEALED.map((field) => {
    const text = hour[field];
    return [field, text && encryption.encrypt(text, sealedIn(hour, field))] as const;
  });
  await db.coachingHour.update({
    where: { id },
    data: {
      ...rest,
      ...Object.fromEntries(sealed),
      movedTo: moved?.date ?? null,
      movedAt: moved?.time ?? null,
      result: result ?? Prisma.DbNull,
    },
  });
}

// ── Who stands in ────────────────────────────────────────────────────────────────────────────────

export type StandIn = CoachingStandIn;

/** Nobody has said no to it, nor taken it back. */
const standing = { declinedAt: null, endedAt: null } as const;

/** Whoever stands in for these managers on `since` or later, by when it begins. */
export async function standInsFor(
  db: Client,
  workspaceId: string,
  managerIds: readonly string[],
  since: string,
): Promise<StandIn[]> {
  return db.coachingStandIn.findMany({
    where: { workspaceId, managerId: { in: [...managerIds] }, to: { gte: since }, ...standing },
    orderBy: [{ from: 'asc' }, { id: 'asc' }],
  });
}

/** For whom somebody stands in on `since` or later. */
export async function standsInFor(
  db: Client,
  { workspaceId, userId: standInId }: PersonRef,
  since: string,
): Promise<StandIn[]> {
  return db.coachingStandIn.findMany({
    where: { workspaceId, standInId, to: { gte: since }, ...standing },
    orderBy: [{ from: 'asc' }, { id: 'asc' }],
  });
}

export async function findStandIn(db: Client, id: string): Promise<StandIn | null> {
  return isRowId(id) ? db.coachingStandIn.findUnique({ where: { id } }) : null;
}

/** Within the manager's lock. The same id again is the same row. */
export async function addStandIn(
  tx: Tx,
  standIn: Omit<StandIn, 'declinedAt' | 'endedAt'>,
): Promise<void> {
  await tx.coachingStandIn.createMany({ data: [standIn], skipDuplicates: true });
}

export async function endStandIn(
  tx: Tx,
  id: string,
  how: { declinedAt: Date } | { endedAt: Date },
): Promise<void> {
  await tx.coachingStandIn.update({ where: { id }, data: how });
}

// ── Objections ───────────────────────────────────────────────────────────────────────────────────

export interface Objection {
  id: string;
  workspaceId: string;
  /** Slack's user id of the rep who met it. */
  repId: string;
  /** Local date of the rep. */
  date: string;
  about: ObjectionGroup;
  handled: boolean;
  /** What was said, and what was answered. */
  words: string | null;
  answer: string | null;
  source: ObjectionSource;
  addedBy: string;
  createdAt: Date;
  removedAt: Date | null;
}

const objectionAad = (
  { workspaceId, repId, id }: Pick<Objection, 'workspaceId' | 'repId' | 'id'>,
  field: 'words' | 'answer',
) => ({ workspaceId, userId: repId, field: `objection:${field}:${id}` });

function toObjection({ encryption }: Store, row: ObjectionRow): Objection {
  const words = (field: 'words' | 'answer') => {
    const text = row[field];
    return text && encryption.decrypt(text, objectionAad(row, field));
  };
  return {
    ...row,
    about: OBJECTION_GROUPS.find((one) => one === row.about) ?? 'other',
    source: OBJECTION_SOURCES.find((one) => one === row.source) ?? 'command',
    words: words('words'),
    answer: words('answer'),
  };
}

/** Within the rep's lock. The same id again is the same row, as it was entered last. */
export async function saveObjection(
  { db, encryption }: Store,
  objection: Objection,
): Promise<void> {
  const sealed = (field: 'words' | 'answer') => {
    const text = objection[field];
    return text && encryption.encrypt(text, objectionAad(objection, field));
  };
  const { id, ...rest } = objection;
  const data = { ...rest, words: sealed('words'), answer: sealed('answer') };
  await db.objection.upsert({ where: { id }, create: { id, ...data }, update: data });
}

export async function findObjection(store: Store, id: string): Promise<Objection | null> {
  const row = isRowId(id) ? await store.db.objection.findUnique({ where: { id } }) : null;
  return row && toObjection(store, row);
}

/** Those of several reps from a local date on, newest first. */
export async function objectionsSince(
  store: Store,
  workspaceId: string,
  repIds: readonly string[],
  since: string,
): Promise<Objection[]> {
  const rows = await store.db.objection.findMany({
    where: { workspaceId, repId: { in: [...repIds] }, date: { gte: since }, removedAt: null },
    orderBy: [{ date: 'desc' }, { createdAt: 'desc' }],
  });
  return rows.map((row) => toObjection(store, row));
}

// ── What is told of what went well ───────────────────────────────────────────────────────────────

export interface RecognitionSettings {
  /** Slack's id of the channel in which it is told; null: nowhere. */
  channelId: string | null;
  kinds: Recognised[];
  /** A won deal is told with its amount. */
  amounts: boolean;
  /** Colleagues may hear that they handle an objection well. */
  handles: boolean;
  /** What came before isn't told. */
  since: Date;
}

/** The settings of several people, by user id; who has none wants nothing told. */
export async function recognitionsOf(
  db: Client,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, RecognitionSettings>> {
  const rows = await db.recognitionSettings.findMany({
    where: { workspaceId, personId: { in: [...personIds] } },
  });
  return new Map(
    rows.map(({ personId, channelId, amounts, handles, since, ...row }) => {
      const kinds = RECOGNISED.filter((kind) => row.kinds.includes(kind));
      return [personId, { channelId, kinds, amounts, handles, since }];
    }),
  );
}

/** `at`: when it was chosen; from then on Slack is asked daily about another channel than before. */
export async function saveRecognition(
  db: Client,
  { workspaceId, userId: personId }: PersonRef,
  settings: RecognitionSettings,
  at: Date,
): Promise<void> {
  const where = { workspaceId_personId: { workspaceId, personId } };
  const before = await db.recognitionSettings.findUnique({ where });
  const { channelId } = settings;
  const channel = before?.channelId === channelId ? {} : freshChannel(channelId, at);
  const data = { ...settings, ...channel };
  await db.recognitionSettings.upsert({
    where,
    create: { workspaceId, personId, ...data },
    update: data,
  });
}
