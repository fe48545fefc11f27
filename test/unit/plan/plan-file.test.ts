import { describe, expect, test } from 'vitest';
import { parsePlanFile } from '../../../src/plan/file/plan-file.ts';
import { PlanTerms } from '../../../src/plan/schemas.ts';
import { stopwatch } from '../../support/stopwatch.ts';
import {
  leastFile,
  parseFile,
  refusals,
  shortForm,
  specFile,
  termsOf,
} from '../../support/terms.ts';

type Json = Record<string, unknown>;

/** A file (the specification's) with the value at a dotted path replaced; `undefined` removes it. */
function changed(path: string, value: unknown, of: Json = specFile()): Json {
  const file: Json = structuredClone(of);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let at: Json = file;
  for (const key of keys) at = at[key] as Json;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return file;
}

test('the specification’s file is read in minor units', () => {
  const terms = termsOf(specFile());
  expect(PlanTerms.parse(terms)).toEqual(terms);
  expect(terms.goal).toEqual({
    income: 250_000_00,
    livingCosts: null,
    lifeGoals: [{ label: 'house deposit', amount: 60_000_00, by: '2027-09-30' }],
  });
  expect(terms.compensation).toEqual({
    baseSalary: 100_000_00,
    components: [
      {
        name: 'Commission',
        credits: ['renewal', 'expansion', 'newBusiness'],
        quota: 1_000_000_00,
        quotaPeriod: 'year',
        quotaStart: null,
        pays: { rate: 0.1 },
        tiers: [
          { from: 0, multiplier: 1, all: false },
          { from: 1, multiplier: 1.5, all: false },
        ],
        bonuses: [],
        cap: null,
        ramp: null,
      },
    ],
    otherPay: [{ label: 'MBO', amount: 0 }],
    guarantee: null,
  });
  expect(terms.pipeline).toEqual({
    xFactor: 3,
    winRate: 0.33,
    opening: { newBusiness: 300_000_00 },
    coverage: 'cycle',
  });
  expect(terms.renewals[0]).toMatchObject({ amount: 120_000_00, activity: 'low' });
  expect(terms.expansion[0]?.target).toBe(80_000_00);
  expect(terms.insurance.risks[0]?.impact).toBe(100_000_00);
  expect(terms.callBlocks).toEqual(specFile().callBlocks);
});

test('everything that has a default may be left out', () => {
  expect(termsOf(leastFile())).toEqual({
    currency: 'USD',
    period: { start: '2027-01-01', end: '2027-12-31' },
    calendar: { workdays: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: [], timeOff: [] },
    goal: { income: 250_000_00, livingCosts: null, lifeGoals: [] },
    compensation: {
      baseSalary: 100_000_00,
      components: [
        {
          name: 'Commission',
          credits: ['renewal', 'expansion', 'newBusiness'],
          quota: 1_000_000_00,
          quotaPeriod: 'year',
          quotaStart: null,
          pays: { rate: 0.1 },
          tiers: [{ from: 0, multiplier: 1, all: false }],
          bonuses: [],
          cap: null,
          ramp: null,
        },
      ],
      otherPay: [],
      guarantee: null,
    },
    pipeline: { xFactor: 3, winRate: 0.336, opening: { newBusiness: 0 }, coverage: 'cycle' },
    renewals: [],
    expansion: [],
    newBusiness: {
      carried: true,
      averageDealSize: 25_000_00,
      salesCycleDays: 30,
      sdr: null,
      selfSourcing: { leadIdentification: '', prospecting: '' },
    },
    callBlocks: [],
    funnel: {
      callToVisit: 0.05,
      visitToDemo: 0.6,
      demoToProposal: 0.7,
      proposalToContract: 0.6,
      contractToWon: 0.8,
    },
    insurance: { xFactor: 3.25, by: '2027-04-30', risks: [] },
  });
});

test('defaults inside what is given', () => {
  const terms = termsOf({
    ...leastFile(),
    calendar: { timeOff: [{ from: '2027-07-05', to: '2027-07-05' }] },
    pipeline: { xFactor: 5, opening: {} },
    renewals: [{ account: 'Acme', amount: 1, date: '2027-01-01', likelihood: 0.55 }],
    expansion: [{ account: 'Globex', target: 1 }],
    newBusiness: {
      averageDealSize: 1,
      sdr: { inboundPerMonth: 0, outboundPerMonth: 0.5, qualificationRate: 1 },
    },
    funnel: { callToVisit: 0.1 },
    insurance: { by: '2027-05-31', risks: [{ label: 'x', probability: 1, impact: 1 }] },
  });
  expect(terms.calendar.timeOff[0]?.label).toBe('');
  expect(terms.pipeline).toMatchObject({ opening: { newBusiness: 0 }, coverage: 'cycle' });
  expect(terms.renewals[0]).toMatchObject({ pressureTested: 0.275, activity: null });
  expect(terms.expansion[0]).toMatchObject({ buyingCenter: '', split: 'quarters' });
  expect(terms.newBusiness.sdr?.sync).toBeNull();
  expect(terms.funnel).toMatchObject({ callToVisit: 0.1, visitToDemo: 0.6 });
  expect(terms.insurance).toMatchObject({ xFactor: 5.25, by: '2027-05-31' });
  expect(terms.insurance.risks[0]).toMatchObject({ kind: 'other', trigger: '' });
});

describe('a component', () => {
  function componentOf(changes: Json) {
    const [least] = leastFile().compensation.components;
    const compensation = { baseSalary: 1, components: [{ ...least, ...changes }] };
    return termsOf({ ...leastFile(), compensation }).compensation.components[0];
  }

  test('is read in minor units', () => {
    const bonuses = [{ at: 1.1, amount: 20000.5 }];
    const ramp = [0, 0.5, ...Array<number>(9).fill(1), 3];
    const given = { quotaPeriod: 'quarter', quotaStart: '2026-11', bonuses, cap: 1.5, ramp };
    expect(componentOf(given)).toMatchObject({
      quotaPeriod: 'quarter',
      quotaStart: '2026-11',
      bonuses: [{ at: 1.1, amount: 20_000_50 }],
      cap: 150,
      ramp,
    });
  });

  test.each<[string, Json, Json]>([
    ['a rate', { rate: 0.08 }, { rate: 0.08 }],
    ['pay at target', { atTarget: 60000.25 }, { atTarget: 60_000_25 }],
    [
      'rates by layer, 0 where they are left out',
      { rates: { newBusiness: 0.1 } },
      { rates: { renewal: 0, expansion: 0, newBusiness: 0.1 } },
    ],
  ])('pays %s', (_, pays, expected) => {
    expect(componentOf({ pays })?.pays).toEqual(expected);
  });

  test('credits layers in whatever order', () => {
    expect(componentOf({ credits: ['newBusiness', 'renewal'] })?.credits).toEqual([
      'renewal',
      'newBusiness',
    ]);
  });
});

test('a guarantee and other pay are read in minor units', () => {
  const compensation = {
    ...leastFile().compensation,
    otherPay: [{ label: 'Car', amount: 6000 }],
    guarantee: { perMonth: 4000.5, months: 6, recoverable: true },
  };
  expect(termsOf({ ...leastFile(), compensation }).compensation).toMatchObject({
    otherPay: [{ label: 'Car', amount: 6_000_00 }],
    guarantee: { perMonth: 4_000_50, months: 6, recoverable: true },
  });
});

describe('the short form of earlier files', () => {
  test('is one component named Commission, with an annual quota', () => {
    const compensation = { ...shortForm(), quotaCredit: { renewal: false }, cap: 90000 };
    expect(termsOf({ ...leastFile(), compensation }).compensation).toEqual({
      baseSalary: 100_000_00,
      components: [
        {
          name: 'Commission',
          credits: ['expansion', 'newBusiness'],
          quota: 1_000_000_00,
          quotaPeriod: 'year',
          quotaStart: null,
          pays: { rates: { renewal: 0.1, expansion: 0.1, newBusiness: 0.1 } },
          tiers: [
            { from: 0, multiplier: 1, all: false },
            { from: 1, multiplier: 1.5, all: false },
          ],
          bonuses: [],
          cap: 90_000_00,
          ramp: null,
        },
      ],
      otherPay: [],
      guarantee: null,
    });
  });

  test('has its defaults', () => {
    const { baseSalary, quota, rates } = shortForm();
    const compensation = { baseSalary, quota, rates };
    expect(termsOf({ ...leastFile(), compensation }).compensation.components[0]).toMatchObject({
      credits: ['renewal', 'expansion', 'newBusiness'],
      tiers: [{ from: 0, multiplier: 1, all: false }],
      cap: null,
      ramp: null,
    });
  });

  test.each<[string, unknown, string]>([
    ['quota', undefined, 'quota: is missing: a number is needed'],
    ['quota', 0, 'quota: must be above 0'],
    ['rates', undefined, 'rates: is missing: an object { … } is needed'],
    ['rates.expansion', undefined, 'rates.expansion: is missing: a number is needed'],
    ['rates.renewal', 10, 'rates.renewal: must be between 0 and 1: write 0.1 for 10 %'],
    ['quotaCredit.renewal', 'yes', 'quotaCredit.renewal: must be true or false'],
    ['tiers', [], 'tiers: must hold at least 1'],
    ['tiers.0.from', 0.5, 'tiers.0.from: must be 0 in the first tier'],
    ['tiers.1.from', 0, 'tiers.1.from: must be above 0, where the tier before begins'],
    ['cap', -1, 'cap: must not be negative'],
    ['ramp', [1, 1], 'ramp: must hold one number a month: 12 for this period, not 2'],
    [
      'components',
      leastFile().compensation.components,
      'quota: must not stand beside components: it belongs into one of them',
    ],
    [
      'quotaPeriod',
      'year',
      'quotaPeriod: is not known here; known are baseSalary, otherPay, guarantee, quota, rates, quotaCredit, tiers, cap, ramp',
    ],
  ])('%s = %j is refused where the file has it', (path, value, expected) => {
    const file = { ...leastFile(), compensation: changed(path, value, shortForm()) };
    expect(refusals(file)[0]).toBe(`compensation.${expected}`);
  });

  test('beside components each of its keys is refused', () => {
    const compensation = { ...leastFile().compensation, quota: 1, tiers: [], cap: null };
    expect(refusals({ ...leastFile(), compensation })).toEqual(
      ['quota', 'tiers', 'cap'].map(
        (key) =>
          `compensation.${key}: must not stand beside components: it belongs into one of them`,
      ),
    );
  });
});

describe('win rate and funnel', () => {
  const read = (winRate: number | undefined, funnel: Json | undefined) => {
    const terms = termsOf({ ...leastFile(), pipeline: { winRate }, funnel });
    const { demoToProposal, proposalToContract, contractToWon } = terms.funnel;
    return [terms.pipeline.winRate, demoToProposal, proposalToContract, contractToWon];
  };

  test.each<[string, number | undefined, Json | undefined, number[]]>([
    ['neither', undefined, undefined, [0.336, 0.7, 0.6, 0.8]],
    ['a funnel', undefined, { demoToProposal: 0.5, contractToWon: 0.5 }, [0.15, 0.5, 0.6, 0.5]],
    ['both', 0.3, { proposalToContract: 0.5 }, [0.3, 0.7, 0.5, 0.8]],
    // e = ln 0.2 ÷ ln 0.336 = 1.47567: 0.7ᵉ = 0.591, 0.6ᵉ = 0.471, 0.2 ÷ (0.591 × 0.471) = 0.718492…
    ['a win rate', 0.2, undefined, [0.2, 0.591, 0.471, 0.2 / (0.591 * 0.471)]],
    [
      'a win rate, and the funnel up to the demo',
      0.336,
      { callToVisit: 0.1 },
      [0.336, 0.7, 0.6, 0.8],
    ],
  ])('%s', (_, winRate, funnel, expected) => {
    const figures = read(winRate, funnel);
    for (const [index, figure] of figures.entries()) {
      expect(figure).toBeCloseTo(expected[index] ?? Number.NaN, 12);
    }
  });

  test('a funnel that wins next to nothing is refused', () => {
    const funnel = { demoToProposal: 1e-4, proposalToContract: 1e-4, contractToWon: 1e-4 };
    expect(refusals({ ...leastFile(), funnel })).toEqual([
      'pipeline.winRate: is too small to mean anything; the least is 0.000000001',
    ]);
  });
});

describe('new business', () => {
  const renewalsOnly = {
    ...leastFile().compensation,
    components: [{ name: 'Retention', credits: ['renewal'], quota: 500000, pays: { rate: 0.02 } }],
  };
  const needed = 'newBusiness.averageDealSize: is missing: what a deal brings on average is needed';

  test.each<[string, Json, string[]]>([
    ['not carried', { newBusiness: { carried: false } }, []],
    ['credited by no component', { newBusiness: {}, compensation: renewalsOnly }, []],
    [
      'left out where no component credits it',
      { newBusiness: undefined, compensation: renewalsOnly },
      [],
    ],
    ['carried', { newBusiness: {} }, [needed]],
    ['left out', { newBusiness: undefined }, [needed]],
  ])('%s', (_, changes, expected) => {
    expect(refusals({ ...leastFile(), ...changes })).toEqual(expected);
  });
});

/** Rows of `path`, value and refusal, within the one component. */
function inComponent(rows: readonly [string, unknown, string][]): [string, unknown, string][] {
  const at = 'compensation.components.0';
  return rows.map(([path, value, expected]) => [`${at}.${path}`, value, `${at}.${expected}`]);
}

describe('refused, one thing at a time', () => {
  test.each<[string, unknown, string]>([
    // missing
    ['currency', undefined, 'currency: is missing: text is needed'],
    ['period', undefined, 'period: is missing: an object { … } is needed'],
    [
      'goal',
      { lifeGoals: [] },
      'goal.income: is missing: an income for the period, or livingCosts, is needed',
    ],
    ...inComponent([
      ['name', undefined, 'name: is missing: text is needed'],
      ['credits', undefined, 'credits: is missing: a list [ … ] is needed'],
      ['quota', undefined, 'quota: is missing: a number is needed'],
      ['pays', undefined, 'pays: is missing: an object { … } is needed'],
      ['pays', {}, 'pays: must hold one of rate, rates, atTarget'],
      ['tiers.0.multiplier', undefined, 'tiers.0.multiplier: is missing: a number is needed'],
      ['bonuses', [{ at: 1 }], 'bonuses.0.amount: is missing: a number is needed'],
    ]),
    [
      'compensation.components',
      undefined,
      'compensation.components: is missing: a list [ … ] is needed',
    ],
    [
      'compensation.guarantee',
      { perMonth: 1, months: 1 },
      'compensation.guarantee.recoverable: is missing: true or false is needed',
    ],
    [
      'compensation.otherPay.0.amount',
      undefined,
      'compensation.otherPay.0.amount: is missing: a number is needed',
    ],
    [
      'newBusiness.averageDealSize',
      undefined,
      'newBusiness.averageDealSize: is missing: what a deal brings on average is needed',
    ],
    ['renewals.0.likelihood', undefined, 'renewals.0.likelihood: is missing: a number is needed'],
    // unknown
    [
      'extra',
      1,
      'extra: is not known here; known are currency, period, calendar, goal, compensation, pipeline, renewals, expansion, newBusiness, callBlocks, funnel, insurance',
    ],
    [
      'pipeline.xfactor',
      4,
      'pipeline.xfactor: is not known here; known are xFactor, winRate, opening, coverage',
    ],
    [
      'pipeline.opening.renewal',
      4,
      'pipeline.opening.renewal: is not known here; known are newBusiness',
    ],
    [
      'compensation.bonuses',
      [],
      'compensation.bonuses: is not known here; known are baseSalary, otherPay, guarantee, components',
    ],
    ...inComponent([
      [
        'rate',
        0.1,
        'rate: is not known here; known are name, credits, quota, quotaPeriod, quotaStart, pays, tiers, bonuses, cap, ramp',
      ],
      ['pays.quota', 1, 'pays.quota: is not known here; known are rate, rates, atTarget'],
    ]),
    [
      'renewals.0.p',
      1,
      'renewals.0.p: is not known here; known are account, amount, date, likelihood, pressureTested, activity, internalRisks, externalRisks, nextActivities',
    ],
    // kinds
    ['goal.income', '250000', 'goal.income: must be a number, without quotes'],
    ['goal.income', [], 'goal.income: must be a number'],
    ['renewals', { 0: {} }, 'renewals: must be a list [ … ]'],
    ['renewals.0', 'Acme', 'renewals.0: must be an object { … }'],
    ...inComponent([
      [
        'credits',
        ['newbusiness'],
        'credits.0: must be one of "renewal", "expansion", "newBusiness"',
      ],
      ['quotaPeriod', 'week', 'quotaPeriod: must be one of "year", "half", "quarter", "month"'],
      ['quotaStart', '2027-13', 'quotaStart: must be a month like 2027-02'],
      ['tiers.1.all', 1, 'tiers.1.all: must be true or false'],
      ['pays', { rate: 0.1, atTarget: 1 }, 'pays: must hold only one of rate, rates, atTarget'],
    ]),
    ['pipeline.coverage', 'all', 'pipeline.coverage: must be one of "cycle", "period"'],
    ['newBusiness.carried', 0, 'newBusiness.carried: must be true or false'],
    ['newBusiness.salesCycleDays', 1.5, 'newBusiness.salesCycleDays: must be a whole number'],
    ['renewals.0.activity', 'lots', 'renewals.0.activity: must be one of "low", "medium", "high"'],
    [
      'callBlocks.0.days.0',
      'Mon',
      'callBlocks.0.days.0: must be one of "mon", "tue", "wed", "thu", "fri", "sat", "sun"',
    ],
    // money
    ['goal.income', -1, 'goal.income: must not be negative'],
    ['goal.income', 1e13, 'goal.income: must be at most 1,000,000,000,000'],
    [
      'goal.income',
      0.001,
      'goal.income: has more decimals than this currency, which has 2: 1200.00 would do',
    ],
    ...inComponent([
      ['quota', 0, 'quota: must be above 0'],
      ['cap', -1, 'cap: must not be negative'],
      ['pays', { atTarget: -1 }, 'pays.atTarget: must not be negative'],
      [
        'bonuses',
        [{ at: 1, amount: 0.001 }],
        'bonuses.0.amount: has more decimals than this currency, which has 2: 1200.00 would do',
      ],
    ]),
    [
      'compensation.guarantee',
      { perMonth: 0, months: 1, recoverable: true },
      'compensation.guarantee.perMonth: must be above 0',
    ],
    ['pipeline.opening.newBusiness', -1, 'pipeline.opening.newBusiness: must not be negative'],
    ['newBusiness.averageDealSize', 0, 'newBusiness.averageDealSize: must be above 0'],
    [
      'currency',
      'usd',
      'currency: must be the code of a currency in ISO 4217, in capitals: "USD" would do',
    ],
    // rates
    ...inComponent([
      ['pays.rate', 10, 'pays.rate: must be between 0 and 1: write 0.1 for 10 %'],
      [
        'pays',
        { rates: { renewal: 10 } },
        'pays.rates.renewal: must be between 0 and 1: write 0.1 for 10 %',
      ],
    ]),
    [
      'insurance.risks.0.probability',
      1.2,
      'insurance.risks.0.probability: must be between 0 and 1: write 0.1 for 10 %',
    ],
    [
      'renewals.0.likelihood',
      -0.1,
      'renewals.0.likelihood: must be between 0 and 1: write 0.1 for 10 %',
    ],
    ['pipeline.winRate', 0, 'pipeline.winRate: must be above 0 and at most 1: write 0.3 for 30 %'],
    [
      'funnel.callToVisit',
      5,
      'funnel.callToVisit: must be above 0 and at most 1: write 0.3 for 30 %',
    ],
    [
      'funnel.callToVisit',
      1e-300,
      'funnel.callToVisit: is too small to mean anything; the least is 0.000000001',
    ],
    [
      'pipeline.xFactor',
      0,
      'pipeline.xFactor: must be above 0 and at most 1,000: write 3 for three times',
    ],
    // dates
    [
      'period.start',
      '2027-01-02',
      'period.start: must be the first of a month: 2027-01-01 would do',
    ],
    [
      'period.end',
      '2027-12-30',
      'period.end: must be the last day of a month: 2027-12-31 would do',
    ],
    [
      'period.end',
      '2027-02-30',
      'period.end: 2027-02-30 is not in the calendar; a date like 2027-03-31 would do',
    ],
    ['period.end', '31.12.2027', 'period.end: must be a date like 2027-03-31'],
    [
      'period.end',
      '2032-01-31',
      'period.end: must be at most 60 months after the start: 2031-12-31 at the latest',
    ],
    [
      'calendar.timeOff.0.to',
      '2027-07-04',
      'calendar.timeOff.0.to: must not be before its start, 2027-07-05',
    ],
    [
      'renewals.0.date',
      '2028-01-01',
      'renewals.0.date: must be inside the period, 2027-01-01 to 2027-12-31',
    ],
    [
      'renewals.0.date',
      '2026-12-31',
      'renewals.0.date: must be inside the period, 2027-01-01 to 2027-12-31',
    ],
    [
      'goal.lifeGoals.0.by',
      '2027-13-01',
      'goal.lifeGoals.0.by: 2027-13-01 is not in the calendar; a date like 2027-03-31 would do',
    ],
    ['callBlocks.0.start', '9:00', 'callBlocks.0.start: must be a time like 09:00'],
    // across fields
    ['compensation.components', [], 'compensation.components: must hold at least one component'],
    [
      'compensation.components',
      [...specFile().compensation.components, ...specFile().compensation.components],
      'compensation.components.1.name: is the name of another component too',
    ],
    ...inComponent([
      ['credits', [], 'credits: must name at least one of "renewal", "expansion", "newBusiness"'],
      ['credits', ['renewal', 'renewal'], 'credits: names a layer twice'],
      ['tiers', [], 'tiers: must hold at least 1'],
      ['tiers.0.from', 0.5, 'tiers.0.from: must be 0 in the first tier'],
      ['tiers.1.from', 0, 'tiers.1.from: must be above 0, where the tier before begins'],
      ['tiers.1.multiplier', -0.1, 'tiers.1.multiplier: must not be negative'],
      // Just below 100 % the average is 1.5 ÷ 2 + 2 ÷ 2 = 1.75.
      [
        'tiers',
        [
          { from: 0, multiplier: 1.5 },
          { from: 0.5, multiplier: 2 },
          { from: 1, multiplier: 1.7, all: true },
        ],
        'tiers.2.multiplier: must be at least 1.75, the average just below it, since it is paid on everything: pay would fall',
      ],
      [
        'bonuses',
        [{ at: 0, amount: 1 }],
        'bonuses.0.at: must be above 0: write 1 for 100 % of quota',
      ],
      ['ramp', [1, 1], 'ramp: must hold one number a month: 12 for this period, not 2'],
      ['ramp', Array(12).fill(0), 'ramp: must be above 0 in at least one month'],
      [
        'ramp',
        [3.1, ...Array(11).fill(1)],
        'ramp.0: must be at most 3: write 0.5 for half of the quota',
      ],
    ]),
    ['insurance.xFactor', 2.9, 'insurance.xFactor: must be at least 3, the plan’s own X'],
    [
      'renewals.0.pressureTested',
      0.41,
      'renewals.0.pressureTested: must be at most half of the likelihood: 0.4 would do',
    ],
    ['calendar.workdays', [], 'calendar.workdays: must name at least one day, such as "mon"'],
    ['calendar.workdays', ['mon', 'mon'], 'calendar.workdays: names a day twice'],
    [
      'calendar.timeOff.0',
      { from: '2027-01-01', to: '2027-12-31' },
      'calendar: leaves no working day in the period: fewer holidays or less time off would do',
    ],
    // text
    ['renewals.0.account', '', 'renewals.0.account: must not be empty'],
    [
      'renewals.0.account',
      'a\u0000',
      'renewals.0.account: holds a character that is no text (NUL, or half of a pair); please retype it',
    ],
    [
      'renewals.0.account',
      '\ud83d',
      'renewals.0.account: holds a character that is no text (NUL, or half of a pair); please retype it',
    ],
    ['renewals.0.account', 'a'.repeat(201), 'renewals.0.account: must be at most 200 characters'],
    [
      'renewals.0.internalRisks',
      'a'.repeat(3001),
      'renewals.0.internalRisks: must be at most 3,000 characters',
    ],
  ])('%s = %j', (path, value, expected) => {
    expect(refusals(changed(path, value))).toEqual([expected]);
  });

  test('a sales cycle as long as the period isn’t', () => {
    expect(refusals(changed('newBusiness.salesCycleDays', 364))).toEqual([]);
  });

  test('the multiplier that a refusal names would do', () => {
    const tiersTo = (multiplier: number) => [
      { from: 0, multiplier: 0.5 },
      { from: 0.2, multiplier: 1 },
      { from: 0.6, multiplier, all: true },
    ];
    const path = 'compensation.components.0.tiers';
    const [line = ''] = refusals(changed(path, tiersTo(0.5)));
    const named = Number(/at least ([\d.]+)/.exec(line)?.[1]);
    expect(named).toBe(0.8334);
    expect(refusals(changed(path, tiersTo(named)))).toEqual([]);
  });

  test('tiers that fall aren’t, where they are for what lies above', () => {
    const tiers = [
      { from: 0, multiplier: 2 },
      { from: 1, multiplier: 0 },
    ];
    expect(refusals(changed('compensation.components.0.tiers', tiers))).toEqual([]);
  });

  test('reversed dates', () => {
    const period = { start: '2027-12-01', end: '2027-01-31' };
    expect(refusals({ ...leastFile(), period })).toEqual([
      'period.end: must come after the start, 2027-12-01',
    ]);
  });

  test.each([
    ['1e309', 'is too large to be a number'],
    ['-1e309', 'must be a number'],
    ['null', 'must be a number'],
  ])('%s as a win rate', (text, problem) => {
    const file = JSON.stringify(changed('pipeline', { winRate: 0.3 }, leastFile())).replace(
      '"winRate":0.3',
      `"winRate":${text}`,
    );
    expect(parsePlanFile(file)).toEqual({
      ok: false,
      problems: [{ path: 'pipeline.winRate', problem }],
    });
  });
});

test.each([
  [
    'a yen with decimals',
    'JPY',
    1200.5,
    ['goal.income: has decimals, and this currency has none: 1200 would do'],
  ],
  ['a dinar with three', 'KWD', 1200.125, []],
  [
    'a dinar with four',
    'KWD',
    1200.1255,
    ['goal.income: has more decimals than this currency, which has 3: 1200.000 would do'],
  ],
  ['a unidad de fomento with four', 'CLF', 1200.1255, []],
])('decimals follow the currency: %s', (_, currency, income, expected) => {
  expect(refusals({ ...leastFile(), currency, goal: { income } })).toEqual(expected);
});

test.each([
  ['', 'plan: is empty: a plan in JSON would do'],
  [' \n\t', 'plan: is empty: a plan in JSON would do'],
  ['{"currency": "USD",}', 'plan: is not JSON: line 1, column 20 is not understood'],
  ['{\n  "goal": NaN }', 'plan: is not JSON: line 2, column 11 is not understood'],
  ['[]', 'plan: must be an object { … }'],
  ['null', 'plan: must be an object { … }'],
  ['"plan"', 'plan: must be an object { … }'],
])('%j is no plan', (text, expected) => {
  const result = parsePlanFile(text);
  expect(result.ok ? [] : result.problems.map((p) => `${p.path}: ${p.problem}`)).toEqual([
    expected,
  ]);
});

test('p′ of half the likelihood is compared as people write it', () => {
  const half = (likelihood: number, pressureTested: number) =>
    refusals(
      changed('renewals.0', {
        account: 'a',
        amount: 1,
        date: '2027-01-31',
        likelihood,
        pressureTested,
      }),
    );
  expect(half(0.3, 0.15)).toEqual([]);
  expect(half(0.7, 0.35)).toEqual([]);
  expect(half(0.7, 0.35000000000000003)).toHaveLength(1);
  expect(half(0, 0)).toEqual([]);
  expect(half(0, 0.1)).toHaveLength(1);
});

test('problems of all sections and rows are listed at once', () => {
  const file = changed('compensation.baseSalary', '1');
  const [component] = specFile().compensation.components;
  const second = { ...component, credits: [], tiers: [{ from: 0.1, multiplier: 1 }], ramp: [1] };
  (file.compensation as Json).components = [component, second];
  file.pipeline = { winRate: 1.2 };
  const row = { account: '', amount: -1, date: '2026-01-31', likelihood: 0.5, pressureTested: 0.4 };
  file.renewals = [specFile().renewals[0], row];
  expect(refusals(file).map((line) => line.split(':')[0])).toEqual([
    'compensation.baseSalary',
    'compensation.components.1.credits',
    'compensation.components.1.tiers.0.from',
    'compensation.components.1.ramp',
    'compensation.components.1.name',
    'pipeline.winRate',
    'renewals.1.account',
    'renewals.1.amount',
    'renewals.1.date',
    'renewals.1.pressureTested',
  ]);
});

test('a key that would break the list is quoted and cut', () => {
  const [line, other] = refusals({ ...leastFile(), 'a\nb': 1, ['x'.repeat(5000)]: 1 });
  expect(line).toMatch(/^"a\\nb": is not known here/);
  expect(other?.split(':')[0]).toBe(`"${'x'.repeat(60)}"`);
});

test('a key called __proto__ is as unknown as any other', () => {
  const text = JSON.stringify(leastFile()).replace('{', '{"__proto__": {"goal": 1}, ');
  const result = parsePlanFile(text);
  expect(result.ok ? [] : result.problems.map(({ path }) => path)).toEqual(['__proto__']);
});

test('thousands of problems are a hundred and a count', () => {
  const renewals = Array.from({ length: 3000 }, () => ({ account: 'a' }));
  const lines = refusals({ ...leastFile(), renewals });
  expect(lines).toHaveLength(101);
  expect(lines.at(-1)).toBe('plan: and 8,900 more');
});

test('10,000 renewals are read in no time', () => {
  const [row] = specFile().renewals;
  const renewals = Array.from({ length: 10_000 }, (_, index) => ({ ...row, account: `A${index}` }));
  const passed = stopwatch();
  expect(termsOf({ ...leastFile(), renewals }).renewals).toHaveLength(10_000);
  expect(passed()).toBeLessThan(2000);
});

test('a file with a byte order mark is read', () => {
  expect(parsePlanFile(`\uFEFF${JSON.stringify(leastFile())}`).ok).toBe(true);
});

test('what a form would store of a file passes the same checks', () => {
  const result = parseFile(specFile());
  expect(result.ok && PlanTerms.safeParse(result.terms).success).toBe(true);
});
