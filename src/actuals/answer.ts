/** Where an answer is shown: in the place of what was clicked in, or of what a form was opened from. */
import type { AckFn, RespondFn, ViewResponseAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { UserError } from '../errors.ts';
import type { Log } from '../log.ts';
import { fitMessage, fitView } from '../slack/limits.ts';
import type { Message } from '../slack/surfaces.ts';
import { updateView } from '../slack/views.ts';
import { doneView } from './words-view.ts';

/** For the command itself: nobody else sees it. */
export async function answerCommand(respond: RespondFn, message: Message): Promise<void> {
  const { text, blocks } = fitMessage(message);
  await respond({ response_type: 'ephemeral', text, blocks });
}

/** The message or modal that was clicked in becomes the answer. */
export async function answerClick(
  {
    view,
    client,
    respond,
  }: {
    view: { id: string } | undefined;
    client: WebClient;
    respond: RespondFn;
  },
  title: string,
  message: Message,
): Promise<void> {
  if (view) return updateView(client, view.id, doneView(title, message));
  const { text, blocks } = fitMessage(message);
  await respond({ response_type: 'ephemeral', replace_original: true, text, blocks });
}

/** A form's answer waits three seconds at most. */
const REPLACE_MS = 1_500;

/**
 * The form closes and the message that it was opened from becomes the answer; where there is none, or
 * Slack no longer lets it be changed, the form itself becomes the answer.
 */
export async function answerForm(
  { ack, log }: { ack: AckFn<void> | AckFn<ViewResponseAction>; log: Log },
  url: string | null,
  title: string,
  message: Message,
): Promise<void> {
  if (url !== null && (await replace(url, message, log))) return void (await ack());
  await ack({ response_action: 'update', view: fitView(doneView(title, message)) });
}

async function replace(url: string, message: Message, log: Log): Promise<boolean> {
  try {
    const { text, blocks } = fitMessage(message);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: true, text, blocks }),
      signal: AbortSignal.timeout(REPLACE_MS),
    });
    return response.ok;
  } catch (err) {
    log.info({ err }, 'A message could not be replaced');
    return false;
  }
}

/** A refusal of the day, under the day. @throws whatever else it is. */
export function dateError(
  error: unknown,
  blockIds: Record<string, string>,
): Record<string, string> {
  const isAboutDay = error instanceof UserError && /^(?:day_ahead|outside_plan)$/.test(error.code);
  if (!isAboutDay || !blockIds.date) throw error;
  return { [blockIds.date]: error.text };
}
