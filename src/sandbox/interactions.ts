import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AppAnswer, AppClient } from './app-client.ts';
import type { EmulatedSlack } from './emulated-slack.ts';
import { commandMarkup, messageMarkup } from './markup.ts';
import type { Messages } from './messages.ts';
import type { Modals } from './modals.ts';
import {
  type Action,
  closedPayload,
  commandPayload,
  eventPayload,
  messageActionPayload,
  submissionPayload,
  suggestionPayload,
  viewActionPayload,
  viewPayload,
} from './payloads.ts';
import type {
  ActionSource,
  OptionState,
  SendOutcome,
  StateValues,
  SubmitOutcome,
} from './protocol.ts';
import { parseReply, type ResponseUrls } from './response-urls.ts';
import type { Tokens } from './seed.ts';
import type { ChannelRow, MessageRow, ViewRow } from './slack-store.ts';
import { app, directMessageId, type Person, slackbot, team } from './team.ts';
import { placedElements } from './view-state.ts';

/** What people do in the page, told to the app as Slack tells it. */
export interface Interactions {
  /** Runs a slash command, given as it was typed. */
  command(person: Person, channelId: string, typed: string): Promise<SendOutcome>;
  /** Posts a message as a person; the app hears of what is written to it. */
  say(person: Person, channelId: string, text: string, thread?: string): Promise<SendOutcome>;
  /** A button was pressed, a menu changed, a dispatching field filled. */
  act(
    person: Person,
    source: ActionSource,
    action: Action,
    values: StateValues,
  ): Promise<SendOutcome>;
  submit(person: Person, viewId: string, values: StateValues): Promise<SubmitOutcome>;
  /** Closes a modal, or with `all` the whole stack. */
  close(person: Person, viewId: string, values: StateValues, all: boolean): Promise<void>;
  /** The app's options for a menu that it fills itself. */
  suggest(
    person: Person,
    source: ActionSource,
    place: { block_id: string; action_id: string; value: string },
  ): Promise<OptionState[]>;
  /** The person looks at one of the app's two tabs. */
  openHome(person: Person, tab: 'home' | 'messages'): Promise<void>;
}

export interface InteractionParts {
  slack: EmulatedSlack;
  tokens: Tokens;
  client: AppClient;
  modals: Modals;
  messages: Messages;
  responseUrls: ResponseUrls;
}

const submissionAnswer = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: z.looseObject({}) }),
  z.object({ response_action: z.literal('push'), view: z.looseObject({}) }),
  z.object({ response_action: z.literal('clear') }),
]);

const option = z.looseObject({
  text: z.looseObject({ type: z.enum(['plain_text', 'mrkdwn']), text: z.string() }),
  value: z.string(),
});
const suggestions = z.union([
  z.object({ options: z.array(option) }),
  z.object({ option_groups: z.array(z.object({ options: z.array(option) })) }),
]);

const trouble = {
  connecting: 'We had some trouble connecting. Try again?',
  gone: 'This is no longer there. Somebody changed it while you were looking.',
};

const cannotInvite = `Only @${app.name} can be invited, and only to a channel that it is not in yet.`;

export function createInteractions(parts: InteractionParts): Interactions {
  const { slack, tokens, client, modals, messages, responseUrls } = parts;
  const { store } = slack;

  const mintTrigger = async (person: Person, viewId?: string): Promise<string> => {
    const minted = await slack.call(tokens.bot, 'views.generateTriggerId', {
      user_id: person.id,
      ...(viewId ? { view_id: viewId } : {}),
    });
    return String(minted.trigger_id);
  };

  const channelFor = (person: Person, channelId: string): ChannelRow | undefined =>
    store.channels
      .findBy('channel_id', channelId)
      .find((channel) => channel.members.includes(person.id));

  const viewFor = (person: Person, viewId: string): ViewRow | undefined =>
    store.views.findBy('view_id', viewId).find((view) => view.user_id === person.id);

  const messageFor = (person: Person, channelId: string, ts: string) => {
    const matches = (row: MessageRow) => row.channel_id === channelId && row.ts === ts;
    const shown = store.messages.all().find(matches);
    const whispered = store.ephemeralMessages
      .findBy('target_user', person.id)
      .find((row) => matches(row));
    const row = shown ?? whispered;
    return row && { row, isEphemeral: !shown };
  };

  const tell = async (person: Person, event: Record<string, unknown>) =>
    client.sendEvent(eventPayload(`Ev${randomUUID()}`, { user: person.id, ...event }));

  /** Brings the app into a channel; undefined where that can't be. */
  const invite = async (person: Person, channel: ChannelRow, who: string) => {
    if (who.trim().replace(/^@/, '').toLowerCase() !== app.name.toLowerCase()) return undefined;
    const invited = await slack.call(tokens.people.get(person.id) ?? '', 'conversations.invite', {
      channel: channel.channel_id,
      users: app.userId,
    });
    if (!invited.ok) return undefined;
    const text = `was added to #${channel.name} by <@${person.id}>.`;
    messages.post(channel.channel_id, app.userId, { text });
    return { outcome: 'done' } as const;
  };

  const placed = (source: ViewRow | MessageRow, action: Action) =>
    placedElements(source.blocks ?? []).some(
      ({ blockId, element }) =>
        blockId === action.block_id && element.action_id === action.action_id,
    );

  return {
    async command(person, channelId, typed) {
      const channel = channelFor(person, channelId);
      if (!channel) return { outcome: 'trouble', message: trouble.gone };
      const [, command = '', text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(typed.trim()) ?? [];
      const fail = (said: string): SendOutcome => {
        messages.whisper(channelId, slackbot.id, person.id, { text: said });
        return { outcome: 'done' };
      };
      if (command === '/invite') return (await invite(person, channel, text)) ?? fail(cannotInvite);
      if (!app.commands.some((known) => known.command === command))
        return fail(`\`${command}\` is not a valid command.`);
      const answer = await client.sendForm(
        commandPayload(
          person,
          { id: channelId, name: channel.is_im ? 'directmessage' : channel.name },
          { command, text: commandMarkup(text) },
          {
            trigger_id: await mintTrigger(person),
            response_url: responseUrls.issue({ channel: channelId, user: person.id }),
          },
        ),
      );
      if (answer.kind !== 'answered')
        return fail(`${command} failed with the error "operation_timeout".`);
      if (answer.status !== 200) return fail(`${command} failed with the error "dispatch_failed".`);
      if (answer.body.trim()) {
        const said = parseReply(answer.body) ?? { text: answer.body, response_type: 'ephemeral' };
        if (said.response_type === 'in_channel') messages.post(channelId, app.userId, said);
        else messages.whisper(channelId, app.userId, person.id, said);
      }
      return { outcome: 'done' };
    },

    async say(person, channelId, text, thread) {
      const channel = channelFor(person, channelId);
      const token = tokens.people.get(person.id);
      if (!channel || !token) return { outcome: 'trouble', message: trouble.gone };
      const sent = messageMarkup(text);
      const posted = await slack.call(token, 'chat.postMessage', {
        channel: channelId,
        text: sent,
        ...(thread ? { thread_ts: thread } : {}),
      });
      if (!posted.ok) return { outcome: 'trouble', message: `Not sent: ${posted.error}.` };
      if (channelId !== directMessageId(person.id, app.userId)) return { outcome: 'done' };
      const parent = store.messages
        .findBy('channel_id', channelId)
        .find((row) => row.ts === thread);
      const answer = await tell(person, {
        client_msg_id: randomUUID(),
        type: 'message',
        channel_type: 'im',
        channel: channelId,
        team: team.id,
        text: sent,
        ts: posted.ts,
        event_ts: posted.ts,
        ...(thread ? { thread_ts: thread } : {}),
        ...(parent ? { parent_user_id: parent.user } : {}),
      });
      return delivered(answer);
    },

    async act(person, source, action, values) {
      if (source.kind === 'view') {
        const view = viewFor(person, source.view_id);
        if (!view || !placed(view, action)) return { outcome: 'trouble', message: trouble.gone };
        const triggerId = await mintTrigger(person, view.view_id);
        return delivered(
          await client.sendInteraction(viewActionPayload(person, view, action, values, triggerId)),
        );
      }
      const channel = channelFor(person, source.channel);
      const message = messageFor(person, source.channel, source.ts);
      if (!channel || !message || !placed(message.row, action))
        return { outcome: 'trouble', message: trouble.gone };
      return delivered(
        await client.sendInteraction(
          messageActionPayload(
            person,
            message.row,
            { id: channel.channel_id, name: channel.is_im ? 'directmessage' : channel.name },
            message.isEphemeral,
            action,
            values,
            {
              trigger_id: await mintTrigger(person),
              response_url: responseUrls.issue({
                channel: source.channel,
                user: person.id,
                original: source.ts,
                thread: message.row.thread_ts,
              }),
            },
          ),
        ),
      );
    },

    async submit(person, viewId, values) {
      const view = viewFor(person, viewId);
      if (!view) return { outcome: 'trouble', message: trouble.gone };
      const answer = await client.sendInteraction(
        submissionPayload(person, view, values, await mintTrigger(person, viewId)),
      );
      if (answer.kind !== 'answered' || answer.status !== 200)
        return { outcome: 'trouble', message: trouble.connecting };
      if (!answer.body.trim()) {
        modals.close(person.id, viewId);
        return { outcome: 'done' };
      }
      const parsed = submissionAnswer.safeParse(parseJson(answer.body));
      if (!parsed.success) return { outcome: 'trouble', message: trouble.connecting };
      const reply = parsed.data;
      switch (reply.response_action) {
        case 'errors':
          return { outcome: 'errors', errors: reply.errors };
        case 'clear':
          modals.closeAll(person.id);
          return { outcome: 'done' };
        case 'update':
          return shown(
            await slack.call(tokens.bot, 'views.update', { view_id: viewId, view: reply.view }),
          );
        case 'push':
          return shown(
            await slack.call(tokens.bot, 'views.push', {
              trigger_id: await mintTrigger(person, viewId),
              view: reply.view,
            }),
          );
      }
    },

    async close(person, viewId, values, all) {
      const stack = modals.of(person.id);
      const from = all ? 0 : stack.findIndex((view) => view.view_id === viewId);
      if (from < 0) return;
      const cleared = all || stack[from]?.clear_on_close === true;
      const leaving = stack.slice(cleared ? 0 : from).reverse();
      if (cleared) modals.closeAll(person.id);
      else modals.close(person.id, viewId);
      for (const view of leaving.filter((one) => one.notify_on_close))
        await client.sendInteraction(
          closedPayload(person, view, view.view_id === viewId ? values : {}, cleared),
        );
    },

    async suggest(person, source, place) {
      const view = source.kind === 'view' ? viewFor(person, source.view_id) : undefined;
      const answer = await client.sendInteraction(suggestionPayload(person, place, view, source));
      const parsed = suggestions.safeParse(
        answer.kind === 'answered' ? parseJson(answer.body) : undefined,
      );
      if (!parsed.success) return [];
      return 'options' in parsed.data
        ? parsed.data.options
        : parsed.data.option_groups.flatMap((group) => group.options);
    },

    async openHome(person, tab) {
      const home = store.views.findBy('user_id', person.id).find((view) => view.type === 'home');
      await tell(person, {
        type: 'app_home_opened',
        channel: directMessageId(person.id, app.userId),
        tab,
        event_ts: String(Date.now() / 1000),
        ...(home && tab === 'home' ? { view: viewPayload(home) } : {}),
      });
    },
  };
}

function delivered(answer: AppAnswer): SendOutcome {
  return answer.kind === 'answered' && answer.status === 200
    ? { outcome: 'done' }
    : { outcome: 'trouble', message: trouble.connecting };
}

function shown(result: { ok: boolean }): SubmitOutcome {
  return result.ok ? { outcome: 'done' } : { outcome: 'trouble', message: trouble.connecting };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
