import { expect, test } from 'vitest';
import { checkPlan } from '../../../src/plan/model/checks.ts';
import { renewal, specTerms } from '../../support/terms.ts';

test('a sound plan has no problem', () => {
  expect(checkPlan(specTerms())).toEqual([]);
});

test('what sections have wrong together is listed at the path from the top', () => {
  const terms = specTerms();
  terms.calendar.timeOff = [{ from: '2027-07-05', to: '2027-07-01', label: '' }];
  terms.goal = { income: null, livingCosts: null, lifeGoals: [] };
  terms.compensation.tiers = [{ from: 0.5, multiplier: 1 }];
  terms.compensation.ramp = [1];
  terms.renewals = [renewal(), renewal({ date: '2028-01-01', pressureTested: 0.5 })];
  terms.newBusiness.salesCycleDays = 400;
  expect(checkPlan(terms).map(({ path }) => path)).toEqual([
    'calendar.timeOff.0.to',
    'goal.income',
    'compensation.tiers.0.from',
    'compensation.ramp',
    'renewals.1.date',
    'renewals.1.pressureTested',
    'newBusiness.salesCycleDays',
  ]);
});

test('an unsound period comes first, since everything else is measured by it', () => {
  const terms = specTerms();
  terms.period = { start: '2027-02-15', end: '2027-01-15' };
  terms.compensation.ramp = [1];
  expect(checkPlan(terms).map(({ path, problem }) => `${path}: ${problem}`)).toEqual([
    'period.start: must be the first of a month: 2027-02-01 would do',
    'period.end: must be the last day of a month: 2027-01-31 would do',
    'period.end: must come after the start, 2027-02-15',
  ]);
});
