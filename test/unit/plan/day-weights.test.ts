/** Step 8, and the shares of step 12 that follow from it. */
import { describe, expect, test } from 'vitest';
import { dayWeights, openingWonBy } from '../../../src/plan/model/day-weights.ts';
import { toNumber } from '../../../src/plan/model/exact.ts';
import type { Calendar } from '../../../src/plan/schemas.ts';

const year = { start: '2027-01-01', end: '2027-12-31' };
const weekdays: Calendar = {
  workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  holidays: ['2027-01-01'],
  timeOff: [{ from: '2027-07-05', to: '2027-07-16', label: '' }],
};
/** January to June, worked every day: 31, 28, 31, 30, 31 and 30 days. */
const half = { start: '2027-01-01', end: '2027-06-30' };
const everyDay: Calendar = {
  workdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  holidays: [],
  timeOff: [],
};

describe('selling days', () => {
  const n = (cycle: number, calendar = weekdays) =>
    dayWeights(year, calendar, cycle, null).sellingDays;
  test('1 January to 1 November: 217 weekdays − New Year − 10 days off', () => {
    expect(n(60)).toBe(206);
  });
  test('without a cycle to the last day of the year', () => {
    expect(n(0)).toBe(250);
  });
  test('a cycle as long as the year leaves the first day, and here that is a holiday', () => {
    expect(n(364)).toBe(0);
    expect(n(364, { ...weekdays, holidays: [] })).toBe(1);
    expect(n(3650)).toBe(0);
  });
  test('a usual month has 260 ÷ 12 days: holidays out, time off in', () => {
    expect(dayWeights(year, weekdays, 60, null).daysPerMonth.toString()).toBe('65/3');
  });
});

describe('weights', () => {
  test('a cycle of 30 days: what is created in a day is won 30 later, and the last 30 create for later', () => {
    const weights = dayWeights(half, everyDay, 30, null);
    expect(weights.windowEnd).toBe('2027-05-31');
    expect(toNumber(weights.creation)).toBe(151);
    expect(toNumber(weights.createdBy('2027-01-31'))).toBe(31 / 151);
    expect(toNumber(weights.wonBy('2027-01-30'))).toBe(0);
    expect(toNumber(weights.wonBy('2027-03-02'))).toBe(31 / 151);
    expect(toNumber(weights.wonBy('2027-06-30'))).toBe(1);
    // June's 30 days weigh 151 ÷ 181 each.
    expect(toNumber(weights.createdBy('2027-06-30'))).toBeCloseTo(1 + 30 / 181, 12);
    expect(weights.days.at(-1)?.creation).toBeCloseTo(151 / 181, 12);
    expect(weights.days.at(-1)?.closing).toBe(1);
  });

  test('a ramp weighs a day by the month in which its deals are won, proposals by their own', () => {
    const weights = dayWeights(half, everyDay, 31, [0, 0.5, 1, 1, 1, 1]);
    // January's deals are won in February (½ each) and the first days of March.
    expect(weights.days[0]).toEqual({ date: '2027-01-01', creation: 0.5, closing: 0 });
    expect(weights.days[28]).toEqual({ date: '2027-01-29', creation: 1, closing: 0 });
    expect(weights.days[31]).toEqual({ date: '2027-02-01', creation: 1, closing: 0.5 });
    expect(toNumber(weights.creation)).toBe(14 + 3 + 28 + 31 + 30 + 30);
    expect(toNumber(weights.closing)).toBe(14 + 31 + 30 + 31 + 30);
  });

  test('a ramp with all its weight where nothing is created falls back to plain days', () => {
    const weights = dayWeights(half, everyDay, 60, [1, 0, 0, 0, 0, 0]);
    expect(toNumber(weights.creation)).toBe(weights.sellingDays);
    expect(toNumber(weights.closing)).toBe(31);
  });

  test('a cycle that leaves less than a quarter: the first quarter creates, and not all closes', () => {
    const weights = dayWeights(half, everyDay, 150, null);
    expect(weights).toMatchObject({ sellingDays: 31, cycleTooLong: true, windowEnd: '2027-02-15' });
    expect(toNumber(weights.creation)).toBe(46);
    expect(toNumber(weights.wonBy('2027-06-30'))).toBe(31 / 46);
    expect(dayWeights(half, everyDay, 135, null)).toMatchObject({
      sellingDays: 46,
      cycleTooLong: false,
    });
  });

  test('longer than the period: nothing closes, and the last month’s ramp weighs what is created', () => {
    const weights = dayWeights(half, everyDay, 400, [0.5, 1, 1, 1, 1, 0.25]);
    expect(weights).toMatchObject({ sellingDays: 0, cycleTooLong: true });
    expect(toNumber(weights.creation)).toBe(46 / 4);
    expect(toNumber(weights.wonBy('2027-06-30'))).toBe(0);
  });

  test('no day is worked: nothing is created, nothing won', () => {
    const weights = dayWeights(
      half,
      { ...everyDay, timeOff: [{ from: '2027-01-01', to: '2027-12-31', label: '' }] },
      30,
      null,
    );
    expect(weights).toMatchObject({ days: [], sellingDays: 0, windowEnd: null });
    expect(toNumber(weights.wonBy('2027-06-30'))).toBe(0);
  });
});

describe('the opening pipeline closes', () => {
  const by = (cycle: number, date: string, calendar = everyDay, period = half) =>
    toNumber(openingWonBy(period, dayWeights(period, calendar, cycle, null), cycle)(date));
  test('over the first 30 days, or a longer cycle', () => {
    expect([by(0, '2027-01-15'), by(0, '2027-01-30')]).toEqual([0.5, 1]);
    expect([by(59, '2027-01-31'), by(59, '2027-02-28')]).toEqual([31 / 59, 1]);
  });
  test('over all of a shorter period', () => {
    const month = { start: '2027-01-01', end: '2027-01-31' };
    expect([by(90, '2027-01-30', everyDay, month), by(90, '2027-01-31', everyDay, month)]).toEqual([
      30 / 31,
      1,
    ]);
  });
  test('on its last day where none of them is worked', () => {
    const away = { ...everyDay, timeOff: [{ from: '2027-01-01', to: '2027-01-31', label: '' }] };
    expect([by(0, '2027-01-29', away), by(0, '2027-01-30', away)]).toEqual([0, 1]);
  });
});
