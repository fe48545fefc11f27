import type { ModalView } from '@slack/types';
import { MAX_LINES } from '../../../input/rows.ts';
import { section } from '../../../slack/blocks.ts';
import { fileInput, textInput } from '../../../slack/inputs.ts';
import { modal } from '../../../slack/surfaces.ts';
import { mrkdwn, type SlackText } from '../../../slack/text.ts';
import type { PlanDraft } from '../../draft.ts';
import { CALLBACK } from '../../ids.ts';
import type { RawFields } from '../../store.ts';
import { inputs, overtakenBlocks } from '../step-view.ts';
import { type WizardState, writeWizardState } from '../wizard-state.ts';
import type { List, Paste } from './list.ts';

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The editor of one row, pushed over its step. */
export function rowView(
  list: List,
  draft: PlanDraft,
  raw: RawFields,
  state: WizardState,
  { overtaken, preview }: { overtaken: SlackText | null; preview: SlackText | null },
): ModalView {
  return modal({
    title: capital(list.one),
    callbackId: CALLBACK.row,
    submit: state.rowId ? 'Save' : 'Add',
    close: 'Back',
    privateMetadata: writeWizardState(state),
    notifyOnClose: true,
    blocks: [
      ...overtakenBlocks(overtaken),
      ...inputs(list.fields(draft, raw), raw, state.rev),
      ...(preview ? [section(preview, { blockId: 'figures' })] : []),
    ],
  });
}

/** Several rows at once: pasted lines, or a dropped file where a field is too small. */
export function pasteView(
  list: List,
  paste: Paste,
  raw: RawFields,
  state: WizardState,
  notice?: SlackText,
): ModalView {
  return modal({
    title: 'Paste several',
    callbackId: CALLBACK.paste,
    submit: 'Add them',
    close: 'Back',
    privateMetadata: writeWizardState(state),
    notifyOnClose: true,
    blocks: [
      ...(notice ? [section(notice)] : []),
      section(
        mrkdwn`One ${list.one} a line, its parts set apart by commas, semicolons or tabs:\n\`${paste.example}\``,
      ),
      textInput({
        path: 'lines',
        rev: state.rev,
        label: capital(list.title),
        hint: 'A row copied from a spreadsheet works too.',
        placeholder: paste.example,
        multiline: true,
        maxLength: 3000,
        optional: true,
        initial: typeof raw.lines === 'string' ? raw.lines : null,
      }),
      fileInput({
        path: 'file',
        rev: state.rev,
        label: 'Or drop a file',
        hint: `CSV or text, for longer lists: up to ${MAX_LINES} lines at once.`,
        optional: true,
        filetypes: ['csv', 'txt', 'tsv'],
      }),
    ],
  });
}
