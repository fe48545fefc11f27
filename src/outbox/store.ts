/**
 * The outbox's rows and the steps between their states. Each step names the state that it leaves, so
 * that of several processes one takes it; a step away from `sending` also names the lease, so that a
 * sender who slept past it can't undo the work of the next.
 *
 *     planned → sending → sent
 *                       → ambiguous → sent
 *                       → failed
 *             → cancelled
 *             → missed
 *     sending → planned   (it certainly wasn't posted: later again)
 *     failed, ambiguous, missed, cancelled → planned   (somebody asks for it once more)
 *
 * Leases and pauses run on the machine's clock, what is due on Bigplan's.
 */

import { randomUUID } from 'node:crypto';
import type { Db, Tx } from '../db/client.ts';
import { gathered } from '../db/gathered.ts';
import { Prisma, type Delivery as Row, type SlackPause } from '../db/generated/client.ts';
import type { PersonRef } from '../db/store.ts';
import { inTransaction } from '../db/transaction.ts';
import { type GateVerdict, HOLD_REASONS } from './budget-rules.ts';
import {
  type Delivery,
  type DeliveryFilter,
  type DeliveryState,
  type IdempotencyKey,
  type Thread,
  toDelivery,
  type Unarrived,
  type Window,
} from './delivery.ts';
import { deliverAt, enqueue, enqueueDeliveries, LOOK } from './job-queue.ts';
import { SLACK_LIMITS } from './limit-rules.ts';
import { createPace } from './pace.ts';
import { awaitThread, beginsAs, tellThread } from './threads.ts';
import { isPaused, WAITS } from './waits.ts';

/** Longer than rendering and two calls to Slack can take. */
export const LEASE_MS = 30_000;
/** What must be left of a lease for a call that may take 10 s. */
const LEASE_MARGIN_MS = 12_000;
/** A timer and the clock don't agree to the millisecond. */
const EARLY_MS = 100;
export const TOO_LATE = 'too_late';

export const SETTLED = { leaseUntil: null, problem: null };
/** Where a row is still in its sender's hands. */
export const held = ({ leaseUntil }: Row) => ({ state: 'sending' as const, leaseUntil });

/** Why Slack takes nothing for a workspace. */
export interface RefusedWorkspace {
  workspaceId: string;
  /** Slack's word, as in `token_revoked`. */
  code: string;
  /** The scopes that are missing, where it is that. */
  scope: string | null;
}

export type DeliveryStore = ReturnType<typeof createDeliveryStore>;

const STATES: DeliveryState[] = [
  'planned',
  'sending',
  'sent',
  'ambiguous',
  'failed',
  'missed',
  'cancelled',
];

const uniqueKey = ({ workspaceId, userId, kind, key }: IdempotencyKey) => ({
  workspaceId,
  personId: userId,
  kind,
  key,
});

/** Planned, or missed where its time has passed already. */
function stateIn({ sendBy }: Pick<Window, 'sendBy'>, now: Date) {
  const late = sendBy !== null && sendBy < now;
  return late
    ? ({ state: 'missed', problem: TOO_LATE } as const)
    : ({ state: 'planned', problem: null } as const);
}

/** What becomes of a row by a verdict; null: whoever has it sees to that. */
function changeOf(
  verdict: GateVerdict,
  row: Row,
  now: Date,
): Prisma.DeliveryUpdateManyMutationInput | null {
  switch (verdict.type) {
    case 'send':
      return verdict.isNotification ? { notifiedAt: now } : null;
    case 'hold':
      return {
        state: 'planned',
        dueAt: verdict.until,
        sendBy: verdict.sendBy,
        heldFrom: row.heldFrom ?? row.dueAt,
        heldFor: verdict.reason,
        attempts: row.attempts - 1,
        leaseUntil: null,
      };
    case 'drop':
      return null;
  }
}

function toRefusal({ workspaceId, refused, scope }: SlackPause): RefusedWorkspace {
  return { workspaceId, code: refused ?? '', scope };
}

/** @throws RangeError where that was never planned, or is a reply itself. */
async function rootOf(tx: Db | Tx, { root, position }: Thread): Promise<Row> {
  const row = await tx.delivery.findUnique({
    where: { workspaceId_personId_kind_key: uniqueKey(root) },
  });
  if (row === null) throw new RangeError(`There is no ${root.kind} ${root.key} to reply to`);
  if (row.rootId !== null) throw new RangeError(`A ${root.kind} is a reply: it has no thread`);
  if (!(position >= 1)) throw new RangeError(`${position} is no position of a reply`);
  return row;
}

/** SQL: a row as Prisma gives it. */
const COLUMNS = Prisma.raw(
  Object.entries({
    id: 'id::text',
    workspaceId: 'workspace_id',
    personId: 'person_id',
    kind: 'kind',
    key: 'key',
    subject: 'subject',
    state: 'state::text',
    channelId: 'channel_id',
    ts: 'ts',
    attempts: 'attempts',
    leaseUntil: 'lease_until',
    dueAt: 'due_at',
    sendBy: 'send_by',
    problem: 'problem',
    rootId: 'root_id::text',
    position: 'position',
    stale: 'stale',
    notifiedAt: 'notified_at',
    heldFrom: 'held_from',
    heldFor: 'held_for',
    repeats: 'repeats',
    isUrgent: 'is_urgent',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  } satisfies Record<keyof Row, string>)
    .map(([name, column]) => `${column} AS "${name}"`)
    .join(', '),
);

export interface Order {
  order: IdempotencyKey & Window & { subject: string; thread?: Thread };
  /** Whether somebody waits for it. */
  isUrgent: boolean;
  now: Date;
}

/** A row to be, with the columns' names. */
async function toGiven(tx: Db | Tx, { order, isUrgent, now }: Order) {
  const { workspaceId, userId, kind, key, subject, dueAt, sendBy, thread } = order;
  const root = thread ? await rootOf(tx, thread) : null;
  const begins = beginsAs(root);
  const { state, problem } = begins.state === 'planned' ? stateIn(order, now) : begins;
  return {
    id: randomUUID() as string,
    workspace_id: workspaceId,
    person_id: userId,
    kind,
    key,
    subject,
    state,
    problem,
    due_at: dueAt,
    send_by: sendBy,
    root_id: root?.id ?? null,
    position: thread?.position ?? null,
    is_urgent: isUrgent,
    // Its root's end adds the job of one that can't be sent before that.
    has_job: state === 'planned' && dueAt <= now && root?.state !== 'planned',
  };
}

/** A row in its sender's hands, with what else is known from taking it. */
export interface Claimed extends Row {
  /** Slack's id of its reader's DM, as it was once opened. */
  dmChannel: string | null;
  /** From when on nobody has to wait for Slack in its workspace. */
  roomAt: Date;
}

export function createDeliveryStore(db: Db, pace = createPace(db, SLACK_LIMITS)) {
  const { delivery } = db;
  const leased = () => new Date(Date.now() + LEASE_MS);

  return {
    /**
     * Records it and, where it is due, adds its job: in one statement, since a transaction may plan
     * hundreds. Returns its state; null where the key has its row already.
     */
    insert: gathered(async (tx, orders: readonly Order[]) => {
      const given = await Promise.all(orders.map((one) => toGiven(tx, one)));
      const rows = await tx.$queryRaw<{ id: string }[]>`
        WITH given AS (
          SELECT * FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS given (
            id uuid, workspace_id text, person_id text, kind text, key text, subject text, state text,
            problem text, due_at timestamp, send_by timestamp, root_id uuid, position int, is_urgent boolean,
            has_job boolean)),
        planned AS (
          INSERT INTO delivery (id, workspace_id, person_id, kind, key, subject, state, problem,
            due_at, send_by, root_id, position, is_urgent, updated_at)
          SELECT id, workspace_id, person_id, kind, key, subject, state::delivery_state, problem,
            due_at, send_by, root_id, position, is_urgent, ${new Date()}::timestamp FROM given
          ON CONFLICT DO NOTHING RETURNING id)
        SELECT id::text, CASE WHEN has_job THEN (${deliverAt(new Date())}).id END FROM planned JOIN given USING (id)`;
      const isNew = new Set(rows.map(({ id }) => id));
      return given.map(({ id, state }) => (isNew.has(id) ? { id, state } : null));
    }),

    /** Returns its state; null where it isn't planned any more. */
    async move(tx: Tx, key: IdempotencyKey, window: Window, now: Date) {
      const [row] = await tx.delivery.updateManyAndReturn({
        where: { ...uniqueKey(key), state: 'planned' },
        data: { ...window, ...stateIn(window, now) },
      });
      if (row === undefined) return null;
      const { id, state, dueAt } = row;
      if (state === 'planned' && dueAt <= now) await enqueueDeliveries(tx, [id], new Date());
      return { id, state };
    },

    /** Plans one once more that has ended in one of these ways; false where it is in another state. */
    async requeue(
      tx: Tx,
      key: IdempotencyKey,
      as: readonly Unarrived[],
      now: Date,
    ): Promise<boolean> {
      const [row] = await tx.delivery.updateManyAndReturn({
        where: { ...uniqueKey(key), state: { in: [...as] }, leaseUntil: null },
        data: {
          state: 'planned',
          ...SETTLED,
          attempts: 0,
          channelId: null,
          dueAt: now,
          sendBy: null,
        },
      });
      if (row === undefined) return false;
      await enqueueDeliveries(tx, [row.id], new Date());
      return true;
    },

    /**
     * Plans one anew that may not have arrived, or that Slack refused. `byRule`: one that is still looked for, and
     * that was never repeated before. False where it isn't one: nothing changes.
     */
    async repeat(tx: Tx, id: string, { byRule, now }: { byRule: boolean; now: Date }) {
      const [row] = await tx.delivery.updateManyAndReturn({
        where: byRule
          ? { id, state: 'ambiguous', leaseUntil: { not: null }, repeats: 0 }
          : { id, state: { in: ['ambiguous', 'failed', 'missed'] } },
        data: {
          state: 'planned',
          ...SETTLED,
          attempts: 0,
          channelId: null,
          repeats: { increment: 1 },
          ...(!byRule && { dueAt: now, sendBy: null }),
        },
      });
      if (row === undefined) return false;
      await enqueueDeliveries(tx, [id], new Date());
      return true;
    },

    /** Returns it; null where it isn't planned any more. */
    async cancel(tx: Tx, key: IdempotencyKey): Promise<Row | null> {
      const [row] = await tx.delivery.updateManyAndReturn({
        where: { ...uniqueKey(key), state: 'planned' },
        data: { state: 'cancelled', ...SETTLED },
      });
      return row ?? null;
    },

    /**
     * Takes one that is due and may be sent, with a token of its workspace's; null where somebody else has it or it
     * must wait. `isProbe`: also in a workspace that Slack refuses.
     */
    async claim(
      id: string,
      now: Date,
      { on = db, isProbe = false }: { on?: Db | Tx; isProbe?: boolean } = {},
    ): Promise<Claimed | null> {
      const [row] = await on.$queryRaw<Claimed[]>`
        WITH mine AS (
          SELECT id, workspace_id, is_urgent FROM delivery
          WHERE id = ${id}::uuid AND state = 'planned' AND due_at <= ${now}
            AND (send_by IS NULL OR send_by >= ${now})
            AND NOT ${WAITS} AND NOT ${isPaused(Prisma.sql`delivery.workspace_id`, isProbe)}
          FOR NO KEY UPDATE),
        token AS (${pace.takeToken('chat.postMessage', new Date())})
        UPDATE delivery SET state = 'sending', lease_until = ${leased()},
          attempts = attempts + 1, channel_id = NULL, updated_at = ${new Date()}
        WHERE id IN (SELECT mine.id FROM mine, token)
        RETURNING ${COLUMNS}, (SELECT room_at FROM token) AS "roomAt",
          (SELECT dm_channel FROM person WHERE person.workspace_id = delivery.workspace_id
            AND user_id = person_id) AS "dmChannel"`;
      return row ?? null;
    },

    /** As `claim`, after whoever is just ending what this reply waits for: they add no job for it then. */
    claimReply(row: Row, now: Date): Promise<Claimed | null> {
      return inTransaction(db, async (tx) => {
        await awaitThread(tx, row);
        return this.claim(row.id, now, { on: tx });
      });
    },

    /** What a reply waits for: its root, replies under its position. */
    waitsFor({ rootId, position }: Row): Promise<Row[]> {
      return delivery.findMany({
        where: {
          OR: [
            { id: rootId ?? '', state: { not: 'sent' } },
            { rootId, position: { lt: position ?? 0 }, state: { in: ['planned', 'sending'] } },
          ],
        },
      });
    },

    /** Whether it is a reply that may not be sent yet. */
    async waits(id: string): Promise<boolean> {
      const [row] = await db.$queryRaw<{ waits: boolean }[]>`
        SELECT ${WAITS} AS waits FROM delivery WHERE id = ${id}::uuid`;
      return row?.waits ?? false;
    },

    /**
     * Notes the channel just before the post; false where the lease is not ours any more or the workspace has to
     * wait.
     */
    async aim(row: Row, channel: string, { isProbe }: { isProbe: boolean }): Promise<boolean> {
      const { id, leaseUntil, workspaceId } = row;
      const count = await db.$executeRaw`
        UPDATE delivery SET channel_id = ${channel}, updated_at = ${new Date()}
        WHERE id = ${id}::uuid AND state = 'sending' AND lease_until = ${leaseUntil}
          AND lease_until > ${new Date(Date.now() + LEASE_MARGIN_MS)}
          AND NOT ${isPaused(Prisma.sql`${workspaceId}`, isProbe)}`;
      return count === 1;
    },

    /**
     * Sent, and nothing else follows from it; null where what is known of it was given up. `hasReplies`: whether any
     * wait for it. One that is planned at this moment finds it sent, by its own job or by a tick.
     */
    async sent(id: string, ts: string): Promise<{ stale: boolean; hasReplies: boolean } | null> {
      const [row] = await db.$queryRaw<{ stale: boolean; hasReplies: boolean }[]>`
        UPDATE delivery SET state = 'sent', ts = ${ts}, lease_until = NULL, problem = NULL,
          updated_at = ${new Date()}
        WHERE id = ${id}::uuid AND (state = 'sending' OR (state = 'ambiguous' AND lease_until IS NOT NULL))
        RETURNING stale, EXISTS (
          SELECT FROM delivery reply WHERE reply.root_id = delivery.id AND reply.state = 'planned') AS "hasReplies"`;
      return row ?? null;
    },

    /** Null: it has to be opened anew. */
    async keepDm({ workspaceId, userId }: PersonRef, dmChannel: string | null): Promise<void> {
      await db.person.updateMany({ where: { workspaceId, userId }, data: { dmChannel } });
    },

    /** To be looked for at `look.at`, and until `look.giveUpAt` where it isn't found. */
    async ambiguous(row: Row, problem: string, look: { at: Date; giveUpAt: Date }, now: Date) {
      const { id } = row;
      await inTransaction(db, async (tx) => {
        const [left] = await tx.delivery.updateManyAndReturn({
          where: { id, state: { in: ['sending', 'ambiguous'] } },
          data: { state: 'ambiguous', problem, leaseUntil: look.at },
        });
        if (left === undefined) return;
        await enqueue(tx, LOOK, { id, giveUpAt: look.giveUpAt }, look.at);
        if (row.state === 'sending') await tellThread(tx, left, now);
      });
    },

    /**
     * Back to planned, since nothing was posted, with a job for `at` on the machine's clock.
     * `counts`: whether it was an attempt. Returns `at`; null where the lease was lost.
     */
    postpone(row: Row, problem: string, { at, counts }: { at: Date; counts: boolean }) {
      const attempts = counts ? row.attempts : row.attempts - 1;
      return inTransaction(db, async (tx) => {
        const { count } = await tx.delivery.updateMany({
          where: { ...held(row), id: row.id },
          data: { state: 'planned', problem, attempts, leaseUntil: null, channelId: null },
        });
        if (count === 0) return null;
        await enqueueDeliveries(tx, [row.id], at);
        return at;
      });
    },

    /**
     * Has `decide` say whether a row may be posted, in the eyes of all that its reader was sent since `since`
     * or is being sent. What follows from that is done with it: a notification is counted, what is held is
     * planned anew. Readers take turns, so that two at once don't exceed what one may. Null: the lease was lost.
     */
    admit(
      row: Row,
      { now, since, decide }: { now: Date; since: Date; decide(notified: Date[]): GateVerdict },
    ): Promise<GateVerdict | null> {
      const { id, workspaceId, personId } = row;
      return inTransaction(db, async (tx) => {
        const reader = `notify ${workspaceId} ${personId}`;
        await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${reader}, 0))::text`;
        const notified = await tx.delivery.findMany({
          where: {
            workspaceId,
            personId,
            id: { not: id },
            notifiedAt: { gte: since },
            state: { in: ['sending', 'ambiguous', 'sent'] },
          },
          select: { notifiedAt: true },
        });
        const verdict = decide(notified.flatMap(({ notifiedAt }) => notifiedAt ?? []));
        const change = changeOf(verdict, row, now);
        if (change === null) return verdict;
        const { count } = await tx.delivery.updateMany({
          where: { ...held(row), id },
          data: change,
        });
        return count === 1 ? verdict : null;
      });
    },

    /** Has what is held for somebody decided on anew. */
    async release(tx: Tx, { workspaceId, userId }: PersonRef, now: Date): Promise<void> {
      const rows = await tx.delivery.updateManyAndReturn({
        where: {
          workspaceId,
          personId: userId,
          state: 'planned',
          heldFor: { not: null },
          dueAt: { gt: now },
        },
        data: { dueAt: now },
      });
      await enqueueDeliveries(
        tx,
        rows.map(({ id }) => id),
        new Date(),
      );
    },

    /** All that was planned for somebody between two instants, in order. */
    of({ workspaceId, userId }: PersonRef, from: Date, to: Date): Promise<Row[]> {
      const within = { gte: from, lt: to };
      return delivery.findMany({
        where: {
          workspaceId,
          personId: userId,
          OR: [{ dueAt: within }, { notifiedAt: within }, { heldFrom: within }],
        },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
      });
    },

    /** How many are held for each reason, and how many were dropped for it. */
    async withheld(): Promise<{ outcome: 'held' | 'dropped'; reason: string; count: number }[]> {
      const held = await delivery.groupBy({
        by: ['heldFor'],
        where: { state: 'planned', heldFor: { not: null } },
        _count: true,
      });
      const dropped = await delivery.groupBy({
        by: ['problem'],
        where: { state: 'cancelled', problem: { in: [...HOLD_REASONS] } },
        _count: true,
      });
      return [
        ...held.map(({ heldFor, _count: count }) => ({
          outcome: 'held' as const,
          reason: heldFor ?? '',
          count,
        })),
        ...dropped.map(({ problem, _count: count }) => ({
          outcome: 'dropped' as const,
          reason: problem ?? '',
          count,
        })),
      ];
    },

    /** Has a planned row tried again at `at`, or when the job that it has says so. */
    async retry({ id }: Row, at: Date): Promise<Date> {
      await enqueueDeliveries(db, [id], at, 'preserve_run_at');
      return at;
    },

    async pause(workspaceId: string, until: Date): Promise<void> {
      await db.$executeRaw`
        INSERT INTO slack_pause (workspace_id, until) VALUES (${workspaceId}, ${until})
        ON CONFLICT (workspace_id) DO UPDATE SET until = GREATEST(slack_pause.until, excluded.until)`;
    },

    /** When Slack takes a message in its workspace again; null: now, or nobody knows when (`isRefused`). */
    async takesAt({ workspaceId, isUrgent }: Row): Promise<Date | null> {
      const now = new Date();
      const pause = await db.slackPause.findUnique({ where: { workspaceId } });
      if (pause !== null && pause.until > now) return pause.until;
      return pace.roomAt(workspaceId, 'chat.postMessage', now, { isUrgent });
    },

    /** The flags of the jobs that have to wait for Slack, and until when; null: nobody knows. */
    passedOver(): Promise<{ flag: string; until: Date | null }[]> {
      return db.$queryRaw`
        SELECT workspace_id AS flag, CASE WHEN refused IS NULL THEN until END AS until
        FROM slack_pause WHERE until > ${new Date()} OR refused IS NOT NULL
        UNION ALL ${pace.emptyFlags('chat.postMessage')}`;
    },

    /** Whether Slack refuses the workspace, as far as is known. */
    async isRefused(workspaceId: string): Promise<boolean> {
      const pause = await db.slackPause.findUnique({ where: { workspaceId } });
      return pause?.refused != null;
    },

    /** Slack refuses the workspace, to be asked again at `probeAt`. False where that was known. */
    async refuse({ workspaceId, code, scope }: RefusedWorkspace, probeAt: Date): Promise<boolean> {
      const now = new Date();
      const changed = await db.$executeRaw`
        INSERT INTO slack_pause (workspace_id, until, refused, scope, refused_at, probe_at)
        VALUES (${workspaceId}, ${now}, ${code}, ${scope}, ${now}, ${probeAt})
        ON CONFLICT (workspace_id) DO UPDATE SET refused = excluded.refused, scope = excluded.scope,
          refused_at = COALESCE(slack_pause.refused_at, excluded.refused_at),
          probe_at = COALESCE(slack_pause.probe_at, excluded.probe_at)
        WHERE slack_pause.refused IS DISTINCT FROM excluded.refused`;
      return changed === 1;
    },

    /** The workspaces that Slack refuses. */
    async refusals(): Promise<RefusedWorkspace[]> {
      const rows = await db.slackPause.findMany({
        where: { refused: { not: null } },
        orderBy: { workspaceId: 'asc' },
      });
      return rows.map(toRefusal);
    },

    /** Those that are to be asked again by now; nobody else asks before `next`. */
    async claimProbes(next: Date): Promise<RefusedWorkspace[]> {
      const rows = await db.slackPause.updateManyAndReturn({
        where: { refused: { not: null }, probeAt: { lte: new Date() } },
        data: { probeAt: next },
      });
      return rows.map(toRefusal);
    },

    /** Slack takes the workspace's messages again: how long it didn't, in ms. Null where that was known. */
    async accept(workspaceId: string): Promise<number | null> {
      const [row] = await db.$queryRaw<{ since: Date }[]>`
        UPDATE slack_pause SET refused = NULL, scope = NULL, refused_at = NULL, probe_at = NULL
        FROM slack_pause AS before
        WHERE slack_pause.workspace_id = ${workspaceId} AND slack_pause.refused IS NOT NULL
          AND before.workspace_id = slack_pause.workspace_id
        RETURNING before.refused_at AS since`;
      return row === undefined ? null : Date.now() - row.since.getTime();
    },

    /** Some that could be sent now but for Slack's refusal, those first that met it. */
    async refusedRows(
      { workspaceId, code }: RefusedWorkspace,
      now: Date,
      most: number,
    ): Promise<string[]> {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT id::text FROM delivery
        WHERE workspace_id = ${workspaceId} AND state = 'planned' AND due_at <= ${now}
          AND (send_by IS NULL OR send_by >= ${now}) AND NOT ${WAITS}
        ORDER BY problem = ${code} DESC NULLS LAST, due_at, id LIMIT ${most}`;
      return rows.map(({ id }) => id);
    },

    /** Those whose sender died: before the post they are planned again, after it ambiguous. */
    async expireLeases(): Promise<void> {
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

    /** Gives up what is still planned though its time has passed, but for some kinds. */
    missOverdue(now: Date, exceptKinds: string[]): Promise<Row[]> {
      return delivery.updateManyAndReturn({
        where: { state: 'planned', sendBy: { lt: now }, kind: { notIn: exceptKinds } },
        data: { state: 'missed', problem: TOO_LATE },
      });
    },

    /** What `missOverdue` would give up, of some kinds. */
    overdue(now: Date, kinds: string[]): Promise<Row[]> {
      return delivery.findMany({
        where: { state: 'planned', sendBy: { lt: now }, kind: { in: kinds } },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
      });
    },

    /** Takes one ambiguous row to look for its message; nobody else looks for a lease's time. */
    async claimLook(id: string): Promise<Row | null> {
      const soon = new Date(Date.now() + EARLY_MS);
      const [row] = await delivery.updateManyAndReturn({
        where: { id, state: 'ambiguous', leaseUntil: { lte: soon } },
        data: { leaseUntil: leased() },
      });
      return row ?? null;
    },

    /** The rows that these are replies to, by id. */
    async rootsOf(tx: Tx | Db, rows: Pick<Row, 'rootId'>[]): Promise<Map<string | null, Row>> {
      const ids = [...new Set(rows.flatMap(({ rootId }) => rootId ?? []))];
      const roots =
        ids.length > 0 ? await tx.delivery.findMany({ where: { id: { in: ids } } }) : [];
      return new Map(roots.map((root) => [root.id, root]));
    },

    async asDelivery(row: Row, tx: Tx | Db = db): Promise<Delivery> {
      return toDelivery(row, (await this.rootsOf(tx, [row])).get(row.rootId) ?? null);
    },

    /**
     * The messages about a subject that stand, by id. They are marked until they are shown anew, what is on its
     * way too; what isn't sent yet waits for this transaction before it is worded. A thread's root comes
     * first, as with those who end its replies.
     */
    async standing(
      tx: Tx,
      {
        workspaceId,
        subject,
        userId,
      }: { workspaceId: string; subject: string; userId?: string | undefined },
      kinds: string[],
    ): Promise<string[]> {
      const rows = await tx.$queryRaw<{ id: string; state: DeliveryState }[]>`
        SELECT id::text, state::text FROM delivery
        WHERE workspace_id = ${workspaceId} AND subject = ${subject} AND kind = ANY(${kinds}::text[])
          AND (${userId ?? null}::text IS NULL OR person_id = ${userId ?? null})
          AND state IN ('planned', 'sending', 'ambiguous', 'sent')
        ORDER BY root_id NULLS FIRST, position, id FOR NO KEY UPDATE`;
      const worded = rows.filter(({ state }) => state !== 'planned').map(({ id }) => id);
      if (worded.length > 0) {
        await tx.delivery.updateMany({ where: { id: { in: worded } }, data: { stale: true } });
      }
      return rows.filter(({ state }) => state === 'sent').map(({ id }) => id);
    },

    /** It was shown anew; what has changed since `row` was read has its own mark and job. */
    async shown({ id, stale, updatedAt }: Row): Promise<void> {
      if (stale) await delivery.updateMany({ where: { id, updatedAt }, data: { stale: false } });
    },

    get: (id: string): Promise<Row | null> => delivery.findUnique({ where: { id } }),

    find({ kind, key, subject, workspaceId, userId }: DeliveryFilter, on: Db | Tx): Promise<Row[]> {
      return on.delivery.findMany({
        where: {
          kind,
          ...(key && { key }),
          ...(subject && { subject }),
          ...(workspaceId && { workspaceId }),
          ...(userId && { personId: userId }),
        },
        orderBy: { createdAt: 'asc' },
      });
    },

    /** What of some kinds isn't known to have arrived with somebody, the newest first. */
    unarrived({ workspaceId, userId }: PersonRef, kinds: string[]): Promise<Row[]> {
      return delivery.findMany({
        where: {
          workspaceId,
          personId: userId,
          kind: { in: kinds },
          state: { in: ['ambiguous', 'failed', 'missed'] },
        },
        orderBy: { createdAt: 'desc' },
      });
    },

    unsettled(workspaceId: string): Promise<Row[]> {
      return delivery.findMany({
        where: { workspaceId, state: { in: ['ambiguous', 'failed', 'missed'] } },
        orderBy: { createdAt: 'desc' },
        take: 100,
      });
    },

    /** Those due at `now` that nobody has settled, and those missed since `since` on the machine's clock. */
    due(now: Date, since: Date): Promise<Row[]> {
      return delivery.findMany({
        where: {
          dueAt: { lte: now },
          OR: [
            { state: { in: ['planned', 'sending'] } },
            { state: 'ambiguous', leaseUntil: { not: null } },
            { state: 'missed', updatedAt: { gte: since } },
          ],
        },
        // A thread in its order: nothing waits for what comes later.
        orderBy: [
          { dueAt: 'asc' },
          { position: { sort: 'asc', nulls: 'first' } },
          { personId: 'asc' },
        ],
      });
    },

    /** Those planned and due at `now`; for one person, also those missed. */
    plannedAt(tx: Tx | Db, now: Date, who?: PersonRef): Promise<Row[]> {
      return tx.delivery.findMany({
        where: {
          dueAt: { lte: now },
          state: { in: who ? ['planned', 'missed'] : ['planned'] },
          ...(who && { workspaceId: who.workspaceId, personId: who.userId }),
        },
        orderBy: [{ dueAt: 'asc' }, { personId: 'asc' }],
      });
    },

    /** What didn't arrive for sure, of all workspaces. */
    troubled(since: Date): Promise<Row[]> {
      return delivery.findMany({
        where: { state: { in: ['ambiguous', 'failed', 'missed'] }, updatedAt: { gte: since } },
        orderBy: [{ dueAt: 'asc' }, { personId: 'asc' }],
      });
    },

    /** When the first of the planned ones after an instant becomes due; null: none. */
    async nextDue(after: Date): Promise<Date | null> {
      const next = await delivery.findFirst({
        where: { state: 'planned', dueAt: { gt: after } },
        orderBy: { dueAt: 'asc' },
        select: { dueAt: true },
      });
      return next?.dueAt ?? null;
    },

    /** Whether one that may be sent at `now` was due by `dueBy`; null: no, if only the database answers. */
    async isBehind(dueBy: Date | null, now: Date): Promise<boolean> {
      const [row] = await db.$queryRaw<{ behind: boolean }[]>`
        SELECT EXISTS (
          SELECT FROM delivery
          WHERE state IN ('planned', 'sending') AND due_at <= ${dueBy}::timestamptz
            AND (send_by IS NULL OR send_by >= ${now}) AND NOT ${WAITS}
            AND NOT ${isPaused(Prisma.sql`delivery.workspace_id`)}
            AND NOT ${pace.isEmptyIn(Prisma.sql`delivery.workspace_id`, 'chat.postMessage')}
        ) AS behind`;
      return row?.behind ?? false;
    },

    async counts(): Promise<Record<DeliveryState, number>> {
      const groups = await delivery.groupBy({ by: ['state'], _count: true });
      const byState = new Map(groups.map((group) => [group.state, group._count]));
      return Object.fromEntries(STATES.map((state) => [state, byState.get(state) ?? 0])) as Record<
        DeliveryState,
        number
      >;
    },
  };
}
