/** The one way to the database. Only `db/`, `outbox/`, `scheduler/` and the slices' stores hold on to it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/client.ts';
import { noteWrite, workspaceInScope } from './scope.ts';
import { QueuedPool, ScopedPool } from './scoped-pool.ts';

// Prisma compiles each shape of query once, by WebAssembly: V8's optimising that would take more time than it saves, and
// some 50 MB for good. So it does only after much longer than by default.
setFlagsFromString('--wasm-tiering-budget=1000000000');

export type Db = PrismaClient;

/** Inside a transaction: everything but opening another one. */
export type Tx = Prisma.TransactionClient;

const CONNECT_MS = 5_000;
const POOL_SIZE = 10;
/** Less than a transaction may take, so that whoever waits for a lock is told, and nothing is left to happen later. */
const LOCK_MS = 8_000;
/** Statements that each connection keeps prepared. Those with lists in them have a text for each length. */
const MOST_PREPARED = 500;

/**
 * Connects lazily: a database that is away now is an error of the first query, not of this.
 *
 * @param isScoped whether it shows no more than the scope in which it is asked (see scoped-pool.ts).
 */
export function createDb(url: string, { isScoped = false } = {}): Db {
  const config = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    max: POOL_SIZE,
    application_name: 'bigplan',
    lock_timeout: LOCK_MS,
  };
  const adapter = new PrismaPg(isScoped ? new ScopedPool(config) : new QueuedPool(config), {
    // A connection lost while idle is replaced at the next query, which reports it if it can't.
    onPoolError: () => {},
    onConnectionError: () => {},
    statementNameGenerator: statementName,
    disposeExternalPool: true,
  });
  const db = new PrismaClient({ adapter });
  return isScoped ? (db.$extends(ONE_SCOPE_AT_ONCE) as unknown as Db) : db;
}

/**
 * Prisma answers unique look-ups of one moment and shape with one statement, which is done in the scope of the first:
 * those of another scope wait for the next moment.
 */
const ONE_SCOPE_AT_ONCE = Prisma.defineExtension({
  query: {
    $allModels: {
      findUnique: async ({ args, query }) => {
        await ownMoment();
        return query(args);
      },
      findUniqueOrThrow: async ({ args, query }) => {
        await ownMoment();
        return query(args);
      },
    },
  },
});

/** Whose look-ups are gathered just now; null: nobody's. */
let gathering: string | null = null;

async function ownMoment(): Promise<void> {
  const scope = workspaceInScope() ?? '';
  while (gathering !== null && gathering !== scope) await nextTurn();
  if (gathering === scope) return;
  gathering = scope;
  setImmediate(() => {
    gathering = null;
  });
}

const prepared = new Map<string, { name: string; isWrite: boolean }>();

/** What no screen shows: requests that came, whose Home is open, what buttons stand for, who looked. */
const UNSEEN = 'request_claim|home_shown|stashed|audit_log';
const WRITE = new RegExp(
  `(?:INSERT INTO|DELETE FROM|(?<!FOR |FOR NO KEY |DO )UPDATE)\\s+(?:"public"\\.)?"?(?!(?:public|${UNSEEN})\\b)\\w`,
);

/**
 * What a statement goes by on each connection: PostgreSQL reads and plans it once and not each time, which is half of
 * what a small query costs. Empty, for none, once there are `MOST_PREPARED`. Each statement passes here, so that what
 * changes something is noted here too.
 */
function statementName({ sql }: { sql: string }): string {
  const { name, isWrite } = prepared.get(sql) ?? prepare(sql);
  if (isWrite) noteWrite();
  return name;
}

function prepare(sql: string): { name: string; isWrite: boolean } {
  const isWrite = WRITE.test(sql);
  if (prepared.size >= MOST_PREPARED) return { name: '', isWrite };
  const statement = { name: `bigplan_${prepared.size}`, isWrite };
  prepared.set(sql, statement);
  return statement;
}
