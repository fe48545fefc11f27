/** Whole plans. */
import { describe, expect, test } from 'vitest';
import { computePlan, liveFigures, type OpenTerms } from '../../../src/plan/model/compute.ts';
import { stopwatch } from '../../support/stopwatch.ts';
import { leastFile, renewal, specFile, specTerms, termsOf } from '../../support/terms.ts';

const codes = (file: unknown) => computePlan(termsOf(file)).warnings.map(({ code }) => code);

describe('the specification’s plan', () => {
  const plan = computePlan(specTerms());

  test('its worked check: R = 1,333,333.33; renewals at their amount, the rest 3 and 3.25 times', () => {
    expect(plan.income).toEqual({ target: 250_000_00, variableNeeded: 150_000_00 });
    expect(plan.bookings).toEqual({
      required: 1_333_333_33,
      quota: 1_000_000_00,
      target: 1_333_333_33,
      attainment: 1.33333333,
    });
    expect(plan.pipeline).toEqual({
      xFactor: 3,
      // 120,000 + (1,333,333.33 − 48,000) × 3.
      required: 3_975_999_99,
      insured: 4_297_333_32,
      impliedXFactor: 100 / 33,
    });
    expect(plan.compensation).toEqual([
      {
        name: 'Commission',
        quota: 1_000_000_00,
        credit: 1_333_333_33,
        attainment: 1.33333333,
        pay: 150_000_00,
      },
    ]);
    expect(plan.guarantee).toEqual({ total: 0, topUps: 0 });
  });

  test('its layers and activities', () => {
    const { renewal, expansion, newBusiness } = plan.layers;
    expect(renewal).toEqual({ pipeline: 120_000_00, expected: 48_000_00, cut: 48_000_00 });
    expect(expansion).toEqual({ pipeline: 240_000_00, target: 80_000_00 });
    // 33 % of the 300,000 that are open already.
    expect(newBusiness).toMatchObject({
      pipeline: 3_615_999_99,
      target: 1_205_333_33,
      opening: 99_000_00,
      uncovered: 0,
    });
    // (1,205,333.33 − 99,000) × 3 ÷ 25,000.
    expect(newBusiness.opportunities).toBe(132.7599996);
    expect(newBusiness.sdrSupply).toBe(618 / 13);
    expect(plan.sellingDays).toBe(206);
    // The insured opening: 300,000 ÷ 3.25. (1,235,333.33 − 92,307.69) × 3.25 ÷ 25,000 and 3.25 for Globex.
    expect(plan.activities.demos).toMatchObject({ total: 152, shown: { count: 4, per: 'week' } });
    // 148.593333 ÷ 0.6 × (148.593333 − 47.538462) ÷ 148.593333 ÷ 0.05 = 3,368.4957.
    expect(plan.activities.calls).toMatchObject({
      total: 3369,
      perDay: 17,
      perWeek: 82,
      perMonth: 355,
      shown: { count: 17, per: 'day' },
    });
    // (49.4133 + 1) ÷ 0.8 + Acme’s, over all 250 days of the year.
    expect(plan.activities.contracts).toMatchObject({
      total: 65,
      shown: { count: 6, per: 'month' },
    });
    expect(plan.baseActivities.contracts).toMatchObject({ total: 63, shown: { per: 'month' } });
  });

  test('its milestones end at the target', () => {
    expect(plan.milestones).toHaveLength(12);
    // 20 of the 41 working days in which the opening closes; nothing that is created yet.
    expect(plan.milestones[0]).toMatchObject({
      month: '2027-01',
      bookings: { total: Math.round((99_000_00 * 20) / 41) },
    });
    expect(plan.milestones.at(-1)?.bookings).toEqual({
      total: 1_333_333_33,
      renewal: 48_000_00,
      expansion: 80_000_00,
      newBusiness: 1_205_333_33,
    });
    expect(plan.milestones.at(-1)?.qualifiedPipeline).toMatchObject({ renewal: 0, expansion: 0 });
  });

  test('its house deposit is paid for in time, and nothing is to be warned of', () => {
    expect(plan.lifeGoals).toMatchObject([{ paidOn: '2027-06-30', late: false }]);
    expect(plan.warnings).toEqual([]);
  });
});

/** The least plan, won on the day that it is begun; its one component with the changes. */
function plainFile(changes: object = {}) {
  const file = leastFile();
  const [only] = file.compensation.components;
  return {
    ...file,
    compensation: { ...file.compensation, components: [{ ...only, ...changes }] },
    newBusiness: { averageDealSize: 25000, salesCycleDays: 0 },
  };
}

test('the least plan stands on its defaults', () => {
  const terms = termsOf(leastFile());
  expect(terms.insurance).toEqual({ xFactor: 3.25, by: '2027-04-30', risks: [] });
  const plan = computePlan(terms);
  expect(plan.bookings.required).toBe(1_500_000_00);
  // Weekdays up to 1 December: a cycle of 30 days.
  expect(plan.sellingDays).toBe(239);
  expect(plan.layers.newBusiness).toMatchObject({ deals: 60, opportunities: 180, gap: 180 });
});

test('a yen has no decimals: 1,333,333', () => {
  const plan = computePlan(termsOf({ ...specFile(), currency: 'JPY' }));
  expect(plan.bookings.required).toBe(1_333_333);
  expect(plan.pipeline.required).toBe(3_975_999);
});

test('a dinar has three: 1,333,333.333', () => {
  const plan = computePlan(termsOf({ ...specFile(), currency: 'KWD' }));
  expect(plan.bookings.required).toBe(1_333_333_333);
  expect(plan.pipeline.insured).toBe(4_297_333_332);
});

test('half a year: half the base, half the quota', () => {
  const file = plainFile();
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
      ...plainFile(),
      renewals: [{ account: 'Acme', amount, date: '2027-02-28', likelihood: 1 }],
    }),
  );
  expect(plan.bookings.required).toBe(1_500_000_00);
  expect(plan.layers.newBusiness).toEqual({
    pipeline: 0,
    target: 0,
    opening: 0,
    uncovered: 0,
    deals: 0,
    opportunities: 0,
    sdrSupply: 0,
    gap: 0,
  });
  expect(plan.activities.calls).toMatchObject({ total: 0, perDay: 0, shown: { count: 0 } });
  expect(plan.activities.contracts.total).toBe(1);
  expect(plan.milestones.at(-1)?.bookings.total).toBe(1_500_000_00);
});

test('renewals over the target: the milestones end at what they bring', () => {
  const plan = computePlan(
    termsOf({
      ...plainFile(),
      renewals: [{ account: 'Acme', amount: 4_000_000, date: '2027-02-28', likelihood: 1 }],
    }),
  );
  expect(plan.bookings.target).toBe(1_500_000_00);
  expect(plan.milestones.at(-1)?.bookings.total).toBe(2_000_000_00);
});

test('an account manager: what was agreed stands, nothing is to be hunted, and the gap is said', () => {
  const plan = computePlan(
    termsOf({
      ...plainFile(),
      renewals: [{ account: 'Acme', amount: 1_000_000, date: '2027-05-31', likelihood: 0.9 }],
      newBusiness: { carried: false },
    }),
  );
  expect(plan.layers.renewal).toEqual({
    pipeline: 1_000_000_00,
    expected: 900_000_00,
    cut: 450_000_00,
  });
  expect(plan.layers.newBusiness).toMatchObject({ target: 0, uncovered: 100_000_00, deals: 0 });
  expect(plan.bookings).toMatchObject({ required: 900_000_00, target: 1_000_000_00 });
  expect(plan.warnings.map(({ code }) => code)).toContain('gap_uncovered');
  expect(plan.activities.calls.total).toBe(0);
  expect(plan.activities.visits.total).toBe(1);
  expect(plan.milestones.at(-1)?.bookings.total).toBe(900_000_00);
});

test('a new hire: less quota while it ramps, and a day’s weight with it', () => {
  const ramp = [0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 1, 1, 1];
  const plan = computePlan(termsOf({ ...plainFile({ ramp }), goal: { income: 100_000 } }));
  // 9.5 of 12 months.
  expect(plan.bookings).toMatchObject({ quota: 791_666_67, target: 791_666_67 });
  expect(plan.milestones[0]?.bookings.total).toBe(0);
  // 21 weekdays in January without weight, 20 in February with a quarter, 23 in March with half …
  const weight = 20 * 0.25 + 23 * 0.5 + 22 * 0.75 + (261 - 21 - 20 - 23 - 22);
  expect(plan.activities.demos.exact).toBeCloseTo(((791_666.666667 / 25_000) * 3.25) / weight, 6);
});

test('a guarantee pays for a goal before the bookings do', () => {
  const lifeGoals = [{ label: 'car', amount: 15_000, by: '2027-03-31' }];
  const withIt = (guarantee: object | null) => {
    const file = plainFile();
    return computePlan(
      termsOf({
        ...file,
        compensation: { ...file.compensation, guarantee },
        newBusiness: { averageDealSize: 25000, salesCycleDays: 90 },
        goal: { income: 200_000, lifeGoals },
      }),
    );
  };
  expect(withIt(null).lifeGoals).toMatchObject([{ late: true, moneyByThen: 0 }]);
  const drawn = withIt({ perMonth: 5_000, months: 3, recoverable: true });
  expect(drawn.lifeGoals).toMatchObject([{ late: false, moneyByThen: 15_000_00 }]);
  expect(drawn.guarantee).toEqual({ total: 15_000_00, topUps: 15_000_00 });
  expect(drawn.bookings.required).toBe(1_000_000_00);
});

describe('warnings', () => {
  const withGoal = (goal: object, changes: object = {}) => ({
    ...plainFile(changes),
    goal,
    pipeline: { winRate: 0.5 },
  });

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

  test('less than a dollar below is no difference', () => {
    expect(codes(withGoal({ income: 199_999.91 }))).toEqual([]);
    expect(codes(withGoal({ income: 199_999.9 }))).toEqual(['goal_below_quota']);
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
    const pays = { rate: 0 };
    expect(computePlan(termsOf(withGoal({ income: 250_000 }, { pays }))).warnings).toEqual([
      { code: 'goal_unreachable', variableNeeded: 150_000_00, cap: null },
    ]);
  });

  test('pay that falls on the way to quota', () => {
    const changes = {
      pays: { rates: { renewal: 0.2, expansion: 0, newBusiness: 0 } },
      tiers: [
        { from: 0, multiplier: 1 },
        { from: 0.5, multiplier: 0 },
      ],
    };
    const file = {
      ...withGoal({ income: 200_000 }, changes),
      renewals: [{ account: 'Acme', amount: 1_200_000, date: '2027-01-31', likelihood: 1 }],
    };
    // 600,000 of renewals earn 120,000 × 5 ÷ 6 = 100,000; at quota half of 120,000.
    expect(computePlan(termsOf(file)).warnings).toEqual([
      expect.objectContaining({ code: 'goal_below_quota' }),
      {
        code: 'pay_falls',
        target: 1_000_000_00,
        payAtTarget: 60_000_00,
        required: 500_000_00,
        payAtRequired: 100_000_00,
      },
    ]);
  });

  test('a component that the plan leaves short, and a quarter without bookings', () => {
    const components = [
      { name: 'New', credits: ['newBusiness'], quota: 1_000_000, pays: { rate: 0.1 } },
      {
        name: 'Retention',
        credits: ['renewal'],
        quota: 300_000,
        quotaPeriod: 'half',
        pays: { rate: 0.1 },
      },
    ];
    const renewals = [{ account: 'Acme', amount: 1_000_000, date: '2027-02-28', likelihood: 1 }];
    const compensation = { baseSalary: 100_000, components };
    const file = { ...plainFile(), goal: { income: 100_000 }, compensation, renewals };
    const { warnings } = computePlan(termsOf({ ...file, pipeline: { winRate: 0.5 } }));
    expect(warnings).toEqual([
      expect.objectContaining({ code: 'goal_below_quota' }),
      { code: 'component_short', name: 'Retention', credit: 500_000_00, quota: 600_000_00 },
      {
        code: 'period_short',
        name: 'Retention',
        start: '2027-07-01',
        end: '2027-12-31',
        credit: 0,
        quota: 300_000_00,
      },
    ]);
  });

  test('a thin X, a funnel that says something else, no opening, a cycle that is too long', () => {
    const file = {
      ...withGoal({ income: 200_000 }),
      pipeline: { winRate: 0.25 },
      funnel: { demoToProposal: 0.7 },
      newBusiness: { averageDealSize: 25000, salesCycleDays: 300 },
    };
    const { warnings } = computePlan(termsOf(file));
    expect(warnings).toMatchObject([
      { code: 'x_factor_thin', impliedXFactor: 4 },
      { code: 'funnel_disagrees', winRate: 0.25, funnel: 0.336 },
      { code: 'component_short' },
      { code: 'opening_missing', newBusiness: 1_000_000_00, salesCycleDays: 300 },
      // 46 of the 66 days that create close in time.
      { code: 'cycle_too_long', sellingDays: 46, uncovered: Math.round((1_000_000_00 * 20) / 66) },
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

describe('a plan in the making', () => {
  const terms = specTerms();
  const open: OpenTerms = {
    ...terms,
    goal: null,
    compensation: null,
    newBusiness: null,
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
      pipeline: { required: 3_975_999_99, insured: 4_297_333_32 },
      layers: null,
    });
    const full = { ...paid, newBusiness: terms.newBusiness };
    expect(liveFigures(full)).toMatchObject({
      sellingDays: 206,
      layers: { newBusiness: { target: 1_205_333_33 } },
      milestones: { length: 12 },
    });
  });

  test('has the same figures as the plan once it is complete', () => {
    const { incomeTarget, variableNeeded, quota, weights, ...live } = liveFigures(terms);
    expect(weights?.sellingDays).toBe(206);
    expect(weights?.windowEnd).toBe('2027-11-01');
    const { income, ...plan } = computePlan(terms);
    expect(live).toEqual(plan);
    expect({ target: incomeTarget, variableNeeded }).toEqual(income);
    expect(quota).toBe(plan.bookings.quota);
  });

  test('without a selling day the first quarter creates for the next period', () => {
    const newBusiness = { ...terms.newBusiness, salesCycleDays: 400 };
    const live = liveFigures({ ...terms, newBusiness });
    expect(live).toMatchObject({ sellingDays: 0, weights: { windowEnd: '2027-03-31' } });
    expect(live.activities?.calls.total).toBeGreaterThan(0);
  });

  test('without a working day it has its pipeline and no layers', () => {
    const timeOff = [{ from: '2027-01-01', to: '2027-12-31', label: '' }];
    const calendar = { ...terms.calendar, timeOff };
    expect(liveFigures({ ...terms, calendar })).toMatchObject({
      pipeline: { required: 3_975_999_99 },
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
