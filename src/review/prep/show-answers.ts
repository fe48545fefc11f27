/** The view in which a rep answers for a month, or reads what they sent. */
import { randomUUID } from 'node:crypto';
import type { ModalView } from '@slack/types';
import { isLow } from '../../activity/pace/episode-rules.ts';
import type { Cause } from '../../activity/schemas.ts';
import { episodesOf } from '../../activity/store.ts';
import type { Store } from '../../db/store.ts';
import { teamLedBy } from '../../people/store.ts';
import { currencyDigits } from '../../plan/model/currencies.ts';
import type { RawFields } from '../../slack/fields.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { localDateIn } from '../../time/zone.ts';
import type { Kpi, KpiLine, Topic } from '../schemas.ts';
import { KPI_NAMES, lineText, monthText } from '../words-view.ts';
import { type Answering, answerBase, NOTHING_SAID, saidOf } from './answer-review.ts';
import {
  ANSWER_TEXT,
  answerIn,
  noteIn,
  prepForm,
  prepRaw,
  sentView,
  type TopicAnswer,
  type TopicScreen,
} from './answer-view.ts';
import type { Destination } from './parts-view.ts';
import { type AnswerWords, answerable } from './rules.ts';

/** How a form stands that is shown anew. */
interface Standing {
  /** The id of its submission. */
  window: string | null;
  /** The topics in it. */
  topics: readonly Topic[];
  raw: RawFields;
}

/** What the rep answers, all in one form, with what was typed or given before; what was sent, once it is. */
export function prepView(
  store: Store,
  answering: Answering,
  more: {
    /** Of the form as it stands; left out, it is opened. */
    standing?: Standing | null;
    /** What is explained as well, and what is shown as other windows said it. */
    extra?: readonly Topic[];
    meanwhile?: readonly Topic[];
    notice?: SlackText | null;
  } = {},
): Promise<ModalView> {
  return answering.review.answeredAt
    ? sentAnswers(store, answering)
    : askingForm(store, answering, more);
}

async function askingForm(
  store: Store,
  answering: Answering,
  {
    standing = null,
    extra = [],
    meanwhile = [],
    notice = null,
  }: NonNullable<Parameters<typeof prepView>[2]>,
): Promise<ModalView> {
  const { topics, optional, asked, review, pair, note } = answering;
  const window = standing?.window ?? null;
  const shown = answerable(answering).filter(
    (topic) =>
      topics.includes(topic) ||
      extra.includes(topic) ||
      standing?.topics.includes(topic) ||
      saidOf(answering, topic) !== null,
  );
  const answers: TopicAnswer[] = [];
  const screens: TopicScreen[] = [];
  for (const topic of shown) {
    const said = standing?.topics.includes(topic)
      ? answerIn(standing.raw, topic)
      : saidOf(answering, topic);
    const named = said ? null : await namedBefore(store, answering, topic);
    const first = topic === 'leads' ? SHORT_OF_LEADS : NOTHING_SAID;
    answers.push({ topic, ...fitted(said ?? named ?? first) });
    screens.push({
      topic,
      line: topic === 'worked' ? null : lineOf(answering, topic),
      namedOn: named?.on ?? null,
      meanwhile: meanwhile.includes(topic) ? saidOf(answering, topic, { but: window }) : null,
    });
  }
  const place = shown.map((topic) => ({
    topic,
    must: topics.includes(topic),
    base: answerBase(saidOf(answering, topic, { but: window })),
  }));
  const style = answerStyle(answering);
  return prepForm.view({
    about: { reviewId: review.id, asked: place },
    style: { ...style, asked: place },
    rev: randomUUID().slice(0, 8),
    submissionId: window ?? undefined,
    raw: prepRaw(answers, {
      note: fittedText(standing ? noteIn(standing.raw) : (note?.words ?? null)),
      named: standing?.raw.named ?? null,
    }),
    month: monthText(asked.card, style.locale),
    topics: screens,
    more: optional
      .filter((kpi) => !shown.includes(kpi))
      .map((kpi) => ({ value: kpi, label: lineText(lineOf(answering, kpi), style) })),
    goesTo: await destinationOf(store, answering),
    managerName: pair.manager?.name ?? null,
    notice,
  });
}

async function sentAnswers(store: Store, answering: Answering): Promise<ModalView> {
  const { review, given, pair, note } = answering;
  const answers = answerable(answering).flatMap((topic) => {
    const answer = given.get(topic);
    return answer
      ? [{ ...answer, line: topic === 'worked' ? null : lineOf(answering, topic) }]
      : [];
  });
  return sentView({
    answers,
    note: note?.words ?? null,
    style: answerStyle(answering),
    goesTo: await destinationOf(store, answering),
    sentOn: localDateIn(pair.rep.timeZone, review.answeredAt ?? new Date(0)),
  });
}

export const CHANGED = mrkdwn`*Nothing is sent yet:* you answered in another window meanwhile.`;
export const ASKED_ANEW = mrkdwn`*Nothing is sent yet:* what is asked about has changed with what was entered since. What you wrote is kept.`;

/** That they are short is what is asked about. */
const SHORT_OF_LEADS: AnswerWords<Cause> = { ...NOTHING_SAID, causes: ['lead_supply'] };

/** What was typed may be longer than what can be saved, where a character counts twice. */
const fittedText = (text: string | null) => (text === null ? null : truncate(text, ANSWER_TEXT));
const fitted = ({ causes, words, proposal }: AnswerWords<Cause>): AnswerWords<Cause> => ({
  causes,
  words: fittedText(words),
  proposal: fittedText(proposal),
});

/** How whoever answers a review reads its figures. */
export function answerStyle({ pair, asked }: Pick<Answering, 'pair' | 'asked'>): NumberStyle {
  const { currency } = asked.card;
  return { locale: pair.rep.locale, currency, digits: currencyDigits(currency) };
}

function lineOf({ asked }: Answering, kpi: Kpi): KpiLine {
  const line = asked.card.lines.find((one) => one.kpi === kpi);
  if (!line) throw new Error(`nothing is known of ${KPI_NAMES[kpi]}`);
  return line;
}

async function destinationOf(
  { db }: Store,
  { pair, review }: Pick<Answering, 'pair' | 'review'>,
): Promise<Destination> {
  const { manager } = pair;
  const team =
    manager && (await teamLedBy(db, { workspaceId: review.workspaceId, userId: manager.userId }));
  return {
    channelId: team?.channelId ?? null,
    managerId: manager?.userId ?? null,
    late: review.openedAt !== null,
  };
}

/** What the rep named as being in the way of the same activity or stage within the span, last. */
async function namedBefore(
  store: Store,
  { pair, asked }: Answering,
  topic: Topic,
): Promise<(AnswerWords<Cause> & { on: string }) | null> {
  const { from, to } = asked.card.span;
  const episodes = await episodesOf(store, pair.rep, from);
  const named = episodes.findLast(
    (one) => one.subject === topic && isLow(one) && one.openedOn <= to && one.causes.length > 0,
  );
  if (!named) return null;
  return { causes: named.causes, words: named.note, proposal: null, on: named.openedOn };
}
