/** Days, nudges, absences, blocks, syncs, episodes: rows ⇄ domain. People's own words are encrypted here. */
import { z } from 'zod';
import type { Db, Tx } from '../db/client.ts';
import { columnsOf, jsonOf } from '../db/columns.ts';
import { gathered } from '../db/gathered.ts';
import type {
  TimeOff as AbsenceRow,
  CallBlockDay as BlockDayRow,
  CatchUp as CatchUpRow,
  ActivityDay as DayRow,
  Episode as EpisodeRow,
  NudgeSettings as NudgeRow,
} from '../db/generated/client.ts';
import { grouped } from '../db/grouped.ts';
import { isRowId, type PersonRef, type Store } from '../db/store.ts';
import type { DaysOff } from '../input/days-off-scene.ts';
import { USUAL_BUDGET } from '../outbox/budget-rules.ts';
import { ACTIVITIES, type Activity } from '../plan/schemas.ts';
import { WEEKDAYS, type Weekday } from '../time/local-date.ts';
import {
  CAUSES,
  type Cause,
  type Counts,
  eachActivity,
  SKIP_REASONS,
  type SkipReason,
} from './schemas.ts';
import { mergeDaysOff } from './time-off/merge-rules.ts';

type Client = Db | Tx;

const keyOf = ({ workspaceId, userId }: PersonRef) => ({ workspaceId, personId: userId });
const aad = ({ workspaceId, userId }: PersonRef, field: string) => ({
  workspaceId,
  userId,
  field,
});

// ── How somebody wants to be asked ───────────────────────────────────────────────────────────────

export interface Nudges {
  checkIns: boolean;
  /** Local wall time, `HH:mm`. */
  checkInTime: string;
  reminder: boolean;
  reminderMinutes: number;
  /** Notifications a day at most, of those in `BUDGETS`. */
  perDay: number;
  /** Empty: the plan's workdays. */
  weekdays: Weekday[];
  callBlocks: boolean;
  syncs: boolean;
  paceNotes: boolean;
  overdueItems: boolean;
  /** Prospects that are quiet before their fourth touch, in the week's last check-in. */
  prospects: boolean;
  digest: boolean;
  /** What comes by itself about coaching hours. */
  coaching: boolean;
  reasons: boolean;
  /** The first local date on which nudges come again. */
  pausedUntil: string | null;
  why: string | null;
}

export const DEFAULT_NUDGES: Nudges = {
  checkIns: true,
  checkInTime: '16:30',
  reminder: true,
  reminderMinutes: 90,
  perDay: USUAL_BUDGET.perDay,
  weekdays: [],
  callBlocks: true,
  syncs: true,
  paceNotes: true,
  overdueItems: true,
  prospects: true,
  digest: true,
  coaching: true,
  reasons: true,
  pausedUntil: null,
  why: null,
};

const NUDGES = Object.keys(DEFAULT_NUDGES) as (keyof Nudges)[];

export async function nudgesOf({ db, encryption }: Store, who: PersonRef): Promise<Nudges> {
  const row = await db.nudgeSettings.findUnique({ where: { workspaceId_personId: keyOf(who) } });
  return row ? toNudges({ encryption }, row) : DEFAULT_NUDGES;
}

function toNudges({ encryption }: Pick<Store, 'encryption'>, row: NudgeRow): Nudges {
  const { workspaceId, personId: userId, why, ...nudges } = row;
  const who = { workspaceId, userId };
  return {
    ...nudges,
    weekdays: WEEKDAYS.filter((day) => nudges.weekdays.includes(day)),
    why: why && encryption.decrypt(why, aad(who, 'why')),
  };
}

export async function saveNudges(
  { db, encryption }: Store,
  who: PersonRef,
  { why, ...nudges }: Nudges,
): Promise<void> {
  const data = { ...nudges, why: why && encryption.encrypt(why, aad(who, 'why')) };
  await db.nudgeSettings.upsert({
    where: { workspaceId_personId: keyOf(who) },
    create: { ...keyOf(who), ...data },
    update: data,
  });
}

// ── Days away ────────────────────────────────────────────────────────────────────────────────────

export interface Absence extends DaysOff {
  id: string;
  /** Slack's user id of whoever entered it. */
  addedBy: string;
}

type DayColumns = Pick<AbsenceRow, 'from' | 'to' | 'share' | 'startsAt' | 'endsAt'>;

const ABSENCE = ['id', 'addedBy', 'from', 'to', 'share', 'startsAt', 'endsAt'] as const;
type AbsenceColumns = Pick<AbsenceRow, (typeof ABSENCE)[number]>;

function toAbsence({ id, addedBy, from, to, share, startsAt, endsAt }: AbsenceColumns): Absence {
  const hours = startsAt === null || endsAt === null ? null : { start: startsAt, end: endsAt };
  return { id, from, to, share, hours, addedBy };
}

const toColumns = ({ from, to, share, hours }: DaysOff): DayColumns => ({
  from,
  to,
  share,
  startsAt: hours?.start ?? null,
  endsAt: hours?.end ?? null,
});

/** Those that end on `since` or later, by their beginning. */
export async function absencesOf(db: Client, who: PersonRef, since = ''): Promise<Absence[]> {
  const rows = await db.timeOff.findMany({
    where: { ...keyOf(who), to: { gte: since } },
    orderBy: [{ from: 'asc' }, { to: 'asc' }, { startsAt: 'asc' }],
  });
  return rows.map(toAbsence);
}

/** The whole days off of several people between two local dates, both in, by user id. */
export async function wholeDaysOff(
  db: Client,
  workspaceId: string,
  personIds: readonly string[],
  { from, to }: { from: string; to: string },
): Promise<Map<string, Absence[]>> {
  const rows = await db.timeOff.findMany({
    where: {
      workspaceId,
      personId: { in: [...personIds] },
      share: 1,
      from: { lte: to },
      to: { gte: from },
    },
  });
  const byPerson = new Map<string, Absence[]>();
  for (const row of rows) {
    byPerson.set(row.personId, [...(byPerson.get(row.personId) ?? []), toAbsence(row)]);
  }
  return byPerson;
}

/**
 * Adds days off: as one entry with those that they overlap with, under the id of the first of these. Returns the entry
 * as it is then, and whether that is another than before. Within the person's lock.
 */
export async function addAbsence(
  tx: Tx,
  who: PersonRef,
  { id: known, addedBy, ...days }: Omit<Absence, 'id'> & { id?: string | undefined },
  createdAt: Date,
): Promise<{ absence: Absence; isNew: boolean; isChanged: boolean }> {
  const same = known === undefined ? null : await findAbsence(tx, known);
  if (same) return { absence: same, isNew: false, isChanged: false };
  const { entry, absorbed } = mergeDaysOff(days, await absencesOf(tx, who, days.from));
  const [first, ...others] = absorbed;
  if (!first) {
    const data = { ...keyOf(who), ...(known !== undefined && { id: known }), ...toColumns(entry) };
    const row = await tx.timeOff.create({ data: { ...data, addedBy, createdAt } });
    return { absence: toAbsence(row), isNew: true, isChanged: true };
  }
  const isChanged = others.length > 0 || !isSameDays(first, entry);
  if (!isChanged) return { absence: first, isNew: false, isChanged };
  await tx.timeOff.deleteMany({ where: { id: { in: others.map(({ id }) => id) } } });
  return {
    absence: await saveAbsence(tx, { ...first, ...entry, addedBy }),
    isNew: false,
    isChanged,
  };
}

function isSameDays(one: DaysOff, other: DaysOff): boolean {
  return JSON.stringify(toColumns(one)) === JSON.stringify(toColumns(other));
}

/** Puts other days in the place of its own. */
export async function saveAbsence(tx: Tx, absence: Absence): Promise<Absence> {
  const { id, addedBy } = absence;
  return toAbsence(
    await tx.timeOff.update({ where: { id }, data: { ...toColumns(absence), addedBy } }),
  );
}

export async function findAbsence(db: Client, id: string): Promise<(Absence & PersonRef) | null> {
  const row = isRowId(id) ? await db.timeOff.findUnique({ where: { id } }) : null;
  return row && { ...toAbsence(row), workspaceId: row.workspaceId, userId: row.personId };
}

export async function removeAbsence(tx: Tx, id: string): Promise<void> {
  await tx.timeOff.deleteMany({ where: { id } });
}

// ── Days ─────────────────────────────────────────────────────────────────────────────────────────

export interface Day {
  /** Local date. */
  date: string;
  /** `started`: something was counted, the day as a whole was not. */
  state: 'started' | 'logged' | 'skipped';
  /** Null: not said. */
  counts: Record<Activity, number | null>;
  skipReason: SkipReason | null;
  note: string | null;
  /** What the last change to it, logged as it was, put another number for. */
  replaced: Partial<Counts>;
}

const Replaced = z.partialRecord(z.enum(ACTIVITIES), z.int().min(0)).catch({});

type KnownDay = Omit<DayRow, 'workspaceId' | 'personId' | 'loggedAt'>;

function toDay({ encryption }: Store, who: PersonRef, row: KnownDay): Day {
  return {
    date: row.date,
    state: row.state,
    counts: eachActivity((activity) => row[activity]),
    skipReason: SKIP_REASONS.find((reason) => reason === row.skipReason) ?? null,
    note: row.note && encryption.decrypt(row.note, aad(who, `note:${row.date}`)),
    replaced: Replaced.parse(row.replaced),
  };
}

/** What was done on a day, without anybody's words. */
export type WorkedDay = Pick<Day, 'date' | 'state' | 'counts'>;

const WorkedState = z.enum(['started', 'logged', 'skipped']);

/** A person's days, each column as PostgreSQL writes a list: `{20,17,NULL}`. */
type ListedDays = { personId: string; dates: string; states: string } & Record<Activity, string>;

const listed = (text: string) => text.slice(1, -1).split(',');
const toCount = (text: string | undefined) => (text === 'NULL' ? null : Number(text));

function toWorkedDays(row: ListedDays): Map<string, WorkedDay> {
  const states = listed(row.states);
  const counts = eachActivity((activity) => listed(row[activity]));
  return new Map(
    listed(row.dates).map((date, at): [string, WorkedDay] => [
      date,
      {
        date,
        state: WorkedState.parse(states[at]),
        counts: eachActivity((activity) => toCount(counts[activity][at])),
      },
    ]),
  );
}

/** What is known of several people's days, each from a local date of theirs to `to`, by user id and by date. */
export async function workedDaysOfEach(
  db: Client,
  workspaceId: string,
  people: readonly { userId: string; from: string; to: string }[],
): Promise<Map<string, Map<string, WorkedDay>>> {
  const column = (pick: (one: (typeof people)[number]) => string) => people.map(pick);
  // A year of a company's days: as lists they are written and read in a third of the time that rows or JSON take.
  const rows = await db.$queryRaw<ListedDays[]>`
    SELECT person_id AS "personId", array_agg(date)::text AS dates, array_agg(state)::text AS states,
      array_agg(calls)::text AS calls, array_agg(visits)::text AS visits, array_agg(demos)::text AS demos,
      array_agg(proposals)::text AS proposals, array_agg(contracts)::text AS contracts
    FROM activity_day
    JOIN unnest(${column(({ userId }) => userId)}::text[], ${column(({ from }) => from)}::text[],
      ${column(({ to }) => to)}::text[]) AS asked (id, since, until) ON person_id = asked.id
    WHERE workspace_id = ${workspaceId} AND date BETWEEN asked.since AND asked.until
    GROUP BY person_id`;
  return new Map(rows.map((row) => [row.personId, toWorkedDays(row)]));
}

const DAY_COLUMNS = columnsOf('activity_day', [
  'date',
  'state',
  ...ACTIVITIES,
  'skipReason',
  'note',
  'replaced',
]);

export async function findDay(store: Store, who: PersonRef, date: string): Promise<Day | null> {
  return (await loggedDays(store, who, date, date)).get(date) ?? null;
}

/** The days of which something is known from `from` to `to`, both in, by date. */
export async function loggedDays(
  store: Store,
  who: PersonRef,
  from: string,
  to: string,
): Promise<Map<string, Day>> {
  const rows = await store.db.$queryRaw<KnownDay[]>`
    SELECT ${DAY_COLUMNS} FROM activity_day
    WHERE workspace_id = ${who.workspaceId} AND person_id = ${who.userId}
      AND date BETWEEN ${from} AND ${to}`;
  return new Map(rows.map((row) => [row.date, toDay(store, who, row)]));
}

/**
 * Keeps a day, and what that replaces: no number that was counted goes without a trace. `before`: the day as it was
 * just read, within the person's lock.
 */
export async function saveDay(
  store: Store,
  who: PersonRef,
  day: Omit<Day, 'replaced'>,
  loggedAt: Date,
  before?: Day | null,
): Promise<Day> {
  const { date, state, counts, skipReason } = day;
  const known = before === undefined ? await findDay(store, who, date) : before;
  const replaced = replacedBy(day, known);
  const note = day.note && store.encryption.encrypt(day.note, aad(who, `note:${date}`));
  const { calls, visits, demos, proposals, contracts } = counts;
  await store.db.$executeRaw`
    INSERT INTO activity_day (workspace_id, person_id, date, state, calls, visits, demos, proposals, contracts,
      skip_reason, note, logged_at, replaced)
    VALUES (${who.workspaceId}, ${who.userId}, ${date}, ${state}::day_state, ${calls}, ${visits}, ${demos},
      ${proposals}, ${contracts}, ${skipReason}, ${note}, ${loggedAt}, ${JSON.stringify(replaced)}::jsonb)
    ON CONFLICT (workspace_id, person_id, date) DO UPDATE SET
      state = excluded.state, calls = excluded.calls, visits = excluded.visits, demos = excluded.demos,
      proposals = excluded.proposals, contracts = excluded.contracts, skip_reason = excluded.skip_reason,
      note = excluded.note, logged_at = excluded.logged_at, replaced = excluded.replaced`;
  return { ...day, replaced };
}

/** The numbers that were another one before; the same entry again leaves them as they are. */
function replacedBy({ state, counts }: Omit<Day, 'replaced'>, before: Day | null): Partial<Counts> {
  if (state !== 'logged' || !before) return {};
  const [had, has] = [saidCounts(before), saidCounts({ counts })];
  const changed = ACTIVITIES.filter((one) => had[one] !== has[one]);
  if (changed.length === 0 && before.state === 'logged') return before.replaced;
  return Object.fromEntries(changed.filter((one) => had[one] > 0).map((one) => [one, had[one]]));
}

/** Nothing is known of the day any more. */
export async function removeDay(tx: Tx, who: PersonRef, date: string): Promise<void> {
  await tx.activityDay.deleteMany({ where: { ...keyOf(who), date } });
}

/** The last local date that people have logged, by user id. */
export async function lastLoggedOfEach(
  db: Client,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ personId: string; date: string }[]>`
    SELECT asked.id AS "personId", last.date
    FROM unnest(${[...userIds]}::text[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT date FROM activity_day
      WHERE workspace_id = ${workspaceId} AND person_id = asked.id AND state = 'logged'
      ORDER BY date DESC LIMIT 1) AS last`;
  return new Map(rows.map(({ personId, date }) => [personId, date]));
}

export interface LastAnswers {
  days: string[];
  at: Date | null;
}

/**
 * The last day of which something is known, of a call block alone too, and when the last answer about a day
 * came; by user id, of those who have answered anything.
 */
export async function lastAnswersOfEach(
  db: Client,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, LastAnswers>> {
  const days = await db.$queryRaw<{ personId: string; date: string | null; at: Date | null }[]>`
    SELECT asked.id AS "personId", newest.date, answer.logged_at AS at
    FROM unnest(${[...userIds]}::text[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT max(date) AS date FROM activity_day WHERE workspace_id = ${workspaceId} AND person_id = asked.id
    ) AS newest
    CROSS JOIN LATERAL (
      SELECT max(logged_at) AS logged_at FROM activity_day
      WHERE workspace_id = ${workspaceId} AND person_id = asked.id
    ) AS answer
    WHERE newest.date IS NOT NULL`;
  const blocks = await db.callBlockDay.groupBy({
    by: ['personId'],
    where: { workspaceId, personId: { in: [...userIds] }, state: { not: 'offered' } },
    _max: { date: true },
  });
  const answers = new Map<string, LastAnswers>(
    days.map(({ personId, date, at }) => [personId, { days: date === null ? [] : [date], at }]),
  );
  for (const { personId, _max } of blocks) {
    const { days: known, at } = answers.get(personId) ?? { days: [], at: null };
    if (_max.date !== null) answers.set(personId, { days: [...known, _max.date], at });
  }
  return answers;
}

/** The days from `from` to `to` that were skipped as away are open again. */
export async function reopenAwayDays(
  tx: Tx,
  who: PersonRef,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const skipped = { state: 'skipped', skipReason: 'away', date: { gte: from, lte: to } } as const;
  await tx.activityDay.deleteMany({ where: { ...keyOf(who), ...skipped, calls: null } });
  await tx.activityDay.updateMany({
    where: { ...keyOf(who), ...skipped },
    data: { state: 'started', skipReason: null, note: null },
  });
}

// ── Call blocks ──────────────────────────────────────────────────────────────────────────────────

export interface BlockDay {
  date: string;
  /** The block's id in the plan. */
  blockId: string;
  state: 'offered' | 'started' | 'moved' | 'skipped' | 'counted';
  /** Local wall time where it was moved. */
  movedTo: string | null;
  moves: number;
  calls: number | null;
  skipReason: SkipReason | null;
}

/** The block's among its day's: as it is offered, where nothing is known of it. */
export function blockDayOf(
  all: readonly BlockDay[],
  at: { date: string; blockId: string },
): BlockDay {
  const fresh = {
    state: 'offered',
    movedTo: null,
    moves: 0,
    calls: null,
    skipReason: null,
  } as const;
  return all.find(({ blockId }) => blockId === at.blockId) ?? { ...at, ...fresh };
}

export const blockDays = gathered(
  async (db, asked: readonly (PersonRef & { date: string })[]): Promise<BlockDay[][]> => {
    const rows = await db.callBlockDay.findMany({
      where: {
        workspaceId: asked[0]?.workspaceId ?? '',
        personId: { in: [...new Set(asked.map((one) => one.userId))] },
        date: { in: [...new Set(asked.map((one) => one.date))] },
      },
    });
    const days = grouped(rows, ({ personId, date }) => `${personId} ${date}`);
    return asked.map(({ userId, date }) => (days.get(`${userId} ${date}`) ?? []).map(toBlockDay));
  },
);

function toBlockDay({ workspaceId: _, personId: __, skipReason, ...row }: BlockDayRow): BlockDay {
  return { ...row, skipReason: SKIP_REASONS.find((reason) => reason === skipReason) ?? null };
}

export async function saveBlockDay(tx: Tx, who: PersonRef, day: BlockDay): Promise<void> {
  const { date, blockId, ...data } = day;
  await tx.callBlockDay.upsert({
    where: { workspaceId_personId_date_blockId: { ...keyOf(who), date, blockId } },
    create: { ...keyOf(who), ...day },
    update: data,
  });
}

// ── Syncs with the SDR partner ───────────────────────────────────────────────────────────────────

export interface Sync {
  date: string;
  state: 'offered' | 'done' | 'moved' | 'skipped';
  /** Local wall time of the rep where it was moved. */
  movedTo: string | null;
  moves: number;
  /** Who pressed the button. */
  settledBy: string | null;
}

export async function findSync(db: Client, rep: PersonRef, date: string): Promise<Sync> {
  const { workspaceId, userId: repId } = rep;
  const row = await db.sdrSync.findUnique({
    where: { workspaceId_repId_date: { workspaceId, repId, date } },
  });
  const fresh = { date, state: 'offered', movedTo: null, moves: 0, settledBy: null } as const;
  if (!row) return fresh;
  const { state, movedTo, moves, settledBy } = row;
  return { date, state, movedTo, moves, settledBy };
}

export async function saveSync(tx: Tx, rep: PersonRef, sync: Sync): Promise<void> {
  const { workspaceId, userId: repId } = rep;
  const { date, ...data } = sync;
  await tx.sdrSync.upsert({
    where: { workspaceId_repId_date: { workspaceId, repId, date } },
    create: { workspaceId, repId, ...sync },
    update: data,
  });
}

/** What a partner said to a rep's syncs; null: they were never asked. */
export async function findSyncConsent(db: Client, rep: PersonRef, partnerId: string) {
  const { workspaceId, userId: repId } = rep;
  const where = { workspaceId_repId_partnerId: { workspaceId, repId, partnerId } };
  return db.syncConsent.findUnique({ where, select: { state: true } });
}

export async function addSyncConsent(
  tx: Tx,
  { workspaceId, userId: repId }: PersonRef,
  partnerId: string,
  askedAt: Date,
): Promise<void> {
  await tx.syncConsent.create({ data: { workspaceId, repId, partnerId, askedAt } });
}

export async function saveSyncConsent(
  tx: Tx,
  { workspaceId, userId: repId }: PersonRef,
  partnerId: string,
  answer: { state: 'accepted' | 'declined'; answeredAt: Date },
): Promise<void> {
  const where = { workspaceId_repId_partnerId: { workspaceId, repId, partnerId } };
  await tx.syncConsent.update({ where, data: answer });
}

// ── Episodes ─────────────────────────────────────────────────────────────────────────────────────

export type EpisodeKind = EpisodeRow['kind'];

/** What a rep did with a note about their pace. */
export const EPISODE_ANSWERS = [
  'catch_up',
  'catch_up_off',
  'obstacle',
  'told_manager',
  /** Told, with what the rep says of it. */
  'shared',
  'kept',
] as const;
export type EpisodeAnswer = (typeof EPISODE_ANSWERS)[number];

export interface Episode {
  id: string;
  workspaceId: string;
  /** Slack's user id of the rep. */
  userId: string;
  kind: EpisodeKind;
  /** An activity, or a stage. */
  subject: string;
  openedOn: string;
  managerOn: string | null;
  managerToldOn: string | null;
  resolvedOn: string | null;
  /** As it was told: JSON that its reader parses. */
  figures: unknown;
  answer: EpisodeAnswer | null;
  causes: Cause[];
  note: string | null;
}

function toEpisode({ encryption }: Store, row: EpisodeRow): Episode {
  const { open: _, personId: userId, note, answer, causes, ...rest } = row;
  const who = { workspaceId: row.workspaceId, userId };
  return {
    ...rest,
    userId,
    answer: EPISODE_ANSWERS.find((one) => one === answer) ?? null,
    causes: CAUSES.filter((cause) => causes.includes(cause)),
    note: note && encryption.decrypt(note, aad(who, `episode:${row.id}`)),
  };
}

export async function findEpisode(store: Store, id: string): Promise<Episode | null> {
  const row = isRowId(id) ? await store.db.episode.findUnique({ where: { id } }) : null;
  return row && toEpisode(store, row);
}

/** Those that are open, and those resolved on `since` or later, oldest first. */
export async function episodesOf(store: Store, who: PersonRef, since: string): Promise<Episode[]> {
  const rows = await store.db.episode.findMany({
    where: { ...keyOf(who), OR: [{ open: true }, { resolvedOn: { gte: since } }] },
    orderBy: [{ openedOn: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => toEpisode(store, row));
}

export async function addEpisode(
  tx: Tx,
  who: PersonRef,
  episode: Pick<Episode, 'kind' | 'subject' | 'openedOn' | 'managerOn'> & { figures: object },
): Promise<string> {
  const { id } = await tx.episode.create({ data: { ...keyOf(who), ...episode } });
  return id;
}

export async function saveEpisode({ db, encryption }: Store, episode: Episode): Promise<void> {
  const { id, managerToldOn, resolvedOn, answer, causes, note, figures } = episode;
  await db.episode.update({
    where: { id },
    data: {
      managerToldOn,
      resolvedOn,
      open: resolvedOn === null ? true : null,
      figures: figures as object,
      answer,
      causes,
      note: note && encryption.encrypt(note, aad(episode, `episode:${id}`)),
    },
  });
}

// ── Catch-up plans ───────────────────────────────────────────────────────────────────────────────

export interface AgreedCatchUp {
  activity: Activity;
  perDay: number;
  /** Local dates, both ends in. */
  from: string;
  until: string;
}

export async function saveCatchUp(tx: Tx, who: PersonRef, catchUp: AgreedCatchUp): Promise<void> {
  const { activity, ...data } = catchUp;
  await tx.catchUp.upsert({
    where: { workspaceId_personId_activity: { ...keyOf(who), activity } },
    create: { ...keyOf(who), ...catchUp },
    update: data,
  });
}

export async function removeCatchUp(tx: Tx, who: PersonRef, activity: Activity): Promise<void> {
  await tx.catchUp.deleteMany({ where: { ...keyOf(who), activity } });
}

/** Counts with what was not said as none. */
export function saidCounts(day: Pick<Day, 'counts'> | null | undefined): Counts {
  return eachActivity((activity) => day?.counts[activity] ?? 0);
}

// ── All of that, of a plan ───────────────────────────────────────────────────────────────────────

/** What somebody has set, and what was agreed with them, beside their plan. */
export interface AroundPlan {
  nudges: Nudges;
  /** Those that end on `since` or later, by their beginning. */
  absences: Absence[];
  catchUps: AgreedCatchUp[];
}

interface AroundRow {
  personId: string;
  nudges: NudgeRow | null;
  absences: AbsenceColumns[] | null;
  catchUps: CatchUpRow[] | null;
}

const NUDGES_JSON = jsonOf('nudge_settings', ['workspaceId', 'personId', ...NUDGES]);
const ABSENCE_JSON = jsonOf('time_off', ABSENCE);
const CATCH_UP_JSON = jsonOf('catch_up', ['activity', 'perDay', 'from', 'until']);

/** Of several people, by their user ids, in one statement. */
export async function aroundPlans(
  { db, encryption }: Store,
  workspaceId: string,
  userIds: readonly string[],
  since: string,
): Promise<Map<string, AroundPlan>> {
  const rows = await db.$queryRaw<AroundRow[]>`
    SELECT asked.id AS "personId",
      (SELECT ${NUDGES_JSON} FROM nudge_settings
        WHERE workspace_id = ${workspaceId} AND person_id = asked.id) AS nudges,
      (SELECT json_agg(${ABSENCE_JSON} ORDER BY "from", "to", starts_at) FROM time_off
        WHERE workspace_id = ${workspaceId} AND person_id = asked.id AND "to" >= ${since}) AS absences,
      (SELECT json_agg(${CATCH_UP_JSON}) FROM catch_up
        WHERE workspace_id = ${workspaceId} AND person_id = asked.id) AS "catchUps"
    FROM unnest(${[...userIds]}::text[]) AS asked (id)`;
  return new Map(
    rows.map(({ personId, nudges, absences, catchUps }) => [
      personId,
      {
        nudges: nudges ? toNudges({ encryption }, nudges) : DEFAULT_NUDGES,
        absences: (absences ?? []).map(toAbsence),
        catchUps: (catchUps ?? []).flatMap(toCatchUp),
      },
    ]),
  );
}

/** None of an activity that is none. */
function toCatchUp({ activity: name, perDay, from, until }: CatchUpRow): AgreedCatchUp[] {
  const activity = ACTIVITIES.find((one) => one === name);
  return activity ? [{ activity, perDay, from, until }] : [];
}

const DAY_MS = 24 * 3_600_000;

/**
 * Counts, once a day, how many people each workspace asks about their days (see spread-rules.ts): those with an agenda
 * of that kind.
 */
export async function countAsked(db: Db, kind: string, now: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE workspace SET asked_counted_at = ${now}, asked = (
      SELECT count(*) FROM agenda WHERE workspace_id = workspace.id AND kind = ${kind})
    WHERE asked_counted_at IS NULL OR asked_counted_at < ${new Date(now.getTime() - DAY_MS)}`;
}
