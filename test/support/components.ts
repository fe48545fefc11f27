/** Comp plans for the tests of the arithmetic. */
import type { PlanDraft } from '../../src/plan/draft.ts';
import type { Component, Tier } from '../../src/plan/schemas.ts';

export const tier = (from: number, multiplier: number, all = false): Tier => ({
  from,
  multiplier,
  all,
});

/** 10 % of everything on a quota of 100,000.00 a year, but for the changes. */
export function component(changes: Partial<Component> = {}): Component {
  return {
    name: 'Commission',
    credits: ['renewal', 'expansion', 'newBusiness'],
    quota: 100_000_00,
    quotaPeriod: 'year',
    quotaStart: null,
    pays: { rate: 0.1 },
    tiers: [tier(0, 1)],
    bonuses: [],
    cap: null,
    ramp: null,
    ...changes,
  };
}

/** A comp plan as a draft holds it: a salary, and one component with the changes. */
export function compOf(
  baseSalary: number,
  changes: Partial<Component>,
): NonNullable<PlanDraft['compensation']> {
  return { baseSalary, first: component(changes), otherPay: [], guarantee: null };
}
