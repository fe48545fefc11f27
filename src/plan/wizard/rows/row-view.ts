import { MAX_LINES } from '../../../input/rows.ts';
import { section } from '../../../slack/blocks.ts';
import { boxes, files, notes, type RawFields } from '../../../slack/fields.ts';
import { form, type Shown } from '../../../slack/form.ts';
import type { NumberStyle } from '../../../slack/format.ts';
import { mrkdwn, type SlackText } from '../../../slack/text.ts';
import type { ListId, PlanDraft } from '../../draft.ts';
import { fieldChanged, fieldTyped } from '../../ids.ts';
import { capital } from '../../values.ts';
import { withSaid } from '../section.ts';
import { overtakenBlocks, WizardState } from '../step-view.ts';
import type { Paste } from './list.ts';
import { LISTS } from './lists.ts';

/** Which row of which draft; a row that isn't there yet is a new one. */
export interface RowStyle extends NumberStyle {
  draft: PlanDraft;
  list: ListId;
  rowId: string;
}

interface RowScreen extends Shown<WizardState, RowStyle> {
  /** Something to say before anything else. */
  notice?: SlackText | undefined;
  /** That somebody else has changed what is being edited; null where nobody has. */
  overtaken: SlackText | null;
  /** What the row amounts to. */
  preview: SlackText | null;
}

/** The editor of one row, pushed over its step. What is read is the draft with the row in it. */
export const rowForm = form({
  id: 'plan_row',
  about: WizardState,
  live: fieldChanged.id,
  kept: fieldTyped.id,
  fields: ({ draft, list, ...style }: RowStyle, raw) => LISTS[list].fields(draft, raw, style),
  check: (values, { draft, list, rowId, ...style }) =>
    LISTS[list].check(values, draft, rowId, style),
  apply: (values, { draft, list, rowId }) => LISTS[list].apply(values, draft, rowId),
  frame: ({ about, style }: RowScreen) => ({
    title: capital(LISTS[style.list].one),
    submit: about.rowId ? 'Save' : 'Add',
    close: 'Back',
  }),
  arrange: (
    inputs,
    { notice, overtaken, preview, raw, style: { draft, list, rowId, ...style } },
  ) => [
    ...(notice ? [section(notice)] : []),
    ...overtakenBlocks(overtaken),
    ...(preview ? [section(preview, { blockId: 'figures' })] : []),
    ...withSaid(inputs, LISTS[list].said(raw, draft, style)),
  ],
});

/** The row as it would be typed. */
export const storedRow = (style: RowStyle): RawFields =>
  rowForm.write(LISTS[style.list].read(style.draft, style.rowId), style);

interface PasteStyle extends NumberStyle {
  list: ListId;
  paste: Paste;
}

interface PasteScreen extends Shown<WizardState, PasteStyle> {
  notice: SlackText | null;
  /** Whether lines are left that seem to be there already. */
  asksAgain: boolean;
}

/** Several rows at once: pasted lines, or a dropped file where a field is too small. */
export const pasteForm = form({
  id: 'plan_paste',
  about: WizardState,
  fields: ({ list, paste }: PasteStyle) => ({
    lines: notes({
      label: LISTS[list].title,
      hint: 'A table copied from a spreadsheet works too, and an export of HubSpot’s or Salesforce’s: its heading row says which column is which.',
      placeholder: paste.example,
    }),
    file: files(
      {
        label: 'Or drop a file',
        hint: `CSV or text, for longer lists: up to ${MAX_LINES} lines at once.`,
      },
      ['csv', 'txt', 'tsv'],
    ),
    again: boxes({ label: `Each ${LISTS[list].one} that is there already` }, [
      { value: 'again', label: 'Add it a second time' },
    ]),
  }),
  frame: (_: PasteScreen) => ({ title: 'Paste several', submit: 'Add them', close: 'Back' }),
  arrange: ({ lines, file, again }, { style: { list, paste }, notice, asksAgain }) => [
    ...(notice ? [section(notice)] : []),
    section(
      mrkdwn`One ${LISTS[list].one} a line, its parts set apart by commas, semicolons or tabs:\n\`${paste.example}\``,
    ),
    ...(asksAgain ? again : []),
    ...lines,
    ...file,
  ],
});
