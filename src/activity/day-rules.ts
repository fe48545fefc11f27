/** What a working day asks of its rep, how their week stands, and the days of which nothing is known. */
import type { ActivityLevel } from '../plan/model/activities.ts';
import { ACTIVITIES, type Activity } from '../plan/schemas.ts';
import { addDays, WEEKDAYS, weekdayOf } from '../time/local-date.ts';
import { type WorkCalendar, workingDates } from '../time/working-days.ts';
import { type Counts, NO_COUNTS } from './schemas.ts';

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

/**
 * The last working days in a row before `today` of which nothing is known, as a range of dates; null
 * where the last one is known. `workingDays` in order.
 */
export function silentStretch(
  workingDays: readonly string[],
  known: { has(date: string): boolean },
  today: string,
): { from: string; to: string } | null {
  const before = workingDays.filter((date) => date < today);
  const silent = before.slice(before.findLastIndex((date) => known.has(date)) + 1);
  const [from, to = from] = [silent[0], silent.at(-1)];
  return from !== undefined && to !== undefined ? { from, to } : null;
}

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

/** A call block that is still to come or under way today. */
interface OpenBlock {
  id: string;
  minutes: number;
}

/**
 * How many dials one of today's open blocks should hold: what is left of the day's calls, shared out by
 * the blocks' minutes, rounded up; 0 where nothing is left.
 */
export function blockDials(
  blockId: string,
  open: readonly OpenBlock[],
  calls: { target: number; done: number },
): number {
  const left = Math.max(0, calls.target - calls.done);
  const minutes = open.reduce((sum, block) => sum + block.minutes, 0);
  const own = open.find(({ id }) => id === blockId)?.minutes ?? 0;
  return minutes > 0 ? Math.ceil((left * own) / minutes) : 0;
}
