import { z } from 'zod';
import type { AdjustableClock } from '../time/clock.ts';

/** The sandbox's clock together with when it was moved, so that old messages keep their time. */
export interface ClockMoves {
  now(): Date;
  /** @throws RangeError when `instant` lies before now. */
  moveTo(instant: Date): void;
  /** The time on the sandbox's clock when the machine's clock showed `realTime`. */
  at(realTime: Date): Date;
  snapshot(): Move[];
  /** Takes up earlier moves: the clock goes on as far ahead of the machine as it last was. */
  restore(moves: Move[]): void;
}

/** From `since` on (machine time, in ms) the clock ran `ahead` ms ahead of the machine. */
export type Move = z.infer<typeof moveSchema>;
export const moveSchema = z.object({ since: z.number(), ahead: z.number().min(0) });

export function createClockMoves(clock: AdjustableClock): ClockMoves {
  let moves: Move[] = [];
  const note = () => {
    const since = Date.now();
    moves.push({ since, ahead: Math.max(0, clock.now().getTime() - since) });
  };
  return {
    now: () => clock.now(),
    moveTo(instant) {
      clock.moveTo(instant);
      note();
    },
    at(realTime) {
      const time = realTime.getTime();
      const move = moves.findLast(({ since }) => since <= time);
      return new Date(time + (move?.ahead ?? 0));
    },
    snapshot: () => moves,
    restore(earlier) {
      moves = [...earlier];
      const ahead = earlier.at(-1)?.ahead ?? 0;
      const target = new Date(Date.now() + ahead);
      if (target > clock.now()) clock.moveTo(target);
    },
  };
}
