/** What is encrypted in the database, and with which key. */
import type { Db } from '../client.ts';
import type { EncryptionContext } from '../encryption.ts';
import { Prisma } from '../generated/client.ts';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.ts';

export interface SealedValue extends EncryptionContext {
  /** Where the row lies now; another place once it is changed. */
  place: string;
  value: string;
}

/** Pages of a table, in PostgreSQL's sense, that are read at a time: some thousand rows. */
const PAGES = 64;

const heldIn = ({ table, column, joined = '', where = 'TRUE' }: SealedColumn) =>
  Prisma.raw(`FROM ${table} AS t ${joined} WHERE t.${column} LIKE 'v1:%' AND ${where}`);
const keyIdOf = ({ column }: SealedColumn) => Prisma.raw(`split_part(t.${column}, ':', 2)`);

/** How many values were encrypted with each key, by its id. Reads everything there is. */
export async function keysInUse(db: Db): Promise<Map<string, number>> {
  const uses = new Map<string, number>();
  for (const one of SEALED_COLUMNS) {
    const rows = await db.$queryRaw<{ keyId: string; values: bigint }[]>`
      SELECT ${keyIdOf(one)} AS "keyId", count(*) AS values ${heldIn(one)} GROUP BY 1`;
    for (const { keyId, values } of rows) {
      uses.set(keyId, (uses.get(keyId) ?? 0) + Number(values));
    }
  }
  return uses;
}

const sealedAs = ({ workspaceId, userId, field, column }: SealedColumn) =>
  Prisma.raw(
    `t.ctid::text AS place, t.${column} AS value, ${workspaceId} AS "workspaceId", ${userId} AS "userId", ${field} AS field`,
  );

/** One value that was encrypted with the key; null where there is none. */
export async function sampleOf(db: Db, keyId: string): Promise<SealedValue | null> {
  for (const one of SEALED_COLUMNS) {
    const [found] = await db.$queryRaw<SealedValue[]>`
      SELECT ${sealedAs(one)} ${heldIn(one)} AND ${keyIdOf(one)} = ${keyId} LIMIT 1`;
    if (found) return found;
  }
  return null;
}

/** A column's values that were encrypted with other keys than this one, in parts. */
export async function* valuesNotOf(
  db: Db,
  one: SealedColumn,
  keyId: string,
): AsyncGenerator<SealedValue[]> {
  const [{ pages } = { pages: 0 }] = await db.$queryRaw<{ pages: number }[]>`
    SELECT (pg_relation_size(${one.table}::regclass) / current_setting('block_size')::int)::int AS pages`;
  for (let from = 0; from < pages; from += PAGES) {
    const [first, last] = [`(${from},0)`, `(${from + PAGES},0)`];
    yield await db.$queryRaw<SealedValue[]>`
      SELECT ${sealedAs(one)} ${heldIn(one)} AND ${keyIdOf(one)} <> ${keyId}
        AND t.ctid >= ${first}::tid AND t.ctid < ${last}::tid`;
  }
}

/** Puts values in the place of others where these still stand, and says how many of them did. */
export async function replaceValues(
  db: Db,
  { table, column }: SealedColumn,
  values: readonly { place: string; value: string; sealed: string }[],
): Promise<number> {
  const [to, changed] = [Prisma.raw(table), Prisma.raw(column)];
  return db.$executeRaw`
    UPDATE ${to} AS t SET ${changed} = given.sealed
    FROM unnest(${values.map(({ place }) => place)}::text[], ${values.map(({ value }) => value)}::text[],
      ${values.map(({ sealed }) => sealed)}::text[]) AS given (place, value, sealed)
    WHERE t.ctid = given.place::tid AND t.${changed} = given.value`;
}
