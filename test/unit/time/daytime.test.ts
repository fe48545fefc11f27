import { expect, test } from 'vitest';
import { nextDaytime } from '../../../src/time/daytime.ts';
import { zoneOf } from '../../../src/time/zone.ts';

test.each([
  ['at noon, now', 'Europe/Berlin', '2027-03-02T11:00:00Z', '2027-03-02T11:00:00Z'],
  ['at night, this morning', 'America/Los_Angeles', '2027-03-02T13:45:00Z', '2027-03-02T16:00:00Z'],
  [
    'in the evening, tomorrow morning',
    'Asia/Tokyo',
    '2027-03-02T13:45:00Z',
    '2027-03-02T23:00:00Z',
  ],
  [
    'over a change of the clocks',
    'America/New_York',
    '2027-03-14T03:00:00Z',
    '2027-03-14T12:00:00Z',
  ],
])('%s', (_, zone, now, then) => {
  expect(nextDaytime(zoneOf(zone), new Date(now)).toISOString()).toBe(new Date(then).toISOString());
});
