/**
 * The transport: graphile-worker's jobs, by its own SQL functions, so that a job is added in the
 * transaction of whatever it is about. A job says when to look at a row; the row decides what happens.
 *
 * One job a row and task, by its key. graphile-worker takes a job that is locked (somebody runs it, or
 * died over it) for out of date: adding it again makes a fresh one. All times here are the machine's.
 */
import type { Db, Tx } from '../db/client.ts';
import { Prisma } from '../db/generated/client.ts';
import { bulkFlag, type SharedPace } from './pace.ts';
import { isPaused, WAITS } from './waits.ts';

/** The problem of a delivery that could not be worded, by which it is told from what Slack refused. */
export const NOT_RENDERED = 'not_rendered';

/** Sends a delivery: `{ id }`. */
export const DELIVER = 'deliver';
/** Looks for the message of an ambiguous one: `{ id, giveUpAt }`. */
export const LOOK = 'look';

/** Shows a message anew that stands: `{ id, tries }`. */
export const REFRESH = 'refresh';

export interface JobPayload {
  id: string;
  giveUpAt?: Date;
  tries?: number;
  /** It has waited for its turn at Slack: it takes no other. */
  isItsTurn?: boolean;
}

/** A job that failed is made anew by the next tick, with the row as it is then. */
const MAX_ATTEMPTS = 1;
const BATCH = 1_000;
/** After so long, whoever was to show a message anew has died over it. */
const STALE_MS = 30_000;

/** Jobs of one lane run one after the other; a message's are always in the same. */
const LANES = 64;
const laneOf = (id: string) => `${REFRESH}:${Number.parseInt(id.slice(-4), 16) % LANES}`;
/** Somebody has just pressed something there: before what Bigplan sends by itself. */
const REFRESH_PRIORITY = -10;

type KeyMode = 'replace' | 'preserve_run_at';

/** Adds a job that looks for a message or shows it anew, for `at`, or moves the one that waits to it (`replace`). */
export async function enqueue(
  tx: Tx | Db,
  task: typeof LOOK | typeof REFRESH,
  job: JobPayload,
  at: Date,
  mode: KeyMode = 'replace',
): Promise<void> {
  const lane = task === REFRESH ? laneOf(job.id) : null;
  await tx.$queryRaw`SELECT 1 AS added FROM graphile_worker.add_job(
    identifier => ${task},
    payload => ${JSON.stringify(job)}::json,
    run_at => ${at.toISOString()}::timestamptz,
    max_attempts => ${MAX_ATTEMPTS}::int,
    queue_name => ${lane}::text,
    priority => ${lane === null ? 0 : REFRESH_PRIORITY}::int,
    job_key => ${`${task}:${job.id}`},
    job_key_mode => ${mode})`;
}

/**
 * SQL, by a delivery's columns: what somebody waits for goes first, then what is worth nothing any more the soonest after
 * it was due, in minutes; what is worth sending however late has a day. Those alike go as they came.
 */
const PRIORITY = Prisma.sql`CASE WHEN is_urgent THEN 0 ELSE LEAST(10000,
  1 + extract(epoch FROM COALESCE(send_by - due_at, interval '1 day')) / 60)::int END`;
/** SQL: by which workers pass over it while its workspace has to wait, or that much of it that nobody waits for. */
const FLAGS = Prisma.sql`CASE WHEN is_urgent THEN ARRAY[workspace_id]
  ELSE ARRAY[workspace_id, ${bulkFlag(Prisma.sql`workspace_id`)}] END`;

/** SQL: what adds the job that sends a delivery at `at`, by that one's columns. */
export const deliverAt = (
  at: Date,
  mode: KeyMode = 'replace',
) => Prisma.sql`graphile_worker.add_job(
  identifier => ${DELIVER},
  payload => json_build_object('id', id),
  run_at => ${at.toISOString()}::timestamptz,
  max_attempts => ${MAX_ATTEMPTS}::int,
  job_key => id::text,
  priority => ${PRIORITY},
  flags => ${FLAGS},
  job_key_mode => ${mode})`;

/** Adds the jobs that send deliveries at `at`, or moves those that wait to it (`replace`); in this order. */
export async function enqueueDeliveries(
  tx: Tx | Db,
  ids: readonly string[],
  at: Date,
  mode: KeyMode = 'replace',
): Promise<void> {
  if (ids.length === 0) return;
  await tx.$queryRaw`
    SELECT count((${deliverAt(at, mode)}).id)::int
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS asked (id, nth) JOIN delivery USING (id)`;
}

export function createJobQueue(db: Db, pace: SharedPace) {
  return {
    /** A job for each planned delivery that may be sent by Bigplan's clock and has none that will run. */
    async enqueueDue(dueBy: Date): Promise<number> {
      for (let total = 0; ; ) {
        const [{ count } = { count: 0 }] = await db.$queryRaw<{ count: number }[]>`
          WITH due AS (
            SELECT id, workspace_id, is_urgent, due_at, send_by FROM delivery
            WHERE state = 'planned' AND due_at <= ${dueBy}
              AND (send_by IS NULL OR send_by >= ${dueBy}) AND NOT ${WAITS} AND NOT EXISTS (
              SELECT FROM graphile_worker.jobs
              WHERE key = delivery.id::text AND locked_at IS NULL AND attempts < max_attempts)
            ORDER BY due_at, id LIMIT ${BATCH} FOR UPDATE OF delivery SKIP LOCKED)
          SELECT count(*)::int AS count FROM graphile_worker.add_jobs(
            (SELECT array_agg(
              (${DELIVER}, json_build_object('id', id), NULL, ${now()}::timestamptz,
               ${MAX_ATTEMPTS}::int, id::text, ${PRIORITY}, ${FLAGS})::graphile_worker.job_spec
              ORDER BY id) FROM due),
            job_key_preserve_run_at => true)
          WHERE EXISTS (SELECT FROM due)`;
        total += count;
        if (count < BATCH) return total;
      }
    },

    /** A job for each ambiguous delivery that should be looked for by now and has none that will. */
    async enqueueLooks(giveUpAt: Date): Promise<void> {
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT id::text FROM delivery
        WHERE state = 'ambiguous' AND lease_until <= ${new Date()} AND NOT EXISTS (
          SELECT FROM graphile_worker.jobs
          WHERE key = ${`${LOOK}:`} || delivery.id::text
            AND locked_at IS NULL AND attempts < max_attempts)
        ORDER BY id LIMIT ${BATCH}`;
      for (const { id } of rows) await enqueue(db, LOOK, { id, giveUpAt }, new Date());
    },

    /** A job for each message that should have been shown anew by now and has none that will. */
    async enqueueStale(): Promise<void> {
      const since = new Date(Date.now() - STALE_MS);
      // graphile-worker itself would keep the lane of a worker that died for four hours.
      await db.$executeRaw`
        UPDATE graphile_worker._private_job_queues SET locked_at = NULL, locked_by = NULL
        WHERE starts_with(queue_name, ${`${REFRESH}:`}) AND locked_at < ${since}::timestamptz`;
      const rows = await db.$queryRaw<{ id: string }[]>`
        SELECT id::text FROM delivery
        WHERE stale AND state = 'sent' AND updated_at < ${since}
          AND NOT ${isPaused(Prisma.sql`delivery.workspace_id`)} AND NOT EXISTS (
          SELECT FROM graphile_worker.jobs
          WHERE key = ${`${REFRESH}:`} || delivery.id::text
            AND locked_at IS NULL AND attempts < max_attempts)
        ORDER BY id LIMIT ${BATCH}`;
      for (const { id } of rows) await enqueue(db, REFRESH, { id, tries: 0 }, new Date());
    },

    /** Whether a job could run now, or is run by these workers. */
    async isBusy(poolId: string | null): Promise<boolean> {
      const [row] = await db.$queryRaw<{ busy: boolean }[]>`
        SELECT EXISTS (
          SELECT FROM graphile_worker.jobs
          WHERE task_identifier IN (${DELIVER}, ${LOOK}, ${REFRESH})
            AND (locked_by = ${poolId} OR (
              locked_at IS NULL AND attempts < max_attempts AND run_at <= ${now()}::timestamptz
              AND NOT EXISTS (
                SELECT FROM slack_pause
                WHERE (until > ${new Date()} OR refused IS NOT NULL) AND flags ? workspace_id)
              AND NOT EXISTS (
                SELECT FROM slack_pace AS pace
                WHERE ${pace.isEmpty('chat.postMessage')} AND flags ? (${bulkFlag(Prisma.sql`workspace_id`)}))))
        ) AS busy`;
      return row?.busy ?? false;
    },

    /**
     * When what is due by Bigplan's clock and was held up by our own trouble, not by Slack's, is tried
     * again; now where a tick has to add its job. Null: nothing is.
     */
    async retryAt(dueBy: Date): Promise<Date | null> {
      const [row] = await db.$queryRaw<{ at: Date | null }[]>`
        SELECT min(COALESCE(jobs.run_at, ${now()}::timestamptz)) AS at
        FROM delivery LEFT JOIN graphile_worker.jobs AS jobs
          ON jobs.key = delivery.id::text AND locked_at IS NULL AND jobs.attempts < max_attempts
        WHERE state = 'planned' AND due_at <= ${dueBy} AND (send_by IS NULL OR send_by >= ${dueBy})
          AND (problem IS NULL OR problem = ${NOT_RENDERED}) AND NOT ${WAITS}
          AND NOT ${isPaused(Prisma.sql`delivery.workspace_id`)}
          AND NOT ${pace.isEmptyIn(Prisma.sql`delivery.workspace_id`, 'chat.postMessage')}`;
      return row?.at ?? null;
    },

    /** Removes the jobs that will never run: of workers that died, replaced since. */
    async prune(): Promise<void> {
      await db.$queryRaw`
        SELECT count(*)::int FROM graphile_worker.complete_jobs(ARRAY(
          SELECT id FROM graphile_worker.jobs
          WHERE attempts >= max_attempts
            AND (locked_at IS NULL OR locked_at < now() - interval '4 hours')))`;
    },
  };
}

function now(): string {
  return new Date().toISOString();
}
