/** Bigplan's own PostgreSQL server under the data folder, where no DATABASE_URL is given. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { StartError } from '../errors.ts';
import { launchAs, serverAccount } from './embedded/account.ts';
import { findBinaries } from './embedded/binaries.ts';
import { createCluster } from './embedded/cluster.ts';
import { clearCluster, OWNER_SESSION, readPostmaster, stopServer } from './embedded/postmaster.ts';
import { makeDataDir, readSecret } from './secret-file.ts';

export interface EmbeddedDatabase {
  /** Connection string of the database `bigplan`, on loopback. */
  url: string;
  /** Resolves where the server ends without having been asked to. */
  lost: Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  dataDir: string;
  /**
   * What a power cut may take. `nothing`, where left out; `moments`: the last of what was done, whole changes and never
   * halves of one; `all`, for the most speed: for tests only.
   */
  mayLose?: 'nothing' | 'moments' | 'all';
}

const WATCHDOG = fileURLToPath(new URL('./embedded/watchdog.mjs', import.meta.url));
const ATTEMPTS = 5;
const STOP_MS = 15_000;
const FASTER = {
  nothing: [],
  moments: ['synchronous_commit=off'],
  all: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
};

/**
 * Starts the server, creating its files the first time. It listens on loopback only, on a free
 * port, behind a random password; it ends with this process however that ends, since a small
 * watchdog holds it.
 *
 * @throws StartError where another Bigplan runs on the same folder or the server can't start.
 */
export async function startEmbedded(options: Options): Promise<EmbeddedDatabase> {
  const { mayLose = 'nothing' } = options;
  const dataDir = resolve(options.dataDir);
  const cluster = join(dataDir, 'postgres');
  await makeDataDir(dataDir);
  const password = await readSecret(join(dataDir, 'postgres-password'), () =>
    randomBytes(24).toString('base64url'),
  );
  const { initdb, postgres } = await findBinaries();
  const account = await serverAccount(cluster);

  for (let attempt = 1; ; attempt++) {
    await clearCluster(cluster, password);
    await createCluster({
      dataDir,
      cluster,
      account,
      initdb,
      password,
      isSynced: mayLose !== 'all',
    });
    const port = await freePort();
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${port}`,
      'unix_socket_directories=',
      'timezone=UTC',
      'log_timezone=UTC',
      ...FASTER[mayLose],
    ];
    const launch = await launchAs(
      account,
      postgres,
      ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])],
      [cluster],
    );
    const watchdog = spawn(process.execPath, [WATCHDOG, JSON.stringify(launch)], {
      cwd: '/',
      detached: true,
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    const failure = await whenReady(watchdog);
    if (failure === null) return open({ watchdog, cluster, port, password });
    // Another start took the cluster or the port between the look and the leap: look again.
    const raced = /lock file|could not bind|could not create any TCP/i.test(failure);
    if (!raced || attempt === ATTEMPTS) {
      throw new StartError(`The built-in PostgreSQL did not start: ${failure}`);
    }
  }
}

async function open(server: {
  watchdog: ChildProcess;
  cluster: string;
  port: number;
  password: string;
}): Promise<EmbeddedDatabase> {
  const { watchdog, cluster, port, password } = server;
  const login = { host: '127.0.0.1', port, user: 'bigplan', password };
  const ended = once(watchdog, 'exit');
  let stopping = false;
  const session = holdOwnerSession(login);

  async function stop(): Promise<void> {
    stopping = true;
    await session.end();
    watchdog.stdin?.end();
    await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false })]);
    const left = await readPostmaster(cluster);
    if (left !== null) await stopServer(cluster, left.pid);
  }

  try {
    await session.ready;
    await createDatabase(login);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `postgresql://bigplan:${encodeURIComponent(password)}@127.0.0.1:${port}/bigplan`,
    lost: ended.then(() => (stopping ? new Promise<void>(() => {}) : undefined)),
    stop,
  };
}

/** Resolves to null once the server takes connections, else to its last words. */
function whenReady(watchdog: ChildProcess): Promise<string | null> {
  return new Promise((settle) => {
    let lastWords = 'it said nothing';
    if (watchdog.stderr !== null) {
      // Read to the end of the server's life: a full pipe would stop it.
      createInterface({ input: watchdog.stderr }).on('line', (line) => {
        if (/FATAL:|HINT:|ERROR:/.test(line))
          lastWords = line.replace(/^.*?(FATAL|HINT|ERROR): +/, '');
        if (line.includes('ready to accept connections')) settle(null);
      });
    }
    watchdog.on('error', (error) => settle(error.message));
    watchdog.on('close', () => settle(lastWords));
  });
}

/** Keeps one named session open, by which a second Bigplan sees that the first one lives. */
function holdOwnerSession(login: pg.ClientConfig): { ready: Promise<void>; end(): Promise<void> } {
  let ended = false;
  let client: pg.Client;
  async function connect(): Promise<void> {
    client = new pg.Client({ ...login, database: 'postgres', application_name: OWNER_SESSION });
    client.on('error', () => {
      if (!ended) setTimeout(() => connect().catch(() => {}), 1_000).unref();
    });
    await client.connect();
  }
  return {
    ready: connect(),
    async end() {
      ended = true;
      await client.end().catch(() => {});
    },
  };
}

async function createDatabase(login: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...login, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'bigplan'");
    if (rowCount === 0) await client.query('CREATE DATABASE bigplan');
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const probe = createServer();
    probe.on('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? settle(address.port) : fail(new Error()),
      );
    });
  });
}
