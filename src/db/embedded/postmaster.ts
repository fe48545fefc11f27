/** The server that a data directory's `postmaster.pid` speaks of, whoever started it. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { StartError } from '../../errors.ts';

/** The session by which a living Bigplan shows that the server is its own. */
export const OWNER_SESSION = 'bigplan owner';

const PATIENCE_MS = 15_000;
/** A server's owner signs in right after its start; so long without one, and there is none. */
const OWNER_GRACE_MS = 3_000;
const POLL_MS = 100;

export interface Postmaster {
  pid: number;
  port: number;
}

/** Reads `postmaster.pid` of a cluster: null where there is none or it isn't complete yet. */
export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const lines = (await readFile(pidFile(cluster), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return pid > 0 && port > 0 ? { pid, port } : null;
}

/**
 * Returns once no server uses the cluster: waits for one that is shutting down, stops one whose
 * Bigplan is dead, clears the trace of one that was killed.
 *
 * @throws StartError where another living Bigplan uses it, or where the server doesn't answer.
 */
export async function clearCluster(cluster: string, password: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  let ownerlessSince: number | null = null;
  while (Date.now() < deadline) {
    const postmaster = await readPostmaster(cluster);
    if (postmaster === null) return;
    if (!(await isPostgres(postmaster.pid))) {
      await rm(pidFile(cluster), { force: true });
      return;
    }
    const owned = await hasOwner(postmaster.port, password);
    if (owned === true) {
      throw new StartError(
        `Another Bigplan is running on this data folder (${cluster}): stop it first, or set BIGPLAN_DATA_DIR.`,
      );
    }
    if (owned === false) {
      ownerlessSince ??= Date.now();
      if (Date.now() - ownerlessSince >= OWNER_GRACE_MS) {
        await stopServer(cluster, postmaster.pid);
        return;
      }
    }
    await sleep(POLL_MS);
  }
  throw new StartError(`A PostgreSQL server holds ${cluster} and does not answer: stop it first.`);
}

/** Shuts a server down at once and cleanly; without an answer in time, hard (the log replays). */
export async function stopServer(cluster: string, pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + PATIENCE_MS / 2;
    while (Date.now() < deadline) {
      if (!(await isPostgres(pid))) return;
      await sleep(POLL_MS);
    }
  }
  throw new StartError(`The PostgreSQL server of ${cluster} (process ${pid}) cannot be stopped.`);
}

/** Whether Bigplan's own session is there; null where the server takes no connections (yet). */
async function hasOwner(port: number, password: string): Promise<boolean | null> {
  const client = new pg.Client({
    ...{ host: '127.0.0.1', port, user: 'bigplan', password, database: 'postgres' },
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rowCount } = await client.query(
      'SELECT 1 FROM pg_stat_activity WHERE application_name = $1',
      [OWNER_SESSION],
    );
    return rowCount !== 0;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => {});
  }
}

/** A process id is used again after a restart, so being alive is not enough where one can look. */
async function isPostgres(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'postgres');
  return name.startsWith('postgres');
}

function pidFile(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}
