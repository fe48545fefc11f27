import { z } from 'zod';
import type { Db } from '../../../db/client.ts';
import type { PersonRef, Store } from '../../../db/store.ts';
import { UserError } from '../../../errors.ts';
import { type RowProblem, readRows } from '../../../input/rows.ts';
import { type RawFields, writeFields } from '../../../slack/fields.ts';
import type { NumberStyle } from '../../../slack/format.ts';
import { readerOf } from '../../access.ts';
import { viewerOf } from '../../currency.ts';
import type { ListId, PlanDraft } from '../../draft.ts';
import { type OpenPlan, onVersion } from '../../on-version.ts';
import { edited } from '../save-step.ts';
import { submitted } from '../section.ts';
import { doneMark, fingerprint, typedKey, withDone, withTyped } from '../typed.ts';
import { mustFit } from './change-rows.ts';
import type { List, Paste } from './list.ts';
import { LISTS } from './lists.ts';
import { rowForm, storedRow } from './row-view.ts';

export interface Pasted {
  added: number;
  /** Lines that could not be read, kept as they were. */
  problems: RowProblem[];
  /** How many of these lines the field has no room for: they stay in the file they came from. */
  cut: number;
  plan: OpenPlan;
}

/**
 * Adds a row for each line that can be read. The others are kept as typed, each with its problem. A row's
 * id follows from its line and from the form's id, so that pasting twice with one form adds it once.
 * @throws UserError as `saveRow`.
 */
export async function pasteRows(
  deps: Store<Db>,
  actor: PersonRef,
  paste: { versionId: string; list: ListId; text: string; formId: string },
): Promise<Pasted> {
  const { versionId, list: listId, text, formId } = paste;
  return onVersion(deps, actor, versionId, async (held) => {
    held.mustAllow('edit');
    const { draft, typed } = held.version;
    const list = LISTS[listId];
    if (!list.paste) throw new UserError('no_paste', 'These rows are added one at a time.');
    const viewer = viewerOf(readerOf(held), draft);
    const pasted = addLines(list, list.paste, draft, { text, formId }, viewer);
    const { added, problems } = pasted;
    const unread = problems.flatMap((problem) => problem.text.split('\n'));
    const left = linesThatFit(unread);
    const outcome = { added, problems, cut: unread.length - left.length };
    const mark = fingerprint(text);
    if (doneMark(typed, actor.userId, formId) === mark) return { ...outcome, plan: held };
    mustFit(list, pasted.draft, 0);
    const entry = left.length === 0 ? null : { raw: { lines: left.join('\n') }, base: '' };
    const kept = withTyped(typed, typedKey.paste(actor.userId, listId), entry);
    const plan = await edited(held, {
      typed: withDone(kept, actor.userId, formId, mark),
      ...(added > 0 ? { draft: pasted.draft } : {}),
    });
    return { ...outcome, plan };
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

/** The draft with a row for each readable line, the last fields at their defaults. */
function addLines(
  list: List,
  { columns, texts }: Paste,
  before: PlanDraft,
  { text, formId }: { text: string; formId: string },
  viewer: NumberStyle,
): Pick<Pasted, 'added' | 'problems'> & { draft: PlanDraft } {
  const fields = list.fields(before, {}, viewer);
  const cells = columns.flatMap((path) => {
    const field = fields[path];
    return field ? [[path, field] as const] : [];
  });
  const schema = z.object(
    Object.fromEntries(cells.map(([path, field]) => [path, field.schema(viewer)])),
  );
  const { rows, problems } = readRows(text, schema, { texts });
  const all = text.split(/\r\n|\n|\r/u);
  const idOf = rowIds(formId);
  const there = new Set(list.ids(before));
  let draft = before;
  let added = 0;
  for (const { line, value } of rows) {
    const lineText = all[line - 1] ?? '';
    const style = { ...viewer, draft, list: list.id, rowId: idOf(lineText) };
    if (there.has(style.rowId)) {
      added++;
      continue;
    }
    const raw: RawFields = {
      ...storedRow({ ...style, draft: before }),
      ...writeFields(Object.fromEntries(cells), value, viewer),
    };
    const result = submitted(() => rowForm.read(raw, style));
    if (result.ok) {
      draft = result.draft;
      added++;
    } else {
      const problem = result.problems[0]?.problem ?? 'This line can’t be read.';
      problems.push({ line, text: lineText, problem });
    }
  }
  return { draft, added, problems: problems.sort((a, b) => a.line - b.line) };
}

/** Ids for a form's lines, the same ones every time; of two equal lines, the second is another row. */
function rowIds(formId: string): (line: string) => string {
  const seen = new Map<string, number>();
  return (line) => {
    const times = (seen.get(line) ?? 0) + 1;
    seen.set(line, times);
    return fingerprint(`${formId} ${times} ${line}`);
  };
}
