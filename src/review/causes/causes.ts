/** What several reps name as being in the way: a leader hears of it as a problem of the system (spec C5). */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { Store } from '../../db/store.ts';
import { findPeople, lockWorkspace, rolesOf, type Team, teamsOf } from '../../people/store.ts';
import { lastDayOfMonth, monthOf, monthsBetween } from '../../time/local-date.ts';
import { causeOrder, type MonthCause, monthCause } from '../deliveries.ts';
import { answerable, questionsOf } from '../prep/rules.ts';
import { type Answer, answeredReviews, answersOfEach, namedCauses, type Review } from '../store.ts';
import {
  answeredBy,
  type CauseCounts,
  causesToTell,
  countCauses,
  countOf,
  countTeam,
  type Named,
  type Quote,
  quotesOf,
  shownCount,
  type Teams,
  teamsToTell,
  type Unnamed,
  wordsWouldName,
} from './rules.ts';

/**
 * Plans the messages to the workspace's leaders of what enough reps have named for the review's month,
 * once a leader and cause, and brings those up to date that they have. In the transaction in which a rep
 * sends their answers, after those are saved: those who send at the same moment take turns here.
 */
export async function tellLeaders(deps: Deps, tx: Tx, review: Review): Promise<void> {
  const { workspaceId, month } = review;
  await lockWorkspace(tx, workspaceId);
  const { leaders } = await rolesOf(tx, workspaceId);
  if (leaders.length === 0) return;
  const named = await namedIn(tx, workspaceId, month);
  const causes = causesToTell(named, membersOf(await teamsOf(tx, workspaceId)));
  if (causes.length === 0) return;
  for (const leader of await findPeople(tx, workspaceId, leaders)) {
    for (const cause of causes) {
      await deps.outbox.enqueue(tx, causeOrder(leader, { month, cause }));
    }
  }
  for (const cause of causes) {
    await deps.outbox.refresh(tx, { workspaceId, subject: monthCause.write({ month, cause }) });
  }
}

async function namedIn(db: Store['db'], workspaceId: string, month: string): Promise<Named[]> {
  const named = await namedCauses(db, workspaceId, month);
  return named.filter((one) => one.month === month);
}

function membersOf(teams: readonly Team[]): Teams {
  return new Map(
    teams.map(({ id, members }) => [
      id,
      members.filter(({ deactivated }) => !deactivated).map(({ userId }) => userId),
    ]),
  );
}

/** A cause of a month as a leader reads it. */
export interface ToldCause extends MonthCause {
  /** How many reps named it, of those who have answered. */
  reps: number;
  answered: number;
  /** Who were asked and have not answered. */
  waiting: number;
  /** The month before; null where nobody answered then. */
  before: { month: string; reps: number } | null;
  /** Managers' user ids of the teams that may be told, with how many of each named it. */
  teams: { managerId: string; reps: number }[];
  quotes: Quote[];
  /** Whether words are held back, since they would say whose they are. */
  isHeldBack: boolean;
}

/** Null where the cause is none that a leader hears of. */
export async function toldCause(
  store: Store,
  workspaceId: string,
  { month, cause }: MonthCause,
): Promise<ToldCause | null> {
  const previous = monthOf(lastDayOfMonth(`${month}-01`, -1));
  const all = await namedCauses(store.db, workspaceId, previous);
  const [named, before] = [month, previous].map((one) => all.filter((row) => row.month === one));
  const teams = await teamsOf(store.db, workspaceId);
  if (!named || !before || !causesToTell(named, membersOf(teams)).includes(cause)) return null;
  const managers = new Map(teams.map(({ id, managerId }) => [id, managerId]));
  const answered = answeredBy(named);
  const earlier = shownCount(before, cause, membersOf(teams));
  return {
    month,
    cause,
    reps: countOf(named, cause),
    answered,
    waiting: new Set(named.map(({ repId }) => repId)).size - answered,
    before: earlier === null ? null : { month: previous, reps: earlier },
    teams: teamsToTell(named, cause, membersOf(teams)).flatMap(({ teamId, reps }) => {
      const managerId = managers.get(teamId);
      return managerId === undefined ? [] : [{ managerId, reps }];
    }),
    ...(await quotesBehind(store, workspaceId, { month, cause }, { teams, named })),
  };
}

/**
 * The words behind a cause, of topics whose answers the rep was told would be shared. Of so few that it would
 * be known who wrote them only the words of those who agreed to be named.
 */
async function quotesBehind(
  store: Store,
  workspaceId: string,
  { month, cause }: MonthCause,
  { teams, named }: { teams: readonly Team[]; named: readonly Named[] },
): Promise<Pick<ToldCause, 'quotes' | 'isHeldBack'>> {
  const reviews = await answeredReviews(store, workspaceId, { month });
  const shared = await sharedAnswers(store, reviews);
  const said = reviews.flatMap(({ id, repId, named }) =>
    (shared.get(id) ?? []).flatMap(({ causes, words }) =>
      words !== null && causes.includes(cause) ? [{ words, by: named ? repId : null }] : [],
    ),
  );
  const agreed = new Set(reviews.flatMap((review) => (review.named ? [review.repId] : [])));
  const isFew = wordsWouldName(named, agreed);
  const shown = isFew ? said.filter(({ by }) => by !== null) : said;
  return {
    quotes: quotesOf(shown, await unnamed(store, workspaceId, teams, reviews)),
    isHeldBack: shown.length < said.length,
  };
}

async function sharedAnswers(
  store: Store,
  reviews: readonly Review[],
): Promise<Map<string, Answer[]>> {
  const answers = await answersOfEach(store, reviews);
  return new Map(
    reviews.map(({ id, asked }) => {
      const topics = asked ? answerable(questionsOf(asked)) : [];
      return [id, (answers.get(id) ?? []).filter(({ topic }) => topics.includes(topic))];
    }),
  );
}

/** Whoever plans or answers here and hasn't agreed to be named; managers too, by whom a team is known. */
async function unnamed(
  { db }: Store,
  workspaceId: string,
  teams: readonly Team[],
  reviews: readonly Review[],
): Promise<Unnamed[]> {
  const named = new Set(reviews.flatMap((review) => (review.named ? [review.repId] : [])));
  const others = [...teams.map(({ managerId }) => managerId), ...reviews.map(({ repId }) => repId)];
  const people = [
    ...teams.flatMap(({ members }) => members),
    ...(await findPeople(db, workspaceId, [...new Set(others)])),
  ];
  return people.filter(({ userId }) => !named.has(userId));
}

const MONTHS_SHOWN = 6;

/** Counts by cause, with whose each team is. */
export interface CauseTable extends Omit<CauseCounts, 'teams'> {
  /** Those of whom something can be shown. */
  teams: (CauseCounts['teams'][number] & { managerId: string; members: number })[];
  /** How many teams there are. */
  teamsInAll: number;
}

export type TeamCauseTable = Omit<CauseCounts, 'teams'>;

/** The last six months with a review, of the whole workspace and by team. */
export async function causeTable(
  store: Store,
  workspaceId: string,
  now: Date,
): Promise<CauseTable> {
  const months = lastMonths(now);
  const named = await namedCauses(store.db, workspaceId, months.at(-1) ?? '');
  const teams = await teamsOf(store.db, workspaceId);
  const members = membersOf(teams);
  const counts = countCauses(named, shownMonths(named, months), members);
  const managers = new Map(teams.map(({ id, managerId }) => [id, managerId]));
  return {
    ...counts,
    teams: counts.teams.map((team) => ({
      ...team,
      managerId: managers.get(team.teamId) ?? '',
      members: members.get(team.teamId)?.length ?? 0,
    })),
    teamsInAll: teams.filter(({ id }) => (members.get(id)?.length ?? 0) > 0).length,
  };
}

/** The same of one team, from answers that its manager reads anyway. */
export async function teamCauseTable(
  store: Store,
  { id, workspaceId }: Pick<Team, 'id' | 'workspaceId'>,
  now: Date,
): Promise<TeamCauseTable> {
  const months = lastMonths(now);
  const from = months.at(-1) ?? '';
  const reviews = await answeredReviews(store, workspaceId, { teamId: id, from });
  const shared = await sharedAnswers(store, reviews);
  const named = reviews.map(({ id: reviewId, repId, month, teamId }): Named => {
    const causes = (shared.get(reviewId) ?? []).flatMap((answer) => answer.causes);
    return { repId, month, teamId, answered: true, causes };
  });
  return countTeam(named, shownMonths(named, months));
}

/** One month more than is shown, the newest first: nobody may have been asked about it yet. */
function lastMonths(now: Date): string[] {
  const today = now.toISOString().slice(0, 10);
  const start = lastDayOfMonth(today, -MONTHS_SHOWN);
  return monthsBetween({ start, end: today })
    .map(({ month }) => month)
    .reverse();
}

/** From the newest that somebody was asked about to the oldest. */
function shownMonths(named: readonly Named[], months: readonly string[]): string[] {
  const asked = new Set(named.map(({ month }) => month));
  const begun = months.slice(months.findIndex((month) => asked.has(month)));
  const shown = begun.slice(0, MONTHS_SHOWN);
  return shown.slice(0, shown.findLastIndex((month) => asked.has(month)) + 1);
}
