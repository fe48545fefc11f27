/**
 * The outbox of everything Bigplan sends by itself. Slack has no idempotency key, so a message is
 * recorded before it is sent, and one whose answer was lost is looked for and never sent again.
 */
import type { WebClient } from '@slack/web-api';
import type { Db, Tx } from '../db/client.ts';
import type { Delivery as Row } from '../db/generated/client.ts';
import type { Stash } from '../db/stash.ts';
import type { PersonRef } from '../db/store.ts';
import type { Log } from '../log.ts';
import { stow } from '../slack/stashed.ts';
import type { Message } from '../slack/surfaces.ts';
import type { Clock } from '../time/clock.ts';
import { mayNotHave, sendOnceMore } from './awaited.ts';
import {
  type Delivery,
  type DeliveryFilter,
  type DeliveryOutcome,
  type IdempotencyKey,
  logged,
  type NewDelivery,
  toDelivery,
  toOutcome,
  type Unarrived,
  type Window,
} from './delivery.ts';
import { createFinalizer } from './finalize.ts';
import { createGate, type ReaderNowOf } from './gate.ts';
import { createJobQueue, DELIVER, LOOK, REFRESH } from './job-queue.ts';
import { SLACK_LIMITS, type SlackLimits } from './limit-rules.ts';
import { MAY_NOT_HAVE, type MessageKind } from './message.ts';
import { createPace } from './pace.ts';
import { createPassedOver } from './passed-over.ts';
import { createRefresher, type Subject } from './refresh.ts';
import { createRefusals } from './refusals.ts';
import { createSender, GIVE_UP_MS } from './send.ts';
import { sendDue } from './send-due.ts';
import { createDeliveryStore, LEASE_MS, type RefusedWorkspace } from './store.ts';
import { cancelOrphans } from './threads.ts';
import { createWorker } from './worker.ts';

export interface Outbox {
  /** Adds kinds of message, once, before `start`. */
  declare(...kinds: MessageKind[]): void;
  /** Says who knows how readers stand, once, before `start`. Until then nothing is held. */
  heed(readerNow: ReaderNowOf): void;
  /**
   * Has every kept message about a subject shown anew, once the caller's transaction is committed. Inside
   * the transaction that changed it.
   */
  refresh(tx: Tx, subject: Subject): Promise<void>;
  /**
   * Records a delivery inside the caller's transaction, with the job that sends it where it is due;
   * the same key again is the same row.
   *
   * @returns whether it is new.
   * @throws RangeError where it is a reply to a delivery that was never planned.
   */
  enqueue(tx: Tx, order: NewDelivery): Promise<boolean>;
  /** Gives a delivery another time. False where it isn't planned any more: nothing changes. */
  reschedule(tx: Tx, key: IdempotencyKey, window: Window): Promise<boolean>;
  /** Somebody stands otherwise than before: what is held for them is decided on anew. */
  release(tx: Tx, who: PersonRef): Promise<void>;
  /** Takes a delivery back. False where it isn't planned any more: nothing changes. */
  cancel(tx: Tx, key: IdempotencyKey): Promise<boolean>;
  /**
   * Has a delivery sent now that ended without arriving, in one of these ways: as Slack refused it (`failed`), it was too late
   * (`missed`) or not due (`cancelled`); or that nobody knows to have arrived and that isn't looked for any
   * more (`ambiguous`: only where somebody asks for it, since it may be there twice then). False where it
   * is in any other state: nothing changes.
   */
  requeue(tx: Tx, key: IdempotencyKey, as: readonly Unarrived[]): Promise<boolean>;
  /**
   * Sends one that somebody waits for once more, for whoever has caused it (see awaited.ts).
   *
   * @throws UserError where that isn't the actor.
   */
  sendAgain(actor: PersonRef, id: string): Promise<void>;
  /**
   * What would tell somebody that something may not have arrived, and isn't known to have arrived itself: as it
   * reads now, the newest first. What there is no reason for any more isn't in it.
   */
  untold(reader: PersonRef): Promise<Message[]>;
  /**
   * The deliveries of a key or on a subject, to change their messages: `message` says where each one
   * is. Within a transaction it reads by that.
   */
  find(where: DeliveryFilter, on?: Db | Tx): Promise<Delivery[]>;
  /** Those that nobody knows to have arrived, that Slack refused or that were missed: the last hundred. */
  unsettled(workspaceId: string): Promise<Delivery[]>;
  counts(): Promise<Record<Delivery['state'], number>>;
  /** The kinds of message that somebody waits for. */
  awaitedKinds(): string[];
  /**
   * Whether something that could be sent has been due for over five minutes, on Bigplan's clock; a new
   * process has so long to catch up.
   */
  isBehind(): Promise<boolean>;
  /** How many deliveries are held for each reason, and how many were dropped for it. */
  withheld(): Promise<{ outcome: 'held' | 'dropped'; reason: string; count: number }[]>;
  /** The workspaces that Slack refuses, where everything waits until somebody has mended why. */
  refusals(): Promise<RefusedWorkspace[]>;
  /** When the first of the planned deliveries after an instant becomes due; null: none is planned. */
  nextDue(after: Date): Promise<Date | null>;
  /**
   * When what is due at `now` and was held up by our own trouble (a database that was slow to answer, not a
   * Slack that refused) is tried again, on the machine's clock; null: nothing is.
   */
  retryAt(now: Date): Promise<Date | null>;
  /**
   * The tick's part: has what is due by `now` sent, gives up what is too late, and takes over from
   * senders that died.
   */
  sweep(now: Date): Promise<void>;
  /**
   * Settles here and now, without `start`, what is due at `now` (see send-due.ts). Each is told to
   * `settled`, and those that were missed since `since` on the machine's clock.
   */
  sendDue(now: Date, since: Date, settled: (outcome: DeliveryOutcome) => void): Promise<void>;
  /**
   * What is planned and due at `now`, or would be missed then, in the eyes of a transaction: for
   * everybody, or for one person with what they have missed.
   */
  plannedAt(tx: Tx | Db, now: Date, who?: PersonRef): Promise<DeliveryOutcome[]>;
  /** Resolves when nothing is being sent and no job could run now. Never throws. */
  idle(): Promise<void>;
  /** Starts sending. */
  start(): void;
  /** Ends after the messages under way. */
  stop(): Promise<void>;
}

export interface OutboxParts {
  db: Db;
  databaseUrl: string;
  client: WebClient;
  /** For what somebody waits for who has just pressed something: `client` where left out. */
  clickClient?: WebClient;
  clock: Clock;
  log: Log;
  /** For what buttons stand for that is no id; left out where none of its messages has one. */
  stash?: Stash;
  /** As Slack publishes them where left out. */
  limits?: SlackLimits;
}

/** The same kind, with ids alone in its buttons. */
function stowing(stash: Stash, kind: MessageKind): MessageKind {
  const stowed = async <M extends Message>({ reader }: Delivery, made: M | null) =>
    made && stow(stash, reader, made);
  return {
    ...kind,
    post: async (delivery) => stowed(delivery, await kind.post(delivery)),
    show: async (delivery) => stowed(delivery, await kind.show(delivery)),
  };
}

const BEHIND_MS = 5 * 60_000;

export function createOutbox({
  db,
  databaseUrl,
  client,
  clickClient = client,
  clock,
  log,
  stash,
  limits = SLACK_LIMITS,
}: OutboxParts): Outbox {
  const since = clock.now();
  const pace = createPace(db, limits);
  const store = createDeliveryStore(db, pace);
  const queue = createJobQueue(db, pace);
  const kinds = new Map<string, MessageKind>();
  const finalizer = createFinalizer({ db, store, kinds, clock, log });
  kinds.set(MAY_NOT_HAVE, mayNotHave({ store, kinds }));
  let readerNow: ReaderNowOf = async () => null;
  const gate = createGate({ store, clock, readerNow: (reader, now) => readerNow(reader, now) });
  const refusals = createRefusals({ store, client, log });
  const passedOver = createPassedOver(store);
  const sender = createSender({
    store,
    finalizer,
    gate,
    kinds,
    client,
    clock,
    log,
    refusals,
    pace,
    passedOver,
  });
  const refresher = createRefresher({ store, kinds, client: clickClient, db, log, refusals, pace });
  let takeOver: NodeJS.Timeout | null = null;
  const worker = createWorker({
    databaseUrl,
    log,
    tasks: {
      [DELIVER]: ({ id }) => sender.deliver(id),
      [LOOK]: ({ id, giveUpAt }) => sender.look(id, giveUpAt ?? new Date()),
      [REFRESH]: ({ id, tries = 0, isItsTurn = false }) => refresher.show(id, { tries, isItsTurn }),
    },
    passedOver,
    isBusy: (poolId) => queue.isBusy(poolId),
  });

  /** Whether a row was planned now. One that was too late for its time is lost then and there. */
  async function noted(tx: Tx, planned: Pick<Row, 'id' | 'state'> | null): Promise<boolean> {
    if (planned?.state === 'missed') {
      const row = await tx.delivery.findUniqueOrThrow({ where: { id: planned.id } });
      log.warn({ ...logged(row), code: 'too_late' }, 'Missed');
      await finalizer.follow(tx, row);
    }
    return planned !== null;
  }

  async function toDeliveries(rows: Row[], on: Db | Tx = db): Promise<Delivery[]> {
    const roots = await store.rootsOf(on, rows);
    return rows.map((row) => toDelivery(row, roots.get(row.rootId) ?? null));
  }

  async function untold(reader: PersonRef): Promise<Message[]> {
    const telling = [...kinds.values()].filter(({ tellsOfLoss }) => tellsOfLoss);
    const rows = await store.unarrived(
      reader,
      telling.map(({ kind }) => kind),
    );
    const messages: Message[] = [];
    for (const row of rows) {
      const message = await kinds.get(row.kind)?.post(await store.asDelivery(row));
      if (message) messages.push({ text: message.text, blocks: message.blocks });
    }
    return messages;
  }

  async function sweep(now: Date): Promise<void> {
    await store.expireLeases();
    for (const row of await finalizer.missOverdue(now)) {
      log.warn({ ...logged(row), code: 'too_late' }, 'Missed');
    }
    await cancelOrphans(db);
    await queue.enqueueDue(now);
    await queue.enqueueLooks(new Date(Date.now() + GIVE_UP_MS));
    await queue.enqueueStale();
    await queue.prune();
    await refusals.probe(now, (id) => sender.probe(id));
  }

  return {
    declare(...declared) {
      for (const one of declared) {
        if (kinds.has(one.kind)) throw new Error(`The message ${one.kind} is declared twice`);
        kinds.set(one.kind, stash ? stowing(stash, one) : one);
      }
    },
    heed(of) {
      readerNow = of;
    },
    refresh: (tx, subject) => refresher.refresh(tx, subject),
    async enqueue(tx, { dueAt, sendBy = null, ...order }) {
      const now = clock.now();
      return noted(
        tx,
        await store.insert(tx, {
          order: { ...order, dueAt: dueAt ?? now, sendBy },
          isUrgent: kinds.get(order.kind)?.isUrgent ?? false,
          now,
        }),
      );
    },
    async reschedule(tx, key, window) {
      return noted(tx, await store.move(tx, key, window, clock.now()));
    },
    release: (tx, who) => store.release(tx, who, clock.now()),
    async cancel(tx, key) {
      const row = await store.cancel(tx, key);
      if (row !== null) await finalizer.follow(tx, row);
      return row !== null;
    },
    requeue: (tx, key, as) => store.requeue(tx, key, as, clock.now()),
    awaitedKinds: () => [...kinds].flatMap(([kind, { awaited }]) => (awaited ? [kind] : [])),
    sendAgain: (actor, id) => sendOnceMore({ db, store, finalizer, kinds, clock }, actor, id),
    untold,
    find: async (where, on = db) => toDeliveries(await store.find(where, on), on),
    unsettled: async (workspaceId) => toDeliveries(await store.unsettled(workspaceId)),
    counts: () => store.counts(),
    isBehind() {
      const now = clock.now();
      const dueBy = new Date(now.getTime() - BEHIND_MS);
      return store.isBehind(dueBy < since ? null : dueBy, now);
    },
    withheld: () => store.withheld(),
    refusals: () => store.refusals(),
    nextDue: (after) => store.nextDue(after),
    retryAt: (now) => queue.retryAt(now),
    sweep,
    async sendDue(now, since, settled) {
      const rows = await store.due(now, since);
      await sendDue({ store, sender }, rows, now, (row) => settled(toOutcome(row)));
      await worker.runOnce(REFRESH);
    },
    async plannedAt(tx, now, who) {
      const rows = await store.plannedAt(tx, now, who);
      return rows.map((row) => {
        const late = row.sendBy !== null && row.sendBy < now;
        return { ...toOutcome(row), ...(late && { state: 'missed' }) };
      });
    },
    idle: () => worker.idle(),
    start() {
      worker.start();
      // What a killed process had in hand, as soon as that may be taken over.
      takeOver ??= setTimeout(() => {
        sweep(clock.now()).catch((err) => log.warn({ err }, 'Left to the next tick'));
      }, LEASE_MS + 1_000).unref();
    },
    async stop() {
      if (takeOver !== null) clearTimeout(takeOver);
      await worker.stop();
    },
  };
}
