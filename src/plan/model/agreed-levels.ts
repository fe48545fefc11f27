/** What the pair agreed on in place of the computed activities, and whether the calendar holds it. */
import type { PlanDraft } from '../draft.ts';
import type { Activity, CallBlock } from '../schemas.ts';
import type { Activities } from './activities.ts';
import type { LiveFigures } from './compute.ts';

interface Days {
  workdaysPerWeek: number;
  sellingDays: number;
  /** M of spec step 8; may have decimals. */
  perMonth: number;
}

/** The computed levels with what the pair overruled in their place (spec A9), counts rounded up. */
function agreedLevels(
  computed: Activities,
  overrides: readonly { activity: Activity; perDay: number }[],
  days: Days,
): Activities {
  const overruled = overrides.map(({ activity, perDay }) => [
    activity,
    {
      perDay,
      perWeek: perDay * days.workdaysPerWeek,
      perMonth: Math.ceil(perDay * days.perMonth - 1e-9),
      total: perDay * days.sellingDays,
    },
  ]);
  return { ...computed, ...Object.fromEntries(overruled) };
}

/** The activity levels that hold for the draft, overruled ones in place; null while not computable. */
export function agreedActivities(draft: PlanDraft, live: LiveFigures): Activities | null {
  const perMonth = live.explanations.daysPerMonth?.result.value;
  if (!live.activities || live.sellingDays === null || typeof perMonth !== 'number') return null;
  const workdaysPerWeek = draft.calendar.workdays.length;
  return agreedLevels(live.activities, draft.overrides, {
    workdaysPerWeek,
    sellingDays: live.sellingDays,
    perMonth,
  });
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
