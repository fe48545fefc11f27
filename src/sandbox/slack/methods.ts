/** The methods of the Web API that Bigplan calls, as its bot token may call them. */
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { messageBreaches, viewBreaches } from './limits.ts';
import { viewPayload } from './payloads.ts';
import { userInfo } from './people.ts';
import { Refusal } from './refusal.ts';
import type { OpenView } from './views.ts';
import type { SlackWorkspace } from './workspace.ts';

export type Args = Record<string, unknown>;

/** A call's arguments with the server's own address, for the URLs in its answer. */
type Method = (workspace: SlackWorkspace, args: Args, origin: string) => Args;

const TEXT = 40_000;
const UPDATED_TEXT = 4_000;

/** @throws Refusal with Slack's error code. */
export function callMethod(
  workspace: SlackWorkspace,
  name: string,
  args: Args,
  origin: string,
): Args {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method === undefined) throw new Refusal('unknown_method');
  return method(workspace, args, origin);
}

const METHODS: Record<string, Method> = {
  'auth.test': ({ team, app }) => ({
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    team_id: team.id,
    user: app.name.toLowerCase(),
    user_id: app.userId,
    bot_id: app.botId,
  }),
  'users.info': ({ people, team }, { user }) => {
    const found = people.get(String(user));
    if (found === undefined) throw new Refusal('user_not_found');
    return { user: userInfo(found, team.id) };
  },
  'users.list': ({ people, team }) => ({
    members: [...people.values()].map((one) => userInfo(one, team.id)),
  }),
  'views.open': (workspace, { trigger_id, view }) => {
    const user = workspace.views.useTrigger(trigger_id);
    return shown(workspace, workspace.views.open(user, fitting(view, 'modal')));
  },
  'views.push': (workspace, { trigger_id, view }) => {
    const user = workspace.views.useTrigger(trigger_id);
    return shown(workspace, workspace.views.push(user, fitting(view, 'modal')));
  },
  'views.update': (workspace, { view_id, view, hash }) =>
    shown(workspace, workspace.views.update(String(view_id), fitting(view), asHash(hash))),
  'views.publish': (workspace, { user_id, view, hash }) => {
    const user = String(user_id);
    if (!workspace.people.has(user)) throw new Refusal('user_not_found');
    return shown(workspace, workspace.views.publish(user, fitting(view, 'home'), asHash(hash)));
  },
  'files.info': ({ files }, { file }, origin) => ({ file: files.info(String(file), origin) }),
  'files.delete': ({ files }, { file }) => {
    files.remove(String(file));
    return {};
  },
  'files.getUploadURLExternal': ({ files }, { filename, length }, origin) => {
    const file_id = files.begin(String(filename), Number(length));
    return { file_id, upload_url: `${origin}/upload/${file_id}` };
  },
  'files.completeUploadExternal': (workspace, args, origin) => {
    const { files, conversations } = workspace;
    const { channel_id, initial_comment } = args;
    const all = args.files as { id: string; title?: string }[];
    for (const { id, title } of all) files.complete(id, title);
    if (channel_id) {
      const fileIds = all.map(({ id }) => id);
      conversations.postAsApp(String(channel_id), { text: String(initial_comment ?? ''), fileIds });
    }
    return { files: all.map(({ id }) => files.info(id, origin)) };
  },
  'conversations.open': (workspace, { users }) => {
    const user = String(users);
    if (!workspace.people.has(user)) throw new Refusal('user_not_found');
    return { channel: { id: workspace.dm(user) } };
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
    const to = String(args.channel);
    const posted = workspace.conversations.postAsApp(to, said(workspace, args, TEXT));
    const { channel, ts, text, blocks } = posted;
    return { channel, ts, message: { text, blocks } };
  },
  'chat.update': (workspace, { channel, ts, ...args }) => {
    const { thread_ts: _, ...to } = said(workspace, args, UPDATED_TEXT);
    const { text } = workspace.conversations.updateAsApp(String(channel), String(ts), to);
    return { channel, ts, text };
  },
  'chat.delete': ({ conversations }, { channel, ts }) => {
    conversations.removeAsApp(String(channel), String(ts));
    return { channel, ts };
  },
};

interface MessageArgs {
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

function said({ files }: SlackWorkspace, args: Args, longest: number): MessageArgs {
  const { blocks = [], text = '', metadata, thread_ts } = args as Partial<MessageArgs>;
  if (text === '' && blocks.length === 0) throw new Refusal('no_text');
  if (text.length > longest) throw new Refusal('msg_too_long');
  const breaches = [...messageBreaches(blocks), ...files.breaches(blocks)];
  if (breaches.length > 0) throw new Refusal('invalid_blocks', breaches);
  return {
    text,
    blocks,
    ...(metadata ? { metadata } : {}),
    ...(thread_ts ? { thread_ts } : {}),
  };
}

function fitting(view: unknown, type: 'modal'): ModalView;
function fitting(view: unknown, type: 'home'): HomeView;
function fitting(view: unknown): ModalView | HomeView;
function fitting(view: unknown, type?: string): ModalView | HomeView {
  const breaches = viewBreaches(view);
  const fits = view as ModalView | HomeView;
  if (breaches.length === 0 && type && fits.type !== type) breaches.push(`view: no ${type}`);
  if (breaches.length > 0) throw new Refusal('invalid_arguments', breaches);
  return fits;
}

function asHash(hash: unknown): string | undefined {
  return hash === undefined || hash === '' ? undefined : String(hash);
}

function shown(workspace: SlackWorkspace, open: OpenView): Args {
  return { view: viewPayload(workspace, open) };
}
