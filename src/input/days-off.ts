/**
 * Days off as people name them: `5 Jul – 16 Jul`, `5-16 Jul`, `24 Dec and 31 Dec`, `until friday`, `back on monday`,
 * `for 3 days`, `rest of the week`, `tomorrow afternoon`, `9-12 tomorrow`, in English and in their own language.
 */

import { formatDate } from '../slack/format.ts';
import {
  addDays,
  datesBetween,
  firstOfMonth,
  lastDayOfMonth,
  weekdayOf,
} from '../time/local-date.ts';
import { HALF, MORNING } from '../time/part-of-day.ts';
import { readList } from './days-off-list.ts';
import {
  type DaysOff,
  type DaysScene,
  distinctDays,
  type FoundDays,
  isIdle,
  MOST_READINGS,
  NEAREST,
  nearestWorked,
  readAs,
  type SaidDays,
  spanOff,
  type Today,
} from './days-off-scene.ts';
import { readDates, readSingle, sundayOf } from './days-off-span.ts';
import { tidy } from './read.ts';
import { type SpanWords, spanWords } from './span-words.ts';

export type DaysRead =
  /** `orElse`: what else it might mean, of which the person is told with what was read. */
  | { kind: 'clear'; days: DaysOff[]; orElse: DaysOff[] | null }
  /** Each reading is one that may be meant; the one for which there is more to say comes first. */
  | { kind: 'open'; why: 'two_readings' | 'no_working_day'; readings: DaysOff[][] }
  /** What is in doubt, as a question. */
  | { kind: 'problem'; problem: string };

const MAX_LENGTH = 300;
const MOST_WEEKS = 52;

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

function judge({ readings, orElse = null }: SaidDays, scene: DaysScene): DaysRead {
  const [first = [], ...others] = distinctDays(readings);
  if (others.length > 0) {
    return {
      kind: 'open',
      why: 'two_readings',
      readings: [first, ...others].slice(0, MOST_READINGS),
    };
  }
  if (!isIdle(first, scene)) return { kind: 'clear', days: first, orElse };
  const other = nearestWorked(first, scene);
  return {
    kind: 'open',
    why: 'no_working_day',
    readings: other ? [other, first] : [first],
  };
}

function readWhole(text: string, scene: DaysScene): FoundDays {
  return (
    readPeriod(text, scene) ??
    readDuration(text, scene) ??
    readBack(text, scene) ??
    readUntil(text, scene) ??
    readList(text, scene)
  );
}

// ── Weeks, months and the rest of them ───────────────────────────────────────────────────────────

function readPeriod(text: string, { today, words, ...scene }: DaysScene): FoundDays {
  const is = (pattern: string) => new RegExp(`^(?:${pattern})$`, 'u').test(text);
  const sunday = sundayOf(today);
  if (is(words.restOfWeek) || is(words.thisWeek)) return readAs(spanOff(today, sunday));
  if (is(words.nextWeek)) return readAs(spanOff(addDays(sunday, 1), addDays(sunday, 7)));
  if (is('(?:this |the )?weekend')) return readAs(spanOff(addDays(sunday, -1), sunday));
  if (is('(?:for )?(?:the )?rest of (?:the |this )?month|this month')) {
    return readAs(spanOff(today, lastDayOfMonth(today)));
  }
  if (is('next month')) return readAs(spanOff(firstOfMonth(today, 1), lastDayOfMonth(today, 1)));
  if (is('(?:for )?(?:the )?rest of (?:the |to)?day')) return readAs(spanOff(today, today, HALF));
  const [, day] = /^(?:the )?(?:whole )?week (?:of|from|starting) (.+)$/.exec(text) ?? [];
  const dates = day === undefined ? null : readDates(day, { today, words, ...scene });
  return (
    dates && {
      readings: dates.map((date) => [spanOff(addDays(sundayOf(date), -6), sundayOf(date))]),
    }
  );
}

/** `for 3 days`: working days, or days as the calendar has them; both where that is not the same. */
function readDuration(text: string, scene: DaysScene): FoundDays {
  const { words, today } = scene;
  if (new RegExp(`^(?:${words.half})$`, 'u').test(text)) return readAs(spanOff(today, today, HALF));
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
      if (weeks !== undefined) return [[spanOff(from, addDays(from, 7 * many - 1))]];
      const calendar = [spanOff(from, addDays(from, many - 1))];
      const worked = workedFrom(from, many, scene);
      if (working !== undefined) return worked ? [worked] : [];
      if (days.startsWith('calendar') || !worked) return [calendar];
      const isSame = worked.every(({ to }) => to === calendar[0]?.to);
      return isSame ? [worked] : [worked, calendar];
    }),
  };
}

/** So many working days from a date on, with what lies between them. */
function workedFrom(from: string, count: number, { isWorked }: DaysScene): DaysOff[] | null {
  const dates = datesBetween(from, addDays(from, 2 * count + NEAREST)).filter(isWorked);
  const [first, last] = [dates[0], dates[count - 1]];
  return first === undefined || last === undefined ? null : [spanOff(first, last)];
}

// ── Back on a day, until a day ───────────────────────────────────────────────────────────────────

/** Away from today to the day before. */
function readBack(text: string, scene: DaysScene): FoundDays {
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
    const [{ from, to, ...part } = spanOff(today)] = days;
    const back = after === undefined ? from : addDays(to, 1);
    // Back in the afternoon is away in the morning.
    const isLater = after === undefined && part.hours !== null && part.hours.start >= MIDDAY;
    const before = back > today ? [spanOff(today, addDays(back, -1))] : [];
    return [...before, ...(isLater ? [spanOff(back, back, MORNING)] : [])];
  });
  if (readings.every((days) => days.length > 0)) return { readings };
  const date = found.readings[0]?.[0]?.from ?? today;
  return {
    problem: `You’d be back on ${formatDate(date, locale, 'date')}: then there is no day away to enter.`,
  };
}

const MIDDAY = '12:00';

/** `in 2 weeks`, of which `in` is said already: the day after so long. */
function readLength(text: string, scene: DaysScene): FoundDays {
  const { one: single, days, weeks } = scene.words;
  const [, count = '', inWeeks] =
    new RegExp(`^(\\d{1,3}|${single}) (?:${days}|(${weeks}))$`, 'u').exec(text) ?? [];
  if (count === '') return null;
  const many = (/^\d/.test(count) ? Number(count) : 1) * (inWeeks === undefined ? 1 : 7);
  return readAs(spanOff(addDays(scene.today, many)));
}

function readUntil(text: string, scene: DaysScene): FoundDays {
  const { words, today, locale } = scene;
  const [, day] = new RegExp(`^(?:${words.until}) (.+)$`, 'u').exec(text) ?? [];
  if (day === undefined) return null;
  const found = readPeriod(day, scene) ?? readEndOf(day, today) ?? readSingle(day, scene);
  if (!found || 'problem' in found) return found;
  const ends = found.readings.map(([end = spanOff(today)]) => end);
  const over = ends.find(({ to }) => to < today);
  if (over) {
    return { problem: `${formatDate(over.to, locale, 'date')} is over: until when is it?` };
  }
  const readings = ends.map(({ to, share, hours }) => {
    if (share === 1) return [spanOff(today, to)];
    // Until the afternoon: the morning of that day.
    const last = hours !== null && hours.start < MIDDAY ? { share, hours } : MORNING;
    return [...(to > today ? [spanOff(today, addDays(to, -1))] : []), spanOff(to, to, last)];
  });
  const [end] = ends;
  const isPlain = ends.length === 1 && end !== undefined && end.share === 1 && end.from === end.to;
  return {
    readings,
    // Many who are off until Wednesday are back on Wednesday.
    orElse: isPlain && end.to > today ? [spanOff(today, addDays(end.to, -1))] : null,
  };
}

function readEndOf(text: string, today: string): FoundDays {
  const [, what] = /^(?:the )?end of (?:the |this )?(week|month)$/.exec(text) ?? [];
  if (what === undefined) return null;
  return readAs(spanOff(today, what === 'week' ? sundayOf(today) : lastDayOfMonth(today)));
}
