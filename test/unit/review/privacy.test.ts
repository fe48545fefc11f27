/**
 * What a channel, a manager's Home, the digest and the leaders' Home show follows from quota, never from what the rep wants to earn: whatever the goal and
 * the comp plan, the same messages; so nobody can work back to either. And the attack that tries has teeth.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { liveFigures } from '../../../src/plan/model/compute.ts';
import type { Goal, PlanTerms } from '../../../src/plan/schemas.ts';
import { chartsOf } from '../../../src/review/thread/charts.ts';
import { planTerms } from '../../support/plan-arbitraries.ts';
import {
  type Beside,
  besides,
  cardOf,
  type Deeds,
  deeds,
  factsOf,
  homesOf,
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

const NOTHING_BESIDE: Beside = {
  owes: { open: 0, overdue: 0 },
  isOwed: { open: 0, overdue: 0 },
  unanswered: null,
  backOn: null,
  streak: 0,
  hour: null,
  due: null,
};

/** `own`: measured by the rep's own target, as no month is. */
function shown(terms: PlanTerms, did: Deeds, by: 'own' | 'quota', beside = NOTHING_BESIDE) {
  const found = measured(terms);
  if (!found) return null;
  const own = liveFigures(found.terms);
  const { milestones, activities: levels } = own;
  if (!milestones || !levels) return null;
  const measure = by === 'quota' ? found : { ...found, milestones, levels };
  const card = cardOf(measure, factsOf(found, did));
  const specs = Object.values(chartsOf(card, { locale: 'en-US', currency: 'USD', digits: 2 }));
  const { manager, digest, leader } = homesOf(card, beside);
  const above = [manager, digest, leader];
  return JSON.stringify([messagesOf(card), specs.map(({ spec }) => spec), above]);
}

/** What blocks say, line by line. */
const linesOf = (blocks: readonly unknown[]): string[] =>
  [...JSON.stringify(blocks).matchAll(/"text":("(?:[^"\\]|\\.)*")/g)].flatMap(([, text = '""']) =>
    String(JSON.parse(text)).split('\n'),
  );

describe('what a channel and whoever is above see', () => {
  test('is the same whatever the rep wants to earn and is paid', () => {
    let compared = 0;
    fc.assert(
      fc.property(planTerms, planTerms, deeds, besides, (terms, other, did, beside) => {
        const twin = withSecretsOf(terms, other);
        const [one, two] = [terms, twin].map((each) => shown(each, did, 'quota', beside));
        if (!one || !two) return;
        compared += 1;
        expect(two).toBe(one);
      }),
      { numRuns: 25 },
    );
    expect(compared).toBeGreaterThan(8);
  }, 60_000);
});

describe('what is read of a rep by whoever is above', () => {
  test('stands on the rep’s own Home: each line of the manager’s row, of the digest, of the team’s', () => {
    const owing: [RegExp, (part: string) => string][] = [
      [/^you owe /i, (part) => part.replace(/^you owe /i, 'you are owed ')],
      [/^owes you /i, (part) => part.replace(/^owes you /i, 'you owe ')],
    ];
    const asTheRepReads = (part: string) =>
      owing.reduce((text, [pattern, turned]) => (pattern.test(part) ? turned(part) : text), part);
    let compared = 0;
    fc.assert(
      fc.property(planTerms, deeds, besides, (terms, did, beside) => {
        const found = measured(terms);
        if (!found) return;
        const homes = homesOf(cardOf(found, factsOf(found, did)), beside);
        const own = linesOf(homes.rep.blocks).map((line) => line.toLowerCase());
        const row = homes.manager.blocks.filter((block) =>
          JSON.stringify(block).includes('<@U0REP>'),
        );
        const ofDigest = linesOf(homes.digest.blocks ?? []).filter((line) =>
          line.includes('<@U0REP>'),
        );
        const ofTeam = linesOf(homes.leader.blocks).filter((line) => line.includes('<@U0MAN>'));
        expect(ofTeam).toHaveLength(1);
        expect(JSON.stringify(homes.leader)).not.toContain('U0REP');
        for (const line of [...linesOf(row), ...ofDigest, ...ofTeam]) {
          const parts = line.split(' · ').map(asTheRepReads);
          for (const part of parts)
            expect(
              own.filter((one) => one.includes(part.toLowerCase())),
              part,
            ).not.toEqual([]);
        }
        compared += 1;
      }),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(0);
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
