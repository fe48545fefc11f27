import { expect, test } from 'vitest';
import { checkPlan, checkTiers } from '../../../src/plan/model/checks.ts';
import { component, tier } from '../../support/components.ts';
import { renewal, specTerms } from '../../support/terms.ts';

test('a sound plan has no problem', () => {
  expect(checkPlan(specTerms())).toEqual([]);
});

test('what sections have wrong together is listed at the path from the top', () => {
  const terms = specTerms();
  terms.calendar.timeOff = [{ from: '2027-07-05', to: '2027-07-01', label: '' }];
  terms.goal = { income: null, livingCosts: null, lifeGoals: [] };
  terms.compensation.components = [
    component({ tiers: [tier(0.5, 1)], ramp: [1] }),
    component({ name: ' commission' }),
  ];
  terms.renewals = [renewal(), renewal({ date: '2028-01-01', pressureTested: 0.5 })];
  terms.newBusiness.averageDealSize = null;
  terms.insurance.xFactor = 2;
  expect(checkPlan(terms).map(({ path }) => path)).toEqual([
    'calendar.timeOff.0.to',
    'goal.income',
    'compensation.components.0.tiers.0.from',
    'compensation.components.0.ramp',
    'compensation.components.1.name',
    'renewals.1.date',
    'renewals.1.pressureTested',
    'newBusiness.averageDealSize',
    'insurance.xFactor',
  ]);
});

test('an unsound period comes first, since everything else is measured by it', () => {
  const terms = specTerms();
  terms.period = { start: '2027-02-15', end: '2027-01-15' };
  terms.compensation.components = [component({ ramp: [1] })];
  expect(checkPlan(terms).map(({ path, problem }) => `${path}: ${problem}`)).toEqual([
    'period.start: must be the first of a month: 2027-02-01 would do',
    'period.end: must be the last day of a month: 2027-01-31 would do',
    'period.end: must come after the start, 2027-02-15',
  ]);
});

test('a period without a working day', () => {
  const terms = specTerms();
  terms.calendar.timeOff = [{ from: '2027-01-01', to: '2027-12-31', label: '' }];
  expect(checkPlan(terms).map(({ path }) => path)).toEqual(['calendar']);
});

test('who wins no new business needs no deal size', () => {
  const terms = specTerms();
  terms.newBusiness = { ...terms.newBusiness, carried: false, averageDealSize: null };
  expect(checkPlan(terms)).toEqual([]);
});

test.each([
  ['rising', [tier(0, 1), tier(1, 1.5), tier(1.2, 2)], []],
  ['falling at the top', [tier(0, 1), tier(2, 0.5)], []],
  ['on everything from half', [tier(0, 0), tier(0.5, 1, true)], []],
  ['on everything, as much as just below', [tier(0, 1), tier(1, 2), tier(2, 1.5, true)], []],
  [
    'on everything, less than just below',
    [tier(0, 1), tier(1, 2), tier(2, 1.49, true)],
    ['2.multiplier'],
  ],
  ['not from 0', [tier(0.1, 1)], ['0.from']],
  ['out of order', [tier(0, 1), tier(1, 2), tier(1, 3)], ['2.from']],
])('tiers %s', (_, tiers, paths) => {
  expect(checkTiers(tiers).map(({ path }) => path)).toEqual(paths);
});
