/**
 * Local dates as plain `YYYY-MM-DD` text: no zone, no instant, so no daylight saving can bend them.
 * All arithmetic is on UTC day numbers and is exact for the years 1900–2199.
 */

const DAY_MS = 86_400_000;

/** Whether `text` is a calendar date that exists, written `YYYY-MM-DD`, between 1900 and 2199. */
export function isLocalDate(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}
