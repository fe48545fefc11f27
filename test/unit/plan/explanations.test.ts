/** How each figure came about: what is said leads to what is shown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computePlan } from '../../../src/plan/model/compute.ts';
import type { Explanation, Explanations, FigureKey } from '../../../src/plan/model/explanation.ts';
import { ACTIVITIES, type PlanTerms } from '../../../src/plan/schemas.ts';
import { planTerms } from '../../support/plan-arbitraries.ts';
import { accountManager, newHire, PROFILES, profileTerms } from '../../support/profiles.ts';
import { runs } from '../../support/property-runs.ts';
import { leastFile, specTerms, termsOf } from '../../support/terms.ts';

const found = (explanations: Explanations, key: FigureKey): Explanation => {
  const explanation = explanations[key];
  if (!explanation) throw new Error(`${key} is not explained`);
  return explanation;
};

/** What went in, by the label that people read. */
const inputs = (explanation: Explanation) =>
  new Map(explanation.inputs.map(({ label, value }) => [label, Number(value)]));

const sane = (explanations: Explanations) => {
  for (const [key, explanation] of Object.entries(explanations)) {
    if (!explanation) throw new Error(`${key} is left empty`);
    const { formula, inputs, result } = explanation;
    expect(formula, key).toMatch(/\S/);
    for (const { label, value } of inputs) {
      expect(label, key).toMatch(/\S/);
      expect(typeof value === 'string' || Number.isFinite(value), `${key}: ${label}`).toBe(true);
    }
    expect(typeof result.value === 'string' || Number.isFinite(result.value), key).toBe(true);
  }
};

const PLANS: [name: string, terms: PlanTerms][] = [
  ['the specification', specTerms()],
  ...Object.entries(PROFILES).map(([name, profile]): [string, PlanTerms] => [
    name,
    profileTerms(profile),
  ]),
];

describe.each(PLANS)('the plan of %s', (_, terms) => {
  const plan = computePlan(terms);
  const result = (key: FigureKey) => found(plan.explanations, key).result.value;

  it('ends each explanation in the figure that it shows', () => {
    expect(result('income.target')).toBe(plan.income.target);
    expect(result('income.variableNeeded')).toBe(plan.income.variableNeeded);
    expect(result('bookings.required')).toBe(plan.bookings.required);
    expect(result('bookings.quota')).toBe(plan.bookings.quota);
    expect(result('bookings.target')).toBe(plan.bookings.target);
    expect(result('bookings.attainment')).toBe(plan.bookings.attainment);
    expect(result('pipeline.required')).toBe(plan.pipeline.required);
    expect(result('pipeline.insured')).toBe(plan.pipeline.insured);
    expect(result('layers.renewal.expected')).toBe(plan.layers.renewal.expected);
    expect(result('layers.newBusiness.uncovered')).toBe(plan.layers.newBusiness.uncovered);
    expect(result('sellingDays')).toBe(plan.sellingDays);
    plan.compensation.forEach(({ pay }, index) => {
      expect(result(`compensation.${index}.pay`)).toBe(pay);
    });
    const open = plan.milestones.map(({ qualifiedPipeline }) => qualifiedPipeline.total);
    // Layers are rounded one by one, their sum is not.
    expect(Math.abs(Number(result('pipeline.open')) - Math.max(...open))).toBeLessThanOrEqual(2);
    for (const activity of ACTIVITIES) {
      if (!plan.explanations[`activities.${activity}.total`]) continue;
      expect(result(`activities.${activity}.total`)).toBe(plan.activities[activity].total);
      expect(result(`activities.${activity}.shown`)).toBe(plan.activities[activity].shown.count);
    }
  });

  it('says of each what was done and what went in', () => {
    sane(plan.explanations);
    expect(Object.keys(plan.explanations).length).toBeGreaterThan(25);
  });
});

it('whatever the plan, what is said can be followed with a pocket calculator', () => {
  fc.assert(
    fc.property(planTerms, (terms) => {
      const { explanations, activities } = computePlan(terms);
      sane(explanations);
      for (const activity of ACTIVITIES) {
        const shown = explanations[`activities.${activity}.shown`];
        if (!shown) continue;
        const [inAll = 0, days = 1, unit = 1] = inputs(shown).values();
        const exact = days === 0 ? 0 : (inAll / days) * unit;
        const { count } = activities[activity].shown;
        expect(count).toBeGreaterThanOrEqual(exact - 1e-6 * (1 + exact));
        expect(count).toBeLessThan(exact + 1 + 1e-6 * (1 + exact));
      }
      terms.compensation.components.forEach((component, index) => {
        const { inputs, result } = found(explanations, `compensation.${index}.pay`);
        const paid = inputs
          .filter(({ label }) => label.startsWith('pays for'))
          .map(({ value }) => Number(value));
        const all = paid.reduce((sum, pay) => sum + pay, 0);
        const most = Math.min(all, component.cap ?? Number.POSITIVE_INFINITY);
        // Each quota period is rounded by itself.
        expect(Math.abs(Number(result.value) - most)).toBeLessThanOrEqual(
          paid.length + Math.abs(most) * 1e-12,
        );
      });
      const opportunities = explanations['layers.newBusiness.opportunities'];
      const size = terms.newBusiness.averageDealSize;
      if (opportunities && size !== null) {
        const [toCreate = 0, x = 0, dealSize = 1] = inputs(opportunities).values();
        const shown = Number(opportunities.result.value);
        // What is to be created is rounded to the minor unit.
        expect(Math.abs(shown - (toCreate * x) / dealSize)).toBeLessThanOrEqual(
          x / dealSize + shown * 1e-9,
        );
      }
    }),
    { numRuns: runs(40) },
  );
});

it('an account manager’s plan explains nothing of leads and calls', () => {
  const { explanations } = computePlan(profileTerms(accountManager));
  const keys = Object.keys(explanations);
  expect(keys.filter((key) => /^insured|calls|sdr|gap$|deals|opening/u.test(key))).toEqual([]);
  const said = JSON.stringify(explanations);
  expect(said).not.toMatch(/demos for new business|SDR|lead/u);
  expect(found(explanations, 'layers.renewal.expected').formula).toContain('agreed likelihood');
  expect(found(explanations, 'layers.renewal.cut').formula).toContain('pressure-tested');
});

it('a guarantee is explained where there is one', () => {
  const { explanations, guarantee } = computePlan(profileTerms(newHire));
  expect(found(explanations, 'guarantee.topUps').result.value).toBe(guarantee.topUps);
  expect(computePlan(specTerms()).explanations['guarantee.topUps']).toBeUndefined();
});

it('the calls a day of the specification’s plan follow from what is said', () => {
  const { explanations } = computePlan(specTerms());
  const shown = found(explanations, 'activities.calls.shown');
  expect(shown.formula).toBe('calls in all ÷ selling days, rounded up');
  const total = inputs(found(explanations, 'activities.calls.total'));
  const calls =
    ((total.get('demos for new business') ?? 0) / (total.get('visits that become demos') ?? 1)) *
    ((total.get('share found without SDRs') ?? 0) / (total.get('calls that become visits') ?? 1));
  expect(inputs(shown).get('calls in all')).toBeCloseTo(calls, 5);
});

it('the sum of life goals names each of them', () => {
  const goal = {
    livingCosts: 60_000,
    lifeGoals: [{ label: 'boat', amount: 100_000, by: '2027-12-31' }],
  };
  const { explanations } = computePlan(termsOf({ ...leastFile(), goal }));
  expect(explanations['income.target']).toEqual({
    formula: 'living costs + life goals',
    inputs: [
      { label: 'living costs', unit: 'money', value: 60_000_00 },
      { label: 'boat', unit: 'money', value: 100_000_00 },
    ],
    result: { unit: 'money', value: 160_000_00 },
  });
});
