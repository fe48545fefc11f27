import { addDays, type Weekday, weekdayOf } from '../time/local-date.ts';
import { nextWorkingMorning } from '../time/working-morning.ts';
import { localDateIn, zoneOf } from '../time/zone.ts';

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
