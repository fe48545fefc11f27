import { expect, test } from 'vitest';
import { exact } from '../../../src/plan/model/exact.ts';
import { milestones, roundMilestone } from '../../../src/plan/model/milestones.ts';
import type { PlanTerms } from '../../../src/plan/schemas.ts';
import { renewal, specTerms } from '../../support/terms.ts';

/** January to June 2027, worked every day, so that months have 31, 28, 31, 30, 31 and 30 days. */
function halfYear(changes: Partial<PlanTerms> = {}): PlanTerms {
  const terms = specTerms();
  return {
    ...terms,
    period: { start: '2027-01-01', end: '2027-06-30' },
    calendar: {
      workdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      holidays: [],
      timeOff: [],
    },
    renewals: [],
    expansion: [],
    ...changes,
  };
}

const at = (terms: PlanTerms, newBusiness: number) =>
  milestones(terms, exact(newBusiness)).map(roundMilestone);

test('new business follows the working days: 181,000 over 181 days', () => {
  const bookings = at(halfYear(), 181_000).map(({ bookings }) => bookings.newBusiness);
  expect(bookings).toEqual([31_000, 59_000, 90_000, 120_000, 151_000, 181_000]);
});

test('a holiday and time off take their days away', () => {
  const terms = halfYear();
  terms.calendar.holidays = ['2027-01-31'];
  terms.calendar.timeOff = [{ from: '2027-02-01', to: '2027-02-28', label: '' }];
  const bookings = at(terms, 152_000).map(({ bookings }) => bookings.newBusiness);
  expect(bookings).toEqual([30_000, 30_000, 61_000, 91_000, 122_000, 152_000]);
});

test('a ramp weighs each day: nothing in January, half in February', () => {
  const terms = halfYear();
  terms.compensation.ramp = [0, 0.5, 1, 1, 1, 1];
  // 14 + 31 + 30 + 31 + 30 weighted days.
  const bookings = at(terms, 136_000).map(({ bookings }) => bookings.newBusiness);
  expect(bookings).toEqual([0, 14_000, 45_000, 75_000, 106_000, 136_000]);
});

test('a ramp with all its weight on a month away falls back to plain days', () => {
  const terms = halfYear();
  terms.compensation.ramp = [0, 1, 0, 0, 0, 0];
  terms.calendar.timeOff = [{ from: '2027-02-01', to: '2027-02-28', label: '' }];
  const bookings = at(terms, 153_000).map(({ bookings }) => bookings.newBusiness);
  expect(bookings).toEqual([31_000, 31_000, 62_000, 92_000, 123_000, 153_000]);
});

test('in six months quarters end in months 2, 3, 5 and 6, halves in 3 and 6', () => {
  const target = (target: number, split: 'quarters' | 'halves') => ({
    account: 'a',
    buyingCenter: '',
    target,
    split,
  });
  const booked = (terms: PlanTerms) => at(terms, 0).map(({ bookings }) => bookings.expansion);
  expect(booked(halfYear({ expansion: [target(400, 'quarters')] }))).toEqual([
    0, 100, 200, 200, 300, 400,
  ]);
  expect(booked(halfYear({ expansion: [target(400, 'halves')] }))).toEqual([
    0, 0, 200, 200, 200, 400,
  ]);
  const both = halfYear({ expansion: [target(100, 'quarters'), target(10, 'halves')] });
  expect(booked(both)).toEqual([0, 25, 55, 55, 80, 110]);
});

test('a single month takes all parts at its end', () => {
  const terms = specTerms();
  terms.period = { start: '2027-01-01', end: '2027-01-31' };
  const [only] = at(terms, 0);
  expect(only?.bookings.expansion).toBe(8_000_000);
});

test('renewals book at their dates × the cut likelihood and leave the pipeline then', () => {
  const row = (amount: number, date: string, pressureTested: number) =>
    renewal({ amount, date, pressureTested });
  const terms = halfYear({
    renewals: [
      row(1_000, '2027-01-31', 0.4),
      row(1_001, '2027-02-01', 0.25),
      row(500, '2027-06-30', 0.5),
    ],
  });
  const all = at(terms, 0);
  // 250.25 of the second: 400 + 250.25 = 650.25.
  expect(all.map(({ bookings }) => bookings.renewal)).toEqual([400, 650, 650, 650, 650, 900]);
  expect(all.map(({ qualifiedPipeline }) => qualifiedPipeline.renewal)).toEqual([
    1_501, 500, 500, 500, 500, 0,
  ]);
});

test('what remains is covered X times, and Xᵢₙₛ times from the insurance date', () => {
  const terms = halfYear({ insurance: { xFactor: 4, by: '2027-03-31', risks: [] } });
  const pipeline = at(terms, 181_000).map(({ qualifiedPipeline }) => qualifiedPipeline.newBusiness);
  expect(pipeline).toEqual([450_000, 366_000, 364_000, 244_000, 120_000, 0]);
  terms.insurance.by = '2027-04-01';
  const later = at(terms, 181_000).map(({ qualifiedPipeline }) => qualifiedPipeline.newBusiness);
  expect(later).toEqual([450_000, 366_000, 273_000, 244_000, 120_000, 0]);
});

test('the total rounds the exact sum, not the rounded layers', () => {
  const terms = halfYear({ renewals: [renewal({ amount: 1, date: '2027-01-31' })] });
  terms.period = { start: '2027-01-01', end: '2027-02-28' };
  // 0.4 of the renewal and 31/59 of one unit: 0.4 + 0.525 = 0.925.
  expect(at(terms, 1)[0]?.bookings).toEqual({ total: 1, renewal: 0, expansion: 0, newBusiness: 1 });
  // 0.4 and 0.4: 0.8.
  const first = milestones(terms, exact(59).div(31).mul(2).div(5))[0];
  expect(first && roundMilestone(first).bookings).toEqual({
    total: 1,
    renewal: 0,
    expansion: 0,
    newBusiness: 0,
  });
});
