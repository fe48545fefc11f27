/**
 * What a channel sees follows from quota, never from what the rep wants to earn: whatever the goal and
 * the comp plan, the same messages; so nobody can work back to either. And the attack that tries has teeth.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { liveFigures } from '../../../src/plan/model/compute.ts';
import type { Goal, PlanTerms } from '../../../src/plan/schemas.ts';
import { chartsOf } from '../../../src/review/thread/charts.ts';
import { planTerms } from '../../support/plan-arbitraries.ts';
import {
  cardOf,
  type Deeds,
  deeds,
  factsOf,
  measured,
  messagesOf,
} from '../../support/review-month.ts';
import { specTerms } from '../../support/terms.ts';

/** The pay of one rep and the goals of another, under the quotas and their credits of the first. */
function withSecretsOf(terms: PlanTerms, other: PlanTerms): PlanTerms {
  const [paid] = other.compensation.components;
  const { components } = terms.compensation;
  return {
    ...terms,
    goal: other.goal,
    compensation: {
      ...other.compensation,
      components: components.map(
        ({ name, credits, quota, quotaPeriod, quotaStart, ramp, ...own }) => {
          return { ...(paid ?? own), name, credits, quota, quotaPeriod, quotaStart, ramp };
        },
      ),
    },
  };
}

/** `own`: measured by the rep's own target, as no month is. */
function shown(terms: PlanTerms, did: Deeds, by: 'own' | 'quota') {
  const found = measured(terms);
  if (!found) return null;
  const own = liveFigures(found.terms);
  const { milestones, activities: levels } = own;
  if (!milestones || !levels) return null;
  const measure = by === 'quota' ? found : { ...found, milestones, levels };
  const card = cardOf(measure, factsOf(found, did));
  const specs = Object.values(chartsOf(card, { locale: 'en-US', currency: 'USD', digits: 2 }));
  return JSON.stringify([messagesOf(card), specs.map(({ spec }) => spec)]);
}

describe('what a channel sees', () => {
  test('is the same whatever the rep wants to earn and is paid', () => {
    let compared = 0;
    fc.assert(
      fc.property(planTerms, planTerms, deeds, (terms, other, did) => {
        const twin = withSecretsOf(terms, other);
        const [one, two] = [shown(terms, did, 'quota'), shown(twin, did, 'quota')];
        if (one === null || two === null) return;
        compared += 1;
        expect(two).toBe(one);
      }),
      { numRuns: 25 },
    );
    expect(compared).toBeGreaterThan(8);
  }, 60_000);
});

describe('somebody who knows all but the goal', () => {
  const base = specTerms();
  const did: Deeds = {
    month: 4,
    bookings: [
      { at: 0.2, layer: 'newBusiness', amount: 7_500_000 },
      { at: 0.7, layer: 'newBusiness', amount: 2_400_000 },
      { at: 0.5, layer: 'renewal', amount: 11_000_000 },
    ],
    pipeline: {
      asOf: '2027-05-31',
      layers: { renewal: 5_000_000, expansion: 8_000_000, newBusiness: 90_000_000 },
    },
    counts: [3, 17, 9, 22, 5, 14, 1],
    leads: { inbound: 3, outbound: 4 },
  };
  const withIncome = (income: number): PlanTerms => ({
    ...base,
    goal: { ...(base.goal satisfies Goal), income, livingCosts: null },
  });
  const candidates = Array.from({ length: 17 }, (_, index) => (150 + 20 * index) * 1000 * 100);

  /** The incomes under which exactly this would have been posted. */
  function attack(posted: string | null, by: 'own' | 'quota'): number[] {
    return candidates.filter((income) => shown(withIncome(income), did, by) === posted);
  }

  test('learns nothing about it from what was posted', () => {
    const posted = shown(withIncome(31_000_000), did, 'quota');
    expect(posted).not.toBeNull();
    expect(attack(posted, 'quota')).toEqual(candidates);
  }, 60_000);

  test('would have found it had the rep’s own milestones been posted', () => {
    const posted = shown(withIncome(31_000_000), did, 'own');
    expect(attack(posted, 'own')).toEqual([31_000_000]);
  }, 60_000);
});
