/** Channels and DMs with their messages, as the app may see and use them. */
import type { KnownBlock } from '@slack/types';
import { withIds } from './block-ids.ts';
import { moment } from './moment.ts';
import { Refusal } from './refusal.ts';

export interface PostedMessage {
  channel: string;
  ts: string;
  user: string;
  text: string;
  blocks: KnownBlock[];
  metadata?: { event_type: string; event_payload: Record<string, unknown> } | undefined;
  thread_ts?: string | undefined;
  /** Files that it shares. */
  fileIds?: string[] | undefined;
  edited?: boolean;
  /** Only this person sees it, and no history holds it. */
  ephemeralFor?: string;
  /** When it was posted, by the machine's clock (ms, see moment.ts). */
  at: number;
}

/** What is said; who says it, where and when is added. */
type Said = Pick<PostedMessage, 'text'> &
  Partial<Pick<PostedMessage, 'blocks' | 'metadata' | 'thread_ts' | 'ephemeralFor' | 'fileIds'>>;

export interface Channel {
  id: string;
  name: string;
  isIm: boolean;
  isPrivate: boolean;
  isArchived: boolean;
  topic: string;
  members: string[];
  /** By person, the ts up to which they have seen it. */
  lastRead: Record<string, string>;
}

export class Conversations {
  readonly #app: string;
  readonly #channels = new Map<string, Channel>();
  /** The app's DMs, by person. */
  readonly #dms = new Map<string, string>();
  #messages: PostedMessage[] = [];
  #lastTs = 0;
  /** How often anything was said, changed or removed. */
  #revision = 0;
  /** By message, the revision at which it came or last changed. */
  #changedAt = new WeakMap<PostedMessage, number>();
  readonly #removed: { channel: string; ts: string; revision: number }[] = [];

  /** @param app the app's user id */
  constructor(app: string) {
    this.#app = app;
  }

  /** Makes a channel, or changes what is known of it. */
  add(id: string, facts: Partial<Omit<Channel, 'id'>> = {}): Channel {
    const before = this.#channels.get(id) ?? {
      id,
      name: id.toLowerCase(),
      isIm: false,
      isPrivate: false,
      isArchived: false,
      topic: '',
      members: [this.#app],
      lastRead: {},
    };
    const channel = { ...before, ...facts };
    this.#channels.set(id, channel);
    if (channel.isIm && channel.members.includes(this.#app))
      for (const member of channel.members) this.#dms.set(member, id);
    return channel;
  }

  get(id: string): Channel | undefined {
    return this.#channels.get(id);
  }

  all(): Channel[] {
    return [...this.#channels.values()];
  }

  /** The app's DM with somebody; undefined where there is no such person. */
  dmWith(user: string): string | undefined {
    return this.#dms.get(user);
  }

  /** As payloads name it. */
  named(id: string): { id: string; name: string } {
    const channel = this.#channels.get(id);
    return { id, name: !channel || channel.isIm ? 'directmessage' : channel.name };
  }

  /** As the app sees it: a private channel that it isn't in is hidden from it. */
  info(id: string) {
    const channel = this.#channels.get(id);
    const isMember = channel?.members.includes(this.#app) ?? false;
    if (!channel || (channel.isPrivate && !isMember)) throw new Refusal('channel_not_found');
    return {
      ...this.named(id),
      is_im: channel.isIm,
      is_private: channel.isPrivate,
      is_archived: channel.isArchived,
      is_member: isMember,
    };
  }

  /** The app posts to a channel, or to a person's DM. */
  postAsApp(to: string, said: Said): PostedMessage {
    const channel = (to.startsWith('U') && this.dmWith(to)) || to;
    this.#refuseArchived(channel);
    this.#enter(channel);
    const { thread_ts } = said;
    if (thread_ts !== undefined && !this.in(channel).some((one) => isTop(one, thread_ts)))
      throw new Refusal('thread_not_found');
    return this.post(channel, this.#app, said);
  }

  /** Posts as anybody, whatever Slack would say. */
  post(channel: string, user: string, said: Said): PostedMessage {
    const now = moment();
    const ts = Math.max(this.#lastTs + 1, Math.floor(now * 1000));
    this.#lastTs = ts;
    const posted: PostedMessage = {
      ...said,
      channel,
      user,
      blocks: withIds(said.blocks ?? []),
      ts: `${Math.floor(ts / 1e6)}.${String(ts % 1e6).padStart(6, '0')}`,
      at: now,
    };
    this.#messages.push(posted);
    this.#note(posted);
    return posted;
  }

  /** What the app says in place of its own message; without blocks the former ones go. */
  updateAsApp(channel: string, ts: string, said: Omit<Said, 'thread_ts'>): PostedMessage {
    this.#refuseArchived(channel);
    this.#enter(channel);
    const found = this.#own(channel, ts, 'cant_update_message');
    const { text, metadata = found.metadata } = said;
    this.replace(found, said);
    return Object.assign(found, { text, metadata, edited: true });
  }

  replace(message: PostedMessage, { text, blocks = [] }: Said): void {
    Object.assign(message, { text, blocks: withIds(blocks) });
    this.#note(message);
  }

  removeAsApp(channel: string, ts: string): void {
    this.#enter(channel);
    this.remove(this.#own(channel, ts, 'cant_delete_message'));
  }

  remove(message: PostedMessage): void {
    this.#messages.splice(this.#messages.indexOf(message), 1);
    this.#note(message);
    const { channel, ts } = message;
    this.#removed.push({ channel, ts, revision: this.#revision });
  }

  /** Grows with all that is said, changed or removed. */
  get revision(): number {
    return this.#revision;
  }

  /** Those of a conversation that are new or have changed since a revision, oldest first. */
  changedSince(channel: string, revision: number): PostedMessage[] {
    return this.in(channel).filter((one) => (this.#changedAt.get(one) ?? 0) > revision);
  }

  /** What was removed since a revision. */
  removedSince(revision: number): { channel: string; ts: string }[] {
    return this.#removed
      .filter((one) => one.revision > revision)
      .map(({ channel, ts }) => ({ channel, ts }));
  }

  find(channel: string, ts: string): PostedMessage | undefined {
    return this.#messages.find((one) => one.channel === channel && one.ts === ts);
  }

  /** All of a conversation, what only one person sees included, oldest first. */
  in(channel: string): PostedMessage[] {
    return this.#messages.filter((one) => one.channel === channel);
  }

  /** The replies to a message, oldest first. */
  repliesTo({ channel, ts }: Pick<PostedMessage, 'channel' | 'ts'>): PostedMessage[] {
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
    const replies = this.repliesTo(root).filter(
      (one) => one.ephemeralFor === undefined && one.ts >= oldest,
    );
    return [root, ...replies].map((one) => this.#listed(one, withMetadata));
  }

  markRead(channel: string, user: string): void {
    const found = this.#channels.get(channel);
    if (found) found.lastRead[user] = this.in(channel).at(-1)?.ts ?? '';
  }

  snapshot(): { channels: Channel[]; messages: PostedMessage[] } {
    return { channels: this.all(), messages: this.#messages };
  }

  restore({ channels, messages }: { channels: Channel[]; messages: PostedMessage[] }): void {
    for (const { id, ...facts } of channels) this.add(id, facts);
    this.#messages = [...messages];
    this.#revision += 1;
    for (const message of messages) this.#changedAt.set(message, this.#revision);
    this.#lastTs = Math.max(0, ...messages.map(({ ts }) => Number(ts.replace('.', ''))));
  }

  /** A reply changes how many the message has that it answers. */
  #note({ channel, ts, thread_ts = ts }: PostedMessage): void {
    this.#revision += 1;
    for (const one of this.#messages)
      if (one.channel === channel && (one.ts === ts || one.ts === thread_ts))
        this.#changedAt.set(one, this.#revision);
  }

  /** Refuses what only members may do. */
  #enter(channel: string): void {
    if (!this.info(channel).is_member) throw new Refusal('not_in_channel');
  }

  #refuseArchived(channel: string): void {
    if (this.info(channel).is_archived) throw new Refusal('is_archived');
  }

  #own(channel: string, ts: string, refusal: string): PostedMessage {
    const found = this.find(channel, ts);
    if (!found || found.ephemeralFor !== undefined) throw new Refusal('message_not_found');
    if (found.user !== this.#app) throw new Refusal(refusal);
    return found;
  }

  #listed(one: PostedMessage, withMetadata: boolean) {
    const { user, text, ts, blocks, thread_ts, metadata, fileIds = [] } = one;
    const replies = this.repliesTo(one);
    return {
      type: 'message',
      user,
      ...(user === this.#app ? { bot_id: user.replace(/^U/, 'B') } : {}),
      text,
      ts,
      ...(blocks.length > 0 ? { blocks } : {}),
      ...(thread_ts ? { thread_ts } : {}),
      ...(replies.length > 0 ? { thread_ts: ts, reply_count: replies.length } : {}),
      ...(withMetadata && metadata ? { metadata } : {}),
      ...(fileIds.length > 0 ? { files: fileIds.map((id) => ({ id })) } : {}),
    };
  }
}

/** Whether it is no reply; `ts`: and that very message. */
function isTop(message: PostedMessage, ts = message.ts): boolean {
  return message.ts === ts && (message.thread_ts === undefined || message.thread_ts === ts);
}
