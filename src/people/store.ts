/** Workspaces, people and teams: rows ⇄ domain. */

import { z } from 'zod';
import { type AuditKind, recordAct } from '../db/audit.ts';
import type { Db, Tx } from '../db/client.ts';
import { columnsOf } from '../db/columns.ts';
import { gathered, gatheredOfEach } from '../db/gathered.ts';
import {
  type Person as PersonRow,
  Prisma,
  type SetUpStep,
  type Workspace as WorkspaceRow,
} from '../db/generated/client.ts';
import { grouped } from '../db/grouped.ts';
import type { PersonRef } from '../db/store.ts';
import { WEEKDAYS, type Weekday } from '../time/local-date.ts';
import { type SlackFacts, UNKNOWN_FACTS } from './slack-facts.ts';

export interface Workspace {
  /** Slack's team id. */
  id: string;
  /** ISO 4217. */
  currency: string;
  workdays: Weekday[];
  country: string | null;
  region: string | null;
  /** The company's own days off, by their beginning. */
  companyDays: CompanyDays[];
  /** The month, 1–12, on whose first plans begin every year. */
  cycleMonth: number;
  /** How many of it are asked about their days, as counted last. */
  asked: number;
  setUp: boolean;
}

/** Local dates, both ends in. */
export interface CompanyDays {
  from: string;
  to: string;
  label: string;
}

export interface Person {
  workspaceId: string;
  userId: string;
  name: string;
  /** IANA: their own choice, else as Slack has it, else UTC. */
  timeZone: string;
  /** Their own choice; null: none. */
  ownTimeZone: string | null;
  /** Null: Slack doesn't say. */
  slackTimeZone: string | null;
  /** BCP 47. */
  locale: string;
  /** May change the settings: an admin of Bigplan, or of the Slack workspace. */
  admin: boolean;
  leader: boolean;
  /** Appointed in the settings. Others may manage too, with each rep's yes. */
  manager: boolean;
  /** Bots count as deactivated: nobody plans with either. */
  deactivated: boolean;
  /** A guest, or of another company's workspace: takes no part. */
  outsider: boolean;
  /** How far they are in the set-up; skipping it is `done`. */
  setUpStep: SetUpStep;
  teamId: string | null;
  refreshedAt: Date;
  /** When Bigplan met them. */
  metAt: Date;
  /** The local date on which they joined; null: not said, or they were here before. */
  joinedOn: string | null;
  /** Said to have been here before. */
  wasHere: boolean;
}

export type { SetUpStep };

export interface Team {
  id: string;
  workspaceId: string;
  managerId: string;
  channelId: string | null;
  members: Person[];
  /** Reps who were asked and have not answered. */
  asked: string[];
}

export type Roles = Record<'admins' | 'leaders' | 'managers', string[]>;

/** Who does what, and what new plans begin with. */
export interface Settings
  extends Roles,
    Pick<Workspace, 'currency' | 'workdays' | 'country' | 'region'> {
  /** Left out where a form doesn't ask for them. */
  companyDays?: CompanyDays[];
  cycleMonth?: number;
}

type Client = Db | Tx;

/** Until somebody says where they are. */
const UNKNOWN_ZONE = 'UTC';

/** Whether anybody has said where somebody is. */
export const isZoneKnown = ({
  ownTimeZone,
  slackTimeZone,
}: Pick<Person, 'ownTimeZone' | 'slackTimeZone'>): boolean =>
  ownTimeZone !== null || slackTimeZone !== null;

/** Whether somebody can have a part in Bigplan at all: a full member of the workspace who is here. */
export const takesPart = ({
  deactivated,
  outsider,
}: Pick<Person, 'deactivated' | 'outsider'>): boolean => !deactivated && !outsider;

type PersonColumns = Omit<PersonRow, 'dmChannel'>;

const PERSON: readonly (keyof PersonColumns)[] = [
  'workspaceId',
  'userId',
  'name',
  'timeZone',
  'ownTimeZone',
  'locale',
  'slackAdmin',
  'deactivated',
  'outsider',
  'admin',
  'leader',
  'manager',
  'setUpStep',
  'refreshedAt',
  'metAt',
  'joinedOn',
  'wasHere',
  'teamId',
];
const PERSON_COLUMNS = columnsOf('person', PERSON);
const MANAGER = 'manager_';
const MANAGER_COLUMNS = columnsOf('manager', PERSON, MANAGER);

/** Roles rest while somebody takes no part. */
const toPerson = ({ slackAdmin, admin, leader, manager, ...row }: PersonColumns): Person => ({
  ...row,
  timeZone: row.ownTimeZone ?? row.timeZone ?? UNKNOWN_ZONE,
  slackTimeZone: row.timeZone,
  admin: takesPart(row) && (admin || slackAdmin),
  leader: takesPart(row) && leader,
  manager: takesPart(row) && manager,
});

const CompanyDaysColumn = z.array(
  z.object({ from: z.string(), to: z.string(), label: z.string() }),
);

type WorkspaceColumns = Omit<WorkspaceRow, 'createdAt' | 'askedCountedAt'>;

function toWorkspace(row: WorkspaceColumns): Workspace {
  const { id, currency, country, region, cycleMonth, asked } = row;
  const workdays = WEEKDAYS.filter((day) => row.workdays.includes(day));
  const companyDays = CompanyDaysColumn.parse(row.companyDays);
  const setUp = row.setUpAt !== null;
  return { id, currency, workdays, country, region, companyDays, cycleMonth, asked, setUp };
}

const WORKSPACE_COLUMNS = columnsOf('workspace', [
  'id',
  'currency',
  'workdays',
  'country',
  'region',
  'companyDays',
  'cycleMonth',
  'asked',
  'setUpAt',
]);

const findWorkspace = gathered(async (db, ids: readonly string[]) => {
  const rows = await db.$queryRaw<WorkspaceColumns[]>`
    SELECT ${WORKSPACE_COLUMNS} FROM workspace WHERE id = ANY(${[...new Set(ids)]}::text[])`;
  return ids.map((id) => rows.find((row) => row.id === id));
});

/** The workspace, made with its defaults where Bigplan meets it for the first time. */
export async function workspaceOf(db: Client, id: string): Promise<Workspace> {
  const found = await findWorkspace(db, id);
  if (found) return toWorkspace(found);
  // Unlike an upsert that changes nothing, safe where somebody else makes it at the same time.
  await db.workspace.createMany({ data: [{ id }], skipDuplicates: true });
  return toWorkspace(await db.workspace.findUniqueOrThrow({ where: { id } }));
}

/** Holds the workspace's row until the transaction ends, so that set-up and settings take turns. */
export async function lockWorkspace(tx: Tx, id: string): Promise<Workspace> {
  await tx.$queryRaw`SELECT id FROM workspace WHERE id = ${id} FOR NO KEY UPDATE`;
  return workspaceOf(tx, id);
}

export async function saveDefaults(
  tx: Tx,
  id: string,
  { companyDays, ...defaults }: Omit<Settings, keyof Roles>,
  setUpAt: Date,
): Promise<void> {
  const { setUp } = await workspaceOf(tx, id);
  await tx.workspace.update({
    where: { id },
    data: {
      ...defaults,
      ...(companyDays && { companyDays: companyDays.map((days) => ({ ...days })) }),
      ...(setUp ? {} : { setUpAt }),
    },
  });
}

/** Inserts or refreshes what Slack says of a person; their roles in Bigplan stay. */
export async function savePerson(
  db: Client,
  { workspaceId, userId }: PersonRef,
  { bot, ...facts }: SlackFacts,
  refreshedAt: Date,
): Promise<Person> {
  await workspaceOf(db, workspaceId);
  const data = { ...facts, deactivated: facts.deactivated || bot, refreshedAt };
  const row = await db.person.upsert({
    where: { workspaceId_userId: { workspaceId, userId } },
    create: { workspaceId, userId, metAt: refreshedAt, ...data },
    update: data,
  });
  return toPerson(row);
}

/** Inserts people of whom nothing is known yet, so old that they are looked up again soon. */
export async function saveStrangers(
  db: Client,
  workspaceId: string,
  userIds: readonly string[],
): Promise<void> {
  const { bot: _, ...facts } = UNKNOWN_FACTS;
  await workspaceOf(db, workspaceId);
  await db.person.createMany({
    data: userIds.map((userId) => ({ workspaceId, userId, ...facts, refreshedAt: new Date(0) })),
    skipDuplicates: true,
  });
}

const personAmong = gatheredOfEach((db, { workspaceId }: PersonRef, userIds) =>
  peopleById(db, workspaceId, userIds),
);

export async function findPerson(
  db: Client,
  { workspaceId, userId }: PersonRef,
): Promise<Person | null> {
  return (await personAmong(db, { workspaceId, userId })) ?? null;
}

/** So many Homes are brought up to date at once; whoever opens theirs sees it as it is. */
const MOST_MET = 100;

/** The ids of people whom Bigplan has met and who are here, those met last first. */
export async function peopleMet(db: Client, workspaceId: string): Promise<string[]> {
  const rows = await db.person.findMany({
    where: { workspaceId, deactivated: false },
    orderBy: [{ refreshedAt: 'desc' }, { userId: 'asc' }],
    take: MOST_MET,
    select: { userId: true },
  });
  return rows.map(({ userId }) => userId);
}

/** Those of them who are known, in the order of `userIds`. */
export async function findPeople(
  db: Client,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Person[]> {
  const byId = await peopleById(db, workspaceId, userIds);
  return userIds.flatMap((userId) => byId.get(userId) ?? []);
}

async function peopleById(
  db: Client,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, Person>> {
  const rows = await db.$queryRaw<PersonColumns[]>`
    SELECT ${PERSON_COLUMNS} FROM person
    WHERE workspace_id = ${workspaceId} AND user_id = ANY(${[...userIds]}::text[])`;
  return new Map(rows.map((row) => [row.userId, toPerson(row)]));
}

/** Somebody and the manager whom they plan with; null while they have none. */
export interface Managed {
  person: Person;
  manager: Person | null;
}

type ManagedRow = PersonColumns & {
  [Field in keyof PersonColumns as `manager_${Field}`]: PersonColumns[Field] | null;
};

const managedAmong = gatheredOfEach(async (db, { workspaceId }: PersonRef, userIds) => {
  const rows = await db.$queryRaw<ManagedRow[]>`
    SELECT ${PERSON_COLUMNS}, ${MANAGER_COLUMNS}
    FROM person
    LEFT JOIN team ON team.id = person.team_id
    LEFT JOIN person AS manager
      ON manager.workspace_id = team.workspace_id AND manager.user_id = team.manager_id
    WHERE person.workspace_id = ${workspaceId} AND person.user_id = ANY(${[...userIds]}::text[])`;
  return new Map(rows.map((row) => [row.userId, toManaged(row)]));
});

function toManaged(row: ManagedRow): Managed {
  const own = Object.fromEntries(PERSON.map((field) => [field, row[field]]));
  const theirs = Object.fromEntries(PERSON.map((field) => [field, row[`${MANAGER}${field}`]]));
  return {
    person: toPerson(own as PersonColumns),
    manager: row.manager_userId === null ? null : toPerson(theirs as PersonColumns),
  };
}

/** Null where nobody is known by that id. */
export async function findManaged(
  db: Client,
  { workspaceId, userId }: PersonRef,
): Promise<Managed | null> {
  return (await managedAmong(db, { workspaceId, userId })) ?? null;
}

/** `ownTimeZone` null: as Slack has it. */
/**
 * Takes up people of whom Slack was asked last before `before`, for one of all processes: they count as asked now,
 * and are asked again a day later where that came to nothing.
 */
export async function takeUpStale(
  db: Db,
  { before, now, most }: { before: Date; now: Date; most: number },
): Promise<PersonRef[]> {
  return db.$queryRaw<PersonRef[]>`
    UPDATE person SET refreshed_at = ${now} WHERE (workspace_id, user_id) IN (
      SELECT workspace_id, user_id FROM person
      WHERE refreshed_at < ${before} AND refreshed_at > ${new Date(0)}
      ORDER BY refreshed_at LIMIT ${most} FOR UPDATE SKIP LOCKED)
    RETURNING workspace_id AS "workspaceId", user_id AS "userId"`;
}

/** Those who are named where Bigplan is run count as admins of the workspace from now on; others follow Slack. */
export async function nameAdmins(db: Db, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return;
  const where = { userId: { in: [...userIds] }, slackAdmin: false };
  await db.person.updateMany({ where, data: { slackAdmin: true } });
}

/** Slack knows nobody by that id any more: they have left for good. */
export async function markGone(tx: Tx, { workspaceId, userId }: PersonRef): Promise<Person> {
  const row = await tx.person.update({
    where: { workspaceId_userId: { workspaceId, userId } },
    data: { deactivated: true },
  });
  return toPerson(row);
}

export async function saveOwnZone(
  db: Client,
  { workspaceId, userId }: PersonRef,
  ownTimeZone: string | null,
): Promise<Person> {
  return toPerson(
    await db.person.update({
      where: { workspaceId_userId: { workspaceId, userId } },
      data: { ownTimeZone },
    }),
  );
}

export async function saveSetUpStep(
  db: Client,
  { workspaceId, userId }: PersonRef,
  setUpStep: SetUpStep,
): Promise<void> {
  await db.person.update({
    where: { workspaceId_userId: { workspaceId, userId } },
    data: { setUpStep },
  });
}

/** Who holds which role. Slack's own admins are not listed unless they were named here too. */
export async function rolesOf(db: Client, workspaceId: string): Promise<Roles> {
  const rows = await db.person.findMany({
    where: { workspaceId, OR: [{ admin: true }, { leader: true }, { manager: true }] },
    orderBy: { userId: 'asc' },
  });
  const having = (role: 'admin' | 'leader' | 'manager') =>
    rows.filter((row) => row[role]).map((row) => row.userId);
  return { admins: having('admin'), leaders: having('leader'), managers: having('manager') };
}

/** Everybody named must have been met (`savePerson`) before. */
export async function saveRoles(tx: Tx, workspaceId: string, roles: Roles): Promise<void> {
  const set = async (role: 'admin' | 'leader' | 'manager', userIds: string[]) => {
    await tx.person.updateMany({
      where: { workspaceId, [role]: true, userId: { notIn: userIds } },
      data: { [role]: false },
    });
    await tx.person.updateMany({
      where: { workspaceId, userId: { in: userIds } },
      data: { [role]: true },
    });
  };
  await set('admin', roles.admins);
  await set('leader', roles.leaders);
  await set('manager', roles.managers);
}

const withMembers = {
  members: { orderBy: { name: 'asc' } },
  requests: { where: { status: 'pending' } },
} as const;

type TeamRow = NonNullable<Awaited<ReturnType<typeof readTeams>>>[number];
const readTeams = (db: Client, workspaceId: string) =>
  db.team.findMany({ where: { workspaceId }, include: withMembers, orderBy: { managerId: 'asc' } });

function toTeam({ members, requests, ...row }: TeamRow): Team {
  const { id, workspaceId, managerId, channelId } = row;
  const asked = requests.map(({ repId }) => repId);
  return { id, workspaceId, managerId, channelId, members: members.map(toPerson), asked };
}

const ledBy = gatheredOfEach(async (db, { workspaceId }: PersonRef, managerIds) => {
  const teams = await db.$queryRaw<Omit<Team, 'members'>[]>`
    SELECT team.id, workspace_id AS "workspaceId", manager_id AS "managerId", channel_id AS "channelId",
      ARRAY(SELECT rep_id FROM join_request WHERE team_id = team.id AND status = 'pending') AS asked
    FROM team WHERE workspace_id = ${workspaceId} AND manager_id = ANY(${[...managerIds]}::text[])`;
  if (teams.length === 0) return new Map<string, Team>();
  const rows = await db.$queryRaw<PersonColumns[]>`
    SELECT ${PERSON_COLUMNS} FROM person
    WHERE team_id = ANY(${teams.map(({ id }) => id)}::uuid[]) ORDER BY name`;
  const members = grouped(rows.map(toPerson), ({ teamId }) => teamId ?? '');
  return new Map(
    teams.map((team) => [team.managerId, { ...team, members: members.get(team.id) ?? [] }]),
  );
});

export async function teamLedBy(
  db: Client,
  { workspaceId, userId }: PersonRef,
): Promise<Team | null> {
  return (await ledBy(db, { workspaceId, userId })) ?? null;
}

/** Every team of the workspace. */
export async function teamsOf(db: Client, workspaceId: string): Promise<Team[]> {
  return (await readTeams(db, workspaceId)).map(toTeam);
}

/** The manager's team, made where there is none. */
export async function ensureTeam(tx: Tx, manager: PersonRef): Promise<Team> {
  const { workspaceId, userId: managerId } = manager;
  const where = { workspaceId_managerId: { workspaceId, managerId } };
  await tx.team.upsert({ where, create: { workspaceId, managerId }, update: {} });
  const team = await teamLedBy(tx, manager);
  if (!team) throw new Error('a team that was just made is gone');
  return team;
}

export async function findTeam(
  db: Client,
  id: string,
): Promise<{ id: string; managerId: string } | null> {
  return db.team.findUnique({ where: { id }, select: { id: true, managerId: true } });
}

/** Who manages each of these teams, by the team's id. */
export async function managersOfTeams(
  db: Client,
  teamIds: readonly string[],
): Promise<Map<string, Person>> {
  const rows = await db.$queryRaw<(PersonColumns & { ledId: string })[]>`
    SELECT team.id AS "ledId", ${PERSON_COLUMNS} FROM team
    JOIN person ON person.workspace_id = team.workspace_id AND person.user_id = team.manager_id
    WHERE team.id = ANY(${[...new Set(teamIds)]}::uuid[])`;
  return new Map(rows.map(({ ledId, ...manager }) => [ledId, toPerson(manager)]));
}

/** Who else has this channel as their team's, if anyone. */
export async function teamWithChannel(db: Client, workspaceId: string, channelId: string) {
  return db.team.findUnique({
    where: { workspaceId_channelId: { workspaceId, channelId } },
    select: { id: true, managerId: true },
  });
}

/** `at`: when it was picked in Slack, where that was so; from then on Slack is asked about it daily. */
export async function setChannel(
  tx: Tx,
  teamId: string,
  channelId: string | null,
  at: Date | null = null,
): Promise<void> {
  const { channelId: before } = await tx.team.findUniqueOrThrow({
    where: { id: teamId },
    select: { channelId: true },
  });
  // Of the same one it stays known that it is shut.
  if (before === channelId) return;
  await tx.team.update({ where: { id: teamId }, data: freshChannel(channelId, at) });
}

/** Why nothing can be posted in a channel. */
export type ShutReason = 'archived' | 'deleted' | 'left';

/** What a channel is kept for: the table that holds it, and the column of whoever chose it or looks after it. */
const KEPT = {
  team: ['team', 'manager_id'],
  brief: ['brief_settings', 'set_by'],
  recognition: ['recognition_settings', 'person_id'],
} as const;
export type ChannelUse = keyof typeof KEPT;
const USES = (Object.keys(KEPT) as ChannelUse[]).map((use) => {
  const [table, keeper] = KEPT[use];
  return { use, table: Prisma.raw(table), keeper: Prisma.raw(keeper) };
});

export interface ChannelPlace {
  workspaceId: string;
  channelId: string;
}

export interface ChannelKeeper {
  use: ChannelUse;
  /** Slack's user id. */
  userId: string;
}

/** `shut`: why nothing can be posted there; null: nobody knows of anything. */
export interface KeptChannel {
  use: ChannelUse;
  channelId: string;
  shut: { reason: ShutReason; at: Date } | null;
}

/** The channels that somebody looks after. */
export async function channelsKeptBy(
  db: Client,
  { workspaceId, userId }: PersonRef,
): Promise<KeptChannel[]> {
  const each = USES.map(
    ({ use, table, keeper }) => Prisma.sql`
      SELECT ${use} AS use, channel_id, channel_shut, shut_at FROM ${table}
      WHERE workspace_id = ${workspaceId} AND ${keeper} = ${userId} AND channel_id IS NOT NULL`,
  );
  const rows = await db.$queryRaw<
    { use: ChannelUse; channel_id: string; channel_shut: ShutReason | null; shut_at: Date | null }[]
  >(Prisma.join(each, ' UNION ALL '));
  return rows.map(({ use, channel_id: channelId, channel_shut: reason, shut_at: at }) => ({
    use,
    channelId,
    shut: reason && at && { reason, at },
  }));
}

/** Notes that a channel is shut, or (null) open. Returns by whom it is kept for what, where it was otherwise until now. */
export async function saveShut(
  tx: Tx,
  { workspaceId, channelId }: ChannelPlace,
  shut: KeptChannel['shut'],
): Promise<ChannelKeeper[]> {
  const changed: ChannelKeeper[] = [];
  for (const { use, table, keeper } of USES) {
    const rows = await tx.$queryRaw<{ userId: string }[]>`
      UPDATE ${table} SET channel_shut = ${shut?.reason ?? null}, shut_at = ${shut?.at ?? null}
      WHERE workspace_id = ${workspaceId} AND channel_id = ${channelId}
        AND (shut_at IS NULL) = ${shut !== null}
      RETURNING ${keeper} AS "userId"`;
    changed.push(...rows.map(({ userId }) => ({ use, userId })));
  }
  return changed;
}

/**
 * Takes up channels that Slack was last asked about before `before`, for one of all processes: they count as asked
 * about now. Of each use `most`.
 */
export async function takeUpChannels(
  db: Db,
  { before, now, most }: { before: Date; now: Date; most: number },
): Promise<ChannelPlace[]> {
  const taken = new Map<string, ChannelPlace>();
  for (const { table } of USES) {
    const rows = await db.$queryRaw<ChannelPlace[]>`
      UPDATE ${table} SET channel_read_at = ${now} WHERE ctid IN (
        SELECT ctid FROM ${table} WHERE channel_read_at < ${before} AND channel_id IS NOT NULL
        ORDER BY channel_read_at LIMIT ${most} FOR UPDATE SKIP LOCKED)
      RETURNING workspace_id AS "workspaceId", channel_id AS "channelId"`;
    for (const one of rows) taken.set(`${one.workspaceId}:${one.channelId}`, one);
  }
  return [...taken.values()];
}

/** What is known of a channel that was just picked, in Slack where there is an instant: nothing yet. */
export const freshChannel = <C extends string | null>(channelId: C, at: Date | null) => ({
  channelId,
  channelShut: null,
  shutAt: null,
  channelReadAt: at,
});

/** Reps to be in a team from now on, or in none; who has them there, and when. */
export interface TeamMove {
  repIds: readonly string[];
  teamId: string | null;
  actorId: string;
  at: Date;
}

/**
 * Puts reps into a team (or none), and notes down who joined and who left. Joining one settles whatever else they had
 * been asked: returns the questions that were open until then.
 */
export async function setTeamOf(
  tx: Tx,
  workspaceId: string,
  { repIds, teamId, actorId, at }: TeamMove,
): Promise<JoinRequest[]> {
  if (repIds.length === 0) return [];
  const ids = { in: [...repIds] };
  const before = await tx.person.findMany({
    where: { workspaceId, userId: ids },
    select: { userId: true, teamId: true },
  });
  const moved = before.filter((rep) => rep.teamId !== teamId);
  await tx.person.updateMany({ where: { workspaceId, userId: ids }, data: { teamId } });
  const by = { workspaceId, actorId, at };
  const act = (kind: AuditKind, subjectId: string, team: string | null) =>
    team === null ? [] : [{ ...by, kind, subjectId, about: team }];
  await recordAct(
    tx,
    ...moved.flatMap((rep) => [
      ...act('team_left', rep.userId, rep.teamId),
      ...act('team_joined', rep.userId, teamId),
    ]),
  );
  if (teamId === null) return [];
  const open = { workspaceId, repId: ids, status: 'pending' } as const;
  const rows = await tx.joinRequest.findMany({ where: open, include: withManager });
  await tx.joinRequest.updateMany({ where: open, data: { status: 'withdrawn' } });
  return rows.map(toRequest);
}

/** The manager whom the rep plans with; null while they have none. */
export async function managerOf(db: Client, rep: PersonRef): Promise<Person | null> {
  return (await findManaged(db, rep))?.manager ?? null;
}

export interface JoinRequest {
  id: string;
  workspaceId: string;
  repId: string;
  teamId: string;
  managerId: string;
  status: 'pending' | 'accepted' | 'declined' | 'withdrawn';
  askedAt: Date;
}

const withManager = { team: { select: { managerId: true } } } as const;

function toRequest({
  team,
  ...row
}: Omit<JoinRequest, 'managerId'> & { team: { managerId: string } }): JoinRequest {
  return { ...row, managerId: team.managerId };
}

/** Asks the rep, or asks again. */
export async function saveRequest(
  tx: Tx,
  ask: { workspaceId: string; repId: string; teamId: string; askedAt: Date },
): Promise<JoinRequest> {
  const row = await tx.joinRequest.upsert({
    where: { teamId_repId: { teamId: ask.teamId, repId: ask.repId } },
    create: ask,
    update: { status: 'pending', askedAt: ask.askedAt, answeredAt: null },
    include: withManager,
  });
  return toRequest(row);
}

export async function findRequest(db: Client, id: string): Promise<JoinRequest | null> {
  const row = await db.joinRequest.findUnique({ where: { id }, include: withManager });
  return row && toRequest(row);
}

export async function settleRequest(
  tx: Tx,
  id: string,
  status: 'accepted' | 'declined' | 'withdrawn',
  answeredAt: Date,
): Promise<void> {
  await tx.joinRequest.update({ where: { id }, data: { status, answeredAt } });
}

/** The question that this manager has put to the rep, whatever came of it. */
export async function findRequestTo(
  db: Client,
  { workspaceId, managerId, repId }: { workspaceId: string; managerId: string; repId: string },
): Promise<JoinRequest | null> {
  const row = await db.joinRequest.findFirst({
    where: { workspaceId, repId, team: { managerId } },
    include: withManager,
  });
  return row && toRequest(row);
}

/** The open questions to a rep whose manager is there, first those asked first. */
export async function openQuestionsTo(
  db: Client,
  { workspaceId, userId: repId }: PersonRef,
): Promise<{ requestId: string; manager: Person }[]> {
  const rows = await db.$queryRaw<(PersonColumns & { requestId: string })[]>`
    SELECT request.id AS "requestId", ${PERSON_COLUMNS}
    FROM join_request AS request JOIN team ON team.id = request.team_id
    JOIN person ON person.workspace_id = team.workspace_id AND person.user_id = team.manager_id
    WHERE request.workspace_id = ${workspaceId} AND request.rep_id = ${repId}
      AND request.status = 'pending' AND NOT person.deactivated
    ORDER BY request.asked_at, request.id`;
  return rows.map(({ requestId, ...manager }) => ({ requestId, manager: toPerson(manager) }));
}

/** When somebody joined: a local date, or null where they were here before. */
export async function saveJoined(
  db: Client,
  { workspaceId, userId }: PersonRef,
  joinedOn: string | null,
): Promise<void> {
  await db.person.update({
    where: { workspaceId_userId: { workspaceId, userId } },
    data: { joinedOn, wasHere: joinedOn === null },
  });
}
