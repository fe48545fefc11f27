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

const LISTED = SEALED_COLUMNS.map(
  ({ table, column, workspaceId, userId, field, joined = '', where = 'TRUE' }) =>
    `SELECT '${table}.${column}' AS name, t.${column} AS value, ${workspaceId} AS "workspaceId",
       ${userId} AS "userId", ${field} AS field
     FROM ${table} AS t ${joined} WHERE t.${column} LIKE 'v1:%' AND ${where}`,
).join(' UNION ALL ');

/** Counts what looks encrypted, by column; the same for every database of a run. */
let everywhere: Promise<string> | null = null;

async function everywhereIn(db: Db): Promise<string> {
  const columns = await db.$queryRaw<{ table: string; column: string }[]>`
    SELECT table_name AS table, column_name AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'text'
      AND table_name NOT IN ('encryption_key', '_prisma_migrations')`;
  return columns
    .map(
      ({ table, column }) =>
        `SELECT '${table}.${column}' AS name, count(*)::int AS held FROM "${table}"
         WHERE "${column}" ~ '^v1:[^:]+:[^:]{16}:' HAVING count(*) > 0`,
    )
    .join(' UNION ALL ');
}

/** Columns that hold encrypted text and aren't listed, and listed ones of which a value doesn't open as it is listed. */
export async function unlistedSecrets(db: Db, encryption: Encryption): Promise<string[]> {
  const listed = new Map<string, number>();
  const wrong = new Set<string>();
  for (const { name, value, ...context } of await db.$queryRawUnsafe<Secret[]>(LISTED)) {
    listed.set(name, (listed.get(name) ?? 0) + 1);
    try {
      encryption.decrypt(value, context);
    } catch {
      wrong.add(`${name}: ${context.field}`);
    }
  }
  everywhere ??= everywhereIn(db);
  const counts = await db.$queryRawUnsafe<{ name: string; held: number }[]>(await everywhere);
  for (const { name, held } of counts) {
    const more = held - (listed.get(name) ?? 0);
    if (more > 0) wrong.add(`${name}: ${more} more`);
  }
  return [...wrong];
}
