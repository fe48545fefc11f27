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
import { namedAt } from '../../values.ts';
import { edited } from '../save-step.ts';
import { submitted } from '../section.ts';
import { doneMark, fingerprint, typedKey, withDone, withTyped } from '../typed.ts';
import { mustFit } from './change-rows.ts';
import type { List, Paste } from './list.ts';
import { LISTS } from './lists.ts';
import { rowForm, storedRow } from './row-view.ts';

/** Which heading each field was read from, what else there was, and what none named. */
interface ReadBy {
  taken: { label: string; heading: string }[];
  leftOut: string[];
  defaulted: { label: string; value: string }[];
}

export interface Pasted {
  added: number;
  /** Lines that were not added and are kept as they were, each by its number in the field as it is shown now. */
  problems: RowProblem[];
  /** How many of them seem to be there already. */
  twice: number;
  /** How many of these lines the field has no room for: they stay in the file they came from. */
  cut: number;
  /** Null where there were no headings. */
  readBy: ReadBy | null;
  plan: OpenPlan;
}

/**
 * Adds a row for each line that can be read and isn't there already. The others are kept as typed, each with its
 * problem, under their headings. A row's id follows from its line and from the form's id, so that pasting twice
 * with one form adds it once.
 * @param paste `again`: rows that are there already are added a second time.
 * @throws UserError as `saveRow`.
 */
export async function pasteRows(
  deps: Store<Db>,
  actor: PersonRef,
  paste: { versionId: string; list: ListId; text: string; again: boolean; formId: string },
): Promise<Pasted> {
  const { versionId, list: listId, text, again, formId } = paste;
  return onVersion(deps, actor, versionId, async (held) => {
    held.mustAllow('edit');
    const { draft, typed } = held.version;
    const list = LISTS[listId];
    if (!list.paste) throw new UserError('no_paste', 'These rows are added one at a time.');
    const viewer = viewerOf(readerOf(held), draft);
    const pasted = addLines(list, list.paste, draft, { text, again, formId }, viewer);
    const { added, twice, readBy } = pasted;
    const { problems, left, cut } = whatIsLeft(text, pasted);
    const outcome = { added, twice, readBy, problems, cut };
    const mark = fingerprint(`${again} ${text}`);
    if (doneMark(typed, actor.userId, formId) === mark) return { ...outcome, plan: held };
    mustFit(list, pasted.draft, 0);
    const entry = left === '' ? null : { raw: { lines: left }, base: '' };
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

/**
 * What the field holds now: all of it as it was pasted where nothing was added, else the headings and the lines
 * that need another look. Those are counted as they stand there.
 */
function whatIsLeft(
  text: string,
  { added, problems, heading }: Pick<Added, 'added' | 'problems' | 'heading'>,
): { problems: RowProblem[]; left: string; cut: number } {
  if (problems.length === 0) return { problems, left: '', cut: 0 };
  const kept = problems.map((problem) => problem.text.split('\n'));
  const above = heading === null ? [] : heading.split('\n');
  if (added === 0) {
    const all = text.split(/\r\n|\n|\r/u);
    const left = linesThatFit(all);
    return { problems, left: left.join('\n'), cut: all.length - left.length };
  }
  let line = above.length + 1;
  const counted = problems.map((problem, i) => {
    const at = line;
    line += kept[i]?.length ?? 0;
    return { ...problem, line: at };
  });
  const all = [...above, ...kept.flat()];
  const left = linesThatFit(all);
  return { problems: counted, left: left.join('\n'), cut: all.length - left.length };
}

/** The first lines that a field holds together, each whole. */
function linesThatFit(all: readonly string[]): string[] {
  let length = -1;
  const over = all.findIndex((line) => {
    length += line.length + 1;
    return length > FIELD_LENGTH;
  });
  return over === -1 ? [...all] : all.slice(0, over);
}

interface Added extends Pick<Pasted, 'added' | 'problems' | 'twice' | 'readBy'> {
  draft: PlanDraft;
  /** The line of headings. */
  heading: string | null;
}

/** The draft with a row for each readable line, the other fields at their defaults. */
function addLines(
  list: List,
  paste: Paste,
  before: PlanDraft,
  { text, again, formId }: { text: string; again: boolean; formId: string },
  viewer: NumberStyle,
): Added {
  const { columns, texts, names, money, identity } = paste;
  const fields = list.fields(before, {}, viewer);
  const cells = [...new Set([...columns, ...Object.keys(names)])].flatMap((path) => {
    const field = fields[path];
    return field ? [[path, field] as const] : [];
  });
  const schema = z.object(
    Object.fromEntries(cells.map(([path, field]) => [path, field.schema(viewer)])),
  );
  const labels = Object.fromEntries(
    cells.map(([path]) => [path, namedAt(`${list.id}.*.${path}`).name]),
  );
  const blank = storedRow({ ...viewer, draft: before, list: list.id, rowId: '' });
  const defaults = Object.fromEntries(paste.defaults.map((path) => [path, String(blank[path])]));
  const { rows, problems, headings } = readRows(text, schema, {
    texts,
    labels,
    names,
    defaults,
    money: [money],
    inOrder: columns.length,
  });
  const idOf = rowIds(formId);
  const there = new Set(list.ids(before));
  const likeness = (raw: RawFields) =>
    JSON.stringify(identity.map((path) => String(raw[path]).trim().toLowerCase()));
  const alike = new Set(
    list
      .ids(before)
      .map((rowId) => likeness(storedRow({ ...viewer, draft: before, list: list.id, rowId }))),
  );
  let draft = before;
  let added = 0;
  let twice = 0;
  for (const { line, text: lineText, value } of rows) {
    const style = { ...viewer, draft, list: list.id, rowId: idOf(lineText) };
    if (there.has(style.rowId)) {
      added++;
      continue;
    }
    const raw: RawFields = { ...blank, ...writeFields(Object.fromEntries(cells), value, viewer) };
    const result = submitted(() => rowForm.read(raw, style));
    if (!result.ok) {
      const problem = result.problems[0]?.problem ?? 'This line can’t be read.';
      problems.push({ line, text: lineText, problem });
    } else if (alike.has(likeness(raw)) && !again) {
      twice++;
      problems.push({ line, text: lineText, problem: sameAgain(list, raw, paste) });
    } else {
      alike.add(likeness(raw));
      draft = result.draft;
      added++;
    }
  }
  const known = new Set(headings?.taken.map(({ label }) => label));
  const defaulted = Object.entries(defaults).flatMap(([path, value]) => {
    const label = labels[path] ?? path;
    return known.has(label) ? [] : [{ label, value }];
  });
  return {
    draft,
    added,
    twice,
    heading: headings?.text ?? null,
    readBy: headings && { taken: headings.taken, leftOut: headings.leftOut, defaulted },
    problems: problems.sort((a, b) => a.line - b.line),
  };
}

const sameAgain = ({ one }: List, raw: RawFields, { identity: [name = ''] }: Paste) =>
  `“${String(raw[name])}”: a ${one} just like it is there already. Is it another one?`;

/** Ids for a form's lines, the same ones every time; of two equal lines, the second is another row. */
function rowIds(formId: string): (line: string) => string {
  const seen = new Map<string, number>();
  return (line) => {
    const times = (seen.get(line) ?? 0) + 1;
    seen.set(line, times);
    return fingerprint(`${formId} ${times} ${line}`);
  };
}
