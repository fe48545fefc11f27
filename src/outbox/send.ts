/** One delivery: from planned and due to a state that says what happened. */
import type { WebClient } from '@slack/web-api';
import type { Shows } from '../db/audit.ts';
import type { Delivery as Row } from '../db/generated/client.ts';
import { inWorkspace } from '../db/scope.ts';
import type { PersonRef } from '../db/store.ts';
import type { Log } from '../log.ts';
import { findPosted, openDm, post } from '../slack/deliver.ts';
import { classifySlackError, isSlackError, type SlackFailure } from '../slack/errors.ts';
import { fitMessage } from '../slack/limits.ts';
import type { Message } from '../slack/surfaces.ts';
import type { Clock } from '../time/clock.ts';
import type { GateVerdict } from './budget-rules.ts';
import { logged } from './delivery.ts';
import type { Finalizer } from './finalize.ts';
import type { Gate } from './gate.ts';
import { NOT_RENDERED } from './job-queue.ts';
import type { MessageKind, Posted } from './message.ts';
import type { SharedPace } from './pace.ts';
import type { PassedOver } from './passed-over.ts';
import type { Refusals } from './refusals.ts';
import type { Claimed, DeliveryStore } from './store.ts';

export interface SenderParts {
  store: DeliveryStore;
  finalizer: Finalizer;
  gate: Gate;
  kinds: ReadonlyMap<string, MessageKind>;
  client: WebClient;
  clock: Clock;
  log: Log;
  refusals: Refusals;
  pace: SharedPace;
  passedOver: PassedOver;
}

export interface Sender {
  /**
   * Sends it where it is due and nobody else does.
   *
   * @returns when a job will try again, on the machine's clock; null: it is settled, not ours, or waits until
   * Slack takes its workspace's messages again.
   */
  deliver(id: string): Promise<Date | null>;
  /** Sends it in a workspace that Slack refuses, to find out whether it still does. */
  probe(id: string): Promise<void>;
  /** Looks for the message of one whose answer was lost, and again later until `giveUpAt`. */
  look(id: string, giveUpAt: Date): Promise<void>;
}

const UNWORDED: SlackFailure = { kind: 'not_sent', code: NOT_RENDERED };

interface Prepared {
  shows: Shows | null;
  channel: string;
  /** Whose DM that is as it was once opened; null: a channel's id, or Slack has just said it. */
  keptOf: PersonRef | null;
  thread: string | null;
  message: Message;
}

/** What Slack says of a DM that isn't there any more, as after another install. */
const GONE = 'channel_not_found';

/** Of what can't be worded. */
const MAX_ATTEMPTS = 6;
/** Of what Slack can't be asked for: about a day, in which it comes back. */
const MAX_OUTAGE_ATTEMPTS = 300;
const BACKOFF_MS = 5_000;
const FIRST_LOOK_MS = 2_000;
const LOOK_MS = 5 * 60_000;
/** After so long, what wasn't found counts as unknown for good. */
export const GIVE_UP_MS = 3_600_000;

/** For one that somebody else let go in the moment between two looks. */
const SOON_MS = 1_000;

const EARLY_MS = 5_000;

const later = (ms: number) => new Date(Date.now() + ms);

const settled = (work: Promise<unknown>): Promise<null> => work.then(() => null);

const threadOf = ({ to }: Posted) => ('channel' in to ? (to.thread ?? null) : null);

export function createSender(parts: SenderParts): Sender {
  const { store, finalizer, gate, kinds, client, clock, log, refusals, pace, passedOver } = parts;

  async function send(row: Claimed, isProbe = false): Promise<Date | null> {
    passedOver.wait(row.workspaceId, row.roomAt);
    const about = logged(row);
    const kind = kinds.get(row.kind);
    if (kind === undefined) {
      log.error(about, 'No renderer for this kind of delivery');
      return settled(finalizer.failed(row, 'no_renderer'));
    }
    let prepared: Prepared;
    try {
      const rendered = await render(row, kind);
      if (rendered === null) return settled(finalizer.cancelled(row));
      if (isTooLate(row)) return settled(miss(row));
      const verdict = await gate.pass(row, rendered);
      if (verdict?.type !== 'send') return settled(withhold(row, verdict));
      prepared = await prepare(row, rendered);
    } catch (error) {
      return notSent(row, error);
    }
    const { message, shows, keptOf, ...place } = prepared;
    if (!(await store.aim(row, place.channel, { isProbe }))) return giveBack(row);
    let ts: string;
    try {
      ts = await post(client, message, { ...place, deliveryId: row.id });
    } catch (error) {
      const failure = classifySlackError(error);
      if (keptOf !== null && failure.kind === 'permanent' && failure.code === GONE) {
        await store.keepDm(keptOf, null);
        return store.postpone(row, failure.code, { at: new Date(), counts: true });
      }
      if (failure.kind !== 'ambiguous') return notSent(row, error);
      log.warn({ ...about, code: failure.code }, 'It is unknown whether a delivery arrived');
      return settled(lookFor(row, failure.code));
    }
    if ((await finalizer.sent(row, ts, shows)) === 'undone') {
      return settled(lookFor(row, 'not_recorded'));
    }
    log.info(about, 'Delivered');
    return null;
  }

  /** Has the message of a row looked for that has just been posted, or not. */
  function lookFor(row: Row, problem: string): Promise<void> {
    const look = { at: later(FIRST_LOOK_MS), giveUpAt: later(GIVE_UP_MS) };
    return store.ambiguous(row, problem, look, clock.now());
  }

  /** Null: it isn't due. */
  async function render(row: Row, kind: MessageKind): Promise<Posted | null> {
    const delivery = await store.asDelivery(row);
    const rendered = await kind.post(delivery);
    if (rendered === null) return null;
    // It would be looked for in another place than it is in.
    if (threadOf(rendered) !== (delivery.thread?.ts ?? null)) {
      throw new Error('Rendered for another thread');
    }
    return rendered;
  }

  async function prepare(
    { workspaceId, personId, dmChannel }: Claimed,
    rendered: Posted,
  ): Promise<Prepared> {
    const { text, blocks, to, shows } = rendered;
    const made = { message: fitMessage({ text, blocks }), shows, thread: threadOf(rendered) };
    if ('channel' in to) return { ...made, channel: to.channel, keptOf: null };
    const reader = { workspaceId, userId: to.user };
    if (dmChannel !== null && to.user === personId) {
      return { ...made, channel: dmChannel, keptOf: reader };
    }
    const channel = await openDm(client, to.user);
    await store.keepDm(reader, channel);
    return { ...made, channel, keptOf: null };
  }

  /** What is seen in one that was found. Only a kind that shows anything is asked: asking may tell somebody something. */
  async function shownIn(row: Row): Promise<Shows | null> {
    const { shows } = kinds.get(row.kind) ?? {};
    return shows ? shows(await store.asDelivery(row)) : null;
  }

  /** The gate has held it, or it is dropped. Null: the lease was lost. */
  async function withhold(row: Row, verdict: Exclude<GateVerdict, { type: 'send' }> | null) {
    if (verdict === null) return;
    log.info(
      { ...logged(row), code: verdict.reason },
      verdict.type === 'hold' ? 'Held' : 'Dropped',
    );
    if (verdict.type === 'drop') await finalizer.dropped(row, verdict.reason);
  }

  /** Nothing was posted, for certain. */
  async function notSent(row: Row, error: unknown): Promise<Date | null> {
    const about = { ...logged(row), attempt: row.attempts };
    const failure = isSlackError(error) ? classifySlackError(error) : UNWORDED;
    if (failure.kind === 'rate_limited') {
      const until = later(failure.retryAfterMs);
      log.warn({ ...about, ms: failure.retryAfterMs }, 'Slack asked this workspace to wait');
      await store.pause(row.workspaceId, until);
      await pace.slowDown(row.workspaceId, 'chat.postMessage', { now: new Date(), until });
      return store.postpone(row, failure.kind, { at: until, counts: false });
    }
    const { code } = failure;
    if (failure.kind === 'refused') {
      await refusals.note({ workspaceId: row.workspaceId, ...failure });
      return settled(store.postpone(row, code, { at: new Date(), counts: false }));
    }
    const most = failure === UNWORDED ? MAX_ATTEMPTS : MAX_OUTAGE_ATTEMPTS;
    if (failure.kind === 'permanent' || row.attempts >= most) {
      log.warn({ ...about, err: error, code }, 'A delivery failed');
      if ((await finalizer.failed(row, code)) !== 'undone') return null;
    } else {
      log.warn({ ...about, err: error, code }, 'A delivery will be tried again');
    }
    const at = later(BACKOFF_MS * 2 ** Math.min(row.attempts, MAX_ATTEMPTS));
    return store.postpone(row, code, { at, counts: true });
  }

  /** For a row that may not be posted: its workspace has to wait, or the lease was lost. */
  async function giveBack(row: Row): Promise<Date | null> {
    if (await store.isRefused(row.workspaceId)) {
      return settled(
        store.postpone(row, row.problem ?? 'refused', { at: new Date(), counts: false }),
      );
    }
    const until = await store.takesAt(row);
    if (until === null) return null;
    return store.postpone(row, 'rate_limited', { at: until, counts: false });
  }

  async function miss(row: Row): Promise<void> {
    if ((await finalizer.missed(row)) === 'ended') {
      log.warn({ ...logged(row), code: 'too_late' }, 'Missed');
    }
  }

  function isTooLate({ sendBy }: Row): boolean {
    return sendBy !== null && sendBy < clock.now();
  }

  /**
   * The `ts` of the message of a row whose answer was lost; null where its place was read and doesn't hold it,
   * undefined where it couldn't be read.
   */
  async function find(row: Row): Promise<string | null | undefined> {
    const { id, channelId: channel } = row;
    if (channel === null) return undefined;
    const about = logged(row);
    try {
      const thread = (await store.asDelivery(row)).thread?.ts ?? null;
      const place = { channel, thread, deliveryId: id, since: row.createdAt };
      const ts = await findPosted(client, place);
      if (ts === null) log.warn(about, 'A delivery in doubt was not found');
      return ts;
    } catch (error) {
      const failure = classifySlackError(error);
      if (failure.kind === 'refused' && failure.code !== 'missing_scope') {
        await refusals.note({ workspaceId: row.workspaceId, ...failure });
        return undefined;
      }
      const code = failure.kind === 'rate_limited' ? failure.kind : failure.code;
      log.warn({ ...about, code }, 'A delivery in doubt could not be looked for');
      return undefined;
    }
  }

  async function settle(row: Row, giveUpAt: Date): Promise<void> {
    const again = (until: Date) => {
      const look = { at: later(LOOK_MS), giveUpAt: until };
      return store.ambiguous(row, row.problem ?? 'unknown', look, clock.now());
    };
    const isRefused = () => store.isRefused(row.workspaceId);
    const ts = (await isRefused()) ? undefined : await find(row);
    // The hour in which it is looked for begins when it can be.
    if (ts === undefined && (await isRefused())) return again(later(GIVE_UP_MS));
    if (typeof ts === 'string') {
      const shows = await shownIn(row).catch(() => null);
      if ((await finalizer.sent(row, ts, shows)) === 'undone') return again(later(GIVE_UP_MS));
      log.info(logged(row), 'A delivery in doubt had arrived');
    } else if (row.channelId === null || later(LOOK_MS) > giveUpAt) {
      if (ts === null && (await finalizer.repeated(row))) {
        log.warn(logged(row), 'A delivery that somebody waits for is sent once more');
      } else if ((await finalizer.unknown(row)) === 'undone') await again(giveUpAt);
    } else {
      // Not at the first look, seconds after: Slack may be about to show it.
      if (ts === null && giveUpAt < later(GIVE_UP_MS - LOOK_MS / 2)) await finalizer.doubted(row);
      await again(giveUpAt);
    }
  }

  /** One that couldn't be claimed as it is. */
  async function deliverLater(left: Row, now: Date): Promise<Date | null> {
    const early = left.dueAt.getTime() - now.getTime();
    // Of one that was put off, a tick says when; clocks of two processes differ by less.
    if (early > 0) return early < EARLY_MS ? store.retry(left, later(early)) : null;
    if (isTooLate(left)) return settled(miss(left));
    if (left.rootId !== null) {
      const row = await store.claimReply(left, now);
      if (row !== null) return send(row);
      // Whoever ends what it waits for adds its job.
      if (await store.waits(left.id)) return null;
    }
    // Its job is passed over until then; a moment passes until every worker knows that.
    if (await store.isRefused(left.workspaceId)) return settled(store.retry(left, later(SOON_MS)));
    const at = await store.takesAt(left);
    if (at !== null && !left.isUrgent) passedOver.wait(left.workspaceId, at);
    return store.retry(left, at ?? later(SOON_MS));
  }

  return {
    async deliver(id) {
      const now = clock.now();
      const row = await store.claim(id, now);
      if (row !== null) return inWorkspace(row.workspaceId, () => send(row));
      const left = await store.get(id);
      if (left?.state !== 'planned') return null;
      return inWorkspace(left.workspaceId, () => deliverLater(left, now));
    },
    async probe(id) {
      const row = await store.claim(id, clock.now(), { isProbe: true });
      if (row !== null) await inWorkspace(row.workspaceId, () => send(row, true));
    },
    async look(id, giveUpAt) {
      const row = await store.claimLook(id);
      if (row !== null) await inWorkspace(row.workspaceId, () => settle(row, giveUpAt));
    },
  };
}
