/** How a comp plan reads: in its form, on the plan's page, and where a version differs from the one before. */
import { describe, expect, it } from 'vitest';
import { basisOf } from '../../../src/plan/comp/basis.ts';
import { emptyDraft, type PlanDraft } from '../../../src/plan/draft.ts';
import {
  bonusesWords,
  componentWords,
  mainPayWords,
  tiersWords,
} from '../../../src/plan/reading/component-words.ts';
import { diffDrafts } from '../../../src/plan/reading/diff-rules.ts';
import { changeLine } from '../../../src/plan/reading/history-view.ts';
import type { Component, Tier } from '../../../src/plan/schemas.ts';
import { toMrkdwn } from '../../../src/slack/text.ts';

const US = { locale: 'en-US', currency: 'USD', digits: 2 };
const DE = { locale: 'de-DE', currency: 'EUR', digits: 2 };

const COMPONENT: Component = {
  name: 'Commission',
  credits: ['renewal', 'expansion', 'newBusiness'],
  quota: 100_000_000,
  quotaPeriod: 'year',
  quotaStart: null,
  pays: { rate: 0.1 },
  tiers: [{ from: 0, multiplier: 1, all: false }],
  bonuses: [],
  cap: null,
  ramp: null,
};

const tier = (from: number, multiplier: number, all = false): Tier => ({ from, multiplier, all });

describe('what a component pays', () => {
  it.each<[Partial<Component>, string]>([
    [{}, '10% of everything you book'],
    [{ credits: ['newBusiness'] }, '10% of new business'],
    [{ pays: { atTarget: 12_000_000 } }, '$120,000 a year at quota: 12% of everything you book'],
    [
      { pays: { atTarget: 12_000_000 }, quotaPeriod: 'quarter' },
      '$120,000 a year at quota: 3% of everything you book',
    ],
    [{ pays: { rate: 0 } }, 'nothing on everything you book'],
    [
      { pays: { rates: { renewal: 0.05, expansion: 0.1, newBusiness: 0.1 } } },
      '10% of expansion and new business, 5% of renewals',
    ],
    [
      {
        credits: ['newBusiness'],
        pays: { rates: { renewal: 0.02, expansion: 0, newBusiness: 0.1 } },
      },
      '10% of new business, 2% of renewals, which doesn’t count towards quota',
    ],
  ])('%o', (changes, words) => {
    expect(mainPayWords({ ...COMPONENT, ...changes }, US)).toBe(words);
  });
});

describe('accelerators', () => {
  const basis = basisOf(COMPONENT);

  it.each<[Tier[], string[]]>([
    [[tier(0, 1)], []],
    [[tier(0, 1), tier(1, 1.5)], ['above 100%: 15% instead of 10%']],
    [[tier(0, 1), tier(1.2, 2)], ['above 120% ($1.2M): 20% instead of 10%']],
    [
      [tier(0, 0), tier(0.5, 1)],
      ['below 50% ($500k): nothing', 'above 50% ($500k): 10%'],
    ],
    [
      [tier(0, 0.5), tier(0.5, 1, true)],
      ['up to 50% ($500k): 5%', 'from 50% ($500k) on: 10% of everything, from the first deal'],
    ],
    [[tier(0, 1), tier(2, 0)], ['above 200% ($2.0M): nothing more']],
    [[tier(0, 0.5)], ['from the first deal on: 5%']],
  ])('%o', (tiers, words) => {
    expect(tiersWords(tiers, basis, US)).toEqual(words);
  });

  it('are multiples where the rates differ by layer, and read in the reader’s locale', () => {
    const rates = { renewal: 0.05, expansion: 0.1, newBusiness: 0.1 };
    const apart = basisOf({ ...COMPONENT, pays: { rates } });
    const tiers = [tier(0, 1), tier(1, 1.5)];
    expect(tiersWords(tiers, apart, US)).toEqual(['above 100%: 1.5x the rate']);
    expect(tiersWords(tiers, basis, DE)).toEqual([
      'above 100\u00A0%: 15\u00A0% instead of 10\u00A0%',
    ]);
  });

  it('and bonuses say how often', () => {
    const bonuses = [
      { at: 1, amount: 1_000_000 },
      { at: 1.2, amount: 1_500_000 },
    ];
    expect(bonusesWords(bonuses, 'quarter', basis, US)).toEqual([
      'at 100%: $10,000, once a quarter',
      'at 120% ($1.2M): $15,000 more, once a quarter',
    ]);
  });
});

it('a component with everything in it', () => {
  const all: Component = {
    ...COMPONENT,
    quotaPeriod: 'quarter',
    quotaStart: '2027-02',
    tiers: [tier(0, 1), tier(1, 1.5)],
    bonuses: [{ at: 1, amount: 1_000_000 }],
    cap: 30_000_000,
    ramp: [0.25, 0.5, ...Array.from({ length: 10 }, () => 1)],
  };
  expect(componentWords(all, US)).toEqual([
    '10% of everything you book',
    'quota $1.0M a quarter',
    'above 100%: 15% instead of 10%',
    'at 100%: $10,000, once a quarter',
    'at most $300,000 in the period',
    'each month’s share of quota 25%, 50%, then 100%',
    'quota periods begin in February 2027',
  ]);
});

describe('the difference between two versions', () => {
  const empty = emptyDraft({
    currency: 'USD',
    period: { start: '2027-01-01', end: '2027-12-31' },
    calendar: { workdays: ['mon'], holidays: [], timeOff: [], country: null, region: null },
  });
  const before: PlanDraft = {
    ...empty,
    compensation: { baseSalary: 10_000_000, first: COMPONENT, otherPay: [], guarantee: null },
  };
  const changed = (first: Partial<Component>, more: Partial<PlanDraft['compensation']> = {}) => ({
    ...before,
    compensation: before.compensation && {
      ...before.compensation,
      ...more,
      first: { ...COMPONENT, ...first },
    },
  });
  const lines = (to: PlanDraft) =>
    diffDrafts(before, to).map((change) => toMrkdwn(changeLine(change, US)));

  it.each<[Partial<Component>, string]>([
    [
      { tiers: [tier(0, 1), tier(1, 1.5), tier(1.2, 2)] },
      '*Accelerators:* none → *above 100%: 1.5x the rate; above 120%: 2x the rate*',
    ],
    [{ bonuses: [{ at: 1, amount: 1_000_000 }] }, '*Bonuses:* nothing → *$10,000 at 100%*'],
    [{ pays: { atTarget: 12_000_000 } }, '*Commission:* 10% → *$120,000 a year at quota*'],
    [{ quotaPeriod: 'quarter' }, '*Quota period:* A year → *A quarter*'],
    [{ quotaStart: '2027-02' }, '*Quota periods begin:* nothing → *February 2027*'],
    [{ credits: ['newBusiness'] }, '*Counts towards quota:* everything you book → *new business*'],
    [{ ramp: [0.5, ...Array.from({ length: 11 }, () => 1)] }, '*Ramp:* nothing → *50%, then 100%*'],
  ])('%o', (changes, line) => {
    expect(lines(changed(changes))).toEqual([line]);
  });

  it('says other pay and a guarantee in words too', () => {
    const otherPay = [{ label: 'MBO', amount: 1_000_000 }];
    const guarantee = { perMonth: 500_000, months: 4, recoverable: true };
    expect(lines(changed({}, { otherPay, guarantee }))).toEqual([
      '*Other pay:* nothing → *MBO $10,000*',
      '*Guarantee or draw:* nothing → *at least $5,000 a month for the first 4 months, paid back from later commission*',
    ]);
  });

  it('names a further component', () => {
    const components = [{ id: 'a', ...COMPONENT, name: 'Renewals' }];
    const added: PlanDraft = { ...before, components };
    expect(lines(added)).toEqual(['*Component added:* Renewals']);
    const dearer = { ...added, components: components.map((one) => ({ ...one, quota: 200 })) };
    const [change] = diffDrafts(added, dearer);
    expect(change && toMrkdwn(changeLine(change, US))).toBe('*Renewals, quota:* $1,000,000 → *$2*');
  });
});
