/** The forms in which a rep answers: why a KPI was missed, or what worked. */
import { CAUSES } from '../../activity/schemas.ts';
import { CAUSE_NAMES } from '../../activity/words-view.ts';
import { type Choice, context, section } from '../../slack/blocks.ts';
import { optional, paragraph, several, whileTyping } from '../../slack/fields.ts';
import { form } from '../../slack/form.ts';
import { formatDate } from '../../slack/format.ts';
import { multiSelectInput, withHint } from '../../slack/inputs.ts';
import { mrkdwn } from '../../slack/text.ts';
import { answerTyped } from '../ids.ts';
import { KPIS, type Kpi, type KpiLine } from '../schemas.ts';
import { KPI_NAMES, lineText } from '../words-view.ts';
import {
  goesToText,
  meanwhileBlocks,
  positionBlock,
  TopicPlace,
  type TopicScreen,
} from './parts-view.ts';

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
  /** Missed against the rep's own target only: the answer stays with them. */
  own: boolean;
  /** The local date on which the rep named these causes for a note about their pace; null: they didn't. */
  namedOn: string | null;
  /** Other missed KPIs that this may explain as well, by what stands in the list. */
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
    const { line, style, own, namedOn, goesTo, same, rev } = screen;
    const named =
      namedOn &&
      `You named this on ${formatDate(namedOn, style.locale, 'day')}: change what no longer holds.`;
    return [
      positionBlock(screen),
      ...meanwhileBlocks(screen),
      section(mrkdwn`*${lineText(line, style)}.* What got in the way?`),
      context(
        own
          ? mrkdwn`This is against your own target; at quota it isn’t missed, so your answer stays with you.`
          : goesToText(goesTo),
      ),
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

/** Where nothing was missed at quota: what worked, and what to share. */
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
    section(mrkdwn`*${screen.month}: nothing missed at quota.* What made the difference?`),
    context(goesToText(screen.goesTo)),
    ...inputs.words,
    ...inputs.proposal,
  ],
});
