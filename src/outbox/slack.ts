/** What is pressed under the outbox's own messages. */
import type { Context } from '../context.ts';
import { sendAgain } from './awaited-view.ts';

export function registerOutbox({ on, outbox }: Pick<Context, 'on' | 'outbox'>): void {
  on.act(sendAgain, ({ actor, value }) => outbox.sendAgain(actor, value));
}
