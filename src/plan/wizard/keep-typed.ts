import type { Db } from '../../db/client.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { RawFields } from '../../slack/fields.ts';
import { mustAllowEdit } from '../on-version.ts';
import { lockTyped, saveTyped, type Typed, type TypedEntry, type Version } from '../store.ts';
import type { WizardState } from './step-view.ts';
import { doneMark, typedKey, withDone, withTyped } from './typed.ts';

/** A form of the wizard that is open: what it remembers, and the id of its submission. */
export interface OpenForm {
  about: WizardState;
  formId: string | null;
}

export const keyOf = ({ userId }: PersonRef, { step, list, rowId = null }: WizardState): string =>
  list ? typedKey.row(userId, list, rowId) : typedKey.step(userId, step);

/**
 * Keeps what is typed in a step or a row, valid or not. A stroke that comes after a newer one, or after
 * its form was done with, changes nothing. `path`: the field that was changed, where it is one.
 * @throws UserError where the version is not the actor's or no longer open for changes.
 */
export async function keepTyped(
  deps: Store<Db>,
  actor: PersonRef,
  { about, formId }: OpenForm,
  { path, ...entry }: { raw: RawFields; at: number; path?: string },
): Promise<void> {
  await changeTyped(deps, actor, about.versionId, (typed) => {
    const key = keyOf(actor, about);
    const before = typed[key];
    if (doneMark(typed, actor.userId, formId) !== null) return typed;
    if (before?.at !== undefined && entry.at < before.at) return typed;
    // What was overtaken by somebody else stays so until it is submitted or dropped.
    const base = before?.base ?? about.base;
    const refused = before?.refused && withoutPath(before.refused, path);
    return withTyped(typed, key, { ...entry, base, ...(refused && { refused }) });
  });
}

/** Words at a field, or at a part of it, are over once that is changed. */
function withoutPath({ formId, paths }: NonNullable<TypedEntry['refused']>, changed?: string) {
  const left = paths.filter((path) => path !== changed && !path.startsWith(`${changed}.`));
  return left.length > 0 ? { formId, paths: left } : undefined;
}

/** Whether words stand under fields of the form, as it was submitted last: Slack would lose them. */
export function hasWords(
  { typed }: Version,
  actor: PersonRef,
  { about, formId }: OpenForm,
): boolean {
  const refused = typed[keyOf(actor, about)]?.refused;
  return formId !== null && refused?.formId === formId;
}

/**
 * Forgets what is typed in a step or a row.
 * @throws UserError as `keepTyped`.
 */
export async function forgetTyped(
  deps: Store<Db>,
  actor: PersonRef,
  { about, formId }: OpenForm,
): Promise<void> {
  await changeTyped(deps, actor, about.versionId, (typed) => {
    const left = withTyped(typed, keyOf(actor, about), null);
    return formId === null ? left : withDone(left, actor.userId, formId, about.base);
  });
}

async function changeTyped(
  { db, encryption }: Store<Db>,
  actor: PersonRef,
  versionId: string,
  change: (typed: Typed) => Typed,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const store = { db: tx, encryption };
    const version = await mustAllowEdit(tx, actor, await lockTyped(store, versionId));
    const typed = change(version.typed);
    if (typed !== version.typed) await saveTyped(store, version, typed);
  });
}
