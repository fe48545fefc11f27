/** The forms in which a rep answers: why a KPI was missed, or what worked. */

import type { KnownBlock, ModalView } from '@slack/types';
import { CAUSES, type Cause } from '../../activity/schemas.ts';
import { CAUSE_NAMES } from '../../activity/words-view.ts';
import { button, type Choice, context, divider, option, section } from '../../slack/blocks.ts';
import { boxes, optional, paragraph, several, whileTyping } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatDate, type NumberStyle } from '../../slack/format.ts';
import { multiSelectInput, withHint } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mrkdwn, type SlackText } from '../../slack/text.ts';
import { answerGo, answerTyped } from '../ids.ts';
import { KPIS, type Kpi, type KpiLine, type Topic } from '../schemas.ts';
import { KPI_NAMES, lineText } from '../words-view.ts';
import {
  causesInLine,
  type Destination,
  goesToText,
  meanwhileBlocks,
  positionBlock,
  quoteBlocks,
  readersText,
  SendPlace,
  TopicPlace,
  type TopicScreen,
} from './parts-view.ts';
import type { AnswerWords } from './rules.ts';

/** The longest that each text of an answer may be. */
export const ANSWER_TEXT = 1_000;

const answer = (asked: { label: string; placeholder?: string }) =>
  whileTyping(paragraph({ ...asked, live: true }, ANSWER_TEXT));

const SAME = {
  label: 'The same explains…',
  hint: 'Takes this answer for those as well. You can still change each.',
  placeholder: 'Nothing else',
};

export interface WhyScreen extends TopicScreen {
  kpi: Kpi;
  line: KpiLine;
  /** The local date on which the rep named these causes for a note about their pace; null: they didn't. */
  namedOn: string | null;
  /** Other KPIs that are short, which this may explain as well, by what stands in the list. */
  same: readonly Choice<Kpi>[];
}

/** Why a KPI was missed: causes, structural ones first, the rep's own words, and the way back. */
export const whyForm = form({
  id: 'review_why',
  about: TopicPlace,
  live: answerTyped.id,
  fields: () => ({
    causes: several(
      {
        label: 'What got in the way?',
        hint: 'Several may apply.',
        placeholder: 'Choose one or more',
        live: true,
      },
      CAUSES.map((value) => ({ value, label: CAUSE_NAMES[value] })),
      'Pick at least one: several may apply.',
    ),
    words: answer({
      label: 'In your words',
      placeholder: 'Inbound brought 3 of the 6 leads we agreed.',
    }),
    proposal: optional(answer({ label: 'What would win it back?' })),
    same: several(
      SAME,
      KPIS.map((value) => ({ value, label: KPI_NAMES[value] })),
    ),
  }),
  frame: ({ kpi }: WhyScreen) => ({ title: KPI_NAMES[kpi], submit: 'Next', close: 'Later' }),
  arrange(inputs, screen: WhyScreen) {
    const { line, style, namedOn, goesTo, same, rev } = screen;
    const named =
      namedOn &&
      `You named this on ${formatDate(namedOn, style.locale, 'day')}: change what no longer holds.`;
    return [
      positionBlock(screen),
      ...meanwhileBlocks(screen),
      section(mrkdwn`*${lineText(line, style)}.* What got in the way?`),
      context(goesToText(goesTo)),
      ...(named ? withHint(inputs.causes, named) : inputs.causes),
      ...inputs.words,
      ...inputs.proposal,
      ...(same.length > 0
        ? [multiSelectInput({ ...SAME, path: 'same', rev, choices: same, optional: true })]
        : []),
    ];
  },
});

export interface WorkedScreen extends TopicScreen {
  /** How the month reads: `March and Q1`. */
  month: string;
}

/** Where nothing is asked about: what worked, and what to share. */
export const workedForm = form({
  id: 'review_worked',
  about: TopicPlace,
  live: answerTyped.id,
  fields: () => ({
    words: answer({
      label: 'What worked?',
      placeholder: 'Two of three demos came from the webinar list.',
    }),
    proposal: optional(answer({ label: 'What would help a colleague?' })),
  }),
  frame: (_: WorkedScreen) => ({ title: 'What worked', submit: 'Next', close: 'Later' }),
  arrange: (inputs, screen: WorkedScreen) => [
    positionBlock(screen),
    ...meanwhileBlocks(screen),
    section(mrkdwn`*${screen.month}: nothing to explain.* What made the difference?`),
    context(goesToText(screen.goesTo)),
    ...inputs.words,
    ...inputs.proposal,
  ],
});

/** An answer as it is read. */
export interface ShownAnswer extends AnswerWords<Cause> {
  topic: Topic;
  /** Null: of what worked. */
  line: KpiLine | null;
  /** A change of it was begun and not saved. */
  changing: boolean;
}

interface SendScreen extends Shown<SendPlace, NumberStyle> {
  answers: readonly ShownAnswer[];
  /** What else may be explained, by what stands in the list. */
  more: readonly Choice<Kpi>[];
  goesTo: Destination;
  /** The manager's name; null: nobody manages the rep now. */
  managerName: string | null;
  notice: SlackText | null;
}

/** What will be sent. */
export const sendForm = form({
  id: 'review_send',
  about: SendPlace,
  fields: () => ({
    named: boxes({ label: 'If several of you name the same cause' }, [
      {
        value: 'yes',
        label: 'Leaders may see my name with these words',
        description: 'Otherwise they see the words, and nobody’s name.',
      },
    ]),
  }),
  apply: ({ named }) => ({ named: named.includes('yes') }),
  frame: ({ managerName }: SendScreen) => ({
    title: 'Send your answers',
    submit: managerName === null ? 'Send' : `Send to ${managerName}`,
    close: 'Later',
  }),
  arrange(inputs, { answers, more, style, goesTo, notice }: SendScreen) {
    const edit = ({ topic }: ShownAnswer) =>
      button('Edit', { ...answerGo.numbered(topic, topic), spoken: 'Edit this answer' });
    return [
      ...(notice ? [section(notice)] : []),
      section(sharedText(answers.length, goesTo)),
      ...answers.flatMap((answer) => answerBlocks(answer, style, edit(answer))),
      ...(more.length > 0 ? [divider(), moreBlock(more)] : []),
      ...(answers.some(({ causes }) => causes.length > 0) ? [divider(), ...inputs.named] : []),
    ];
  },
});

/** The way to what nobody asks about. */
function moreBlock(more: readonly Choice<Kpi>[]): KnownBlock {
  return section(mrkdwn`Nothing else needs explaining. Something to add all the same?`, {
    accessory: {
      type: 'static_select',
      action_id: `${answerGo.id}.more`,
      placeholder: { type: 'plain_text', text: 'About…' },
      options: more.map(({ value, label }) => option({ value: answerGo.write(value), label })),
    },
  });
}

/** What was sent, for the rep to read again. */
export function sentView({
  answers,
  style,
  goesTo,
  sentOn,
}: Pick<SendScreen, 'answers' | 'style' | 'goesTo'> & { sentOn: string }): ModalView {
  return modal({
    title: 'Sent',
    close: 'Close',
    blocks: [
      section(
        mrkdwn`✓ *Sent on ${formatDate(sentOn, style.locale, 'day')}:* ${answersText(answers.length)}.`,
      ),
      context(mrkdwn`With the figures, for ${readersText(goesTo)}:`),
      ...answers.flatMap((answer) => answerBlocks(answer, style, null)),
    ],
  });
}

/** `1 answer`, `3 answers`. */
export const answersText = (count: number): string =>
  `${count} ${count === 1 ? 'answer' : 'answers'}`;

function sharedText(count: number, goesTo: Destination): Mrkdwn {
  const { late, channelId } = goesTo;
  const readers = readersText(goesTo);
  const one = count === 1;
  const where =
    late && channelId !== null
      ? mrkdwn`into the thread in ${readers}, which was opened without ${one ? 'it' : 'them'}`
      : mrkdwn`to ${readers} with the figures measured at quota`;
  return mrkdwn`*${answersText(count)}* ${one ? 'goes' : 'go'} ${where}, in your words:`;
}

function answerBlocks(
  { topic, line, causes, words, proposal, changing }: ShownAnswer,
  style: NumberStyle,
  accessory: ReturnType<typeof button> | null,
): KnownBlock[] {
  const isWorked = topic === 'worked' || line === null;
  const head = isWorked
    ? mrkdwn`*What worked*`
    : mrkdwn`*${lineText(line, style)}* — _${causesInLine(causes)}_`;
  const begun = changing && mrkdwn`You began to change it: what is sent is what stands here.`;
  return [
    section(lines(head, begun), accessory ? { accessory } : {}),
    ...quoteBlocks(words),
    ...quoteBlocks(
      proposal,
      isWorked ? mrkdwn`What would help a colleague:` : mrkdwn`What would win it back:`,
    ),
  ];
}
