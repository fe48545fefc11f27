import type { OpenTerms } from './live-figures.ts';

/**
 * The plan as quota alone would have it: the target is Q + U (spec step 5 with V = 0), and everything
 * that follows from the target follows from that. Neither the goal nor what the rep earns is in it, so
 * whoever sees figures of it learns nothing about either.
 */
export function atQuota(terms: OpenTerms): OpenTerms {
  const { compensation } = terms;
  return {
    ...terms,
    goal: { income: 0, livingCosts: null, lifeGoals: [] },
    compensation: compensation && {
      baseSalary: 0,
      quota: compensation.quota,
      quotaCredit: compensation.quotaCredit,
      ramp: compensation.ramp,
      rates: { renewal: 0, expansion: 0, newBusiness: 0 },
      tiers: [{ from: 0, multiplier: 1 }],
      cap: null,
    },
  };
}
