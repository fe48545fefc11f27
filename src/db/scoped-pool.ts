/**
 * The second wall between workspaces, behind each query's own filter: what is done for one workspace is done in a role
 * that sees no other's rows (row-level security). Bigplan's own work for all of them runs as the database's user.
 */
import pg from 'pg';
import { EVERY_WORKSPACE, workspaceInScope } from './scope.ts';

/** The role, which can't log in: whoever may, takes it on. */
export const WORKSPACE_ROLE = 'bigplan_workspace';

const TAKE_ON = `SELECT set_config('bigplan.workspace', $1, false)`;

/** What each connection was set to last. */
const workspaces = new WeakMap<pg.ClientBase, string>();

type Callback = (
  error: Error | undefined,
  client?: pg.PoolClient,
  done?: (error?: unknown) => void,
) => void;

/** A pool whose connections take one statement after the other: pg will not queue them any more. */
export class QueuedPool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super(config);
    this.on('connect', (client) => {
      const query = client.query.bind(client) as (...args: unknown[]) => unknown;
      let last: Promise<unknown> = Promise.resolve();
      const queued = (...args: unknown[]) => {
        // The pool's own, on a connection that nobody else has.
        if (typeof args.at(-1) === 'function') return query(...args);
        const own = last.then(() => query(...args));
        last = own.catch(() => {});
        return own;
      };
      client.query = queued as typeof client.query;
    });
  }
}

/** A pool whose connections show what the scope in which they are asked for may see. */
export class ScopedPool extends QueuedPool {
  /** In the role. Apart from the others, since PostgreSQL plans all statements anew where a connection changes roles. */
  readonly #walled: QueuedPool;

  constructor(config: pg.PoolConfig) {
    super(config);
    this.#walled = new QueuedPool({ ...config, options: `-c role=${WORKSPACE_ROLE}` });
    // One that is lost while idle is replaced at the next query.
    this.#walled.on('error', () => {});
    this.#walled.on('connect', (client) => client.on('error', () => {}));
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<pg.PoolClient> | undefined {
    // Nobody has said: nothing is seen.
    const scope = workspaceInScope() ?? '';
    if (scope === EVERY_WORKSPACE) {
      if (callback === undefined) return super.connect();
      super.connect(callback);
      return undefined;
    }
    if (callback === undefined) return this.#walled.connect().then((one) => scoped(one, scope));
    this.#walled.connect((error, client, done) => {
      if (error || client === undefined || workspaces.get(client) === scope) {
        callback(error, client, done);
        return;
      }
      scoped(client, scope).then(
        () => callback(undefined, client, done),
        (failure) => callback(failure),
      );
    });
    return undefined;
  }

  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | undefined {
    const ended = Promise.all([super.end(), this.#walled.end()]).then(() => {});
    if (callback === undefined) return ended;
    void ended.finally(callback);
    return undefined;
  }
}

/** @throws what the database says; the connection is given up then. */
async function scoped(client: pg.PoolClient, scope: string): Promise<pg.PoolClient> {
  if (workspaces.get(client) === scope) return client;
  try {
    await client.query(TAKE_ON, [scope]);
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
  workspaces.set(client, scope);
  return client;
}
