/** A backup is all there was at one moment, and goes into an empty database alone, whole or not at all. */
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { backUp } from '../../src/db/backup/back-up.ts';
import { restoreBackup } from '../../src/db/backup/restore.ts';
import { migrate } from '../../src/db/migrate.ts';
import { readMigrations } from '../../src/db/migrations.ts';
import { mintTeam } from '../support/a-company.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { mintDatabase } from '../support/db.ts';
import { TEAM } from '../support/slack.ts';

let app: TestApp;
let folder: string;
let empty: { url: string; drop(): Promise<void> };

const NASTY = 'tab\tline\nreturn\r back\\slash \\N \\. “quotes” \'\' "" , 🎯';

beforeAll(async () => {
  app = await startTestApp();
  await mintTeam(app, 'BACK', 2, { until: '2027-03-10' });
  await app.db.person.updateMany({ where: { userId: 'U0BACKR0' }, data: { name: NASTY } });
  await app.db.workspace.update({
    where: { id: TEAM },
    data: { region: '', companyDays: [{ from: '2027-01-01', to: '2027-01-01', label: NASTY }] },
  });
});
afterAll(() => app.stop());
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'bigplan-backup-')), 'backup');
  empty = await mintDatabase({ migrated: false });
});
afterEach(async () => {
  await empty.drop();
  await rm(join(folder, '..'), { recursive: true });
});

async function asking<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}

/** Every row of every table, as PostgreSQL writes it. */
const rowsIn = (url: string) =>
  asking(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
         AND relname <> '_prisma_migrations' ORDER BY 1`,
    );
    const all: Record<string, string[]> = {};
    for (const { name } of tables) {
      const { rows } = await client.query(`SELECT t::text AS row FROM "${name}" AS t ORDER BY 1`);
      all[name] = rows.map(({ row }) => row);
    }
    return all;
  });

/** What keeps the rows as they should be. */
const rulesIn = (url: string) =>
  asking(url, async (client) => {
    const { rows } = await client.query(
      `SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS rule
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace
       UNION ALL SELECT tgrelid::regclass::text || ' ' || tgname || ' ' || tgenabled::text
       FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1`,
    );
    return rows.map(({ rule }) => rule);
  });

const urlOf = () => app.config.databaseUrl ?? '';

it('puts every row back as it was, under the same rules', async () => {
  const before = await rowsIn(urlOf());
  expect(Object.values(before).flat().length).toBeGreaterThan(80);
  expect(before.person?.join()).toContain('🎯');
  await backUp(urlOf(), folder);
  await restoreBackup(empty.url, folder);
  expect(await rowsIn(empty.url)).toEqual(before);
  expect(await rulesIn(empty.url)).toEqual(await rulesIn(urlOf()));
});

it('is of one moment, while others write', async () => {
  const moved = async (from: string, to: string) => {
    await asking(urlOf(), (client) =>
      client.query(
        `WITH gone AS (DELETE FROM ${from} WHERE id = 'T0MOVES' RETURNING id)
         INSERT INTO ${to} SELECT ${to === 'workspace' ? 'id' : "id, ''"} FROM gone`,
      ),
    );
  };
  await asking(urlOf(), (client) =>
    client.query(`INSERT INTO encryption_key VALUES ('T0MOVES', '')`),
  );
  let isDone = false;
  const backup = backUp(urlOf(), folder).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await moved('encryption_key', 'workspace');
    await moved('workspace', 'encryption_key');
  }
  await backup;
  await restoreBackup(empty.url, folder);
  const { workspace = [], encryption_key: keys = [] } = await rowsIn(empty.url);
  const there = [...workspace, ...keys].filter((row) => row.startsWith('(T0MOVES'));
  await app.db.encryptionKey.deleteMany({ where: { id: 'T0MOVES' } });
  expect(there).toHaveLength(1);
});

it('of an older schema is brought to the present one', async () => {
  const known = await readMigrations();
  const older = await mintDatabase({ migrated: false });
  await migrate(older.url, known.slice(0, -1));
  await asking(older.url, (client) => client.query(`INSERT INTO workspace (id) VALUES ('T0OLD')`));
  await backUp(older.url, folder);
  await older.drop();
  expect((await restoreBackup(empty.url, folder)).migrated).toEqual([known.at(-1)?.name]);
  expect((await rowsIn(empty.url)).workspace?.join()).toContain('T0OLD');
});

it('is readable by its owner alone, and holds no key', async () => {
  await backUp(urlOf(), folder);
  const files = await readdir(folder);
  expect(files.length).toBeGreaterThan(20);
  for (const path of ['.', ...files]) {
    expect((await stat(join(folder, path))).mode & 0o077).toBe(0);
  }
  const [, key = ''] = app.config.encryptionKeys?.split(':') ?? [];
  for (const path of files) expect(await readFile(join(folder, path), 'utf8')).not.toContain(key);
});

it('goes into no folder that holds something, and into no database that does', async () => {
  await backUp(urlOf(), folder);
  await expect(backUp(urlOf(), folder)).rejects.toThrow("isn't empty: name a new folder");
  await expect(restoreBackup(urlOf(), folder)).rejects.toThrow(/isn't empty \(\w+ holds rows\)/);
});

it('that is damaged, broken off or of a newer Bigplan is refused before a row is written', async () => {
  await backUp(urlOf(), folder);
  const manifest = join(folder, 'manifest.json');
  const whole = await readFile(manifest, 'utf8');
  const refused = async (words: string) => {
    await expect(restoreBackup(empty.url, folder)).rejects.toThrow(words);
    expect(await rowsIn(empty.url)).toEqual({});
  };
  await writeFile(
    manifest,
    whole.replace('"migrations": [', '"migrations": [{"name": "2999_new", "checksum": ""},'),
  );
  await refused('of a newer Bigplan (it has 2999_new)');
  await writeFile(manifest, '{');
  await refused("manifest.json isn't one of this Bigplan's");
  await writeFile(manifest, whole);
  await appendFile(join(folder, 'person.copy'), 'x');
  await refused("person.copy isn't as it was written");
  await rm(join(folder, 'person.copy'));
  await refused("person.copy isn't as it was written");
  await rm(manifest);
  await refused('holds no whole backup');
});
