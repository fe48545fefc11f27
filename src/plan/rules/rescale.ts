import type { PlanDraft } from '../draft.ts';

/**
 * The draft's amounts in a currency that has `shift` more decimals (fewer where negative), so that
 * 120,000 stays 120,000 when USD becomes JPY. What no longer fits is rounded half up.
 */
export function rescale(draft: PlanDraft, shift: number): PlanDraft {
  if (shift === 0) return draft;
  const scale = (minor: number) =>
    shift > 0 ? minor * 10 ** shift : Math.floor((minor + 10 ** -shift / 2) / 10 ** -shift);
  const maybe = (minor: number | null) => minor && scale(minor);
  const { goal, compensation, newBusiness } = draft;
  return {
    ...draft,
    goal: goal && { income: maybe(goal.income), livingCosts: maybe(goal.livingCosts) },
    lifeGoals: draft.lifeGoals.map((row) => ({ ...row, amount: scale(row.amount) })),
    compensation: compensation && {
      ...compensation,
      baseSalary: scale(compensation.baseSalary),
      quota: Math.max(1, scale(compensation.quota)),
      cap: maybe(compensation.cap),
    },
    renewals: draft.renewals.map((row) => ({ ...row, amount: scale(row.amount) })),
    expansion: draft.expansion.map((row) => ({ ...row, target: scale(row.target) })),
    newBusiness: newBusiness && {
      ...newBusiness,
      averageDealSize: Math.max(1, scale(newBusiness.averageDealSize)),
    },
    risks: draft.risks.map((row) => ({ ...row, impact: scale(row.impact) })),
  };
}
