/** What a rep's next plan carries over from the one before. */
import { expect, test } from 'vitest';
import type { YearSoFar } from '../../../src/plan/next-year/next-draft-rules.ts';
import { nextDraft } from '../../../src/plan/next-year/next-draft-rules.ts';
import type { Period } from '../../../src/plan/schemas.ts';
import { renewal } from '../../support/actuals-app.ts';
import { everyDayDraft } from '../../support/agreed-rep.ts';

const YEAR: Period = { start: '2027-01-01', end: '2027-12-31' };
const NEXT: Period = { start: '2028-01-01', end: '2028-12-31' };
const NOTHING: YearSoFar = { settled: [], pipeline: null, dealSize: null, rates: {} };
const settled = (outcome: 'won' | 'lost') => [
  { renewalId: 'acme', outcome, amount: 15_000_000, date: '2027-03-30' },
];

test.each<[string, Period, string, YearSoFar['settled'], [string, number] | null]>([
  ['still to come, of the next year', NEXT, '2027-02-01', [], ['2028-03-31', 12_000_000]],
  ['past its date and open, of the next year', NEXT, '2027-11-15', [], ['2028-01-01', 12_000_000]],
  ['won, of the next year', NEXT, '2027-11-15', settled('won'), ['2028-03-31', 15_000_000]],
  ['lost', NEXT, '2027-11-15', settled('lost'), null],
  ['still to come, of a plan begun anew', YEAR, '2027-02-01', [], ['2027-03-31', 12_000_000]],
  ['past its date and open, anew', YEAR, '2027-06-15', [], ['2027-03-31', 12_000_000]],
  ['won, of a plan begun anew', YEAR, '2027-06-15', settled('won'), null],
])('a renewal that is %s', (_, period, today, outcomes, expected) => {
  const draft = everyDayDraft({ renewals: [renewal('acme', 'Acme')] });
  const around = { period, holidays: [], today };
  const next = nextDraft(draft, { ...NOTHING, settled: outcomes }, around);
  const rows = next.draft.renewals.map(({ date, amount }) => [date, amount]);
  expect(rows).toEqual(expected ? [expected] : []);
  expect(next.carried.open + next.carried.again).toBe(rows.length);
});

test('a ramp, a guarantee and days off are of the period that they were agreed for', () => {
  const base = everyDayDraft();
  const { compensation } = base;
  if (!compensation) throw new Error('there is no comp plan');
  const ramp = Array.from({ length: 12 }, (_, at) => (at < 3 ? 0.5 : 1));
  const guarantee = { perMonth: 100_000, months: 3, recoverable: false };
  const draft = {
    ...base,
    calendar: { ...base.calendar, timeOff: [{ from: '2027-08-02', to: '2027-08-13', label: '' }] },
    compensation: { ...compensation, guarantee, first: { ...compensation.first, ramp } },
  };
  const of = (period: Period) =>
    nextDraft(draft, NOTHING, { period, holidays: [], today: '2027-06-15' }).draft;
  expect(of(YEAR).compensation).toMatchObject({ guarantee, first: { ramp } });
  expect(of(YEAR).calendar.timeOff).toHaveLength(1);
  expect(of(NEXT).compensation).toMatchObject({ guarantee: null, first: { ramp: null } });
  expect(of(NEXT).calendar.timeOff).toEqual([]);
});
