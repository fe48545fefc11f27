import { readdirSync, readFileSync } from 'node:fs';
import type { Db } from '../../src/db/client.ts';

/** A tick of Linux's clock, by which /proc counts. */
const TICK_MS = 10;

/**
 * The processor time (ms, user and system) that `work` takes in this process and in the database's, the mean of
 * `rounds`: what others do on the machine meanwhile isn't in it, as it is in how long something takes. Linux alone.
 */
export async function processorTime(
  db: Db,
  rounds: number,
  work: () => Promise<unknown>,
): Promise<{ own: number; database: number }> {
  const [{ pid } = { pid: 0 }] = await db.$queryRaw<{ pid: number }[]>`
    SELECT pg_backend_pid() AS pid`;
  const [, postmaster = ''] = statOf(String(pid)) ?? [];
  const [before, databaseBefore] = [process.cpuUsage(), ticksUnder(postmaster)];
  for (let round = 0; round < rounds; round++) await work();
  const { user, system } = process.cpuUsage(before);
  return {
    own: (user + system) / 1_000 / rounds,
    database: ((ticksUnder(postmaster) - databaseBefore) * TICK_MS) / rounds,
  };
}

/** The fields of /proc/<pid>/stat behind the process's name; null where it has ended. */
function statOf(pid: string): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? null;
  } catch {
    return null;
  }
}

/** What a server's processes have used, the ended ones too. */
function ticksUnder(postmaster: string): number {
  const used = (stat: string[] | null, fields: number[]) =>
    fields.reduce((sum, field) => sum + Number(stat?.[field] ?? 0), 0);
  const running = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((stat) => stat?.[1] === postmaster);
  return (
    running.reduce((sum, stat) => sum + used(stat, [11, 12]), 0) +
    used(statOf(postmaster), [11, 12, 13, 14])
  );
}
