/** The views in which a rep answers: which one comes, and what stands in it. */
import { randomUUID } from 'node:crypto';
import type { ModalView } from '@slack/types';
import { isLow } from '../../activity/pace/episode-rules.ts';
import type { Cause } from '../../activity/schemas.ts';
import { episodesOf } from '../../activity/store.ts';
import type { Store } from '../../db/store.ts';
import { teamLedBy } from '../../people/store.ts';
import { currencyDigits } from '../../plan/model/currencies.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { mrkdwn, type SlackText } from '../../slack/text.ts';
import { truncate } from '../../slack/truncate.ts';
import { localDateIn } from '../../time/zone.ts';
import type { Kpi, KpiLine, Topic } from '../schemas.ts';
import { KPI_NAMES, lineText, monthText } from '../words-view.ts';
import { type Answering, answersBase, saidTopics, topicBase } from './answer-review.ts';
import {
  ANSWER_TEXT,
  type ShownAnswer,
  sendForm,
  sentView,
  whyForm,
  workedForm,
} from './answer-view.ts';
import type { Destination } from './parts-view.ts';
import { type AnswerWords, alike, answerable, nextTopic } from './rules.ts';

/** Where the rep goes on: what was sent, else the first topic without an answer, else all of them. */
export async function nextView(
  store: Store,
  answering: Answering,
  after: Topic | null = null,
): Promise<ModalView> {
  const { topics, given } = answering;
  const topic = nextTopic(topics, new Set(given.keys()), after);
  return topic === null || answering.review.answeredAt
    ? allView(store, answering)
    : topicView(store, answering, topic);
}

/** The form of one topic, with what was typed in it or given before. */
export async function topicView(
  store: Store,
  answering: Answering,
  topic: Topic,
  { meanwhile = false }: { meanwhile?: boolean } = {},
): Promise<ModalView> {
  const { topics, given, drafts, asked, review } = answering;
  const answer = given.get(topic) ?? null;
  const said = drafts.get(topic) ?? answer;
  const named = said ? null : await namedBefore(store, answering, topic);
  const first = topic === 'leads' ? SHORT_OF_LEADS : NOTHING;
  const { causes, words, proposal } = said ?? named ?? first;
  const style = answerStyle(answering);
  const at = topics.indexOf(topic);
  const screen = {
    about: { reviewId: review.id, topic, base: topicBase(answering, topic) },
    style,
    rev: `${topic}-${randomUUID().slice(0, 8)}`,
    position: at < 0 ? null : { at: at + 1, of: topics.length },
    back: (at < 0 ? topics.at(-1) : topics[at - 1]) ?? null,
    goesTo: await destinationOf(store, answering),
    raw: { causes: [...causes], words: shown(words), proposal: shown(proposal) },
    meanwhile: meanwhile ? answer : null,
  };
  if (topic === 'worked') {
    return workedForm.view({ ...screen, month: monthText(asked.card, style.locale) });
  }
  const free = alike(topic, answering, saidTopics(answering));
  return whyForm.view({
    ...screen,
    kpi: topic,
    line: lineOf(answering, topic),
    namedOn: named?.on ?? null,
    same: free.map((one) => ({ value: one, label: lineText(lineOf(answering, one), style) })),
  });
}

/** Every answer: to be sent, or as it was. */
export async function allView(
  store: Store,
  answering: Answering,
  notice: SlackText | null = null,
): Promise<ModalView> {
  const { review, given, drafts, optional, pair } = answering;
  const answers = answerable(answering).flatMap((topic): ShownAnswer[] => {
    const answer = given.get(topic);
    if (!answer) return [];
    const line = topic === 'worked' ? null : lineOf(answering, topic);
    return [{ ...answer, line, changing: drafts.has(topic) }];
  });
  const style = answerStyle(answering);
  const goesTo = await destinationOf(store, answering);
  if (review.answeredAt) {
    const sentOn = localDateIn(pair.rep.timeZone, review.answeredAt);
    return sentView({ answers, style, goesTo, sentOn });
  }
  return sendForm.view({
    about: { reviewId: review.id, base: answersBase([...given.values()]) },
    raw: {},
    rev: 'box',
    answers,
    more: optional
      .filter((kpi) => !given.has(kpi))
      .map((kpi) => ({ value: kpi, label: lineText(lineOf(answering, kpi), style) })),
    style,
    goesTo,
    managerName: pair.manager?.name ?? null,
    notice,
  });
}

export const CHANGED = mrkdwn`*This was changed in another window meanwhile.* Here is all of it as it is now: look once more, then send it.`;

const NOTHING: AnswerWords<Cause> = { causes: [], words: null, proposal: null };
/** That they are short is what is asked about. */
const SHORT_OF_LEADS: AnswerWords<Cause> = { ...NOTHING, causes: ['lead_supply'] };

/** What was typed may be longer than what can be saved, where a character counts twice. */
const shown = (text: string | null) => (text === null ? null : truncate(text, ANSWER_TEXT));

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
