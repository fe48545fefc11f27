import type { AdjustableClock } from '../time/clock.ts';

export interface AdvanceParts {
  clock: AdjustableClock;
  /** When something becomes due next after an instant; null: never. */
  nextDue(after: Date): Promise<Date | null>;
  /** Ticks, and waits until what that has set off is done. */
  tick(): Promise<void>;
}

/**
 * Moves the clock to `to` through every instant at which something is due, as if the time had passed:
 * what is done at one of them may make something due at the next.
 *
 * @throws RangeError when `to` lies before the clock's now.
 */
export async function fastForward({ clock, nextDue, tick }: AdvanceParts, to: Date): Promise<void> {
  if (to < clock.now()) throw new RangeError('The clock only goes forward.');
  for (;;) {
    await tick();
    const next = await nextDue(clock.now());
    if (next === null || next >= to) break;
    moveTo(clock, next);
  }
  moveTo(clock, to);
  await tick();
}

/** Real time runs on meanwhile, and may have got there first. */
function moveTo(clock: AdjustableClock, instant: Date): void {
  if (instant > clock.now()) clock.moveTo(instant);
}
