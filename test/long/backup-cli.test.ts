/** `npm run backup` and `restore` as processes of their own, on Bigplan's own database. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDb } from '../../src/db/client.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { startProcess } from '../support/app-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bigplan-backup-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(command: 'backup' | 'restore', dataDir: string, ...args: string[]) {
  const script = `src/db/backup/${command}-cli.ts`;
  const process = startProcess(script, { BIGPLAN_DATA_DIR: join(folder, dataDir) }, args);
  return { code: await process.ended, said: process.output() };
}

/** Works on the database in a data folder while its server runs. */
async function within<T>(dataDir: string, work: (url: string) => Promise<T>): Promise<T> {
  const server = await startEmbedded({ dataDir: join(folder, dataDir), mayLose: 'all' });
  return work(server.url).finally(() => server.stop());
}

const workspacesIn = async (url: string) => {
  const db = createDb(url);
  return db.workspace.findMany().finally(() => db.$disconnect());
};

it('back up beside a running Bigplan, and restore into a data folder that is new', async () => {
  const backup = join(folder, 'backup');
  const before = await within('data', async (url) => {
    await migrate(url);
    const db = createDb(url);
    await db.workspace.create({ data: { id: 'T0BACKUP' } }).finally(() => db.$disconnect());
    const { code, said } = await run('backup', 'data', backup);
    expect(said).toMatch(
      /^1 rows of \d+ tables are in .+\nThe keys \(none yet\) are not: keep what/,
    );
    expect(code).toBe(0);
    return workspacesIn(url);
  });
  const restored = await run('restore', 'new', backup);
  expect(restored.said).toMatch(/^1 rows of \S+ are in the database\nStart Bigplan with the keys/);
  expect(restored.code).toBe(0);
  expect(await within('new', workspacesIn)).toEqual(before);

  const again = await run('restore', 'new', backup);
  expect(again).toEqual({
    code: 1,
    said: "restore: The database isn't empty (workspace holds rows): restore into a new one\n",
  });
  expect((await run('backup', 'new')).said).toBe(
    'backup: Usage: npm run --silent backup -- FOLDER\n',
  );
  expect((await run('backup', 'nothing', join(folder, 'b2'))).said).toBe(
    'backup: Bigplan has not been started on this database yet\n',
  );
});
