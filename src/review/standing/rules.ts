/** Who needs their manager most, how long somebody has logged in a row, and until when somebody is away. */
import type { CountedDay } from '../../activity/pace/pace-rules.ts';
import { addDays } from '../../time/local-date.ts';
import type { WorkCalendar } from '../../time/working-days.ts';
import type { Health } from '../schemas.ts';

/**
 * How many counted days in a row are logged, up to the last one. `days`: before today, in order; a day that
 * was skipped with a reason is none of them. Today counts once it is logged, and is no miss before.
 */
export function streakOf(
  days: readonly Pick<CountedDay, 'logged'>[],
  isTodayLogged: boolean,
): number {
  const before = days.length - 1 - days.findLastIndex(({ logged }) => !logged);
  return before + (isTodayLogged ? 1 : 0);
}

/** The first date on which somebody is back who is off all of `today`; null: they are not off. */
export function backOn({ timeOff }: Pick<WorkCalendar, 'timeOff'>, today: string): string | null {
  let date = today;
  for (let before = ''; before !== date; ) {
    before = date;
    for (const { from, to, share = 1 } of timeOff) {
      if (share >= 1 && from <= date && date <= to) date = addDays(to, 1);
    }
  }
  return date === today ? null : date;
}

/** What is known of a rep by which their place in the team's table is found. */
export interface Need {
  name: string;
  /** Null: no plan is in force to stand by. */
  health: Health | null;
  /** Check-ins without an answer, where they have stopped logging. */
  unanswered: number | null;
  /** Booked ÷ due; null: nothing is due yet, or there is no plan. */
  attainment: number | null;
  isAway: boolean;
  /** What their manager owes them is overdue: a promise, a look back. */
  isOwed: boolean;
  /** The plan that the two have to sign is overdue. */
  isPlanOverdue: boolean;
}

const HEALTH_RANK: Record<Health, number> = {
  off_track: 0,
  at_risk: 2,
  on_track: 8,
  too_early: 8,
};
const NO_PLAN_RANK = 4;
const PLAN_OVERDUE_RANK = 3;

/** The lower, the sooner: off track, at risk, a plan overdue, no plan, then whoever is silent or waits, then the others. */
function rankOf({ health, unanswered, isAway, isOwed, isPlanOverdue }: Need): number {
  const standing = health === null ? NO_PLAN_RANK : HEALTH_RANK[health];
  const called = Math.min(
    isPlanOverdue ? PLAN_OVERDUE_RANK : 9,
    unanswered === null ? 9 : 5,
    isOwed ? 6 : 9,
  );
  // Whoever is away can't be helped today.
  return Math.min(standing, called) + (isAway ? 1 : 0);
}

/** By who needs attention first; of equals whoever has won least of what is due. */
export function byNeed(a: Need, b: Need): number {
  return (
    rankOf(a) - rankOf(b) ||
    (a.attainment ?? Number.POSITIVE_INFINITY) - (b.attainment ?? Number.POSITIVE_INFINITY) ||
    a.name.localeCompare(b.name, 'en')
  );
}
