/**
 * Writes the migration that leads from the present ones to schema.prisma:
 *
 *     npm run migration -- <name>
 *
 * `init` is rewritten while it is the only one, which is for the time before the first release.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../embedded.ts';
import { MIGRATIONS_DIR, readMigrations } from '../migrations.ts';
import { openSchemaTools } from './schema-engine.ts';

const name = process.argv[2] ?? '';
if (!/^[a-z0-9_]+$/.test(name)) {
  console.error('Usage: npm run migration -- <name>, with a name like add_snooze');
  process.exit(1);
}

await mkdir(MIGRATIONS_DIR, { recursive: true });
const migrations = await readMigrations();
const rewritten = name === 'init' && migrations.length === 1 ? migrations[0] : undefined;

const dataDir = await mkdtemp(join(tmpdir(), 'bigplan-migration-'));
const database = await startEmbedded({ dataDir, mayLose: 'all' });
try {
  const tools = await openSchemaTools(database.url);
  const sql = await tools.difference(rewritten ? [] : migrations);
  await tools.close();
  if (sql === '') {
    console.log('The migrations already lead to schema.prisma.');
  } else {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = join(MIGRATIONS_DIR, rewritten?.name ?? `${stamp}_${name}`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'migration.sql'), sql);
    await writeFile(join(MIGRATIONS_DIR, 'migration_lock.toml'), 'provider = "postgresql"\n');
    console.log(`${rewritten ? 'Rewrote' : 'Wrote'} ${folder}`);
  }
} finally {
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
}
