/** The steps of the arithmetic on their own, with figures worked by hand. */
import { describe, expect, test } from 'vitest';
import { activityLevels, activityTotals } from '../../../src/plan/model/activities.ts';
import { daysPerMonth, sellingDays } from '../../../src/plan/model/calendar.ts';
import { quotaInPeriod } from '../../../src/plan/model/commission.ts';
import { exact, toCount, toMinor, toNumber } from '../../../src/plan/model/exact.ts';
import { incomeTarget, variableNeeded } from '../../../src/plan/model/income.ts';
import {
  leadGap,
  newBusinessNeeds,
  newBusinessTarget,
  sdrSupply,
} from '../../../src/plan/model/layer-figures.ts';
import { knownLayers } from '../../../src/plan/model/layers.ts';
import {
  defaultInsurance,
  impliedXFactor,
  isThin,
  requiredPipeline,
  riskExposure,
} from '../../../src/plan/model/pipeline.ts';
import { specTerms } from '../../support/terms.ts';

const { calendar, period, renewals, expansion, funnel, newBusiness } = specTerms();

describe('1 goal', () => {
  const goals = [
    { label: 'wedding', amount: 2_000_000, by: '2027-06-30' },
    { label: 'baby', amount: 1_000_000, by: '2027-09-30' },
  ];
  test.each([
    ['an income', { income: 25_000_000, livingCosts: null, lifeGoals: [] }, 25_000_000],
    [
      'living costs and life goals',
      { income: null, livingCosts: 6_000_000, lifeGoals: goals },
      9_000_000,
    ],
    [
      'both, so the income',
      { income: 25_000_000, livingCosts: 6_000_000, lifeGoals: goals },
      25_000_000,
    ],
    ['nothing but living costs of 0', { income: null, livingCosts: 0, lifeGoals: [] }, 0],
  ])('%s', (_, goal, expected) => {
    expect(toMinor(incomeTarget(goal))).toBe(expected);
  });

  test.each([
    ['a year', 25_000_000, 10_000_000, 12, 15_000_000],
    ['half a year', 25_000_000, 10_000_000, 6, 20_000_000],
    ['a third of a cent rounds down', 100, 4, 1, 100],
    ['base salary alone is enough', 5_000_000, 10_000_000, 12, 0],
  ])('variable needed, %s', (_, target, base, months, expected) => {
    expect(toMinor(variableNeeded(exact(target), base, months))).toBe(expected);
  });
});

describe('2 quota in the period', () => {
  test.each([
    ['a year', 120_000_000, null, 12, 120_000_000],
    ['half a year', 100_000_000, null, 6, 50_000_000],
    ['a month of 1,000: 83.33', 100_000, null, 1, 8_333],
    ['a ramp of 0, 50 and 100 %', 120_000_000, [0, 0.5, 1], 3, 15_000_000],
  ])('%s', (_, quota, ramp, months, expected) => {
    expect(toMinor(quotaInPeriod({ quota, ramp }, months))).toBe(expected);
  });
});

test('4 known layers: 120,000 × 0.4 and 80,000; what is not credited is U', () => {
  const known = (renewal: boolean, expansionCredits: boolean) => {
    const layers = knownLayers(renewals, expansion, { renewal, expansion: expansionCredits });
    return [layers.renewal, layers.expansion, layers.uncredited].map(toMinor);
  };
  expect(known(true, true)).toEqual([4_800_000, 8_000_000, 0]);
  expect(known(false, true)).toEqual([4_800_000, 8_000_000, 4_800_000]);
  expect(known(true, false)).toEqual([4_800_000, 8_000_000, 8_000_000]);
  expect(known(false, false)).toEqual([4_800_000, 8_000_000, 12_800_000]);
});

describe('6 headline pipeline', () => {
  test('target × X', () => {
    expect(toMinor(requiredPipeline(exact(133_333_333), 3))).toBe(399_999_999);
    expect(toMinor(requiredPipeline(exact(133_333_333), 3.25))).toBe(433_333_332);
  });

  test.each([
    [3, 0.3, true],
    [4, 0.25, false],
    [3, 0.3333333333333333, true],
    [3, 0.34, false],
    [10, 0.1, false],
  ])('%dX at a win rate of %d is thin: %s', (xFactor, winRate, expected) => {
    expect(isThin({ xFactor, winRate })).toBe(expected);
  });

  test('1 ÷ win rate', () => {
    expect(toNumber(impliedXFactor(0.3))).toBe(10 / 3);
  });
});

test('7 new business: 1,205,333.33 in deals of 25,000 at 3X', () => {
  const known = knownLayers(renewals, expansion, { renewal: true, expansion: true });
  const target = newBusinessTarget(exact(133_333_333), known);
  const needs = newBusinessNeeds(target, 2_500_000, 3);
  expect(toMinor(needs.target)).toBe(120_533_333);
  expect(toNumber(needs.deals)).toBe(48.2133332);
  expect(toNumber(needs.opportunities)).toBe(144.6399996);
  expect(toMinor(needs.pipeline)).toBe(361_599_999);
  expect(toMinor(newBusinessTarget(exact(12_000_000), known))).toBe(0);
});

describe('8 selling days', () => {
  test('1 January to 1 November 2027: 217 weekdays − New Year − 10 days off', () => {
    expect(sellingDays(period, calendar, 60)).toBe(206);
  });
  test('without a sales cycle to the last day of the year', () => {
    expect(sellingDays(period, calendar, 0)).toBe(250);
  });
  test('a cycle as long as the year leaves the first day, and here that is a holiday', () => {
    expect(sellingDays(period, calendar, 364)).toBe(0);
    expect(sellingDays(period, { ...calendar, holidays: [] }, 364)).toBe(1);
    expect(sellingDays(period, calendar, 3650)).toBe(0);
  });
  test('a usual month has 260 ÷ 12 days: holidays out, time off in', () => {
    expect(daysPerMonth(period, calendar).toFraction()).toBe('65/3');
  });
});

describe('9 lead gap', () => {
  test('10 leads a month × 0.5 × 206 ÷ (65/3)', () => {
    const supply = sdrSupply(newBusiness.sdr, 206, exact(65).div(3));
    expect(supply.toFraction()).toBe('618/13');
    const { gap, share } = leadGap(exact(144.6399996), supply);
    expect(toNumber(gap)).toBeCloseTo(97.101538, 6);
    expect(toNumber(share)).toBeCloseTo(0.67133, 5);
  });
  test('no SDR: the gap is everything', () => {
    const supply = sdrSupply(null, 206, exact(20));
    const { gap, share } = leadGap(exact(10), supply);
    expect([supply, gap, share].map(toNumber)).toEqual([0, 10, 1]);
  });
  test('more supply than opportunities, or no opportunities: no gap', () => {
    for (const opportunities of [exact(3), exact(0)]) {
      const { gap, share } = leadGap(opportunities, exact(4));
      expect([gap, share].map(toNumber)).toEqual([0, 0]);
    }
  });
});

describe('10 activities', () => {
  const needs = newBusinessNeeds(exact(120_533_333), 2_500_000, 3);
  const ownShare = leadGap(needs.opportunities, exact(618).div(13)).share;
  const totals = activityTotals({ needs, ownShare, expansionTargets: 1, xFactor: 3, funnel });

  test('opportunities outnumber deals ÷ 0.336, so they are the demos for new business', () => {
    expect(toNumber(totals.demosForNewBusiness)).toBe(144.6399996);
    expect(toNumber(totals.demos)).toBe(147.6399996);
    expect(toNumber(totals.visits)).toBeCloseTo(246.066666, 5);
    expect(toNumber(totals.calls)).toBeCloseTo(3236.71793, 4);
    expect(toNumber(totals.contracts)).toBeCloseTo(61.5166665, 6);
    expect(toNumber(totals.proposals)).toBeCloseTo(102.5277775, 6);
  });

  test('with a weak funnel deals ÷ w is more: 48.2133332 ÷ 0.1 + 1 ÷ 0.1', () => {
    const weak = { ...funnel, demoToProposal: 0.5, proposalToContract: 0.4, contractToWon: 0.5 };
    const more = activityTotals({ needs, ownShare, expansionTargets: 1, xFactor: 3, funnel: weak });
    expect(toNumber(more.demosForNewBusiness)).toBe(482.133332);
    expect(toNumber(more.demos)).toBe(492.133332);
  });

  test('a day, a week and a month are each rounded up from the unrounded total', () => {
    const pace = { sellingDays: 206, workdaysPerWeek: 5, daysPerMonth: exact(65).div(3) };
    const { calls, contracts } = activityLevels(totals, pace);
    expect(calls).toEqual({ total: 3237, perDay: 16, perWeek: 79, perMonth: 341 });
    expect(contracts).toEqual({ total: 62, perDay: 1, perWeek: 2, perMonth: 7 });
  });

  test('nothing to do is 0, not 1', () => {
    const none = newBusinessNeeds(exact(0), 2_500_000, 3);
    const idle = activityTotals({ needs: none, ownShare, expansionTargets: 0, xFactor: 3, funnel });
    expect(toCount(idle.calls)).toBe(0);
    expect(toCount(idle.proposals)).toBe(0);
  });
});

describe('11 insurance', () => {
  test('Σ probability × impact', () => {
    const risks = [
      { probability: 0.3, impact: 10_000_000 },
      { probability: 0.15, impact: 333 },
    ];
    expect(toNumber(riskExposure(risks))).toBe(3_000_049.95);
    expect(toNumber(riskExposure([]))).toBe(0);
  });

  test.each([
    ['2027-01-01', '2027-12-31', 3, { xFactor: 3.25, by: '2027-04-30', risks: [] }],
    ['2027-11-01', '2028-10-31', 4, { xFactor: 4, by: '2028-02-29', risks: [] }],
    ['2027-01-01', '2027-03-31', 3, { xFactor: 3.25, by: '2027-03-31', risks: [] }],
    ['2027-01-01', '2027-04-30', 1, { xFactor: 3.25, by: '2027-04-30', risks: [] }],
  ])('by default from %s to %s at %dX', (start, end, xFactor, expected) => {
    expect(defaultInsurance({ start, end }, xFactor)).toEqual(expected);
  });
});
