/** Makes the role in which a workspace's work is done, and gives it what it needs, where that is still to be done. */
import pg from 'pg';
import { WORKSPACE_ROLE } from './scoped-pool.ts';

/** What no workspace's work has to do with: tokens, keys, and the tables' own history. */
const WITHHELD = ['_prisma_migrations', 'encryption_key', 'installation', 'request_claim'];

/** graphile-worker's own tables, which its functions write to as whoever calls them. */
const QUEUE = `n.nspname = 'graphile_worker' AND c.relname LIKE '\\_private\\_%'`;
const OWN = `n.nspname = 'public' AND c.relname <> ALL ('{${WITHHELD}}')`;
const TABLES = 'FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE';

const IS_READY = `
SELECT pg_has_role(current_user, '${WORKSPACE_ROLE}', 'MEMBER')
  AND NOT EXISTS (
    SELECT ${TABLES} c.relkind = 'r' AND (${OWN} OR ${QUEUE})
      AND NOT has_table_privilege('${WORKSPACE_ROLE}', c.oid, 'DELETE'))
  AND NOT EXISTS (
    SELECT ${TABLES} c.relkind = 'r' AND ${QUEUE} AND NOT EXISTS (
      SELECT FROM pg_policy WHERE polrelid = c.oid AND polname = '${WORKSPACE_ROLE}')) AS ready`;

const MAKE = `
DO $$
DECLARE
  name text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${WORKSPACE_ROLE}') THEN
    BEGIN
      CREATE ROLE ${WORKSPACE_ROLE} NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- Another database of this server has just made it.
    END;
  END IF;
  IF NOT pg_has_role(current_user, '${WORKSPACE_ROLE}', 'MEMBER') THEN
    EXECUTE format('GRANT ${WORKSPACE_ROLE} TO %I', current_user);
  END IF;
  GRANT USAGE ON SCHEMA public, graphile_worker TO ${WORKSPACE_ROLE};
  FOR name IN SELECT format('%I.%I', n.nspname, c.relname)
    ${TABLES} c.relkind = 'r' AND (${OWN} OR ${QUEUE})
  LOOP
    EXECUTE 'GRANT SELECT, INSERT, UPDATE, DELETE ON ' || name || ' TO ${WORKSPACE_ROLE}';
  END LOOP;
  GRANT SELECT ON ALL TABLES IN SCHEMA graphile_worker TO ${WORKSPACE_ROLE};
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA graphile_worker TO ${WORKSPACE_ROLE};
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO ${WORKSPACE_ROLE};
  -- Jobs hold ids alone.
  FOR name IN SELECT format('%I.%I', n.nspname, c.relname)
    ${TABLES} c.relkind = 'r' AND ${QUEUE} AND NOT EXISTS (
      SELECT FROM pg_policy WHERE polrelid = c.oid AND polname = '${WORKSPACE_ROLE}')
  LOOP
    EXECUTE 'CREATE POLICY ${WORKSPACE_ROLE} ON ' || name || ' TO ${WORKSPACE_ROLE} USING (true)';
  END LOOP;
END $$`;

/** For processes that start together. */
const LOCK = 72_707_370;
const NOT_ALLOWED = '42501';

/**
 * Makes the role ready in a migrated database.
 *
 * @returns false where the database's user may make no roles: then there is no second wall.
 */
export async function makeWorkspaceRole(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const isReady = async () => (await client.query<{ ready: boolean }>(IS_READY)).rows[0]?.ready;
    if ((await roleExists(client)) && (await isReady())) return true;
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(MAKE);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === NOT_ALLOWED) return false;
    throw error;
  } finally {
    await client.end();
  }
}

/** Asked first: of a role that isn't there PostgreSQL says nothing but that. */
async function roleExists(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [WORKSPACE_ROLE]);
  return rows.length > 0;
}
