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

/** So few answers in a month that its counts are only shown of what a leader was told anyway. */
const isFew = (named: readonly Named[]) => answeredBy(named) < LEAST_SHOWN;

/** How many reps of one month named a cause; null where leaders aren't shown it: it would be about a person. */
export function shownCount(named: readonly Named[], cause: Cause, teams: Teams): number | null {
  if (isFew(named) && !causesToTell(named, teams).includes(cause)) return null;
  return countOf(named, cause);
}

/**
 * Whether the words behind a cause would say whose they are, though no name stands with them: those who
 * answered and haven't agreed to be named are one or two.
 */
export function wordsWouldName(named: readonly Named[], agreed: ReadonlySet<string>): boolean {
  const others = named.filter(({ repId, answered }) => answered && !agreed.has(repId));
  return answeredBy(others) < LEAST_SHOWN;
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
 * The counts as leaders see them. A month that fewer than three answered is left blank but for the causes of
 * which leaders are told in a message, and so is a team
 * of fewer than three or of whom fewer than three answered: what is left over of the total when those
 * that are shown are taken off it is never one rep or two either.
 */
export function countCauses(
  named: readonly Named[],
  months: readonly string[],
  teams: Teams,
): CauseCounts {
  const shares = months.map((month) => shareOf(named, month));
  const rows = rowsOf(shares, ({ month }, cause) =>
    shownCount(inMonth(named, month), cause, teams),
  );
  const shown = new Map(months.map((month) => [month, teamsShown(inMonth(named, month), teams)]));
  return {
    months: shares,
    ...parted(rows),
    teams: [...teams.keys()].flatMap((teamId) => {
      const isShown = ({ month }: MonthShare) => shown.get(month)?.has(teamId) ?? false;
      if (!shares.some(isShown)) return [];
      const group = named.filter((one) => one.teamId === teamId);
      const count = (share: MonthShare, cause: Cause) =>
        isShown(share) ? countOf(inMonth(group, share.month), cause) : null;
      return [{ teamId, rows: parted(rowsOf(shares, count)).structural }];
    }),
  };
}

/** The counts of one team, as whoever reads all of its answers sees them. */
export function countTeam(
  named: readonly Named[],
  months: readonly string[],
): Omit<CauseCounts, 'teams'> {
  const shares = months.map((month) => shareOf(named, month));
  const count = ({ month }: MonthShare, cause: Cause) => countOf(inMonth(named, month), cause);
  return { months: shares, ...parted(rowsOf(shares, count)) };
}

const inMonth = (named: readonly Named[], month: string) =>
  named.filter((one) => one.month === month);

function shareOf(named: readonly Named[], month: string): MonthShare {
  const within = inMonth(named, month);
  return { month, asked: repsOf(within).length, answered: answeredBy(within) };
}

function rowsOf(
  shares: readonly MonthShare[],
  count: (share: MonthShare, cause: Cause) => number | null,
): CauseRow[] {
  return CAUSES.map((cause) => ({ cause, reps: shares.map((share) => count(share, cause)) }))
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

/** The cause that a rep named for most of what was missed; of several the first in the list. */
export function causeOf(answers: readonly { causes: readonly Cause[] }[]): Cause | null {
  let found: Cause | null = null;
  let most = 0;
  for (const cause of CAUSES) {
    const count = answers.filter(({ causes }) => causes.includes(cause)).length;
    if (count > most) {
      most = count;
      found = cause;
    }
  }
  return found;
}

/** What one rep wrote about a KPI for which they named the cause. */
export interface Quote {
  words: string;
  /** Slack's user id, where the rep agreed to be named. */
  by: string | null;
}

/** Somebody who must not be known by what is quoted. */
export interface Unnamed {
  userId: string;
  name: string;
}

/** Shorter parts of a name are words of their own: `Al`, `de`. */
const LEAST_PART = 3;
const SOMEBODY = '[somebody]';

/**
 * The words in the order of the alphabet, each once: an order that says nothing about who wrote them.
 * Names and ids of `unnamed` people in them are left out.
 */
export function quotesOf(said: readonly Quote[], unnamed: readonly Unnamed[]): Quote[] {
  const withoutNames = removerOf(unnamed);
  const quotes = new Map<string, Quote>();
  for (const { words, by } of said) {
    const quote = { words: withoutNames(words).trim(), by };
    if (quote.words !== '') quotes.set(JSON.stringify(quote), quote);
  }
  return [...quotes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, quote]) => quote);
}

/**
 * Leaves names and ids out of a text, in whatever case. Of the parts of a name (at least three letters)
 * those that are also a common word only as they are written: `Mark` is somebody, `mark` is a word.
 */
export function removerOf(people: readonly Unnamed[]): (words: string) => string {
  const whole = people
    .flatMap(({ userId, name }) => [userId, name.trim()])
    .filter((name) => name !== '')
    // The longest first: of `Al` and `Al Bo` the one that is meant.
    .sort((a, b) => b.length - a.length)
    .map((name) => ({ name, lower: name.toLowerCase() }));
  const parts = new Set(
    people
      .flatMap(({ name }) => name.match(WORDS) ?? [])
      .filter((part) => part.length >= LEAST_PART),
  );
  const inAnyCase = new Set(
    [...parts].map((part) => part.toLowerCase()).filter((part) => !COMMON.has(part)),
  );
  return (words) => {
    const lower = words.toLowerCase();
    // One expression of everybody's names would be tried at every letter.
    const found = whole.filter((one) => lower.includes(one.lower)).map(({ name }) => name);
    return without(words, found).replace(WORDS, (word) =>
      parts.has(word) || inAnyCase.has(word.toLowerCase()) ? SOMEBODY : word,
    );
  };
}

const WORDS = /[\p{L}\p{M}\p{N}]+/gu;

/** Names that people write as words, and parts of names that are words of a language. */
const COMMON = new Set(
  (
    'art bell bill black bond brown case chance chase christian cook cross dale dawn day dean den del der drew faith ' +
    'field fox frank gene grace grant gray green hall hill hope jack joy june king lane law little long mark max may ' +
    'miles nick page pat penny pierce piers price ray reed rich rob rock rose sandy short sky stone sue summer van ' +
    'von wade ward watt west white will wood young'
  ).split(' '),
);

/** Scripts that put no space between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function without(words: string, names: readonly string[]): string {
  if (names.length === 0) return words;
  const any = names.map((name) => {
    const escaped = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return UNSPACED.test(name) ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`;
  });
  return words.replace(new RegExp(any.join('|'), 'giu'), SOMEBODY);
}
