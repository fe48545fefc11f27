import type { ClockMoves } from './clock-moves.ts';
import type { SendOutcome } from './protocol.ts';

/** Lets the app live through the time up to `to`; resolves when the clock is there. */
export type Advance = (to: Date) => Promise<void>;

/** Moves the sandbox's clock together with the app; moves take turns. */
export interface ClockMover {
  /** Where the clock is on its way to; null at rest. */
  goal(): Date | null;
  /**
   * Moves the clock to where `goalFrom` leads when it is this move's turn, and resolves when it is
   * there, which may take minutes. Never rejects.
   */
  move(goalFrom: (now: Date) => Date): Promise<SendOutcome>;
  /** From now on the app is told of each move; until then the clock jumps. */
  drive(advance: Advance): void;
}

/** How often (ms) pages are shown how far the clock has come. */
const showEvery = 500;

/** @param show tells the pages that there is something new to see. */
export function createClockMover(clock: ClockMoves, show: () => void): ClockMover {
  let advance: Advance = async (to) => clock.moveTo(to);
  let goal: Date | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const moveNow = async (to: Date): Promise<SendOutcome> => {
    if (!(to >= clock.now()))
      return { outcome: 'trouble', message: 'The clock only goes forward. Pick a later time.' };
    goal = to;
    show();
    const showing = setInterval(() => {
      clock.note();
      show();
    }, showEvery);
    try {
      await advance(to);
      return { outcome: 'done' };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { outcome: 'trouble', message: `The clock stopped on the way: ${reason}` };
    } finally {
      clearInterval(showing);
      clock.note();
      goal = null;
      show();
    }
  };

  return {
    goal: () => goal,
    move(goalFrom) {
      const moved = last.then(() => moveNow(goalFrom(clock.now())));
      last = moved;
      return moved;
    },
    drive(through) {
      advance = through;
    },
  };
}
