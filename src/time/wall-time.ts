/** From what clocks show somewhere to the instant that it is. */
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * The instant at which clocks in a zone show a date (`YYYY-MM-DD`) and time (`HH:mm`). Of an hour that
 * comes twice, the first. A time that clocks leap over is as late after the leap as it would have been
 * after the leap's beginning: where 2:00 is followed by 3:00, 2:30 is 3:30.
 *
 * @throws RangeError where the zone is unknown.
 */
export function instantOf(date: string, time: string, timeZone: string): Date {
  const instant = dayjs.tz(`${date} ${time}`, timeZone).valueOf();
  // In an hour that comes twice, which of them dayjs takes depends on the offset of the day it is asked.
  const before = offsetIn(timeZone, instant - DAY_MS);
  const earlier = instant - (before - offsetIn(timeZone, instant));
  const isTwice = earlier < instant && offsetIn(timeZone, earlier) === before;
  return new Date(isTwice ? earlier : instant);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clocks are ahead of UTC, in ms. Whole minutes, as everywhere since 1972. */
function offsetIn(timeZone: string, instant: number): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, format);
  }
  const [, sign = '+', hours = 0, minutes = 0] =
    /GMT([+-])(\d\d):(\d\d)/.exec(format.format(instant)) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}
