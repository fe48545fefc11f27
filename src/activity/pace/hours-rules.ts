/** Where the hours of a catch-up go: a call block, beside what has its time in the week. */
import { freeStart, type WeekPart } from '../../plan/week-rules.ts';
import type { Weekday } from '../../time/local-date.ts';

export interface WeeklyBlock {
  days: Weekday[];
  /** Wall time, `HH:mm`. */
  start: string;
  minutes: number;
}

/** Minutes of a usual call block, and what their length is rounded up to. */
const USUAL = 90;
const STEP = 15;
/** Most minutes of one block. */
const LONGEST = 720;
/** When a block begins where no other one says so, and the earliest of the day. */
const USUAL_START = '09:00';
const EARLIEST = '08:00';

/** How many usual blocks so many minutes are. */
export const usualBlocks = (minutes: number): number => Math.ceil(minutes / USUAL);

/**
 * The block that takes in so many minutes a week: on days without one as far as there are enough, at the
 * time of those that are there where that is free.
 * @param workdays in their order, one at least.
 */
export function blockToAdd(
  minutesPerWeek: number,
  { week, workdays }: { week: readonly WeekPart[]; workdays: readonly Weekday[] },
): WeeklyBlock {
  const blocks = week.filter(({ kind }) => kind === 'block');
  const isFree = (day: Weekday) => !blocks.some(({ days }) => days.includes(day));
  const byRoom = [...workdays.filter(isFree), ...workdays.filter((day) => !isFree(day))];
  const count = Math.min(Math.max(1, usualBlocks(minutesPerWeek)), workdays.length);
  const taken = byRoom.slice(0, count);
  const days = workdays.filter((day) => taken.includes(day));
  const each = Math.ceil(minutesPerWeek / days.length / STEP) * STEP;
  const minutes = Math.min(LONGEST, Math.max(STEP, each));
  const usual = blocks[0]?.start ?? USUAL_START;
  const free = [usual, EARLIEST]
    .map((start) => freeStart({ days, start, minutes }, week))
    .find((start) => start !== null);
  return { days, start: free ?? usual, minutes };
}
