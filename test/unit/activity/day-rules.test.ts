import { expect, test } from 'vitest';
import {
  askedWith,
  blockDials,
  isConfirmable,
  silentStretch,
  weekSoFar,
} from '../../../src/activity/day-rules.ts';
import { type Counts, NO_COUNTS } from '../../../src/activity/schemas.ts';
import { mondayOf } from '../../../src/time/local-date.ts';
import { laterOn } from '../../../src/time/time-of-day.ts';

test.each([
  ['2027-03-01', '2027-03-01'],
  ['2027-03-07', '2027-03-01'],
  ['2027-01-01', '2026-12-28'],
])('the Monday of %s is %s', (date, monday) => expect(mondayOf(date)).toBe(monday));

test('the week so far has Monday to the day, days away left out, weekend work let in', () => {
  const day = (calls: number) => ({ ...NO_COUNTS, calls });
  const planned = new Map([
    ['2027-02-26', day(99)],
    ['2027-03-01', day(27)],
    ['2027-03-03', day(27)],
    ['2027-03-04', day(27)],
  ]);
  const done = new Map([
    ['2027-02-28', day(9)],
    ['2027-03-01', day(30)],
    ['2027-03-02', day(5)],
    ['2027-03-03', day(20)],
  ]);
  expect(weekSoFar(planned, done, '2027-03-03')).toEqual({
    planned: day(54),
    done: day(55),
    days: 2,
  });
});

test.each([
  ['all of it in the only block', 'a', [{ id: 'a', minutes: 90 }], 27, 0, 27],
  [
    'shared out by minutes',
    'a',
    [
      { id: 'a', minutes: 60 },
      { id: 'b', minutes: 30 },
    ],
    27,
    0,
    18,
  ],
  [
    'rounded up',
    'b',
    [
      { id: 'a', minutes: 60 },
      { id: 'b', minutes: 60 },
    ],
    27,
    0,
    14,
  ],
  ['what is left of the day', 'b', [{ id: 'b', minutes: 60 }], 27, 20, 7],
  ['nothing once the day is at plan', 'b', [{ id: 'b', minutes: 60 }], 27, 40, 0],
  ['nothing for a block that is not there', 'c', [{ id: 'b', minutes: 60 }], 27, 0, 0],
])('dials: %s', (_, id, open, target, done, dials) =>
  expect(blockDials(id, open, { target, done })).toBe(dials),
);

test.each([
  ['09:00', 90, '10:30'],
  ['23:30', 45, '23:59'],
  ['00:00', 0, '00:00'],
])('%s and %i minutes later: %s', (time, minutes, later) =>
  expect(laterOn(time, minutes)).toBe(later),
);

test.each([
  ['the days since the last known one', ['2027-03-03'], { from: '2027-03-04', to: '2027-03-08' }],
  ['all of them where none is known', [], { from: '2027-03-03', to: '2027-03-08' }],
  ['none where yesterday is known', ['2027-03-08'], null],
])('silent: %s', (_, known, stretch) => {
  const days = ['2027-03-03', '2027-03-04', '2027-03-05', '2027-03-08', '2027-03-09'];
  expect(silentStretch(days, new Set(known), '2027-03-09')).toEqual(stretch);
});

test.each<[string, Partial<Counts>, boolean]>([
  ['an ordinary day', { calls: 27, visits: 1 }, true],
  ['as much as one may be sure of', { calls: 60, visits: 6, demos: 6, proposals: 3 }, true],
  ['a day off', {}, false],
  ['a contract', { calls: 27, contracts: 1 }, false],
  ['too many calls', { calls: 61 }, false],
  ['too many demos', { demos: 7 }, false],
])('one tap confirms %s: %o %s', (_, counts, is) => {
  expect(isConfirmable({ ...NO_COUNTS, ...counts })).toBe(is);
});

test.each([
  ['2027-03-01', null, false],
  ['2027-03-03', '2027-03-01', false],
  // Friday is off.
  ['2027-03-04', '2027-03-03', true],
  ['2027-03-08', '2027-03-04', true],
])('the check-in of %s comes after %s, the last of its week %s', (date, after, isWeekly) => {
  const asked = ['2027-03-01', '2027-03-03', '2027-03-04', '2027-03-08'];
  expect(askedWith(asked, date)).toEqual({ after, isWeekly });
});
