/** What is in the way of something that has its time in the week, in words. */
import type { Problem } from '../input/problem.ts';
import { weekdayList } from '../people/names-view.ts';
import { WEEKDAYS } from '../time/local-date.ts';
import { laterOn } from '../time/time-of-day.ts';
import { clashOf, freeStart, type WeekPart, type WeekSpan } from './week-rules.ts';

const PART_NAMES = {
  block: 'A call block',
  sync: 'The SDR sync',
  review: 'The monthly 1:1',
};

/** `A call block is there on Mon and Tue, 09:00–10:30: 10:30 is free.`; null where nothing is there. */
export function takenProblem(
  span: WeekSpan,
  parts: readonly WeekPart[],
  timeText: (time: string) => string = (time) => time,
): string | null {
  const part = clashOf(span, parts);
  if (!part) return null;
  const days = WEEKDAYS.filter((day) => part.days.includes(day) && span.days.includes(day));
  const on = days.length === span.days.length ? '' : ` on ${weekdayList(days)}`;
  const free = freeStart(span, parts);
  const from = `${timeText(part.start)}–${timeText(laterOn(part.start, part.minutes))}`;
  const way = free === null ? 'another time would do' : `${timeText(free)} is free`;
  return `${PART_NAMES[part.kind]} is there${on}, ${from}: ${way}.`;
}

/**
 * The same as a problem at a field. What stands as it was is let be: it is in the plan already, and whoever
 * changes something else isn't asked about it.
 */
export function takenProblems(
  path: string,
  span: WeekSpan,
  before: WeekSpan | null,
  { isNew = false, parts }: { isNew?: boolean; parts: readonly WeekPart[] },
): Problem[] {
  const isSame = !isNew && before !== null && keyOf(span) === keyOf(before);
  const problem = isSame ? null : takenProblem(span, parts);
  return problem === null ? [] : [{ path, problem }];
}

const keyOf = ({ days, start, minutes }: WeekSpan) => [...days, start, minutes].join();
