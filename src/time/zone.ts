const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    try {
      format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
    } catch {
      // A zone that this release of the zone data doesn't know.
      format = formatIn('UTC');
    }
    formats.set(zone, format);
  }
  return format;
}

/** The local date (`YYYY-MM-DD`) that an instant has in an IANA zone; in UTC where it is unknown. */
export function localDateIn(zone: string, instant: Date): string {
  return formatIn(zone).format(instant);
}
