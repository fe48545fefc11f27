/** How reps stand, in counts. */
import type { StandingNow } from './standings.ts';

/** Of fewer, a count would say who. */
export const LEAST_TOLD = 3;

/** How many stand how. */
export interface StandingCounts {
  reps: number;
  offTrack: number;
  atRisk: number;
  onTrack: number;
  /** No plan is in force. */
  none: number;
}

export function standingCounts(standings: readonly StandingNow[]): StandingCounts {
  const count = (health: string | null) =>
    standings.filter(({ card }) => (card?.standing ?? null) === health).length;
  return {
    reps: standings.length,
    offTrack: count('off_track'),
    atRisk: count('at_risk'),
    onTrack: count('on_track'),
    none: count(null),
  };
}
