/** Counted days made of few numbers. */
import type { CountedDay } from '../../src/activity/pace/pace-rules.ts';
import type { Activity } from '../../src/plan/schemas.ts';
import { addDays } from '../../src/time/local-date.ts';

type Counts = Partial<Record<Activity, number>>;

const all = (counts: Counts): Record<Activity, number> => ({
  calls: 0,
  visits: 0,
  demos: 0,
  proposals: 0,
  contracts: 0,
  ...counts,
});

/** The `index`th weekday (Monday to Friday) from Monday, 4 January 2027, on. */
export function weekday(index: number): string {
  return addDays('2027-01-04', Math.floor(index / 5) * 7 + (((index % 5) + 5) % 5));
}

/**
 * So many counted days, Monday to Friday, from the `first`th weekday of 2027's first full week on:
 * what was done (by day number), with 10 calls a day planned unless said otherwise.
 */
export function countedDays(
  count: number,
  done: Counts | ((day: number) => Counts),
  first = 0,
  planned: Counts = { calls: 10 },
): CountedDay[] {
  return Array.from({ length: count }, (_, day) => ({
    date: weekday(first + day),
    planned: all(planned),
    done: all(typeof done === 'function' ? done(day) : done),
    logged: true,
  }));
}
