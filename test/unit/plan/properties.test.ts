/** What holds for every plan. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { parsePlanFile } from '../../../src/plan/file/plan-file.ts';
import { planJson } from '../../../src/plan/file/plan-json.ts';
import { requiredBookings, splitTotal } from '../../../src/plan/model/bookings.ts';
import { checkPlan } from '../../../src/plan/model/checks.ts';
import { commission, quotaInPeriod } from '../../../src/plan/model/commission.ts';
import { computePlan } from '../../../src/plan/model/compute.ts';
import { exact, toMinor } from '../../../src/plan/model/exact.ts';
import { incomeTarget, variableNeeded } from '../../../src/plan/model/income.ts';
import { knownLayers } from '../../../src/plan/model/layers.ts';
import { ACTIVITIES, PlanTerms } from '../../../src/plan/schemas.ts';
import { monthsBetween } from '../../../src/time/local-date.ts';
import { planTerms } from '../../support/plan-arbitraries.ts';
import { runs } from '../../support/property-runs.ts';
import { leastFile, specFile } from '../../support/terms.ts';

vi.setConfig({ testTimeout: 60_000 });

/** The plan's pay as a function of a total, and what has to be earned with it. */
function payOf(terms: PlanTerms) {
  const months = monthsBetween(terms.period).length;
  const { compensation, goal, renewals, expansion } = terms;
  const plan = commission(compensation, quotaInPeriod(compensation, months));
  const known = knownLayers(renewals, expansion, compensation.quotaCredit);
  const needed = variableNeeded(incomeTarget(goal), compensation.baseSalary, months);
  return {
    plan,
    known,
    needed,
    /** The pay for a total of so many half minor units. */
    pay: (halves: bigint) => plan.pay(splitTotal(exact(halves).div(2), known)),
  };
}

const total = fc.oneof(fc.bigInt(0n, 3000n), fc.bigInt(0n, 10n ** 10n), fc.bigInt(0n, 10n ** 20n));

test('the commission never falls as bookings rise', () => {
  fc.assert(
    fc.property(planTerms, total, total, (terms, some, more) => {
      const { pay } = payOf(terms);
      expect(pay(some + more).gte(pay(some))).toBe(true);
    }),
  );
});

test('a booking more in any layer never lowers the commission', () => {
  const amount = fc.integer({ min: 0, max: 50_000_000 });
  const layers = fc.record({ renewal: amount, expansion: amount, newBusiness: amount });
  fc.assert(
    fc.property(planTerms, layers, layers, (terms, some, more) => {
      const { plan } = payOf(terms);
      const pay = (renewal: number, expansion: number, newBusiness: number) =>
        plan.pay({
          renewal: exact(renewal),
          expansion: exact(expansion),
          newBusiness: exact(newBusiness),
        });
      const [r, e, n] = [some.renewal, some.expansion, some.newBusiness];
      const before = pay(r, e, n);
      expect(pay(r + more.renewal, e, n).gte(before)).toBe(true);
      expect(pay(r, e + more.expansion, n).gte(before)).toBe(true);
      expect(pay(r, e, n + more.newBusiness).gte(before)).toBe(true);
    }),
  );
});

test('required bookings are the commission’s inverse, to the minor unit', () => {
  fc.assert(
    fc.property(planTerms, (terms) => {
      const { plan, known, needed, pay } = payOf(terms);
      const required = requiredBookings(needed, plan, known);
      if (required === null) {
        expect(pay(2n * 10n ** 30n).lt(needed)).toBe(true);
      } else if (required > 0n) {
        expect(pay(2n * required + 1n).gte(needed)).toBe(true);
        expect(pay(2n * required - 1n).lte(needed)).toBe(true);
      } else {
        expect(pay(1n).gte(needed)).toBe(true);
      }
    }),
  );
});

test('what a total earns takes that total again, or less where nothing between pays', () => {
  fc.assert(
    fc.property(planTerms, fc.bigInt(1n, 10n ** 12n), (terms, bookings) => {
      const { plan, known, pay } = payOf(terms);
      const earned = pay(2n * bookings);
      const required = requiredBookings(earned, plan, known);
      if (required === null) throw new Error('what is earned can be reached');
      expect(required).toBeLessThanOrEqual(bookings);
      if (required < bookings) expect(pay(2n * required + 1n).gte(earned)).toBe(true);
    }),
  );
});

test('the target is never under quota, and the milestones end at it', () => {
  fc.assert(
    fc.property(planTerms, (terms) => {
      const { bookings, layers, milestones } = computePlan(terms);
      const { known } = payOf(terms);
      expect(bookings.target).toBeGreaterThanOrEqual(bookings.quota);
      expect(bookings.target).toBeGreaterThanOrEqual(bookings.required);
      const both = known.renewal.add(known.expansion);
      const last = milestones.at(-1);
      expect(last?.bookings.total).toBe(Math.max(bookings.target, toMinor(both)));
      expect(last?.bookings.newBusiness).toBe(layers.newBusiness.target);
      expect(last?.bookings.renewal).toBe(layers.renewal.expected);
      expect(last?.bookings.expansion).toBe(layers.expansion.target);
      expect(last?.qualifiedPipeline.total).toBe(0);
    }),
  );
});

test('milestones never fall, layer by layer', () => {
  fc.assert(
    fc.property(planTerms, (terms) => {
      const { milestones } = computePlan(terms);
      milestones.slice(1).forEach(({ bookings }, index) => {
        const before = milestones[index]?.bookings;
        if (!before) throw new Error('each milestone but the first has one before it');
        for (const part of ['total', 'renewal', 'expansion', 'newBusiness'] as const) {
          expect(bookings[part]).toBeGreaterThanOrEqual(before[part]);
        }
      });
    }),
  );
});

test('more time off never lowers a daily number', () => {
  fc.assert(
    fc.property(planTerms, fc.nat(), fc.integer({ min: 0, max: 20 }), (terms, from, days) => {
      const dates = monthsBetween(terms.period);
      const month = dates[from % dates.length];
      if (!month) throw new Error('a period has months');
      const day = String(1 + (days % 28)).padStart(2, '0');
      const off = { from: `${month.month}-${day}`, to: month.end, label: '' };
      const calendar = { ...terms.calendar, timeOff: [...terms.calendar.timeOff, off] };
      const later = { ...terms, calendar };
      const before = computePlan(terms);
      fc.pre(checkPlan(later).length === 0);
      const after = computePlan(later);
      for (const activity of ACTIVITIES) {
        for (const level of ['activities', 'baseActivities'] as const) {
          const [now, then] = [after[level][activity], before[level][activity]];
          expect(now.perDay).toBeGreaterThanOrEqual(then.perDay);
        }
      }
    }),
  );
});

test('a larger X never lowers activity, nor does a larger insured X', () => {
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
          for (const span of ['total', 'perDay', 'perWeek', 'perMonth'] as const) {
            const [now, then] = [after[level][activity], before[level][activity]];
            expect(now[span]).toBeGreaterThanOrEqual(then[span]);
          }
        }
      }
    }),
  );
});

test('a late goal is not paid by its date; one in time is', () => {
  fc.assert(
    fc.property(planTerms, (terms) => {
      for (const { late, paidOn, by, dueByThen, moneyByThen } of computePlan(terms).lifeGoals) {
        if (late) expect(moneyByThen).toBeLessThanOrEqual(dueByThen);
        if (late && paidOn !== null) expect(paidOn > by).toBe(true);
        if (!late && dueByThen > 0) expect(paidOn !== null && paidOn <= by).toBe(true);
      }
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
  const rates = { renewal: least, expansion: least, newBusiness: least };
  const extreme = {
    ...leastFile(),
    goal: { income: 1e12 },
    compensation: {
      baseSalary: 0,
      quota: 0.01,
      rates,
      tiers: [
        { from: 0, multiplier: 0 },
        { from: 1000, multiplier: least },
      ],
      ramp: [least, ...Array(11).fill(0)],
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
