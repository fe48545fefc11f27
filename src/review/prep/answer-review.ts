/** What the rep answers before anyone judges the month. Each needs the review to be theirs. */
import { createHash } from 'node:crypto';
import type { Cause } from '../../activity/schemas.ts';
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import type { Pair } from '../../plan/access.ts';
import { formatDate } from '../../slack/format.ts';
import { localDateIn } from '../../time/zone.ts';
import { tellLeaders } from '../causes/causes.ts';
import { mustOwn, type OpenedReview } from '../pair.ts';
import type { Topic } from '../schemas.ts';
import {
  type Answer,
  type AskedMonth,
  answersOf,
  type Draft,
  draftsOf,
  findReview,
  type Review,
  removeDrafts,
  saveAnswer,
  saveDraft,
  saveReview,
} from '../store.ts';
import { addLateAnswers, openReview } from '../thread/open-review.ts';
import { KPI_NAMES, monthName } from '../words-view.ts';
import { keepAsked } from './keep-asked.ts';
import {
  type AnswerWords,
  alike,
  answerable,
  isGiven,
  isSame,
  type Questions,
  questionsOf,
} from './rules.ts';

/** A review as its rep answers it. */
export interface Answering extends Questions {
  review: Review;
  asked: AskedMonth;
  pair: Pair;
  /** The answers that say enough. */
  given: ReadonlyMap<Topic, Answer>;
  /** What was begun and not submitted. */
  drafts: ReadonlyMap<Topic, Draft>;
}

/** @throws UserError `not_asked` where nothing is asked yet. */
export async function readAnswers(
  store: Store,
  { review, pair }: OpenedReview,
): Promise<Answering> {
  const { asked } = review;
  if (!asked) throw new UserError('not_asked', 'Nothing is asked about that month yet.');
  const questions = questionsOf(asked);
  const answers = (await answersOf(store, review)).filter(
    (answer) => answerable(questions).includes(answer.topic) && isGiven(answer),
  );
  return {
    ...questions,
    review,
    asked,
    pair,
    given: new Map(answers.map((answer) => [answer.topic, answer])),
    drafts: await draftsOf(store, review),
  };
}

/**
 * The same as the rep opens it: what was entered since they were asked is in it.
 * @throws UserError `not_yours`, `review_gone`, `not_asked`.
 */
export async function openAnswers(
  deps: Pick<Deps, 'db' | 'encryption' | 'clock' | 'outbox'>,
  actor: PersonRef,
  reviewId: string,
): Promise<Answering> {
  return inTransaction(deps.db, async (tx) => {
    await lockPerson(tx, actor);
    const store = { db: tx, encryption: deps.encryption };
    const opened = await mustOwn(store, actor, reviewId);
    const review = await keepAsked(deps, tx, opened.review);
    return readAnswers(store, { ...opened, review });
  });
}

/** Why no answer is taken any more; null: it is. A review that is sent has its own view. */
export function refusalOf({ review, pair }: Answering): UserError | null {
  const { answeredAt, closedAt, skippedAt, month } = review;
  const { locale, timeZone } = pair.rep;
  const name = monthName(month, locale);
  if (answeredAt) {
    const on = formatDate(localDateIn(timeZone, answeredAt), locale, 'day');
    return new UserError('answers_sent', `You sent your answers about ${name} on ${on}.`);
  }
  if (closedAt) return new UserError('review_over', `The review of ${name} is closed.`);
  if (skippedAt) return new UserError('review_over', `The 1:1 about ${name} is skipped.`);
  return null;
}

/** A fingerprint of what was given, to notice that it changed in another window. */
export function answersBase(answers: readonly (AnswerWords & { topic: Topic })[]): string {
  const said = answers.map(({ topic, causes, words, proposal }) => [
    topic,
    causes,
    words,
    proposal,
  ]);
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 16);
}

/** The fingerprint of one answer; that of nothing where it isn't given. */
export function topicBase({ given }: Answering, topic: Topic): string {
  const answer = given.get(topic);
  return answersBase(answer ? [answer] : []);
}

async function onAnswers<T>(
  { db, encryption }: Pick<Deps, 'db' | 'encryption'>,
  actor: PersonRef,
  reviewId: string,
  work: (tx: Tx, store: Store, answering: Answering) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => {
    await lockPerson(tx, actor);
    const store = { db: tx, encryption };
    return work(tx, store, await readAnswers(store, await mustOwn(store, actor, reviewId)));
  });
}

/** Which answer of which review. */
export interface AskedTopic {
  reviewId: string;
  topic: Topic;
}

/**
 * Keeps what stands in a form, enough to be sent or not. `at` is when it was typed on Slack's clock: of
 * strokes that come out of order, the last one holds. Does nothing where the answers are sent.
 * @throws UserError `not_yours`, `review_gone`, `not_asked`.
 */
export async function keepTypedAnswer(
  deps: Pick<Deps, 'db' | 'encryption'>,
  actor: PersonRef,
  { reviewId, topic }: AskedTopic,
  typed: AnswerWords<Cause>,
  at: Date,
): Promise<void> {
  await onAnswers(deps, actor, reviewId, async (tx, store, answering) => {
    const { review, given, drafts } = answering;
    if (review.answeredAt || !answerable(answering).includes(topic)) return;
    const answer = given.get(topic);
    const before = [answer, drafts.get(topic)].some((one) => one && one.updatedAt > at);
    if (before) return;
    if (isSame(answer, typed)) await removeDrafts(tx, review, [topic]);
    else await saveDraft(store, review, { ...draftOf(topic, typed), updatedAt: at });
  });
}

export interface TopicEntry extends AskedTopic, AnswerWords<Cause> {
  /** Of the answer as it was when the form was shown. */
  base: string;
  /** The other KPIs that it explains as well. */
  same: readonly Topic[];
}

export type TopicOutcome =
  | { kind: 'saved' }
  /** Another answer was given meanwhile, in another window; this one is kept as a draft. */
  | { kind: 'changed_meanwhile' }
  /** `kept`: for the case that the review is taken up again. */
  | { kind: 'refused'; refusal: UserError; kept: boolean };

/**
 * Saves the answer about one KPI, and takes it for others where the rep says so.
 * @throws UserError `not_yours`, `review_gone`, `not_asked`.
 */
export async function answerTopic(
  deps: Pick<Deps, 'db' | 'encryption' | 'outbox'>,
  actor: PersonRef,
  entry: TopicEntry,
): Promise<TopicOutcome> {
  const { topic, base, same, causes, words, proposal } = entry;
  const said = { causes, words, proposal };
  return onAnswers(deps, actor, entry.reviewId, async (tx, store, answering) => {
    const { review, given } = answering;
    const refusal = refusalOf(answering);
    const draft = draftOf(topic, said);
    const kept = answerable(answering).includes(topic) && !review.answeredAt;
    if (refusal || !kept) {
      if (kept) await saveDraft(store, review, draft);
      return {
        kind: 'refused',
        kept,
        refusal: refusal ?? new UserError('not_asked', 'That isn’t asked about this month.'),
      };
    }
    const now = given.get(topic);
    if (now && topicBase(answering, topic) !== base && !isSame(now, said)) {
      await saveDraft(store, review, draft);
      return { kind: 'changed_meanwhile' };
    }
    const free = alike(topic, answering, saidTopics(answering));
    const answered = [topic, ...free.filter((one) => same.includes(one))];
    for (const one of answered) {
      await saveAnswer(store, review, { ...draft, topic: one });
    }
    await removeDrafts(tx, review, answered);
    await deps.outbox.refresh(tx, { workspaceId: review.workspaceId, subject: review.id });
    return { kind: 'saved' };
  });
}

/**
 * Drops what is typed about a topic: what was given holds.
 * @throws UserError `not_yours`, `review_gone`, `not_asked`.
 */
export async function dropTypedAnswer(
  deps: Pick<Deps, 'db' | 'encryption'>,
  actor: PersonRef,
  { reviewId, topic }: AskedTopic,
): Promise<void> {
  await onAnswers(deps, actor, reviewId, (tx, _, { review }) => removeDrafts(tx, review, [topic]));
}

/** The topics of which something is said: given, or begun. */
export function saidTopics({ given, drafts }: Answering): Set<Topic> {
  return new Set([...given.keys(), ...drafts.keys()]);
}

/** On the machine's clock, as Slack's strokes are, whatever Bigplan's says. */
function draftOf(topic: Topic, { causes, words, proposal }: AnswerWords<Cause>): Draft {
  return { topic, causes: [...causes], words, proposal, updatedAt: new Date() };
}

type AnswersOutcome =
  /** `already`: they were sent before, and nothing happened now. */
  | { kind: 'sent'; review: Review; already: boolean }
  /** What would go out is not what was shown: it was changed in another window. */
  | { kind: 'changed_meanwhile' };

/**
 * Sends the rep's answers, once: the review opens with them, or they go into the thread that has been
 * begun without. `seen` is the fingerprint of the answers as they were shown (see `answersBase`); left out:
 * whatever they are.
 * @throws UserError `answers_missing` naming what is missing, `review_over`, `plan_closed`, `not_yours`,
 * `review_gone`, `not_asked`.
 */
export async function sendAnswers(
  deps: Deps,
  actor: PersonRef,
  reviewId: string,
  { named, seen }: { named: boolean; seen?: string },
): Promise<AnswersOutcome> {
  return onAnswers(deps, actor, reviewId, async (tx, store, answering) => {
    const { review, given, pair } = answering;
    if (review.answeredAt) return { kind: 'sent', review, already: true };
    const refusal = refusalOf(answering);
    if (refusal) throw refusal;
    mustBeWhole(answering);
    if (seen !== undefined && seen !== answersBase([...given.values()])) {
      return { kind: 'changed_meanwhile' };
    }
    const sent = {
      ...review,
      answeredAt: deps.clock.now(),
      named,
      teamId: pair.rep.teamId,
    };
    await saveReview(store, sent);
    await removeDrafts(tx, sent);
    if (sent.openedAt) await addLateAnswers(deps, tx, sent);
    else await openReview(deps, tx, sent);
    const opened = await findReview(store, reviewId);
    if (!opened?.openedAt) {
      throw new UserError(
        'plan_closed',
        'The plan of that month is closed, so there is nowhere to send it. Your answers are kept.',
      );
    }
    await deps.outbox.refresh(tx, { workspaceId: opened.workspaceId, subject: opened.id });
    await tellLeaders(deps, tx, opened);
    await deps.scheduler.reschedule(tx, { workspaceId: sent.workspaceId, userId: sent.repId });
    return { kind: 'sent', review: opened, already: false };
  });
}

function mustBeWhole({ topics, given }: Answering): void {
  const missing = topics.filter((topic) => !given.has(topic));
  if (missing.length === 0) return;
  const names = missing.map((topic) => (topic === 'worked' ? 'what worked' : KPI_NAMES[topic]));
  throw new UserError(
    'answers_missing',
    `Still without an answer: ${names.join(', ')}. What you have answered is kept.`,
  );
}
