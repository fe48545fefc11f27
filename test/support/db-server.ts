/** One PostgreSQL server for a whole test run, with a migrated database to copy, its walls included. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { makeWorkspaceRole } from '../../src/db/workspace-role.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The template database; nobody may stay connected to it. */
    templateUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bigplan-test-'));
  const server = await startEmbedded({ dataDir, mayLose: 'all' });
  await hurryLogins(server.url);
  await migrate(server.url);
  await makeWorkspaceRole(server.url);
  project.provide('templateUrl', server.url);
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** Nobody guesses at this password, and thousands of rounds of hashing at each connection are felt. */
async function hurryLogins(url: string): Promise<void> {
  const { username, password } = new URL(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SET scram_iterations = 1');
    const secret = client.escapeLiteral(decodeURIComponent(password));
    await client.query(`ALTER ROLE ${client.escapeIdentifier(username)} PASSWORD ${secret}`);
  } finally {
    await client.end();
  }
}
