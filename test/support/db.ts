/** Databases of their own for test suites. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { createDb, type Db } from '../../src/db/client.ts';
import { createEncryption, type Encryption, parseKeyring } from '../../src/db/encryption.ts';

export interface TestDb {
  url: string;
  db: Db;
  /** Disconnects and removes the database. */
  drop(): Promise<void>;
}

export const TEST_KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`;

/** Mints a database with the present schema and nothing in it. */
export async function createTestDb(): Promise<TestDb> {
  const { url, drop } = await mintDatabase({ migrated: true });
  const db = createDb(url);
  return {
    url,
    db,
    async drop() {
      await db.$disconnect();
      await drop();
    },
  };
}

/** Mints a database, with the present schema or without any. */
export async function mintDatabase({ migrated }: { migrated: boolean }): Promise<{
  url: string;
  drop(): Promise<void>;
}> {
  const template = new URL(inject('templateUrl'));
  const name = `test_${randomBytes(8).toString('hex')}`;
  const source = migrated ? template.pathname.slice(1) : 'template0';
  await administer(
    // Copied as files, and within the kernel: a third of the work.
    "SET file_copy_method = 'clone'",
    `CREATE DATABASE ${name} TEMPLATE ${source} STRATEGY FILE_COPY`,
  );
  return {
    url: Object.assign(new URL(template), { pathname: `/${name}` }).href,
    drop: () => administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

export function testEncryption(): Encryption {
  return createEncryption(parseKeyring(TEST_KEYS));
}

async function administer(...statements: readonly string[]): Promise<void> {
  const url = Object.assign(new URL(inject('templateUrl')), { pathname: '/postgres' });
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    for (const sql of statements) await client.query(sql);
  } finally {
    await client.end();
  }
}
