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

/** About so many minutes to answer so many topics in one form. */
export const minutesFor = (count: number): number => Math.min(2, count);
