import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayPlans } from '../../../src/activity/day-rules.ts';
import type { ActivityLevel } from '../../../src/plan/model/activities.ts';
import { ACTIVITIES, type Activity } from '../../../src/plan/schemas.ts';
import { WEEKDAYS } from '../../../src/time/local-date.ts';
import { workingDays } from '../../../src/time/working-days.ts';

const period = { start: '2027-01-01', end: '2027-12-31' };
const calendar = {
  workdays: WEEKDAYS.slice(0, 5),
  holidays: ['2027-01-01'],
  timeOff: [{ from: '2027-07-05', to: '2027-07-16' }],
};
const sellingDays = workingDays(calendar, period.start, period.end);

const level = (total: number): ActivityLevel => ({
  total,
  perDay: Math.ceil(total / sellingDays - 1e-9),
  perWeek: 0,
  perMonth: 0,
});
const levels = (totals: Partial<Record<Activity, number>>) =>
  Object.fromEntries(
    ACTIVITIES.map((activity) => [activity, level(totals[activity] ?? 0)]),
  ) as Record<Activity, ActivityLevel>;

describe('what a day asks', () => {
  it('is the agreed number of calls on each working day, and nothing on others', () => {
    const plans = dayPlans({ period, calendar, sellingDays, levels: levels({ calls: 6_512 }) });
    expect(plans.size).toBe(sellingDays);
    expect(new Set([...plans.values()].map(({ calls }) => calls))).toEqual(new Set([27]));
    expect(plans.get('2027-01-01')).toBeUndefined();
    expect(plans.get('2027-01-02')).toBeUndefined();
    expect(plans.get('2027-07-06')).toBeUndefined();
    expect(plans.get('2027-07-19')?.calls).toBe(27);
  });

  it('spreads what is rare: one demo on every third day, not one on each', () => {
    const plans = dayPlans({ period, calendar, sellingDays, levels: levels({ demos: 83 }) });
    const demos = [...plans.values()].map((counts) => counts.demos);
    expect(new Set(demos)).toEqual(new Set([0, 1]));
    const first = demos.slice(0, 30);
    expect(first.filter((count) => count === 1)).toHaveLength(9);
  });

  it('keeps every other day as it is when somebody is away', () => {
    const work = { period, sellingDays, levels: levels({ demos: 150, calls: 4_000 }) };
    const before = dayPlans({ ...work, calendar });
    const timeOff = [...calendar.timeOff, { from: '2027-03-01', to: '2027-03-12' }];
    const after = dayPlans({ ...work, calendar: { ...calendar, timeOff } });
    expect(before.size - after.size).toBe(10);
    for (const [date, counts] of after) expect(counts).toEqual(before.get(date));
  });

  it('is never more than one off the exact rate over any days in a row', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_400 }),
        fc.nat(200),
        fc.integer({ min: 1, max: 60 }),
        (total, from, length) => {
          const whole = { ...calendar, timeOff: [] };
          const days = workingDays(whole, period.start, period.end);
          const work = {
            period,
            calendar: whole,
            sellingDays: days,
            levels: levels({ visits: total }),
          };
          const counts = [...dayPlans(work).values()].map(({ visits }) => visits);
          const some = counts.slice(from, from + length);
          const sum = some.reduce((a, b) => a + b, 0);
          if (total / days < 10) {
            expect(Math.abs(sum - (some.length * total) / days)).toBeLessThan(1.001);
          }
        },
      ),
    );
  });
});
