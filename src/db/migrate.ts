/**
 * Brings a database to the present schema when Bigplan starts. The same folder and the same
 * `_prisma_migrations` table as `prisma migrate deploy` uses, so either can follow the other;
 * but each migration and its record are one transaction, so that a kill halfway leaves the
 * database as it was.
 */
import { randomUUID } from 'node:crypto';
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { StartError } from '../errors.ts';
import { type Migration, readMigrations } from './migrations.ts';

/** The advisory lock that Prisma's migrate commands take too. */
const PRISMA_MIGRATE_LOCK = 72_707_369;

const CREATE_TABLE = `
CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

interface Applied {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * Applies what is missing, in order. Processes that start together take turns.
 *
 * @returns the names of the migrations applied now.
 * @throws StartError where the database can't be reached or its history isn't this code's.
 */
export async function migrate(url: string, migrations?: readonly Migration[]): Promise<string[]> {
  const known = migrations ?? (await readMigrations());
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect().catch((error: Error) => {
    throw new StartError(`The database does not answer (DATABASE_URL): ${reason(error)}`);
  });
  try {
    // Held by the session, so it is let go however this process ends.
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_MIGRATE_LOCK]);
    await client.query(CREATE_TABLE);
    const { rows } = await client.query<Applied>(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
    );
    const missing = compare(known, rows);
    for (const migration of missing) await apply(client, migration);
    await migrateWorker(url);
    return missing.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** The migrations still to apply; refuses a history that is not a beginning of the known one. */
function compare(known: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const byName = new Map(applied.map((row) => [row.migration_name, row]));
  const names = new Set(known.map((migration) => migration.name));
  for (const { migration_name: name, finished_at } of applied) {
    if (!names.has(name)) {
      throw new StartError(
        `The database belongs to a newer Bigplan (it has the migration ${name}): start that one.`,
      );
    }
    if (finished_at === null) {
      throw new StartError(
        `The migration ${name} failed halfway in this database: settle it with "prisma migrate resolve".`,
      );
    }
  }
  for (const { name, checksum } of known) {
    const row = byName.get(name);
    if (row !== undefined && row.checksum !== checksum) {
      throw new StartError(
        `The migration ${name} has changed since this database was made: start with an empty database.`,
      );
    }
  }
  return known.filter((migration) => !byName.has(migration.name));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new StartError(`The migration ${name} failed: ${reason(error)}`);
  }
}

/** graphile-worker's own tables, in a schema of their own. */
async function migrateWorker(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await runMigrations({
      pgPool: pool,
      schema: 'graphile_worker',
      logger: new Logger(() => () => {}),
    });
  } catch (error) {
    throw new StartError(`The tables for scheduled work could not be made: ${reason(error)}`);
  } finally {
    await pool.end();
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return (error.message || code || error.name).split('\n')[0] ?? error.name;
}
