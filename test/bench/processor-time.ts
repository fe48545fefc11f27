import { readdirSync, readFileSync } from 'node:fs';
import type { Db } from '../../src/db/client.ts';

/**
 * The processor time (ms) that `work` takes in this process and in the database's: what others do on the machine
 * meanwhile isn't in it, as it is in how long something takes. Linux alone.
 */
export async function processorTime(
  db: Db,
  work: () => Promise<unknown>,
): Promise<{ own: number; database: number }> {
  const [{ pid } = { pid: 0 }] = await db.$queryRaw<{ pid: number }[]>`
    SELECT pg_backend_pid() AS pid`;
  const postmaster = parentOf(String(pid));
  const databaseBefore = usedUnder(postmaster);
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  let database = 0;
  for (const [child, ms] of usedUnder(postmaster))
    database += ms - (databaseBefore.get(child) ?? 0);
  return { own: (user + system) / 1_000, database };
}

/** What a process tells of itself; null where it has ended. */
function told(pid: string, what: 'stat' | 'schedstat'): string | null {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    return null;
  }
}

const parentOf = (pid: string) => told(pid, 'stat')?.split(') ').at(-1)?.split(' ')[1];

/** What each running process of a server has used, in ms. */
function usedUnder(postmaster: string | undefined): Map<string, number> {
  const running = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && parentOf(name) === postmaster,
  );
  return new Map(
    running.map((pid) => [pid, Number(told(pid, 'schedstat')?.split(' ')[0] ?? 0) / 1e6]),
  );
}
