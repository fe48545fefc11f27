import type { Db } from '../../../db/client.ts';
import type { PersonRef, Store } from '../../../db/store.ts';
import { UserError } from '../../../errors.ts';
import { readerOf } from '../../access.ts';
import { viewerOf } from '../../currency.ts';
import type { ListId, PlanDraft } from '../../draft.ts';
import { type OpenPlan, onVersion } from '../../on-version.ts';
import { type Entry, type EntryOutcome, edited, enter } from '../save-step.ts';
import { submitted } from '../section.ts';
import { baseOf, doneMark, typedKey, withTyped } from '../typed.ts';
import { type List, MAX_ROWS } from './list.ts';
import { LISTS } from './lists.ts';
import { type RowStyle, rowForm, storedRow } from './row-view.ts';

/** @throws UserError where the list has no room for so many more rows. */
export function mustFit(list: List, draft: PlanDraft, more: number): void {
  if (list.ids(draft).length + more <= MAX_ROWS) return;
  throw new UserError(
    'list_full',
    `A list holds at most ${MAX_ROWS} rows. Put the small ones together in one row, and it fits.`,
  );
}

/** What a row that isn't there yet was when its editor was opened. */
const NO_ROW = '';

/** The fingerprint of a row, for its editor; of one that is yet to be added where `rowId` is null. */
export function baseOfRow(style: RowStyle, rowId: string | null): string {
  return rowId === null ? NO_ROW : baseOf(storedRow({ ...style, rowId }));
}

/**
 * Adds or changes one row of a list. A row that is added has its editor's id, so that submitting it
 * twice adds it once.
 * @throws UserError where the version is not the actor's, is closed for changes, or the list is full.
 */
export async function saveRow(
  deps: Store<Db>,
  actor: PersonRef,
  entry: Entry & { list: ListId; formId: string },
): Promise<EntryOutcome> {
  const { about, list, formId } = entry;
  return onVersion(deps, actor, about.versionId, async (held) => {
    held.mustAllow('edit');
    const { draft, typed } = held.version;
    const rowId = about.rowId ?? formId;
    const isThere = LISTS[list].ids(draft).includes(rowId);
    if (!about.rowId && !isThere) {
      // Added by this very form before, and taken out again since.
      if (doneMark(typed, actor.userId, formId) !== null) return { kind: 'saved', plan: held };
      mustFit(LISTS[list], draft, 1);
    }
    const styleIn = (all: PlanDraft) => {
      return { ...viewerOf(readerOf(held), all), draft: all, list, rowId };
    };
    const { edit, ...outcome } = enter(held.version, actor, entry, {
      result: submitted(() => rowForm.read(entry.raw, styleIn(draft))),
      baseIn(all) {
        const isNew = !about.rowId && !LISTS[list].ids(all).includes(rowId);
        return baseOfRow(styleIn(all), isNew ? null : rowId);
      },
    });
    return { ...outcome, plan: await edited(held, edit) };
  });
}

/**
 * Takes a row out of a list; nothing happens where it is gone already.
 * @throws UserError where the version is not the actor's or is closed for changes.
 */
export async function removeRow(
  deps: Store<Db>,
  actor: PersonRef,
  { versionId, list, rowId }: { versionId: string; list: ListId; rowId: string },
): Promise<OpenPlan> {
  return onVersion(deps, actor, versionId, async (held) => {
    held.mustAllow('edit');
    const { draft, typed } = held.version;
    if (!LISTS[list].ids(draft).includes(rowId)) return held;
    return edited(held, {
      draft: LISTS[list].remove(draft, rowId),
      typed: withTyped(typed, typedKey.row(actor.userId, list, rowId), null),
    });
  });
}
