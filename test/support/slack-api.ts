/** The methods of Slack's Web API that Bigplan calls, on the fake workspace's state. */
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { checkMessage, checkView } from '../../src/slack/limits.ts';
import { Conversations } from './slack-conversations.ts';
import { Files } from './slack-files.ts';
import { BOT, type Person, person, TEAM, userInfo } from './slack-people.ts';
import { Refusal, Views } from './slack-views.ts';

export type Args = Record<string, unknown>;

const TRIGGER_MS = 3_000;
let lastTrigger = 0;

/** The state of one fake workspace. */
export class Workspace {
  readonly people = new Map<string, Person>();
  readonly conversations = new Conversations();
  readonly views = new Views();
  readonly files = new Files();
  /** Methods that a test answers itself. */
  readonly answers = new Map<string, () => Args>();
  readonly #triggers = new Map<string, { user: string; at: number; used: boolean }>();

  addPerson(id: string, facts: Partial<Person> = {}): Person {
    const added = person(id, facts);
    this.people.set(id, added);
    return added;
  }

  /** Opens one modal, within 3 seconds. */
  trigger(user: string): string {
    const id = `${++lastTrigger}.trigger`;
    this.#triggers.set(id, { user, at: Date.now(), used: false });
    return id;
  }

  useTrigger(id: unknown): string {
    const trigger = this.#triggers.get(String(id));
    if (trigger === undefined) throw new Refusal('invalid_trigger_id');
    if (trigger.used) throw new Refusal('exchanged_trigger_id');
    if (Date.now() - trigger.at > TRIGGER_MS) throw new Refusal('expired_trigger_id');
    trigger.used = true;
    return trigger.user;
  }
}

type Method = (workspace: Workspace, args: Args) => Args;

/** @throws Refusal with Slack's error code. */
export function callMethod(workspace: Workspace, name: string, args: Args): Args {
  const method = workspace.answers.get(name) ?? METHODS[name];
  if (method === undefined) throw new Refusal('unknown_method');
  return method(workspace, args);
}

const METHODS: Record<string, Method> = {
  'auth.test': () => ({
    url: 'https://fake.slack.com/',
    team: 'Fake',
    team_id: TEAM,
    user: 'bigplan',
    user_id: BOT.userId,
    bot_id: BOT.botId,
  }),
  'users.info': ({ people }, { user }) => {
    const found = people.get(String(user));
    if (found === undefined) throw new Refusal('user_not_found');
    return { user: userInfo(found) };
  },
  'users.list': ({ people }) => ({ members: [...people.values()].map(userInfo) }),
  'views.open': (workspace, { trigger_id, view }) => {
    const user = workspace.useTrigger(trigger_id);
    return { view: shown(workspace.views.open(user, fitting(view as ModalView))) };
  },
  'views.push': (workspace, { trigger_id, view }) => {
    const user = workspace.useTrigger(trigger_id);
    return { view: shown(workspace.views.push(user, fitting(view as ModalView))) };
  },
  'views.update': ({ views }, { view_id, view, hash }) => ({
    view: shown(
      views.update(String(view_id), fitting(view as ModalView), hash as string | undefined),
    ),
  }),
  'views.publish': ({ views, people }, { user_id, view }) => {
    if (!people.has(String(user_id))) throw new Refusal('user_not_found');
    return { view: shown(views.publish(String(user_id), fitting(view as HomeView))) };
  },
  'files.info': ({ files }, { file, origin }) => ({
    file: files.info(String(file), String(origin)),
  }),
  'files.getUploadURLExternal': ({ files }, { filename, length, origin }) => {
    const file_id = files.begin(String(filename), Number(length));
    return { file_id, upload_url: `${origin}/upload/${file_id}` };
  },
  'files.completeUploadExternal': ({ files }, args) => {
    const all = args.files as { id: string; title?: string }[];
    for (const { id, title } of all) files.complete(id, title);
    return { files: all.map(({ id }) => files.info(id, String(args.origin))) };
  },
  'conversations.open': ({ conversations, people }, { users }) => {
    const user = String(users);
    if (!people.has(user)) throw new Refusal('user_not_found');
    return { channel: { id: conversations.dm(user) } };
  },
  'conversations.info': ({ conversations }, { channel }) => ({
    channel: conversations.info(String(channel)),
  }),
  'conversations.history': ({ conversations }, args) => {
    const { channel, oldest = '0', include_all_metadata } = args;
    const withMetadata = String(include_all_metadata) === 'true';
    return page(conversations.history(String(channel), String(oldest), withMetadata), args);
  },
  'conversations.replies': ({ conversations }, args) => {
    const { channel, ts, oldest = '0', include_all_metadata } = args;
    const withMetadata = String(include_all_metadata) === 'true';
    return page(
      conversations.replies(String(channel), String(ts), String(oldest), withMetadata),
      args,
    );
  },
  'chat.postMessage': (workspace, args) => {
    const { conversations } = workspace;
    const { channel, text, blocks, metadata, thread_ts } = message(workspace, args);
    const posted = conversations.post(channel, {
      text,
      blocks,
      ...(metadata && { metadata }),
      ...(thread_ts && { thread_ts }),
    });
    return { channel: posted.channel, ts: posted.ts, message: { text, blocks } };
  },
  'chat.postEphemeral': (workspace, args) => {
    const { channel, text, blocks, thread_ts } = message(workspace, args);
    const ephemeralFor = String(args.user);
    const whispered = { text, blocks, ephemeralFor, ...(thread_ts && { thread_ts }) };
    return { message_ts: workspace.conversations.post(channel, whispered).ts };
  },
  'chat.update': (workspace, args) => {
    const { channel, text, blocks } = message(workspace, args);
    const { ts } = workspace.conversations.update(channel, String(args.ts), { text, blocks });
    return { channel, ts, text };
  },
  'chat.delete': ({ conversations }, { channel, ts }) => {
    conversations.remove(conversations.find(String(channel), String(ts)));
    return { channel, ts };
  },
};

interface MessageArgs {
  channel: string;
  text: string;
  blocks: KnownBlock[];
  metadata?: { event_type: string; event_payload: Record<string, unknown> };
  thread_ts?: string;
}

/** One page of a list, by `cursor` and `limit`. */
function page(all: object[], { cursor = '0', limit = 100 }: Args): Args {
  const end = Number(cursor) + Number(limit);
  const next_cursor = end < all.length ? String(end) : '';
  return {
    messages: all.slice(Number(cursor), end),
    has_more: next_cursor !== '',
    response_metadata: { next_cursor },
  };
}

function message({ files }: Workspace, args: Args): MessageArgs {
  const { blocks = [], text = '' } = args as Partial<MessageArgs>;
  if (text === '' && blocks.length === 0) throw new Refusal('no_text');
  const breaches = [...checkMessage({ text, blocks }), ...files.breaches(blocks)];
  if (breaches.length > 0) throw new Refusal('invalid_blocks', breaches);
  return { ...args, text, blocks } as MessageArgs;
}

function fitting<V extends ModalView | HomeView>(view: V): V {
  const breaches = checkView(view);
  if (breaches.length > 0) throw new Refusal('invalid_arguments', breaches);
  return view;
}

function shown({ id, hash, rootId, view }: ReturnType<Views['open']>) {
  return { ...view, id, hash, root_view_id: rootId, team_id: TEAM };
}
