import type { Actor } from '../people/deps.ts';
import { baseOfStep, typedKey } from './capture.ts';
import type { PlanDeps } from './deps.ts';
import { type Held, onVersion } from './on-version.ts';
import type { Problem } from './rules/problem.ts';
import { type StepId, stepBeside } from './step-id.ts';
import { STEPS } from './steps/all.ts';
import { type RawFields, saveDraft, saveStep as saveStepShown, saveTyped } from './store.ts';
import { viewerOf } from './viewer.ts';

export interface StepEntry {
  versionId: string;
  step: StepId;
  /** Of the step as it was shown. */
  base: string;
  raw: RawFields;
}

export type StepOutcome =
  | { kind: 'saved' }
  /** Kept as typed; each problem is at a field's path. */
  | { kind: 'invalid'; problems: Problem[] }
  /** Kept as typed: somebody else has changed the step since it was shown. */
  | { kind: 'changed_meanwhile' };

type Deps = Pick<PlanDeps, 'db' | 'sealer'>;

/**
 * Saves a step that was submitted and moves on to the next. What can't be saved is kept as typed.
 * @throws UserError where the version is not the actor's or no longer open for changes.
 */
export async function saveStep(deps: Deps, actor: Actor, entry: StepEntry): Promise<StepOutcome> {
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
 * Keeps what is typed in a step, valid or not.
 * @throws UserError as `saveStep`.
 */
export async function keepTyped(
  deps: Deps,
  actor: Actor,
  versionId: string,
  key: string,
  raw: RawFields,
): Promise<void> {
  await onVersion(deps, actor, versionId, async ({ mustAllow, store, version }) => {
    mustAllow('edit');
    await saveTyped(store, version, key, raw);
  });
}

async function enter(
  { mustAllow, store, version, pair, side }: Held,
  actor: Actor,
  { step, base, raw }: StepEntry,
): Promise<StepOutcome> {
  mustAllow('edit');
  const { form } = STEPS[step];
  if (!form) return { kind: 'saved' };
  const context = viewerOf((side === 'rep' ? pair.rep : pair.manager) ?? pair.rep, version.draft);
  const key = typedKey.step(actor.userId, step);
  const changed = baseOfStep(version.draft, step, context) !== base;
  const result = form.submit(version.draft, raw, version.draft, context);
  if (changed || !result.ok) {
    await saveTyped(store, version, key, raw);
    return result.ok
      ? { kind: 'changed_meanwhile' }
      : { kind: 'invalid', problems: result.problems };
  }
  await saveTyped(store, version, key, null);
  await saveDraft(store, version, result.part);
  return { kind: 'saved' };
}
