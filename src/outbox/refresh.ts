/**
 * Keeps messages true. Whoever changes something says so in the same transaction; a job for each message
 * about it reads how things stand and shows that. The jobs of one message run one after the other, so an
 * older reading never lands over a newer one, whichever process does it.
 */
import type { WebClient } from '@slack/web-api';
import type { Db, Tx } from '../db/client.ts';
import type { Delivery as Row } from '../db/generated/client.ts';
import { inWorkspace } from '../db/scope.ts';
import type { Log } from '../log.ts';
import { classifySlackError, isSlackError } from '../slack/errors.ts';
import { fitMessage } from '../slack/limits.ts';
import { logged } from './delivery.ts';
import { enqueue, REFRESH } from './job-queue.ts';
import type { MessageKind } from './message.ts';
import type { SharedPace } from './pace.ts';
import type { Refusals } from './refusals.ts';
import type { DeliveryStore } from './store.ts';

export interface Subject {
  /** Slack's team id. */
  workspaceId: string;
  /** What the messages are about, as their deliveries name it. */
  subject: string;
  /** Only those to this reader; all where left out. */
  userId?: string | undefined;
}

const BACKOFF_MS = 2_000;
/** A change of a message may be tried again: it says the same however often it arrives. */
const MOST_TRIES = 6;

export interface RefreshParts {
  store: DeliveryStore;
  kinds: ReadonlyMap<string, MessageKind>;
  client: WebClient;
  db: Db;
  log: Log;
  refusals: Refusals;
  pace: SharedPace;
}

export interface Refresher {
  /** Has every message about a subject shown anew, once the transaction is committed. */
  refresh(tx: Tx, subject: Subject): Promise<void>;
  /**
   * Shows one anew, when it is its turn at Slack. Never throws for Slack's sake: what can't be changed is left, and its
   * buttons answer.
   */
  show(id: string, asked: Asked): Promise<void>;
}

interface Asked {
  /** How often it was tried before. */
  tries: number;
  /** Whether it has waited for its turn. */
  isItsTurn: boolean;
}

const METHOD = 'chat.update';
/** A wait that isn't worth another job. */
const MOMENT_MS = 20;

export function createRefresher(parts: RefreshParts): Refresher {
  const { store, kinds, client, db, log, refusals, pace } = parts;
  const kept = () => [...kinds.values()].flatMap(({ kind, isKept }) => (isKept ? [kind] : []));

  async function update(row: Row): Promise<void> {
    const kind = kinds.get(row.kind);
    const delivery = await store.asDelivery(row);
    if (!kind?.isKept || delivery.message === null) return;
    const message = await kind.show(delivery);
    if (message === null) return;
    const { text, blocks } = fitMessage(message);
    await client.chat.update({ ...delivery.message, text, blocks });
  }

  /** Tries it, and again later where it fails. */
  async function show(row: Row, { tries, isItsTurn }: Asked): Promise<void> {
    const { id, workspaceId } = row;
    // It stays marked where Slack refuses: a tick has it shown once it takes messages again.
    if (isItsTurn) {
      if (await store.isRefused(workspaceId)) return;
    } else {
      const turn = await pace.takeNext(workspaceId, METHOD, new Date());
      if (turn === null) return;
      if (turn.getTime() > Date.now() + MOMENT_MS) {
        return enqueue(db, REFRESH, { id, tries, isItsTurn: true }, turn);
      }
    }
    try {
      await update(row);
    } catch (err) {
      const about = { ...logged(row), err, method: METHOD, attempt: tries + 1 };
      const failure = isSlackError(err) ? classifySlackError(err) : null;
      if (failure?.kind === 'refused') return refusals.note({ workspaceId, ...failure });
      if (failure?.kind === 'rate_limited') {
        const now = new Date();
        const until = new Date(now.getTime() + failure.retryAfterMs);
        log.warn({ ...about, ms: failure.retryAfterMs }, 'Slack asked this workspace to wait');
        await pace.slowDown(workspaceId, METHOD, { now, until });
        return enqueue(db, REFRESH, { id, tries }, until);
      }
      if (failure?.kind === 'permanent' || tries + 1 >= MOST_TRIES) {
        log.warn(about, 'A message could not be brought up to date');
      } else {
        log.warn(about, 'A message will be brought up to date later');
        const at = new Date(Date.now() + BACKOFF_MS * 2 ** tries);
        return enqueue(db, REFRESH, { id, tries: tries + 1 }, at);
      }
    }
    await store.shown(row);
  }

  return {
    async refresh(tx, subject) {
      for (const id of await store.standing(tx, subject, kept())) {
        // One that waits because Slack asked for it goes on waiting, and shows this too.
        await enqueue(tx, REFRESH, { id, tries: 0 }, new Date(), 'preserve_run_at');
      }
    },

    async show(id, asked) {
      const row = await store.get(id);
      if (row?.state !== 'sent') return;
      await inWorkspace(row.workspaceId, () => show(row, asked));
    },
  };
}
