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

export class Conversations {
  readonly messages: SlackMessage[] = [];
  readonly #channels = new Map<string, { name: string; archived: boolean }>();
  #lastTs = 0;

  addChannel(id: string, facts: { name?: string; archived?: boolean } = {}): void {
    this.#channels.set(id, {
      name: facts.name ?? id.toLowerCase(),
      archived: facts.archived ?? false,
    });
  }

  info(channel: string) {
    const found = this.#channels.get(channel);
    if (found === undefined && !channel.startsWith('D')) throw new Refusal('channel_not_found');
    return {
      id: channel,
      name: found?.name ?? 'directmessage',
      is_archived: found?.archived ?? false,
    };
  }

  dm(user: string): string {
    return `D${user.slice(1)}`;
  }

  post(to: string, message: Omit<SlackMessage, 'channel' | 'ts'>): SlackMessage {
    const channel = to.startsWith('U') ? this.dm(to) : to;
    if (this.info(channel).is_archived) throw new Refusal('is_archived');
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

  history(channel: string, oldest: string, withMetadata: boolean) {
    this.info(channel);
    return this.in(channel)
      .filter((one) => one.ephemeralFor === undefined && one.ts >= oldest)
      .map(({ metadata, ...one }) => ({
        ...asSent(one),
        ...(withMetadata && metadata ? { metadata } : {}),
      }))
      .reverse();
  }
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
