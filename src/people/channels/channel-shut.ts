/**
 * A channel that Bigplan keeps (a team's, the weekly brief's, where what goes well for somebody is told) is archived,
 * deleted, or Bigplan was taken out of it: known by Slack's event, by a message that is refused, or when Slack is asked
 * daily, whichever comes first. Who chose it or looks after it is told once, whatever they keep it for.
 */
import type { Context } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import { isSlackCode, refusalIn } from '../../slack/errors.ts';
import { acting } from '../../slack/workspaces/acting.ts';
import { askEach } from '../re-read.ts';
import {
  type ChannelPlace,
  type ChannelUse,
  type ShutReason,
  saveShut,
  takeUpChannels,
  teamLedBy,
} from '../store.ts';
import { refreshShut, shutDelivery } from './shut-messages.ts';

type NoteDeps = Pick<Context, 'clock' | 'outbox' | 'scheduler'>;
type ShutDeps = NoteDeps & Pick<Context, 'db' | 'client' | 'log'>;

/**
 * Notes what Slack says of a channel (null: it is open), and tells its keepers where that is news. `tellsItself`: what
 * is told of that use is told elsewhere.
 */
async function noteIn(
  tx: Tx,
  { clock, outbox, scheduler }: NoteDeps,
  { workspaceId, channelId }: ChannelPlace,
  reason: ShutReason | null,
  tellsItself?: ChannelUse,
): Promise<void> {
  const at = clock.now();
  const place = { workspaceId, channelId };
  const changed = await saveShut(tx, place, reason && { reason, at });
  if (changed.length === 0) return;
  const told = reason ? changed.filter(({ use }) => use !== tellsItself) : [];
  for (const userId of new Set(told.map((one) => one.userId))) {
    const uses = told.filter((one) => one.userId === userId).map(({ use }) => use);
    await outbox.enqueue(tx, shutDelivery({ workspaceId, userId }, { channelId, at, uses }));
  }
  await refreshShut(outbox, tx, place);
  if (reason) return;
  // What waited for it comes by itself.
  const teams = changed.filter(({ use }) => use === 'team');
  for (const { userId } of teams) {
    const team = await teamLedBy(tx, { workspaceId, userId });
    for (const rep of team?.members ?? []) await scheduler.reschedule(tx, rep);
  }
}

const noteChannel = (deps: ShutDeps, where: ChannelPlace, reason: ShutReason | null) =>
  inTransaction(deps.db, (tx) => noteIn(tx, deps, where, reason));

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
  const stale = await takeUpChannels(deps.db, { before, now, most: MOST_AT_ONCE });
  await askEach(stale, async (where) => {
    const found = await askOf(deps, where.channelId);
    if (found !== 'refused' && found !== 'unknown') await noteChannel(deps, where, found);
    return found;
  });
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

/** Whether a message was refused because its channel takes nothing. */
export const isShutCode = (code: string): boolean => Object.hasOwn(SHUT_CODES, code);

/**
 * A message was refused there. Its keepers are told, but for `tellsItself`, and the event that comes for it is no news
 * any more. Returns whether the channel takes nothing: false where it is about something else.
 */
export async function noteRefusedThere(
  tx: Tx,
  deps: NoteDeps,
  where: ChannelPlace,
  { code, tellsItself }: { code: string; tellsItself?: ChannelUse },
): Promise<boolean> {
  const reason = SHUT_CODES[code];
  if (reason) await noteIn(tx, deps, where, reason, tellsItself);
  return reason !== undefined;
}

/** Somebody says that a channel takes messages again. */
export const noteOpenThere = (tx: Tx, deps: NoteDeps, where: ChannelPlace): Promise<void> =>
  noteIn(tx, deps, where, null);

/** A message came to stand there: where nothing tells that a channel is open again, that does. */
export async function noteTakenThere(
  tx: Tx,
  deps: NoteDeps,
  { workspaceId, message }: Pick<Delivery, 'workspaceId' | 'message'>,
): Promise<void> {
  if (message) await noteOpenThere(tx, deps, { workspaceId, channelId: message.channel });
}
