import { lastDayOfMonth, monthOf, monthsBetween } from '../../time/local-date.ts';
import type { Period } from '../schemas.ts';
import type { Problem } from './problem.ts';

/** Five years: beyond it nobody plans by the month. */
const MAX_MONTHS = 60;

/** Whole calendar months, in order, at most `MAX_MONTHS`; paths `start` and `end`. */
export function checkPeriod({ start, end }: Period): Problem[] {
  const problems: Problem[] = [];
  const first = `${monthOf(start)}-01`;
  if (start !== first) {
    problems.push({ path: 'start', problem: `must be the first of a month: ${first} would do` });
  }
  const last = lastDayOfMonth(end);
  if (end !== last) {
    problems.push({ path: 'end', problem: `must be the last day of a month: ${last} would do` });
  }
  if (end < start) {
    problems.push({ path: 'end', problem: `must come after the start, ${start}` });
  } else if (monthsBetween({ start, end }).length > MAX_MONTHS) {
    const latest = lastDayOfMonth(start, MAX_MONTHS - 1);
    problems.push({
      path: 'end',
      problem: `must be at most ${MAX_MONTHS} months after the start: ${latest} at the latest`,
    });
  }
  return problems;
}
