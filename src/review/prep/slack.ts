/** The forms in which a rep says why, before anyone judges. */

import { CAUSES, type Cause } from '../../activity/schemas.ts';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { type FormState, parseForm, readState } from '../../slack/form.ts';
import { fitView } from '../../slack/limits.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { showOver, updateView } from '../../slack/views.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { mustOwn } from '../pair.ts';
import { TOPICS, type Topic } from '../schemas.ts';
import { refreshThread } from '../thread/thread-message.ts';
import {
  answerTopic,
  dropTyped,
  keepTyped,
  readAnswers,
  refusalOf,
  type TopicEntry,
} from './answer-review.ts';
import { refreshPrep } from './messages.ts';
import { type AnswerState, readAnswerState } from './parts-view.ts';
import type { Said } from './rules.ts';
import { WhyForm, WorkedForm } from './schemas.ts';
import { sendAnswers } from './send-answers.ts';
import { NAMED_PATH } from './send-view.ts';
import { allView, CHANGED, nextView, topicView } from './show-answers.ts';

const numberedAs = (action: string) => new RegExp(`^${action}\\.`);

export function listenToPrep(context: Context): void {
  const { app, log } = context;

  const load = async (actor: PersonRef, reviewId: string) =>
    readAnswers(context, await mustOwn(context, actor, reviewId));

  app.action(ACTION.answer, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const answering = await load(actorOf(body), clickedValue(body));
    const refusal = refusalOf(answering);
    if (refusal && !answering.review.answeredAt) throw refusal;
    await showOver(client, body, await nextView(context, answering));
  });

  app.action(
    { action_id: numberedAs(ACTION.answerTyped), type: 'block_actions' },
    async ({ ack, body, action }) => {
      await ack();
      const place = body.view && readAnswerState(body.view.private_metadata);
      if (!body.view || !place?.topic) return;
      const typed = typedIn(readState(body.view.state.values));
      const at = strokeAt(action.action_ts);
      try {
        await keepTyped(context, actorOf(body), { ...place, topic: place.topic }, typed, at);
      } catch (err) {
        // Over a form in which somebody types, no other window is welcome; submitting it tells them.
        log.warn({ err, kind: CALLBACK.why }, 'What was typed could not be kept');
      }
    },
  );

  app.action(
    { action_id: numberedAs(ACTION.answerGo), type: 'block_actions' },
    async ({ ack, body, action, client }) => {
      await ack();
      if (!body.view) return;
      const actor = actorOf(body);
      const { reviewId, topic } = viewState(body.view.private_metadata);
      if (topic !== null) {
        const typed = typedIn(readState(body.view.state.values));
        await keepTyped(context, actor, { reviewId, topic }, typed, strokeAt(action.action_ts));
      }
      const to = TOPICS.find((one) => one === clickedValue(body));
      const answering = await load(actor, reviewId);
      const view =
        to && answering.topics.includes(to) && !answering.review.answeredAt
          ? await topicView(context, answering, to)
          : await nextView(context, answering);
      await updateView(client, body.view.id, view);
    },
  );

  app.action(ACTION.answerUse, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.view) return;
    const actor = actorOf(body);
    const place = formPlace(body.view.private_metadata);
    await dropTyped(context, actor, place);
    const view = await nextView(context, await load(actor, place.reviewId), place.topic);
    await updateView(client, body.view.id, view);
  });

  app.view(CALLBACK.why, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const state = readState(view.state.values);
    const form = parseForm(WhyForm, state);
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    const said = { ...form.value };
    await ack(await answered(actor, { ...formPlace(view.private_metadata), ...said }));
    await refreshPrep(context, { id: formPlace(view.private_metadata).reviewId });
  });

  app.view(CALLBACK.worked, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const form = parseForm(WorkedForm, readState(view.state.values));
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    const place = formPlace(view.private_metadata);
    await ack(await answered(actor, { ...place, ...form.value, causes: [], same: [] }));
    await refreshPrep(context, { id: place.reviewId });
  });

  /** Slack's answer to a form: what comes next, or why this can't be saved, with everything still in it. */
  async function answered(actor: PersonRef, entry: TopicEntry) {
    const outcome = await answerTopic(context, actor, entry);
    if (outcome.kind === 'refused') throw told(outcome);
    const answering = await load(actor, entry.reviewId);
    const view =
      outcome.kind === 'saved'
        ? await nextView(context, answering, entry.topic)
        : await topicView(context, answering, entry.topic, { meanwhile: true });
    return { response_action: 'update' as const, view: fitView(view) };
  }

  app.view(CALLBACK.send, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const { reviewId, base } = viewState(view.private_metadata);
    const named = readState(view.state.values).values[NAMED_PATH];
    const outcome = await sendAnswers(context, actor, reviewId, {
      named: Array.isArray(named) && named.includes('yes'),
      seen: base,
    });
    const answering = await load(actor, reviewId);
    const shown = await allView(context, answering, outcome.kind === 'sent' ? null : CHANGED);
    await ack({ response_action: 'update', view: fitView(shown) });
    if (outcome.kind !== 'sent' || outcome.already) return;
    await refreshPrep(context, outcome.review);
    await refreshThread(context, outcome.review);
  });
}

function told({ refusal, kept }: { refusal: UserError; kept: boolean }): UserError {
  const after = kept
    ? 'What you wrote is kept, in case it is taken up again.'
    : 'What you wrote now is not part of them: copy it from here if it is to go into the thread.';
  return new UserError(refusal.code, `${refusal.text} ${after}`);
}

/** @throws UserError `old_view` where the view is of another release. */
function viewState(privateMetadata: string): AnswerState {
  const state = readAnswerState(privateMetadata);
  if (state) return state;
  throw new UserError(
    'old_view',
    'This window is from before an update: press Answer again. What you typed is kept.',
  );
}

function formPlace(privateMetadata: string): AnswerState & { topic: Topic } {
  const { topic, ...state } = viewState(privateMetadata);
  if (topic === null) throw new Error('the form of an answer names no topic');
  return { ...state, topic };
}

/** Longer than any text that can be saved: what was typed, whether it can be or not. */
const MOST_TYPED = 3_000;

/** What stands in a form, as far as it is one of an answer. */
function typedIn({ values }: FormState): Said<Cause> {
  const { causes, words, proposal } = values;
  const text = (value: typeof words) =>
    typeof value === 'string' && value !== '' ? value.slice(0, MOST_TYPED) : null;
  return {
    causes: CAUSES.filter((cause) => Array.isArray(causes) && causes.includes(cause)),
    words: text(words),
    proposal: text(proposal),
  };
}

/** When something was typed, on Slack's clock: seconds with parts of them. */
function strokeAt(actionTs: string): Date {
  const ms = Number(actionTs) * 1_000;
  return Number.isFinite(ms) ? new Date(ms) : new Date();
}
