import { instantOf } from './wall-time.ts';

/** The clocks of one place. */
export interface Zone {
  /** The local date (`YYYY-MM-DD`) at an instant. */
  dateAt(instant: Date): string;
  /** What clocks show (`HH:mm`) at an instant. */
  timeAt(instant: Date): string;
  /**
   * The instant at which clocks show a date and time (`HH:mm`): of an hour that comes twice the first;
   * a time that clocks leap over is put off by as much as they leap.
   */
  instantAt(date: string, time: string): Date;
}

const zones = new Map<string, Zone>();

/** The zone of an IANA name; UTC where this release of the zone data doesn't know it. */
export function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (!zone) {
    zone = createZone(timeZone);
    zones.set(timeZone, zone);
  }
  return zone;
}

/** What a calendar and a clock show somewhere. */
export interface WallTime {
  /** `YYYY-MM-DD`. */
  date: string;
  /** `HH:mm`. */
  time: string;
}

/** What an instant is on the clocks of an IANA zone; in UTC where that is unknown. */
export function wallTimeIn(timeZone: string, instant: Date): WallTime {
  const zone = zoneOf(timeZone);
  return { date: zone.dateAt(instant), time: zone.timeAt(instant) };
}

/** The local date (`YYYY-MM-DD`) that an instant has in an IANA zone; in UTC where it is unknown. */
export function localDateIn(timeZone: string, instant: Date): string {
  return zoneOf(timeZone).dateAt(instant);
}

/** Many people ask for the same few times of the same few days, and each costs a third of a ms. */
const MAX_KEPT = 500;

function createZone(timeZone: string): Zone {
  const dates = formatIn(timeZone, { dateStyle: 'short' });
  const times = formatIn(timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  if (!dates || !times) return zoneOf('UTC');
  const kept = new Map<string, number>();
  return {
    dateAt: (instant) => dates.format(instant),
    timeAt: (instant) => times.format(instant),
    instantAt(date, time) {
      const wall = `${date} ${time}`;
      let instant = kept.get(wall);
      if (instant === undefined) {
        instant = instantOf(date, time, timeZone).getTime();
        if (kept.size >= MAX_KEPT) kept.clear();
        kept.set(wall, instant);
      }
      return new Date(instant);
    },
  };
}

function formatIn(
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone, ...options });
  } catch {
    return null;
  }
}
