import type { StepId } from '../step-id.ts';
import { callBlocks } from './call-blocks.ts';
import { expansion } from './expansion.ts';
import { lifeGoals } from './life-goals.ts';
import { LIST_IDS, type List, type ListId } from './list.ts';
import { overrides } from './overrides.ts';
import { renewals } from './renewals.ts';
import { risks } from './risks.ts';

export const LISTS: Record<ListId, List> = {
  lifeGoals,
  renewals,
  expansion,
  callBlocks,
  overrides,
  risks,
};

/** The lists that each step shows; the other steps have none. */
export const LISTS_OF: Partial<Record<StepId, readonly ListId[]>> = {
  goal: ['lifeGoals'],
  renewals: ['renewals'],
  expansion: ['expansion'],
  activities: ['callBlocks', 'overrides'],
  insurance: ['risks'],
};

/** The list of that id; undefined where an action names one that is none. */
export function listOf(id: string): List | undefined {
  const known = LIST_IDS.find((listId) => listId === id);
  return known && LISTS[known];
}
