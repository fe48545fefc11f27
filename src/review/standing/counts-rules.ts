/** How reps stand, in counts. */
import type { Health } from '../schemas.ts';
import type { StandingNow } from './standings.ts';

/** Of fewer, a count would say who. */
export const LEAST_TOLD = 3;

/** How many stand how. */
export interface StandingCounts {
  reps: number;
  offTrack: number;
  atRisk: number;
  onTrack: number;
  /** Nothing is due yet by which to judge them. */
  tooEarly: number;
  /** No plan is in force. */
  none: number;
}

export function standingCounts(standings: readonly StandingNow[]): StandingCounts {
  const count = (health: Health | null) =>
    standings.filter(({ card }) => (card?.standing ?? null) === health).length;
  return {
    reps: standings.length,
    offTrack: count('off_track'),
    atRisk: count('at_risk'),
    onTrack: count('on_track'),
    tooEarly: count('too_early'),
    none: count(null),
  };
}
