import type { ModalView } from '@slack/types';
import { section } from '../../slack/blocks.ts';
import { multiSelectInput, textInput } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { mrkdwn } from '../../slack/text.ts';
import { CALLBACK } from '../ids.ts';
import { CAUSES, type Cause } from '../schemas.ts';
import { CAUSE_NAMES } from '../words-view.ts';

/** What is in the way of a number: causes, structural ones first, and the rep's own words. */
export function obstacleForm(
  episodeId: string,
  before: { causes: readonly Cause[]; note: string | null },
): ModalView {
  return modal({
    title: 'What is in the way?',
    callbackId: CALLBACK.obstacle,
    submit: 'Save',
    close: 'Back',
    privateMetadata: episodeId,
    blocks: [
      section(mrkdwn`*A miss is first a question about the system.* This stays with you.`),
      multiSelectInput({
        path: 'causes',
        rev: '0',
        label: 'What got in the way?',
        hint: 'Several may apply.',
        choices: CAUSES.map((value) => ({ value, label: CAUSE_NAMES[value] })),
        initial: before.causes,
        placeholder: 'Choose one or more',
      }),
      textInput({
        path: 'words',
        rev: '0',
        label: 'In your words',
        placeholder: 'Inbound brought 3 of the 6 leads we agreed.',
        initial: before.note,
        multiline: true,
        maxLength: 1000,
        optional: true,
      }),
    ],
  });
}
