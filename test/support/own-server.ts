/** A PostgreSQL server of a test's own, at an address that stays: to be stopped or killed, and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createDb } from '../../src/db/client.ts';
import { launchAs, serverAccount } from '../../src/db/embedded/account.ts';
import { findBinaries } from '../../src/db/embedded/binaries.ts';
import { readPostmaster } from '../../src/db/embedded/postmaster.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { migrate } from '../../src/db/migrate.ts';
import { makeWorkspaceRole } from '../../src/db/workspace-role.ts';
import type { TestDb } from './db.ts';
import { freePort } from './free-port.ts';

export interface OwnServer {
  /** A migrated database on it; dropped, the server and its files are gone too. */
  database: TestDb;
  /** Resolves once it takes connections. */
  start(): Promise<void>;
  /** As `pg_ctl stop -m fast` does, or `-m immediate`, as a crash: resolves once it is gone. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
}

const WATCHDOG = fileURLToPath(new URL('../../src/db/embedded/watchdog.mjs', import.meta.url));

export async function startOwnServer(): Promise<OwnServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bigplan-own-server-'));
  const cluster = join(dataDir, 'postgres');
  const made = await startEmbedded({ dataDir, mayLose: 'all' });
  await migrate(made.url);
  await makeWorkspaceRole(made.url);
  await made.stop();

  const port = await freePort();
  const url = Object.assign(new URL(made.url), { port: String(port) }).href;
  // What was committed is there after a crash of the server; a power cut is nothing that a test brings about.
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'fsync=off'];
  const { postgres } = await findBinaries();
  const launch = await launchAs(
    await serverAccount(cluster),
    postgres,
    ['-D', cluster, ...[...settings, 'unix_socket_directories='].flatMap((one) => ['-c', one])],
    [cluster],
  );
  let server: ChildProcess;

  async function start(): Promise<void> {
    // It ends with this process, however that ends.
    server = spawn(process.execPath, [WATCHDOG, JSON.stringify(launch)], {
      cwd: '/',
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    const { stderr } = server;
    if (!stderr) throw new Error('no words of the server');
    const said: string[] = [];
    await new Promise<void>((settle, fail) => {
      createInterface({ input: stderr }).on('line', (line) => {
        said.push(line);
        if (line.includes('ready to accept connections')) settle();
      });
      server.once('exit', () => fail(new Error(`It did not start: ${said.join('\n')}`)));
    });
  }

  async function stop(how: 'fast' | 'immediate'): Promise<void> {
    const ended = once(server, 'exit');
    const postmaster = await readPostmaster(cluster);
    if (!postmaster) throw new Error('There is no server to stop');
    process.kill(postmaster.pid, how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  }

  await start();
  const db = createDb(url);
  return {
    database: {
      url,
      db,
      async drop() {
        await db.$disconnect();
        await stop('fast');
        await rm(dataDir, { recursive: true, force: true });
      },
    },
    start,
    stop,
  };
}
