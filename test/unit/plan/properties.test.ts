/** What holds for every plan. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { dayPlans } from '../../../src/activity/day-rules.ts';
import { parsePlanFile } from '../../../src/plan/file/plan-file.ts';
import { planJson } from '../../../src/plan/file/plan-json.ts';
import { checkPlan } from '../../../src/plan/model/checks.ts';
import { payOn } from '../../../src/plan/model/component-pay.ts';
import { atQuota, type ComputedPlan, computePlan } from '../../../src/plan/model/compute.ts';
import { currencyDigits } from '../../../src/plan/model/currencies.ts';
import { dayWeights } from '../../../src/plan/model/day-weights.ts';
import {
  ACTIVITIES,
  type Component,
  LAYERS,
  PlanTerms,
  type Renewal,
} from '../../../src/plan/schemas.ts';
import { addDays, monthsBetween, WEEKDAYS } from '../../../src/time/local-date.ts';
import { naiveBookings } from '../../support/naive-bookings.ts';
import { Ratio } from '../../support/naive-ratio.ts';
import { planTerms } from '../../support/plan-arbitraries.ts';
import { runs } from '../../support/property-runs.ts';
import { leastFile, specFile } from '../../support/terms.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Nothing but variable pay, of which so much is to be earned. */
const earning = (terms: PlanTerms, income: number): PlanTerms => ({
  ...terms,
  goal: { income, livingCosts: null, lifeGoals: [] },
  compensation: { ...terms.compensation, baseSalary: 0, otherPay: [] },
});

const withComponents = (
  terms: PlanTerms,
  change: (component: Component) => Component,
): PlanTerms => ({
  ...terms,
  compensation: {
    ...terms.compensation,
    components: terms.compensation.components.map(change),
  },
});

const unramped = (terms: PlanTerms) =>
  withComponents(terms, (component) => ({ ...component, ramp: null }));

/** A plan in which nobody asks for more than quota, so that its target doesn't follow from when pay comes. */
function atItsQuota(terms: PlanTerms): PlanTerms {
  const { goal, compensation } = atQuota(terms);
  if (!goal || !compensation) throw new Error('a whole plan stays whole');
  return { ...terms, goal, compensation };
}

const isReached = ({ warnings }: ComputedPlan) =>
  !warnings.some(({ code }) => code === 'goal_unreachable');

describe('pay', () => {
  const amount = fc.integer({ min: 0, max: 50_000_000 });
  const booking = fc.record({
    day: fc.nat(),
    layer: fc.constantFrom(...LAYERS),
    amount,
  });

  test('never falls by one booking more, where all layers earn the same or multipliers only rise', () => {
    fc.assert(
      fc.property(planTerms, fc.array(booking, { maxLength: 12 }), booking, (terms, some, more) => {
        const rising = withComponents(terms, (component) => ({
          ...component,
          tiers: component.tiers.map((tier, index, tiers) => ({
            ...tier,
            multiplier:
              'rates' in component.pays
                ? Math.max(...tiers.slice(0, index + 1).map(({ multiplier }) => multiplier))
                : tier.multiplier,
          })),
        }));
        const { start, end } = terms.period;
        const days = (Date.parse(end) - Date.parse(start)) / 86_400_000 + 1;
        const dated = [...some, more].map(({ day, ...rest }) => ({
          ...rest,
          date: addDays(start, day % days),
        }));
        const payFor = (bookings: typeof dated) =>
          payOn(rising.compensation, terms.period, bookings);
        expect(payFor(dated)).toBeGreaterThanOrEqual(payFor(dated.slice(0, -1)));
      }),
    );
  });

  test('what lies outside of the period pays nothing, and days within a month don’t matter', () => {
    fc.assert(
      fc.property(
        planTerms,
        fc.array(booking, { maxLength: 8 }),
        fc.nat(),
        (terms, some, shift) => {
          const months = monthsBetween(terms.period);
          const onDay = (within: number) =>
            some.map(({ day, ...rest }) => {
              const month = months[day % months.length]?.month ?? '';
              return { ...rest, date: `${month}-${String(1 + (within % 28)).padStart(2, '0')}` };
            });
          const outside = some.map(({ day, ...rest }) => ({
            ...rest,
            date:
              day % 2
                ? addDays(terms.period.end, 1 + (day % 99))
                : addDays(terms.period.start, -1 - (day % 99)),
          }));
          const pay = payOn(terms.compensation, terms.period, onDay(0));
          expect(payOn(terms.compensation, terms.period, [...outside, ...onDay(shift)])).toBe(pay);
        },
      ),
    );
  });
});

describe('required bookings', () => {
  test('more of a goal never takes less', () => {
    const amount = fc.integer({ min: 0, max: 60_000_000 });
    fc.assert(
      fc.property(planTerms, amount, amount, (terms, some, more) => {
        const [one, other] = [some, some + more].map((income) =>
          computePlan(earning(terms, income)),
        );
        if (!one || !other) throw new Error('both are computed');
        fc.pre(isReached(other));
        expect(isReached(one)).toBe(true);
        expect(other.bookings.required).toBeGreaterThanOrEqual(one.bookings.required);
        expect(other.bookings.target).toBeGreaterThanOrEqual(one.bookings.target);
      }),
    );
  });

  test('what a total earns takes no more than that total', () => {
    fc.assert(
      fc.property(planTerms, fc.integer({ min: 1, max: 10 ** 9 }), (terms, total) => {
        const { totals, isCarried, both } = naiveBookings(terms);
        fc.pre(isCarried || BigInt(total) <= both.floor());
        const earned = Number(totals.payAt(Ratio.of(total)).floor());
        fc.pre(earned <= 1e15);
        const plan = computePlan(earning(terms, earned));
        expect(isReached(plan)).toBe(true);
        expect(plan.bookings.required).toBeLessThanOrEqual(total);
      }),
    );
  });

  test('a higher quota lowers no target', () => {
    fc.assert(
      fc.property(planTerms, fc.integer({ min: 1, max: 10 ** 7 }), (terms, more) => {
        const plain = atItsQuota(terms);
        const higher = withComponents(plain, (one) => ({ ...one, quota: one.quota + more }));
        const [before, after] = [computePlan(plain), computePlan(higher)];
        expect(after.bookings.target).toBeGreaterThanOrEqual(before.bookings.target);
      }),
    );
  });
});

describe('milestones', () => {
  test('end at the target, or at what can be booked of it', () => {
    fc.assert(
      fc.property(planTerms, (terms) => {
        const { bookings, layers, milestones } = computePlan(terms);
        const { both, quotaTotal, isCarried } = naiveBookings(terms);
        expect(bookings.target).toBe(Math.max(quotaTotal.round(), bookings.required));
        const last = milestones.at(-1)?.bookings;
        if (!last) throw new Error('a plan has months');
        expect(last.renewal).toBe(layers.renewal.expected);
        expect(last.expansion).toBe(layers.expansion.target);
        const uncovered = isCarried ? layers.newBusiness.uncovered : 0;
        const whole = isCarried ? Math.max(bookings.target, both.round()) : both.round();
        if (uncovered === 0 && last.newBusiness > 0) expect(last.total).toBe(whole);
        // What can't close is rounded too, and layers alone are each.
        expect(Math.abs(last.total + uncovered - whole)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('layers add up to totals, and no layer falls', () => {
    fc.assert(
      fc.property(planTerms, (terms) => {
        const { milestones } = computePlan(terms);
        for (const [index, { bookings, qualifiedPipeline }] of milestones.entries()) {
          for (const { total, ...layers } of [bookings, qualifiedPipeline]) {
            expect(layers.renewal + layers.expansion + layers.newBusiness).toBe(total);
            for (const layer of LAYERS) expect(layers[layer]).toBeGreaterThanOrEqual(0);
          }
          const before = milestones[index - 1]?.bookings;
          // In the last month new business takes what rounding leaves.
          const slack = index === milestones.length - 1 ? 1 : 0;
          for (const layer of LAYERS) {
            expect(bookings[layer]).toBeGreaterThanOrEqual((before?.[layer] ?? 0) - slack);
          }
        }
      }),
    );
  });

  test('a longer cycle raises no month’s bookings', () => {
    const longer = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(planTerms, longer, (terms, days) => {
        // Days off can make a shorter window begin with a denser part of itself; a ramp moves weights about.
        const plain: PlanTerms = {
          ...unramped(atItsQuota(terms)),
          calendar: { workdays: [...WEEKDAYS], holidays: [], timeOff: [] },
        };
        const { salesCycleDays } = plain.newBusiness;
        const later = {
          ...plain,
          newBusiness: { ...plain.newBusiness, salesCycleDays: salesCycleDays + days },
        };
        const [before, after] = [computePlan(plain), computePlan(later)];
        expect(after.bookings.target).toBe(before.bookings.target);
        for (const [index, { bookings }] of after.milestones.entries()) {
          const sooner = before.milestones[index]?.bookings.total ?? 0;
          expect(bookings.total).toBeLessThanOrEqual(sooner);
        }
      }),
    );
  });

  test('an opening pipeline raises every month’s bookings, and asks for no more activity', () => {
    fc.assert(
      fc.property(planTerms, fc.integer({ min: 1, max: 10 ** 8 }), (terms, more) => {
        const plain = atItsQuota(terms);
        // Within the opening window everything has closed that could, where the cycle is a month or more.
        fc.pre(plain.newBusiness.salesCycleDays >= 30);
        const { opening } = plain.pipeline;
        const opened = {
          ...plain,
          pipeline: { ...plain.pipeline, opening: { newBusiness: opening.newBusiness + more } },
        };
        const [before, after] = [computePlan(plain), computePlan(opened)];
        expect(after.layers.newBusiness.opening).toBeGreaterThanOrEqual(
          before.layers.newBusiness.opening,
        );
        for (const [index, { bookings }] of after.milestones.entries()) {
          const without = before.milestones[index]?.bookings.total ?? 0;
          expect(bookings.total).toBeGreaterThanOrEqual(without);
        }
        for (const level of ['activities', 'baseActivities'] as const) {
          for (const activity of ACTIVITIES) {
            expect(after[level][activity].total).toBeLessThanOrEqual(before[level][activity].total);
          }
        }
      }),
    );
  });
});

const COUNTS = ['total', 'perDay', 'perWeek', 'perMonth'] as const;

describe('activities', () => {
  test('more time off lowers no daily number', () => {
    fc.assert(
      fc.property(planTerms, fc.nat(), fc.integer({ min: 0, max: 27 }), (terms, from, day) => {
        // With a ramp, other days than before may be the window.
        const plain = unramped(atItsQuota(terms));
        const months = monthsBetween(plain.period);
        const month = months[from % months.length];
        if (!month) throw new Error('a period has months');
        const first = `${month.month}-${String(1 + day).padStart(2, '0')}`;
        const off = { from: first, to: month.end, label: '' };
        const calendar = { ...plain.calendar, timeOff: [...plain.calendar.timeOff, off] };
        const later = { ...plain, calendar };
        fc.pre(checkPlan(later).length === 0);
        const [before, after] = [computePlan(plain), computePlan(later)];
        for (const activity of ACTIVITIES) {
          for (const level of ['activities', 'baseActivities'] as const) {
            const [now, then] = [after[level][activity], before[level][activity]];
            expect(now.perDay).toBeGreaterThanOrEqual(then.perDay);
          }
        }
      }),
    );
  });

  test('a larger X lowers none, nor does a larger insured X', () => {
    const larger = fc.integer({ min: 0, max: 500 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(planTerms, larger, (terms, more) => {
        const raise = (x: number) => Number((x + more).toFixed(2));
        const before = computePlan(terms);
        const after = computePlan({
          ...terms,
          pipeline: { ...terms.pipeline, xFactor: raise(terms.pipeline.xFactor) },
          insurance: { ...terms.insurance, xFactor: raise(terms.insurance.xFactor) },
        });
        for (const activity of ACTIVITIES) {
          for (const level of ['activities', 'baseActivities'] as const) {
            for (const span of COUNTS) {
              const [now, then] = [after[level][activity], before[level][activity]];
              expect(now[span]).toBeGreaterThanOrEqual(then[span]);
            }
          }
        }
      }),
    );
  });

  test('the insured ones are no fewer, said in the same unit, and at least 3 unless in a quarter', () => {
    fc.assert(
      fc.property(planTerms, (terms) => {
        const { activities, baseActivities } = computePlan(terms);
        for (const activity of ACTIVITIES) {
          const [insured, base] = [activities[activity], baseActivities[activity]];
          for (const span of COUNTS) expect(insured[span]).toBeGreaterThanOrEqual(base[span]);
          expect(base.shown.per).toBe(insured.shown.per);
          expect(base.shown.count).toBeLessThanOrEqual(insured.shown.count);
          if (insured.shown.per !== 'quarter') {
            expect(insured.shown.count).toBeGreaterThanOrEqual(3);
          }
        }
      }),
    );
  });

  test('days ask whole counts, whose running sum stays within 1 of weight × level', () => {
    fc.assert(
      fc.property(planTerms, (terms) => {
        const { period, calendar, newBusiness, compensation } = terms;
        const crediting = compensation.components.find(({ credits }) =>
          credits.includes('newBusiness'),
        );
        const ramp = crediting?.ramp ?? null;
        const weights = dayWeights(period, calendar, newBusiness.salesCycleDays, ramp);
        const levels = computePlan(terms).activities;
        const days = [...dayPlans({ weights, levels, calendar })];
        const { worked } = naiveBookings(terms).days;
        expect(days.map(([date]) => date)).toEqual(worked.map(({ date }) => date));
        for (const activity of ACTIVITIES) {
          const isClosing = activity === 'proposals' || activity === 'contracts';
          const { exact, total } = levels[activity];
          // A number holds no more of a sum than its 16 digits.
          const slack = 1e-6 * Math.max(1, total * 1e-6);
          let [asked, due] = [0, 0];
          for (const [index, [, counts]] of days.entries()) {
            asked += counts[activity];
            due += exact * ((isClosing ? worked[index]?.closing : worked[index]?.creation) ?? 0);
            expect(Number.isInteger(counts[activity]) && counts[activity] >= 0).toBe(true);
            expect(Math.abs(asked - due)).toBeLessThan(1 + slack);
          }
        }
      }),
    );
  });

  test('levels bring what the plan needs: of a day of weight 1, over all of the window’s weight', () => {
    fc.assert(
      fc.property(planTerms, (terms) => {
        const { activities } = computePlan(terms);
        const { creationWeight, closingWeight } = naiveBookings(terms).days;
        for (const activity of ACTIVITIES) {
          const isClosing = activity === 'proposals' || activity === 'contracts';
          const weight = (isClosing ? closingWeight : creationWeight).float();
          const { exact, total } = activities[activity];
          expect(Math.ceil(exact * weight - 1e-6 * Math.max(1, total))).toBeLessThanOrEqual(total);
          expect(exact * weight).toBeGreaterThan((total - 1) * (1 - 1e-9) - 1e-6);
        }
      }),
    );
  });
});

describe('the same plan told in another way', () => {
  /** But for activities and what explains: what counts rows, and texts. */
  function figuresOf(terms: PlanTerms) {
    const { activities, baseActivities, explanations, warnings, compensation, ...figures } =
      computePlan(terms);
    const byText = (items: readonly object[]) => items.map((item) => JSON.stringify(item)).sort();
    return { ...figures, warnings: byText(warnings), compensation: byText(compensation) };
  }

  test('renewals, expansion, risks and other pay in another order change nothing', () => {
    fc.assert(
      fc.property(planTerms, (terms) => {
        const turned = {
          ...terms,
          renewals: terms.renewals.toReversed(),
          expansion: terms.expansion.toReversed(),
          compensation: {
            ...terms.compensation,
            otherPay: terms.compensation.otherPay.toReversed(),
          },
          insurance: { ...terms.insurance, risks: terms.insurance.risks.toReversed() },
        };
        expect(figuresOf(turned)).toEqual(figuresOf(terms));
        expect(computePlan(turned).activities).toEqual(computePlan(terms).activities);
      }),
    );
  });

  test('components in another order change nothing, while the one that speaks for the plan is first', () => {
    fc.assert(
      fc.property(planTerms, (terms) => {
        const { components } = terms.compensation;
        const leading =
          components.find(({ credits }) => credits.includes('newBusiness')) ?? components[0];
        if (!leading) throw new Error('a comp plan has components');
        const others = components.filter((one) => one !== leading).toReversed();
        const turned = {
          ...terms,
          compensation: { ...terms.compensation, components: [leading, ...others] },
        };
        expect(figuresOf(turned)).toEqual(figuresOf(terms));
        expect(computePlan(turned).activities).toEqual(computePlan(terms).activities);
      }),
    );
  });

  test('a renewal in two rows is one, but for the contract and the visit that each row takes', () => {
    fc.assert(
      fc.property(planTerms, fc.nat(), fc.nat(), (terms, pick, cut) => {
        const { renewals } = terms;
        const row = renewals[pick % renewals.length];
        fc.pre(row !== undefined);
        if (!row) return;
        const amount = cut % (row.amount + 1);
        const two = [
          { ...row, amount },
          { ...row, amount: row.amount - amount },
        ];
        const split = {
          ...terms,
          renewals: renewals.flatMap((one: Renewal) => (one === row ? two : [one])),
        };
        expect(figuresOf(split)).toEqual(figuresOf(terms));
        const [one, other] = [computePlan(terms), computePlan(split)];
        for (const level of ['activities', 'baseActivities'] as const) {
          for (const activity of ACTIVITIES) {
            const more = activity === 'visits' || activity === 'contracts' ? 1 : 0;
            expect(other[level][activity].total).toBe(one[level][activity].total + more);
          }
        }
      }),
    );
  });

  test('expansion of nothing and risks of nothing are none', () => {
    fc.assert(
      fc.property(planTerms, (terms) => {
        const none = {
          account: 'nothing',
          buyingCenter: '',
          target: 0,
          split: 'halves' as const,
        };
        const idle = { ...terms, expansion: [...terms.expansion, none] };
        expect(figuresOf(idle)).toEqual(figuresOf(terms));
        expect(computePlan(idle).activities).toEqual(computePlan(terms).activities);
      }),
    );
  });

  test('an amount for nobody: a cap that is never reached, a tier like the one below, a bonus of 0', () => {
    fc.assert(
      fc.property(planTerms, fc.integer({ min: 1, max: 500 }), (terms, hundredths) => {
        const said = withComponents(terms, (component) => {
          const last = component.tiers.at(-1);
          if (!last || last.all) return component;
          const from = Number((last.from + hundredths / 100).toFixed(2));
          return {
            ...component,
            cap: component.cap ?? 1e30,
            tiers: [...component.tiers, { ...last, from }],
            bonuses: [...component.bonuses, { at: from, amount: 0 }],
          };
        });
        const [one, other] = [computePlan(terms), computePlan(said)];
        fc.pre(isReached(one));
        expect(other.bookings).toEqual(one.bookings);
        expect(other.compensation).toEqual(one.compensation);
        expect(other.milestones).toEqual(one.milestones);
      }),
    );
  });
});

test('a late goal is not paid by its date; one in time is', () => {
  fc.assert(
    fc.property(planTerms, (terms) => {
      const major = 10 ** currencyDigits(terms.currency);
      for (const { late, paidOn, by, dueByThen, moneyByThen } of computePlan(terms).lifeGoals) {
        if (late) expect(moneyByThen).toBeLessThan(dueByThen);
        if (late && paidOn !== null) expect(paidOn > by).toBe(true);
        if (!late && dueByThen >= major) expect(paidOn !== null && paidOn <= by).toBe(true);
      }
    }),
  );
});

test('a guarantee pays in full what nothing earns, and lowers no required bookings', () => {
  fc.assert(
    fc.property(planTerms, (terms) => {
      const { guarantee } = terms.compensation;
      fc.pre(guarantee !== null);
      if (!guarantee) return;
      const without = { ...terms, compensation: { ...terms.compensation, guarantee: null } };
      const plan = computePlan(terms);
      expect(plan.bookings).toEqual(computePlan(without).bookings);
      expect(plan.guarantee.total).toBe(guarantee.perMonth * guarantee.months);
      expect(plan.guarantee.topUps).toBeGreaterThanOrEqual(0);
      const idle = withComponents(terms, (one) => ({ ...one, pays: { rate: 0 }, bonuses: [] }));
      const inPlan = Math.min(guarantee.months, monthsBetween(terms.period).length);
      expect(computePlan(idle).guarantee.topUps).toBe(guarantee.perMonth * inPlan);
    }),
  );
});

/** The terms as a file: a yen is its own minor unit, so that no amount changes. */
function fileOf(terms: PlanTerms): unknown {
  return { ...terms, currency: 'JPY' };
}

test('terms written to a file are read back the same', () => {
  fc.assert(
    fc.property(planTerms, (terms) => {
      const result = parsePlanFile(JSON.stringify(fileOf(terms)));
      expect(result).toEqual({ ok: true, terms: fileOf(terms) });
    }),
  );
});

/** Whatever comes: refused with a list, or computed to finite numbers. */
function survives(text: string): 'refused' | 'computed' {
  const result = parsePlanFile(text);
  if (!result.ok) {
    expect(result.problems.length).toBeGreaterThan(0);
    expect(result.problems.length).toBeLessThanOrEqual(101);
    const lines = result.problems.map(({ path, problem }) => `${path}: ${problem}`);
    expect(lines.filter((line) => !/^[^\n]+: [^\n]+$/.test(line))).toEqual([]);
    return 'refused';
  }
  expect(PlanTerms.parse(result.terms)).toEqual(result.terms);
  const plan = computePlan(result.terms);
  const json = planJson(plan, result.terms.currency);
  const numbers = numbersIn([json, plan.explanations]);
  expect(numbers.filter((number) => !Number.isFinite(number))).toEqual([]);
  return 'computed';
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

test('no text crashes the reader', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.json());
  fc.assert(
    fc.property(texts, (text) => {
      survives(text);
    }),
    { numRuns: runs(500) },
  );
});

test('no shape of values under the right keys crashes the reader', () => {
  const values = Object.keys(specFile()).map((key) => [key, fc.jsonValue()] as const);
  const files = fc.record(Object.fromEntries(values), { requiredKeys: [] });
  fc.assert(
    fc.property(files, (file) => {
      survives(JSON.stringify(file));
    }),
    { numRuns: runs(300) },
  );
});

const oddNumber = fc.oneof(
  fc.constantFrom(0, -1, 1, 0.5, 1.2, 1e-7, 1e-9, 1e-10, 5e-324, 1e12, 1e15, 1e21, 1e308),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: 0, max: 2 }),
  fc.integer({ min: 1, max: 400 }),
);
const oddText = fc.constantFrom(
  ...['', 'x', 'JPY', '2027-02-30', '2027-02-28', '2027-06-30', '2199-12-31', '1900-01-01'],
  ...['\u0000', '\ud800'],
);
const oddValue = fc.oneof(oddNumber, oddText, fc.constantFrom(true, null, [], {}, [[]], [null]));

/** A path in the file and what to put there: mostly of the same kind, so that it may be taken. */
function mutationOf(file: unknown): fc.Arbitrary<[string[], unknown]> {
  const paths = pathsIn(file);
  const numbers = paths.filter((path) => typeof valueAt(file, path) === 'number');
  const texts = paths.filter((path) => typeof valueAt(file, path) === 'string');
  return fc.oneof(
    { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...numbers), oddNumber) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...texts), oddText) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...paths), oddValue) },
  );
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => Reflect.get(Object(at), key), value);
}

/** The paths of all values in a file, as lists of keys. */
function pathsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]));
  return path.length === 0 ? inside : [path, ...inside];
}

function mutate(file: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(file)
    ? [...file]
    : { ...(file as Record<string, unknown>) };
  Reflect.set(copy, key, mutate(Reflect.get(copy, key), rest, value));
  return copy;
}

test('sound plans with odd values in them are refused or computed to finite numbers', () => {
  const seen = { refused: 0, computed: 0 };
  // Enough of them that both kinds are sure to come.
  const each = Math.max(100, runs(300));
  for (const file of [specFile(), leastFile()]) {
    const mutations = fc.array(mutationOf(file), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(mutations, (mutations) => {
        const mutated = mutations.reduce<unknown>(
          (so, [path, value]) => mutate(so, path, value),
          file,
        );
        seen[survives(JSON.stringify(mutated))]++;
      }),
      { numRuns: each },
    );
  }
  expect(seen.refused).toBeGreaterThan(each / 3);
  expect(seen.computed).toBeGreaterThan((each * 40) / 300);
});

test('the largest and the smallest that a file may hold compute to finite numbers', () => {
  const least = 1e-9;
  const extreme = {
    ...leastFile(),
    goal: { income: 1e12 },
    compensation: {
      baseSalary: 0,
      components: [
        {
          name: 'Commission',
          credits: ['renewal', 'expansion', 'newBusiness'],
          quota: 0.01,
          pays: { rate: least },
          tiers: [
            { from: 0, multiplier: 0 },
            { from: 1000, multiplier: least },
          ],
          ramp: [least, ...Array(11).fill(0)],
        },
      ],
    },
    pipeline: { xFactor: 1000, winRate: least },
    renewals: [{ account: 'a', amount: 1e12, date: '2027-01-01', likelihood: least }],
    newBusiness: { averageDealSize: 0.01, salesCycleDays: 363 },
    funnel: {
      callToVisit: least,
      visitToDemo: least,
      demoToProposal: least,
      proposalToContract: least,
      contractToWon: least,
    },
  };
  expect(survives(JSON.stringify(extreme))).toBe('computed');
});
