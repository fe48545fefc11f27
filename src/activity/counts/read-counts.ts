/** What people write of a day: `25 calls 2 demos, 1 proposal`, `calls: 25`, `nothing yesterday`, `+5 calls`. */

import { monthDayNear, type NamedDay, weekdayAfter, weekdayBefore } from '../../input/day.ts';
import { readCount } from '../../input/number.ts';
import { problem, type Read, value } from '../../input/read.ts';
import { stripMarkup } from '../../input/strip-markup.ts';
import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import { truncate } from '../../slack/truncate.ts';
import { type Counts, MOST_A_DAY } from '../schemas.ts';
import { parseCounts, type SaidCount, type SaidPart } from './parse-counts.ts';
import { scanCounts } from './scan-counts.ts';

export type CountsRead =
  | {
      ok: true;
      /** The numbers that the day gets; what isn't named isn't in it. `nothing` names all five. */
      counts: Partial<Counts>;
      /** What comes on top of what the day has: `+5 calls`, `5 more calls`. */
      adds: Partial<Counts>;
      /** Local date; null where no day was named. */
      date: string | null;
    }
  | {
      ok: false;
      /** What is wrong, in plain words that quote the writer's own. */
      problem: string;
      /** The counts that are not in doubt. */
      understood: Partial<Counts>;
      adds: Partial<Counts>;
      date: string | null;
      /** The words that say nothing to Bigplan. */
      unread: string[];
    };

/** More tells of something else than five numbers. Markup and all, a text may be some times as long. */
const MAX_LENGTH = 500;
const MAX_MARKED_UP = 4 * MAX_LENGTH;

/**
 * Reads counts out of a message or a command. Nothing is guessed: where a word isn't known, a number has
 * no activity or an activity has two numbers, it is asked back with what was understood. A weekday is
 * the last one (on that weekday, today), a date without a year the nearest. After a count, a `+` joins.
 */
export function readCounts(
  text: string,
  { locale, today }: { locale: string; today: string },
): CountsRead {
  const words = text.length > MAX_MARKED_UP ? null : stripMarkup(text);
  if (words === null || words.length > MAX_LENGTH) {
    const tooLong = 'That is a lot of words for five numbers.';
    return { ok: false, problem: tooLong, understood: {}, adds: {}, date: null, unread: [] };
  }
  const said = parseCounts({ words, tokens: scanCounts(words, { locale, today }) });
  const { counts, adds, problems } = settle(said, locale);
  const days = said.filter((one) => one.kind === 'day');
  const [date = null, ...otherDates] = new Set(days.map(({ day }) => dateOf(day, today)));
  const unread = said.filter(({ kind }) => kind === 'unread').map((one) => one.words);

  if (otherDates.length > 0) {
    problems.push(`${quoted(days.map((one) => one.words))} are different days: one at a time.`);
  }
  if (unread.length > 0) problems.push(`I can't make out ${quoted(unread)}.`);
  if (Object.keys({ ...counts, ...adds }).length === 0) {
    problems.push("I don't find a count in that.");
  }
  const [first] = problems;
  if (first === undefined) return { ok: true, counts, adds, date };
  return { ok: false, problem: first, understood: counts, adds, date, unread };
}

interface Settled {
  counts: Partial<Counts>;
  adds: Partial<Counts>;
  problems: string[];
}

function settle(said: readonly SaidPart[], locale: string): Settled {
  const sets = new Map<Activity, { count: number; words: string }>();
  const adds: Partial<Counts> = {};
  const doubtful = new Set<Activity>();
  const problems: string[] = [];
  for (const one of said) {
    if (one.kind !== 'count') continue;
    const { activity, form, words } = one;
    const earlier = sets.get(activity);
    const isMore = form === 'more' || (form === 'plus' && sets.size === 0);
    const read = countOf(one, isMore ? (adds[activity] ?? 0) : 0, locale);
    if (!read.ok) problems.push(read.problem);
    else if (isMore) adds[activity] = read.value;
    else if (!earlier) sets.set(activity, { count: read.value, words });
    else problems.push(`${quoted([earlier.words, words])} both count ${activity}: which is it?`);
    if (!read.ok || (earlier && !isMore)) doubtful.add(activity);
  }

  const isNothing = said.some(({ kind }) => kind === 'nothing') && Object.keys(adds).length === 0;
  const counts: Partial<Counts> = {};
  for (const activity of ACTIVITIES) {
    const count = sets.get(activity)?.count ?? (isNothing ? 0 : undefined);
    if (count !== undefined && !doubtful.has(activity)) counts[activity] = count;
  }
  return { counts, adds, problems };
}

/** The count on top of `had`. */
function countOf(
  { written, or, form, words }: SaidPart & SaidCount,
  had: number,
  locale: string,
): Read<number> {
  const quote = quoted([words]);
  if (or !== null) return problem(`${quote}? Tell me one number.`);
  if (form === 'minus') return problem(`${quote}? It can't be below zero.`);
  const read = readCount(written, { locale, max: MOST_A_DAY - had });
  return read.ok ? value(had + read.value) : problem(`${quote}? ${read.problem}`);
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
