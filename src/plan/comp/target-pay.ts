/** On-target earnings: base salary and all variable pay at quota, however many components share it. */
import type { PlanDraft } from '../draft.ts';
import type { Component, Minor } from '../schemas.ts';

/** What a component pays a year at quota, where its letter says that as an amount; 0 where it says a rate. */
function atTarget({ pays }: Pick<Component, 'pays'>): Minor {
  return 'atTarget' in pays ? pays.atTarget : 0;
}

/** What the further components pay a year at quota. */
export function furtherAtTarget({ components }: Pick<PlanDraft, 'components'>): Minor {
  return components.reduce((sum, one) => sum + atTarget(one), 0);
}

/** What all components pay a year at quota; null where the first says a rate, so that there is no sum. */
export function variableAtTarget(draft: PlanDraft): Minor | null {
  const { compensation } = draft;
  if (!compensation || !('atTarget' in compensation.first.pays)) return null;
  return compensation.first.pays.atTarget + furtherAtTarget(draft);
}

/** The on-target earnings stay as they are while further components change: what those leave is the first's. */
export function keepTarget(before: PlanDraft, after: PlanDraft): PlanDraft {
  const { compensation } = after;
  const variable = variableAtTarget(before);
  if (!compensation || variable === null) return after;
  const own = Math.max(0, variable - furtherAtTarget(after));
  const first = { ...compensation.first, pays: { atTarget: own } };
  return { ...after, compensation: { ...compensation, first } };
}
