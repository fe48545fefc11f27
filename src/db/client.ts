/** The one way to the database. Only `db/`, `outbox/`, `scheduler/` and the slices' stores hold on to it. */
import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from './generated/client.ts';

export type Db = PrismaClient;

/** Inside a transaction: everything but opening another one. */
export type Tx = Prisma.TransactionClient;

const CONNECT_MS = 5_000;
const POOL_SIZE = 10;
/** Statements that each connection keeps prepared. Those with lists in them have a text for each length. */
const MOST_PREPARED = 500;

/** Connects lazily: a database that is away now is an error of the first query, not of this. */
export function createDb(url: string): Db {
  const adapter = new PrismaPg(
    {
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS,
      max: POOL_SIZE,
      application_name: 'bigplan',
    },
    // A connection lost while idle is replaced at the next query, which reports it if it can't.
    { onPoolError: () => {}, onConnectionError: () => {}, statementNameGenerator: statementName },
  );
  return new PrismaClient({ adapter });
}

const prepared = new Map<string, string>();

/**
 * What a statement goes by on each connection: PostgreSQL reads and plans it once and not each time, which is half of
 * what a small query costs. Empty, for none, once there are `MOST_PREPARED`.
 */
function statementName({ sql }: { sql: string }): string {
  const known = prepared.get(sql);
  if (known !== undefined) return known;
  if (prepared.size >= MOST_PREPARED) return '';
  const name = `bigplan_${prepared.size}`;
  prepared.set(sql, name);
  return name;
}
