/** How many reps named which cause (spec C5). A rep counts once a cause and month. */
import { CAUSES, type Cause } from '../../activity/schemas.ts';

/**
 * About a person and not about the system: one's own execution, and time away, since that may be an
 * illness or a birth. Both are counted, apart, and neither is ever told to a leader.
 */
const PERSONAL: readonly Cause[] = ['time_away', 'own_execution'];
export const STRUCTURAL: readonly Cause[] = CAUSES.filter((cause) => !PERSONAL.includes(cause));

/** So many of a workspace are several, */
const SEVERAL = 3;
/** or one of so many in a team, but never a single rep. */
const ONE_OF = 3;
const LEAST_OF_A_TEAM = 2;

/** With fewer answers a count would be about a person. */
const LEAST_SHOWN = 3;

/** One rep's answers about one month. */
export interface Named {
  repId: string;
  month: string;
  /** Null: in no team. */
  teamId: string | null;
  /** Whether they have sent them. */
  answered: boolean;
  causes: readonly Cause[];
}

/** Who is in which team now: user ids, by the team's id. */
export type Teams = ReadonlyMap<string, readonly string[]>;

const repsOf = (named: readonly Named[]): string[] => [...new Set(named.map(({ repId }) => repId))];

/** How many reps named it. */
export function countOf(named: readonly Named[], cause: Cause): number {
  return repsOf(named.filter(({ causes }) => causes.includes(cause))).length;
}

/** How many reps have answered. */
export function answeredBy(named: readonly Named[]): number {
  return repsOf(named.filter(({ answered }) => answered)).length;
}

/** Everybody who is in a team now or has answered in it. */
function sizeOf(group: readonly Named[], members: readonly string[]): number {
  return new Set([...members, ...repsOf(group)]).size;
}

/** Grouped by team; those in no team are a group as well. */
function byTeam(named: readonly Named[]): Map<string | null, Named[]> {
  const groups = new Map<string | null, Named[]>();
  for (const one of named) groups.set(one.teamId, [...(groups.get(one.teamId) ?? []), one]);
  return groups;
}

/**
 * The structural causes that are a leader's to hear of, of what was named for one month: by three reps of
 * the workspace, or by a third of a team, of at least two.
 */
export function causesToTell(named: readonly Named[], teams: Teams): Cause[] {
  return STRUCTURAL.filter((cause) => {
    if (countOf(named, cause) >= SEVERAL) return true;
    return [...byTeam(named)].some(([teamId, group]) => {
      if (teamId === null) return false;
      const count = countOf(group, cause);
      return count >= LEAST_OF_A_TEAM && count * ONE_OF >= sizeOf(group, teams.get(teamId) ?? []);
    });
  });
}

/**
 * The teams that may be told of beside the count of one cause in one month, with how many of each named
 * it: three at least, and not everybody, or it would be known of each of them. Nor may it be known of
 * those who are left: they are nobody, or a crowd as well.
 */
export function teamsToTell(
  named: readonly Named[],
  cause: Cause,
  teams: Teams,
): { teamId: string; reps: number }[] {
  const groups = byTeam(named);
  const sizes = new Map<string | null, number>([...teams].map(([id, { length }]) => [id, length]));
  for (const [id, group] of groups) sizes.set(id, sizeOf(group, teams.get(id ?? '') ?? []));
  const isCrowd = ({ reps, size }: { reps: number; size: number }) =>
    reps >= SEVERAL && size > reps;
  const all = [...sizes].map(([teamId, size]) => {
    return { teamId, size, reps: countOf(groups.get(teamId) ?? [], cause) };
  });
  const told = all
    .flatMap(({ teamId, ...team }) => (teamId !== null && isCrowd(team) ? { teamId, ...team } : []))
    .sort((a, b) => b.reps - a.reps || (a.teamId < b.teamId ? -1 : 1));
  for (; told.length > 0; told.pop()) {
    const rest = all.filter(({ teamId }) => !told.some((team) => team.teamId === teamId));
    const left = {
      reps: rest.reduce((sum, { reps }) => sum + reps, 0),
      size: rest.reduce((sum, { size }) => sum + size, 0),
    };
    if (left.reps === 0 || isCrowd(left)) break;
  }
  return told.map(({ teamId, reps }) => ({ teamId, reps }));
}

/** How a month was answered. */
export interface MonthShare {
  /** `YYYY-MM`. */
  month: string;
  /** Reps. */
  asked: number;
  answered: number;
}

/** How many reps named a cause, in the order of the months; null: too few answered to say. */
export interface CauseRow {
  cause: Cause;
  reps: (number | null)[];
}

export interface CauseCounts {
  /** The newest first. */
  months: MonthShare[];
  /** Causes that somebody named: what is named most now comes first. */
  structural: CauseRow[];
  personal: CauseRow[];
  /** Teams with a month that can be shown; of causes only structural ones. */
  teams: { teamId: string; rows: CauseRow[] }[];
}

/**
 * The counts as leaders see them. A month that fewer than three answered is left blank, and so is a team
 * of fewer than three or of whom fewer than three answered: what is left over of the total when those
 * that are shown are taken off it is never one rep or two either.
 */
export function countCauses(
  named: readonly Named[],
  months: readonly string[],
  teams: Teams,
): CauseCounts {
  const shares = months.map((month) => shareOf(named, month));
  const rows = rowsOf(named, shares, ({ answered }) => answered >= LEAST_SHOWN);
  const shown = new Map(months.map((month) => [month, teamsShown(inMonth(named, month), teams)]));
  return {
    months: shares,
    ...parted(rows),
    teams: [...teams.keys()].flatMap((teamId) => {
      const isShown = ({ month }: MonthShare) => shown.get(month)?.has(teamId) ?? false;
      if (!shares.some(isShown)) return [];
      const group = named.filter((one) => one.teamId === teamId);
      return [{ teamId, rows: parted(rowsOf(group, shares, isShown)).structural }];
    }),
  };
}

/** The counts of one team, as whoever reads all of its answers sees them. */
export function countTeam(
  named: readonly Named[],
  months: readonly string[],
): Omit<CauseCounts, 'teams'> {
  const shares = months.map((month) => shareOf(named, month));
  return { months: shares, ...parted(rowsOf(named, shares, () => true)) };
}

const inMonth = (named: readonly Named[], month: string) =>
  named.filter((one) => one.month === month);

function shareOf(named: readonly Named[], month: string): MonthShare {
  const within = inMonth(named, month);
  return { month, asked: repsOf(within).length, answered: answeredBy(within) };
}

function rowsOf(
  named: readonly Named[],
  shares: readonly MonthShare[],
  isShown: (share: MonthShare) => boolean,
): CauseRow[] {
  return CAUSES.map((cause) => ({
    cause,
    reps: shares.map((share) =>
      isShown(share) ? countOf(inMonth(named, share.month), cause) : null,
    ),
  }))
    .filter(({ reps }) => reps.some((count) => count !== null && count > 0))
    .sort((a, b) => mostNow(a.reps, b.reps));
}

function mostNow(a: CauseRow['reps'], b: CauseRow['reps']): number {
  const at = a.findIndex((count, index) => (count ?? 0) !== (b[index] ?? 0));
  return at === -1 ? 0 : (b[at] ?? 0) - (a[at] ?? 0);
}

function parted(rows: CauseRow[]): Pick<CauseCounts, 'structural' | 'personal'> {
  return {
    structural: rows.filter(({ cause }) => STRUCTURAL.includes(cause)),
    personal: rows.filter(({ cause }) => PERSONAL.includes(cause)),
  };
}

/** The teams whose counts of one month may stand beside its total. */
function teamsShown(named: readonly Named[], teams: Teams): Set<string> {
  const total = answeredBy(named);
  const groups = [...byTeam(named)]
    .flatMap(([teamId, group]) => {
      const answered = answeredBy(group);
      const isLarge = teamId !== null && (teams.get(teamId)?.length ?? 0) >= LEAST_SHOWN;
      return isLarge && answered >= LEAST_SHOWN ? [{ teamId, answered }] : [];
    })
    .sort((a, b) => b.answered - a.answered || (a.teamId < b.teamId ? -1 : 1));
  for (; groups.length > 0; groups.pop()) {
    const left = total - groups.reduce((sum, { answered }) => sum + answered, 0);
    if (left <= 0 || left >= LEAST_SHOWN) break;
  }
  return new Set(groups.map(({ teamId }) => teamId));
}
