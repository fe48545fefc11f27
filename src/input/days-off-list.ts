/** Several days off that are no span: `24 Dec and 31 Dec`, `24, 25 and 31 Dec`, `monday, wednesday`. */
import type { Weekday } from '../time/local-date.ts';
import { weekdayAfter } from './day.ts';
import {
  type DaysOff,
  type DaysScene,
  distinctDays,
  type FoundDays,
  isIdle,
  MOST_READINGS,
  nearestWorked,
  readAs,
  type SaidDays,
  spanOff,
} from './days-off-scene.ts';
import {
  type DatedDay,
  type DayOfMonth,
  dayOfMonth,
  inMonthOf,
  readItem,
  readSide,
  resolveDays,
} from './days-off-span.ts';

const MAX_PIECES = 24;
/** As many commas as a span with weekdays and years may hold, and one more. */
const LONGEST_PIECE = 5;

interface Item {
  said: SaidDays;
  /** Of what names a date: its month is that of the days beside it. */
  dated: DatedDay | null;
  weekday: Weekday | null;
  /** `tomorrow`: a word that counts from today. */
  isRelative: boolean;
}

/** `24 Dec and 31 Dec`, `24, 25 and 31 Dec`, `monday, wednesday`: each day for itself. */
export function readList(text: string, scene: DaysScene): FoundDays {
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

type Listed = { text: string; found: SaidDays | { problem: string } | DayOfMonth };

/** The longest that reads as one, then the rest: a comma may stand within a date. `dead`: from where nothing reads. */
function readPieces(
  pieces: readonly Piece[],
  at: number,
  scene: DaysScene,
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
  scene: DaysScene,
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
        isRelative: side?.kind === 'date' && !/\d/.test(text),
      });
    } else {
      const beside =
        dated.slice(index).find((one) => one !== null) ??
        dated.slice(0, index).findLast((one) => one !== null);
      const day = beside && inMonthOf(beside, found);
      if (!day) return null;
      const read = resolveDays(day, day, scene);
      settled.push(
        'problem' in read
          ? read
          : { said: readAs(spanOff(read.from)), dated: day, weekday: null, isRelative: false },
      );
    }
  }
  return settled;
}

function datedIn(text: string, scene: DaysScene): DatedDay | null {
  const side = readSide(text, scene);
  return side && (side.kind === 'date' || side.kind === 'month_day') ? side : null;
}

/** All of them together. Weekdays may follow on one another, or each be the next one from today. */
function combine(all: readonly Item[], scene: DaysScene): SaidDays {
  const items = all.map((item) => withWorkedDay(item, scene));
  const fromToday = items.map(({ said }) => said.readings);
  let last = '';
  const inOrder = items.map(({ said, weekday }) => {
    const after = weekday && last > scene.today ? weekdayAfter(last, weekday) : null;
    const readings = after === null ? said.readings : [[spanOff(after)]];
    last = readings[0]?.at(-1)?.to ?? last;
    return readings;
  });
  const ordered = [...product(inOrder), ...product(fromToday)].map((days) =>
    merged(days.sort((a, b) => (a.from < b.from ? -1 : 1))),
  );
  return { readings: distinctDays(ordered) };
}

/** `tomorrow` on a Friday may be the Monday; a date or a weekday is what it says. */
function withWorkedDay(item: Item, scene: DaysScene): Item {
  const [days = [], ...others] = item.said.readings;
  if (!item.isRelative || others.length > 0 || !isIdle(days, scene)) return item;
  const worked = nearestWorked(days, scene);
  return worked ? { ...item, said: { readings: [worked, days] } } : item;
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
