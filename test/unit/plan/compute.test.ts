/** Whole plans. */
import { describe, expect, test } from 'vitest';
import { computePlan, liveFigures, type OpenTerms } from '../../../src/plan/model/compute.ts';
import { stopwatch } from '../../support/stopwatch.ts';
import { leastFile, renewal, specFile, specTerms, termsOf } from '../../support/terms.ts';

const codes = (file: unknown) => computePlan(termsOf(file)).warnings.map(({ code }) => code);

describe('the specification’s plan', () => {
  const plan = computePlan(specTerms());

  test('its worked check: R = 1,333,333.33; 3X = 3,999,999.99; 3.25X = 4,333,333.32', () => {
    expect(plan.income).toEqual({ target: 250_000_00, variableNeeded: 150_000_00 });
    expect(plan.bookings).toEqual({
      required: 1_333_333_33,
      quota: 1_000_000_00,
      target: 1_333_333_33,
      attainment: 1.33333333,
    });
    expect(plan.pipeline).toEqual({
      xFactor: 3,
      required: 3_999_999_99,
      insured: 4_333_333_32,
      impliedXFactor: 10 / 3,
    });
  });

  test('its layers and activities', () => {
    const { renewal, expansion, newBusiness } = plan.layers;
    expect(renewal).toEqual({ pipeline: 120_000_00, expected: 48_000_00 });
    expect(expansion).toEqual({ pipeline: 240_000_00, target: 80_000_00 });
    expect(newBusiness).toMatchObject({ pipeline: 3_615_999_99, target: 1_205_333_33 });
    expect(newBusiness.sdrSupply).toBe(618 / 13);
    expect(plan.sellingDays).toBe(206);
    expect(plan.baseActivities).toEqual({
      calls: { total: 3237, perDay: 16, perWeek: 79, perMonth: 341 },
      visits: { total: 247, perDay: 2, perWeek: 6, perMonth: 26 },
      demos: { total: 148, perDay: 1, perWeek: 4, perMonth: 16 },
      proposals: { total: 103, perDay: 1, perWeek: 3, perMonth: 11 },
      contracts: { total: 62, perDay: 1, perWeek: 2, perMonth: 7 },
    });
    // 1,235,333.33 × 3.25 ÷ 25,000 = 160.59 demos, and 3.25 for the expansion target.
    expect(plan.activities.demos.total).toBe(164);
    // 160.59 ÷ 0.6 × (160.59 − 47.54) ÷ 160.59 ÷ 0.05 = 3,768.5.
    expect(plan.activities.calls).toEqual({ total: 3769, perDay: 19, perWeek: 92, perMonth: 397 });
  });

  test('its milestones end at the target', () => {
    expect(plan.milestones).toHaveLength(12);
    expect(plan.milestones[0]).toMatchObject({ month: '2027-01', bookings: { total: 96_426_67 } });
    expect(plan.milestones.at(-1)?.bookings).toEqual({
      total: 1_333_333_33,
      renewal: 48_000_00,
      expansion: 80_000_00,
      newBusiness: 1_205_333_33,
    });
    expect(plan.milestones.at(-1)?.qualifiedPipeline.total).toBe(0);
  });

  test('its house deposit is paid for in June, and its X is thin', () => {
    expect(plan.lifeGoals).toMatchObject([{ paidOn: '2027-06-30', late: false }]);
    expect(plan.warnings).toMatchObject([{ code: 'x_factor_thin', xFactor: 3, winRate: 0.3 }]);
  });
});

test('the least plan stands on its defaults', () => {
  const terms = termsOf(leastFile());
  expect(terms.insurance).toEqual({ xFactor: 3.25, by: '2027-04-30', risks: [] });
  const plan = computePlan(terms);
  expect(plan.bookings.required).toBe(1_500_000_00);
  expect(plan.sellingDays).toBe(261);
  expect(plan.layers.newBusiness).toMatchObject({ deals: 60, opportunities: 180, gap: 180 });
});

test('a yen has no decimals: 1,333,333', () => {
  const file = specFile();
  const plan = computePlan(termsOf({ ...file, currency: 'JPY' }));
  expect(plan.bookings.required).toBe(1_333_333);
  expect(plan.pipeline.required).toBe(3_999_999);
});

test('a dinar has three: 1,333,333.333', () => {
  const plan = computePlan(termsOf({ ...specFile(), currency: 'KWD' }));
  expect(plan.bookings.required).toBe(1_333_333_333);
  expect(plan.pipeline.insured).toBe(4_333_333_332);
});

test('half a year: half the base, half the quota', () => {
  const file = leastFile();
  file.period.end = '2027-06-30';
  const plan = computePlan(termsOf(file));
  // 250,000 − 50,000 at 10 %.
  expect(plan.income.variableNeeded).toBe(200_000_00);
  expect(plan.bookings).toMatchObject({ quota: 500_000_00, required: 2_000_000_00, attainment: 4 });
  expect(plan.milestones).toHaveLength(6);
});

test('renewals that cover everything leave no new business and no calls', () => {
  const amount = 3_000_000;
  const plan = computePlan(
    termsOf({
      ...leastFile(),
      renewals: [{ account: 'Acme', amount, date: '2027-02-28', likelihood: 1 }],
    }),
  );
  expect(plan.bookings.required).toBe(1_500_000_00);
  expect(plan.layers.newBusiness).toEqual({
    pipeline: 0,
    target: 0,
    deals: 0,
    opportunities: 0,
    sdrSupply: 0,
    gap: 0,
  });
  expect(plan.activities.calls).toEqual({ total: 0, perDay: 0, perWeek: 0, perMonth: 0 });
  expect(plan.milestones.at(-1)?.bookings.total).toBe(1_500_000_00);
});

test('renewals over the target: the milestones end at what they bring', () => {
  const plan = computePlan(
    termsOf({
      ...leastFile(),
      renewals: [{ account: 'Acme', amount: 4_000_000, date: '2027-02-28', likelihood: 1 }],
    }),
  );
  expect(plan.bookings.target).toBe(1_500_000_00);
  expect(plan.milestones.at(-1)?.bookings.total).toBe(2_000_000_00);
});

describe('warnings', () => {
  const withGoal = (goal: object, compensation: object = {}) => {
    const file = leastFile();
    return {
      ...file,
      goal,
      compensation: { ...file.compensation, ...compensation },
      pipeline: { winRate: 0.5 },
    };
  };

  test('none where all is well', () => {
    expect(codes(withGoal({ income: 250_000 }))).toEqual([]);
    expect(codes(withGoal({ income: 200_000 }))).toEqual([]);
  });

  test('a goal below quota: 82 % of it, and what the rest would bring', () => {
    const plan = computePlan(termsOf(withGoal({ income: 182_000 })));
    expect(plan.warnings).toEqual([
      { code: 'goal_below_quota', required: 820_000_00, atQuota: 1_000_000_00, extra: 18_000_00 },
    ]);
    expect(plan.bookings).toMatchObject({ target: 1_000_000_00, attainment: 1 });
  });

  test('a goal that the base alone pays takes no bookings', () => {
    const plan = computePlan(termsOf(withGoal({ income: 90_000 })));
    expect(plan.warnings).toEqual([
      { code: 'goal_below_quota', required: 0, atQuota: 1_000_000_00, extra: 110_000_00 },
    ]);
  });

  test('a goal beyond the cap, or without a rate that pays', () => {
    const capped = computePlan(termsOf(withGoal({ income: 250_000 }, { cap: 149_999.99 })));
    expect(capped.warnings).toEqual([
      { code: 'goal_unreachable', variableNeeded: 150_000_00, cap: 149_999_99 },
    ]);
    expect(capped.bookings.required).toBe(1_000_000_00);
    const rates = { renewal: 0, expansion: 0, newBusiness: 0 };
    expect(computePlan(termsOf(withGoal({ income: 250_000 }, { rates }))).warnings).toEqual([
      { code: 'goal_unreachable', variableNeeded: 150_000_00, cap: null },
    ]);
  });

  test('each late goal by its name', () => {
    const lifeGoals = [
      { label: 'boat', amount: 100_000, by: '2027-02-28' },
      { label: 'bike', amount: 1_000, by: '2027-12-31' },
      { label: 'house', amount: 900_000, by: '2027-12-31' },
    ];
    const { warnings } = computePlan(termsOf(withGoal({ income: 250_000, lifeGoals })));
    expect(warnings).toMatchObject([
      { code: 'goal_late', label: 'boat', paidOn: '2027-09-30' },
      { code: 'goal_late', label: 'bike', paidOn: null },
      { code: 'goal_late', label: 'house', paidOn: null },
    ]);
  });
});

describe('explanations', () => {
  const plan = computePlan(specTerms());

  test('each figure’s explanation ends in the figure that the plan shows', () => {
    const { explanations: how } = plan;
    const result = (key: keyof typeof how) => how[key].result.value;
    expect(result('income.variableNeeded')).toBe(plan.income.variableNeeded);
    expect(result('bookings.required')).toBe(plan.bookings.required);
    expect(result('bookings.target')).toBe(plan.bookings.target);
    expect(result('bookings.attainment')).toBe(plan.bookings.attainment);
    expect(result('pipeline.insured')).toBe(plan.pipeline.insured);
    expect(result('layers.renewal.expected')).toBe(plan.layers.renewal.expected);
    expect(result('layers.newBusiness.gap')).toBe(plan.layers.newBusiness.gap);
    expect(result('sellingDays')).toBe(plan.sellingDays);
    for (const activity of ['calls', 'visits', 'demos', 'proposals', 'contracts'] as const) {
      for (const span of ['total', 'perDay', 'perWeek', 'perMonth'] as const) {
        expect(result(`activities.${activity}.${span}`)).toBe(plan.activities[activity][span]);
      }
    }
  });

  test('every one says what was done, with at least one number that went in', () => {
    for (const [key, { formula, inputs, result }] of Object.entries(plan.explanations)) {
      expect(formula, key).not.toBe('');
      expect(inputs.length, key).toBeGreaterThan(0);
      for (const { label, value } of inputs) {
        expect(label, key).not.toBe('');
        expect(typeof value === 'string' || Number.isFinite(value), key).toBe(true);
      }
      expect(Number.isFinite(result.value), key).toBe(true);
    }
  });

  test('how 19 calls a day came about can be followed with a pocket calculator', () => {
    expect(plan.explanations['activities.calls.perDay']).toEqual({
      formula: 'calls in all ÷ selling days, rounded up',
      inputs: [
        { label: 'calls in all', unit: 'count', value: 3768.495712051282 },
        { label: 'selling days', unit: 'days', value: 206 },
      ],
      result: { unit: 'count', value: 19 },
    });
    const [demos, visitToDemo, share, callToVisit] = plan.explanations[
      'activities.calls.total'
    ].inputs.map(({ value }) => Number(value));
    const calls = ((demos ?? 0) / (visitToDemo ?? 1)) * ((share ?? 0) / (callToVisit ?? 1));
    expect(calls).toBeCloseTo(3768.495712, 5);
  });

  test('the sum of life goals names each of them', () => {
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
});

describe('a plan in the making', () => {
  const terms = specTerms();
  const open: OpenTerms = {
    ...terms,
    goal: null,
    compensation: null,
    pipeline: null,
    newBusiness: null,
    insurance: null,
  };

  test('knows nothing while nothing is there', () => {
    expect(liveFigures(open)).toMatchObject({ incomeTarget: null, bookings: null, warnings: [] });
  });

  test('grows section by section', () => {
    const goal = { ...open, goal: terms.goal };
    expect(liveFigures(goal)).toMatchObject({ incomeTarget: 250_000_00, variableNeeded: null });
    const paid = { ...goal, compensation: terms.compensation };
    expect(liveFigures(paid)).toMatchObject({
      variableNeeded: 150_000_00,
      quota: 1_000_000_00,
      bookings: { required: 1_333_333_33 },
      pipeline: null,
    });
    const covered = { ...paid, pipeline: terms.pipeline };
    expect(liveFigures(covered)).toMatchObject({
      pipeline: { required: 3_999_999_99, insured: 4_333_333_32 },
      layers: null,
      warnings: [{ code: 'x_factor_thin' }],
    });
    const full = { ...covered, newBusiness: terms.newBusiness };
    expect(liveFigures(full)).toMatchObject({
      sellingDays: 206,
      layers: { newBusiness: { target: 1_205_333_33 } },
      milestones: { length: 12 },
    });
  });

  test('has the same figures as the plan once it is complete', () => {
    const { incomeTarget, variableNeeded, quota, ...live } = liveFigures(terms);
    const { income, ...plan } = computePlan(terms);
    expect(live).toEqual(plan);
    expect({ target: incomeTarget, variableNeeded }).toEqual(income);
    expect(quota).toBe(plan.bookings.quota);
  });

  test('without a selling day it has milestones and no activities', () => {
    const newBusiness = { ...terms.newBusiness, salesCycleDays: 400 };
    expect(liveFigures({ ...terms, newBusiness })).toMatchObject({
      sellingDays: 0,
      milestones: { length: 12 },
      activities: null,
    });
  });

  test('without a working day it has its pipeline and no layers', () => {
    const timeOff = [{ from: '2027-01-01', to: '2027-12-31', label: '' }];
    const calendar = { ...terms.calendar, timeOff };
    expect(liveFigures({ ...terms, calendar })).toMatchObject({
      pipeline: { required: 3_999_999_99 },
      layers: null,
      sellingDays: null,
    });
  });
});

test('10,000 renewals take well under a second', () => {
  const terms = specTerms();
  terms.renewals = Array.from({ length: 10_000 }, (_, index) =>
    renewal({
      amount: 100_000 + index,
      pressureTested: (index % 977) / 2048,
      date: `2027-${String(1 + (index % 12)).padStart(2, '0')}-15`,
    }),
  );
  const passed = stopwatch();
  const plan = computePlan(terms);
  expect(passed()).toBeLessThan(1000);
  expect(plan.layers.renewal.pipeline).toBe(10_000 * 100_000 + (9_999 * 10_000) / 2);
});
