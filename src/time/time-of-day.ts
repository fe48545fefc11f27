/** Times of a day as clocks show them, `HH:mm`, without a date or a zone. */

/** Minutes since midnight. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return 60 * hours + minutes;
}

/** The wall time (`HH:mm`) so many minutes later on the same day; 23:59 where that is past midnight. */
export function laterOn(time: string, minutes: number): string {
  return timeAt(Math.min(minutesOf(time) + minutes, 24 * 60 - 1));
}

/** The wall time (`HH:mm`) so many minutes earlier on the same day; 00:00 where that is before it. */
export function earlierOn(time: string, minutes: number): string {
  return timeAt(Math.max(minutesOf(time) - minutes, 0));
}

function timeAt(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** Whether two meet at such a time only if one of them gets up for it, or stays up. */
export function isUnkindTime(time: string): boolean {
  return time < '07:00' || time >= '20:00';
}
