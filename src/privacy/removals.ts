/** The tick's part in forgetting: deletes in Slack what is noted down, as fast as Slack takes it. */
import type { WebClient } from '@slack/web-api';
import type { Context } from '../context.ts';
import { inWorkspace } from '../db/scope.ts';
import { section } from '../slack/blocks.ts';
import { classifySlackError, isSlackError } from '../slack/errors.ts';
import { home } from '../slack/surfaces.ts';
import { mrkdwn } from '../slack/text.ts';
import { publishHome } from '../slack/views.ts';
import { type Removal, removalDone, takeUpRemovals } from './store.ts';

/** Slack takes about fifty deletions a minute. */
const MOST_AT_ONCE = 40;
/** After so long, whoever took it up has died over it, or Slack had no time. */
const AGAIN_MS = 5 * 60_000;
const PAGE = 200;

export async function removeFromSlack({
  db,
  clock,
  bulkClient: client,
  log,
}: Pick<Context, 'db' | 'clock' | 'bulkClient' | 'log'>): Promise<void> {
  const now = clock.now();
  const until = new Date(now.getTime() + AGAIN_MS);
  let left = MOST_AT_ONCE;
  const refused = new Set<string>();
  for (const removal of await takeUpRemovals(db, now, { until, most: MOST_AT_ONCE })) {
    if (left <= 0) return;
    if (refused.has(removal.workspaceId)) continue;
    try {
      const { calls, isDone } = await inWorkspace(removal.workspaceId, () =>
        remove(client, removal, left),
      );
      left -= calls;
      if (isDone) await removalDone(db, removal.id);
    } catch (error) {
      if (!isSlackError(error)) throw error;
      const failure = classifySlackError(error);
      // It is gone, or never was to be deleted.
      if (failure.kind === 'permanent') await removalDone(db, removal.id);
      const code = 'code' in failure ? failure.code : failure.kind;
      if (!GONE.includes(code)) log.warn({ code, kind: removal.kind }, 'Not deleted in Slack');
      if (failure.kind === 'rate_limited') return;
      if (failure.kind === 'refused') refused.add(removal.workspaceId);
    }
  }
}

const GONE = ['message_not_found', 'file_not_found', 'file_deleted', 'channel_not_found'];

/** How many calls it took, of `most` at most, and whether nothing is left of it. */
async function remove(
  client: WebClient,
  { kind, place, ts }: Removal,
  most: number,
): Promise<{ calls: number; isDone: boolean }> {
  switch (kind) {
    case 'message':
      await client.chat.delete({ channel: place, ts: ts ?? '' });
      return { calls: 1, isDone: true };
    case 'file':
      await client.files.delete({ file: place });
      return { calls: 1, isDone: true };
    case 'home':
      await publishHome(client, place, blankHome());
      return { calls: 1, isDone: true };
    case 'dm':
      return emptyDm(client, place, most);
  }
}

async function emptyDm(client: WebClient, channel: string, most: number) {
  let calls = 0;
  let cursor: string | undefined;
  do {
    const page = await client.conversations.history({
      channel,
      limit: PAGE,
      ...(cursor && { cursor }),
    });
    for (const { bot_id, ts, files = [] } of page.messages ?? []) {
      if (!bot_id || ts === undefined) continue;
      if (calls >= most) return { calls, isDone: false };
      for (const { id } of files) if (id) await client.files.delete({ file: id }).catch(ifGone);
      await client.chat.delete({ channel, ts }).catch(ifGone);
      calls += 1 + files.length;
    }
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return { calls, isDone: true };
}

/** Somebody else was first; or it is none of Bigplan's own. */
function ifGone(error: unknown): void {
  const failure = isSlackError(error) ? classifySlackError(error) : null;
  if (failure?.kind !== 'permanent') throw error;
}

const blankHome = () =>
  home([section(mrkdwn`I know nothing about you. \`/bigplan\` begins a plan, if you want one.`)]);
