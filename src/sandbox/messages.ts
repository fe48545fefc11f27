import { withIds } from './block-ids.ts';
import type { SlackStore } from './slack-store.ts';

/** What the app (or Slackbot) says in a conversation. */
export interface Said {
  text: string;
  blocks?: unknown[] | undefined;
  thread_ts?: string | undefined;
}

/** Messages that reach a conversation other than through the Web API. */
export interface Messages {
  /** Posts for everyone. Returns the message's ts. */
  post(channel: string, from: string, said: Said): string;
  /** Posts for one person's eyes. Returns the message's ts. */
  whisper(channel: string, from: string, to: string, said: Said): string;
  /** Rewrites a message, whether for everyone or for one person. */
  replace(channel: string, ts: string, said: Said): void;
  remove(channel: string, ts: string): void;
}

export function createMessages(store: SlackStore): Messages {
  let posted = 0;
  // The emulator counts its own from 1 up; these are kept apart at the other end.
  const freshTs = () => `${Math.floor(Date.now() / 1000)}.9${String(++posted).padStart(5, '0')}`;
  const row = (channel: string, user: string, said: Said) => ({
    ts: freshTs(),
    channel_id: channel,
    user,
    text: said.text,
    type: 'message',
    thread_ts: said.thread_ts,
    blocks: said.blocks && withIds(said.blocks),
    reply_count: 0,
    reply_users: [],
    reactions: [],
  });
  const find = (channel: string, ts: string) =>
    [store.messages, store.ephemeralMessages]
      .map((collection) => ({
        collection,
        message: collection.findBy('ts', ts).find((message) => message.channel_id === channel),
      }))
      .find((found) => found.message);
  return {
    post: (channel, from, said) => store.messages.insert(row(channel, from, said)).ts,
    whisper: (channel, from, to, said) =>
      store.ephemeralMessages.insert({ ...row(channel, from, said), target_user: to }).ts,
    replace(channel, ts, said) {
      const found = find(channel, ts);
      if (found?.message)
        found.collection.update(found.message.id, {
          text: said.text,
          blocks: said.blocks && withIds(said.blocks),
        });
    },
    remove(channel, ts) {
      const found = find(channel, ts);
      if (found?.message) found.collection.delete(found.message.id);
    },
  };
}
