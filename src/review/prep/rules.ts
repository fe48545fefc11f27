/** What a rep is asked about a month, and what counts as an answer. */
import type { Kpi, Topic } from '../schemas.ts';
import { optionalTopics } from '../scorecard/question-rules.ts';
import type { AskedMonth } from '../store.ts';

/** What a rep is asked about a month. */
export interface Questions {
  /** Upstream first; `worked` where nothing is asked about. */
  topics: readonly Topic[];
  /** What is short and isn't asked about: it may be explained, and needn't be. */
  optional: readonly Kpi[];
}

export function questionsOf({ card, topics }: Pick<AskedMonth, 'card' | 'topics'>): Questions {
  return { topics, optional: optionalTopics(card.lines, topics) };
}

/** All that an answer may be about. */
export const answerable = ({ topics, optional }: Questions): readonly Topic[] => [
  ...topics,
  ...optional,
];

/** What is said about a topic: codes, and the rep's own words. */
export interface AnswerWords<Code extends string = string> {
  causes: readonly Code[];
  words: string | null;
  proposal: string | null;
}

/** Whether an answer says enough to be sent: a cause and words; of what worked, words. */
export function isGiven({ topic, causes, words }: AnswerWords & { topic: Topic }): boolean {
  return words !== null && words.trim() !== '' && (topic === 'worked' || causes.length > 0);
}

export function isSame(one: AnswerWords | null | undefined, other: AnswerWords): boolean {
  if (!one) return false;
  const { causes, words, proposal } = one;
  return (
    (words ?? '') === (other.words ?? '') &&
    (proposal ?? '') === (other.proposal ?? '') &&
    causes.length === other.causes.length &&
    causes.every((cause) => other.causes.includes(cause))
  );
}

/**
 * The next topic without an answer: the first after `after`, then from the beginning; null where every
 * one has its answer.
 */
export function nextTopic(
  topics: readonly Topic[],
  given: ReadonlySet<Topic>,
  after: Topic | null = null,
): Topic | null {
  const from = after === null ? 0 : topics.indexOf(after) + 1;
  const round = [...topics.slice(from), ...topics.slice(0, from)];
  return round.find((topic) => !given.has(topic)) ?? null;
}

/**
 * The other topics that an answer about `topic` may be taken for as well: what is short, and of which
 * nothing was said yet (`said`: given, or begun).
 */
export function alike(topic: Topic, questions: Questions, said: ReadonlySet<Topic>): Kpi[] {
  if (topic === 'worked') return [];
  return answerable(questions).flatMap((one) =>
    one === topic || one === 'worked' || said.has(one) ? [] : [one],
  );
}

/** About so many minutes to answer so many topics. */
export function minutesFor(count: number): number {
  return Math.ceil(count * 1.5);
}
