import { z } from 'zod';
import { UserError } from '../../../errors.ts';
import { type RowProblem, readRows } from '../../../input/rows.ts';
import type { Actor } from '../../../people/deps.ts';
import { writeFields } from '../../../slack/fields.ts';
import type { NumberStyle } from '../../../slack/format.ts';
import { readerOf } from '../../access.ts';
import { viewerOf } from '../../currency.ts';
import type { PlanDeps } from '../../deps.ts';
import type { PlanDraft } from '../../draft.ts';
import { type Held, onVersion } from '../../on-version.ts';
import { type RawFields, saveDraft, saveTyped } from '../../store.ts';
import { type EntryOutcome, saveEntry } from '../save-step.ts';
import { baseOfRow, typedKey } from '../typed.ts';
import { type List, type ListId, MAX_ROWS, type Paste } from './list.ts';
import { LISTS } from './lists.ts';

export interface RowEntry {
  versionId: string;
  list: ListId;
  /** Null adds a row. */
  rowId: string | null;
  base: string;
  raw: RawFields;
}

type Deps = Pick<PlanDeps, 'db' | 'encryption'>;

const contextOf = (held: Held): NumberStyle => viewerOf(readerOf(held), held.version.draft);

function mustFit(list: List, draft: PlanDraft, more: number): void {
  if (list.ids(draft).length + more <= MAX_ROWS) return;
  throw new UserError(
    'list_full',
    `A list holds at most ${MAX_ROWS} rows. Put the small ones together in one row, and it fits.`,
  );
}

/**
 * Adds or changes one row of a list.
 * @throws UserError where the version is not the actor's, is closed for changes, or the list is full.
 */
export async function saveRow(deps: Deps, actor: Actor, entry: RowEntry): Promise<EntryOutcome> {
  return onVersion(deps, actor, entry.versionId, async (held) => {
    held.mustAllow('edit');
    const { version } = held;
    const { raw, rowId, base } = entry;
    const list = LISTS[entry.list];
    const context = contextOf(held);
    const key = typedKey.row(actor.userId, entry.list, rowId);
    if (rowId === null) mustFit(list, version.draft, 1);
    const result = list.submit(version.draft, rowId, raw, context);
    const baseNow = baseOfRow(version.draft, entry.list, rowId, context);
    return saveEntry(held, key, { raw, base }, baseNow, result);
  });
}

/**
 * Takes a row out of a list; nothing happens where it is gone already.
 * @throws UserError where the version is not the actor's or is closed for changes.
 */
export async function removeRow(
  deps: Deps,
  actor: Actor,
  { versionId, list, rowId }: Pick<RowEntry, 'versionId' | 'list'> & { rowId: string },
): Promise<void> {
  await onVersion(deps, actor, versionId, async ({ mustAllow, store, version }) => {
    mustAllow('edit');
    const draft = LISTS[list].remove(version.draft, rowId);
    await saveTyped(store, version, typedKey.row(actor.userId, list, rowId), null);
    await saveDraft(store, version, draft);
  });
}

export interface Pasted {
  added: number;
  /** Lines that could not be read, kept as they were. */
  problems: RowProblem[];
  /** How many of these lines the field has no room for: they stay in the file they came from. */
  cut: number;
}

/**
 * Adds a row for each line that can be read. The others are kept as typed, each with its problem.
 * @throws UserError as `saveRow`.
 */
export async function pasteRows(
  deps: Deps,
  actor: Actor,
  { versionId, list: listId, text }: { versionId: string; list: ListId; text: string },
): Promise<Pasted> {
  return onVersion(deps, actor, versionId, async (held) => {
    held.mustAllow('edit');
    const { store, version } = held;
    const list = LISTS[listId];
    if (!list.paste) throw new UserError('no_paste', 'These rows are added one at a time.');
    const pasted = addLines(list, list.paste, version.draft, text, contextOf(held));
    mustFit(list, pasted.draft, 0);
    const left = linesThatFit(pasted.problems.flatMap((problem) => problem.text.split('\n')));
    const key = typedKey.paste(actor.userId, listId);
    await saveTyped(
      store,
      version,
      key,
      left.length === 0 ? null : { raw: { lines: left.join('\n') }, base: '' },
    );
    if (pasted.added > 0) await saveDraft(store, version, pasted.draft);
    const { added, problems } = pasted;
    const unread = problems.flatMap((problem) => problem.text.split('\n')).length;
    return { added, problems, cut: unread - left.length };
  });
}

/** Slack's limit for what stands in a text field. */
const FIELD_LENGTH = 3000;

/** The first lines that a field holds together, each whole. */
function linesThatFit(all: readonly string[]): string[] {
  let length = -1;
  const over = all.findIndex((line) => {
    length += line.length + 1;
    return length > FIELD_LENGTH;
  });
  return over === -1 ? [...all] : all.slice(0, over);
}

/** Pure: the draft with a row for each readable line of `text`, the last fields at their defaults. */
function addLines(
  list: List,
  { columns, texts }: Paste,
  before: PlanDraft,
  text: string,
  context: NumberStyle,
): Omit<Pasted, 'cut'> & { draft: PlanDraft } {
  const fields = list.fields(before, {});
  const cells = columns.flatMap((path) => {
    const field = fields[path];
    return field ? [[path, field] as const] : [];
  });
  const schema = z.object(
    Object.fromEntries(cells.map(([path, field]) => [path, field.schema(context)])),
  );
  const { rows, problems } = readRows(text, schema, { texts });
  const blank = list.initial(before, null, context);
  const all = text.split(/\r\n|\n|\r/u);
  let draft = before;
  let added = 0;
  for (const { line, value } of rows) {
    const raw = { ...blank, ...writeFields(Object.fromEntries(cells), value, context) };
    const result = list.submit(draft, null, raw, context);
    if (result.ok) {
      draft = result.part;
      added++;
    } else {
      const problem = result.problems[0]?.problem ?? 'This line can’t be read.';
      problems.push({ line, text: all[line - 1] ?? '', problem });
    }
  }
  return { draft, added, problems: problems.sort((a, b) => a.line - b.line) };
}
