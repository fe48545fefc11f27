import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { readPostmaster } from './postmaster.ts';

/**
 * Where to find the server that another Bigplan runs on this data folder, for a command beside it; null
 * where none answers.
 */
export async function findRunning(dataDir: string): Promise<string | null> {
  const folder = resolve(dataDir);
  const postmaster = await readPostmaster(join(folder, 'postgres'));
  const password = await readFile(join(folder, 'postgres-password'), 'utf8').catch(() => null);
  if (postmaster === null || password === null) return null;
  const login = `bigplan:${encodeURIComponent(password.trim())}`;
  const url = `postgresql://${login}@127.0.0.1:${postmaster.port}/bigplan`;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return url;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => {});
  }
}
