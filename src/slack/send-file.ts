import type { WebClient } from '@slack/web-api';
import { openDm } from './deliver.ts';

/**
 * A text file to somebody's DM, with a line above it. Not through the outbox: it holds what nobody else may keep, and
 * whoever asked for it is there to ask again.
 *
 * @throws Slack's own errors.
 */
export async function sendFile(
  client: WebClient,
  userId: string,
  { text, filename, words }: { text: string; filename: string; words: string },
): Promise<void> {
  const channel_id = await openDm(client, userId);
  await client.filesUploadV2({
    channel_id,
    file: Buffer.from(text),
    filename,
    title: filename,
    initial_comment: words,
  });
}
