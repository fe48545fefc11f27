/** `/bigplan` and its sub-commands, which the slices register. */
import type { App, RespondFn, SlashCommand } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { PersonRef } from '../db/store.ts';
import { action } from './action.ts';
import { one } from './codec.ts';
import { fitMessage } from './limits.ts';
import type { On } from './on.ts';
import type { Message } from './surfaces.ts';
import { escapeText } from './text.ts';
import { truncate } from './truncate.ts';
import { type Making, openView } from './views.ts';

export const COMMAND = '/bigplan';

/** What a sub-command's handler gets. Slack has its acknowledgement already. */
export interface CommandRequest {
  actor: PersonRef;
  channelId: string;
  /** What follows the sub-command's name, as it was typed, trimmed. */
  args: string;
  /** Opens one modal within 3 s of the command. */
  triggerId: string;
  /** Answers so that only the person sees it, unless told otherwise. */
  respond: RespondFn;
  client: WebClient;
  /** Opens a modal. What takes more than a moment goes into the making. */
  open(making: Making<ModalView>): Promise<void>;
  /** Answers with a message that only the person sees. */
  answer(message: Message): Promise<unknown>;
}

export type CommandHandler = (request: CommandRequest) => Promise<unknown>;

export interface Commands {
  /**
   * Adds `/bigplan <name>`.
   *
   * @param help what it does, in mrkdwn, for the list behind `/bigplan help`.
   */
  subcommand(name: string, handler: CommandHandler, help: string): void;
  /** What `/bigplan` alone does. */
  whenAlone(handler: CommandHandler, help: string): void;
  /** The names registered so far. */
  names(): string[];
}

/** What was typed, for the button that does it once more. */
export const COMMAND_AGAIN = action('command_again', one(z.string().max(2000)));

type Typed = Pick<SlashCommand, 'team_id' | 'user_id' | 'channel_id' | 'trigger_id' | 'text'>;
type Channel = Pick<CommandRequest, 'respond' | 'client'>;

interface Entry {
  handler: CommandHandler;
  help: string;
}

const MAX_ECHO = 40;

/** Listens to the command on `app`. Unknown words get the help, never silence. */
export function createCommands(app: App, on: On): Commands {
  const entries = new Map<string, Entry>();
  let alone: Entry | null = null;

  function help(intro: string): string {
    const known = [...entries].map(([name, entry]) => `\`${COMMAND} ${name}\` ${entry.help}`);
    const first = alone === null ? [] : [`\`${COMMAND}\` ${alone.help}`];
    return [intro, ...first, ...known, `\`${COMMAND} help\` shows this list`].join('\n');
  }

  function find(word: string): CommandHandler {
    const entry = word === '' ? alone : entries.get(word.toLowerCase());
    if (entry) return entry.handler;
    const intro =
      word === '' || word.toLowerCase() === 'help'
        ? 'What Bigplan can do:'
        : `I don't know “${escapeText(truncate(word, MAX_ECHO))}”. What I can do:`;
    return ({ respond }) => respond({ response_type: 'ephemeral', text: help(intro) });
  }

  async function run(command: Typed, { respond, client }: Channel) {
    const [, word = '', args = ''] = /^\s*(\S*)\s*([\s\S]*?)\s*$/.exec(command.text ?? '') ?? [];
    await find(word)({
      actor: { workspaceId: command.team_id, userId: command.user_id },
      open: (making) => openView(client, command.trigger_id, making),
      answer(message) {
        const { text, blocks } = fitMessage(message);
        return respond({ response_type: 'ephemeral', text, blocks });
      },
      channelId: command.channel_id,
      args,
      triggerId: command.trigger_id,
      respond,
      client,
    });
  }

  app.command(COMMAND, async ({ ack, command, respond, client }) => {
    await ack();
    await run(command, { respond, client });
  });

  // Its trigger was lost: the button under the words that say so brings a new one.
  on.click(COMMAND_AGAIN, async ({ actor, value, client, triggerId, respond }) =>
    run(
      {
        team_id: actor.workspaceId,
        user_id: actor.userId,
        channel_id: '',
        trigger_id: triggerId,
        text: value,
      },
      { respond, client },
    ),
  );

  return {
    subcommand(name, handler, text) {
      if (entries.has(name)) throw new Error(`${COMMAND} ${name} is registered twice`);
      entries.set(name, { handler, help: text });
    },
    whenAlone(handler, text) {
      alone = { handler, help: text };
    },
    names: () => [...entries.keys()],
  };
}
