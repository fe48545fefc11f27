import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

/** The instant at which clocks in a zone show a date (`YYYY-MM-DD`) and time (`HH:mm`). */
export function instantOf(date: string, time: string, timeZone: string): Date {
  return dayjs.tz(`${date} ${time}`, timeZone).toDate();
}

/** The next 9:00 in a zone that falls on a Monday to Friday, after `now`. */
export function nextWorkingMorning(now: Date, timeZone: string): Date {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(now);
  for (let days = 0; ; days += 1) {
    const day = dayjs.utc(today).add(days, 'day');
    if (day.day() === 0 || day.day() === 6) continue;
    const morning = instantOf(day.format('YYYY-MM-DD'), '09:00', timeZone);
    if (morning > now) return morning;
  }
}
