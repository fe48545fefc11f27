/**
 * The ledger's rows and the steps between their states. Each step names the state that it leaves, so
 * that of several processes one takes it.
 *
 *     planned → sending → sent
 *                       → ambiguous → sent
 *                       → failed
 *             → cancelled
 *     sending → planned   (it certainly wasn't posted: later again)
 *
 * Leases run on the machine's clock, what is due on Bigplan's.
 */
import type { Db, Tx } from '../db/client.ts';
import type { Delivery as Row } from '../db/generated/client.ts';
import type { DeliveryState, Order, Wanted } from './delivery.ts';

/** Longer than rendering and two calls to Slack can take. */
const LEASE_MS = 60_000;
/** What must be left of a lease for a call that may take 10 s. */
const LEASE_MARGIN_MS = 15_000;

export interface DeliveryStore {
  insert(tx: Tx, order: Order & { dueAt: Date }): Promise<string>;
  /** Takes one that is due, by id or the oldest; null where there is none (for us). */
  claim(now: Date, id?: string): Promise<Row | null>;
  /** Notes the channel just before the post; false where the lease is not ours any more. */
  aim(row: Row, channel: string): Promise<boolean>;
  sent(id: string, ts: string): Promise<void>;
  ambiguous(id: string, problem: string, lookAgainAt: Date | null): Promise<void>;
  failed(id: string, problem: string): Promise<void>;
  cancelled(id: string): Promise<void>;
  /** Back to planned: nothing was posted. */
  postpone(id: string, problem: string, dueAt: Date): Promise<void>;
  /** Those whose sender died: before the post they are planned again, after it ambiguous. */
  expireLeases(): Promise<void>;
  /** Takes one ambiguous row to look for its message; nobody else looks for a lease's time. */
  claimLook(): Promise<Row | null>;
  find(where: Wanted): Promise<Row[]>;
  unsettled(team: string): Promise<Row[]>;
  counts(): Promise<Record<DeliveryState, number>>;
}

const STATES: DeliveryState[] = ['planned', 'sending', 'sent', 'ambiguous', 'failed', 'cancelled'];

export function createDeliveryStore(db: Db): DeliveryStore {
  const { delivery } = db;
  const leased = () => new Date(Date.now() + LEASE_MS);
  const settled = { leaseUntil: null, problem: null };

  return {
    async insert(tx, order) {
      const { team, person, kind, key, subject, dueAt } = order;
      const occasion = { workspaceId: team, personId: person, kind, key };
      await tx.delivery.createMany({
        data: [{ ...occasion, subject, dueAt }],
        skipDuplicates: true,
      });
      const { id } = await tx.delivery.findUniqueOrThrow({
        where: { workspaceId_personId_kind_key: occasion },
        select: { id: true },
      });
      return id;
    },

    async claim(now, id) {
      const [row] =
        id === undefined
          ? await db.$queryRaw<{ id: string }[]>`
              UPDATE delivery SET state = 'sending', lease_until = ${leased()},
                attempts = attempts + 1, channel_id = NULL, updated_at = ${new Date()}
              WHERE id = (
                SELECT id FROM delivery WHERE state = 'planned' AND due_at <= ${now}
                ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
              RETURNING id`
          : await db.$queryRaw<{ id: string }[]>`
              UPDATE delivery SET state = 'sending', lease_until = ${leased()},
                attempts = attempts + 1, channel_id = NULL, updated_at = ${new Date()}
              WHERE id = ${id}::uuid AND state = 'planned' AND due_at <= ${now}
              RETURNING id`;
      return row === undefined ? null : delivery.findUnique({ where: { id: row.id } });
    },

    async aim({ id, leaseUntil }, channel) {
      const { count } = await delivery.updateMany({
        where: {
          id,
          state: 'sending',
          leaseUntil: { equals: leaseUntil, gt: new Date(Date.now() + LEASE_MARGIN_MS) },
        },
        data: { channelId: channel },
      });
      return count === 1;
    },

    async sent(id, ts) {
      await delivery.updateMany({
        where: { id, state: { in: ['sending', 'ambiguous'] } },
        data: { state: 'sent', ts, ...settled },
      });
    },

    async ambiguous(id, problem, lookAgainAt) {
      await delivery.updateMany({
        where: { id, state: { in: ['sending', 'ambiguous'] } },
        data: { state: 'ambiguous', problem, leaseUntil: lookAgainAt },
      });
    },

    async failed(id, problem) {
      await delivery.updateMany({
        where: { id, state: 'sending' },
        data: { state: 'failed', problem, leaseUntil: null },
      });
    },

    async cancelled(id) {
      await delivery.updateMany({
        where: { id, state: 'sending' },
        data: { state: 'cancelled', ...settled },
      });
    },

    async postpone(id, problem, dueAt) {
      await delivery.updateMany({
        where: { id, state: 'sending' },
        data: { state: 'planned', problem, dueAt, leaseUntil: null, channelId: null },
      });
    },

    async expireLeases() {
      const expired = { state: 'sending', leaseUntil: { lt: new Date() } } as const;
      await delivery.updateMany({
        where: { ...expired, channelId: null },
        data: { state: 'planned', problem: 'sender_died', leaseUntil: null },
      });
      await delivery.updateMany({
        where: { ...expired, channelId: { not: null } },
        data: { state: 'ambiguous', problem: 'sender_died', leaseUntil: new Date() },
      });
    },

    async claimLook() {
      const [row] = await db.$queryRaw<{ id: string }[]>`
        UPDATE delivery SET lease_until = ${leased()}
        WHERE id = (
          SELECT id FROM delivery WHERE state = 'ambiguous' AND lease_until <= ${new Date()}
          ORDER BY lease_until LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id`;
      return row === undefined ? null : delivery.findUnique({ where: { id: row.id } });
    },

    find({ kind, key, subject, team, person }) {
      return delivery.findMany({
        where: {
          kind,
          ...(key && { key }),
          ...(subject && { subject }),
          ...(team && { workspaceId: team }),
          ...(person && { personId: person }),
        },
        orderBy: { createdAt: 'asc' },
      });
    },

    unsettled(team) {
      return delivery.findMany({
        where: { workspaceId: team, state: { in: ['ambiguous', 'failed'] } },
        orderBy: { createdAt: 'desc' },
        take: 100,
      });
    },

    async counts() {
      const groups = await delivery.groupBy({ by: ['state'], _count: true });
      const byState = new Map(groups.map((group) => [group.state, group._count]));
      return Object.fromEntries(STATES.map((state) => [state, byState.get(state) ?? 0])) as Record<
        DeliveryState,
        number
      >;
    },
  };
}
