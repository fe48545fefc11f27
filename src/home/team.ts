/** A manager's reps and a leader's teams, each read in as many statements for many as for one. */
import type { ModalView } from '@slack/types';
import { onboardingsOf } from '../coaching/onboarding/onboardings.ts';
import { type Onboarding, owedLooks } from '../coaching/onboarding/rules.ts';
import { type CoachingStanding, coachingStandings } from '../coaching/standings.ts';
import type { Context } from '../context.ts';
import { recordSeen } from '../db/audit.ts';
import { type Person, type Team, teamLedBy, teamsOf } from '../people/store.ts';
import type { PlanDue } from '../plan/round/due-rules.ts';
import { planDues } from '../plan/round/dues.ts';
import { causeTable } from '../review/causes/causes.ts';
import { causeAnswersSince } from '../review/commitments/store.ts';
import { promisesOf } from '../review/promises/promises.ts';
import { type Owed, owedOf } from '../review/promises/rules.ts';
import { LEAST_TOLD, standingCounts } from '../review/standing/counts-rules.ts';
import { shareAtQuota } from '../review/standing/quota-rules.ts';
import { byNeed } from '../review/standing/rules.ts';
import {
  needOf,
  type StandingNow,
  standingAttainment,
  standingsOf,
} from '../review/standing/standings.ts';
import { paginate } from '../slack/paginate.ts';
import { localDateIn } from '../time/zone.ts';
import { REPS_A_PAGE, TEAMS_A_PAGE } from './ids.ts';
import { type HomeLeader, namedToLeaders, type TeamLine, teamsView } from './leader-view.ts';
import type { HomeTeam, TeamRow } from './team-view.ts';

type Deps = Pick<Context, 'db' | 'encryption' | 'clock'>;

/** Those of a manager, who needs them most first; null for somebody who manages nobody. */
export async function teamOf(deps: Deps, reader: Person, page: number): Promise<HomeTeam | null> {
  const team = await teamLedBy(deps.db, reader);
  const { members, asked } = team ?? { members: [], asked: [] };
  if (!reader.manager && members.length === 0 && asked.length === 0) return null;
  const rows = await rowsOf(deps, reader, members);
  const gone = members.filter(({ deactivated }) => deactivated);
  const all = [
    ...rows,
    ...gone.map(({ userId, name }): TeamRow => ({ kind: 'gone', userId, name })),
  ];
  return {
    rows: paginate(all, page, REPS_A_PAGE),
    counts: standingCounts(rows.map(({ standing }) => standing)),
    owed: sumOf(rows.map(({ owes }) => owes)),
    uncoached: rows.filter(({ coaching }) => coaching?.isUnasked).length,
    asked,
  };
}

const owedLooksOf = (onboarding: Onboarding | undefined) =>
  onboarding ? owedLooks(onboarding) : [];

type RepRow = Extract<TeamRow, { kind: 'rep' }>;

async function rowsOf(deps: Deps, manager: Person, members: readonly Person[]): Promise<RepRow[]> {
  const { workspaceId, userId: managerId, timeZone } = manager;
  const ids = members.map(({ userId }) => userId);
  const standings = await standingsOf(deps, workspaceId, ids);
  const pairs = [...standings.keys()].map((repId) => ({ repId, managerId }));
  const promises = await promisesOf(deps, workspaceId, pairs, timeZone);
  const coaching = await coachingStandings(deps, workspaceId, ids);
  const dues = await planDues(deps, workspaceId, ids);
  const newHires = await onboardingsOf(deps, workspaceId, ids);
  const today = localDateIn(timeZone, deps.clock.now());
  const rows = [...standings.values()].map((standing): RepRow => {
    const own = promises.filter(({ repId }) => repId === standing.userId);
    return {
      kind: 'rep',
      userId: standing.userId,
      name: standing.name,
      standing,
      owes: owedOf(
        own.filter(({ owner }) => owner === 'manager'),
        today,
      ),
      isOwed: owedOf(
        own.filter(({ owner }) => owner === 'rep'),
        today,
      ),
      coaching: coaching.get(standing.userId) ?? null,
      due: dues.get(standing.userId) ?? null,
      looks: owedLooksOf(newHires.get(standing.userId)),
    };
  });
  return rows.sort((a, b) => byNeed(needOfRow(a), needOfRow(b)));
}

const needOfRow = ({ standing, owes, looks, due }: RepRow) =>
  needOf(standing, {
    isOwed: owes.overdue > 0 || looks.length > 0,
    isPlanOverdue: due?.state === 'overdue',
  });

/** How a rep stands as their manager sees it, what the two owe each other, and what leaders read of the team. */
export async function ownRow(deps: Deps, rep: Person, manager: Person): Promise<RepRow | null> {
  const [row = null] = await rowsOf(deps, manager, [rep]);
  return row;
}

const sumOf = (all: readonly Owed[]): Owed => ({
  open: all.reduce((sum, { open }) => sum + open, 0),
  overdue: all.reduce((sum, { overdue }) => sum + overdue, 0),
});

/** A team as leaders see it, and whoever is in it. */
export async function teamLineOf(deps: Deps, manager: Person): Promise<TeamLine | null> {
  const team = await teamLedBy(deps.db, manager);
  if (!team) return null;
  const [line = null] = (await readTeams(deps, manager.workspaceId, [team])).lines;
  return line;
}

/** Every team of the workspace for a leader, whoever needs help most first. */
export async function leaderOf(deps: Deps, reader: Person, page: number): Promise<HomeLeader> {
  const { workspaceId } = reader;
  const teams = await teamsOf(deps.db, workspaceId);
  const { lines, standings, overdue } = await readTeams(deps, workspaceId, teams);
  const causes = await causeTable(deps, workspaceId, deps.clock.now());
  const [month] = causes.months;
  const answers = month ? await causeAnswersSince(deps, workspaceId, month.month) : [];
  const cards = standings.flatMap(({ card }) => (card ? [card] : []));
  return {
    teams: paginate(lines.sort(byTrouble), page, TEAMS_A_PAGE),
    counts: standingCounts(standings),
    quota: cards.length >= LEAST_TOLD ? shareAtQuota(cards) : { months: [], quarters: [] },
    overdue,
    causes,
    answers,
    today: localDateIn(reader.timeZone, deps.clock.now()),
  };
}

async function readTeams(deps: Deps, workspaceId: string, teams: readonly Team[]) {
  const reps = teams.flatMap(({ members }) => members.filter(({ deactivated }) => !deactivated));
  const ids = reps.map(({ userId }) => userId);
  const standings = await standingsOf(deps, workspaceId, ids);
  const coaching = await coachingStandings(deps, workspaceId, ids);
  const dues = await planDues(deps, workspaceId, ids);
  const lines = teams.flatMap((team): TeamLine[] => {
    const own = team.members.flatMap(({ userId }) => standings.get(userId) ?? []);
    return own.length === 0 ? [] : [lineOf(team, own, coaching, dues)];
  });
  // Whose is overdue for longest first.
  const overdue = [...dues.values()]
    .filter(isOverdueDue)
    .sort((a, b) => (a.lastDay < b.lastDay ? -1 : 1))
    .map(({ repId }) => repId);
  return { lines, standings: [...standings.values()], overdue };
}

function lineOf(
  { managerId }: Team,
  own: readonly StandingNow[],
  coaching: ReadonlyMap<string, CoachingStanding>,
  dues: ReadonlyMap<string, PlanDue>,
): TeamLine {
  const counts = standingCounts(own);
  const hours = own.flatMap(({ userId }) => coaching.get(userId) ?? []);
  const expected = hours.filter(
    ({ standing }) => standing === 'open' || standing === 'done' || standing === 'skipped',
  );
  return {
    managerId,
    counts,
    isTold: counts.reps - counts.none >= LEAST_TOLD,
    coached: {
      done: expected.filter(({ standing }) => standing === 'done').length,
      of: expected.length,
    },
    overdue: own.filter(({ userId }) => isOverdueDue(dues.get(userId))).length,
    attainment: meanOf(own.flatMap((one) => standingAttainment(one) ?? [])),
  };
}

const isOverdueDue = (due: PlanDue | undefined) => due?.state === 'overdue';

const meanOf = (all: readonly number[]) =>
  all.length === 0 ? null : all.reduce((sum, one) => sum + one, 0) / all.length;

function byTrouble(a: TeamLine, b: TeamLine): number {
  // The order says nothing of a team of which nothing may be said.
  const share = ({ isTold, counts: { offTrack, atRisk, reps } }: TeamLine) =>
    isTold ? (2 * offTrack + atRisk) / Math.max(1, reps) : -1;
  return share(b) - share(a) || b.overdue - a.overdue || (a.managerId < b.managerId ? -1 : 1);
}

/** `/bigplan team` of a leader who manages nobody. */
export async function leadersTeams(deps: Deps, reader: Person, page = 0): Promise<ModalView> {
  const screen = await leaderOf(deps, reader, page);
  const shows = { kind: 'standing_seen', repIds: namedToLeaders(screen) } as const;
  await recordSeen(deps.db, reader, shows, deps.clock.now());
  return teamsView(screen, reader.locale);
}
