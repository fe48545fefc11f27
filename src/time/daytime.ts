import { addDays } from './local-date.ts';
import type { Zone } from './zone.ts';

const FROM = '08:00';
const UNTIL = '18:00';

/** Now where it is daytime in the zone (8 to 18 o'clock), else the next 8 o'clock there. */
export function nextDaytime(zone: Zone, now: Date): Date {
  const [date, time] = [zone.dateAt(now), zone.timeAt(now)];
  if (time >= FROM && time < UNTIL) return now;
  return zone.instantAt(time < FROM ? date : addDays(date, 1), FROM);
}
