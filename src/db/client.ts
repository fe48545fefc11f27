/** The one way to the database. Only `db/`, `outbox/`, `scheduler/` and the slices' stores hold on to it. */
import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from './generated/client.ts';

export type Db = PrismaClient;

/** Inside a transaction: everything but opening another one. */
export type Tx = Prisma.TransactionClient;

const CONNECT_MS = 5_000;
const POOL_SIZE = 10;

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
    { onPoolError: () => {}, onConnectionError: () => {} },
  );
  return new PrismaClient({ adapter });
}
