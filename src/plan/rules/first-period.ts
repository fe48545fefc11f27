import type { Period } from '../schemas.ts';

/** From this month on (October) a new plan is for the coming year. */
const NEXT_YEAR_FROM_MONTH = 10;

/** The period that a plan begun on `today` (`YYYY-MM-DD`) most likely is for: a calendar year. */
export function firstPeriod(today: string): Period {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const of = month >= NEXT_YEAR_FROM_MONTH ? year + 1 : year;
  return { start: `${of}-01-01`, end: `${of}-12-31` };
}
