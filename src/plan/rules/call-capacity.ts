import type { CallBlock } from '../schemas.ts';

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
