import { expect, test } from 'vitest';
import { dayWeights } from '../../../src/plan/model/day-weights.ts';
import { exact, ZERO } from '../../../src/plan/model/exact.ts';
import { knownLayers } from '../../../src/plan/model/known-layers.ts';
import {
  type Milestone,
  milestones,
  roundMilestones,
  winsByMonth,
} from '../../../src/plan/model/milestones.ts';
import type { PlanTerms } from '../../../src/plan/schemas.ts';
import { monthsBetween } from '../../../src/time/local-date.ts';
import { renewal, specTerms } from '../../support/terms.ts';

/** January to June 2027, worked every day, so that months have 31, 28, 31, 30, 31 and 30 days; no cycle. */
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
    pipeline: { xFactor: 3, winRate: 0.33, opening: { newBusiness: 0 }, coverage: 'cycle' },
    insurance: { xFactor: 4, by: '2027-12-31', risks: [] },
    newBusiness: { ...terms.newBusiness, salesCycleDays: 0 },
    renewals: [],
    expansion: [],
    ...changes,
  };
}

interface Fresh {
  toCreate?: number;
  opening?: number;
  ramp?: number[];
  carries?: boolean;
}

function at(
  terms: PlanTerms,
  { toCreate = 0, opening = 0, ramp, carries = true }: Fresh = {},
): Milestone[] {
  const { period, calendar, newBusiness } = terms;
  const { salesCycleDays } = newBusiness;
  const months = monthsBetween(period);
  const weights = dayWeights(period, calendar, salesCycleDays, ramp ?? null);
  return roundMilestones(
    milestones(terms, {
      months,
      known: knownLayers(terms, carries, months),
      needs: { toCreate: exact(toCreate), opening: exact(opening) },
      weights,
      wins: winsByMonth(months, weights),
      salesCycleDays,
    }),
  );
}

const fresh = (all: Milestone[]) => all.map(({ bookings }) => bookings.newBusiness);
const open = (all: Milestone[]) =>
  all.map(({ qualifiedPipeline }) => qualifiedPipeline.newBusiness);
const cycle = (terms: PlanTerms, salesCycleDays: number) => ({
  ...terms,
  newBusiness: { ...terms.newBusiness, salesCycleDays },
});

test('without a cycle new business follows the working days: 181,000 over 181 days', () => {
  expect(fresh(at(halfYear(), { toCreate: 181_000 }))).toEqual([
    31_000, 59_000, 90_000, 120_000, 151_000, 181_000,
  ]);
});

test('a holiday and time off take their days away', () => {
  const terms = halfYear();
  terms.calendar.holidays = ['2027-01-31'];
  terms.calendar.timeOff = [{ from: '2027-02-01', to: '2027-02-28', label: '' }];
  expect(fresh(at(terms, { toCreate: 152_000 }))).toEqual([
    30_000, 30_000, 61_000, 91_000, 122_000, 152_000,
  ]);
});

test('what is created closes a cycle later: 31 days, so nothing in January', () => {
  const terms = cycle(halfYear(), 31);
  // Created in 150 days; by 28 February those of 28 January and before.
  expect(fresh(at(terms, { toCreate: 150_000 }))).toEqual([
    0, 28_000, 59_000, 89_000, 120_000, 150_000,
  ]);
});

test('the opening pipeline closes first: half a month’s worth by the 31st, all in 62 days', () => {
  const terms = cycle(halfYear(), 62);
  expect(fresh(at(terms, { opening: 62_000, toCreate: 119_000 }))).toEqual([
    31_000, 59_000, 90_000, 120_000, 151_000, 181_000,
  ]);
});

test('a ramp weighs each day by the month in which it is won', () => {
  // 14 + 31 + 30 + 31 + 30 weighted days.
  const ramp = [0, 0.5, 1, 1, 1, 1];
  expect(fresh(at(halfYear(), { toCreate: 136_000, ramp }))).toEqual([
    0, 14_000, 45_000, 75_000, 106_000, 136_000,
  ]);
});

test('a cycle longer than the period books nothing that is created, and its opening alone', () => {
  const terms = cycle(halfYear(), 400);
  const all = at(terms, { opening: 181_000, toCreate: 50_000 });
  expect(fresh(all).at(-1)).toBe(181_000);
  expect(fresh(all)[0]).toBe(31_000);
});

test('in six months quarters end in months 2, 3, 5 and 6, halves in 3 and 6', () => {
  const target = (target: number, split: 'quarters' | 'halves') => ({
    account: 'a',
    buyingCenter: '',
    target,
    split,
  });
  const booked = (terms: PlanTerms) => at(terms).map(({ bookings }) => bookings.expansion);
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
  const [only] = at(terms);
  expect(only?.bookings.expansion).toBe(8_000_000);
});

test('renewals book at their dates × the cut likelihood and leave the pipeline then', () => {
  const row = (amount: number, date: string, pressureTested: number) =>
    renewal({ amount, date, pressureTested, likelihood: 2 * pressureTested });
  const terms = halfYear({
    renewals: [
      row(1_000, '2027-01-31', 0.4),
      row(1_001, '2027-02-01', 0.25),
      row(500, '2027-06-30', 0.5),
    ],
  });
  const all = at(terms);
  // 250.25 of the second: 400 + 250.25 = 650.25.
  expect(all.map(({ bookings }) => bookings.renewal)).toEqual([400, 650, 650, 650, 650, 900]);
  expect(all.map(({ qualifiedPipeline }) => qualifiedPipeline.renewal)).toEqual([
    1_501, 500, 500, 500, 500, 0,
  ]);
  // Who carries no new business has nothing to fill the cut with: 800 + 500.5.
  expect(at(terms, { carries: false })[1]?.bookings.renewal).toBe(1_301);
});

test('open at a month’s end: what was created and isn’t won yet, X times', () => {
  const terms = cycle(halfYear(), 31);
  // 31 days’ worth; what is created from 31 May on weighs 150 ÷ 181.
  expect(open(at(terms, { toCreate: 150_000 }))).toEqual([
    93_000,
    93_000,
    93_000,
    93_000,
    Math.round((30 + 150 / 181) * 3_000),
    Math.round((31 * 3_000 * 150) / 181),
  ]);
});

test('from the insurance’s date on Xᵢₙₛ times, and what is left of the opening X times', () => {
  const insurance = { xFactor: 4, by: '2027-02-28', risks: [] };
  const terms = cycle(halfYear({ insurance }), 31);
  const all = open(at(terms, { toCreate: 150_000, opening: 31_000 }));
  expect(all.slice(0, 3)).toEqual([93_000, 124_000, 124_000]);
  const longer = open(at(cycle(terms, 59), { opening: 59_000 }));
  expect(longer.slice(0, 2)).toEqual([84_000, 0]);
});

test('for the rest of the period: X times all that is still to be booked', () => {
  const terms = halfYear();
  terms.pipeline.coverage = 'period';
  terms.insurance = { xFactor: 4, by: '2027-03-31', risks: [] };
  expect(open(at(terms, { toCreate: 181_000 }))).toEqual([
    450_000, 366_000, 364_000, 244_000, 120_000, 0,
  ]);
});

test('expansion is open so long before it is due as a part of it lasts, or a cycle', () => {
  const expansion = [{ account: 'a', buyingCenter: '', target: 400, split: 'quarters' as const }];
  const year = { start: '2027-01-01', end: '2027-12-31' };
  const open = (terms: PlanTerms) =>
    at(terms).map(({ qualifiedPipeline }) => qualifiedPipeline.expansion);
  // Parts fall due at the ends of March, June, September and December; 93 days before.
  const terms = halfYear({ expansion, period: year });
  expect(open(terms)).toEqual([300, 300, 300, 300, 300, 300, 300, 300, 300, 300, 300, 0]);
  expect(open(cycle(terms, 184))[0]).toBe(600);
});

test('layers are rounded one by one and the total is their sum', () => {
  const terms = halfYear({ renewals: [renewal({ amount: 1, date: '2027-01-31' })] });
  terms.period = { start: '2027-01-01', end: '2027-02-28' };
  // 0.4 of the renewal and 31/59 of one unit; at the end 1.4 in all, of which new business takes what is left.
  const [first, last] = at(terms, { toCreate: 1 });
  expect(first?.bookings).toEqual({ total: 1, renewal: 0, expansion: 0, newBusiness: 1 });
  expect(last?.bookings).toEqual({ total: 1, renewal: 0, expansion: 0, newBusiness: 1 });
});

test('in the last month new business takes the difference, so that the total is the plan’s', () => {
  const terms = halfYear({
    renewals: [
      renewal({ amount: 1, date: '2027-01-31', pressureTested: 0.45, likelihood: 0.9 }),
      renewal({ amount: 1, date: '2027-03-31', pressureTested: 0.45, likelihood: 0.9 }),
    ],
  });
  // 0.9 + 2.6 = 3.5: 4 in all, 1 of it renewals.
  const last = at(terms, { toCreate: 2.6 }).at(-1);
  expect(last?.bookings).toEqual({ total: 4, renewal: 1, expansion: 0, newBusiness: 3 });
});

test('all in the last month where nothing closes by the end', () => {
  const months = monthsBetween({ start: '2027-01-01', end: '2027-03-31' });
  const { shares } = winsByMonth(months, { wonBy: () => ZERO });
  expect(shares.map((share) => share.toString())).toEqual(['0', '0', '1']);
});
