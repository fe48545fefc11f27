import type { Problem } from '../../../input/problem.ts';
import type { Fields, RawFields, ValuesOf } from '../../../slack/fields.ts';
import type { NumberStyle } from '../../../slack/format.ts';
import type { SlackText } from '../../../slack/text.ts';
import type { ListId, PlanDraft } from '../../draft.ts';
import { ROWS } from '../../values.ts';
import { type Said, type SectionSpec, wizardSection } from '../section.ts';

type RowOf<Id extends ListId> = PlanDraft[Id][number];

/** How a pasted line is read: which fields its cells fill, in order where no headings say another. */
export interface Paste {
  columns: readonly string[];
  /** How many columns in front are free text, in which a comma may stand. */
  texts: number;
  example: string;
  /** What headings call the fields; those that aren't among the columns are read by their heading alone. */
  names: Record<string, readonly string[]>;
  /** The amount's field. */
  money: string;
  /** What two rows have in common that may be the same one twice. */
  identity: readonly string[];
  /** What may be missing under headings: it is that of a new row then. */
  defaults: readonly string[];
}

interface ListSpec<Id extends ListId, F extends Fields> extends SectionSpec<RowOf<Id>, F> {
  id: Id;
  /** Says what will appear here. */
  empty: string;
  blank(draft: PlanDraft): RowOf<Id>;
  line(row: RowOf<Id>, style: NumberStyle): SlackText;
  /** What the row in the editor amounts to. */
  preview?(row: RowOf<Id>, style: NumberStyle): SlackText;
  /** Null where rows are not pasted. */
  paste: Paste | null;
  /** The draft with what follows from the rows being others than before. */
  settle?(before: PlanDraft, after: PlanDraft): PlanDraft;
}

/** Most rows in one list. */
export const MAX_ROWS = 1000;

/** A list of the plan with its row's type sealed in. A row whose id isn't there yet is a new one. */
export interface List {
  id: ListId;
  title: string;
  /** What one row is called, in the middle of a sentence. */
  one: string;
  empty: string;
  /** Null where rows are not pasted. */
  paste: Paste | null;
  ids(draft: PlanDraft): string[];
  /** The row in one line. */
  line(draft: PlanDraft, rowId: string, style: NumberStyle): SlackText;
  /** What the row amounts to, in its editor; null where there is nothing to say. */
  preview(draft: PlanDraft, rowId: string, style: NumberStyle): SlackText | null;
  fields(draft: PlanDraft, raw: RawFields, style: NumberStyle): Fields;
  /** What is typed read back in words, under the fields. */
  said(raw: RawFields, draft: PlanDraft, style: NumberStyle): Said;
  /** What stands in the row's fields; a new one's defaults. */
  read(draft: PlanDraft, rowId: string): Partial<ValuesOf<Fields>>;
  check(values: ValuesOf<Fields>, draft: PlanDraft, rowId: string, style: NumberStyle): Problem[];
  /** The draft with the row changed or added. */
  apply(values: ValuesOf<Fields>, draft: PlanDraft, rowId: string): PlanDraft;
  /** The draft without the row; the same draft where it is gone already. */
  remove(draft: PlanDraft, rowId: string): PlanDraft;
}

export function list<Id extends ListId, F extends Fields>(spec: ListSpec<Id, F>): List {
  const row = wizardSection<RowOf<Id>, F>(spec);
  const { id, empty, paste } = spec;
  const rowsOf = (draft: PlanDraft): readonly RowOf<Id>[] => draft[id];
  const find = (draft: PlanDraft, rowId: string) => rowsOf(draft).find((one) => one.id === rowId);
  const settle = spec.settle ?? ((_, after: PlanDraft) => after);
  const rowOf = (draft: PlanDraft, rowId: string) => find(draft, rowId) ?? spec.blank(draft);
  return {
    id,
    ...ROWS[id],
    empty,
    paste,
    ids: (draft) => rowsOf(draft).map((one) => one.id),
    line(draft, rowId, style) {
      const found = find(draft, rowId);
      return found ? spec.line(found, style) : '';
    },
    preview(draft, rowId, style) {
      const found = find(draft, rowId);
      return found ? (spec.preview?.(found, style) ?? null) : null;
    },
    fields: row.fields,
    said: row.said,
    read: (draft, rowId) => row.read(rowOf(draft, rowId), draft),
    check: (values, draft, rowId, style) => row.check(values, draft, rowOf(draft, rowId), style),
    apply(values, draft, rowId) {
      const changed = { ...row.apply(rowOf(draft, rowId), values, draft), id: rowId };
      const rows = find(draft, rowId)
        ? rowsOf(draft).map((one) => (one.id === rowId ? changed : one))
        : [...rowsOf(draft), changed];
      return settle(draft, { ...draft, [id]: rows });
    },
    remove: (draft, rowId) =>
      settle(draft, { ...draft, [id]: rowsOf(draft).filter((one) => one.id !== rowId) }),
  };
}
