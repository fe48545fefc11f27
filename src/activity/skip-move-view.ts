import type { ModalView } from '@slack/types';
import { section } from '../slack/blocks.ts';
import { radioInput, textInput, timeInput } from '../slack/inputs.ts';
import { modal } from '../slack/surfaces.ts';
import { mrkdwn } from '../slack/text.ts';
import { CALLBACK } from './ids.ts';
import { SKIP_REASONS } from './schemas.ts';
import { SKIP_REASON_NAMES } from './words-view.ts';

/** Why something is skipped. `metadata` says what, `asks` what is kept of it. */
export function skipForm({
  what,
  metadata,
  asks = 'reason and words',
}: {
  /** `Tuesday`, `the 9:00 block`. */
  what: string;
  metadata: string;
  asks?: 'reason and words' | 'reason' | 'nothing';
}): ModalView {
  return modal({
    title: 'Skip',
    callbackId: CALLBACK.skip,
    submit: 'Skip it',
    close: 'Back',
    privateMetadata: metadata,
    blocks: [
      section(
        asks === 'nothing'
          ? mrkdwn`*Skip ${what}?* The next one comes as planned.`
          : mrkdwn`*Skip ${what}?* What is in the way stays with you.`,
      ),
      ...(asks === 'nothing' ? [] : [reasonInput]),
      ...(asks === 'reason and words' ? [wordsInput] : []),
    ],
  });
}

const reasonInput = radioInput({
  path: 'reason',
  rev: '0',
  label: 'Why?',
  choices: SKIP_REASONS.map((value) => ({ value, label: SKIP_REASON_NAMES[value] })),
});

const wordsInput = textInput({
  path: 'words',
  rev: '0',
  label: 'In your words',
  multiline: true,
  maxLength: 1000,
  optional: true,
});

/** To which time something moves, today. */
export function moveForm({
  what,
  metadata,
  initial,
}: {
  what: string;
  metadata: string;
  /** `HH:mm`. */
  initial: string;
}): ModalView {
  return modal({
    title: 'Move',
    callbackId: CALLBACK.move,
    submit: 'Move it',
    close: 'Back',
    privateMetadata: metadata,
    blocks: [
      timeInput({
        path: 'time',
        rev: '0',
        label: `Move ${what} to`,
        hint: 'Today, your local time. I’ll be back then.',
        initial,
      }),
    ],
  });
}
