import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayPlans } from '../../../src/activity/day-rules.ts';
import { CLOSING_ACTIVITIES } from '../../../src/plan/model/activities.ts';
import { dayWeights } from '../../../src/plan/model/day-weights.ts';
import { ACTIVITIES, type Activity } from '../../../src/plan/schemas.ts';
import { addDays, WEEKDAYS } from '../../../src/time/local-date.ts';
import { workingDates } from '../../../src/time/working-days.ts';

const weekdays = { workdays: WEEKDAYS.slice(0, 5), holidays: ['2027-01-01'], timeOff: [] };
const everyDay = { workdays: WEEKDAYS, holidays: [], timeOff: [] };
/** Twenty working days, from Monday the 1st to Friday the 26th. */
const february = { start: '2027-02-01', end: '2027-02-28' };

const levels = (exact: Partial<Record<Activity, number>>) => ({
  calls: { exact: exact.calls ?? 0 },
  visits: { exact: exact.visits ?? 0 },
  demos: { exact: exact.demos ?? 0 },
  proposals: { exact: exact.proposals ?? 0 },
  contracts: { exact: exact.contracts ?? 0 },
});

interface Agreed {
  period?: { start: string; end: string };
  salesCycleDays?: number;
  ramp?: number[];
}

/** What each day asks of one who is away on no other days than were agreed. */
function plansOf(
  exact: Partial<Record<Activity, number>>,
  { period = february, salesCycleDays = 0, ramp }: Agreed = {},
) {
  const weights = dayWeights(period, weekdays, salesCycleDays, ramp ?? null);
  return dayPlans({ weights, calendar: weekdays, levels: levels(exact) });
}

describe('what a day asks', () => {
  it('is the agreed level on each working day, and nothing on others', () => {
    const plans = plansOf({ calls: 27 });
    expect([...plans.keys()]).toEqual(workingDates(weekdays, february.start, february.end));
    expect([...plans.values()].map(({ calls }) => calls)).toEqual(Array(20).fill(27));
  });

  it('spreads what is rare: 0.3 a day are six in twenty days and not one on each', () => {
    const plans = plansOf({ demos: 0.3 });
    const on = [...plans].filter(([, { demos }]) => demos > 0);
    // The 4th, 7th, 10th, 14th, 17th and 20th working day: 1.2, 2.1, 3.0, 4.2, 5.1 and 6.0.
    expect(on.map(([date, { demos }]) => [date.slice(8), demos])).toEqual([
      ['04', 1],
      ['09', 1],
      ['12', 1],
      ['18', 1],
      ['23', 1],
      ['26', 1],
    ]);
  });

  it('asks for what a third of a day adds up to: one on every third day', () => {
    const contracts = [...plansOf({ contracts: 1 / 3 }).values()].map((day) => day.contracts);
    expect(contracts.slice(0, 9)).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1]);
  });

  it('is less once nothing that is begun can be won in the period, except for what closes deals', () => {
    // Ten of the twenty days lie two weeks before the end: the others weigh a half.
    const plans = plansOf({ calls: 10, proposals: 2, contracts: 1 }, { salesCycleDays: 14 });
    expect(plans.get('2027-02-12')).toMatchObject({ calls: 10, proposals: 2, contracts: 1 });
    expect(plans.get('2027-02-15')).toMatchObject({ calls: 5, proposals: 2, contracts: 1 });
    expect(plans.get('2027-02-26')).toMatchObject({ calls: 5, proposals: 2, contracts: 1 });
  });

  it('is begun in a first quarter of the days where the cycle leaves fewer', () => {
    const plans = plansOf({ calls: 8 }, { salesCycleDays: 60 });
    const calls = [...plans.values()].map((day) => day.calls);
    expect(calls).toEqual([...Array(5).fill(8), ...Array(15).fill(2)]);
  });

  it('grows with the ramp of the month in which it is won, and closing with that of its own', () => {
    const plans = plansOf(
      { calls: 40, visits: 4, contracts: 40 },
      {
        period: { start: '2027-01-01', end: '2027-03-31' },
        salesCycleDays: 31,
        ramp: [0.5, 0.75, 1],
      },
    );
    expect(plans.get('2027-01-04')).toMatchObject({ calls: 30, visits: 3, contracts: 20 });
    // The 28th is won on 28 February, the 29th on 1 March.
    expect(plans.get('2027-01-28')).toMatchObject({ calls: 30, contracts: 20 });
    expect(plans.get('2027-01-29')).toMatchObject({ calls: 40, contracts: 20 });
    expect(plans.get('2027-02-01')).toMatchObject({ calls: 40, contracts: 30 });
    expect(plans.get('2027-03-01')).toMatchObject({ contracts: 40 });
    // 40 of the 63 working days are in the window: 40 × 40 ÷ 63 = 25.4 on each of March's 23, 584.1 in all.
    const march = [...plans].filter(([date]) => date > '2027-02-28').map(([, { calls }]) => calls);
    expect(new Set(march)).toEqual(new Set([25, 26]));
    expect(march.reduce((sum, calls) => sum + calls, 0)).toBe(584);
  });

  it('is nothing in a month whose ramp is 0', () => {
    const plans = plansOf(
      { calls: 27, contracts: 0.4 },
      { period: { start: '2027-01-01', end: '2027-03-31' }, ramp: [0, 1, 1] },
    );
    const january = [...plans].filter(([date]) => date < '2027-02-01').map(([, counts]) => counts);
    expect(january).toEqual(
      Array(20).fill({ calls: 0, visits: 0, demos: 0, proposals: 0, contracts: 0 }),
    );
    expect(plans.get('2027-02-01')).toMatchObject({ calls: 27 });
  });

  it('is nothing at all where no day was to be worked', () => {
    const plans = dayPlans({
      weights: { days: [] },
      calendar: weekdays,
      levels: levels({ calls: 9 }),
    });
    expect(plans.size).toBe(0);
  });
});

describe('for all weights and levels', () => {
  const weight = fc.oneof(
    fc.constantFrom(0, 1, 0.5, 1 / 3),
    fc.double({ min: 0, max: 3, noNaN: true }),
  );
  const work = fc
    .record({
      exact: fc.oneof(
        fc.constantFrom(0.1, 0.3, 1 / 3, 27),
        fc.double({ min: 0, max: 60, noNaN: true }),
      ),
      days: fc.array(fc.record({ creation: weight, closing: weight }), { maxLength: 260 }),
    })
    .map(({ exact, days }) => ({
      exact,
      days: days.map((day, index) => ({ date: addDays(february.start, index), ...day })),
      levels: levels(Object.fromEntries(ACTIVITIES.map((activity) => [activity, exact]))),
    }));

  it('the running sum is the exact one without its fraction, and a day within 1 of its own', () => {
    fc.assert(
      fc.property(work, ({ exact, days, levels }) => {
        const plans = dayPlans({ weights: { days }, calendar: everyDay, levels });
        for (const activity of ACTIVITIES) {
          let due = 0;
          let asked = 0;
          for (const { date, creation, closing } of days) {
            const own = exact * (CLOSING_ACTIVITIES.includes(activity) ? closing : creation);
            const count = plans.get(date)?.[activity] ?? Number.NaN;
            due += own;
            asked += count;
            expect(Number.isInteger(count) && count >= 0).toBe(true);
            expect(Math.abs(count - own)).toBeLessThan(1 + 1e-6);
            expect(due - asked).toBeGreaterThan(-1e-6);
            expect(due - asked).toBeLessThan(1);
          }
        }
      }),
    );
  });

  it('time off since then takes its own days out and moves nothing else', () => {
    const ranges = fc.array(fc.record({ from: fc.nat(270), days: fc.nat(20) }), { maxLength: 4 });
    fc.assert(
      fc.property(work, ranges, ({ days, levels }, ranges) => {
        const timeOff = ranges.map(({ from, days }) => ({
          from: addDays(february.start, from),
          to: addDays(february.start, from + days),
        }));
        const before = dayPlans({ weights: { days }, calendar: everyDay, levels });
        const after = dayPlans({ weights: { days }, calendar: { ...everyDay, timeOff }, levels });
        const isAway = (date: string) => timeOff.some(({ from, to }) => from <= date && date <= to);
        expect([...after]).toEqual([...before].filter(([date]) => !isAway(date)));
      }),
    );
  });
});
