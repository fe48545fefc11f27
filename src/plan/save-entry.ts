import type { PlanDraft } from './draft.ts';
import type { Held } from './on-version.ts';
import type { Problem } from './rules/problem.ts';
import type { Submitted } from './steps/step.ts';
import { saveDraft, saveTyped, type TypedEntry } from './store.ts';

export type EntryOutcome =
  | { kind: 'saved' }
  /** Kept as typed; each problem is at a field's path. */
  | { kind: 'invalid'; problems: Problem[] }
  /** Kept as typed: somebody else has changed this since it was shown. */
  | { kind: 'changed_meanwhile' };

/**
 * Stores what a step or a row came to. What can't be stored, or was typed over something that is no
 * longer so (`baseNow`), is kept as typed under `key`.
 */
export async function saveEntry(
  { store, version }: Held,
  key: string,
  typed: TypedEntry,
  baseNow: string,
  result: Submitted<PlanDraft>,
): Promise<EntryOutcome> {
  if (!result.ok || typed.base !== baseNow) {
    await saveTyped(store, version, key, typed);
    return result.ok
      ? { kind: 'changed_meanwhile' }
      : { kind: 'invalid', problems: result.problems };
  }
  await saveTyped(store, version, key, null);
  await saveDraft(store, version, result.part);
  return { kind: 'saved' };
}
