/** `/bigplan` and its sub-commands, which the slices register. */
import type { App, RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { escapeText } from './text.ts';
import { truncate } from './truncate.ts';

export const COMMAND = '/bigplan';

/** What a sub-command's handler gets. Slack has its acknowledgement already. */
export interface CommandRequest {
  teamId: string;
  userId: string;
  channelId: string;
  /** What follows the sub-command's name, as it was typed, trimmed. */
  args: string;
  /** Opens one modal within 3 s of the command. */
  triggerId: string;
  /** Answers so that only the person sees it, unless told otherwise. */
  respond: RespondFn;
  client: WebClient;
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

interface Entry {
  handler: CommandHandler;
  help: string;
}

const MAX_ECHO = 40;

/** Listens to the command on `app`. Unknown words get the help, never silence. */
export function createCommands(app: App): Commands {
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

  app.command(COMMAND, async ({ ack, command, respond, client }) => {
    await ack();
    const [, word = '', args = ''] = /^\s*(\S*)\s*([\s\S]*?)\s*$/.exec(command.text ?? '') ?? [];
    await find(word)({
      teamId: command.team_id,
      userId: command.user_id,
      channelId: command.channel_id,
      args,
      triggerId: command.trigger_id,
      respond,
      client,
    });
  });

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
