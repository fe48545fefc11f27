import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayPlans } from '../../../src/activity/day-rules.ts';
import { CLOSING_ACTIVITIES } from '../../../src/plan/model/activities.ts';
import { dayWeights } from '../../../src/plan/model/day-weights.ts';
import { ACTIVITIES, type Activity } from '../../../src/plan/schemas.ts';
import { WEEKDAYS } from '../../../src/time/local-date.ts';

const period = { start: '2027-01-01', end: '2027-12-31' };
const calendar = {
  workdays: WEEKDAYS.slice(0, 5),
  holidays: ['2027-01-01'],
  timeOff: [{ from: '2027-07-05', to: '2027-07-16', label: '' }],
};
const weightsOf = (salesCycleDays = 0, ramp: number[] | null = null) =>
  dayWeights(period, calendar, salesCycleDays, ramp);
const levels = (perDay: Partial<Record<Activity, number>>) =>
  Object.fromEntries(ACTIVITIES.map((one) => [one, { exact: perDay[one] ?? 0 }])) as Record<
    Activity,
    { exact: number }
  >;
const sum = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

describe('what a day asks', () => {
  it('is the agreed level on each working day, and nothing on others', () => {
    const weights = weightsOf();
    const plans = dayPlans({ weights, calendar, levels: levels({ calls: 26.4 }) });
    expect(plans.size).toBe(weights.sellingDays);
    expect(new Set([...plans.values()].map(({ calls }) => calls))).toEqual(new Set([26, 27]));
    for (const date of ['2027-01-01', '2027-01-02', '2027-07-06']) {
      expect(plans.get(date)).toBeUndefined();
    }
  });

  it('spreads what is rare: one demo on every third day, not one on each', () => {
    const plans = dayPlans({ weights: weightsOf(), calendar, levels: levels({ demos: 0.3 }) });
    const demos = [...plans.values()].map((counts) => counts.demos);
    expect(new Set(demos)).toEqual(new Set([0, 1]));
    expect(sum(demos.slice(0, 30))).toBe(9);
  });

  it('grows with a ramp, and what closes deals with its own months', () => {
    const ramp = [0.25, 0.5, 0.75, ...Array.from({ length: 9 }, () => 1)];
    const plans = dayPlans({
      weights: weightsOf(60, ramp),
      calendar,
      levels: levels({ calls: 40, contracts: 40 }),
    });
    // A call of January is won in March.
    expect(plans.get('2027-01-12')).toMatchObject({ calls: 30, contracts: 10 });
    expect(plans.get('2027-04-12')).toMatchObject({ calls: 40, contracts: 40 });
  });

  it('asks a little less after the days on which deals can still be won in the period', () => {
    const weights = weightsOf(90);
    const plans = dayPlans({ weights, calendar, levels: levels({ calls: 100, contracts: 100 }) });
    const later = (100 * weights.sellingDays) / weights.days.length;
    expect(plans.get('2027-12-14')?.contracts).toBe(100);
    expect(Math.abs((plans.get('2027-12-14')?.calls ?? 0) - later)).toBeLessThan(1);
  });

  it('keeps every other day as it is when somebody is away', () => {
    const work = { weights: weightsOf(), levels: levels({ demos: 0.7, calls: 18.2 }) };
    const before = dayPlans({ ...work, calendar });
    const timeOff = [...calendar.timeOff, { from: '2027-03-01', to: '2027-03-12', label: '' }];
    const after = dayPlans({ ...work, calendar: { ...calendar, timeOff } });
    expect(before.size - after.size).toBe(10);
    for (const [date, counts] of after) expect(counts).toEqual(before.get(date));
  });
});

describe('for all plans', () => {
  const perDay = fc.record(
    Object.fromEntries(
      ACTIVITIES.map((one) => [one, fc.double({ min: 0, max: 60, noNaN: true })]),
    ) as Record<Activity, fc.Arbitrary<number>>,
  );
  const ramps = fc.option(
    fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 12, maxLength: 12 }),
    { nil: null },
  );

  it('the running sum stays within one of the exact one', () => {
    fc.assert(
      fc.property(perDay, fc.integer({ min: 0, max: 400 }), ramps, (perDay, cycle, ramp) => {
        const weights = weightsOf(cycle, ramp);
        const plans = dayPlans({ weights, calendar, levels: levels(perDay) });
        for (const activity of ACTIVITIES) {
          let [exact, whole] = [0, 0];
          for (const { date, creation, closing } of weights.days) {
            exact +=
              perDay[activity] * (CLOSING_ACTIVITIES.includes(activity) ? closing : creation);
            whole += plans.get(date)?.[activity] ?? Number.NaN;
            expect(Math.abs(exact - whole)).toBeLessThan(1 + 1e-6);
          }
        }
      }),
    );
  });
});
