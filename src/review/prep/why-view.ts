import type { ModalView } from '@slack/types';
import { CAUSES } from '../../activity/schemas.ts';
import { CAUSE_NAMES } from '../../activity/words-view.ts';
import { type Choice, context, section } from '../../slack/blocks.ts';
import { formatDate, type NumberStyle } from '../../slack/format.ts';
import { multiSelectInput, textInput } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { mrkdwn } from '../../slack/text.ts';
import { ACTION, CALLBACK, numbered } from '../ids.ts';
import type { Kpi, KpiLine } from '../schemas.ts';
import { KPI_NAMES, lineText } from '../words-view.ts';
import {
  goesToText,
  meanwhileBlocks,
  positionBlock,
  type TopicScreen,
  writeState,
} from './parts-view.ts';
import { ANSWER_TEXT } from './schemas.ts';

export interface WhyScreen extends TopicScreen {
  kpi: Kpi;
  line: KpiLine;
  style: NumberStyle;
  /** Missed against the rep's own target only: the answer stays with them. */
  own: boolean;
  /** The local date on which the rep named these causes for a note about their pace; null: they didn't. */
  namedOn: string | null;
  /** Other missed KPIs that this may explain as well, by what stands in the list. */
  same: readonly Choice<Kpi>[];
}

/** Why a KPI was missed: causes, structural ones first, the rep's own words, and the way back. */
export function whyForm(screen: WhyScreen): ModalView {
  const { kpi, line, style, own, namedOn, goesTo, values, same, rev, state } = screen;
  const named =
    namedOn === null
      ? null
      : `You named this on ${formatDate(namedOn, style.locale, 'day')}: change what no longer holds.`;
  const typed = (path: string) => ({
    path,
    rev,
    actionId: numbered(ACTION.answerTyped, path),
    maxLength: ANSWER_TEXT,
    multiline: true,
    dispatch: 'typing' as const,
  });
  return modal({
    title: KPI_NAMES[kpi],
    callbackId: CALLBACK.why,
    submit: 'Next',
    close: 'Later',
    privateMetadata: writeState(state),
    blocks: [
      positionBlock(screen),
      ...meanwhileBlocks(screen),
      section(mrkdwn`*${lineText(line, style)}.* What got in the way?`),
      context(
        own
          ? mrkdwn`This is against your own target; at quota it isn’t missed, so your answer stays with you.`
          : goesToText(goesTo),
      ),
      multiSelectInput({
        path: 'causes',
        rev,
        label: 'What got in the way?',
        hint: named ?? 'Several may apply.',
        choices: CAUSES.map((value) => ({ value, label: CAUSE_NAMES[value] })),
        initial: values.causes,
        placeholder: 'Choose one or more',
        actionId: numbered(ACTION.answerTyped, 'causes'),
        dispatch: true,
      }),
      textInput({
        ...typed('words'),
        label: 'In your words',
        placeholder: 'Inbound brought 3 of the 6 leads we agreed.',
        initial: values.words,
      }),
      textInput({
        ...typed('proposal'),
        label: 'What would win it back?',
        initial: values.proposal,
        optional: true,
      }),
      ...(same.length > 0
        ? [
            multiSelectInput({
              path: 'same',
              rev,
              label: 'The same explains…',
              hint: 'Takes this answer for those as well. You can still change each.',
              choices: same,
              placeholder: 'Nothing else',
              optional: true,
            }),
          ]
        : []),
    ],
  });
}
