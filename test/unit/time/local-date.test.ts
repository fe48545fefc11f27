import { describe, expect, test } from 'vitest';
import {
  addDays,
  datesBetween,
  daysBetween,
  isLocalDate,
  lastDayOfMonth,
  monthsBetween,
  weekdayOf,
} from '../../../src/time/local-date.ts';

test.each([
  ['2028-02-29', true],
  ['2027-02-29', false],
  ['2100-02-29', false],
  ['2000-02-29', true],
  ['2027-13-01', false],
  ['2027-00-10', false],
  ['2027-1-1', false],
  ['1899-12-31', false],
  ['2199-12-31', true],
  ['2200-01-01', false],
  ['2027-01-01T00:00', false],
  [' 2027-01-01', false],
  ['', false],
])('%j is a date: %s', (text, expected) => {
  expect(isLocalDate(text)).toBe(expected);
});

test.each([
  ['2027-12-31', -60, '2027-11-01'],
  ['2027-12-31', 1, '2028-01-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2027-03-13', 2, '2027-03-15'],
  ['1970-01-01', -1, '1969-12-31'],
  ['1900-01-01', -1, '1899-12-31'],
])('%s and %i days is %s', (date, days, expected) => {
  expect(addDays(date, days)).toBe(expected);
  expect(daysBetween(date, expected)).toBe(days);
});

test('dates between are both ends in, and none where the end comes first', () => {
  expect(datesBetween('2027-02-27', '2027-03-01')).toEqual([
    '2027-02-27',
    '2027-02-28',
    '2027-03-01',
  ]);
  expect(datesBetween('2027-03-01', '2027-03-01')).toEqual(['2027-03-01']);
  expect(datesBetween('2027-03-02', '2027-03-01')).toEqual([]);
});

test.each([
  ['1900-01-01', 'mon'],
  ['1969-12-31', 'wed'],
  ['1970-01-01', 'thu'],
  ['2027-01-01', 'fri'],
  ['2028-02-29', 'tue'],
  ['2199-12-31', 'tue'],
])('%s is a %s', (date, expected) => {
  expect(weekdayOf(date)).toBe(expected);
});

describe('months', () => {
  test.each([
    ['2027-02-14', 0, '2027-02-28'],
    ['2028-02-01', 0, '2028-02-29'],
    ['2027-01-01', 3, '2027-04-30'],
    ['2027-11-01', 3, '2028-02-29'],
    ['2027-12-31', 0, '2027-12-31'],
  ])('the last day of the month of %s, %i months on, is %s', (date, months, expected) => {
    expect(lastDayOfMonth(date, months)).toBe(expected);
  });

  test('a period is cut into its calendar months', () => {
    expect(monthsBetween({ start: '2027-11-01', end: '2028-02-29' })).toEqual([
      { month: '2027-11', start: '2027-11-01', end: '2027-11-30' },
      { month: '2027-12', start: '2027-12-01', end: '2027-12-31' },
      { month: '2028-01', start: '2028-01-01', end: '2028-01-31' },
      { month: '2028-02', start: '2028-02-01', end: '2028-02-29' },
    ]);
    expect(monthsBetween({ start: '2027-11-01', end: '2027-10-31' })).toEqual([]);
  });
});
