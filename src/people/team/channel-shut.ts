/**
 * A team's channel is archived, deleted, or Bigplan was taken out of it: known by Slack's event, by a message that is
 * refused, or when Slack is asked daily, whichever comes first. Who can mend it is told once.
 */
import type { Context } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { inWorkspace } from '../../db/scope.ts';
import { inTransaction } from '../../db/transaction.ts';
import { isSlackCode, refusalIn } from '../../slack/errors.ts';
import { acting } from '../../slack/workspaces/acting.ts';
import { type ShutReason, saveShut, takeUpChannels, teamChannel } from '../store.ts';
import { shutDelivery, shutSubject } from './shut-messages.ts';

type ShutDeps = Pick<Context, 'db' | 'clock' | 'outbox' | 'client' | 'log'>;
interface ChannelPlace {
  workspaceId: string;
  channelId: string;
}

/** Notes what Slack says of a channel (null: it is open), and tells its manager where that is news. */
async function noteChannel(
  { db, clock, outbox }: ShutDeps,
  where: ChannelPlace,
  reason: ShutReason | null,
): Promise<void> {
  const { workspaceId, channelId } = where;
  const at = clock.now();
  await inTransaction(db, async (tx) => {
    const isNews = await saveShut(tx, where, reason && { reason, at });
    const team = isNews ? await teamChannel(tx, workspaceId, channelId) : null;
    if (team && reason) {
      const manager = { workspaceId, userId: team.managerId };
      await outbox.enqueue(tx, shutDelivery(manager, channelId, at));
    }
    if (team) await outbox.refresh(tx, { workspaceId, subject: shutSubject(channelId) });
  });
}

const SHUT_BY = {
  channel_archive: 'archived',
  channel_deleted: 'deleted',
  channel_left: 'left',
  group_archive: 'archived',
  group_deleted: 'deleted',
  group_left: 'left',
} as const;

export function listenToChannels(context: Context): void {
  const { app } = context;
  const note = async (body: unknown, channelId: string, reason: ShutReason | null) => {
    const { workspaceId } = acting(body);
    if (workspaceId) await noteChannel(context, { workspaceId, channelId }, reason);
  };
  for (const [type, reason] of Object.entries(SHUT_BY)) {
    app.event(type as keyof typeof SHUT_BY, ({ event, body }) => note(body, event.channel, reason));
  }
  app.event('channel_unarchive', ({ event, body }) => note(body, event.channel, null));
  app.event('group_unarchive', ({ event, body }) => note(body, event.channel, null));
  app.event('member_joined_channel', async ({ event, body, context: { botUserId } }) => {
    if (event.user === botUserId) await note(body, event.channel, null);
  });
}

const DAY_MS = 24 * 3_600_000;
const MOST_AT_ONCE = 10;

/** The tick's part: asks of channels that nothing was asked about for a day. Never throws for Slack's sake. */
export async function reReadChannels(deps: ShutDeps): Promise<void> {
  const now = deps.clock.now();
  const before = new Date(now.getTime() - DAY_MS);
  const refused = new Set<string>();
  for (const where of await takeUpChannels(deps.db, { before, now, most: MOST_AT_ONCE })) {
    if (refused.has(where.workspaceId)) continue;
    await inWorkspace(where.workspaceId, async () => {
      const found = await askOf(deps, where.channelId);
      if (found === 'refused') refused.add(where.workspaceId);
      else if (found !== 'unknown') await noteChannel(deps, where, found);
    });
  }
}

/** Null: it is open. */
async function askOf(
  { client, log }: ShutDeps,
  channel: string,
): Promise<ShutReason | 'refused' | 'unknown' | null> {
  try {
    const { channel: info } = await client.conversations.info({ channel });
    if (info?.is_archived) return 'archived';
    return info?.is_member === false ? 'left' : null;
  } catch (error) {
    if (isSlackCode(error, 'channel_not_found')) return 'left';
    // Without the scope for it, it is found out when something is posted.
    const isRefused = refusalIn(error) !== null;
    const write = isRefused ? log.debug : log.warn;
    write({ err: error, method: 'conversations.info' }, 'A channel could not be looked up');
    return isRefused ? 'refused' : 'unknown';
  }
}

/** As Slack refuses a message there. */
const SHUT_CODES: Record<string, ShutReason> = {
  channel_not_found: 'left',
  is_archived: 'archived',
  not_in_channel: 'left',
};

/** A message was refused, and who posts it tells that: the event that comes for it is no news any more. */
export async function noteRefusedThere(
  tx: Tx,
  where: ChannelPlace,
  code: string,
  at: Date,
): Promise<void> {
  const reason = SHUT_CODES[code];
  if (reason) await saveShut(tx, where, { reason, at });
}
