/**
 * The ledger of everything Bigplan sends by itself. Slack has no idempotency key, so a message is
 * recorded before it is sent, and one whose answer was lost is looked for and never sent again.
 */
import type { WebClient } from '@slack/web-api';
import type { Db, Tx } from '../db/client.ts';
import type { Delivery as Row } from '../db/generated/client.ts';
import type { Log } from '../log.ts';
import { findPosted, openChannel, post } from '../slack/deliver.ts';
import { fitMessage } from '../slack/kit/limits.ts';
import type { Message } from '../slack/kit/surfaces.ts';
import { classifySlackError, isSlackError, type SlackFailure } from '../slack/slack-errors.ts';
import type { Clock } from '../time/clock.ts';
import { type Delivery, type Order, type Renderer, toDelivery, type Wanted } from './delivery.ts';
import { createDeliveryStore } from './delivery-store.ts';

export interface Ledger {
  /** Says how deliveries of a kind are worded, once, before `start`. */
  register(kind: string, render: Renderer): void;
  /**
   * Records a delivery inside the caller's transaction; the same occasion again is the same row.
   *
   * @returns the id for `dispatch`, once the transaction has committed.
   */
  plan(tx: Tx, order: Order): Promise<string>;
  /** Sends those of these that are due. Never throws: what doesn't work now is tried by `recover`. */
  dispatch(ids: readonly string[]): Promise<void>;
  /** Sends what is due and settles what a crash or a lost answer left open. Never throws. */
  recover(): Promise<void>;
  /** The deliveries of an occasion or on a subject, to change their messages: `message` says where each one is. */
  find(where: Wanted): Promise<Delivery[]>;
  /** Those that nobody knows to have arrived, or that Slack refused: the last hundred. */
  unsettled(team: string): Promise<Delivery[]>;
  counts(): Promise<Record<Delivery['state'], number>>;
  /** Resolves when nothing is being sent. */
  idle(): Promise<void>;
  /** Recovers now and every minute. */
  start(): void;
  /** Ends after the message under way. */
  stop(): Promise<void>;
}

interface Parts {
  db: Db;
  client: WebClient;
  clock: Clock;
  log: Log;
}

const NOT_RENDERED: SlackFailure = { kind: 'not_sent', code: 'not_rendered' };

interface Prepared {
  channel: string;
  message: Message;
}

const RECOVER_MS = 60_000;
const MAX_ATTEMPTS = 6;
const BACKOFF_MS = 5_000;
const FIRST_LOOK_MS = 2_000;
const LOOK_MS = 5 * 60_000;
/** After so long, what wasn't found counts as unknown for good. */
const GIVE_UP_MS = 3_600_000;

export function createLedger({ db, client, clock, log }: Parts): Ledger {
  const store = createDeliveryStore(db);
  const renderers = new Map<string, Renderer>();
  const wakeUps = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let recovering: Promise<void> | null = null;
  let minute: NodeJS.Timeout | null = null;
  /** Slack's rate limit is the whole client's. */
  let pausedUntil = 0;
  let stopped = false;

  /** From claimed to a state that says what happened. */
  async function send(row: Row): Promise<void> {
    const about = { delivery: row.id, kind: row.kind };
    const render = renderers.get(row.kind);
    if (render === undefined) {
      log.error(about, 'No renderer for this kind of delivery');
      return store.failed(row.id, 'no_renderer');
    }
    let prepared: Prepared | null;
    try {
      prepared = await prepare(row, render);
    } catch (error) {
      return notSent(row, error);
    }
    if (prepared === null) return store.cancelled(row.id);
    const { channel, message } = prepared;
    if (!(await store.aim(row, channel))) return;
    let ts: string;
    try {
      ts = await post(client, message, { channel, deliveryId: row.id });
    } catch (error) {
      const failure = classifySlackError(error);
      if (failure.kind !== 'ambiguous') return notSent(row, error);
      log.warn({ ...about, code: failure.code }, 'It is unknown whether a delivery arrived');
      await store.ambiguous(row.id, failure.code, new Date(Date.now() + FIRST_LOOK_MS));
      return wake(FIRST_LOOK_MS);
    }
    await store.sent(row.id, ts);
    log.info({ ...about, team: row.workspaceId, person: row.personId }, 'Delivered');
  }

  async function prepare(row: Row, render: Renderer): Promise<Prepared | null> {
    const rendered = await render(toDelivery(row));
    if (rendered === null) return null;
    const message = fitMessage({ text: rendered.text, blocks: rendered.blocks });
    return { message, channel: await openChannel(client, rendered.to) };
  }

  /** Nothing was posted, for certain. */
  async function notSent(row: Row, error: unknown): Promise<void> {
    const about = { delivery: row.id, kind: row.kind, attempt: row.attempts };
    const failure = isSlackError(error) ? classifySlackError(error) : NOT_RENDERED;
    const code = codeOf(failure);
    if (failure.kind === 'rate_limited') {
      pausedUntil = Date.now() + failure.retryAfterMs;
      await store.postpone(row.id, code, later(failure.retryAfterMs));
      return wake(failure.retryAfterMs);
    }
    if (failure.kind === 'permanent' || row.attempts >= MAX_ATTEMPTS) {
      log.error({ ...about, err: error, code }, 'A delivery failed');
      return store.failed(row.id, code);
    }
    const delay = BACKOFF_MS * 2 ** row.attempts;
    log.warn({ ...about, err: error, code }, 'A delivery will be tried again');
    await store.postpone(row.id, code, later(delay));
    wake(delay);
  }

  /** Looks for the message of a row whose answer was lost. */
  async function settle(row: Row): Promise<void> {
    const { id, channelId, problem } = row;
    const about = { delivery: id, kind: row.kind };
    const reason = problem ?? 'unknown';
    const lookAgain = () =>
      Date.now() - row.createdAt.getTime() < GIVE_UP_MS ? new Date(Date.now() + LOOK_MS) : null;
    if (channelId === null) return store.ambiguous(id, reason, null);
    try {
      const place = { channel: channelId, deliveryId: id, since: row.createdAt };
      const ts = await findPosted(client, place);
      if (ts !== null) {
        log.info(about, 'A delivery in doubt had arrived');
        return store.sent(id, ts);
      }
      log.warn(about, 'A delivery in doubt was not found, and is not sent again');
    } catch (error) {
      const failure = classifySlackError(error);
      log.warn({ ...about, code: codeOf(failure) }, 'A delivery in doubt could not be looked for');
    }
    await store.ambiguous(id, reason, lookAgain());
  }

  async function recoverAll(): Promise<void> {
    await store.expireLeases();
    for (let row = await store.claimLook(); row !== null; row = await store.claimLook()) {
      await settle(row);
      if (stopped) return;
    }
    while (!stopped && Date.now() >= pausedUntil) {
      const row = await store.claim(clock.now());
      if (row === null) return;
      await send(row);
    }
  }

  /** Tracks work for `stop`, and keeps its errors (the database is away) from the caller. */
  function track(work: Promise<void>): Promise<void> {
    const tracked: Promise<void> = work
      .catch((err) => log.error({ err }, 'The delivery ledger had a problem'))
      .finally(() => running.delete(tracked));
    running.add(tracked);
    return tracked;
  }

  function recover(): Promise<void> {
    if (stopped) return Promise.resolve();
    recovering ??= track(recoverAll()).finally(() => {
      recovering = null;
    });
    return recovering;
  }

  function wake(inMs: number): void {
    if (stopped) return;
    const timer = setTimeout(() => {
      wakeUps.delete(timer);
      void recover();
    }, inMs + 50);
    wakeUps.add(timer.unref());
  }

  async function idle(): Promise<void> {
    while (running.size > 0) await Promise.allSettled(running);
  }

  function later(ms: number): Date {
    return new Date(clock.now().getTime() + ms);
  }

  return {
    register(kind, render) {
      if (renderers.has(kind)) throw new Error(`The delivery kind ${kind} is registered twice`);
      renderers.set(kind, render);
    },
    plan: (tx, order) => store.insert(tx, { ...order, dueAt: order.dueAt ?? clock.now() }),
    dispatch(ids) {
      return track(
        (async () => {
          for (const id of ids) {
            if (stopped || Date.now() < pausedUntil) return;
            const row = await store.claim(clock.now(), id);
            if (row !== null) await send(row);
          }
        })(),
      );
    },
    recover,
    find: async (where) => (await store.find(where)).map(toDelivery),
    unsettled: async (team) => (await store.unsettled(team)).map(toDelivery),
    counts: () => store.counts(),
    idle,
    start() {
      minute = setInterval(() => void recover(), RECOVER_MS).unref();
      void recover();
    },
    async stop() {
      stopped = true;
      if (minute !== null) clearInterval(minute);
      for (const timer of wakeUps) clearTimeout(timer);
      await idle();
    },
  };
}

function codeOf(failure: SlackFailure): string {
  return failure.kind === 'rate_limited' ? failure.kind : failure.code;
}
