/** The dates of a plan: its period and its reviews. */
import { WEEKDAYS, type Weekday } from '../../time/local-date.ts';
import type { Period } from '../schemas.ts';

/** From this month on (October) a new plan is for the coming year. */
const NEXT_YEAR_FROM_MONTH = 10;

/** The period that a plan begun on `today` (`YYYY-MM-DD`) most likely is for: a calendar year. */
export function firstPeriod(today: string): Period {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const of = month >= NEXT_YEAR_FROM_MONTH ? year + 1 : year;
  return { start: `${of}-01-01`, end: `${of}-12-31` };
}

/**
 * The date on which a month's milestone is reviewed (spec A11): the `ordinal`th `weekday` of the
 * month after it, such as the first Tuesday. `month` is `YYYY-MM`; the result is `YYYY-MM-DD`.
 */
export function reviewDate(
  month: string,
  { ordinal, weekday }: { ordinal: number; weekday: Weekday },
): string {
  const [year = 0, monthNumber = 1] = month.split('-').map(Number);
  const first = new Date(Date.UTC(year, monthNumber, 1));
  const wanted = WEEKDAYS.indexOf(weekday);
  const found = (first.getUTCDay() + 6) % 7;
  const day = 1 + ((wanted - found + 7) % 7) + (ordinal - 1) * 7;
  return new Date(Date.UTC(year, monthNumber, day)).toISOString().slice(0, 10);
}
