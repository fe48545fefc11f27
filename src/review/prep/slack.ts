/** The forms in which a rep says why, before anyone judges. */
import type { ModalView } from '@slack/types';
import { CAUSES, type Cause } from '../../activity/schemas.ts';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import type { RawFields } from '../../slack/fields.ts';
import type { ClickedView } from '../../slack/on.ts';
import { answerGo, answerOpen, answerTyped, answerUse } from '../ids.ts';
import { mustOwn } from '../pair.ts';
import { withoutFigures } from '../words-view.ts';
import {
  answerTopic,
  dropTypedAnswer,
  keepTypedAnswer,
  openAnswers,
  readAnswers,
  refusalOf,
  sendAnswers,
  type TopicEntry,
} from './answer-review.ts';
import { sendForm, whyForm, workedForm } from './answer-view.ts';
import type { TopicPlace } from './parts-view.ts';
import { type AnswerWords, answerable } from './rules.ts';
import { allView, CHANGED, nextView, topicView } from './show-answers.ts';

export function listenToPrep(context: Context): void {
  const { on, log } = context;

  const load = async (actor: PersonRef, reviewId: string) =>
    readAnswers(context, await mustOwn(context, actor, reviewId));

  on.click(answerOpen, ({ actor, value, showOver }) =>
    showOver(async () => {
      const answering = await openAnswers(context, actor, value);
      const refusal = refusalOf(answering);
      if (refusal && !answering.review.answeredAt) throw refusal;
      return nextView(context, answering);
    }),
  );

  on.click(answerTyped, async ({ actor, view, at }) => {
    const place = topicOf(view);
    if (!view || !place) return;
    try {
      await keepTypedAnswer(context, actor, place, typedIn(view.state.values), at);
    } catch (err) {
      // Over a form in which somebody types, no other window is welcome; submitting it tells them.
      log.warn({ err, kind: whyForm.id }, 'What was typed could not be kept');
    }
  });

  on.click(answerGo, async ({ actor, value: to, view, at, update }) => {
    const place = topicOf(view);
    const reviewId = place?.reviewId ?? sendPlaceOf(view)?.reviewId;
    if (!view || reviewId === undefined) throw oldView();
    if (place) await keepTypedAnswer(context, actor, place, typedIn(view.state.values), at);
    await update(async () => {
      const answering = await load(actor, reviewId);
      return answerable(answering).includes(to) && !answering.review.answeredAt
        ? topicView(context, answering, to)
        : nextView(context, answering);
    });
  });

  on.click(answerUse, async ({ actor, view, update }) => {
    const place = topicOf(view);
    if (!place) throw oldView();
    await dropTypedAnswer(context, actor, place);
    await update(async () => nextView(context, await load(actor, place.reviewId), place.topic));
  });

  on.submit(whyForm, async ({ actor, about, read }) => ({
    update: await answered(actor, { ...about, ...read(withoutFigures()) }),
  }));

  on.submit(workedForm, async ({ actor, about, read }) => ({
    update: await answered(actor, { ...about, ...read(withoutFigures()), causes: [], same: [] }),
  }));

  /** What comes next, or why this can’t be saved, with everything still in it. */
  async function answered(actor: PersonRef, entry: TopicEntry): Promise<ModalView> {
    const outcome = await answerTopic(context, actor, entry);
    if (outcome.kind === 'refused') throw told(outcome);
    const answering = await load(actor, entry.reviewId);
    return outcome.kind === 'saved'
      ? nextView(context, answering, entry.topic)
      : topicView(context, answering, entry.topic, { meanwhile: true });
  }

  on.submit(sendForm, async ({ actor, about: { reviewId, base }, read }) => {
    const { named } = read(withoutFigures());
    const outcome = await sendAnswers(context, actor, reviewId, { named, seen: base });
    const answering = await load(actor, reviewId);
    const notice = outcome.kind === 'sent' ? null : CHANGED;
    return { update: await allView(context, answering, notice) };
  });
}

const topicOf = (view: ClickedView | null): TopicPlace | null =>
  whyForm.metadata.read(view?.metadata ?? '')?.about ?? null;

const sendPlaceOf = (view: ClickedView | null) =>
  sendForm.metadata.read(view?.metadata ?? '')?.about ?? null;

const oldView = () =>
  new UserError(
    'old_view',
    'This window is from before an update: press Answer again. What you typed is kept.',
  );

function told({ refusal, kept }: { refusal: UserError; kept: boolean }): UserError {
  const after = kept
    ? 'What you wrote is kept, in case it is taken up again.'
    : 'What you wrote now is not part of them: copy it from here if it is to go into the thread.';
  return new UserError(refusal.code, `${refusal.text} ${after}`);
}

/** Longer than any text that can be saved: what was typed, whether it can be or not. */
const MOST_TYPED = 3_000;

/** What stands in a form, as far as it is one of an answer. */
function typedIn({ causes, words, proposal }: RawFields): AnswerWords<Cause> {
  const text = (value: RawFields[string] | undefined) =>
    typeof value === 'string' && value !== '' ? value.slice(0, MOST_TYPED) : null;
  return {
    causes: CAUSES.filter((cause) => Array.isArray(causes) && causes.includes(cause)),
    words: text(words),
    proposal: text(proposal),
  };
}
