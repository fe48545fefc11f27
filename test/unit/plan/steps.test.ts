/** The steps of the arithmetic on their own, with figures worked by hand. */
import { describe, expect, test } from 'vitest';
import { activityLevel, activityTotals, type Effort } from '../../../src/plan/model/activities.ts';
import { payComponent } from '../../../src/plan/model/component-pay.ts';
import { exact, ratio, toCount, toMinor, toNumber } from '../../../src/plan/model/exact.ts';
import { demoToWon, funnelFor } from '../../../src/plan/model/funnel.ts';
import { incomeFigures, incomeTarget } from '../../../src/plan/model/income.ts';
import { carriesNewBusiness, knownLayers } from '../../../src/plan/model/known-layers.ts';
import { layersOf } from '../../../src/plan/model/layers.ts';
import {
  leadGap,
  newBusinessNeeds,
  sdrSupply,
  uncovered,
} from '../../../src/plan/model/new-business.ts';
import {
  defaultInsurance,
  funnelDisagrees,
  impliedXFactor,
  isThin,
  pipelineFigures,
  riskExposure,
} from '../../../src/plan/model/pipeline.ts';
import type { Layer, PlanTerms } from '../../../src/plan/schemas.ts';
import { monthsBetween } from '../../../src/time/local-date.ts';
import { component } from '../../support/components.ts';
import { specTerms } from '../../support/terms.ts';

const { period, renewals, expansion, funnel, newBusiness, pipeline } = specTerms();
const months = monthsBetween(period);

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
    ['a year', 25_000_000, 10_000_000, 0, 12, 15_000_000],
    ['half a year', 25_000_000, 10_000_000, 0, 6, 20_000_000],
    ['other pay is for the period', 25_000_000, 10_000_000, 1_000_000, 6, 19_000_000],
    ['a third of a cent rounds down', 100, 4, 0, 1, 100],
    ['base salary alone is enough', 5_000_000, 10_000_000, 0, 12, 0],
  ])('variable needed, %s', (_, income, baseSalary, amount, months, expected) => {
    const goal = { income, livingCosts: null, lifeGoals: [] };
    const otherPay = [{ label: 'MBO', amount }];
    const { variableNeeded } = incomeFigures(goal, { baseSalary, otherPay }, months);
    expect(toMinor(variableNeeded)).toBe(expected);
  });
});

describe('4 known layers', () => {
  test('120,000 × 0.4 on its date and 80,000 in four parts', () => {
    const known = knownLayers({ renewals, expansion }, true, months);
    expect([known.renewal, known.expansion, known.cut].map(toMinor)).toEqual([
      4_800_000, 8_000_000, 4_800_000,
    ]);
    const parts = known.byMonth.map((month) => [toMinor(month.renewal), toMinor(month.expansion)]);
    expect(parts.slice(0, 3)).toEqual([
      [0, 0],
      [0, 0],
      [4_800_000, 2_000_000],
    ]);
  });

  test('who carries no new business expects what was agreed, and the cut stands beside it', () => {
    const known = knownLayers({ renewals, expansion }, false, months);
    expect([known.renewal, known.cut].map(toMinor)).toEqual([9_600_000, 4_800_000]);
  });

  test.each([
    [true, ['newBusiness'], true],
    [false, ['newBusiness'], false],
    [true, ['renewal', 'expansion'], false],
  ] satisfies [boolean, Layer[], boolean][])(
    'carried %s, credited %j: %s',
    (carried, credits, expected) => {
      const compensation = { components: [component({ credits })] };
      expect(carriesNewBusiness({ newBusiness: { carried }, compensation })).toBe(expected);
    },
  );
});

describe('6 pipeline', () => {
  const known = (expected: number, amounts: number, expansion = 0) => ({
    ...knownLayers({ renewals: [], expansion: [] }, true, months),
    renewal: exact(expected),
    expansion: exact(expansion),
    renewalAmounts: exact(amounts),
  });
  const required = (target: number, layers: ReturnType<typeof known>) => {
    const figures = pipelineFigures(exact(target), layers, pipeline, { xFactor: 3.25 });
    return [toMinor(figures.required), toMinor(figures.insured)];
  };

  test('target × X, where nothing renews', () => {
    expect(required(133_333_333, known(0, 0))).toEqual([399_999_999, 433_333_332]);
  });
  test('a renewal’s cut is its X: its amount once, the rest X times', () => {
    expect(required(1_000, known(400, 1_000))).toEqual([1_000 + 600 * 3, 1_000 + 600 * 3.25]);
  });
  test('renewals over the target leave their amounts', () => {
    expect(required(1_000, known(2_000, 4_000))).toEqual([4_000, 4_000]);
  });

  test.each([
    [3, 0.3, true],
    [3, 0.33, false],
    [3, 0.3278, true],
    [3, 0.3279, false],
    [4, 0.25, false],
    [3, 0.34, false],
    [10, 0.1, false],
  ])('%dX at a win rate of %d is thin, both to one decimal: %s', (xFactor, winRate, expected) => {
    expect(isThin({ xFactor, winRate })).toBe(expected);
  });

  test('1 ÷ win rate', () => {
    expect(toNumber(impliedXFactor(0.3))).toBe(10 / 3);
  });

  test.each([
    [0.336, false],
    [0.3055, false],
    [0.3054, true],
    [0.37, false],
    [0.374, true],
  ])('a funnel of 33.6 %% beside a win rate of %d disagrees: %s', (winRate, expected) => {
    expect(funnelDisagrees(funnelFor(), winRate)).toBe(expected);
  });
});

describe('a funnel from a win rate', () => {
  test('the usual one', () => {
    expect(funnelFor()).toEqual({
      callToVisit: 0.05,
      visitToDemo: 0.6,
      demoToProposal: 0.7,
      proposalToContract: 0.6,
      contractToWon: 0.8,
    });
  });
  test.each([0.01, 0.1, 0.2, 0.25, 0.5, 0.9, 1])('%d is what its last three make', (winRate) => {
    const found = funnelFor(winRate);
    expect(toNumber(demoToWon(found))).toBeCloseTo(winRate, 12);
    expect(found.demoToProposal).toBeGreaterThanOrEqual(found.proposalToContract);
  });
  test('a quarter: 0.7 and 0.6 to the power of 1.271', () => {
    expect(funnelFor(0.25)).toMatchObject({ demoToProposal: 0.635, proposalToContract: 0.522 });
  });
  test('a rate is never 0, and never over 1', () => {
    const least = funnelFor(1e-9);
    expect(least.demoToProposal).toBe(0.001);
    expect(least.contractToWon).toBeLessThanOrEqual(1);
  });
});

const terms = (changes: Partial<PlanTerms['pipeline']> = {}) => ({
  newBusiness,
  pipeline: { ...pipeline, opening: { newBusiness: 0 }, ...changes },
});

describe('7 new business', () => {
  test('1,205,333.33 in deals of 25,000 at 3X', () => {
    const needs = newBusinessNeeds(exact(120_533_333), terms(), 3);
    expect(toNumber(needs.deals)).toBe(48.2133332);
    expect(toNumber(needs.opportunities)).toBe(144.6399996);
    expect(toMinor(needs.pipeline)).toBe(361_599_999);
    expect(toMinor(needs.opening)).toBe(0);
  });

  test.each([
    ['a quarter of it at a win rate of 25 %', 0.25, 3, 25_000],
    ['a third at 3X, however good the win rate', 0.5, 3, 33_333],
  ])('the opening pipeline brings %s', (_, winRate, xFactor, opening) => {
    const given = terms({ winRate, opening: { newBusiness: 100_000 } });
    const needs = newBusinessNeeds(exact(150_000), given, xFactor);
    expect(toMinor(needs.opening)).toBe(opening);
    expect(toMinor(needs.toCreate)).toBe(150_000 - opening);
    expect(toMinor(needs.pipeline)).toBe(450_000);
    expect(toNumber(needs.deals)).toBe(0.06);
  });

  test('never more than is wanted', () => {
    const given = terms({ winRate: 0.5, opening: { newBusiness: 1_000_000 } });
    const needs = newBusinessNeeds(exact(150_000), given, 3);
    expect([needs.opening, needs.toCreate, needs.opportunities].map(toNumber)).toEqual([
      150_000, 0, 0,
    ]);
  });

  test('what nobody fills: the most that components of different layers are short', () => {
    const short = (quota: number, credits: Layer[]) =>
      payComponent(component({ quota, credits }), months);
    const booked = [layersOf((layer) => exact(layer === 'renewal' ? 600 : 0))];
    const all = [
      short(1_000, ['renewal']),
      short(900, ['renewal', 'expansion']),
      short(50, ['expansion']),
      short(500, ['renewal']),
    ];
    // 400 of renewals and 50 of expansion, which together are more than the 300 of both in one.
    expect(toNumber(uncovered(all, booked))).toBe(450);
    expect(toNumber(uncovered(all.slice(1, 2), booked))).toBe(300);
  });
});

describe('9 lead gap', () => {
  const days = { creation: exact(206), daysPerMonth: ratio(65, 3) };
  test('10 leads a month × 0.5 × 206 ÷ (65/3)', () => {
    const supply = sdrSupply(newBusiness.sdr, days);
    expect(supply.toString()).toBe('618/13');
    const { gap, share } = leadGap(exact(144.6399996), supply);
    expect(toNumber(gap)).toBeCloseTo(97.101538, 6);
    expect(toNumber(share)).toBeCloseTo(0.67133, 5);
  });
  test('no SDR: the gap is everything', () => {
    const supply = sdrSupply(null, days);
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
  const needs = newBusinessNeeds(exact(120_533_333), terms(), 3);
  const ownShare = leadGap(needs.opportunities, exact(618).div(13)).share;
  const effort: Effort = { needs, ownShare, expansionTargets: 1, renewals: 2, xFactor: 3, funnel };
  const totals = activityTotals(effort);

  test('opportunities outnumber deals ÷ 0.336, so they are the demos for new business', () => {
    expect(toNumber(totals.demosForNewBusiness)).toBe(144.6399996);
    expect(toNumber(totals.demos)).toBe(147.6399996);
    expect(toNumber(totals.calls)).toBeCloseTo(3236.71793, 4);
    expect(toNumber(totals.proposals)).toBeCloseTo(102.5277775, 6);
  });

  test('each renewal is visited once and signed once more', () => {
    expect(toNumber(totals.visits)).toBeCloseTo(248.066666, 5);
    expect(toNumber(totals.contracts)).toBeCloseTo(63.5166665, 6);
  });

  test('with a weak funnel deals ÷ w is more: 48.2133332 ÷ 0.1 + 1 ÷ 0.1', () => {
    const weak = { ...funnel, demoToProposal: 0.5, proposalToContract: 0.4, contractToWon: 0.5 };
    const more = activityTotals({ ...effort, funnel: weak });
    expect(toNumber(more.demosForNewBusiness)).toBe(482.133332);
    expect(toNumber(more.demos)).toBe(492.133332);
  });

  test('what is open already is not created anew, but still signed', () => {
    const open = newBusinessNeeds(
      exact(120_533_333),
      terms({ winRate: 1, opening: { newBusiness: 180_800_000 } }),
      3,
    );
    const fewer = activityTotals({ ...effort, needs: open });
    expect(toNumber(fewer.demosForNewBusiness)).toBeCloseTo(144.6399996 / 2, 4);
    expect(toNumber(fewer.proposals)).toBeCloseTo(102.5277775, 6);
  });

  const pace = { workdaysPerWeek: 5, daysPerMonth: ratio(65, 3) };
  const level = (total: number, days: number) =>
    activityLevel(exact(total), ratio(total, days), pace);

  test('a day, a week and a month are each rounded up from the unrounded level', () => {
    expect(level(3237, 206)).toMatchObject({ total: 3237, perDay: 16, perWeek: 79, perMonth: 341 });
  });

  test.each([
    [600, 200, { count: 3, per: 'day' }],
    [599, 200, { count: 15, per: 'week' }],
    [119, 200, { count: 13, per: 'month' }],
    [27, 200, { count: 9, per: 'quarter' }],
    [1, 200, { count: 1, per: 'quarter' }],
    [0, 200, { count: 0, per: 'quarter' }],
  ])('%d in %d days are said as %j', (total, days, shown) => {
    expect(level(total, days).shown).toEqual(shown);
  });

  test('3.0000000001 is 3, and a level can be said in another unit', () => {
    expect(activityLevel(exact(600), exact(3.0000000001), pace).perDay).toBe(3);
    expect(activityLevel(exact(599), ratio(599, 200), pace, 'month').shown).toEqual({
      count: 65,
      per: 'month',
    });
  });

  test('nothing to do is 0, not 1', () => {
    const none = newBusinessNeeds(exact(0), terms(), 3);
    const idle = activityTotals({ ...effort, needs: none, expansionTargets: 0, renewals: 0 });
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
    ['2027-11-01', '2028-10-31', 4, { xFactor: 4.25, by: '2028-02-29', risks: [] }],
    ['2027-01-01', '2027-03-31', 3.1, { xFactor: 3.35, by: '2027-03-31', risks: [] }],
    ['2027-01-01', '2027-04-30', 1000, { xFactor: 1000, by: '2027-04-30', risks: [] }],
  ])('by default from %s to %s at %dX', (start, end, xFactor, expected) => {
    expect(defaultInsurance({ start, end }, xFactor)).toEqual(expected);
  });
});
