import type { SlackStore } from './slack-store.ts';

/** The methods that only a conversation's members may call on it. */
const OF_MEMBERS = new Set([
  'chat.postMessage',
  'chat.postEphemeral',
  'chat.update',
  'chat.delete',
  'conversations.history',
  'conversations.replies',
]);

/** Slack's word for a call that it refuses and the emulator would not; undefined: it may go on. */
export function refusal(
  store: SlackStore,
  userId: string,
  method: string,
  args: Record<string, unknown>,
): string | undefined {
  if (!OF_MEMBERS.has(method)) return undefined;
  const channel = store.channels.findOneBy('channel_id', String(args.channel));
  if (channel && !channel.members.includes(userId))
    return channel.is_private ? 'channel_not_found' : 'not_in_channel';
  return pictures(args.blocks).every((id) => isPicture(store, id)) ? undefined : 'invalid_blocks';
}

function isPicture(store: SlackStore, fileId: unknown): boolean {
  const file = store.files.findOneBy('file_id', String(fileId));
  return file !== undefined && !file.deleted && /^image\/(png|jpeg|gif)$/.test(file.mimetype);
}

/** The files that the image blocks of a message name. */
function pictures(blocks: unknown): unknown[] {
  const list: unknown = typeof blocks === 'string' ? parsed(blocks) : blocks;
  if (!Array.isArray(list)) return [];
  return list.flatMap(({ type, slack_file }) =>
    type === 'image' && slack_file?.id !== undefined ? [slack_file.id] : [],
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
