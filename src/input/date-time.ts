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
 * is the day that is written. A time in UTC other than midnight may be another day where its reader is: it is that
 * where `dateAt` says which one (of an instant, a local date), else asked.
 */
export function readDateOrTime(
  text: string,
  { locale, dateAt }: { locale: string; dateAt?: ((at: Date) => string) | undefined },
): Read<string> {
  const { date, time = '', zone = '' } = WITH_TIME.exec(tidy(text))?.groups ?? {};
  if (date === undefined) return readDate(text, { locale });
  const read = readDate(date, { locale });
  if (!read.ok || !UTC.test(zone) || MIDNIGHT.test(time)) return read;
  const at = new Date(`${read.value}T${time.padStart(5, '0').replace(',', '.')}Z`);
  const isTwelveHours = /[ap]\.?m\.?/i.test(text.slice(date.length));
  if (dateAt && !isTwelveHours && !Number.isNaN(at.getTime())) {
    return { ok: true, value: dateAt(at) };
  }
  return doubt(`Which day is that where you are? Write it alone, like ${read.value}.`, [
    read.value,
  ]);
}
