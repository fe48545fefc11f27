/**
 * The end of a delivery. Its state and what else its kind does then are one transaction: neither is
 * there without the other, and each is there once.
 */
import { recordSeen, type Shows } from '../db/audit.ts';
import type { Db, Tx } from '../db/client.ts';
import type { Prisma, Delivery as Row } from '../db/generated/client.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../time/clock.ts';
import type { HoldReason } from './budget-rules.ts';
import { keyFor, logged } from './delivery.ts';
import { enqueue, REFRESH } from './job-queue.ts';
import { MAY_NOT_HAVE, type MessageKind } from './message.ts';
import { type DeliveryStore, held, SETTLED, TOO_LATE } from './store.ts';
import { lockThread, tellThread } from './threads.ts';

/**
 * `undone`: what follows from it failed, was logged, and nothing has changed; the caller sees to it that
 * somebody tries again. `taken`: somebody else has decided on it meanwhile.
 */
export type Ended = 'ended' | 'taken' | 'undone';

export interface FinalizerParts {
  db: Db;
  store: DeliveryStore;
  kinds: ReadonlyMap<string, MessageKind>;
  clock: Clock;
  log: Log;
}

export type Finalizer = ReturnType<typeof createFinalizer>;

export function createFinalizer({ db, store, kinds, clock, log }: FinalizerParts) {
  /** Whatever the end of `row` brings, in the transaction that has just ended it. */
  async function follow(tx: Tx, row: Row): Promise<void> {
    const { sent, lost, dropped } = kinds.get(row.kind) ?? {};
    if (isDropped(row) && dropped) await dropped(tx, await store.asDelivery(row, tx));
    if (row.state === 'sent' && sent) await sent(tx, await store.asDelivery(row, tx));
    if (isLoss(row) && lost) {
      const problem = row.state === 'ambiguous' ? 'unknown' : (row.problem ?? 'unknown');
      await lost(tx, await store.asDelivery(row, tx), problem);
    }
    if (kinds.get(row.kind)?.awaited) {
      // One that was planned too late to be sent at all has nobody waiting for it.
      if (isLoss(row) && (row.state !== 'missed' || row.repeats > 0)) await tellOf(tx, row);
      await showNotices(tx, row);
    }
    await showStale(tx, row);
    await tellThread(tx, row, clock.now());
  }

  /** Tells whoever has caused it that it may not be there; once each time that it is sent. */
  async function tellOf(tx: Tx, row: Row): Promise<void> {
    const by = await kinds.get(row.kind)?.awaited?.by(await store.asDelivery(row, tx));
    if (!by || by.userId === row.personId) return;
    const now = clock.now();
    const notice = keyFor(by, MAY_NOT_HAVE, `${row.id}:${row.repeats}`);
    const order = { ...notice, subject: row.id, dueAt: now, sendBy: null };
    await store.insert(tx, { order, isUrgent: false, now });
  }

  /** What was told of it says how it stands now. */
  async function showNotices(tx: Tx, { id: subject, workspaceId }: Row): Promise<void> {
    for (const id of await store.standing(tx, { workspaceId, subject }, [MAY_NOT_HAVE])) {
      await enqueue(tx, REFRESH, { id, tries: 0 }, new Date(), 'preserve_run_at');
    }
  }

  /** What it is about has changed since it was worded. */
  async function showStale(
    on: Db | Tx,
    { id, state, stale }: Pick<Row, 'id' | 'state' | 'stale'>,
  ): Promise<void> {
    if (state === 'sent' && stale) await enqueue(on, REFRESH, { id, tries: 0 }, new Date());
  }

  /** Whether its kind asks for nothing at such an end. What that tells a thread, a tick can make up for. */
  function isPlain(kind: string, state: unknown): boolean {
    const { sent, lost, dropped, awaited } = kinds.get(kind) ?? {};
    if (awaited) return false;
    if (state === 'cancelled') return !dropped;
    return !(state === 'sent' ? sent : lost);
  }

  async function end(
    row: Row,
    from: Prisma.DeliveryWhereInput,
    data: Prisma.DeliveryUpdateManyMutationInput,
    shows: Shows | null = null,
  ): Promise<Ended> {
    const where = { ...from, id: row.id };
    if (row.rootId === null && !shows && isPlain(row.kind, data.state)) {
      const [ended] = await db.delivery.updateManyAndReturn({ where, data });
      if (ended !== undefined) {
        await showStale(db, ended);
        await tellThread(db, ended, clock.now());
      }
      return ended === undefined ? 'taken' : 'ended';
    }
    let following = false;
    try {
      return await inTransaction(db, async (tx) => {
        following = false;
        await lockThread(tx, row);
        const [ended] = await tx.delivery.updateManyAndReturn({ where, data });
        if (ended === undefined) return 'taken';
        following = true;
        await follow(tx, ended);
        const reader = { workspaceId: ended.workspaceId, userId: ended.personId };
        if (shows) await recordSeen(tx, reader, shows, clock.now());
        following = false;
        return 'ended';
      });
    } catch (err) {
      if (!following) throw err;
      log.error({ ...logged(row), err }, 'What follows from the end of a delivery failed');
      return 'undone';
    }
  }

  return {
    follow,
    showNotices,

    /** It was looked for and is not there: it may still be found. */
    doubted: (row: Row) => inTransaction(db, (tx) => tellOf(tx, row)),

    /** Has one sent once more that nobody found for an hour; false where it was, or its kind isn't repeated. */
    async repeated(row: Row): Promise<boolean> {
      const { awaited, tellsOfLoss } = kinds.get(row.kind) ?? {};
      if (!awaited && !tellsOfLoss) return false;
      return inTransaction(db, async (tx) => {
        const isPlanned = await store.repeat(tx, row.id, { byRule: true, now: clock.now() });
        if (isPlanned) await showNotices(tx, row);
        return isPlanned;
      });
    },

    /** `shows`: what its reader sees in it of others, which is noted with it. */
    async sent(row: Row, ts: string, shows: Shows | null): Promise<Ended> {
      const state = 'sent' as const;
      if (row.rootId !== null || shows || !isPlain(row.kind, state)) {
        return end(row, STILL_OPEN, { state, ts, leaseUntil: null, problem: null }, shows);
      }
      const ended = await store.sent(row.id, ts);
      if (ended === null) return 'taken';
      await showStale(db, { id: row.id, state, stale: ended.stale });
      if (ended.hasReplies) await tellThread(db, { ...row, state }, clock.now());
      return 'ended';
    },

    /** Not found, and not looked for any more. */
    unknown: (row: Row) =>
      end(row, { state: 'ambiguous', leaseUntil: { not: null } }, { leaseUntil: null }),

    failed: (row: Row, problem: string) =>
      end(row, held(row), { state: 'failed', problem, leaseUntil: null }),

    cancelled: (row: Row) => end(row, held(row), { state: 'cancelled', ...SETTLED }),

    /** By the gate. */
    dropped: (row: Row, reason: HoldReason) =>
      end(row, held(row), { state: 'cancelled', leaseUntil: null, problem: reason }),

    missed(row: Row): Promise<Ended> {
      const from = row.state === 'planned' ? ({ state: 'planned' } as const) : held(row);
      return end(row, from, { state: 'missed', problem: TOO_LATE, leaseUntil: null });
    },

    /** Gives up what is still planned though its time has passed, and returns it. */
    async missOverdue(now: Date): Promise<Row[]> {
      const followed = [...kinds].flatMap(([kind, { lost, awaited }]) =>
        lost || awaited ? [kind] : [],
      );
      const missed = await store.missOverdue(now, followed);
      for (const row of await store.overdue(now, followed)) {
        if ((await this.missed(row)) === 'ended') missed.push(row);
      }
      return missed;
    },
  };
}

/** What was given up stays so: its loss has been told. */
const STILL_OPEN: Prisma.DeliveryWhereInput = {
  OR: [{ state: 'sending' }, { state: 'ambiguous', leaseUntil: { not: null } }],
};

const isDropped = ({ state, problem }: Row) => state === 'cancelled' && problem !== null;

function isLoss({ state }: Row): boolean {
  return state === 'failed' || state === 'missed' || state === 'ambiguous';
}
