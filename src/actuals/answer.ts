/** Where an answer is shown: in the place of what was clicked in, or of what a form was opened from. */
import type { Context } from '../context.ts';
import type { PersonRef } from '../db/store.ts';
import { fitMessage } from '../slack/limits.ts';
import type { Click, FormAnswer } from '../slack/on.ts';
import { stow } from '../slack/stashed.ts';
import type { Message } from '../slack/surfaces.ts';
import { doneView } from './words-view.ts';

/** The message or modal that was clicked in becomes the answer. */
export function answerClick(
  click: Pick<Click<never>, 'view' | 'update' | 'replace'>,
  title: string,
  message: Message,
): Promise<void> {
  return click.view ? click.update(doneView(title, message)) : click.replace(message);
}

/** A form's answer waits three seconds at most. */
const REPLACE_MS = 1_500;

/**
 * The form closes and the message that it was opened from becomes the answer; where there is none, or
 * Slack no longer lets it be changed, the form itself becomes the answer.
 */
export async function answerForm(
  { log, stash }: Pick<Context, 'log' | 'stash'>,
  { actor, url }: { actor: PersonRef; url: string | null },
  title: string,
  message: Message,
): Promise<FormAnswer> {
  if (url !== null) {
    const stowed = await stow(stash, actor, message);
    if (await replaceAt(url, stowed, log)) return undefined;
  }
  return { update: doneView(title, message) };
}

async function replaceAt(url: string, message: Message, log: Context['log']): Promise<boolean> {
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
