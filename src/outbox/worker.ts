/** Runs the jobs: graphile-worker's pool of workers, started again where it gives up. */
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger, type Runner, run, runOnce, type WorkerPool } from 'graphile-worker';
import pg from 'pg';
import { z } from 'zod';
import type { Log } from '../log.ts';
import type { JobPayload } from './job-queue.ts';
import type { PassedOver } from './passed-over.ts';

export interface WorkerParts {
  databaseUrl: string;
  log: Log;
  /** By name. What one throws is logged; its job is not tried again before a tick adds it anew. */
  tasks: Record<string, (payload: JobPayload) => Promise<unknown>>;
  passedOver: PassedOver;
  /** Whether a job could run now or is run by the workers of this pool. */
  isBusy(poolId: string | null): Promise<boolean>;
}

export interface Worker {
  start(): void;
  /** Runs the jobs of a task that are due, here and now, without `start`. */
  runOnce(task: string): Promise<void>;
  /** Resolves when no job runs and none could. Never throws. */
  idle(): Promise<void>;
  /** Ends after the jobs under way. */
  stop(): Promise<void>;
}

/** More would make people who click wait, and Slack takes a few a second. */
const CONCURRENCY = 5;
/** They fetch and complete jobs; the work itself goes through Prisma. One of them listens. */
const CONNECTIONS = 3;
const CONNECT_MS = 5_000;
/** For jobs that wait for their time: the others are announced. */
const POLL_MS = 2_000;
const RESTART_MS = 2_000;
/** How often `idle` asks for jobs while none of these workers is at one, */
const IDLE_MS = 5;
/** and looks whether they still are, where it would hear of the job’s end. */
const WORK_MS = 50;
/** How often it asks again of a database that gives no answer: that is no sign of rest. */
const ASKED_AGAIN = 20;
const DONE = 'bigplan:done';

export function createWorker(parts: WorkerParts): Worker {
  const { databaseUrl, log, tasks, passedOver, isBusy } = parts;
  const ending = new AbortController();
  const events = new EventEmitter();
  // As many may wait for rest as people act at once.
  events.setMaxListeners(0);
  let poolId: string | null = null;
  let runner: Runner | null = null;
  let life: Promise<void> | null = null;

  /** Jobs under way here. */
  let running = 0;
  events.on('pool:create', ({ workerPool }: { workerPool: WorkerPool }) => {
    poolId = workerPool.id;
    passedOver.onRoom(() => {
      if (poolId === workerPool.id) workerPool.nudge(CONCURRENCY);
    });
  });
  const taskList = Object.fromEntries(
    Object.entries(tasks).map(([name, work]) => [
      name,
      async (payload: unknown) => {
        running += 1;
        try {
          await work(readPayload(payload));
        } catch (err) {
          log.error({ err, kind: name }, 'A job failed');
        } finally {
          running -= 1;
          events.emit(DONE);
        }
      },
    ]),
  );

  async function live(): Promise<void> {
    while (!ending.signal.aborted) {
      const pool = openPool(databaseUrl);
      try {
        runner = await run({
          pgPool: pool,
          schema: 'graphile_worker',
          taskList,
          events,
          forbiddenFlags: () => passedOver.flags(),
          parsedCronItems: [],
          concurrency: CONCURRENCY,
          pollInterval: POLL_MS,
          // The jobs' times are the machine's, as leases and pauses are.
          useNodeTime: true,
          noHandleSignals: true,
          logger: loggerTo(log),
          // Batched, even of one: only then its own trouble with the database is caught.
          preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
        });
        // It came up while it was told to end.
        if (ending.signal.aborted) await runner.stop();
        await runner.promise;
      } catch (err) {
        log.error({ err }, 'The delivery workers stopped');
      } finally {
        runner = null;
        poolId = null;
        await pool.end().catch(() => {});
      }
      await sleep(RESTART_MS, undefined, { signal: ending.signal }).catch(() => {});
    }
  }

  /** Resolves when a job is over, or has taken long. */
  async function jobDone(): Promise<void> {
    const over = new AbortController();
    const { signal } = over;
    const done = once(events, DONE, { signal });
    await Promise.race([done, sleep(WORK_MS, undefined, { signal })]).finally(() => over.abort());
  }

  return {
    start() {
      life ??= live();
    },
    async runOnce(task) {
      const work = taskList[task];
      if (work === undefined) throw new TypeError(`There is no task ${task}`);
      const pool = openPool(databaseUrl);
      try {
        await runOnce({
          pgPool: pool,
          schema: 'graphile_worker',
          taskList: { [task]: work },
          useNodeTime: true,
          noHandleSignals: true,
          logger: loggerTo(log),
        });
      } finally {
        await pool.end().catch(() => {});
      }
    },
    async idle() {
      let unanswered = 0;
      while (life !== null && !ending.signal.aborted) {
        if (running > 0) {
          await jobDone();
          continue;
        }
        const asked = poolId;
        const busy = await isBusy(asked).catch(() => null);
        // A pool that came up meanwhile may have taken a job that nobody was asked about.
        if (busy === false && poolId === asked) return;
        if (busy === null && ++unanswered > ASKED_AGAIN) return;
        await sleep(busy === null ? WORK_MS : IDLE_MS);
      }
    },
    async stop() {
      ending.abort();
      await runner?.stop().catch(() => {});
      await life;
    },
  };
}

const Payload = z.object({
  id: z.uuid(),
  giveUpAt: z.coerce.date().optional(),
  tries: z.int().optional(),
  isItsTurn: z.boolean().optional(),
});

function readPayload(payload: unknown): JobPayload {
  const { id, giveUpAt, tries, isItsTurn } = Payload.parse(payload);
  return {
    id,
    ...(giveUpAt && { giveUpAt }),
    ...(tries !== undefined && { tries }),
    ...(isItsTurn && { isItsTurn }),
  };
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'bigplan worker',
  });
  // Whoever uses a connection that is lost hears of it from its query.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Its errors; the rest is for its own developers. */
function loggerTo(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ source: 'graphile-worker' }, message);
  });
}
