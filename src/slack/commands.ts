/** `/bigplan` and its sub-commands, which the slices register. */
import type { App, RespondFn, SlashCommand } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Stash } from '../db/stash.ts';
import type { PersonRef } from '../db/store.ts';
import { nearestOf } from '../input/nearest.ts';
import { inTurn } from './admission.ts';
import { actions, button, section } from './blocks.ts';
import { COMMAND, COMMAND_AGAIN, MOST_TYPED } from './ids.ts';
import { fitMessage } from './limits.ts';
import type { On } from './on.ts';
import { stow } from './stashed.ts';
import { type Message, message } from './surfaces.ts';
import { lines, type Mrkdwn, mrkdwn, raw } from './text.ts';
import { truncate } from './truncate.ts';
import { admit, type Door, doorOf, type Making, makeNow, openView } from './views.ts';
import { actorOf } from './workspaces/acting.ts';

/** What a sub-command's handler gets. Slack has its acknowledgement already. */
export interface CommandRequest {
  actor: PersonRef;
  channelId: string;
  /** What follows the sub-command's name, as it was typed, trimmed. */
  args: string;
  /** Answers so that only the person sees it, unless told otherwise. */
  respond: RespondFn;
  client: WebClient;
  /** Opens a modal. What takes more than a moment goes into the making. */
  open(making: Making<ModalView>): Promise<void>;
  /** Answers with a message that only the person sees. */
  answer(message: Message): Promise<unknown>;
}

export type CommandHandler = (request: CommandRequest) => Promise<unknown>;
/** Of what opens no modal. */
export type AnswerHandler = (request: Omit<CommandRequest, 'open'>) => Promise<unknown>;

export interface Commands {
  /**
   * Adds `/bigplan <name>`.
   *
   * @param help what it does, in mrkdwn, for the list behind `/bigplan help`.
   */
  subcommand(name: string, handler: CommandHandler, help: string): void;
  /** Adds one that only answers: it may wait for its turn. */
  answering(name: string, handler: AnswerHandler, help: string): void;
  /** What `/bigplan` alone does. */
  whenAlone(handler: CommandHandler, help: string): void;
  /** What `/bigplan help` does; the list of everything where nobody says. */
  whenHelp(handler: AnswerHandler): void;
  /** What is answered to words that begin with no sub-command; null: nothing, so the nearest is offered. */
  whenUnknown(
    answer: (request: Omit<CommandRequest, 'open'>, text: string) => Promise<Message | null>,
  ): void;
  /** What some sub-commands do (the empty name: `/bigplan` alone), a line of mrkdwn each. */
  helpOf(names: readonly string[]): Mrkdwn;
  /** The names registered so far. */
  names(): string[];
}

type Typed = Pick<SlashCommand, 'channel_id' | 'text'> & { actor: PersonRef };
type Channel = Pick<CommandRequest, 'respond'> & { door: Door };

interface Entry {
  handler: CommandHandler;
  mayOpen: boolean;
  help?: string;
}

const MAX_ECHO = 40;

/** Listens to the command on `app`. Unknown words get what is nearest, never silence. */
export function createCommands(app: App, on: On, stash: Stash): Commands {
  const entries = new Map<string, Entry>();
  let alone: Entry | null = null;

  let helper: AnswerHandler | null = null;
  let stranger: Parameters<Commands['whenUnknown']>[0] = async () => null;

  function helpOf(names: readonly string[]): Mrkdwn {
    const known = names.flatMap((name) => {
      const entry = name === '' ? alone : entries.get(name);
      return entry ? [raw(`\`${[COMMAND, name].join(' ').trim()}\` ${entry.help}`)] : [];
    });
    return lines(...known);
  }

  const listAll: AnswerHandler = ({ answer }) => {
    const words = lines('What Bigplan can do:', helpOf(['', ...entries.keys()]));
    return answer(message(words, [section(words)]));
  };

  function unknown(word: string, args: string): Message {
    const near = nearestOf(word, [...entries.keys(), 'help']);
    const said = mrkdwn`I don't know “${truncate(word, MAX_ECHO)}”.`;
    const words = near ? mrkdwn`${said} Did you mean \`${COMMAND} ${near}\`?` : said;
    const typed = `${near ?? ''} ${args}`.trim();
    return message(words, [
      section(words),
      actions([
        ...(near && typed.length <= MOST_TYPED
          ? [
              button(`Yes, ${COMMAND} ${near}`, {
                ...COMMAND_AGAIN.numbered('near', typed),
                style: 'primary' as const,
              }),
            ]
          : []),
        button('What can I ask for?', COMMAND_AGAIN.numbered('help', 'help')),
      ]),
    ]);
  }

  function find(word: string): Entry {
    const entry = word === '' ? alone : entries.get(word.toLowerCase());
    if (entry) return entry;
    if (word === '' || word.toLowerCase() === 'help') {
      return { handler: helper ?? listAll, mayOpen: false };
    }
    return {
      mayOpen: false,
      async handler(request) {
        const text = `${word} ${request.args}`.trim();
        const answer = await stranger(request, text);
        return request.answer(answer ?? unknown(word, request.args));
      },
    };
  }

  async function run(command: Typed, { respond, door }: Channel) {
    const [, word = '', args = ''] = /^\s*(\S*)\s*([\s\S]*?)\s*$/.exec(command.text ?? '') ?? [];
    const { actor } = command;
    const { handler, mayOpen } = find(word);
    const request: CommandRequest = {
      actor,
      open: (making) => openView(door, async () => stow(stash, actor, await makeNow(making))),
      async answer(message) {
        const { text, blocks } = fitMessage(await stow(stash, actor, message));
        return respond({ response_type: 'ephemeral', text, blocks });
      },
      channelId: command.channel_id,
      args,
      respond,
      client: door.client,
    };
    if (mayOpen) await admit(door, () => handler(request));
    else await inTurn(() => handler(request));
  }

  app.command(COMMAND, async ({ ack, command, respond, client }) => {
    await ack();
    const door = doorOf(client, command.trigger_id);
    await run({ ...command, actor: actorOf(command) }, { respond, door });
  });

  // Its trigger was lost: the button under the words that say so brings a new one.
  on.click(COMMAND_AGAIN, async ({ actor, value, door, respond }) =>
    run({ actor, channel_id: '', text: value }, { respond, door }),
  );

  function add(name: string, entry: Entry) {
    if (entries.has(name)) throw new Error(`${COMMAND} ${name} is registered twice`);
    entries.set(name, entry);
  }

  return {
    subcommand: (name, handler, help) => add(name, { handler, help, mayOpen: true }),
    answering: (name, handler, help) => add(name, { handler, help, mayOpen: false }),
    whenAlone(handler, help) {
      alone = { handler, help, mayOpen: true };
    },
    whenHelp(handler) {
      helper = handler;
    },
    whenUnknown(answer) {
      stranger = answer;
    },
    helpOf,
    names: () => [...entries.keys()],
  };
}
