/** Where "now" comes from. Everything that depends on the time of day takes one of these. */
export interface Clock {
  now(): Date;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that can be moved ahead; real time keeps running on top of the move. */
export interface AdjustableClock extends Clock {
  /**
   * Moves the clock forward, so that `now()` continues from `instant`.
   *
   * @throws RangeError when `instant` lies before `now()`: what has happened stays in the past.
   */
  moveTo(instant: Date): void;
}

/** A clock that starts at the machine's time and may be moved ahead of it. */
export function createAdjustableClock(source: Clock = systemClock): AdjustableClock {
  let ahead = 0;
  const now = () => new Date(source.now().getTime() + ahead);
  return {
    now,
    moveTo(instant) {
      const step = instant.getTime() - now().getTime();
      if (!(step >= 0)) throw new RangeError('The clock only goes forward.');
      ahead += step;
    },
  };
}
