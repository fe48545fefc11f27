/** Whether a change of keys would go through all that is encrypted, whatever a test has lived. */
import type { Db } from '../../src/db/client.ts';
import type { Encryption } from '../../src/db/encryption.ts';
import { SEALED_COLUMNS } from '../../src/db/keys/sealed-columns.ts';

interface Secret {
  name: string;
  value: string;
  workspaceId: string;
  userId: string;
  field: string;
}

const listedIn = (tables: ReadonlySet<string>): string[] =>
  SEALED_COLUMNS.filter(({ table }) => tables.has(table)).map(
    ({ table, column, workspaceId, userId, field, joined = '', where = 'TRUE' }) =>
      `SELECT '${table}.${column}' AS name, t.${column} AS value, ${workspaceId} AS "workspaceId",
         ${userId} AS "userId", ${field} AS field
       FROM ${table} AS t ${joined} WHERE t.${column} LIKE 'v1:%' AND ${where}`,
  );

/** Counts what looks encrypted, by column. */
const heldIn = (columns: readonly string[], table: string): string[] =>
  columns.map(
    (column) =>
      `SELECT '${table}.${column}' AS name, count(*)::int AS held FROM "${table}"
       WHERE "${column}" ~ '^v1:[^:]+:[^:]{16}:' HAVING count(*) > 0`,
  );

/** By table that anything was ever written to; in most tests that is a few of many. */
async function textColumns(db: Db): Promise<Map<string, string[]>> {
  const rows = await db.$queryRaw<{ table: string; columns: string[] }[]>`
    SELECT c.relname AS table, array_agg(a.attname::text) AS columns
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND pg_relation_size(c.oid) > 0
      AND a.atttypid = 'text'::regtype AND NOT a.attisdropped
      AND c.relname NOT IN ('encryption_key', '_prisma_migrations')
    GROUP BY c.relname`;
  return new Map(rows.map(({ table, columns }) => [table, columns]));
}

/** Columns that hold encrypted text and aren't listed, and listed ones of which a value doesn't open as it is listed. */
export async function unlistedSecrets(db: Db, encryption: Encryption): Promise<string[]> {
  const listed = new Map<string, number>();
  const wrong = new Set<string>();
  const written = await textColumns(db);
  const secrets = await together<Secret>(db, listedIn(new Set(written.keys())));
  for (const { name, value, ...context } of secrets) {
    listed.set(name, (listed.get(name) ?? 0) + 1);
    try {
      encryption.decrypt(value, context);
    } catch {
      wrong.add(`${name}: ${context.field}`);
    }
  }
  const held = [...written].flatMap(([table, columns]) => heldIn(columns, table));
  for (const { name, held: count } of await together<{ name: string; held: number }>(db, held)) {
    const more = count - (listed.get(name) ?? 0);
    if (more > 0) wrong.add(`${name}: ${more} more`);
  }
  return [...wrong];
}

async function together<Row>(db: Db, queries: readonly string[]): Promise<Row[]> {
  return queries.length === 0 ? [] : db.$queryRawUnsafe<Row[]>(queries.join(' UNION ALL '));
}
