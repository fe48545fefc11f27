import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../src/time/local-date.ts';
import {
  isWorkingDay,
  type WorkCalendar,
  workingDates,
  workingDays,
} from '../../../src/time/working-days.ts';
import { stopwatch } from '../../support/stopwatch.ts';

const fiveDays: WorkCalendar = {
  workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  holidays: [],
  timeOff: [],
};

test('2027 has 261 weekdays, 260 without New Year, 250 without two weeks in July', () => {
  const year = ['2027-01-01', '2027-12-31'] as const;
  expect(workingDays(fiveDays, ...year)).toBe(261);
  const holidays = ['2027-01-01', '2027-01-01', '2027-01-02'];
  expect(workingDays({ ...fiveDays, holidays }, ...year)).toBe(260);
  const timeOff = [{ from: '2027-07-05', to: '2027-07-16' }];
  expect(workingDays({ ...fiveDays, holidays, timeOff }, ...year)).toBe(250);
});

test('a Friday-to-Monday run keeps the two weekdays, and a Saturday worker the Saturday', () => {
  expect(workingDates(fiveDays, '2027-01-01', '2027-01-04')).toEqual(['2027-01-01', '2027-01-04']);
  expect(workingDates({ ...fiveDays, workdays: ['sat'] }, '2027-01-01', '2027-01-04')).toEqual([
    '2027-01-02',
  ]);
});

test('an end before the start has no working day', () => {
  expect(workingDays(fiveDays, '2027-01-04', '2027-01-01')).toBe(0);
});

test('a working day is a weekday, no holiday, and not away', () => {
  expect(isWorkingDay(fiveDays, '2027-01-04')).toBe(true);
  expect(isWorkingDay(fiveDays, '2027-01-02')).toBe(false);
  expect(isWorkingDay({ ...fiveDays, holidays: ['2027-01-04'] }, '2027-01-04')).toBe(false);
  const timeOff = [{ from: '2026-12-20', to: '2027-01-04' }];
  expect(isWorkingDay({ ...fiveDays, timeOff }, '2027-01-04')).toBe(false);
});

test('overlapping time off counts each day once, in any order', () => {
  const day = (offset: number) => addDays('2027-01-01', offset);
  const range = fc
    .tuple(fc.integer({ min: -20, max: 80 }), fc.integer({ min: 0, max: 30 }))
    .map(([from, days]) => ({ from: day(from), to: day(from + days) }));
  fc.assert(
    fc.property(fc.array(range, { maxLength: 8 }), (timeOff) => {
      const worked = workingDates({ ...fiveDays, timeOff }, day(0), day(60));
      const expected = workingDates(fiveDays, day(0), day(60)).filter(
        (date) => !timeOff.some(({ from, to }) => from <= date && date <= to),
      );
      expect(worked).toEqual(expected);
    }),
  );
});

test('ten thousand ranges of time off take no time to speak of', () => {
  const timeOff = Array.from({ length: 10_000 }, () => ({ from: '2027-01-05', to: '2031-12-31' }));
  const passed = stopwatch();
  expect(workingDays({ ...fiveDays, timeOff }, '2027-01-01', '2031-12-31')).toBe(2);
  expect(passed()).toBeLessThan(3_000);
});
