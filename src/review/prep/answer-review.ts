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
import { refreshReview } from '../refresh-review.ts';
import type { Topic } from '../schemas.ts';
import {
  type Answer,
  type AskedMonth,
  answersOf,
  type Draft,
  draftsOf,
  findReview,
  ownNoteOf,
  type Review,
  removeDrafts,
  replaceAnswers,
  saveDraft,
  saveOwnNote,
  saveReview,
} from '../store.ts';
import { addLateAnswers, openReview } from '../thread/open-review.ts';
import { monthName } from '../words-view.ts';
import { keepAsked } from './keep-asked.ts';
import {
  type AnswerWords,
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
  /** What is typed and not sent, of every window, the oldest first. */
  drafts: readonly Draft[];
  /** What the rep noted for themselves alone. */
  note: { words: string | null; updatedAt: Date } | null;
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
    note: await ownNoteOf(store, review),
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

/** What was said last about a topic, sent or not. `but`: not in that window. */
export function saidOf(
  { drafts, given }: Answering,
  topic: Topic,
  { but = null }: { but?: string | null } = {},
): AnswerWords<Cause> | null {
  const isIt = (one: Draft) => one.topic === topic && one.window !== but;
  return drafts.findLast(isIt) ?? given.get(topic) ?? null;
}

/** How many of what is asked have an answer that says enough. */
export function answeredCount(answering: Answering): number {
  return answering.topics.filter((topic) => {
    const said = saidOf(answering, topic);
    return said !== null && isGiven({ topic, ...said });
  }).length;
}

/** A fingerprint of what was said, to notice that it changed in another window. */
export function answerBase(said: AnswerWords | null): string {
  if (!said) return '';
  const { causes, words, proposal } = said;
  const text = JSON.stringify([causes, words, proposal]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

async function onAnswers<T>(
  { db, encryption }: Pick<Deps, 'db' | 'encryption'>,
  actor: PersonRef,
  reviewId: string,
  work: (tx: Tx, store: Store<Tx>, answering: Answering) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => {
    await lockPerson(tx, actor);
    const store = { db: tx, encryption };
    return work(tx, store, await readAnswers(store, await mustOwn(store, actor, reviewId)));
  });
}

/** What stands in one window of a review's form; `window`: the id of its submission. */
interface InWindow {
  reviewId: string;
  window: string;
}

/**
 * Keeps what stands in a form, enough to be sent or not, for this window. `at` is when it was typed on Slack's
 * clock: of strokes that come out of order, the last one holds. Does nothing where the answers are sent.
 * @throws UserError `not_yours`, `review_gone`, `not_asked`.
 */
export async function keepTypedAnswer(
  deps: Pick<Deps, 'db' | 'encryption' | 'outbox'>,
  actor: PersonRef,
  { reviewId, window, topic }: InWindow & { topic: Topic },
  typed: AnswerWords<Cause>,
  at: Date,
): Promise<void> {
  await onAnswers(deps, actor, reviewId, async (tx, store, answering) => {
    const { review, drafts } = answering;
    if (review.answeredAt || !answerable(answering).includes(topic)) return;
    const own = drafts.find((one) => one.topic === topic && one.window === window);
    const before = saidOf(answering, topic) ?? NOTHING_SAID;
    if (own ? own.updatedAt > at : isSame(before, typed)) return;
    const { causes, words, proposal } = typed;
    await saveDraft(store, review, {
      topic,
      window,
      causes: [...causes],
      words,
      proposal,
      updatedAt: at,
    });
    const after = { ...answering, drafts: await draftsOf(store, review) };
    // The question says how far they are.
    if (answeredCount(after) !== answeredCount(answering)) {
      await deps.outbox.refresh(tx, { workspaceId: review.workspaceId, subject: review.id });
    }
  });
}

/**
 * The same of what the rep notes for themselves.
 * @throws UserError `not_yours`, `review_gone`, `not_asked`.
 */
export async function keepOwnNote(
  deps: Pick<Deps, 'db' | 'encryption'>,
  actor: PersonRef,
  reviewId: string,
  words: string | null,
  at: Date,
): Promise<void> {
  await onAnswers(deps, actor, reviewId, async (_, store, { review, note }) => {
    if (note ? note.updatedAt > at : words === null) return;
    await saveOwnNote(store, review, { words, updatedAt: at });
  });
}

/**
 * Drops what one window typed about a topic: what another said holds.
 * @throws UserError `not_yours`, `review_gone`, `not_asked`.
 */
export async function dropTypedAnswer(
  deps: Pick<Deps, 'db' | 'encryption'>,
  actor: PersonRef,
  { reviewId, window, topic }: InWindow & { topic: Topic },
): Promise<void> {
  await onAnswers(deps, actor, reviewId, (tx, _, { review }) =>
    removeDrafts(tx, review, { topic, window }),
  );
}

/** All of a form, as it is to be sent. */
export interface PrepEntry extends InWindow {
  /** Each topic in the form, with the fingerprint of what other windows had said of it when it was shown. */
  asked: readonly { topic: Topic; base: string }[];
  answers: readonly (AnswerWords<Cause> & { topic: Topic })[];
  note: string | null;
  named: boolean;
}

export type AnswersOutcome =
  /** `already`: they were sent before, and nothing happened now. */
  | { kind: 'sent'; review: Review; already: boolean }
  /** These were answered in another window meanwhile; nothing is lost there or here. */
  | { kind: 'changed_meanwhile'; topics: readonly Topic[] }
  /** What is asked about isn't what it was when the form was shown. */
  | { kind: 'asked_anew' }
  /** `kept`: for the case that the review is taken up again. */
  | { kind: 'refused'; refusal: UserError; kept: boolean };

/**
 * Sends the rep's answers, once: the review opens with them, or they go into the thread that has been begun
 * without. What isn't sent is kept as it is typed.
 * @throws UserError `plan_closed`, `not_yours`, `review_gone`, `not_asked`.
 */
export async function sendAnswers(
  deps: Deps,
  actor: PersonRef,
  entry: PrepEntry,
): Promise<AnswersOutcome> {
  return onAnswers(deps, actor, entry.reviewId, async (tx, store, answering) => {
    const { review } = answering;
    const refusal = refusalOf(answering);
    if (review.answeredAt && isAsSent(answering, entry)) {
      return { kind: 'sent', review, already: true };
    }
    if (refusal) {
      const kept = !review.answeredAt;
      if (kept) await keepEntry(store, answering, entry);
      return { kind: 'refused', refusal, kept };
    }
    const topics = changedElsewhere(answering, entry);
    const isWhole = answering.topics.every((topic) =>
      entry.answers.some((one) => one.topic === topic),
    );
    if (topics.length > 0 || !isWhole) {
      await keepEntry(store, answering, entry);
      return topics.length > 0 ? { kind: 'changed_meanwhile', topics } : { kind: 'asked_anew' };
    }
    return send(deps, tx, store, answering, entry);
  });
}

async function send(
  deps: Deps,
  tx: Tx,
  store: Store<Tx>,
  { review, pair }: Answering,
  { answers, note, named }: PrepEntry,
): Promise<AnswersOutcome> {
  const sent = { ...review, answeredAt: deps.clock.now(), named, teamId: pair.rep.teamId };
  const updatedAt = new Date();
  await saveReview(store, sent);
  await replaceAnswers(
    store,
    sent,
    answers.map((one) => ({ ...one, causes: [...one.causes], updatedAt })),
  );
  await saveOwnNote(store, sent, { words: note, updatedAt });
  await removeDrafts(tx, sent);
  if (sent.openedAt) await addLateAnswers(deps, tx, sent);
  else await openReview(deps, tx, sent);
  const opened = await findReview(store, review.id);
  if (!opened?.openedAt) {
    throw new UserError(
      'plan_closed',
      'The plan of that month is closed, so there is nowhere to send it. Your answers are kept.',
    );
  }
  await refreshReview(deps, tx, opened);
  await tellLeaders(deps, tx, opened);
  await deps.scheduler.reschedule(tx, { workspaceId: sent.workspaceId, userId: sent.repId });
  return { kind: 'sent', review: opened, already: false };
}

/** Whether a form says what was sent, as where it is submitted twice. */
function isAsSent({ given }: Answering, { answers }: PrepEntry): boolean {
  return answers.length === given.size && answers.every((one) => isSame(given.get(one.topic), one));
}

/** The topics of which another window said something since this one was shown, and something else. */
function changedElsewhere(answering: Answering, { asked, answers, window }: PrepEntry): Topic[] {
  return asked.flatMap(({ topic, base }) => {
    const other = saidOf(answering, topic, { but: window });
    const here = answers.find((one) => one.topic === topic) ?? NOTHING_SAID;
    return other && answerBase(other) !== base && !isSame(other, here) ? [topic] : [];
  });
}

export const NOTHING_SAID: AnswerWords<Cause> = { causes: [], words: null, proposal: null };

/** On the machine's clock, as Slack's strokes are, whatever Bigplan's says. */
async function keepEntry(
  store: Store,
  { review }: Answering,
  { answers, note, window }: PrepEntry,
): Promise<void> {
  const updatedAt = new Date();
  for (const { topic, causes, words, proposal } of answers) {
    const draft = { topic, window, causes: [...causes], words, proposal, updatedAt };
    await saveDraft(store, review, draft);
  }
  await saveOwnNote(store, review, { words: note, updatedAt });
}
