/** The form in which a rep says why, before anyone judges. */
import { z } from 'zod';
import { CAUSES, type Cause } from '../../activity/schemas.ts';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import type { RawFields } from '../../slack/fields.ts';
import { form } from '../../slack/form.ts';
import type { ClickedView } from '../../slack/on.ts';
import { answerGo, answerOpen, answerTyped, answerUse } from '../ids.ts';
import { mustOwn } from '../pair.ts';
import { TOPICS, type Topic } from '../schemas.ts';
import { withoutFigures } from '../words-view.ts';
import {
  type AnswersOutcome,
  dropTypedAnswer,
  keepOwnNote,
  keepTypedAnswer,
  openAnswers,
  readAnswers,
  refusalOf,
  sendAnswers,
} from './answer-review.ts';
import { answerIn, noteIn, prepForm, typedPart } from './answer-view.ts';
import type { AnswerWords } from './rules.ts';
import { ASKED_ANEW, CHANGED, prepView } from './show-answers.ts';

export function listenToPrep(context: Context): void {
  const { on, log } = context;

  const load = async (actor: PersonRef, reviewId: string) =>
    readAnswers(context, await mustOwn(context, actor, reviewId));

  on.click(answerOpen, ({ actor, value, showOver }) =>
    showOver(async () => {
      const answering = await openAnswers(context, actor, value);
      const refusal = refusalOf(answering);
      if (refusal && !answering.review.answeredAt) throw refusal;
      return prepView(context, answering);
    }),
  );

  on.act(answerTyped, async ({ actor, by, view, at }) => {
    const typed = view && (standingIn(view) ?? formerIn(view));
    if (!typed) return;
    try {
      const part = typed.former ?? typedPart(by);
      if (part !== null) await keep(actor, typed, part, at);
    } catch (err) {
      // Over a form in which somebody types, no other window is welcome; submitting it tells them.
      log.warn({ err, kind: prepForm.id }, 'What was typed could not be kept');
    }
  });

  function keep(actor: PersonRef, typed: Typed, part: Topic | 'note', at: Date): Promise<void> {
    const { reviewId, window, raw } = typed;
    return part === 'note'
      ? keepOwnNote(context, actor, reviewId, limited(noteIn(raw)), at)
      : keepTypedAnswer(context, actor, { reviewId, window, topic: part }, inLimits(raw, part), at);
  }

  /** All that stands in a form: what one stroke didn't bring, the next press does. */
  async function keepAll(actor: PersonRef, typed: Typed, at: Date) {
    for (const topic of typed.topics) await keep(actor, typed, topic, at);
  }

  on.act(answerGo, async ({ actor, value: topic, view, at, update }) => {
    const standing = view && standingIn(view);
    const former = view && !standing ? formerIn(view) : null;
    const typed = standing ?? former;
    if (!typed) throw oldView();
    await keepAll(actor, typed, at);
    await update(async () =>
      prepView(context, await load(actor, typed.reviewId), { standing, extra: [topic] }),
    );
  });

  on.act(answerUse, async ({ actor, value: topic, view, at, update }) => {
    const standing = view && standingIn(view);
    if (!standing) throw oldView();
    const others = standing.topics.filter((one) => one !== topic);
    await keepAll(actor, { ...standing, topics: others }, at);
    await dropTypedAnswer(context, actor, { ...standing, topic });
    await update(async () =>
      prepView(context, await load(actor, standing.reviewId), {
        standing: { ...standing, topics: others },
        extra: [topic],
      }),
    );
  });

  on.submit(prepForm, async ({ actor, id: window, about, raw, read }) => {
    const { reviewId, asked } = about;
    const entry = read({ ...withoutFigures(), asked });
    const outcome = await sendAnswers(context, actor, { reviewId, window, asked, ...entry });
    if (outcome.kind === 'refused') throw told(outcome);
    const standing = { window, topics: asked.map(({ topic }) => topic), raw };
    const answering = await load(actor, reviewId);
    if (outcome.kind === 'changed_meanwhile') {
      const more = { standing, meanwhile: outcome.topics, notice: CHANGED };
      return { update: await prepView(context, answering, more) };
    }
    const more = outcome.kind === 'asked_anew' ? { standing, notice: ASKED_ANEW } : {};
    return { update: await prepView(context, answering, more) };
  });

  for (const one of FORMER_FORMS) {
    on.submit(one, async ({ actor, about, raw, at }) => {
      const typed = formerTyped(about, raw);
      await keepAll(actor, typed, at);
      return { update: await prepView(context, await load(actor, about.reviewId)) };
    });
  }
}

/** What stands in a form, and in which window. */
interface Typed {
  reviewId: string;
  window: string;
  topics: readonly Topic[];
  raw: RawFields;
  /** What the whole form is about, in a former version's; null: it is none, or about nothing. */
  former: Topic | null;
}

/** The form as it stands; null where it is another. */
function standingIn({ metadata, state }: ClickedView): Typed | null {
  const read = prepForm.metadata.read(metadata);
  if (!read) return null;
  const { reviewId, asked } = read.about;
  const topics = asked.map(({ topic }) => topic);
  const window = read.submissionId ?? '';
  return { reviewId, topics, window, raw: state.values, former: null };
}

// ── A form for each topic, as a former version had it ────────────────────────────────────────────

const FormerPlace = z.object({ reviewId: z.uuid(), topic: z.enum(TOPICS).optional() });
type FormerPlace = z.infer<typeof FormerPlace>;

/** One for each topic, and the last one before they were sent: what is typed there goes into the one form. */
const FORMER_FORMS = ['review_why', 'review_worked', 'review_send'].map((id) =>
  form({ id, about: FormerPlace, fields: () => ({}), frame: () => ({ title: 'Your view' }) }),
);

function formerIn({ metadata, callbackId, state }: ClickedView): Typed | null {
  const known = FORMER_FORMS.find(({ id }) => id === callbackId);
  const read = known?.metadata.read(metadata);
  return read ? formerTyped(read.about, state.values) : null;
}

function formerTyped({ reviewId, topic }: FormerPlace, raw: RawFields): Typed {
  const named = Object.entries(raw).map(([part, value]) => [`${topic}.${part}`, value] as const);
  const topics = topic ? [topic] : [];
  return { reviewId, window: '', raw: Object.fromEntries(named), topics, former: topic ?? null };
}

const oldView = () =>
  new UserError(
    'old_view',
    'This window is from before an update: press Answer again. What you typed is kept.',
  );

function told({ refusal, kept }: Extract<AnswersOutcome, { kind: 'refused' }>): UserError {
  const after = kept
    ? 'What you wrote is kept, in case it is taken up again.'
    : 'What you wrote now is not part of them: copy it from here if it is to go into the thread.';
  return new UserError(refusal.code, `${refusal.text} ${after}`);
}

/** Longer than any text that can be saved: what was typed, whether it can be or not. */
const MOST_TYPED = 3_000;

const limited = (text: string | null) => text?.slice(0, MOST_TYPED) ?? null;

function inLimits(raw: RawFields, topic: Topic): AnswerWords<Cause> {
  const { causes, words, proposal } = answerIn(raw, topic);
  return {
    causes: CAUSES.filter((cause) => causes.includes(cause)),
    words: limited(words),
    proposal: limited(proposal),
  };
}
