/** What a working day asks of its rep, how their week stands, and the days of which nothing is known. */
import { type ActivityLevel, CLOSING_ACTIVITIES } from '../plan/model/activities.ts';
import type { DayWeight } from '../plan/model/day-weights.ts';
import { ACTIVITIES, type Activity } from '../plan/schemas.ts';
import { addDays, mondayOf } from '../time/local-date.ts';
import { shareWorked, type WorkCalendar, workingDates } from '../time/working-days.ts';
import { type Counts, NO_COUNTS } from './schemas.ts';

/** The agreed levels of a plan and the days over which they are spread. */
export interface PlannedWork {
  /** The plan's working days as they were agreed, each with its weight (spec step 8). */
  weights: { days: readonly DayWeight[] };
  levels: Readonly<Record<Activity, Pick<ActivityLevel, 'exact'>>>;
  /** As it is by now: days that are away since have no plan. */
  calendar: WorkCalendar;
}

/** 3 × (1 ÷ 3) is one. */
const SLACK = 1e-9;

/**
 * What each working day asks of the rep, in whole numbers, by local date; days away are not in it.
 *
 * A day's own plan is its weight × the level of a day of weight 1 (spec step 10), spread so that the running
 * sum stays within 1 of the exact one: 0.3 a day is one on every third or fourth day and not one on each. The
 * sum runs over the days as they were agreed, so that time off since then moves nothing else: of a day that is half
 * off, what falls into its first half is asked.
 */
export function dayPlans({ weights, levels, calendar }: PlannedWork): Map<string, Counts> {
  const { days } = weights;
  const [first, last] = [days[0]?.date ?? '', days.at(-1)?.date ?? ''];
  const worked = new Set(first === '' ? [] : workingDates(calendar, first, last));
  const due = { ...NO_COUNTS };
  const planned = new Map<string, Counts>();
  for (const { date, creation, closing } of days) {
    const counts = { ...NO_COUNTS };
    const share = shareWorked(calendar, date);
    for (const activity of ACTIVITIES) {
      const weight = CLOSING_ACTIVITIES.includes(activity) ? closing : creation;
      const before = Math.floor(due[activity] + SLACK);
      const exact = weight * levels[activity].exact;
      counts[activity] = Math.floor(due[activity] + share * exact + SLACK) - before;
      due[activity] += exact;
    }
    if (worked.has(date)) planned.set(date, counts);
  }
  return planned;
}

const lastDays = new WeakMap<
  PlannedWork['levels'],
  { calendar: string; days: ReadonlyMap<string, Counts> }
>();

/** `dayPlans` of an agreed version, whose levels never change: worked out anew only where days off have. */
export function agreedDays(work: PlannedWork): ReadonlyMap<string, Counts> {
  const calendar = JSON.stringify(work.calendar);
  const last = lastDays.get(work.levels);
  if (last?.calendar === calendar) return last.days;
  const days = dayPlans(work);
  lastDays.set(work.levels, { calendar, days });
  return days;
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

/**
 * What a check-in asks with it: `after`, the one before it (local date; null: none), and whether it is the last of its
 * week, and so asks for what the plan judges beside the days. `asked`: the days that have a check-in, in order.
 */
export function askedWith(
  asked: readonly string[],
  date: string,
): { after: string | null; isWeekly: boolean } {
  const next = asked.find((day) => day > date);
  return {
    after: asked.findLast((day) => day < date) ?? null,
    isWeekly: next === undefined || mondayOf(next) > date,
  };
}

/** More of it in a day is seldom what came of it, and a contract never is what one tap says. */
const MOST_CONFIRMED: Counts = { calls: 60, visits: 6, demos: 6, proposals: 3, contracts: 0 };

/** Whether “as planned” can be true of a day, and so is offered. */
export function isConfirmable(planned: Counts): boolean {
  return (
    ACTIVITIES.some((activity) => planned[activity] > 0) &&
    ACTIVITIES.every((activity) => planned[activity] <= MOST_CONFIRMED[activity])
  );
}

export interface Week {
  /** Planned on the working days from Monday to `through`. */
  planned: Counts;
  /** Done on any day from Monday to `through`. */
  done: Counts;
  /** Working days among them. */
  days: number;
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
