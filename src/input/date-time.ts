/** Dates as exports write them, with a time of day behind. */
import { readDate } from './date.ts';
import { doubt, type Read, tidy } from './read.ts';

const WITH_TIME =
  /^(?<date>.*?\d)(?:t|,? )(?<time>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)(?: ?[ap]\.?m\.?)? ?(?<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?$/i;

/** No time at all, as what is a date alone is exported. */
const MIDNIGHT = /^0?0:00(?::00(?:[.,]0+)?)?$/;
const UTC = /^(?:z|utc|gmt|[+-]00:?00)$/i;

/**
 * As `readDate`, and with a time behind it: `2027-03-31 00:00`, `3/31/2027 12:00 AM`, `2027-03-31T00:00:00Z`. It
 * is the day that is written. A time in UTC other than midnight may be another day where its reader is: asked.
 */
export function readDateOrTime(text: string, { locale }: { locale: string }): Read<string> {
  const { date, time = '', zone = '' } = WITH_TIME.exec(tidy(text))?.groups ?? {};
  if (date === undefined) return readDate(text, { locale });
  const read = readDate(date, { locale });
  if (!read.ok || !UTC.test(zone) || MIDNIGHT.test(time)) return read;
  return doubt(`Which day is that where you are? Write it alone, like ${read.value}.`, [
    read.value,
  ]);
}
