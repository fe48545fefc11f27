import type { ActivityLevel } from '../plan/model/activities.ts';
import { ACTIVITIES, type Activity } from '../plan/schemas.ts';
import { type WorkCalendar, workingDates } from '../time/working-days.ts';

/** The agreed levels of a plan and the days over which they are spread. */
export interface PlannedWork {
  period: { start: string; end: string };
  calendar: WorkCalendar;
  levels: Record<Activity, ActivityLevel>;
  /** N of the plan: the days that the levels' totals were divided by. */
  sellingDays: number;
}

/** From this many a day on, rounding up to the agreed daily number adds under a tenth. */
const WHOLE_FROM = 10;
/** 3 × (1 ÷ 3) is one. */
const SLACK = 1e-9;

/**
 * What each working day asks of the rep, in whole numbers, by local date; days away are not in it.
 *
 * Ten a day or more are the agreed daily number (spec step 10: rounded up). Fewer are spread, so that a
 * rate of 0.3 is one on every third or fourth day and not one on each: on the `i`th working day of the
 * period (time off counted, so that a new absence moves nothing) ⌊rate × i⌋ − ⌊rate × (i − 1)⌋, with
 * rate = total ÷ selling days.
 */
export function dayPlans(work: PlannedWork): Map<string, Record<Activity, number>> {
  const { period, calendar, levels, sellingDays } = work;
  const numbered = workingDates({ ...calendar, timeOff: [] }, period.start, period.end);
  const worked = new Set(workingDates(calendar, period.start, period.end));
  const planned = new Map<string, Record<Activity, number>>();
  for (const [index, date] of numbered.entries()) {
    if (!worked.has(date)) continue;
    const counts = ACTIVITIES.map((activity) => {
      const { total, perDay } = levels[activity];
      const rate = sellingDays > 0 ? total / sellingDays : 0;
      return [activity, rate >= WHOLE_FROM ? perDay : spread(rate, index)] as const;
    });
    planned.set(date, Object.fromEntries(counts) as Record<Activity, number>);
  }
  return planned;
}

function spread(rate: number, index: number): number {
  return Math.floor(rate * (index + 1) + SLACK) - Math.floor(rate * index + SLACK);
}
