import { addDays, weekdayOf } from './local-date.ts';
import { instantOf } from './wall-time.ts';
import { localDateIn } from './zone.ts';

/** The next 9:00 in a zone that falls on a Monday to Friday, after `now`. */
export function nextWorkingMorning(now: Date, timeZone: string): Date {
  for (let date = localDateIn(timeZone, now); ; date = addDays(date, 1)) {
    if (['sat', 'sun'].includes(weekdayOf(date))) continue;
    const morning = instantOf(date, '09:00', timeZone);
    if (morning > now) return morning;
  }
}
