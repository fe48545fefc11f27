import { z } from 'zod';
import type { AdjustableClock } from '../time/clock.ts';
import { addDays, type Weekday, weekdayOf } from '../time/local-date.ts';
import { nextWorkingMorning } from '../time/working-morning.ts';
import { localDateIn, zoneOf } from '../time/zone.ts';
import { moment } from './slack/moment.ts';

/** The sandbox's clock together with when it was moved, so that old messages keep their time. */
export interface ClockMoves {
  now(): Date;
  /** @throws RangeError when `instant` lies before now. */
  moveTo(instant: Date): void;
  /** Takes down that somebody else moved the clock, if somebody did. */
  note(): void;
  /** The time on the sandbox's clock when the machine's clock showed `realTime` (ms). */
  at(realTime: number): Date;
  snapshot(): Move[];
  /** Takes up earlier moves: the clock goes on as far ahead of the machine as it last was. */
  restore(moves: Move[]): void;
}

/** From `since` on (machine time, in ms) the clock ran `ahead` ms ahead of the machine. */
export type Move = z.infer<typeof moveSchema>;
export const moveSchema = z.object({ since: z.number(), ahead: z.number().min(0) });

/** Less than this (ms) is the time between two looks at two clocks, not a move. */
const jitter = 1000;

export function createClockMoves(clock: AdjustableClock): ClockMoves {
  let moves: Move[] = [];
  const note = () => {
    const since = moment();
    const ahead = Math.max(0, clock.now().getTime() - since);
    if (ahead - (moves.at(-1)?.ahead ?? 0) >= jitter) moves.push({ since, ahead });
  };
  return {
    now: () => clock.now(),
    moveTo(instant) {
      clock.moveTo(instant);
      note();
    },
    note,
    at(realTime) {
      const move = moves.findLast(({ since }) => since <= realTime);
      return new Date(realTime + (move?.ahead ?? 0));
    },
    snapshot() {
      note();
      return moves;
    },
    restore(earlier) {
      moves = [...earlier];
      const ahead = earlier.at(-1)?.ahead ?? 0;
      const target = new Date(Date.now() + ahead);
      if (target > clock.now()) clock.moveTo(target);
    },
  };
}

/** How far the clock can be moved with one press, in the order shown. */
export const leaps = ['next hour', 'next check-in', 'next working morning', 'next Monday'] as const;
export type Leap = (typeof leaps)[number];

const workdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

/** Where a leap leads from `now`, for somebody in a zone. Always later than `now`. */
export function leapFrom(now: Date, leap: Leap, zone: string): Date {
  const today = localDateIn(zone, now);
  switch (leap) {
    case 'next hour':
      return new Date(now.getTime() + 3_600_000);
    case 'next check-in':
      return nextOn(workdays, '16:30', today, now, zone);
    case 'next working morning':
      return nextWorkingMorning(now, zone);
    case 'next Monday':
      // On a Monday a whole week goes by, also before nine.
      return nextOn(['mon'], '09:00', addDays(today, 1), now, zone);
  }
}

/** The first time after `now` that it is `time` on one of these days, on `first` or later. */
function nextOn(
  days: readonly Weekday[],
  time: string,
  first: string,
  now: Date,
  zone: string,
): Date {
  for (let date = first; ; date = addDays(date, 1)) {
    if (!days.includes(weekdayOf(date))) continue;
    const instant = zoneOf(zone).instantAt(date, time);
    if (instant > now) return instant;
  }
}
