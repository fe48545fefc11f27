/** What days off are read with, and what comes of it. */
import { addDays, datesBetween, daysBetween } from '../time/local-date.ts';
import { type PartOfDay, WHOLE_DAY } from '../time/part-of-day.ts';
import type { SpanWords } from './span-words.ts';

/** Local dates, both ends in; of each so much. */
export interface DaysOff extends PartOfDay {
  from: string;
  to: string;
}

export interface Today {
  locale: string;
  /** Local date. */
  today: string;
  /** Whether somebody works on a date; Monday to Friday where left out. */
  isWorked?: ((date: string) => boolean) | undefined;
}

export interface SaidDays {
  readings: DaysOff[][];
  orElse?: DaysOff[] | null;
}

export type FoundDays = SaidDays | { problem: string } | null;

export interface DaysScene extends Today {
  words: SpanWords;
  isWorked: (date: string) => boolean;
}

export const MOST_READINGS = 4;

/** How far off a working day is looked for. */
export const NEAREST = 60;

export const spanOff = (from: string, to = from, part: PartOfDay = WHOLE_DAY): DaysOff => ({
  from,
  to,
  ...part,
});

export const readAs = (...days: DaysOff[]): SaidDays => ({ readings: [days] });

export function distinctDays(readings: readonly DaysOff[][]): DaysOff[][] {
  return [...new Map(readings.map((one) => [JSON.stringify(one), one] as const)).values()];
}

const isLong = ({ from, to }: DaysOff) => to < from || daysBetween(from, to) > 2 * NEAREST;

/** Whether nobody works on any of these days. */
export function isIdle(days: readonly DaysOff[], { isWorked }: DaysScene): boolean {
  return days.every((one) => !isLong(one) && !datesBetween(one.from, one.to).some(isWorked));
}

/** Of days on which nobody works, the next working day instead: of past ones the last before. */
export function nearestWorked(
  days: readonly DaysOff[],
  { today, isWorked }: DaysScene,
): DaysOff[] | null {
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
