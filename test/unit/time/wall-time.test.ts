import { describe, expect, it, test } from 'vitest';
import { addDays } from '../../../src/time/local-date.ts';
import { instantOf } from '../../../src/time/wall-time.ts';

const MINUTE_MS = 60_000;

describe('instantOf', () => {
  it.each([
    ['an ordinary afternoon', 'Europe/Berlin', '2027-03-11', '16:30', '2027-03-11T15:30Z'],
    ['a time leapt over', 'America/New_York', '2027-03-14', '02:30', '2027-03-14T07:30Z'],
    ['an hour twice', 'America/New_York', '2027-11-07', '01:30', '2027-11-07T05:30Z'],
    ['after that hour', 'America/New_York', '2027-11-07', '02:00', '2027-11-07T07:00Z'],
    ['half an hour twice', 'Australia/Lord_Howe', '2027-04-04', '01:45', '2027-04-03T14:45Z'],
    ['half an hour leapt over', 'Australia/Lord_Howe', '2027-10-03', '02:15', '2027-10-02T15:45Z'],
    ['no midnight', 'America/Santiago', '2027-09-05', '00:00', '2027-09-05T04:00Z'],
    ['no midnight', 'Africa/Cairo', '2027-04-30', '00:30', '2027-04-29T22:30Z'],
    ['no midnight', 'Asia/Beirut', '2027-03-28', '00:00', '2027-03-27T22:00Z'],
    ['in Ramadan', 'Africa/Casablanca', '2025-03-15', '16:30', '2025-03-15T16:30Z'],
    ['out of Ramadan', 'Africa/Casablanca', '2025-06-15', '16:30', '2025-06-15T15:30Z'],
    ['three quarters', 'Asia/Kathmandu', '2027-06-15', '16:30', '2027-06-15T10:45Z'],
    ['three quarters', 'Pacific/Chatham', '2027-06-15', '16:30', '2027-06-15T03:45Z'],
    ['three quarters, twice', 'Pacific/Chatham', '2027-04-04', '03:00', '2027-04-03T13:15Z'],
    ['a day left out', 'Pacific/Apia', '2011-12-30', '16:30', '2011-12-31T02:30Z'],
    ['the day after it', 'Pacific/Apia', '2011-12-31', '00:00', '2011-12-30T10:00Z'],
    ['first of all', 'Pacific/Kiritimati', '2027-01-01', '00:00', '2026-12-31T10:00Z'],
    ['last of all', 'Pacific/Pago_Pago', '2027-01-01', '23:59', '2027-01-02T10:59Z'],
  ])('%s: %s %s %s is %s', (_, zone, date, time, expected) => {
    expect(instantOf(date, time, zone)).toEqual(new Date(expected));
  });

  it('refuses a zone that is not known', () => {
    expect(() => instantOf('2027-03-11', '09:00', 'Mars/Olympus')).toThrow(RangeError);
  });
});

/** By looking at every minute: what clocks show first, or how much after the leap it would be. */
function bruteForce(walls: readonly [number, string][], wall: string): number {
  const shown = walls.find(([, text]) => text === wall);
  if (shown) return shown[0];
  const leap = walls.findIndex(([, text]) => text > wall);
  const [before, text = ''] = walls[leap - 1] ?? [];
  return (before ?? Number.NaN) + (Date.parse(`${wall}Z`) - Date.parse(`${text}Z`));
}

const ZONES = [
  'Africa/Cairo',
  'America/Havana',
  'America/New_York',
  'America/Nuuk',
  'America/Santiago',
  'America/St_Johns',
  'Antarctica/Troll',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Jerusalem',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Europe/Dublin',
  'Europe/London',
  'Pacific/Chatham',
  'Pacific/Easter',
];

test.each(ZONES)('in %s every minute around the changes of the clock is right', (timeZone) => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const wallAt = (instant: number) => format.format(instant).replace(' ', 'T');
  const dayMs = 24 * 60 * MINUTE_MS;
  const start = Date.parse('2027-01-01T12:00Z');
  const days = Array.from({ length: 365 }, (_, i) => start + i * dayMs);
  const changes = days.filter((at) => wallAt(at).slice(11) !== wallAt(at + dayMs).slice(11));
  expect(changes.length).toBeGreaterThanOrEqual(2);

  for (const change of changes) {
    const minutes = Array.from({ length: 3 * 24 * 60 }, (_, i) => change - dayMs + i * MINUTE_MS);
    const walls = minutes.map((at) => [at, wallAt(at)] as [number, string]);
    const date = wallAt(change).slice(0, 10);
    for (const day of [date, addDays(date, 1)]) {
      for (let minute = 0; minute < 24 * 60; minute += 15) {
        const hours = String(Math.floor(minute / 60)).padStart(2, '0');
        const time = `${hours}:${String(minute % 60).padStart(2, '0')}`;
        const expected = bruteForce(walls, `${day}T${time}`);
        const got = instantOf(day, time, timeZone).getTime();
        if (got !== expected) expect(`${day} ${time} at ${got}`).toBe(`at ${expected}`);
      }
    }
  }
});
