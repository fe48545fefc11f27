/** All answers of a month together: before they are sent, and as they were. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { Cause } from '../../activity/schemas.ts';
import { button, context, divider, section } from '../../slack/blocks.ts';
import { boxes } from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatDate, type NumberStyle } from '../../slack/format.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mrkdwn, type SlackText } from '../../slack/text.ts';
import { answerGo } from '../ids.ts';
import type { KpiLine, Topic } from '../schemas.ts';
import { lineText } from '../words-view.ts';
import {
  causesInLine,
  type Destination,
  quoteBlocks,
  readersText,
  SendPlace,
} from './parts-view.ts';
import type { Said } from './rules.ts';

/** An answer as it is read. */
export interface ShownAnswer extends Said<Cause> {
  topic: Topic;
  /** As whoever reads it measures it; null: of what worked. */
  line: KpiLine | null;
  /** It stays with the rep. */
  own: boolean;
  /** A change of it was begun and not saved. */
  changing: boolean;
}

export interface SendScreen extends Shown<SendPlace, NumberStyle> {
  answers: readonly ShownAnswer[];
  goesTo: Destination;
  /** The manager's name; null: nobody manages the rep now. */
  managerName: string | null;
  notice: SlackText | null;
}

/** What will be sent, and what stays with the rep. */
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
  arrange(inputs, { answers, style, goesTo, notice }: SendScreen) {
    const shared = answers.filter(({ own }) => !own);
    const own = answers.filter((one) => one.own);
    const edit = ({ topic }: ShownAnswer) =>
      button('Edit', { ...answerGo.numbered(topic, topic), spoken: 'Edit this answer' });
    const blocks = (shown: readonly ShownAnswer[]) =>
      shown.flatMap((answer) => answerBlocks(answer, style, edit(answer)));
    return [
      ...(notice ? [section(notice)] : []),
      ...(shared.length > 0 ? [section(sharedText(shared.length, goesTo)), ...blocks(shared)] : []),
      ...(own.length > 0 ? [divider(), section(ownText(own.length)), ...blocks(own)] : []),
      ...(shared.some(({ causes }) => causes.length > 0) ? [divider(), ...inputs.named] : []),
    ];
  },
});

/** What was sent, for the rep to read again. */
export function sentView({
  answers,
  style,
  goesTo,
  sentOn,
}: Pick<SendScreen, 'answers' | 'style' | 'goesTo'> & { sentOn: string }): ModalView {
  const shared = answers.filter(({ own }) => !own);
  const own = answers.filter((one) => one.own);
  const blocks = (shown: readonly ShownAnswer[]) =>
    shown.flatMap((answer) => answerBlocks(answer, style, null));
  return modal({
    title: 'Sent',
    close: 'Close',
    blocks: [
      section(
        mrkdwn`✓ *Sent on ${formatDate(sentOn, style.locale, 'day')}:* ${answersText(answers.length)}.`,
      ),
      ...(shared.length > 0
        ? [context(mrkdwn`With the figures, for ${readersText(goesTo)}:`), ...blocks(shared)]
        : []),
      ...(own.length > 0 ? [divider(), section(ownText(own.length)), ...blocks(own)] : []),
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

function ownText(count: number): Mrkdwn {
  return mrkdwn`*${answersText(count)}* ${count === 1 ? 'stays' : 'stay'} with you: at quota ${count === 1 ? 'that isn’t' : 'those aren’t'} missed, and nobody else sees ${count === 1 ? 'it' : 'them'}.`;
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
