/** What a rep is asked about a month, and what counts as an answer. */
import { KPIS, type Kpi, type Scorecard, type Topic } from '../schemas.ts';

/** What a rep is asked about a month. */
export interface Questions {
  /** In the order of the KPIs; at the end `worked` where nothing was missed at quota. */
  topics: Topic[];
  /** Those that are missed against the rep's own target only: their answers stay with the rep. */
  own: Set<Topic>;
}

const missedIn = ({ lines }: Scorecard): Set<Kpi> =>
  new Set(lines.filter(({ verdict }) => verdict === 'missed').map(({ kpi }) => kpi));

/**
 * Every KPI that is missed against the plan or against quota. What a channel gets to see of the answers
 * follows from quota alone, so it says nothing about how far the rep's own target lies above it.
 */
export function questionsOf({ plan, quota }: { plan: Scorecard; quota: Scorecard }): Questions {
  const [own, atQuota] = [missedIn(plan), missedIn(quota)];
  const missed = KPIS.filter((kpi) => own.has(kpi) || atQuota.has(kpi));
  return {
    topics: atQuota.size === 0 ? [...missed, 'worked'] : missed,
    own: new Set(missed.filter((kpi) => !atQuota.has(kpi))),
  };
}

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
 * The other topics that an answer about `topic` may be taken for as well: missed KPIs of which nothing
 * was said yet (`said`: given, or begun). What stays with the rep never becomes an answer for others.
 */
export function alike(topic: Topic, { topics, own }: Questions, said: ReadonlySet<Topic>): Topic[] {
  if (topic === 'worked') return [];
  return topics.filter(
    (one) =>
      one !== topic && one !== 'worked' && !said.has(one) && (!own.has(topic) || own.has(one)),
  );
}

/** About so many minutes to answer so many topics. */
export function minutesFor(count: number): number {
  return Math.ceil(count * 1.5);
}
