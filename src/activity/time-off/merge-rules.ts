/** Absences that overlap are one; a day of which both halves are off is off. */
import type { DaysOff } from '../../input/days-off-scene.ts';
import { addDays, earliestOf, latestOf } from '../../time/local-date.ts';
import { type Hours, partOfHours, WHOLE_DAY } from '../../time/part-of-day.ts';

const isWhole = ({ share }: DaysOff) => share === 1;
const overlap = (a: DaysOff, b: DaysOff) => a.from <= b.to && b.from <= a.to;
const covers = (whole: DaysOff, part: DaysOff) =>
  isWhole(whole) && whole.from <= part.from && part.to <= whole.to;

/**
 * What becomes of days off beside those that are entered: as one entry, and those that it takes the place of (as
 * they are: they hold what is added already, where the entry is one of them).
 */
export function mergeDaysOff<Entry extends DaysOff>(
  added: DaysOff,
  entered: readonly Entry[],
): { entry: DaysOff; absorbed: Entry[] } {
  let entry = added;
  const absorbed: Entry[] = [];
  const left = new Set(entered);
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false;
    for (const one of left) {
      const both = overlap(entry, one) ? union(entry, one) : null;
      if (!both) continue;
      entry = both;
      absorbed.push(one);
      left.delete(one);
      isGrowing = true;
    }
  }
  return { entry, absorbed };
}

/** Null where they stand beside each other: a half within no whole day of the other's. */
function union(a: DaysOff, b: DaysOff): DaysOff | null {
  if (isWhole(a) && isWhole(b)) {
    return { from: earliestOf(a.from, b.from), to: latestOf(a.to, b.to), ...WHOLE_DAY };
  }
  if (covers(a, b)) return a;
  if (covers(b, a)) return b;
  const isSameDay = a.from === a.to && b.from === b.to && a.from === b.from;
  if (!isSameDay || isWhole(a) || isWhole(b)) return null;
  const { from, to } = a;
  if (a.hours === null || b.hours === null) return a.hours === null ? b : a;
  const part = partOfHours(hull(a.hours, b.hours));
  return { from, to, ...(part === 'evening' ? WHOLE_DAY : part) };
}

const hull = (a: Hours, b: Hours): Hours => ({
  start: earliestOf(a.start, b.start),
  end: latestOf(a.end, b.end),
});

/** What is left of days off without those from `from` to `to`, in order. */
export function withoutDays<Entry extends DaysOff>(
  entry: Entry,
  { from, to }: { from: string; to: string },
): Entry[] {
  if (to < entry.from || from > entry.to) return [entry];
  const before = { ...entry, to: addDays(from, -1) };
  const after = { ...entry, from: addDays(to, 1) };
  return [before, after].filter((one) => one.from <= one.to);
}
