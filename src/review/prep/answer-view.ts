/** The one form in which a rep answers for a month: why a KPI was missed, or what worked. */

import type { KnownBlock, ModalView } from '@slack/types';
import { CAUSES, type Cause } from '../../activity/schemas.ts';
import { CAUSE_NAMES } from '../../activity/words-view.ts';
import type { Problem } from '../../input/problem.ts';
import { type Choice, context, divider, option, section } from '../../slack/blocks.ts';
import {
  boxes,
  type Field,
  optional,
  paragraph,
  type Raw,
  type RawFields,
  several,
  whileTyping,
} from '../../slack/fields.ts';
import { form, type Shown } from '../../slack/form.ts';
import { formatDate, type NumberStyle } from '../../slack/format.ts';
import { withHint } from '../../slack/inputs.ts';
import { modal } from '../../slack/surfaces.ts';
import { lines, type Mrkdwn, mrkdwn, type SlackText } from '../../slack/text.ts';
import { answerGo, answerTyped } from '../ids.ts';
import type { Kpi, KpiLine, Topic } from '../schemas.ts';
import { KPI_NAMES, lineText } from '../words-view.ts';
import {
  type AskedTopic,
  causesInLine,
  type Destination,
  goesToText,
  meanwhileBlocks,
  PrepPlace,
  quoteBlocks,
  readersText,
} from './parts-view.ts';
import { type AnswerWords, isGiven } from './rules.ts';

/** The longest that each text of an answer may be. */
export const ANSWER_TEXT = 1_000;

/** What an answer to each topic in the form is read with. */
export interface PrepStyle extends NumberStyle {
  asked: readonly AskedTopic[];
}

/** A topic as the form shows it. */
export interface TopicScreen {
  topic: Topic;
  /** Null: of what worked. */
  line: KpiLine | null;
  /** The local date on which the rep named its causes for a note about their pace; null: they didn't. */
  namedOn: string | null;
  /** What was answered in another window since this one was opened. */
  meanwhile: AnswerWords<Cause> | null;
}

interface PrepForm extends Shown<PrepPlace, PrepStyle> {
  /** How the month reads: `March and Q1`. */
  month: string;
  topics: readonly TopicScreen[];
  /** What else may be explained, by what stands in the list. */
  more: readonly Choice<Kpi>[];
  goesTo: Destination;
  /** The manager's name; null: nobody manages the rep now. */
  managerName: string | null;
  notice: SlackText | null;
}

/** An answer as it is sent. */
export interface TopicAnswer extends AnswerWords<Cause> {
  topic: Topic;
}

type Part = 'causes' | 'words' | 'proposal';
const partOf = (topic: Topic, part: Part) => `${topic}.${part}`;
const NOTE = 'note';

const typed = (asked: { label: string; hint?: string; placeholder?: string }) =>
  whileTyping(paragraph({ ...asked, live: true }, ANSWER_TEXT));

/** Why a KPI was missed: causes, structural ones first, the rep's own words, and the way back. */
function whyFields(topic: Kpi, must: boolean, of: string): Record<string, Field<Raw>> {
  const causes = several(
    {
      label: `What got in the way${of}?`,
      hint: 'Several may apply.',
      placeholder: 'Choose one or more',
      live: true,
    },
    CAUSES.map((value) => ({ value, label: CAUSE_NAMES[value] })),
    must ? 'Pick at least one: several may apply.' : undefined,
  );
  const words = typed({
    label: `In your words${of}`,
    placeholder: 'Inbound brought 3 of the 6 leads we agreed.',
  });
  return {
    [partOf(topic, 'causes')]: causes,
    [partOf(topic, 'words')]: must ? words : optional(words),
    [partOf(topic, 'proposal')]: optional(typed({ label: `What would win it back${of}?` })),
  };
}

/** Where nothing is asked about: what worked, and what to share. */
const workedFields: Record<string, Field<Raw>> = {
  [partOf('worked', 'words')]: typed({
    label: 'What worked?',
    placeholder: 'Two of three demos came from the webinar list.',
  }),
  [partOf('worked', 'proposal')]: optional(typed({ label: 'What would help a colleague?' })),
};

function fieldsOf({ asked }: PrepStyle): Record<string, Field<Raw>> {
  const isAlone = asked.length === 1;
  const fields = asked.map(({ topic, must }) =>
    topic === 'worked'
      ? workedFields
      : whyFields(topic, must, isAlone ? '' : ` (${KPI_NAMES[topic].toLowerCase()})`),
  );
  return Object.assign({}, ...fields);
}

/** What stands in the fields of a topic, as far as it is an answer. */
export function answerIn(values: RawFields, topic: Topic): AnswerWords<Cause> {
  const text = (part: Part) => {
    const value = values[partOf(topic, part)];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const picked = values[partOf(topic, 'causes')];
  return {
    causes: CAUSES.filter((cause) => Array.isArray(picked) && picked.includes(cause)),
    words: text('words'),
    proposal: text('proposal'),
  };
}

/** What the rep notes for themselves, as it stands in the form. */
export function noteIn({ [NOTE]: note }: RawFields): string | null {
  return typeof note === 'string' && note !== '' ? note : null;
}

/** The answers, and the note, as they stand in the fields. */
export function prepRaw(
  answers: readonly TopicAnswer[],
  more: { note: string | null; named: Raw },
): RawFields {
  const fields = answers.flatMap(({ topic, causes, words, proposal }) => [
    [partOf(topic, 'causes'), [...causes]],
    [partOf(topic, 'words'), words],
    [partOf(topic, 'proposal'), proposal],
  ]);
  return { ...Object.fromEntries(fields), [NOTE]: more.note, named: more.named };
}

/** Which of the fields fired, by what stands behind its action's id; null: none of this form's. */
export function typedPart(path: string): Topic | typeof NOTE | null {
  if (path === NOTE) return NOTE;
  const [topic] = path.split('.');
  return isTopic(topic) ? topic : null;
}

const isTopic = (name = ''): name is Topic => name === 'worked' || Object.hasOwn(KPI_NAMES, name);

export const prepForm = form({
  id: 'review_answers',
  about: PrepPlace,
  live: answerTyped.id,
  fields: (style: PrepStyle): Record<string, Field<Raw>> => ({
    ...fieldsOf(style),
    [NOTE]: optional(
      typed({ label: 'For yourself', hint: 'Stays with you: nobody else is ever shown it.' }),
    ),
    named: boxes({ label: 'If several of you name the same cause' }, [
      {
        value: 'yes',
        label: 'Leaders may see my name with these words',
        description: 'Otherwise they see the words, and nobody’s name.',
      },
    ]),
  }),
  check: (values, { asked }) => asked.flatMap(({ topic }) => problemsOf(values, topic)),
  apply: (values, { asked }) => ({
    answers: asked.flatMap(({ topic }): TopicAnswer[] => {
      const answer = { topic, ...answerIn(values, topic) };
      return isGiven(answer) ? [answer] : [];
    }),
    note: noteIn(values),
    named: Array.isArray(values.named) && values.named.includes('yes'),
  }),
  frame: ({ month, managerName }: PrepForm) => ({
    title: `${month}: your view`,
    submit: managerName === null ? 'Send' : `Send to ${managerName}`,
    close: 'Later',
  }),
  arrange(inputs, screen: PrepForm) {
    const { topics, more, goesTo, notice } = screen;
    return [
      ...(notice ? [section(notice)] : []),
      context(mrkdwn`${goesToText(goesTo)} Kept as you type.`),
      ...topics.flatMap((topic) => topicBlocks(inputs, topic, screen)),
      ...(more.length > 0 ? [moreBlock(more)] : []),
      divider(),
      ...(inputs[NOTE] ?? []),
      ...(topics.some(({ line }) => line !== null) ? (inputs.named ?? []) : []),
    ];
  },
});

/** What isn't asked about is explained whole, or not at all. */
function problemsOf(values: RawFields, topic: Topic): Problem[] {
  const answer = answerIn(values, topic);
  const { causes, words, proposal } = answer;
  if (isGiven({ topic, ...answer }) || (causes.length === 0 && !words && !proposal)) return [];
  return words === null
    ? [{ path: partOf(topic, 'words'), problem: 'In your words, please: a line will do.' }]
    : [{ path: partOf(topic, 'causes'), problem: 'Pick at least one: several may apply.' }];
}

function topicBlocks(
  inputs: Record<string, KnownBlock[]>,
  { topic, line, namedOn, meanwhile }: TopicScreen,
  { style, month }: PrepForm,
): KnownBlock[] {
  const of = (part: Part) => inputs[partOf(topic, part)] ?? [];
  const must = style.asked.filter((one) => one.must);
  const at = must.findIndex((one) => one.topic === topic) + 1;
  const position = must.length < 2 || at === 0 ? '' : ` (${at} of ${must.length})`;
  const named =
    namedOn &&
    `You named this on ${formatDate(namedOn, style.locale, 'day')}: change what no longer holds.`;
  const head =
    line === null
      ? mrkdwn`*${month}: nothing to explain.* What made the difference?`
      : mrkdwn`*${lineText(line, style)}*${position}${at === 0 ? ': nobody asks about this one.' : ''}`;
  return [
    divider(),
    section(head),
    ...meanwhileBlocks(topic, meanwhile),
    ...(named ? withHint(of('causes'), named) : of('causes')),
    ...of('words'),
    ...of('proposal'),
  ];
}

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

/** An answer as it is read. */
export interface ShownAnswer extends TopicAnswer {
  /** Null: of what worked. */
  line: KpiLine | null;
}

/** What was sent, for the rep to read again, with what they noted for themselves. */
export function sentView({
  answers,
  note,
  style,
  goesTo,
  sentOn,
}: {
  answers: readonly ShownAnswer[];
  note: string | null;
  style: NumberStyle;
  goesTo: Destination;
  sentOn: string;
}): ModalView {
  return modal({
    title: 'Sent',
    close: 'Close',
    blocks: [
      section(
        mrkdwn`✓ *Sent on ${formatDate(sentOn, style.locale, 'day')}:* ${answersText(answers.length)}.`,
      ),
      context(mrkdwn`With the figures, for ${readersText(goesTo)}:`),
      ...answers.flatMap((answer) => answerBlocks(answer, style)),
      ...(note === null
        ? []
        : [divider(), ...quoteBlocks(note, mrkdwn`*For yourself,* and nobody else:`)]),
    ],
  });
}

/** `1 answer`, `3 answers`. */
export const answersText = (count: number): string =>
  `${count} ${count === 1 ? 'answer' : 'answers'}`;

function answerBlocks(
  { topic, line, causes, words, proposal }: ShownAnswer,
  style: NumberStyle,
): KnownBlock[] {
  const isWorked = topic === 'worked' || line === null;
  const head: Mrkdwn = isWorked
    ? mrkdwn`*What worked*`
    : mrkdwn`*${lineText(line, style)}* — _${causesInLine(causes)}_`;
  return [
    section(lines(head)),
    ...quoteBlocks(words),
    ...quoteBlocks(
      proposal,
      isWorked ? mrkdwn`What would help a colleague:` : mrkdwn`What would win it back:`,
    ),
  ];
}
