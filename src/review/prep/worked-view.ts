import type { ModalView } from '@slack/types';
import { context, section } from '../../slack/blocks.ts';
import { textInput } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { mrkdwn } from '../../slack/text.ts';
import { ACTION, CALLBACK, numbered } from '../ids.ts';
import {
  goesToText,
  meanwhileBlocks,
  positionBlock,
  type TopicScreen,
  writeState,
} from './parts-view.ts';
import { ANSWER_TEXT } from './schemas.ts';

export interface WorkedScreen extends TopicScreen {
  /** How the month reads: `March and Q1`. */
  month: string;
}

/** Where nothing was missed at quota: what worked, and what to share. */
export function workedForm(screen: WorkedScreen): ModalView {
  const { month, goesTo, values, rev, state } = screen;
  const typed = (path: string) => ({
    path,
    rev,
    actionId: numbered(ACTION.answerTyped, path),
    maxLength: ANSWER_TEXT,
    multiline: true,
    dispatch: 'typing' as const,
  });
  return modal({
    title: 'What worked',
    callbackId: CALLBACK.worked,
    submit: 'Next',
    close: 'Later',
    privateMetadata: writeState(state),
    blocks: [
      positionBlock(screen),
      ...meanwhileBlocks(screen),
      section(mrkdwn`*${month}: nothing missed at quota.* What made the difference?`),
      context(goesToText(goesTo)),
      textInput({
        ...typed('words'),
        label: 'What worked?',
        placeholder: 'Two of three demos came from the webinar list.',
        initial: values.words,
      }),
      textInput({
        ...typed('proposal'),
        label: 'What would help a colleague?',
        initial: values.proposal,
        optional: true,
      }),
    ],
  });
}
