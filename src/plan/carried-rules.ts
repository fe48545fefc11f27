import type { PlanDraft } from './draft.ts';
import { creditsNewBusiness } from './model/known-layers.ts';

/**
 * Whether winning new customers is part of the job (spec step 4): not where the plan says so, nor where no
 * part of the comp plan counts it.
 */
export function winsNewBusiness({ newBusiness, ...draft }: PlanDraft): boolean {
  return (newBusiness?.carried ?? true) && isPaidForNewBusiness(draft);
}

/** Whether some part of the comp plan counts new business; true while there is no comp plan. */
export function isPaidForNewBusiness({
  compensation,
  components,
}: Pick<PlanDraft, 'compensation' | 'components'>): boolean {
  if (compensation === null) return true;
  return creditsNewBusiness([compensation.first, ...components]);
}
