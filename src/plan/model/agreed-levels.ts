/** What the pair agreed on in place of the computed activities, and whether the calendar holds it. */
import type { Override, PlanDraft } from '../draft.ts';
import type { CallBlock, LocalDate } from '../schemas.ts';
import {
  type Activities,
  type ActivityLevel,
  activityLevel,
  CLOSING_ACTIVITIES,
  type PaceUnit,
} from './activities.ts';
import type { LiveFigures } from './compute.ts';
import type { DayWeights } from './day-weights.ts';
import { type Exact, exact } from './exact.ts';

/** The activity levels that hold for the draft, overruled ones in place (spec A9); null while not computable. */
export function agreedActivities(draft: PlanDraft, live: LiveFigures): Activities | null {
  const { activities, weights } = live;
  if (!activities || !weights) return null;
  const workdays = draft.calendar.workdays.length;
  const overruled = draft.overrides.map(
    (override) => [override.activity, overruledLevel(override, weights, workdays)] as const,
  );
  return { ...activities, ...Object.fromEntries(overruled) };
}

/** A level as the pair said it: that many of a day of weight 1, and all other counts from it. */
function overruledLevel(
  { activity, level: { count, per } }: Override,
  { creation, closing, daysPerMonth }: DayWeights,
  workdaysPerWeek: number,
): ActivityLevel {
  const days: Record<PaceUnit, Exact> = {
    day: exact(1),
    week: exact(workdaysPerWeek),
    month: daysPerMonth,
    quarter: daysPerMonth.mul(3),
  };
  const daily = exact(count).div(days[per]);
  const weights = CLOSING_ACTIVITIES.includes(activity) ? closing : creation;
  const level = activityLevel(daily.mul(weights), daily, { workdaysPerWeek, daysPerMonth });
  return { ...level, shown: { count, per } };
}

/** 3 × (1 ÷ 3) is one. */
const SLACK = 1e-9;

/**
 * Calls that a working day of the plan asks for: its weight × the level of a day of weight 1, in whole counts whose
 * running sum stays within 1 of the exact one (spec step 10).
 */
export function callsOn(
  date: LocalDate,
  { calls }: Pick<Activities, 'calls'>,
  { days }: Pick<DayWeights, 'days'>,
): number {
  const due = (counts: (day: LocalDate) => boolean) => {
    const passed = days.filter((day) => counts(day.date));
    const weight = passed.reduce((sum, { creation }) => sum + creation, 0);
    return Math.floor(weight * calls.exact + SLACK);
  };
  return due((day) => day <= date) - due((day) => day < date);
}

export interface CallCapacity {
  /** Minutes of call blocks in a working week. */
  minutesPerWeek: number;
  /** Calls that fit into them, rounded down. */
  callsPerWeek: number;
  /** Calls a week that the plan needs and the blocks don't hold; 0 where they fit. */
  short: number;
  /** Minutes of blocks a week that would hold them all, rounded up. */
  minutesNeeded: number;
}

/**
 * Whether the call blocks hold the calls that the plan needs (spec A9).
 * Capacity = Σ days × minutes ÷ 60 × calls an hour.
 */
export function callCapacity(
  blocks: readonly Pick<CallBlock, 'days' | 'minutes'>[],
  callsPerHour: number,
  callsNeededPerWeek: number,
): CallCapacity {
  const minutesPerWeek = blocks.reduce((sum, { days, minutes }) => sum + days.length * minutes, 0);
  const callsPerWeek = Math.floor((minutesPerWeek * callsPerHour) / 60);
  return {
    minutesPerWeek,
    callsPerWeek,
    short: Math.max(0, callsNeededPerWeek - callsPerWeek),
    minutesNeeded: Math.ceil((callsNeededPerWeek * 60) / callsPerHour),
  };
}
