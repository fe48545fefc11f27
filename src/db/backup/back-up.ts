import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { StartError } from '../../errors.ts';
import { type BackedUpTable, type Manifest, manifestPath, tablePath } from './manifest.ts';

/**
 * Writes everything in the database into a folder, as it was at one moment, beside whoever works on it. The jobs that
 * wait are left out: Bigplan makes them from the rows. The keys are not in it.
 *
 * @throws StartError where there is something in the folder, or nothing in the database.
 */
export async function backUp(url: string, folder: string): Promise<Manifest> {
  const whole = resolve(folder);
  const partial = `${whole}.partial`;
  if ((await readdir(whole).catch(() => [])).length > 0) {
    throw new StartError(`${folder} isn't empty: name a new folder`);
  }
  await makeAnew(partial);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // Refused rather than a part, to whom some rows are hidden.
    await client.query('SET LOCAL row_security = off');
    const manifest = await writeTables(client, partial);
    await client.query('COMMIT');
    await writeFile(manifestPath(partial), `${JSON.stringify(manifest, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    });
    await flush(partial);
    await rename(partial, whole);
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function makeAnew(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StartError(
      code === 'EEXIST'
        ? `${folder} is there: another backup is being made, or broke off (then remove it)`
        : message,
    );
  }
}

async function writeTables(client: pg.Client, folder: string): Promise<Manifest> {
  const { rows: migrations } = await client.query<Manifest['migrations'][number]>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  const { rows: found } = await client.query<{ name: string; columns: string[] }>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
       AND c.relname <> '_prisma_migrations'
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     GROUP BY c.relname ORDER BY c.relname`,
  );
  const tables: BackedUpTable[] = [];
  for (const table of found) tables.push(await writeTable(client, folder, table));
  const { rows: keys } = await client.query<{ id: string }>(
    'SELECT id FROM encryption_key ORDER BY id',
  );
  return {
    format: 1,
    madeAt: new Date().toISOString(),
    migrations,
    tables,
    keys: keys.map(({ id }) => id),
  };
}

async function writeTable(
  client: pg.Client,
  folder: string,
  { name, columns }: { name: string; columns: string[] },
): Promise<BackedUpTable> {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const copy = client.query(copyTo(`COPY ${client.escapeIdentifier(name)} (${list}) TO STDOUT`));
  const hash = createHash('sha256');
  await pipeline(
    copy,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(tablePath(folder, { name }), { mode: 0o600, flush: true }),
  );
  return { name, columns, rows: copy.rowCount, sha256: hash.digest('hex') };
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
