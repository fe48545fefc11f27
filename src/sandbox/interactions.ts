import { randomUUID } from 'node:crypto';
import type {
  ActionSource,
  OptionState,
  SendOutcome,
  StateValues,
  SubmitOutcome,
} from './protocol.ts';
import type { Moves } from './slack/moves.ts';
import type { ElementAction } from './slack/payloads.ts';
import type { AckResponse } from './slack/requests.ts';
import { blocksOf, type SlackWorkspace } from './slack/workspace.ts';
import { app, channels, type DemoPerson, directMessageId, people, slackbot, team } from './team.ts';
import { placedElements, valueCarried } from './view-state.ts';

/** What people do in the page, told to the app as Slack tells it. */
export interface Interactions {
  /** Runs a slash command, given as it was typed. */
  command(person: DemoPerson, channelId: string, typed: string): Promise<SendOutcome>;
  /** Posts a message as a person; the app hears of what is written to it. */
  say(person: DemoPerson, channelId: string, text: string, thread?: string): Promise<SendOutcome>;
  /** A button was pressed, a menu changed, a dispatching field filled. */
  act(
    person: DemoPerson,
    source: ActionSource,
    action: ElementAction,
    values: StateValues,
  ): Promise<SendOutcome>;
  submit(person: DemoPerson, viewId: string, values: StateValues): Promise<SubmitOutcome>;
  /** Closes a modal, or with `all` the whole stack. */
  close(person: DemoPerson, viewId: string, all: boolean): Promise<void>;
  /** The app's options for a menu that it fills itself. */
  suggest(
    person: DemoPerson,
    source: ActionSource,
    place: { block_id: string; action_id: string; value: string },
  ): Promise<OptionState[]>;
  /** The person looks at one of the app's two tabs. */
  openHome(person: DemoPerson, tab: 'home' | 'messages'): Promise<void>;
}

const trouble = {
  connecting: 'We had some trouble connecting. Try again?',
  gone: 'This is no longer there. Somebody changed it while you were looking.',
};
const connecting: SendOutcome = { outcome: 'trouble', message: trouble.connecting };
const gone: SendOutcome = { outcome: 'trouble', message: trouble.gone };
const done: SendOutcome = { outcome: 'done' };

const cannotInvite = `Only @${app.name} can be invited, and only to a channel that it is not in yet.`;

export function createInteractions(workspace: SlackWorkspace, moves: Moves): Interactions {
  const { conversations, views } = workspace;

  const channelFor = (person: DemoPerson, channelId: string) => {
    const channel = conversations.get(channelId);
    return channel?.members.includes(person.id) ? channel : undefined;
  };
  const viewFor = (person: DemoPerson, viewId: string) => {
    const open = views.find(viewId);
    return open?.user === person.id ? open : undefined;
  };
  const messageFor = (person: DemoPerson, channelId: string, ts: string) => {
    const message = channelFor(person, channelId) && conversations.find(channelId, ts);
    const { ephemeralFor = person.id } = message ?? {};
    return ephemeralFor === person.id ? message : undefined;
  };

  /** Brings the app into a channel; undefined where that can't be. */
  const invite = async (
    person: DemoPerson,
    channelId: string,
    who: string,
  ): Promise<SendOutcome | undefined> => {
    const channel = conversations.get(channelId);
    const isApp = who.trim().replace(/^@/, '').toLowerCase() === app.name.toLowerCase();
    if (!isApp || !channel || channel.isIm || channel.members.includes(app.userId))
      return undefined;
    conversations.add(channelId, { members: [...channel.members, app.userId] });
    const text = `was added to #${channel.name} by <@${person.id}>.`;
    conversations.post(channelId, app.userId, { text });
    return delivered(
      moves.event({
        type: 'member_joined_channel',
        user: app.userId,
        channel: channelId,
        channel_type: channel.isPrivate ? 'G' : 'C',
        team: team.id,
        inviter: person.id,
      }),
    );
  };

  return {
    async command(person, channelId, typed) {
      if (!channelFor(person, channelId)) return gone;
      const [, command = '', text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(typed.trim()) ?? [];
      const fail = (text: string): SendOutcome => {
        conversations.post(channelId, slackbot.id, { text, ephemeralFor: person.id });
        return done;
      };
      if (command === '/invite')
        return (await invite(person, channelId, text)) ?? fail(cannotInvite);
      if (!app.commands.some((known) => known.command === command))
        return fail(`\`${command}\` is not a valid command.`);
      const ack = await answered(
        moves.command(person.id, channelId, { command, text: commandMarkup(text) }),
      );
      if (!ack) return fail(`${command} failed with the error "operation_timeout".`);
      return ack.status === 200
        ? done
        : fail(`${command} failed with the error "dispatch_failed".`);
    },

    async say(person, channelId, text, thread) {
      if (!channelFor(person, channelId)) return gone;
      const parent = thread === undefined ? undefined : conversations.find(channelId, thread);
      if (thread !== undefined && !parent) return gone;
      const sent = { text: messageMarkup(text), ...(thread ? { thread_ts: thread } : {}) };
      const { ts } = conversations.post(channelId, person.id, sent);
      if (channelId !== directMessageId(person.id, app.userId)) return done;
      return delivered(
        moves.event({
          client_msg_id: randomUUID(),
          type: 'message',
          channel_type: 'im',
          channel: channelId,
          user: person.id,
          team: team.id,
          ts,
          event_ts: ts,
          ...sent,
          ...(parent ? { parent_user_id: parent.user } : {}),
        }),
      );
    },

    async act(person, source, action, values) {
      if (source.kind === 'view') {
        const open = viewFor(person, source.view_id);
        const acted = open && placed(blocksOf(open), action);
        return acted ? delivered(moves.actInView(open, acted, values)) : gone;
      }
      const message = messageFor(person, source.channel, source.ts);
      const acted = message && placed(message.blocks, action);
      return acted ? delivered(moves.actInMessage(person.id, message, acted, values)) : gone;
    },

    async submit(person, viewId, values) {
      const open = viewFor(person, viewId);
      if (!open) return { outcome: 'trouble', message: trouble.gone };
      const submitted = await answered(moves.submit(open, values));
      if (!submitted || submitted.outcome === 'refused')
        return { outcome: 'trouble', message: trouble.connecting };
      const { ack: _, ...outcome } = submitted;
      return outcome;
    },

    async close(person, viewId, all) {
      const open = viewFor(person, viewId);
      if (open) await answered(moves.close(open, all));
    },

    suggest: async (person, source, place) =>
      (await answered(moves.suggest(person.id, source, place))) ?? [],

    async openHome(person, tab) {
      await answered(moves.openHome(person.id, tab));
    },
  };
}

/**
 * What was pressed, where it stands now. Slack tells the app of a press on what was drawn anew meanwhile: blocks
 * without names of their own have others then. Null: it is gone.
 */
function placed(blocks: readonly unknown[], action: ElementAction): ElementAction | null {
  const same = placedElements(blocks).filter(
    ({ element, input }) =>
      element.action_id === action.action_id &&
      (input !== undefined || element.type !== 'button' || valueCarried(element) === action.value),
  );
  if (same.some(({ blockId }) => blockId === action.block_id)) return action;
  const [again] = same.filter(({ input }) => input === undefined);
  return again ? { ...action, block_id: again.blockId } : null;
}

/** Undefined where the app was too late, or isn't there. */
function answered<T>(sent: Promise<T>): Promise<T | undefined> {
  return sent.catch(() => undefined);
}

async function delivered(sent: Promise<AckResponse>): Promise<SendOutcome> {
  return (await answered(sent))?.status === 200 ? done : connecting;
}

/** A message as Slack hands it on: control characters escaped, `@dana` or `@Dana Reyes` as `<@U0DANA>`. */
export function messageMarkup(typed: string): string {
  return withMentions(escaped(typed), (person) => `<@${person.id}>`);
}

/**
 * A command's text as Slack hands it to a command that asks for it (`should_escape`): people and
 * channels come with their ids and their names, such as `<@U0DANA|dana>`.
 */
export function commandMarkup(typed: string): string {
  const mentioned = withMentions(escaped(typed), ({ id, name }) => `<@${id}|${name}>`);
  return mentioned.replace(/(?<!\S)#([\w-]+)/g, (written, name) => {
    const channel = channels.find((one) => one.name === name);
    return channel ? `<#${channel.id}|${channel.name}>` : written;
  });
}

/** Slack escapes its own three control characters in whatever people type. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const names = people.flatMap(({ realName, name }) => [realName, name]);
/** An `@` in the middle of a word is an address, not a mention. */
const mentions = new RegExp(`(?<![\\w.])@(${names.join('|')})(?!\\w)`, 'gi');

function withMentions(text: string, mention: (person: DemoPerson) => string): string {
  return text.replace(mentions, (written, typed: string) => {
    const isMeant = (name: string) => name.toLowerCase() === typed.toLowerCase();
    const person = people.find((one) => isMeant(one.name) || isMeant(one.realName));
    return person ? mention(person) : written;
  });
}
