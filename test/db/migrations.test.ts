import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSchemaTools, type SchemaTools } from '../../src/db/dev/schema-engine.ts';
import { migrate } from '../../src/db/migrate.ts';
import { type Migration, readMigrations } from '../../src/db/migrations.ts';
import { mintDatabase } from '../support/db.ts';

let database: Awaited<ReturnType<typeof mintDatabase>>;
let client: pg.Client;
let known: Migration[];
beforeAll(async () => {
  known = await readMigrations();
  database = await mintDatabase({ migrated: false });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const made = (name: string, sql: string): Migration => ({ name, sql, checksum: 'c'.repeat(64) });
const tables = async () =>
  (await client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).rows.map(
    (row) => row.tablename as string,
  );

describe('the migrations', () => {
  it('are applied once, however many processes start together', async () => {
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url)));
    const names = known.map(({ name }) => name);
    expect(runs.flat().sort()).toEqual(names);
    expect(await migrate(database.url)).toEqual([]);
    expect(await tables()).toContain('delivery');
  });

  describe('in the eyes of Prisma', () => {
    let tools: SchemaTools;
    beforeAll(async () => {
      tools = await openSchemaTools(database.url);
    });
    afterAll(() => tools.close());

    it('lead to schema.prisma, exactly', async () => {
      expect(await tools.difference(known)).toBe('');
      // The comparison sees a difference where there is one.
      expect(await tools.difference([])).toContain('CREATE TABLE "delivery"');
      const more = made('99990101000000_more', 'ALTER TABLE delivery ADD COLUMN extra INTEGER;');
      expect(await tools.difference([...known, more])).toContain('DROP COLUMN "extra"');
    });

    it('are a history that `prisma migrate deploy` has nothing to add to', async () => {
      expect(await tools.diagnose(known)).toEqual({
        editedMigrationNames: [],
        failedMigrationNames: [],
        hasMigrationsTable: true,
        history: null,
      });
      const edited = known.map((one) => ({ ...one, sql: `${one.sql}\n-- edited` }));
      const { editedMigrationNames } = await tools.diagnose(edited);
      expect(editedMigrationNames).toEqual(known.map(({ name }) => name));
    });
  });

  it('leave nothing behind when one fails, and go on once it is mended', async () => {
    const broken = made('99990101000000_broken', 'CREATE TABLE half (id INT); SELECT 1 / 0;');
    await expect(migrate(database.url, [...known, broken])).rejects.toThrow(
      'The migration 99990101000000_broken failed: division by zero',
    );
    expect(await tables()).not.toContain('half');
    const mended = made(broken.name, 'CREATE TABLE half (id INT);');
    expect(await migrate(database.url, [...known, mended])).toEqual([mended.name]);
  });

  it('refuse a database that is not theirs, each time in one line', async () => {
    await expect(migrate(database.url, known)).rejects.toThrow(/belongs to a newer Bigplan/);
    await client.query("DELETE FROM _prisma_migrations WHERE migration_name LIKE '9999%'");
    const edited = known.map((one) => ({ ...one, checksum: '0'.repeat(64) }));
    await expect(migrate(database.url, edited)).rejects.toThrow(/has changed since/);
    await client.query('UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(migrate(database.url, known)).rejects.toThrow(/failed halfway/);
    const nowhere = 'postgresql://bigplan:secret@127.0.0.1:1/bigplan';
    const refused = await migrate(nowhere).catch((error: Error) => error);
    expect(String(refused)).toMatch(/^StartError: The database does not answer \(DATABASE_URL\)/);
    expect(String(refused)).not.toMatch(/secret|\n/);
  });
});
