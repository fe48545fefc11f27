import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { StartError } from '../../errors.ts';
import { migrate } from '../migrate.ts';
import { type Migration, readMigrations } from '../migrations.ts';
import { type Manifest, readManifest, tablePath } from './manifest.ts';

export interface Restored {
  manifest: Manifest;
  /** The migrations that were made since the backup. */
  migrated: string[];
}

/**
 * Puts a backup into an empty database, and brings it to the present schema. Either all of it is there afterwards, or
 * no row is.
 *
 * @throws StartError where the database holds a row, or the backup is damaged or of a newer Bigplan.
 */
export async function restoreBackup(url: string, folder: string): Promise<Restored> {
  const manifest = await readManifest(folder);
  const migrations = migrationsOf(manifest, await readMigrations());
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    await refuseRows(client);
    await migrate(url, migrations);
    await client.query('BEGIN');
    await fill(client, folder, manifest);
    await client.query('COMMIT');
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
  return { manifest, migrated: await migrate(url) };
}

/** The known migrations that the backup's schema was made by: the first ones. */
function migrationsOf(manifest: Manifest, known: readonly Migration[]): Migration[] {
  return manifest.migrations.map(({ name, checksum }, at) => {
    const same = known[at];
    if (same?.name === name && same.checksum === checksum) return same;
    throw new StartError(
      `The backup is of a newer Bigplan (it has ${name}): restore it with that one`,
    );
  });
}

async function tablesIn(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
       AND relname <> '_prisma_migrations' ORDER BY relname`,
  );
  return rows.map(({ name }) => name);
}

async function refuseRows(client: pg.Client): Promise<void> {
  await client.query('SET row_security = off');
  for (const name of await tablesIn(client)) {
    const { rows } = await client.query(`SELECT FROM ${client.escapeIdentifier(name)} LIMIT 1`);
    if (rows.length > 0) {
      throw new StartError(`The database isn't empty (${name} holds rows): restore into a new one`);
    }
  }
}

/** Fills the tables, their references checked once all are full: teams name people and people teams. */
async function fill(client: pg.Client, folder: string, manifest: Manifest): Promise<void> {
  const quoted = (name: string) => client.escapeIdentifier(name);
  const names = await tablesIn(client);
  const given = manifest.tables.map(({ name }) => name);
  if (names.join() !== given.join())
    throw new StartError('The backup holds other tables than its schema');
  const { rows: references } = await client.query<{ owner: string; name: string; is: string }>(
    `SELECT conrelid::regclass::text AS owner, conname AS name, pg_get_constraintdef(oid) AS is
     FROM pg_constraint
     WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`,
  );
  for (const { owner, name } of references) {
    await client.query(`ALTER TABLE ${owner} DROP CONSTRAINT ${quoted(name)}`);
  }
  for (const name of names) await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
  // A migration may have put rows there, which are in the backup as they have become.
  if (names.length > 0) await client.query(`TRUNCATE ${names.map(quoted).join(', ')}`);
  for (const table of manifest.tables) {
    const columns = table.columns.map(quoted).join(', ');
    const copy = client.query(copyFrom(`COPY ${quoted(table.name)} (${columns}) FROM STDIN`));
    await pipeline(createReadStream(tablePath(folder, table)), copy);
    if (copy.rowCount !== table.rows) {
      throw new StartError(`${table.name} has ${copy.rowCount} rows and not ${table.rows}`);
    }
  }
  for (const name of names) await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
  for (const { owner, name, is } of references) {
    await client.query(`ALTER TABLE ${owner} ADD CONSTRAINT ${quoted(name)} ${is}`);
  }
  await continueSequences(client);
}

/** What numbers its rows goes on after those that are there. */
async function continueSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ sequence: string; owner: string; column: string }>(
    `SELECT s.oid::regclass::text AS sequence, d.refobjid::regclass::text AS owner,
       quote_ident(a.attname) AS column
     FROM pg_class AS s
       JOIN pg_depend AS d ON d.objid = s.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
       JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
     WHERE s.relkind = 'S' AND s.relnamespace = current_schema()::regnamespace`,
  );
  for (const { sequence, owner, column } of rows) {
    await client.query(
      `SELECT setval($1::regclass, greatest((SELECT max(${column}) FROM ${owner}), 0) + 1, false)`,
      [sequence],
    );
  }
}
