/**
 * The one place where an error becomes an answer to the person. A `UserError` shows its text;
 * anything else is a bug: logged with a reference id that the person reads too.
 */
import type { Button, KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Stash } from '../db/stash.ts';
import { referenceId, UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import { actions, button, section } from './blocks.ts';
import { isSlackCode, refusalIn } from './errors.ts';
import { COMMAND_AGAIN } from './ids.ts';
import type { Incoming } from './incoming.ts';
import { stow } from './stashed.ts';
import { raw } from './text.ts';
import { truncate } from './truncate.ts';
import { FailedInPlaceholder, wasClosed } from './views.ts';

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
export function createErrorAnswer(client: WebClient, log: Log, stash: Stash): ErrorAnswer {
  async function blocksOf(text: string, again: Button, { who }: Incoming) {
    const blocks = [section(raw(text)), actions([again])];
    const reader = { workspaceId: who.workspaceId ?? '', userId: who.userId ?? '' };
    return (await stow(stash, reader, { blocks })).blocks;
  }

  return async (thrown, incoming, ack) => {
    const wrapped = unwrap(thrown);
    const placeholder = wrapped instanceof FailedInPlaceholder ? wrapped.viewId : null;
    const error = placeholder === null ? wrapped : unwrap((wrapped as Error).cause);
    const expected = asUserError(error) ?? whereRefused(error, incoming, ack);
    const ref = referenceId();
    if (expected === null) log.error({ ref, err: error, ...about(incoming) }, 'A request failed');
    else log.info({ code: expected.code, ...about(incoming) }, 'A request was refused');
    try {
      const text = expected?.text ?? brokenText(ref, incoming);
      if (placeholder === null || !(await showIn(placeholder, text, client))) {
        const again = againButton(expected, incoming);
        const words = {
          text,
          blocks: again === null ? null : await blocksOf(text, again, incoming),
        };
        await answer(words, incoming, ack, client);
      }
    } catch (problem) {
      // That is said once, where the outbox meets it.
      const write = refusalIn(problem) === null ? log.error : log.info;
      write({ ref, err: problem, ...about(incoming) }, 'The person could not be told');
    } finally {
      if (!ack.done) await ack.send();
    }
    return expected === null ? 'failed' : 'refused';
  };
}

const TOO_SLOW = 'too_slow';

/** Does once more what Slack was too impatient for; null where that needs the view it was pressed in. */
function againButton(expected: UserError | null, { kind, text, pressed, view }: Incoming) {
  if (expected?.code !== TOO_SLOW) return null;
  if (kind === 'command') return button('Open it', COMMAND_AGAIN.with(text ?? ''));
  if (kind !== 'action' || view?.type === 'modal' || pressed?.type !== 'button') return null;
  return button('Open it', { actionId: pressed.actionId, value: pressed.value ?? undefined });
}

interface AnswerText {
  text: string;
  blocks: KnownBlock[] | null;
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
    return new UserError(TOO_SLOW, 'Slack closed the door before the form was ready. Once more?');
  }
  return null;
}

/** Slack refuses Bigplan here, whatever is pressed: trying again would be no help. */
function whereRefused(error: unknown, { kind }: Incoming, ack: Ack): UserError | null {
  const refusal = refusalIn(error);
  if (refusal === null) return null;
  const { code, scope } = refusal;
  const why = scope === null ? code : `${code}: ${scope}`;
  const next =
    kind === 'submission' && !ack.done
      ? 'What you typed is still here: send it once that is mended.'
      : 'What was saved stays saved, and messages that wait come once that is mended.';
  return new UserError(
    'slack_refuses',
    `Slack doesn’t let Bigplan in just now (${why}). Whoever runs Bigplan has to mend that. ${next}`,
  );
}

function brokenText(ref: string, { kind }: Incoming): string {
  const next =
    kind === 'submission'
      ? 'What you typed is still here: submit it again in a moment.'
      : 'Try again in a moment; nothing was sent twice.';
  return `Something broke on our side (ref ${ref}). ${next}`;
}

function about({ label, who: { userId, workspaceId } }: Incoming) {
  return {
    kind: label,
    ...(userId && { person: userId }),
    ...(workspaceId && { team: workspaceId }),
  };
}

async function answer(words: AnswerText, incoming: Incoming, ack: Ack, client: WebClient) {
  const { text } = words;
  const { kind, who } = incoming;
  if (kind === 'event' || kind === 'closed' || kind === 'unknown') return;
  const inAck = ack.done ? null : ackAnswer(words, incoming);
  if (inAck !== null) return ack.send(inAck);
  if (kind === 'options') return;
  if (!ack.done) await ack.send();
  if (incoming.responseUrl !== null) return respond(incoming.responseUrl, words);
  if (await showModal(text, incoming, client)) return;
  if (who.userId !== null) {
    await client.chat.postMessage({
      channel: who.userId,
      text,
      ...(words.blocks && { blocks: words.blocks }),
    });
  }
}

/** What can be said in the answer itself, which needs no token; null: nothing can. */
export function ackAnswer({ text, blocks }: AnswerText, { kind, view }: Incoming): object | null {
  if (kind === 'options') return { options: [] };
  if (kind === 'submission' && view !== null) return submissionAnswer(text, view);
  if (kind === 'command') return { response_type: 'ephemeral', text, ...(blocks && { blocks }) };
  return null;
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

/** False where a placeholder can't be changed; one that was closed needs no words. */
async function showIn(placeholder: string, text: string, client: WebClient): Promise<boolean> {
  try {
    await client.views.update({ view_id: placeholder, view: errorView(text) });
    return true;
  } catch (error) {
    return wasClosed(error);
  }
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

async function respond(url: string, words: AnswerText): Promise<void> {
  const { text } = words;
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'error',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      response_type: 'ephemeral',
      replace_original: false,
      text,
      ...(words.blocks && { blocks: words.blocks }),
    }),
    signal: AbortSignal.timeout(RESPOND_MS),
  });
  if (!response.ok) throw new Error(`The response URL answered ${response.status}`);
}
