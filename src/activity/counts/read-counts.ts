/** What people write of a day: `25 calls 2 demos, 1 proposal`, `calls: 25`, `nothing yesterday`, `+5 calls`. */

import { monthDayNear, type NamedDay, weekdayAfter, weekdayBefore } from '../../input/day.ts';
import { readCount } from '../../input/number.ts';
import { problem, type Read, value } from '../../input/read.ts';
import { stripMarkup } from '../../input/strip-markup.ts';
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import { truncate } from '../../slack/truncate.ts';
import { weekdayOf } from '../../time/local-date.ts';
import { type Counts, MOST_A_DAY } from '../schemas.ts';
import { parseCounts, type SaidCount, type SaidPart } from './parse-counts.ts';
import { scanCounts, UNCOUNTED, type Uncounted } from './scan-counts.ts';

/** One way in which words can be meant. */
export interface CountsReading {
  /** The numbers that the day gets; what isn't named isn't in it. `nothing` names all five. */
  counts: Partial<Counts>;
  /** What comes on top of what the day has: `+5 calls`, `5 more calls`. */
  adds: Partial<Counts>;
  /** Local date; null where no day was named. */
  date: string | null;
}

export type CountsRead = {
  /** What was reported beside what is counted here: `emails`. */
  uncounted: Uncounted[];
} & (
  | ({ ok: true } & CountsReading)
  | {
      ok: false;
      /** What is wrong, in plain words that quote the writer's own. */
      problem: string;
      /** What can be meant: one, where the rest says nothing; several, where it is one or the other. */
      readings: CountsReading[];
      /** The day that was named. */
      date: string | null;
      /** The words that say nothing to Bigplan. */
      unread: string[];
    }
);

/** More tells of something else than five numbers. Markup and all, a text may be some times as long. */
const MAX_LENGTH = 500;
const MAX_MARKED_UP = 4 * MAX_LENGTH;
/** So many can be told apart on buttons. */
const MOST_READINGS = 4;

interface Context {
  locale: string;
  /** Local date. */
  today: string;
  /** Whether a local date can be logged at all: any up to today where left out. */
  canBe?: (date: string) => boolean;
}

/**
 * Reads counts out of a message or a command. Nothing is guessed: where a word isn't known, a number has
 * no activity or can be meant in two ways, it is asked back with what was understood. A weekday is
 * the last one (on that weekday, today), a date without a year the nearest. After a count, a `+` joins.
 */
export function readCounts(text: string, context: Context): CountsRead {
  const { locale, today } = context;
  const words = text.length > MAX_MARKED_UP ? null : stripMarkup(text);
  if (words === null || words.length > MAX_LENGTH) {
    const tooLong = 'That is a lot of words for five numbers.';
    return { ok: false, problem: tooLong, readings: [], date: null, unread: [], uncounted: [] };
  }
  const said = parseCounts({ words, tokens: scanCounts(words, { locale, today }) });
  const days = said.filter((one) => one.kind === 'day');
  const [date = null, ...otherDates] = datesNamed(
    days.map(({ day }) => day),
    today,
  );
  const settled = settle(said, { ...context, date });
  const { reading, doubts, uncounted } = settled;
  const problems = [...settled.problems, ...doubts.map((doubt) => doubt.problem)];
  const unread = said.filter(({ kind }) => kind === 'unread').map((one) => one.words);
  const readings = otherDates.length > 0 ? [] : readingsOf(reading, doubts);

  if (otherDates.length > 0) {
    problems.push(`${quoted(days.map((one) => one.words))} are different days: one at a time.`);
  }
  if (unread.length > 0) problems.push(`I can't make out ${quoted(unread)}.`);
  if (readings.length === 0 && problems.length === 0) problems.push(nothingFound(said));
  const bare = otherDates.length > 0 ? null : bareCount(said, locale);
  if (bare !== null) {
    const problem = `“${bare}”: calls?`;
    const counts = { calls: bare };
    return {
      ok: false,
      problem,
      readings: [{ counts, adds: {}, date }],
      date,
      unread: [],
      uncounted,
    };
  }
  const [first] = problems;
  if (first === undefined) return { ok: true, ...reading, uncounted };
  return { ok: false, problem: first, readings, date, unread, uncounted };
}

/** A number and nothing else, beside a day at most: that of what is counted most. */
function bareCount(said: readonly SaidPart[], locale: string): number | null {
  const [only, ...others] = said.filter(({ kind }) => kind !== 'day');
  if (only?.kind !== 'unread' || others.length > 0) return null;
  const read = readCount(only.words, { locale, max: MOST_A_DAY });
  return read.ok ? read.value : null;
}

function nothingFound(said: readonly SaidPart[]): string {
  const others = said.filter((one) => one.kind === 'count').map(({ words }) => words);
  return others.length === 0
    ? "I don't find a count in that."
    : `${quoted(others)}: noted nowhere, since I count calls, visits, demos, proposals and contracts.`;
}

/** Each way in which everything can be meant; nothing where there are too many to be told apart. */
function readingsOf(sure: CountsReading, doubts: readonly Doubt[]): CountsReading[] {
  const all = doubts.reduce<CountsReading[]>(
    (readings, { ways }) =>
      readings.flatMap(({ counts, adds, date }) =>
        ways.map((way) => ({
          counts: inOrder({ ...counts, ...way.counts }),
          adds: inOrder({ ...adds, ...way.adds }),
          date: way.date ?? date,
        })),
      ),
    [sure],
  );
  const some = all.filter(({ counts, adds }) => Object.keys({ ...counts, ...adds }).length > 0);
  return some.length > MOST_READINGS ? [] : some;
}

/** What can be meant in several ways. */
interface Doubt {
  problem: string;
  ways: Partial<CountsReading>[];
}

interface Settled {
  /** What isn't in doubt. */
  reading: CountsReading;
  doubts: Doubt[];
  uncounted: Uncounted[];
  problems: string[];
}

interface SetCount {
  count: number;
  words: string;
  sorts: (string | null)[];
}

const isUncounted = (thing: Activity | Uncounted): thing is Uncounted =>
  UNCOUNTED.some((one) => one === thing);

function settle(said: readonly SaidPart[], context: Context & { date: string | null }): Settled {
  const { locale, date } = context;
  const sets = new Map<Activity, SetCount>();
  const adds: Partial<Counts> = {};
  const doubtful = new Set<Activity>();
  const doubts: Doubt[] = [];
  const uncounted = new Set<Uncounted>();
  const problems: string[] = [];
  for (const one of said) {
    if (one.kind === 'share_or_day') {
      if (isUncounted(one.thing)) uncounted.add(one.thing);
      else {
        doubtful.add(one.thing);
        doubts.push(shareDoubt(one, one.thing, said, context));
      }
    }
    if (one.kind !== 'count') continue;
    const { thing, form, words, sort } = one;
    if (isUncounted(thing)) {
      uncounted.add(thing);
      continue;
    }
    const earlier = sets.get(thing);
    const isMore = form === 'more' || (form === 'plus' && sets.size === 0);
    const had = isMore ? (adds[thing] ?? 0) : 0;
    const isSum = !isMore && earlier !== undefined && isOtherSort(earlier, sort);
    const read = countOf(one, isSum ? earlier.count : had, locale);
    const doubt = read.ok ? doubtAbout(one, thing, { isMore, locale, count: read.value }) : null;
    if (!read.ok) problems.push(read.problem);
    else if (doubt) doubts.push(doubt);
    else if (isMore) adds[thing] = read.value;
    else if (!earlier) sets.set(thing, { count: read.value, words, sorts: [sort] });
    else if (isSum) {
      sets.set(thing, { count: read.value, words, sorts: [...earlier.sorts, sort] });
    } else doubts.push(twiceDoubt(thing, earlier, { count: read.value, words }));
    if (!read.ok || doubt || (earlier && !isMore && !isSum)) doubtful.add(thing);
  }

  const isNothing = said.some(({ kind }) => kind === 'nothing') && Object.keys(adds).length === 0;
  const counts: Partial<Counts> = {};
  for (const activity of ACTIVITIES) {
    const count = sets.get(activity)?.count ?? (isNothing ? 0 : undefined);
    if (count !== undefined && !doubtful.has(activity)) counts[activity] = count;
  }
  const open = doubts.filter(({ ways }) => ways.length > 1);
  // Where only one way is possible, it is the one.
  for (const { ways } of doubts) if (ways.length === 1) Object.assign(counts, ways[0]?.counts);
  return {
    reading: { counts: inOrder(counts), adds, date },
    doubts: open,
    uncounted: [...uncounted],
    problems,
  };
}

function inOrder(counts: Partial<Counts>): Partial<Counts> {
  return Object.fromEntries(
    ACTIVITIES.flatMap((one) => (counts[one] === undefined ? [] : [[one, counts[one]]])),
  );
}

/** `20 outbound and 5 inbound`: two sorts of one thing make one number. */
function isOtherSort({ sorts }: SetCount, sort: string | null): boolean {
  return sort !== null && !sorts.includes(null) && !sorts.includes(sort);
}

/** One number or the other; done, or booked for later. */
function doubtAbout(
  { or, isAhead, words }: SaidPart & SaidCount,
  activity: Activity,
  { isMore, locale, count }: { isMore: boolean; locale: string; count: number },
): Doubt | null {
  const way = (counted: number) =>
    isMore ? { adds: { [activity]: counted } } : { counts: { [activity]: counted } };
  const other = or === null ? null : readCount(or, { locale, max: MOST_A_DAY });
  if (other) {
    return {
      problem: `${quoted([words])}? Tell me one number.`,
      ways: other.ok ? [way(count), way(other.value)] : [],
    };
  }
  const isHeld = activity === 'proposals' || activity === 'contracts';
  if (!isAhead || isHeld) return null;
  return {
    problem: `${quoted([words])}: held already, or still to come? They count on the day they are held.`,
    ways: [way(count), {}],
  };
}

function twiceDoubt(
  activity: Activity,
  earlier: SetCount,
  { count, words }: { count: number; words: string },
): Doubt {
  const all = [earlier.count, count, earlier.count + count].filter((one) => one <= MOST_A_DAY);
  return {
    problem: `${quoted([earlier.words, words])} both count ${activity}: which is it?`,
    ways: [...new Set(all)].map((one) => ({ counts: { [activity]: one } })),
  };
}

/** `demos 1/5`: one of five; or one on that day, where that can be and no other was named. */
function shareDoubt(
  { words, written, day }: SaidPart & { kind: 'share_or_day' },
  activity: Activity,
  said: readonly SaidPart[],
  { date, today, canBe = (on) => on <= today }: Context & { date: string | null },
): Doubt {
  const counts = { [activity]: Number(written) };
  const on = dateOf(day, today);
  const isShare = said.some((one) => one.kind === 'count' && one.isShare);
  const canBeDay = !isShare && (date === null || date === on) && canBe(on);
  return {
    problem: `${quoted([words])}: ${written} of several, or on a day?`,
    ways: [{ counts }, ...(canBeDay ? [{ counts, date: on }] : [])],
  };
}

/** The count on top of `had`. */
function countOf(
  { written, form, words }: SaidPart & SaidCount,
  had: number,
  locale: string,
): Read<number> {
  const quote = quoted([words]);
  if (form === 'minus') return problem(`${quote}? It can't be below zero.`);
  const read = readCount(written, { locale, max: MOST_A_DAY - had });
  return read.ok ? value(had + read.value) : problem(`${quote}? ${read.problem}`);
}

/** Each date once; the weekday of `Tue, 2 Mar` names no other one. */
function datesNamed(days: readonly NamedDay[], today: string): string[] {
  const dates = days.flatMap((day) => (day.kind === 'weekday' ? [] : [dateOf(day, today)]));
  const others = days.flatMap((day) =>
    day.kind !== 'weekday' || dates.some((date) => weekdayOf(date) === day.weekday)
      ? []
      : [dateOf(day, today)],
  );
  return [...new Set([...dates, ...others])];
}

function dateOf(day: NamedDay, today: string): string {
  switch (day.kind) {
    case 'date':
      return day.date;
    case 'month_day':
      return monthDayNear(today, day.monthDay);
    case 'weekday':
      return day.which === 'next'
        ? weekdayAfter(today, day.weekday)
        : weekdayBefore(today, day.weekday, day.which);
  }
}

const MAX_QUOTES = 3;
const MAX_QUOTE = 40;

/** `“lunch” and “2 naps”`: the first few. */
function quoted(pieces: readonly string[]): string {
  const quotes = pieces.slice(0, MAX_QUOTES).map((piece) => `“${truncate(piece, MAX_QUOTE)}”`);
  const last = quotes.pop() ?? '';
  return quotes.length === 0 ? last : `${quotes.join(', ')} and ${last}`;
}
