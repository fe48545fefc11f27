/** Which of a plan's renewals a rep is asked about, once their dates have passed. */
import { addDays } from '../../time/local-date.ts';

interface DueRow {
  id: string;
  /** Local date on which it was due. */
  date: string;
}

/**
 * The renewals to be asked about in the check-in of `date`: those whose date has passed since the check-in before
 * (`after`, exclusive; null: whenever it was), or for which the rep wanted to be asked again by now. `waits`: until
 * when, by id. In the order of their dates.
 */
export function renewalsDue<R extends DueRow>(
  renewals: readonly R[],
  waits: ReadonlyMap<string, string>,
  { after, date }: { after: string | null; date: string },
): R[] {
  const askOn = (row: R) => waits.get(row.id) ?? addDays(row.date, 1);
  return renewals
    .filter((row) => askOn(row) <= date && (after === null || askOn(row) > after))
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
