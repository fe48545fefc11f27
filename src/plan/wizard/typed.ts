/** What the wizard's views and use cases share: keys, baselines and what stands in the fields. */
import { createHash } from 'node:crypto';
import type { NumberStyle } from '../../slack/format.ts';
import { type PlanDraft, STEP_IDS, type StepId } from '../draft.ts';
import type { RawFields, Typed } from '../store.ts';
import type { ListId } from './rows/list.ts';
import { LISTS } from './rows/lists.ts';
import { STEPS } from './steps/steps.ts';

/** Under which key somebody's typing is kept: each person's is their own. */
export const typedKey = {
  step: (userId: string, step: StepId) => `${userId}/${step}`,
  row: (userId: string, list: ListId, rowId: string | null) =>
    `${userId}/${list}/${rowId ?? 'new'}`,
  paste: (userId: string, list: ListId) => `${userId}/${list}/paste`,
};

/** The step's fields as they are stored. */
export function storedStep(draft: PlanDraft, step: StepId, context: NumberStyle): RawFields {
  return STEPS[step].form?.initial(draft, draft, context) ?? {};
}

/** A short fingerprint of fields as they are stored, to notice that somebody else changed them. */
export function baseOf(stored: RawFields): string {
  return createHash('sha256').update(JSON.stringify(stored)).digest('base64url').slice(0, 16);
}

export function baseOfStep(draft: PlanDraft, step: StepId, context: NumberStyle): string {
  return baseOf(storedStep(draft, step, context));
}

export function baseOfRow(
  draft: PlanDraft,
  list: ListId,
  rowId: string | null,
  context: NumberStyle,
): string {
  return rowId === null ? '' : baseOf(LISTS[list].initial(draft, rowId, context));
}

/** The draft as it would be with what is typed; as it is where that can't be read yet. */
export function tentative(
  draft: PlanDraft,
  step: StepId,
  raw: RawFields,
  context: NumberStyle,
): PlanDraft {
  const result = STEPS[step].form?.submit(draft, raw, draft, context);
  return result?.ok ? result.part : draft;
}

/** The steps in which this person has typed something that isn't saved yet. */
export function unfinishedSteps(typed: Typed, userId: string): Set<StepId> {
  return new Set(STEP_IDS.filter((step) => typedKey.step(userId, step) in typed));
}
