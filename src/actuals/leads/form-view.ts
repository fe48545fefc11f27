import type { ModalView } from '@slack/types';
import { context, section } from '../../slack/blocks.ts';
import { dateInput, textInput } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, mention, mrkdwn } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { type FormState, writeFormState } from '../entry-place.ts';
import { CALLBACK } from '../ids.ts';
import type { Reader } from '../words-view.ts';

export interface LeadsFormScreen {
  state: FormState;
  /** As typed; null: nothing. */
  values: { inbound: string | null; outbound: string | null; date: string };
  reader: Reader;
  problem?: string | null;
  /** What was typed as words, kept in sight. */
  words?: string | null;
}

/** The form of viable leads received. */
export function leadsForm(screen: LeadsFormScreen): ModalView {
  const { state, values, reader, problem, words } = screen;
  const rev = state.entry ?? 'new';
  const count = (path: 'inbound' | 'outbound', label: string, hint: string) =>
    textInput({ path, rev, label, hint, initial: values[path], placeholder: '0', optional: true });
  return modal({
    title: 'Viable leads',
    callbackId: CALLBACK.leads,
    submit: 'Save',
    close: 'Cancel',
    privateMetadata: writeFormState(state),
    blocks: [
      ...(state.rep === reader.userId ? [] : [section(mrkdwn`For ${mention(state.rep)}`)]),
      ...(words ? [section(lines(mrkdwn`You wrote:`, mrkdwn`>${truncate(words, 300)}`))] : []),
      ...(problem ? [section(mrkdwn`:small_orange_diamond: ${problem}`)] : []),
      count('inbound', 'Inbound', 'They came to you.'),
      count('outbound', 'Outbound', 'An SDR went out and found them.'),
      dateInput({ path: 'date', rev, label: 'On which day?', initial: values.date }),
      ...(state.entry === null ? [context('They are added to those of the month.')] : []),
    ],
  });
}
