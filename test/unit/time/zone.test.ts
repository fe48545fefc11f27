import { describe, expect, it, test } from 'vitest';
import { instantOf } from '../../../src/time/wall-time.ts';
import { nextWorkingMorning } from '../../../src/time/working-morning.ts';
import { localDateIn, zoneOf } from '../../../src/time/zone.ts';

describe('a zone', () => {
  it.each([
    ['America/New_York', '2027-03-11T04:59Z', '2027-03-10', '23:59'],
    ['America/New_York', '2027-03-11T05:00Z', '2027-03-11', '00:00'],
    ['America/New_York', '2027-03-14T07:00Z', '2027-03-14', '03:00'],
    ['Pacific/Kiritimati', '2026-12-31T10:00Z', '2027-01-01', '00:00'],
    ['Pacific/Apia', '2011-12-30T09:59Z', '2011-12-29', '23:59'],
    ['Pacific/Apia', '2011-12-30T10:00Z', '2011-12-31', '00:00'],
    ['Asia/Kathmandu', '2027-06-15T18:15Z', '2027-06-16', '00:00'],
    ['UTC', '2027-06-15T12:34:56Z', '2027-06-15', '12:34'],
  ])('%s at %s shows %s %s', (name, instant, date, time) => {
    expect(zoneOf(name).dateAt(new Date(instant))).toBe(date);
    expect(zoneOf(name).timeAt(new Date(instant))).toBe(time);
    expect(localDateIn(name, new Date(instant))).toBe(date);
  });

  it('finds instants, also when it is asked again and for many', () => {
    const zone = zoneOf('Europe/Berlin');
    for (const round of [1, 2]) {
      for (let minute = 0; minute < 600; minute += 1) {
        const hours = String(Math.floor(minute / 60)).padStart(2, '0');
        const time = `${hours}:${String(minute % 60).padStart(2, '0')}`;
        const expected = Date.parse('2027-03-10T23:00Z') + minute * 60_000;
        expect(zone.instantAt('2027-03-11', time).getTime(), `${round} ${time}`).toBe(expected);
      }
    }
  });

  it('gives every asker a date of their own', () => {
    const zone = zoneOf('Europe/Berlin');
    zone.instantAt('2027-03-11', '16:30').setTime(0);
    expect(zone.instantAt('2027-03-11', '16:30')).toEqual(
      instantOf('2027-03-11', '16:30', 'Europe/Berlin'),
    );
  });

  it.each(['', 'Mars/Olympus', 'constructor', 'Europe/Berlin '])('“%s” is UTC', (name) => {
    expect(zoneOf(name).instantAt('2027-03-11', '16:30')).toEqual(new Date('2027-03-11T16:30Z'));
    expect(zoneOf(name).dateAt(new Date('2027-03-11T23:59Z'))).toBe('2027-03-11');
  });
});

test.each([
  ['on a working day before nine', '2027-03-11T13:59Z', '2027-03-11T14:00Z'],
  ['at nine', '2027-03-11T14:00Z', '2027-03-12T14:00Z'],
  ['on a Friday afternoon, over a change of the clock', '2027-03-12T20:00Z', '2027-03-15T13:00Z'],
  ['late on a Sunday', '2027-03-15T03:00Z', '2027-03-15T13:00Z'],
])('the next working morning in New York, %s', (_, now, expected) => {
  expect(nextWorkingMorning(new Date(now), 'America/New_York')).toEqual(new Date(expected));
});
