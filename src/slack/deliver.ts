/** One message to Slack, and the question whether it arrived. */
import type { WebClient } from '@slack/web-api';
import type { Message } from './surfaces.ts';

/** Where a message goes: a person's DM, or a channel; there, into the thread of the message `thread` (its ts). */
export type Recipient = { user: string } | { channel: string; thread?: string };

const EVENT_TYPE = 'bigplan_delivery';
const PAGE = 200;
const MAX_PAGES = 10;
/** A message's `ts` is Slack's clock. */
const CLOCK_SLACK_SECONDS = 300;

/** The channel to post to somebody. Opening a DM that is open already returns the same one. */
export async function openDm(client: WebClient, userId: string): Promise<string> {
  const { channel } = await client.conversations.open({ users: userId });
  if (channel?.id === undefined) throw new Error('conversations.open returned no channel');
  return channel.id;
}

/** Where a delivery's message is or should be; `thread`: the ts of the message that it is a reply to. */
interface Place {
  channel: string;
  thread: string | null;
  deliveryId: string;
}

/**
 * Posts the message with the delivery's id in its metadata, which people don't see.
 *
 * @returns the message's `ts`.
 */
export async function post(
  client: WebClient,
  message: Message,
  { channel, thread, deliveryId }: Place,
): Promise<string> {
  const { ts } = await client.chat.postMessage({
    channel,
    ...(thread !== null && { thread_ts: thread }),
    text: message.text,
    blocks: message.blocks,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: EVENT_TYPE, event_payload: { id: deliveryId } },
  });
  if (ts === undefined) throw new Error('chat.postMessage returned no ts');
  return ts;
}

/** The `ts` of the message that carries the delivery's id; null where its place doesn't hold it. */
export async function findPosted(
  client: WebClient,
  { channel, thread, deliveryId, since }: Place & { since: Date },
): Promise<string | null> {
  const oldest = String(since.getTime() / 1000 - CLOCK_SLACK_SECONDS);
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const range = {
      channel,
      oldest,
      limit: PAGE,
      include_all_metadata: true,
      ...(cursor ? { cursor } : {}),
    };
    // A channel's history holds no replies.
    const { messages = [], response_metadata } =
      thread === null
        ? await client.conversations.history(range)
        : await client.conversations.replies({ ...range, ts: thread });
    const found = messages.find(({ metadata }) => {
      const payload = metadata?.event_payload as { id?: unknown } | undefined;
      return metadata?.event_type === EVENT_TYPE && payload?.id === deliveryId;
    });
    if (found?.ts !== undefined) return found.ts;
    cursor = response_metadata?.next_cursor;
    if (!cursor) return null;
  }
  return null;
}
