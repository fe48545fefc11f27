/**
 * The second wall between workspaces, behind each query's own filter: what is done for one workspace is done in a role
 * that sees no other's rows (row-level security). Bigplan's own work for all of them runs as the database's user.
 */
import pg from 'pg';
import { EVERY_WORKSPACE, workspaceInScope } from './scope.ts';

/** The role, which can't log in: whoever may, takes it on. */
export const WORKSPACE_ROLE = 'bigplan_workspace';

const TAKE_ON = `SELECT set_config('role', $1, false), set_config('bigplan.workspace', $2, false)`;

/** What each connection was set to last. */
const scopes = new WeakMap<pg.ClientBase, string>();

type Callback = (
  error: Error | undefined,
  client?: pg.PoolClient,
  done?: (error?: unknown) => void,
) => void;

/** A pool whose connections show what the scope in which they are asked for may see. */
export class ScopedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Callback): void;
  override connect(callback?: Callback): Promise<pg.PoolClient> | undefined {
    // Nobody has said: nothing is seen.
    const scope = workspaceInScope() ?? '';
    if (callback === undefined) return super.connect().then((client) => scoped(client, scope));
    super.connect((error, client, done) => {
      if (error || client === undefined || scopes.get(client) === scope) {
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
}

/** @throws what the database says; the connection is given up then. */
async function scoped(client: pg.PoolClient, scope: string): Promise<pg.PoolClient> {
  if (scopes.get(client) === scope) return client;
  const role = scope === EVERY_WORKSPACE ? 'none' : WORKSPACE_ROLE;
  try {
    await client.query(TAKE_ON, [role, scope === EVERY_WORKSPACE ? '' : scope]);
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
  scopes.set(client, scope);
  return client;
}
