import type { Activity } from '../schemas.ts';
import type { Activities } from './activities.ts';

interface Days {
  workdaysPerWeek: number;
  sellingDays: number;
  /** M of spec step 8; may have decimals. */
  perMonth: number;
}

/** The computed levels with what the pair overruled in their place (spec A9), counts rounded up. */
export function agreedLevels(
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
