import { randomUUID } from 'node:crypto';
import type { ClockMover } from './clock-mover.ts';
import { type ClockMoves, leapFrom, leaps } from './clock-moves.ts';
import type {
  ConversationState,
  MessageState,
  PersonState,
  ViewState,
  WorkspaceState,
} from './protocol.ts';
import type { Channel, PostedMessage } from './slack/conversations.ts';
import { viewPayload } from './slack/payloads.ts';
import type { OpenView } from './slack/views.ts';
import type { SlackWorkspace } from './slack/workspace.ts';
import {
  app,
  type DemoPerson,
  directMessageId,
  findDemoPerson,
  people,
  slackbot,
  team,
} from './team.ts';

/** Another one with each start: what was known of the one before is no beginning for this one. */
const run = randomUUID().slice(0, 8);

/**
 * Puts together everything that one person sees.
 *
 * @param since the stamp of a state that they have: of the messages, only what is new since is there
 */
export function workspaceState(
  person: DemoPerson,
  workspace: SlackWorkspace,
  clock: ClockMoves,
  mover: ClockMover,
  since: string | null = null,
): WorkspaceState {
  const now = clock.now();
  const { conversations, views } = workspace;
  const home = views.home(person.id);
  const stampOf = (revision: number) => `${run}.${person.id}.${revision}`;
  const revision = since === null ? Number.NaN : Number(since.split('.').at(-1));
  const known = since === stampOf(revision) ? revision : null;
  const visible = conversations
    .all()
    .filter((channel) => channel.members.includes(person.id))
    .map((channel) => {
      const changed = known === null ? null : conversations.changedSince(channel.id, known);
      return conversationState(channel, conversations.in(channel.id), { changed, person, clock });
    });
  const viewState = (open: OpenView) => viewPayload(workspace, open) as unknown as ViewState;
  return {
    stamp: stampOf(conversations.revision),
    since: known === null ? null : since,
    removed: known === null ? [] : conversations.removedSince(known),
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
    modals: views.stack(person.id).map(viewState),
    now: now.toISOString(),
    movingTo: mover.goal()?.toISOString() ?? null,
    leaps: leaps.map((leap) => ({
      leap,
      at: leapFrom(now, leap, person.timeZone).toISOString(),
    })),
  };
}

function conversationState(
  channel: Channel,
  all: readonly PostedMessage[],
  sent: { changed: readonly PostedMessage[] | null; person: DemoPerson; clock: ClockMoves },
): ConversationState {
  const { changed, person, clock } = sent;
  const isSeen = ({ ephemeralFor = person.id }: PostedMessage) => ephemeralFor === person.id;
  const seen = all.filter(isSeen);
  const lastRead = channel.lastRead[person.id] ?? '';
  return {
    id: channel.id,
    ...kindAndName(channel, person),
    topic: channel.topic,
    members: channel.members,
    unread: seen.filter(({ ts, user }) => ts > lastRead && user !== person.id).length,
    messages: (changed?.filter(isSeen) ?? seen).map((message) =>
      messageState(message, all, clock.at),
    ),
  };
}

function kindAndName(
  channel: Channel,
  person: DemoPerson,
): Pick<ConversationState, 'kind' | 'name'> {
  const others = channel.members.filter((id) => id !== person.id);
  if (channel.isIm && others.includes(app.userId)) return { kind: 'app', name: app.name };
  const names = others.map((id) => findDemoPerson(id)?.realName ?? app.name).join(', ');
  if (channel.isIm) return { kind: 'direct', name: names };
  return { kind: channel.isPrivate ? 'private' : 'channel', name: channel.name };
}

function messageState(
  message: PostedMessage,
  others: readonly PostedMessage[],
  at: (realTime: number) => Date,
): MessageState {
  const { channel, ts, user, text, blocks, thread_ts } = message;
  const isReply = thread_ts !== undefined && thread_ts !== ts;
  return {
    channel,
    ts,
    user,
    text,
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(isReply ? { thread_ts } : {}),
    replies: others.filter((other) => other.thread_ts === ts && other.ts !== ts).length,
    // Slack does not call it edited when an app exchanges a message's blocks.
    edited: message.edited === true && blocks.length === 0,
    ephemeral: message.ephemeralFor !== undefined,
    at: at(message.at).toISOString(),
  };
}

function personState(person: DemoPerson): PersonState {
  const { id, name, realName, title, timeZone } = person;
  return { id, name, realName, title, timeZone, isBot: false };
}

function bot(id: string, realName: string): PersonState {
  return { id, name: realName.toLowerCase(), realName, title: '', timeZone: 'UTC', isBot: true };
}
