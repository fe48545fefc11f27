/**
 * Days off as people name them: `5 Jul – 16 Jul`, `5-16 Jul`, `24 Dec and 31 Dec`, `until friday`, `back on monday`,
 * `for 3 days`, `rest of the week`, `tomorrow afternoon`, `9-12 tomorrow`, in English and in their own language.
 */

import { formatDate } from '../slack/format.ts';
import {
  addDays,
  datesBetween,
  daysBetween,
  firstOfMonth,
  isLocalDate,
  lastDayOfMonth,
  WEEKDAYS,
  type Weekday,
  weekdayOf,
} from '../time/local-date.ts';
import { AFTERNOON, HALF, MORNING, type PartOfDay, WHOLE_DAY } from '../time/part-of-day.ts';
import {
  datesAround,
  monthDayFrom,
  type NamedDay,
  readNamedDay,
  weekdayAfter,
  weekdayBefore,
} from './day.ts';
import { readLocaleDay, weekdayNamed } from './locale-day.ts';
import { takeParts } from './part-of-day.ts';
import { tidy } from './read.ts';
import { type SpanWords, spanWords } from './span-words.ts';

/** Local dates, both ends in; of each so much. */
export interface DaysOff extends PartOfDay {
  from: string;
  to: string;
}

export type DaysRead =
  /** `orElse`: what else it might mean, of which the person is told with what was read. */
  | { kind: 'clear'; days: DaysOff[]; orElse: DaysOff[] | null }
  /** Each reading is one that may be meant; the one for which there is more to say comes first. */
  | { kind: 'open'; why: 'two_readings' | 'no_working_day'; readings: DaysOff[][] }
  /** What is in doubt, as a question. */
  | { kind: 'problem'; problem: string };

export interface Today {
  locale: string;
  /** Local date. */
  today: string;
  /** Whether somebody works on a date; Monday to Friday where left out. */
  isWorked?: ((date: string) => boolean) | undefined;
}

/** A date without a year that was no longer ago than this is that one, not next year's. */
const RECENT = 31;
/** A range without years that lasts longer than this across New Year may have its ends swapped. */
const LONGEST_ACROSS = 183;
/** Any year with a 29 February. */
const LEAP_YEAR = 2028;
const MAX_LENGTH = 300;
const MAX_SPLITS = 6;
const MAX_PIECES = 24;
/** As many commas as a span with weekdays and years may hold, and one more. */
const LONGEST_PIECE = 5;
const MOST_READINGS = 4;
/** How far off a working day is looked for. */
const NEAREST = 60;
const MOST_WEEKS = 52;

interface Said {
  readings: DaysOff[][];
  orElse?: DaysOff[] | null;
}
type Found = Said | { problem: string } | null;

interface Scene extends Today {
  words: SpanWords;
  isWorked: (date: string) => boolean;
}

const MONDAY_TO_FRIDAY = (date: string) => !['sat', 'sun'].includes(weekdayOf(date));

/**
 * Reads days from words without markup; null where they name none. A weekday is the next one after
 * today. A date without a year is the next such date, or one of the last 31 days; in a range that is
 * said of its end, so that a range may cross New Year. `until` takes its day in, `back on` leaves it out. What has two
 * readings is open, as is what holds no working day.
 */
export function readDaysOff(text: string, now: Today): DaysRead | null {
  if (text.length > MAX_LENGTH) return null;
  const words = spanWords(now.locale);
  const scene = { ...now, words, isWorked: now.isWorked ?? MONDAY_TO_FRIDAY };
  const spoken = tidy(text).toLowerCase().replace(/ +/g, ' ');
  const whole = new RegExp(`^(?:${words.sick})$`, 'u').test(spoken);
  const said = whole ? 'today' : trimmed(spoken, words);
  const found = readWhole(said, scene);
  if (found === null) return null;
  return 'problem' in found ? { kind: 'problem', problem: found.problem } : judge(found, scene);
}

function trimmed(text: string, { about }: SpanWords): string {
  return text.replace(new RegExp(`^(?:(?:${about})(?= |$)[ ,:]*)+`, 'u'), '').trim();
}

function judge({ readings, orElse = null }: Said, scene: Scene): DaysRead {
  const [first = [], ...others] = distinct(readings);
  if (others.length > 0) {
    return {
      kind: 'open',
      why: 'two_readings',
      readings: [first, ...others].slice(0, MOST_READINGS),
    };
  }
  const isOff = first.every(
    (days) => !isLong(days) && !datesBetween(days.from, days.to).some(scene.isWorked),
  );
  if (!isOff) return { kind: 'clear', days: first, orElse };
  const other = nearestWorked(first, scene);
  return {
    kind: 'open',
    why: 'no_working_day',
    readings: other ? [other, first] : [first],
  };
}

const isLong = ({ from, to }: DaysOff) => to < from || daysBetween(from, to) > 2 * NEAREST;

/** Of days on which nobody works, the next working day instead: of past ones the last before. */
function nearestWorked(days: readonly DaysOff[], { today, isWorked }: Scene): DaysOff[] | null {
  const [first] = days;
  if (!first || days.some((one) => isLong(one))) return null;
  const isPast = first.from < today;
  const ends = days.map(({ from, to }) => (isPast ? from : to)).sort();
  const end = (isPast ? ends[0] : ends.at(-1)) ?? today;
  for (let far = 1; far <= NEAREST; far += 1) {
    const date = addDays(end, isPast ? -far : far);
    if (isWorked(date)) return [{ ...first, from: date, to: date }];
  }
  return null;
}

function distinct(readings: readonly DaysOff[][]): DaysOff[][] {
  return [...new Map(readings.map((one) => [JSON.stringify(one), one] as const)).values()];
}

const all = (from: string, to = from, part: PartOfDay = WHOLE_DAY): DaysOff => ({
  from,
  to,
  ...part,
});
const one = (...days: DaysOff[]): Said => ({ readings: [days] });

function readWhole(text: string, scene: Scene): Found {
  return (
    readPeriod(text, scene) ??
    readDuration(text, scene) ??
    readBack(text, scene) ??
    readUntil(text, scene) ??
    readList(text, scene)
  );
}

// ── Weeks, months and the rest of them ───────────────────────────────────────────────────────────

function readPeriod(text: string, { today, words, ...scene }: Scene): Found {
  const is = (pattern: string) => new RegExp(`^(?:${pattern})$`, 'u').test(text);
  const sunday = sundayOf(today);
  if (is(words.restOfWeek) || is(words.thisWeek)) return one(all(today, sunday));
  if (is(words.nextWeek)) return one(all(addDays(sunday, 1), addDays(sunday, 7)));
  if (is('(?:this |the )?weekend')) return one(all(addDays(sunday, -1), sunday));
  if (is('(?:for )?(?:the )?rest of (?:the |this )?month|this month')) {
    return one(all(today, lastDayOfMonth(today)));
  }
  if (is('next month')) return one(all(firstOfMonth(today, 1), lastDayOfMonth(today, 1)));
  if (is('(?:for )?(?:the )?rest of (?:the |to)?day')) return one(all(today, today, HALF));
  const [, day] = /^(?:the )?(?:whole )?week (?:of|from|starting) (.+)$/.exec(text) ?? [];
  const dates = day === undefined ? null : readDates(day, { today, words, ...scene });
  return (
    dates && {
      readings: dates.map((date) => [all(addDays(sundayOf(date), -6), sundayOf(date))]),
    }
  );
}

/** `for 3 days`: working days, or days as the calendar has them; both where that is not the same. */
function readDuration(text: string, scene: Scene): Found {
  const { words, today } = scene;
  if (new RegExp(`^(?:${words.half})$`, 'u').test(text)) return one(all(today, today, HALF));
  const length = `(?:${words.lasting} )*(?<count>\\d{1,3}|${words.one}) (?:(?<working>${words.workingDays})|(?<days>(?:calendar )?(?:${words.days}))|(?<weeks>${words.weeks}))`;
  const starting = `(?:${words.from}|${words.on})`;
  const found =
    new RegExp(`^${length}(?:,? (?:${starting} )*(?<start>.+))?$`, 'u').exec(text) ??
    new RegExp(`^(?:${words.from} )?(?<start>.+?),? ${length}$`, 'u').exec(text);
  const { count = '', working, weeks, days = '', start } = found?.groups ?? {};
  if (!found) return null;
  const many = /^\d/.test(count) ? Number(count) : 1;
  const starts = start === undefined ? [today] : readDates(start, scene);
  if (!starts || many < 1 || many > MOST_WEEKS * 7) return null;
  if (weeks !== undefined && many > MOST_WEEKS) return null;
  return {
    readings: starts.flatMap((from) => {
      if (weeks !== undefined) return [[all(from, addDays(from, 7 * many - 1))]];
      const calendar = [all(from, addDays(from, many - 1))];
      const worked = workedFrom(from, many, scene);
      if (working !== undefined) return worked ? [worked] : [];
      if (days.startsWith('calendar') || !worked) return [calendar];
      const isSame = worked.every(({ to }) => to === calendar[0]?.to);
      return isSame ? [worked] : [worked, calendar];
    }),
  };
}

/** So many working days from a date on, with what lies between them. */
function workedFrom(from: string, count: number, { isWorked }: Scene): DaysOff[] | null {
  const dates = datesBetween(from, addDays(from, 2 * count + NEAREST)).filter(isWorked);
  const [first, last] = [dates[0], dates[count - 1]];
  return first === undefined || last === undefined ? null : [all(first, last)];
}

/** The first dates that a text may name: one day, as it is read alone. */
function readDates(text: string, scene: Scene): string[] | null {
  const single = readSingle(text, scene);
  if (!single || 'problem' in single) return null;
  const dates = single.readings.flatMap(([day, ...more]) =>
    day && more.length === 0 && day.from === day.to && day.share === 1 ? [day.from] : [],
  );
  return dates.length === single.readings.length ? dates : null;
}

// ── Back on a day, until a day ───────────────────────────────────────────────────────────────────

/** Away from today to the day before. */
function readBack(text: string, scene: Scene): Found {
  const { words, today, locale } = scene;
  const [, day] = new RegExp(`^(?:${words.back}) (.+)$`, 'u').exec(text) ?? [];
  if (day === undefined) return null;
  const [, after] = /^(?:after|nach|après) (.+)$/.exec(day) ?? [];
  const found =
    readPeriod(after ?? day, scene) ??
    readLength(after ?? day, scene) ??
    readSingle(after ?? day, scene);
  if (!found || 'problem' in found) return found;
  const readings = found.readings.map((days) => {
    const [{ from, to, ...part } = all(today)] = days;
    const back = after === undefined ? from : addDays(to, 1);
    // Back in the afternoon is away in the morning.
    const isLater = after === undefined && part.hours !== null && part.hours.start >= MIDDAY;
    const before = back > today ? [all(today, addDays(back, -1))] : [];
    return [...before, ...(isLater ? [all(back, back, MORNING)] : [])];
  });
  if (readings.every((days) => days.length > 0)) return { readings };
  const date = found.readings[0]?.[0]?.from ?? today;
  return {
    problem: `You’d be back on ${formatDate(date, locale, 'date')}: then there is no day away to enter.`,
  };
}

const MIDDAY = '12:00';

/** `in 2 weeks`, of which `in` is said already: the day after so long. */
function readLength(text: string, scene: Scene): Found {
  const { one: single, days, weeks } = scene.words;
  const [, count = '', inWeeks] =
    new RegExp(`^(\\d{1,3}|${single}) (?:${days}|(${weeks}))$`, 'u').exec(text) ?? [];
  if (count === '') return null;
  const many = (/^\d/.test(count) ? Number(count) : 1) * (inWeeks === undefined ? 1 : 7);
  return one(all(addDays(scene.today, many)));
}

function readUntil(text: string, scene: Scene): Found {
  const { words, today, locale } = scene;
  const [, day] = new RegExp(`^(?:${words.until}) (.+)$`, 'u').exec(text) ?? [];
  if (day === undefined) return null;
  const found = readPeriod(day, scene) ?? readEndOf(day, today) ?? readSingle(day, scene);
  if (!found || 'problem' in found) return found;
  const ends = found.readings.map(([end = all(today)]) => end);
  const over = ends.find(({ to }) => to < today);
  if (over) {
    return { problem: `${formatDate(over.to, locale, 'date')} is over: until when is it?` };
  }
  const readings = ends.map(({ to, share, hours }) => {
    if (share === 1) return [all(today, to)];
    // Until the afternoon: the morning of that day.
    const last = hours !== null && hours.start < MIDDAY ? { share, hours } : MORNING;
    return [...(to > today ? [all(today, addDays(to, -1))] : []), all(to, to, last)];
  });
  const [end] = ends;
  const isPlain = ends.length === 1 && end !== undefined && end.share === 1 && end.from === end.to;
  return {
    readings,
    // Many who are off until Wednesday are back on Wednesday.
    orElse: isPlain && end.to > today ? [all(today, addDays(end.to, -1))] : null,
  };
}

function readEndOf(text: string, today: string): Found {
  const [, what] = /^(?:the )?end of (?:the |this )?(week|month)$/.exec(text) ?? [];
  if (what === undefined) return null;
  return one(all(today, what === 'week' ? sundayOf(today) : lastDayOfMonth(today)));
}

// ── Several days that are no span ────────────────────────────────────────────────────────────────

interface Item {
  said: Said;
  /** Of what names a date: its month is that of the days beside it. */
  dated: Dated | null;
  weekday: Weekday | null;
}

/** `24 Dec and 31 Dec`, `24, 25 and 31 Dec`, `monday, wednesday`: each day for itself. */
function readList(text: string, scene: Scene): Found {
  const whole = readItem(text, scene);
  if (whole) return whole;
  const separator = new RegExp(
    `(?: ?[,;&+·] ?(?:(?:${scene.words.and}) )?| (?:${scene.words.and}) )`,
    'u',
  );
  const parts = splitBy(text, separator);
  if (parts.length < 2 || parts.length > MAX_PIECES) return null;
  const items = readPieces(parts, 0, scene);
  if (!items || items.length < 2) return null;
  const settled = withMonthsOf(items, scene);
  if (!settled) return null;
  const faulty = settled.find((item) => 'problem' in item);
  if (faulty && 'problem' in faulty) return faulty;
  return combine(
    settled.filter((item) => 'said' in item),
    scene,
  );
}

interface Piece {
  text: string;
  /** What stood before it. */
  before: string;
}

function splitBy(text: string, separator: RegExp): Piece[] {
  const pieces: Piece[] = [];
  let before = '';
  let rest = text;
  for (let at = separator.exec(rest); at; at = separator.exec(rest)) {
    pieces.push({ text: rest.slice(0, at.index), before });
    [before] = at;
    rest = rest.slice(at.index + before.length);
  }
  return [...pieces, { text: rest, before }];
}

type Side = NamedDay | DayOfMonth;
type Listed = { text: string; found: Said | { problem: string } | DayOfMonth };

/** The longest that reads as one, then the rest: a comma may stand within a date. `dead`: from where nothing reads. */
function readPieces(
  pieces: readonly Piece[],
  at: number,
  scene: Scene,
  dead = new Set<number>(),
): Listed[] | null {
  if (at >= pieces.length) return [];
  for (let end = Math.min(pieces.length, at + LONGEST_PIECE); end > at && !dead.has(at); end -= 1) {
    const text = pieces
      .slice(at, end)
      .map((piece, index) => (index === 0 ? piece.text : piece.before + piece.text))
      .join('')
      .trim();
    const found = readItem(text, scene) ?? dayOfMonth(text, scene);
    const rest = found && readPieces(pieces, end, scene, dead);
    if (rest) return [{ text, found }, ...rest];
  }
  dead.add(at);
  return null;
}

/** Gives each bare day of the month the month of the next date, or of the one before; null where there is none. */
function withMonthsOf(
  items: readonly Listed[],
  scene: Scene,
): (Item | { problem: string })[] | null {
  const dated = items.map(({ text }) => datedIn(text, scene));
  const settled: (Item | { problem: string })[] = [];
  for (const [index, { text, found }] of items.entries()) {
    if ('problem' in found) settled.push(found);
    else if ('readings' in found) {
      const side = readSide(text, scene);
      const isBare = side?.kind === 'weekday' && side.which === null;
      settled.push({
        said: found,
        dated: dated[index] ?? null,
        weekday: isBare ? side.weekday : null,
      });
    } else {
      const beside =
        dated.slice(index).find((one) => one !== null) ??
        dated.slice(0, index).findLast((one) => one !== null);
      const day = beside && inMonthOf(beside, found);
      if (!day) return null;
      const read = resolve(day, day, scene);
      settled.push(
        'problem' in read ? read : { said: one(all(read.from)), dated: day, weekday: null },
      );
    }
  }
  return settled;
}

function datedIn(text: string, scene: Scene): Dated | null {
  const side = readSide(text, scene);
  return side && (side.kind === 'date' || side.kind === 'month_day') ? side : null;
}

/** All of them together. Weekdays may follow on one another, or each be the next one from today. */
function combine(items: readonly Item[], scene: Scene): Said {
  const fromToday = items.map(({ said }) => said.readings);
  let last = '';
  const inOrder = items.map(({ said, weekday }) => {
    const after = weekday && last > scene.today ? weekdayAfter(last, weekday) : null;
    const readings = after === null ? said.readings : [[all(after)]];
    last = readings[0]?.at(-1)?.to ?? last;
    return readings;
  });
  const ordered = [...product(inOrder), ...product(fromToday)].map((days) =>
    merged(days.sort((a, b) => (a.from < b.from ? -1 : 1))),
  );
  return { readings: distinct(ordered) };
}

function product(choices: readonly DaysOff[][][]): DaysOff[][] {
  return choices.reduce<DaysOff[][]>(
    (found, readings) =>
      found.flatMap((days) => readings.map((more) => [...days, ...more])).slice(0, MOST_READINGS),
    [[]],
  );
}

/** The same day said twice is one. */
function merged(days: readonly DaysOff[]): DaysOff[] {
  return [...new Map(days.map((day) => [JSON.stringify(day), day] as const)).values()];
}

// ── One day, or from one to another ──────────────────────────────────────────────────────────────

function readItem(text: string, scene: Scene): Found {
  const days = text.replace(new RegExp(`^(?:${scene.words.from}) `, 'u'), '');
  const partial = days === text ? null : readSingle(text, scene);
  if (partial && 'readings' in partial && partial.readings[0]?.[0]?.share !== 1) return partial;
  const single = readSingle(days, scene);
  if (!single) return readRange(days, scene);
  if ('problem' in single || days === text || single.readings.some(([day]) => day?.share !== 1)) {
    return single;
  }
  return { problem: 'And until when? Write it like “5 Jul – 16 Jul”.' };
}

const EVENING =
  'That is after work, when nothing is asked of you. Say “this afternoon” or “today”.';

/** A single day or a part of it; null also where it is so far off that it is rather a range: `5 Jul-16`. */
function readSingle(text: string, scene: Scene): Found {
  const plain = scene.words.on
    ? text.replace(new RegExp(`^(?:${scene.words.on}) `, 'u'), '')
    : text;
  for (const { rest, part } of takeParts(plain, scene.words)) {
    const dates = partDates(rest, scene);
    if (!dates) continue;
    if (part === 'evening') return { problem: EVENING };
    return { readings: dates.map((date) => [all(date, date, part)]) };
  }
  const spoken = readLocaleDay(plain, scene);
  const half =
    spoken?.part === 'morning' ? MORNING : spoken?.part === 'afternoon' ? AFTERNOON : WHOLE_DAY;
  if (spoken && half !== WHOLE_DAY) return resolved(alternatives(spoken.day, scene), scene, half);
  const day = readSide(plain, scene);
  if (day === null || day.kind === 'day_of_month') return null;
  if (day.kind === 'date' && Math.abs(daysBetween(scene.today, day.date)) > 3660) return null;
  return resolved(sidesOf(plain, day, scene), scene, WHOLE_DAY);
}

/** Which days the part is of: today's, where no other is named. */
function partDates(text: string, scene: Scene): string[] | null {
  const day = text.replace(/^(?:of|on) /, '').replace(/ of$/, '');
  if (day === '' || day === 'this' || day === 'the') return [scene.today];
  return readDates(day, scene);
}

function resolved(days: readonly NamedDay[], scene: Scene, part: PartOfDay): Found {
  const read = days.map((day) => resolve(day, day, scene));
  const faulty = read.find((one) => 'problem' in one);
  if (faulty && 'problem' in faulty) return faulty;
  return {
    readings: read.flatMap((one) => ('problem' in one ? [] : [[all(one.from, one.to, part)]])),
  };
}

function readRange(text: string, scene: Scene): Found {
  const { words } = scene;
  const now = { ...scene, locale: orderIn(text) ?? scene.locale };
  const [, first, second] =
    new RegExp(`^(?:${words.between}) (.+) (?:${words.and}) (.+)$`, 'u').exec(text) ?? [];
  if (first !== undefined && second !== undefined) return readEnds(first, second, now, scene);
  const separators = [
    new RegExp(` ?(?:\\.\\.+|…|->|→) ?| (?:${words.to}|-) `, 'gu'),
    // `5-16 Jul`, and in dates with dashes at most five more.
    / ?- ?/g,
  ];
  for (const separator of separators) {
    for (const { 0: mark, index } of [...text.matchAll(separator)].slice(0, MAX_SPLITS)) {
      const found = readEnds(text.slice(0, index), text.slice(index + mark.length), now, scene);
      if (found) return found;
    }
  }
  return null;
}

function readEnds(first: string, second: string, now: Scene, said: Scene): Found {
  const parts = readPartEnds(first, second, now);
  if (parts) return parts;
  const right = readSide(second, now);
  const left = right && readSide(first, now);
  const ends = left && right && withMonths(left, right);
  if (!ends) return null;
  const [from, to] = ends;
  const lefts = left === from ? sidesOf(first, from, now) : [from];
  const rights = right === to ? sidesOf(second, to, now) : [to];
  const read = lefts.flatMap((one) => rights.map((other) => resolve(one, other, said)));
  const fine = read.flatMap((one) => ('problem' in one ? [] : [[all(one.from, one.to)]]));
  const inOrder = fine.filter(([days]) => days && days.from <= days.to);
  if (inOrder.length > 0) return { readings: inOrder };
  return read.find((one) => 'problem' in one) ?? (fine.length > 0 ? { readings: fine } : null);
}

/** `friday afternoon – monday`: a half, then whole days; at the end a morning. */
function readPartEnds(first: string, second: string, scene: Scene): Found {
  const [left, right] = [readSingle(first, scene), readSingle(second, scene)];
  if (!left || !right || 'problem' in left || 'problem' in right) return null;
  const [start] = left.readings[0] ?? [];
  const [end] = right.readings[0] ?? [];
  if (!start || !end || left.readings.length + right.readings.length > 2) return null;
  const isLate = start.hours !== null && start.hours.end >= DAY_END;
  const isEarly = end.hours !== null && end.hours.start <= DAY_START;
  if ((start.share < 1 && !isLate) || (end.share < 1 && !isEarly)) return null;
  if (start.share === 1 && end.share === 1) return null;
  const last = end.from > start.from ? end.from : null;
  if (last === null) return null;
  const from = start.share < 1 ? addDays(start.from, 1) : start.from;
  const to = end.share < 1 ? addDays(last, -1) : last;
  return one(
    ...(start.share < 1 ? [start] : []),
    ...(from <= to ? [all(from, to)] : []),
    ...(end.share < 1 ? [{ ...end, from: last, to: last }] : []),
  );
}

const DAY_END = '17:00';
const DAY_START = '09:00';

/** In `5/7 - 16/7` the second date tells that the day comes first in both: a locale of that order. */
function orderIn(text: string): string | null {
  if (/\p{L}/u.test(text)) return null;
  for (const [, first, second] of text.matchAll(/(?<![\d/.])(\d{1,2})[/.](\d{1,2})(?!\d)/g)) {
    if (Number(first) > 12) return 'en-GB';
    if (Number(second) > 12) return 'en-US';
  }
  return null;
}

/** `5` of `5-16 Jul`, or `16, 2027` of `Jul 5 – 16, 2027`. */
interface DayOfMonth {
  kind: 'day_of_month';
  day: string;
  year: string | null;
}

const DAY_OF_MONTH = /^(\d{1,2})(?:\.|st|nd|rd|th)?(?:,? (\d{4}))?$/i;
/** `Mon, 5 Jul` */
const WEEKDAY_BEFORE = /^(\p{L}[\p{L}\p{M}-]*)\.?,? (?=.*\d)(.+)$/u;

function dayOfMonth(text: string, scene: Scene): DayOfMonth | null {
  const side = readSide(text, scene);
  return side?.kind === 'day_of_month' ? side : null;
}

function readSide(text: string, scene: Scene): Side | null {
  const said = text.trim().replace(new RegExp(`^(?:${scene.words.on}) `, 'u'), '');
  const { rest } = withoutWeekday(said, scene);
  const [, day, year = null] = DAY_OF_MONTH.exec(rest) ?? [];
  if (day !== undefined) return { kind: 'day_of_month', day: day.padStart(2, '0'), year };
  return readNamedDay(rest, scene);
}

function withoutWeekday(
  text: string,
  { locale }: Pick<Today, 'locale'>,
): { weekday: Weekday | null; rest: string } {
  const [, name = '', rest = ''] = WEEKDAY_BEFORE.exec(text) ?? [];
  const weekday = name === '' ? null : (weekdayNamed(name, locale) ?? englishWeekday(name));
  return weekday ? { weekday, rest } : { weekday: null, rest: text };
}

function englishWeekday(name: string): Weekday | null {
  const isOne = /^(?:mon|tue|wed|thu|fri|sat|sun)(?:s|rs?|nes|ur)?(?:day)?$/.test(name);
  return isOne ? (WEEKDAYS.find((day) => name.startsWith(day)) ?? null) : null;
}

/** What a day may be: where a weekday stands beside a date that falls on another, either. */
function sidesOf(text: string, day: NamedDay, scene: Scene): NamedDay[] {
  const plain = text.trim().replace(new RegExp(`^(?:${scene.words.on}) `, 'u'), '');
  const { weekday } = withoutWeekday(plain, scene);
  if (!weekday || day.kind === 'weekday') return alternatives(day, scene);
  const dates = startsOf(day, scene.today);
  const fitting = dates.filter((date) => weekdayOf(date) === weekday);
  const near = fitting.find((date) => date >= addDays(scene.today, -RECENT));
  if (near !== undefined && daysBetween(scene.today, near) <= 366) {
    return [{ kind: 'date', date: near }];
  }
  const read = resolve(day, day, scene);
  if ('problem' in read) return [day];
  const after = weekdayAfter(read.from, weekday);
  const other = daysBetween(read.from, after) > 3 ? addDays(after, -7) : after;
  return [read.from, other].map((date) => ({ kind: 'date', date }));
}

/** On a Monday, `next friday` may be the one to come or the one after. */
function alternatives(day: NamedDay, { today }: Pick<Today, 'today'>): NamedDay[] {
  if (day.kind !== 'weekday' || day.which !== 'next') return [day];
  const coming = weekdayAfter(today, day.weekday);
  if (coming > sundayOf(today)) return [day];
  return [coming, addDays(coming, 7)].map((date) => ({ kind: 'date', date }));
}

type Dated = Exclude<NamedDay, { kind: 'weekday' }>;

/** Gives an end that is only a day the other's month; null where it has none to give. */
function withMonths(left: Side, right: Side): [NamedDay, NamedDay] | null {
  if (left.kind !== 'day_of_month') {
    if (right.kind !== 'day_of_month') return [left, right];
    if (left.kind === 'weekday') return null;
    const to = inMonthOf(left, right);
    return to && dayIn(left) <= dayIn(to) ? [left, to] : null;
  }
  if (right.kind === 'day_of_month' || right.kind === 'weekday') return null;
  const from = inMonthOf(right, left);
  return from && dayIn(from) <= dayIn(right) ? [from, right] : null;
}

/** The day of the month, `01`–`31`. */
function dayIn(day: Exclude<Side, { kind: 'weekday' }>): string {
  if (day.kind === 'day_of_month') return day.day;
  return (day.kind === 'date' ? day.date : day.monthDay).slice(-2);
}

/** Null where the month has no such day. */
function inMonthOf(other: Dated, { day, year }: DayOfMonth): Dated | null {
  const [otherYear, month] =
    other.kind === 'date' ? other.date.split('-') : [null, ...other.monthDay.split('-')];
  const inYear = year ?? otherYear ?? null;
  const date = `${inYear ?? LEAP_YEAR}-${month}-${day}`;
  if (!isLocalDate(date)) return null;
  return inYear === null ? { kind: 'month_day', monthDay: date.slice(5) } : { kind: 'date', date };
}

interface Span {
  from: string;
  to: string;
}

/** The days from one to the other; the same twice is one day. */
function resolve(
  left: NamedDay,
  right: NamedDay,
  { today, locale }: Today,
): Span | { problem: string } {
  const ranges = startsOf(left, today).map((from) => {
    return { from, to: left === right ? from : endOf(right, from, today) };
  });
  const recent = ranges.find(({ to }) => to >= addDays(today, -RECENT)) ?? ranges[0];
  const end = right.kind === 'date' ? right.date : recent?.to;
  const found = ranges.findLast(({ from, to }) => to === end && from <= to) ?? recent;
  if (!found) return { problem: 'That is too far off.' };

  const isOpen = left.kind === 'month_day' || right.kind === 'month_day';
  const isAcross = found.from.slice(0, 4) < found.to.slice(0, 4);
  if (isOpen && isAcross && daysBetween(found.from, found.to) > LONGEST_ACROSS) {
    const [from, to] = [found.from, found.to].map((date) => formatDate(date, locale, 'date'));
    return { problem: `From ${from} to ${to}? If so, write both with their year.` };
  }
  return found;
}

/** In order. */
function startsOf(day: NamedDay, today: string): string[] {
  if (day.kind === 'month_day') return datesAround(today, day.monthDay);
  return [day.kind === 'date' ? day.date : weekdayFrom(today, day)];
}

function endOf(day: NamedDay, from: string, today: string): string {
  if (day.kind === 'date') return day.date;
  if (day.kind === 'month_day') return monthDayFrom(from, day.monthDay) ?? from;
  return day.which === null ? weekdayAfter(from, day.weekday) : weekdayFrom(today, day);
}

type NamedWeekday = Extract<NamedDay, { kind: 'weekday' }>;

function weekdayFrom(today: string, { weekday, which }: NamedWeekday): string {
  if (which === 'last') return weekdayBefore(today, weekday, which);
  return which === 'this' && weekday === weekdayOf(today) ? today : weekdayAfter(today, weekday);
}

function sundayOf(date: string): string {
  return addDays(date, WEEKDAYS.length - 1 - WEEKDAYS.indexOf(weekdayOf(date)));
}
