import { randomUUID } from 'node:crypto';
import type { Fields } from '../../../slack/fields.ts';
import type { NumberStyle } from '../../../slack/format.ts';
import type { SlackText } from '../../../slack/text.ts';
import type { PlanDraft } from '../../draft.ts';
import type { RawFields } from '../../store.ts';
import { type Form, form, type Submitted } from '../form.ts';

export const LIST_IDS = [
  'lifeGoals',
  'renewals',
  'expansion',
  'callBlocks',
  'overrides',
  'risks',
] as const;
export type ListId = (typeof LIST_IDS)[number];

type RowOf<Id extends ListId> = PlanDraft[Id][number];

/** How a pasted line is read: which fields its cells fill, in order. */
export interface Paste {
  columns: readonly string[];
  /** How many columns in front are free text, in which a comma may stand. */
  texts: number;
  example: string;
}

interface ListSpec<Id extends ListId, F extends Fields> extends Form<RowOf<Id>, F> {
  id: Id;
  title: string;
  /** What one row is called, in the middle of a sentence. */
  one: string;
  /** Says what will appear here. */
  empty: string;
  blank(draft: PlanDraft): RowOf<Id>;
  line(row: RowOf<Id>, context: NumberStyle): SlackText;
  /** What the row in the editor amounts to. */
  preview?(row: RowOf<Id>, context: NumberStyle): SlackText;
  /** Null where rows are not pasted. */
  paste: Paste | null;
}

/** Most rows in one list. */
export const MAX_ROWS = 1000;

/** A list of the plan with its row's type sealed in. */
export interface List {
  id: ListId;
  title: string;
  one: string;
  empty: string;
  /** Null where rows are not pasted. */
  paste: Paste | null;
  ids(draft: PlanDraft): string[];
  /** The row in one line. */
  line(draft: PlanDraft, rowId: string, context: NumberStyle): SlackText;
  fields(draft: PlanDraft, raw: RawFields): Fields;
  /** The row as it would be typed; a new one's defaults where `rowId` is null. */
  initial(draft: PlanDraft, rowId: string | null, context: NumberStyle): RawFields;
  /** The draft with the row changed or (null) added, or what is wrong with which field. */
  submit(
    draft: PlanDraft,
    rowId: string | null,
    raw: RawFields,
    context: NumberStyle,
  ): Submitted<PlanDraft>;
  /** What the row in the editor amounts to; null while it can't be read, or where there is nothing to say. */
  preview(
    draft: PlanDraft,
    rowId: string | null,
    raw: RawFields,
    context: NumberStyle,
  ): SlackText | null;
  /** The draft without the row; the same draft where it is gone already. */
  remove(draft: PlanDraft, rowId: string): PlanDraft;
}

export function list<Id extends ListId, F extends Fields>(spec: ListSpec<Id, F>): List {
  const rowForm = form<RowOf<Id>, F>(spec);
  const { id, title, one, empty, paste } = spec;
  const rowsOf = (draft: PlanDraft): readonly RowOf<Id>[] => draft[id];
  const withRows = (draft: PlanDraft, rows: readonly RowOf<Id>[]): PlanDraft => ({
    ...draft,
    [id]: rows,
  });
  const find = (draft: PlanDraft, rowId: string | null) =>
    rowsOf(draft).find((row) => row.id === rowId);
  return {
    id,
    title,
    one,
    empty,
    paste,
    ids: (draft) => rowsOf(draft).map((row) => row.id),
    line(draft, rowId, context) {
      const row = find(draft, rowId);
      return row ? spec.line(row, context) : '';
    },
    fields: rowForm.fields,
    initial: (draft, rowId, context) =>
      rowForm.initial(find(draft, rowId) ?? spec.blank(draft), draft, context),
    submit(draft, rowId, raw, context) {
      const existing = find(draft, rowId);
      const result = rowForm.submit(existing ?? spec.blank(draft), raw, draft, context);
      if (!result.ok) return result;
      const rows = existing
        ? rowsOf(draft).map((row) => (row.id === rowId ? result.part : row))
        : [...rowsOf(draft), { ...result.part, id: randomUUID() }];
      return { ok: true, part: withRows(draft, rows) };
    },
    preview(draft, rowId, raw, context) {
      const result = rowForm.submit(find(draft, rowId) ?? spec.blank(draft), raw, draft, context);
      return result.ok ? (spec.preview?.(result.part, context) ?? null) : null;
    },
    remove: (draft, rowId) =>
      withRows(
        draft,
        rowsOf(draft).filter((row) => row.id !== rowId),
      ),
  };
}
