import type { KnownBlock } from '@slack/types';
import { leapFrom, leaps } from './clock-leaps.ts';
import type { ClockMover } from './clock-mover.ts';
import type { ClockMoves } from './clock-moves.ts';
import type { Modals } from './modals.ts';
import { viewPayload } from './payloads.ts';
import type {
  ConversationState,
  FileState,
  MessageState,
  PersonState,
  ViewState,
  WorkspaceState,
} from './protocol.ts';
import type {
  ChannelRow,
  EphemeralRow,
  FileRow,
  MessageRow,
  SlackStore,
  ViewRow,
} from './slack-store.ts';
import { app, directMessageId, findPerson, type Person, people, slackbot, team } from './team.ts';

/** Puts together everything that one person sees. */
export function workspaceState(
  person: Person,
  store: SlackStore,
  modals: Modals,
  clock: ClockMoves,
  mover: ClockMover,
): WorkspaceState {
  const now = clock.now();
  const home = store.views.findBy('user_id', person.id).find((view) => view.type === 'home');
  const visible = store.channels
    .all()
    .filter((channel) => channel.members.includes(person.id))
    .map((channel) => conversationState(channel, person, store, clock.at));
  return {
    team: team.name,
    me: personState(person),
    people: [
      ...people.map(personState),
      bot(app.userId, app.name),
      bot(slackbot.id, slackbot.realName),
    ],
    app: {
      id: app.userId,
      name: app.name,
      channel: directMessageId(person.id, app.userId),
      commands: app.commands,
    },
    conversations: visible,
    home: home ? viewState(home) : null,
    modals: modals.of(person.id).map(viewState),
    now: now.toISOString(),
    movingTo: mover.goal()?.toISOString() ?? null,
    leaps: leaps.map((leap) => ({
      leap,
      at: leapFrom(now, leap, person.timeZone).toISOString(),
    })),
  };
}

function conversationState(
  channel: ChannelRow,
  person: Person,
  store: SlackStore,
  at: (realTime: Date) => Date,
): ConversationState {
  const shown = store.messages.findBy('channel_id', channel.channel_id);
  const whispered = store.ephemeralMessages
    .findBy('channel_id', channel.channel_id)
    .filter((message) => message.target_user === person.id);
  const rows = [...shown, ...whispered].sort(byPosting);
  const messages = rows.map((row) => messageState(row, shown, at));
  const lastRead = channel.read_until?.[person.id] ?? '';
  return {
    id: channel.channel_id,
    ...kindAndName(channel, person),
    topic: channel.topic.value,
    members: channel.members,
    unread: rows.filter((row) => row.created_at > lastRead && row.user !== person.id).length,
    messages,
  };
}

function kindAndName(
  channel: ChannelRow,
  person: Person,
): Pick<ConversationState, 'kind' | 'name'> {
  const others = channel.members.filter((id) => id !== person.id);
  if (channel.is_im && others.includes(app.userId)) return { kind: 'app', name: app.name };
  const names = others.map((id) => findPerson(id)?.realName ?? app.name).join(', ');
  if (channel.is_im) return { kind: 'direct', name: names };
  if (channel.is_mpim) return { kind: 'group', name: names };
  return { kind: channel.is_private ? 'private' : 'channel', name: channel.name };
}

function messageState(
  row: MessageRow | EphemeralRow,
  others: readonly MessageRow[],
  at: (realTime: Date) => Date,
): MessageState {
  const isReply = row.thread_ts !== undefined && row.thread_ts !== row.ts;
  return {
    ts: row.ts,
    channel: row.channel_id,
    user: row.user,
    text: row.text,
    // The emulator keeps what the app sent; the page shows blocks of unknown types as their text.
    ...(row.blocks ? { blocks: row.blocks as KnownBlock[] } : {}),
    ...(row.files?.length ? { files: row.files.map(fileState) } : {}),
    ...(isReply && row.thread_ts ? { thread_ts: row.thread_ts } : {}),
    replies: others.filter((other) => other.thread_ts === row.ts && other.ts !== row.ts).length,
    // Slack does not call it edited when an app exchanges a message's blocks.
    edited: row.edited !== undefined && !row.blocks?.length,
    ephemeral: 'target_user' in row,
    at: at(new Date(row.created_at)).toISOString(),
  };
}

function fileState(file: FileRow): FileState {
  const { file_id: id, name, title, mimetype, alt_txt } = file;
  return { id, name, title, mimetype, ...(alt_txt ? { alt_txt } : {}) };
}

function viewState(view: ViewRow): ViewState {
  return viewPayload(view) as unknown as ViewState;
}

function personState(person: Person): PersonState {
  const { id, name, realName, title, timeZone } = person;
  return { id, name, realName, title, timeZone, isBot: false };
}

function bot(id: string, realName: string): PersonState {
  return { id, name: realName.toLowerCase(), realName, title: '', timeZone: 'UTC', isBot: true };
}

function byPosting(one: MessageRow, other: MessageRow): number {
  return one.created_at.localeCompare(other.created_at) || one.ts.localeCompare(other.ts);
}
