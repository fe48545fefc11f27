import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type HourWeek,
  hourCalendar,
  hourStanding,
  hourTime,
} from '../../../src/coaching/hour/week-rules.ts';
import { addDays, datesBetween, WEEKDAYS, weekdayOf } from '../../../src/time/local-date.ts';
import { isWorkingDay, type WorkCalendar } from '../../../src/time/working-days.ts';

const MONDAY = '2027-03-01';
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const off = (...ranges: [string, string][]): WorkCalendar => ({
  workdays,
  holidays: [],
  timeOff: ranges.map(([from, to]) => ({ from, to })),
});
const thursday = { weekday: 'thu', time: '14:00' } as const;
const usual: HourWeek = {
  week: MONDAY,
  rhythm: thursday,
  moved: null,
  rep: off(),
  manager: off(),
  hasStandIn: () => false,
};

test.each<[string, Partial<HourWeek>, string | null]>([
  ['on its weekday', {}, '2027-03-04'],
  [
    'the day after, where the rep is away',
    { rep: off(['2027-03-04', '2027-03-04']) },
    '2027-03-05',
  ],
  [
    'the day after, where the manager is',
    { manager: off(['2027-03-03', '2027-03-04']) },
    '2027-03-05',
  ],
  [
    'on its weekday, where somebody stands in',
    { manager: off(['2027-03-01', '2027-03-14']), hasStandIn: () => true },
    '2027-03-04',
  ],
  [
    'on none, where nobody is there until the week is over',
    { rep: off(['2027-03-04', '2027-03-20']) },
    null,
  ],
  [
    'where it was moved, whoever is away',
    { moved: { date: '2027-03-02', time: '09:00' }, rep: off(['2027-03-02', '2027-03-02']) },
    '2027-03-02',
  ],
  ['on none, where no day was picked', { rhythm: null }, null],
  ['on none, where it was stopped', { rhythm: { weekday: null, time: '14:00' } }, null],
  ['on none, where nobody manages the rep', { manager: null }, null],
])('the hour is %s', (_, change, date) => {
  expect(hourTime({ ...usual, ...change })?.date ?? null).toBe(date);
});

test('it is never before its weekday, nor on a day that one of the two does not work', () => {
  const range = fc
    .tuple(fc.integer({ min: -2, max: 8 }), fc.integer({ min: 0, max: 4 }))
    .map(([from, length]) => ({ from: addDays(MONDAY, from), to: addDays(MONDAY, from + length) }));
  const calendar = fc
    .array(range, { maxLength: 3 })
    .map((timeOff) => ({ workdays, holidays: [], timeOff }));
  fc.assert(
    fc.property(fc.constantFrom(...WEEKDAYS), calendar, calendar, (weekday, rep, manager) => {
      const at = hourTime({ ...usual, rhythm: { weekday, time: '10:00' }, rep, manager });
      const first = addDays(MONDAY, WEEKDAYS.indexOf(weekday));
      const free = datesBetween(first, addDays(MONDAY, 6)).filter(
        (date) => isWorkingDay(rep, date) && isWorkingDay(manager, date),
      );
      expect(at?.date).toBe(free[0]);
      if (at)
        expect(WEEKDAYS.indexOf(weekdayOf(at.date))).toBeGreaterThanOrEqual(
          WEEKDAYS.indexOf(weekday),
        );
    }),
  );
});

test('a week without an hour is nobody’s miss where one of the two is away', () => {
  expect(hourStanding(usual, null, hourTime(usual))).toBe('open');
  expect(hourStanding(usual, 'open', null)).toBe('away');
  expect(hourStanding({ rhythm: null, moved: null }, null, null)).toBe('unplanned');
  expect(hourStanding({ rhythm: null, moved: null }, 'done', null)).toBe('done');
});

test('days are the plan’s within its period, and the company’s elsewhere and without one', () => {
  const shut = { from: '2027-03-04', to: '2027-03-04' };
  const company = { workdays, holidays: ['2026-12-25', '2027-03-05'], daysOff: [shut] };
  const away = [{ from: '2027-03-08', to: '2027-03-09' }];
  const four = ['mon', 'tue', 'wed', 'thu'] as const;
  const plan = {
    period: { start: '2027-01-01', end: '2027-12-31' },
    calendar: {
      workdays: four,
      holidays: ['2027-03-03'],
      timeOff: [{ from: '2027-03-02', to: '2027-03-02' }],
    },
  };
  expect(hourCalendar(company, null, away)).toEqual({
    workdays,
    holidays: company.holidays,
    timeOff: [shut, ...away],
  });
  // Where the rep is, 3 March is a holiday and the 5th is none.
  expect(hourCalendar(company, plan, away)).toEqual({
    workdays: four,
    holidays: ['2027-03-03', '2026-12-25'],
    timeOff: [...plan.calendar.timeOff, shut, ...away],
  });
});
