/** The database: whether it answers, its schema, its keys, its clock. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '../config.ts';
import { createDb } from '../db/client.ts';
import { findRunning } from '../db/embedded/running.ts';
import { startEmbedded } from '../db/embedded.ts';
import { keyStates } from '../db/keys/at-hand.ts';
import { readMigrations } from '../db/migrations.ts';
import { clockFinding, type Diagnosis, ill, unknown, well } from './diagnosis.ts';

const OLDEST = 13;
const TIMEOUT_MS = 10_000;

export interface DatabaseDiagnosis {
  findings: Diagnosis[];
  /** The channels that are set; null where that could not be read. */
  channels: string[] | null;
}

/** Looks at the database, and changes nothing in it. */
export async function checkDatabase(config: Config): Promise<DatabaseDiagnosis> {
  const { databaseUrl, dataDir } = config;
  const mend =
    databaseUrl === null
      ? `free BIGPLAN_DATA_DIR (${dataDir}), or look into ${join(dataDir, 'postgres.log')}`
      : 'check DATABASE_URL, and that PostgreSQL runs and lets this machine in';
  let opened: { url: string; stop(): Promise<void> } | null;
  try {
    opened = await open(config);
  } catch (error) {
    return { findings: [ill('database', (error as Error).message, mend)], channels: null };
  }
  if (opened === null) {
    const none = unknown('database', `none yet: the first start makes one in ${dataDir}`);
    return { findings: [none], channels: [] };
  }
  const client = new pg.Client({
    connectionString: opened.url,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return await look(client, opened.url, config);
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    return { findings: [ill('database', message || String(code), mend)], channels: null };
  } finally {
    await client.end().catch(() => {});
    await opened.stop();
  }
}

async function open({ databaseUrl, dataDir }: Config) {
  const url = databaseUrl ?? (await findRunning(dataDir));
  if (url !== null) return { url, stop: async () => {} };
  const isThere = await access(join(dataDir, 'postgres')).then(
    () => true,
    () => false,
  );
  return isThere ? startEmbedded({ dataDir }) : null;
}

async function look(client: pg.Client, url: string, config: Config): Promise<DatabaseDiagnosis> {
  const { rows } = await client.query<{ version: string; now: Date }>(
    `SELECT current_setting('server_version') AS version, clock_timestamp() AS now`,
  );
  const { version, now } = rows[0] ?? { version: '0', now: new Date() };
  const findings = [
    Number.parseInt(version, 10) >= OLDEST
      ? well('database', `PostgreSQL ${version} answers`)
      : ill('database', `PostgreSQL ${version}`, `update it to ${OLDEST} or newer`),
    clockFinding('the database', Date.now() - now.getTime()),
  ];
  const schema = await checkSchema(client);
  findings.push(schema);
  if (schema.state !== 'well') return { findings, channels: null };
  findings.push(...(await checkKeys(url, config)));
  const { rows: channels } = await client.query<{ id: string }>(
    'SELECT DISTINCT channel_id AS id FROM team WHERE channel_id IS NOT NULL ORDER BY 1',
  );
  return { findings, channels: channels.map(({ id }) => id) };
}

async function checkSchema(client: pg.Client): Promise<Diagnosis> {
  const about = 'migrations';
  const { rows: tables } = await client.query(`SELECT to_regclass('_prisma_migrations') AS name`);
  if (tables[0].name === null) return unknown(about, 'none yet: the first start makes the tables');
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const known = new Map((await readMigrations()).map((one) => [one.name, one.checksum]));
  const newer = rows.find(({ name }) => !known.has(name));
  if (newer) return ill(about, `${newer.name} is of a newer Bigplan`, 'start that one');
  const half = rows.find(({ finished }) => !finished);
  if (half)
    return ill(about, `${half.name} failed halfway`, 'restore a backup, or settle it by hand');
  const other = rows.find(({ name, checksum }) => known.get(name) !== checksum);
  if (other) return ill(about, `${other.name} is another than this Bigplan's`, 'restore its files');
  const missing = known.size - rows.length;
  return missing === 0
    ? well(about, `all ${known.size} are there`)
    : ill(about, `${missing} of ${known.size} are still to come`, 'start Bigplan: it applies them');
}

async function checkKeys(url: string, config: Config): Promise<Diagnosis[]> {
  const db = createDb(url);
  try {
    const states = await keyStates(db, config);
    if (states.length === 0) return [well('keys', 'nothing is encrypted yet')];
    return states.map(({ id, state, values }) => {
      const about = `key ${id}`;
      const uses = `${values} ${values === 1 ? 'value' : 'values'}`;
      if (state === 'missing') {
        return ill(about, `missing, and ${uses} need it`, 'put it back: nothing else opens them');
      }
      if (state === 'other') {
        return ill(about, `another than the one that ${uses} need`, 'put the right one back');
      }
      if (state === 'first') return well(about, `encrypts what is new; ${uses} need it`);
      if (values > 0) return well(about, `${uses} still need it: npm run keys:rotate`);
      return well(about, 'no value needs it: it can go');
    });
  } catch (error) {
    return [ill('keys', (error as Error).message, 'put the keys back as they were')];
  } finally {
    await db.$disconnect();
  }
}
