/** Channels and DMs of the fake workspace, with their messages. */
import type { KnownBlock } from '@slack/types';
import { BOT } from './slack-people.ts';
import { Refusal } from './slack-views.ts';

export interface SlackMessage {
  channel: string;
  ts: string;
  text: string;
  blocks: KnownBlock[];
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  thread_ts?: string;
  edited?: boolean;
  /** Only this person sees it, and no history holds it. */
  ephemeralFor?: string;
}

export interface ChannelFacts {
  name?: string;
  archived?: boolean;
  isPrivate?: boolean;
  /** Whether the app was invited to it; true where left out. */
  joined?: boolean;
}

export class Conversations {
  readonly messages: SlackMessage[] = [];
  readonly #channels = new Map<string, Required<ChannelFacts>>();
  #lastTs = 0;

  /** Makes a channel, or changes what is known of it. */
  addChannel(id: string, facts: ChannelFacts = {}): void {
    const before = this.#channels.get(id) ?? {
      name: id.toLowerCase(),
      archived: false,
      isPrivate: false,
      joined: true,
    };
    this.#channels.set(id, { ...before, ...facts });
  }

  nameOf(channel: string): string {
    return this.#channels.get(channel)?.name ?? 'directmessage';
  }

  /** As the app sees it. */
  info(channel: string) {
    const found = this.#channels.get(channel);
    const hidden = found === undefined || (found.isPrivate && !found.joined);
    if (hidden && !channel.startsWith('D')) throw new Refusal('channel_not_found');
    return {
      id: channel,
      name: this.nameOf(channel),
      is_private: found?.isPrivate ?? true,
      is_archived: found?.archived ?? false,
      is_member: found?.joined ?? true,
    };
  }

  /** Refuses what only members may do. */
  #enter(channel: string): void {
    if (!this.info(channel).is_member) throw new Refusal('not_in_channel');
  }

  dm(user: string): string {
    return `D${user.slice(1)}`;
  }

  post(to: string, message: Omit<SlackMessage, 'channel' | 'ts'>): SlackMessage {
    const channel = to.startsWith('U') ? this.dm(to) : to;
    if (this.info(channel).is_archived) throw new Refusal('is_archived');
    this.#enter(channel);
    const { thread_ts } = message;
    if (thread_ts !== undefined && !this.in(channel).some((one) => isTop(one, thread_ts))) {
      throw new Refusal('thread_not_found');
    }
    const ts = Math.max(this.#lastTs + 1, Date.now() * 1000);
    this.#lastTs = ts;
    const posted = {
      ...message,
      channel,
      ts: `${Math.floor(ts / 1e6)}.${String(ts % 1e6).padStart(6, '0')}`,
    };
    this.messages.push(posted);
    return posted;
  }

  find(channel: string, ts: string): SlackMessage {
    const found = this.messages.find((one) => one.channel === channel && one.ts === ts);
    if (found === undefined) throw new Refusal('message_not_found');
    return found;
  }

  remove(message: SlackMessage): void {
    this.messages.splice(this.messages.indexOf(message), 1);
  }

  in(channel: string): SlackMessage[] {
    return this.messages.filter((one) => one.channel === channel);
  }

  update(channel: string, ts: string, change: Partial<SlackMessage>): SlackMessage {
    if (this.info(channel).is_archived) throw new Refusal('is_archived');
    return Object.assign(this.find(channel, ts), change, { edited: true });
  }

  /** The replies to a message, oldest first. */
  repliesTo({ channel, ts }: SlackMessage): SlackMessage[] {
    return this.in(channel).filter((one) => one.thread_ts === ts && one.ts !== ts);
  }

  /** Newest first, and without the replies in threads. */
  history(channel: string, oldest: string, withMetadata: boolean) {
    this.#enter(channel);
    return this.in(channel)
      .filter((one) => isTop(one) && one.ephemeralFor === undefined && one.ts >= oldest)
      .map((one) => this.#listed(one, withMetadata))
      .reverse();
  }

  /** The message that begins the thread, then its replies, oldest first. */
  replies(channel: string, ts: string, oldest: string, withMetadata: boolean) {
    this.#enter(channel);
    const root = this.in(channel).find((one) => isTop(one, ts));
    if (root === undefined) throw new Refusal('thread_not_found');
    const replies = this.repliesTo(root).filter((one) => one.ts >= oldest);
    return [root, ...replies].map((one) => this.#listed(one, withMetadata));
  }

  #listed({ metadata, ...one }: SlackMessage, withMetadata: boolean) {
    const replies = this.repliesTo(one);
    const thread = { thread_ts: one.ts, reply_count: replies.length };
    return {
      ...asSent(one),
      ...(replies.length > 0 && thread),
      ...(withMetadata && metadata ? { metadata } : {}),
    };
  }
}

/** Whether it is no reply; `ts`: and that very message. */
function isTop(message: SlackMessage, ts = message.ts): boolean {
  return message.ts === ts && (message.thread_ts === undefined || message.thread_ts === ts);
}

/** A message as payloads and histories hold it. */
export function asSent(message: SlackMessage) {
  const { ts, text, blocks, thread_ts } = message;
  return {
    type: 'message',
    user: BOT.userId,
    bot_id: BOT.botId,
    app_id: BOT.appId,
    ts,
    text,
    blocks,
    ...(thread_ts && { thread_ts }),
  };
}
