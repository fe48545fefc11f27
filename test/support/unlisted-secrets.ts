/** Whether a change of keys would go through all that is encrypted, whatever a test has lived. */
import type { Db } from '../../src/db/client.ts';
import type { Encryption } from '../../src/db/encryption.ts';
import { Prisma } from '../../src/db/generated/client.ts';
import { SEALED_COLUMNS } from '../../src/db/keys/sealed-columns.ts';
import { valuesNotOf } from '../../src/db/keys/sealed-values.ts';

interface TextColumn {
  table: string;
  column: string;
}

/** Columns that hold encrypted text and aren't listed, and listed ones of which a value doesn't open as it is listed. */
export async function unlistedSecrets(db: Db, encryption: Encryption): Promise<string[]> {
  const listed = new Map<string, number>();
  const wrong = new Set<string>();
  for (const one of SEALED_COLUMNS) {
    const name = `${one.table}.${one.column}`;
    for await (const values of valuesNotOf(db, one, '')) {
      listed.set(name, (listed.get(name) ?? 0) + values.length);
      for (const { value, ...context } of values) {
        try {
          encryption.decrypt(value, context);
        } catch {
          wrong.add(`${name}: ${context.field}`);
        }
      }
    }
  }
  for (const [name, held] of await sealedByColumn(db)) {
    if (held > (listed.get(name) ?? 0))
      wrong.add(`${name}: ${held - (listed.get(name) ?? 0)} more`);
  }
  return [...wrong];
}

async function sealedByColumn(db: Db): Promise<[string, number][]> {
  const columns = await db.$queryRaw<TextColumn[]>`
    SELECT table_name AS table, column_name AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'text' AND table_name NOT IN ('encryption_key', '_prisma_migrations')`;
  const counts = columns.map(
    ({ table, column }) =>
      `SELECT '${table}.${column}' AS name, count(*)::int AS held FROM "${table}" WHERE "${column}" ~ '^v1:[^:]+:[^:]{16}:'`,
  );
  const rows = await db.$queryRaw<{ name: string; held: number }[]>(
    Prisma.sql`${Prisma.raw(counts.join(' UNION ALL '))}`,
  );
  return rows.filter(({ held }) => held > 0).map(({ name, held }) => [name, held]);
}
