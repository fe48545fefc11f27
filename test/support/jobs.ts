/** The transport's jobs, to look at and to hurry along. */
import { inTransaction } from '../../src/db/transaction.ts';
import { enqueue, LOOK } from '../../src/outbox/job-queue.ts';
import type { TestDb } from './db.ts';

interface Job {
  key: string | null;
  runAt: Date;
  locked: boolean;
  /** Whether it will run, now or later. */
  waiting: boolean;
}

export async function jobsOf(db: TestDb['db']): Promise<Job[]> {
  return db.$queryRaw<Job[]>`
    SELECT key, run_at AS "runAt", locked_at IS NOT NULL AS locked,
      locked_at IS NULL AND attempts < max_attempts AS waiting
    FROM graphile_worker.jobs ORDER BY id`;
}

/** As if the waits for retries, limits and looks were over. */
export async function hurry(db: TestDb['db']): Promise<void> {
  await db.slackPause.deleteMany();
  await db.slackPace.deleteMany();
  // Beside whoever sends: the two may want the same rows in another order.
  await inTransaction(db, (tx) =>
    tx.delivery.updateMany({
      where: { state: 'ambiguous', leaseUntil: { not: null } },
      data: { leaseUntil: new Date() },
    }),
  );
  // By the workers' clock: the database's is finer, and what it calls now is later than that for a moment.
  const now = new Date().toISOString();
  await db.$queryRaw`
    SELECT count(*)::int FROM graphile_worker.reschedule_jobs(
      ARRAY(SELECT id FROM graphile_worker.jobs WHERE locked_at IS NULL),
      run_at => ${now}::timestamptz)`;
  await db.$executeRaw`SELECT pg_notify('jobs:insert', '{"count":8}')`;
}

/** As if a minute had passed since a workspace that refuses was last asked. */
export async function askAgain(db: TestDb['db']): Promise<void> {
  await db.slackPause.updateMany({
    where: { refused: { not: null } },
    data: { probeAt: new Date(0) },
  });
}

/** As if what is in doubt had been looked for in vain for some minutes. */
export async function lookOnceMore(db: TestDb['db']): Promise<void> {
  await lookUntil(db, new Date(Date.now() + 30 * 60_000));
}

/** As if what is in doubt had been looked for in vain for so long that it counts as unknown. */
export function giveUpLooking(db: TestDb['db']): Promise<void> {
  return lookUntil(db, new Date());
}

async function lookUntil(db: TestDb['db'], giveUpAt: Date): Promise<void> {
  const where = { state: 'ambiguous', leaseUntil: { not: null } } as const;
  await db.delivery.updateMany({ where, data: { leaseUntil: new Date() } });
  for (const { id } of await db.delivery.findMany({ where })) {
    await enqueue(db, LOOK, { id, giveUpAt }, new Date());
  }
}

/** As if the leases of senders that were killed had run out. */
export async function expireLeases(db: TestDb['db']): Promise<void> {
  await db.delivery.updateMany({ where: { state: 'sending' }, data: { leaseUntil: new Date(0) } });
}

/** As a worker leaves a job that was killed over it, a while ago. */
export async function lockJobs(db: TestDb['db']): Promise<void> {
  await db.$executeRaw`
    UPDATE graphile_worker._private_job_queues
    SET locked_at = now() - interval '1 minute', locked_by = 'pool-dead'
    WHERE id IN (SELECT job_queue_id FROM graphile_worker._private_jobs)`;
  await db.$executeRaw`
    UPDATE graphile_worker._private_jobs
    SET locked_at = now(), locked_by = 'pool-dead', attempts = attempts + 1`;
}

export async function clearJobs(db: TestDb['db']): Promise<void> {
  await db.$executeRaw`DELETE FROM graphile_worker._private_jobs`;
}
