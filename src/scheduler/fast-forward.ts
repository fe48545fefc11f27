import { setTimeout as sleep } from 'node:timers/promises';
import type { AdjustableClock } from '../time/clock.ts';

export interface AdvanceParts {
  clock: AdjustableClock;
  /** When something becomes due next after an instant; null: never. */
  nextDue(after: Date): Promise<Date | null>;
  /**
   * When something that is due by the clock and failed is tried again, on the machine's clock, which doesn't
   * jump; null: nothing is.
   */
  retryAt(now: Date): Promise<Date | null>;
  /** Ticks, and waits until what that has set off is done. */
  tick(): Promise<void>;
}

/** After so long, what fails is left behind. */
const PATIENCE_MS = 40_000;
const LEAST_WAIT_MS = 250;

/**
 * Moves the clock to `to` through every instant at which something is due, as if the time had passed:
 * what is done at one of them may make something due at the next.
 *
 * @throws RangeError when `to` lies before the clock's now.
 */
export async function fastForward(parts: AdvanceParts, to: Date): Promise<void> {
  const { clock, nextDue } = parts;
  if (to < clock.now()) throw new RangeError('The clock only goes forward.');
  for (;;) {
    await tickThrough(parts);
    const next = await nextDue(clock.now());
    if (next === null || next >= to) break;
    moveTo(clock, next);
  }
  moveTo(clock, to);
  await tickThrough(parts);
}

/** Ticks until all is done that is due: what has to be tried again would have been, had the time passed. */
async function tickThrough({ clock, retryAt, tick }: AdvanceParts): Promise<void> {
  const patience = Date.now() + PATIENCE_MS;
  for (;;) {
    await tick();
    const again = await retryAt(clock.now());
    if (again === null || again.getTime() > patience || Date.now() > patience) return;
    await sleep(Math.max(LEAST_WAIT_MS, again.getTime() - Date.now()));
  }
}

/** Real time runs on meanwhile, and may have got there first. */
function moveTo(clock: AdjustableClock, instant: Date): void {
  if (instant > clock.now()) clock.moveTo(instant);
}
