import { ACTIVITIES } from '../../plan/schemas.ts';
import { addDays, WEEKDAYS, weekdayOf } from '../../time/local-date.ts';
import { type Counts, NO_COUNTS } from '../schemas.ts';

export interface Week {
  /** Planned on the working days from Monday to `through`. */
  planned: Counts;
  /** Done on any day from Monday to `through`. */
  done: Counts;
  /** Working days among them. */
  days: number;
}

/** The Monday of the date's week. */
export function mondayOf(date: string): string {
  return addDays(date, -WEEKDAYS.indexOf(weekdayOf(date)));
}

/** The week of `through` (a local date), up to and with it. Days away have no plan. */
export function weekSoFar(
  planned: ReadonlyMap<string, Counts>,
  done: ReadonlyMap<string, Counts>,
  through: string,
): Week {
  const monday = mondayOf(through);
  const week: Week = { planned: { ...NO_COUNTS }, done: { ...NO_COUNTS }, days: 0 };
  for (let date = monday; date <= through; date = addDays(date, 1)) {
    const plan = planned.get(date);
    if (plan) week.days += 1;
    for (const activity of ACTIVITIES) {
      week.planned[activity] += plan?.[activity] ?? 0;
      week.done[activity] += done.get(date)?.[activity] ?? 0;
    }
  }
  return week;
}
