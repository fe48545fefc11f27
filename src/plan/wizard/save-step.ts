import type { Actor } from '../../people/deps.ts';
import { readerOf } from '../access.ts';
import { viewerOf } from '../currency.ts';
import type { PlanDeps } from '../deps.ts';
import { type PlanDraft, type StepId, stepBeside } from '../draft.ts';
import type { Problem } from '../model/checks.ts';
import { type Held, onVersion } from '../on-version.ts';
import {
  type RawFields,
  saveDraft,
  saveStep as saveStepShown,
  saveTyped,
  type TypedEntry,
} from '../store.ts';
import type { Submitted } from './form.ts';
import { STEPS } from './steps/steps.ts';
import { baseOfStep, typedKey } from './typed.ts';

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

export interface StepEntry {
  versionId: string;
  step: StepId;
  /** Of the step as it was shown. */
  base: string;
  raw: RawFields;
}

type Deps = Pick<PlanDeps, 'db' | 'encryption'>;

/**
 * Saves a step that was submitted and moves on to the next. What can't be saved is kept as typed.
 * @throws UserError where the version is not the actor's or no longer open for changes.
 */
export async function saveStep(deps: Deps, actor: Actor, entry: StepEntry): Promise<EntryOutcome> {
  return onVersion(deps, actor, entry.versionId, async (held) => {
    const outcome = await enter(held, actor, entry);
    if (outcome.kind === 'saved') {
      await saveStepShown(held.store.db, entry.versionId, stepBeside(entry.step, 1));
    }
    return outcome;
  });
}

/**
 * Leaves a step for another without submitting it: what is typed is saved where it can be, and kept
 * as typed where not.
 * @throws UserError as `saveStep`.
 */
export async function leaveStep(
  deps: Deps,
  actor: Actor,
  entry: StepEntry,
  to: StepId,
): Promise<void> {
  await onVersion(deps, actor, entry.versionId, async (held) => {
    await enter(held, actor, entry);
    await saveStepShown(held.store.db, entry.versionId, to);
  });
}

/**
 * Keeps what is typed in a step or a row, valid or not; null forgets it.
 * @throws UserError as `saveStep`.
 */
export async function keepTyped(
  deps: Deps,
  actor: Actor,
  versionId: string,
  key: string,
  typed: TypedEntry | null,
): Promise<void> {
  await onVersion(deps, actor, versionId, async ({ mustAllow, store, version }) => {
    mustAllow('edit');
    await saveTyped(store, version, key, typed);
  });
}

async function enter(
  held: Held,
  actor: Actor,
  { step, base, raw }: StepEntry,
): Promise<EntryOutcome> {
  const { version } = held;
  held.mustAllow('edit');
  const { form } = STEPS[step];
  if (!form) return { kind: 'saved' };
  const context = viewerOf(readerOf(held), version.draft);
  const key = typedKey.step(actor.userId, step);
  const result = form.submit(version.draft, raw, version.draft, context);
  const baseNow = baseOfStep(version.draft, step, context);
  return saveEntry(held, key, { raw, base }, baseNow, result);
}
