/** Everything about one person, across all tables: read for them, and taken away. */
import { z } from 'zod';
import type { Db, Tx } from '../db/client.ts';
import { SEALED_COLUMNS } from '../db/keys/sealed-columns.ts';
import type { PersonRef, Store } from '../db/store.ts';
import type { PersonalTable } from './personal-data-rules.ts';

/** A row by its columns: encrypted ones decrypted, instants as PostgreSQL writes them, in UTC. */
export type PersonalRow = Record<string, unknown>;

const Found = z.object({
  row: z.record(z.string(), z.unknown()),
  sealed: z.array(
    z.object({
      column: z.string(),
      userId: z.string().nullable(),
      field: z.string().nullable(),
      holds: z.boolean().nullable(),
    }),
  ),
});

/** The rows of a table that are somebody's own, in order. */
export async function ownRows(
  { db, encryption }: Store,
  { workspaceId, userId }: PersonRef,
  { table, own }: PersonalTable,
): Promise<PersonalRow[]> {
  if (own === null) return [];
  const sealed = SEALED_COLUMNS.filter((one) => one.table === table);
  const contexts = sealed.map(
    ({ column, userId: whose, field, where = 'TRUE' }) =>
      `jsonb_build_object('column', '${column}', 'userId', ${whose}, 'field', ${field}, 'holds', ${where})`,
  );
  const found = await db.$queryRawUnsafe<unknown[]>(
    `SELECT to_jsonb(t) AS row, jsonb_build_array(${contexts.join(', ')}) AS sealed
     FROM ${table} AS t ${sealed[0]?.joined ?? ''} WHERE ${own} ORDER BY to_jsonb(t)`,
    workspaceId,
    userId,
  );
  return found.map((one) => {
    const { row, sealed: columns } = Found.parse(one);
    for (const { column, userId: whose, field, holds } of columns) {
      const value = row[column];
      if (holds !== true || typeof value !== 'string' || whose === null || field === null) continue;
      row[column] = encryption.decrypt(value, { workspaceId, userId: whose, field });
    }
    return row;
  });
}

/** How many rows of others name somebody in a column. */
export async function countNamed(
  db: Db | Tx,
  { workspaceId, userId }: PersonRef,
  { table, own }: PersonalTable,
  column: string,
): Promise<number> {
  const others = own === null ? 'TRUE' : `NOT coalesce(${own}, FALSE)`;
  const [{ count } = { count: 0n }] = await db.$queryRawUnsafe<{ count: bigint }[]>(
    `SELECT count(*) AS count FROM ${table} AS t
     WHERE t.${column} = $2 AND $1 <> '' AND ${others}`,
    workspaceId,
    userId,
  );
  return Number(count);
}
