import { isDeepStrictEqual } from 'node:util';
import type { Db } from '../../db/client.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import type { Problem } from '../../input/problem.ts';
import type { RawFields } from '../../slack/fields.ts';
import { readerOf } from '../access.ts';
import { viewerOf } from '../currency.ts';
import { type PlanDraft, type StepId, stepBeside } from '../draft.ts';
import { type Held, type OpenPlan, onVersion } from '../on-version.ts';
import { type Edit, saveEdit, type Version } from '../store.ts';
import { keyOf, type OpenForm } from './keep-typed.ts';
import type { Submitted } from './section.ts';
import { storedStep, submitStep } from './step-view.ts';
import { STEPS } from './steps/steps.ts';
import { baseOf, doneMark, withDone, withTyped } from './typed.ts';

export interface Entry extends OpenForm {
  raw: RawFields;
  /** When it was submitted or left. */
  at: Date;
}

/** What became of an entry, and the plan as it is then. */
export type EntryOutcome = Outcome & { plan: OpenPlan };

type Outcome =
  | { kind: 'saved' }
  /** Kept as typed; each problem is at a field's path. */
  | { kind: 'invalid'; problems: readonly Problem[] }
  /** Kept as typed: it leaves open what the form asks once it is shown again. */
  | { kind: 'asks' }
  /** Kept as typed: somebody else has changed this since it was shown. */
  | { kind: 'changed_meanwhile' };

/**
 * Saves a step that was submitted and moves on to the next. What can't be saved is kept as typed.
 * @throws UserError where the version is not the actor's or no longer open for changes.
 */
export async function saveStep(
  deps: Store<Db>,
  actor: PersonRef,
  entry: Entry,
): Promise<EntryOutcome> {
  const { versionId, step } = entry.about;
  return onVersion(deps, actor, versionId, async (held) => {
    const { edit, ...outcome } = enterStep(held, actor, entry);
    const next = outcome.kind === 'saved' ? { ...edit, step: stepBeside(step, 1) } : edit;
    return { ...outcome, plan: await edited(held, next) };
  });
}

/**
 * Leaves a step for another without submitting it: what is typed is saved where it can be, and kept
 * as typed where not.
 * @throws UserError as `saveStep`.
 */
export async function leaveStep(
  deps: Store<Db>,
  actor: PersonRef,
  entry: Entry,
  to: StepId,
): Promise<OpenPlan> {
  return onVersion(deps, actor, entry.about.versionId, async (held) => {
    const { edit } = enterStep(held, actor, entry);
    const typed = edit.typed ?? held.version.typed;
    const { formId, about } = entry;
    const isDone = formId === null || doneMark(typed, actor.userId, formId) !== null;
    const left = isDone ? typed : withDone(typed, actor.userId, formId, about.base);
    return edited(held, { ...edit, typed: left, step: to });
  });
}

/** The plan with the edit stored. */
export async function edited(held: Held, edit: Edit): Promise<OpenPlan> {
  const { pair, side, proposedBy, plans, request, changed } = held;
  const version = await saveEdit(held.store, held.version, edit);
  return { version, pair, side, proposedBy, plans, request, changed };
}

type Entered = Outcome & { edit: Edit };

function enterStep(held: Held, actor: PersonRef, entry: Entry): Entered {
  held.mustAllow('edit');
  const { version } = held;
  const { step } = entry.about;
  if (!STEPS[step].section) return { kind: 'saved', edit: {} };
  const styleIn = (draft: PlanDraft) => ({ ...viewerOf(readerOf(held), draft), draft, step });
  return enter(version, actor, entry, {
    result: submitStep(entry.raw, styleIn(version.draft)),
    baseIn: (draft) => baseOf(storedStep(styleIn(draft))),
  });
}

/**
 * What to store of an entry that came to `result`. What can't be saved, or was typed over something that
 * is no longer so, is kept as typed. What was saved by this very form before is no surprise to it.
 */
export function enter(
  { draft, typed }: Version,
  actor: PersonRef,
  { about, formId, raw, at }: Entry,
  { result, baseIn }: { result: Submitted; baseIn(draft: PlanDraft): string },
): Entered {
  const key = keyOf(actor, about);
  const seen = doneMark(typed, actor.userId, formId) ?? about.base;
  const kept = { raw, base: about.base, at: at.getTime() };
  if (!result.ok) {
    const paths = result.problems.map(({ path }) => path);
    // Slack sends all that a form shows: a field that isn't there has only come to be asked.
    if (paths.every((path) => !(path in raw))) {
      return { kind: 'asks', edit: { typed: withTyped(typed, key, kept) } };
    }
    const refused = formId === null ? {} : { refused: { formId, paths } };
    const edit = { typed: withTyped(typed, key, { ...kept, ...refused }) };
    return { kind: 'invalid', problems: result.problems, edit };
  }
  const isSame = isDeepStrictEqual(result.draft, draft);
  if (!isSame && seen !== baseIn(draft)) {
    return { kind: 'changed_meanwhile', edit: { typed: withTyped(typed, key, kept) } };
  }
  const left = withTyped(typed, key, null);
  const done = formId === null ? left : withDone(left, actor.userId, formId, baseIn(result.draft));
  return { kind: 'saved', edit: { typed: done, ...(isSame ? {} : { draft: result.draft }) } };
}
