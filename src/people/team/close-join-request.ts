import type { WebClient } from '@slack/web-api';
import type { Log } from '../../log.ts';
import { fitMessage } from '../../slack/limits.ts';
import type { PeopleDeps } from '../deps.ts';
import type { JoinRequest } from '../store.ts';
import { question } from './deliveries.ts';
import { answeredMessage } from './messages-view.ts';

/**
 * Puts the outcome in the place of a question that was taken back. Never throws: should it not work,
 * its buttons still say where the question stands.
 */
export async function retireQuestion(
  { outbox, client, log }: Pick<PeopleDeps, 'outbox'> & { client: WebClient; log: Log },
  request: JoinRequest,
): Promise<void> {
  try {
    const { text, blocks } = fitMessage(answeredMessage('withdrawn', request));
    const { team, person, kind, key } = question(request);
    for (const { message } of await outbox.find({ team, person, kind, key })) {
      if (message) await client.chat.update({ ...message, text, blocks });
    }
  } catch (err) {
    log.warn({ err, method: 'chat.update' }, 'A question that was taken back still shows buttons');
  }
}
