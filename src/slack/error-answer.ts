/**
 * The one place where an error becomes an answer to the person. A `UserError` shows its text;
 * anything else is a bug: logged with a reference id that the person reads too.
 */
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { referenceId, UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import { isSlackCode } from './errors.ts';
import type { Incoming } from './incoming.ts';
import { truncate } from './truncate.ts';

/** Answers the request that Slack waits for, where that hasn't happened yet. */
export interface Ack {
  readonly done: boolean;
  send(response?: unknown): Promise<void>;
}

export type ErrorAnswer = (
  error: unknown,
  incoming: Incoming,
  ack: Ack,
) => Promise<'refused' | 'failed'>;

const RESPOND_MS = 5_000;
const MAX_STACK = 3;
const MAX_ERROR_TEXT = 1_500;

/** Never throws: an answer that can't be given is logged. */
export function createErrorAnswer(client: WebClient, log: Log): ErrorAnswer {
  return async (thrown, incoming, ack) => {
    const error = unwrap(thrown);
    const expected = asUserError(error);
    const ref = referenceId();
    if (expected === null) log.error({ ref, err: error, ...about(incoming) }, 'A request failed');
    else log.info({ code: expected.code, ...about(incoming) }, 'A request was refused');
    try {
      await answer(expected?.text ?? brokenText(ref, incoming), incoming, ack, client);
    } catch (problem) {
      log.error({ ref, err: problem, ...about(incoming) }, 'The person could not be told');
    } finally {
      if (!ack.done) await ack.send();
    }
    return expected === null ? 'failed' : 'refused';
  };
}

/** Bolt wraps what a listener threw. */
function unwrap(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, original, originals } = error as Error & {
    code?: unknown;
    original?: unknown;
    originals?: unknown[];
  };
  const wrapped = typeof code === 'string' && code.startsWith('slack_bolt_');
  return wrapped ? (original ?? originals?.[0] ?? error) : error;
}

function asUserError(error: unknown): UserError | null {
  if (error instanceof UserError) return error;
  if (isSlackCode(error, 'expired_trigger_id', 'trigger_expired', 'exchanged_trigger_id')) {
    return new UserError('too_slow', 'Slack closed the door before the form was ready. Once more?');
  }
  return null;
}

function brokenText(ref: string, { kind }: Incoming): string {
  const next =
    kind === 'submission'
      ? 'What you typed is still here: submit it again in a moment.'
      : 'Try again in a moment; nothing was sent twice.';
  return `Something broke on our side (ref ${ref}). ${next}`;
}

function about({ label, userId, teamId }: Incoming) {
  return { kind: label, ...(userId && { person: userId }), ...(teamId && { team: teamId }) };
}

async function answer(text: string, incoming: Incoming, ack: Ack, client: WebClient) {
  const { kind, view, userId } = incoming;
  if (kind === 'event' || kind === 'closed' || kind === 'unknown') return;
  if (kind === 'options') return ack.send({ options: [] });
  if (kind === 'submission' && view !== null && !ack.done) {
    return ack.send(submissionAnswer(text, view));
  }
  if (kind === 'command' && !ack.done) return ack.send({ response_type: 'ephemeral', text });
  if (!ack.done) await ack.send();
  if (incoming.responseUrl !== null) return respond(incoming.responseUrl, text);
  if (await showModal(text, incoming, client)) return;
  if (userId !== null) await client.chat.postMessage({ channel: userId, text });
}

/** Everything typed stays: the words go under the first input, or on a view above this one. */
function submissionAnswer(text: string, view: { depth: number; firstInput: string | null }) {
  if (view.firstInput !== null) {
    return {
      response_action: 'errors',
      errors: { [view.firstInput]: truncate(text, MAX_ERROR_TEXT) },
    };
  }
  const response_action = view.depth < MAX_STACK ? 'push' : 'update';
  return { response_action, view: errorView(text) };
}

async function showModal(text: string, incoming: Incoming, client: WebClient): Promise<boolean> {
  const { view, triggerId } = incoming;
  if (view === null || triggerId === null || view.depth >= MAX_STACK) return false;
  const call = { trigger_id: triggerId, view: errorView(text) };
  try {
    await (view.type === 'modal' ? client.views.push(call) : client.views.open(call));
    return true;
  } catch {
    // The listener used the trigger, or it is too late for it.
    return false;
  }
}

function errorView(text: string): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Bigplan' },
    close: { type: 'plain_text', text: 'Back' },
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: truncate(text, MAX_ERROR_TEXT, 'mrkdwn') } },
    ],
  };
}

async function respond(url: string, text: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
    signal: AbortSignal.timeout(RESPOND_MS),
  });
  if (!response.ok) throw new Error(`The response URL answered ${response.status}`);
}
