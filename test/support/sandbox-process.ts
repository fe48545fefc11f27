/** The sandbox as a newcomer starts it: the start script in a process of its own, without settings. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SandboxProcess {
  /** The one address that it printed. */
  address: string;
  /** Kills it without a word, and starts it again on the same data. */
  killAndRestart(): Promise<void>;
  /** Ends it as Ctrl-C does. Returns its exit code. */
  stop(): Promise<number | null>;
}

const START_MS = 60_000;

export async function startSandboxProcess(): Promise<SandboxProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bigplan-sandbox-'));
  const port = await freePort();
  let child = await launch(dataDir, port);
  return {
    address: `http://127.0.0.1:${port}`,
    async killAndRestart() {
      child.kill('SIGKILL');
      await once(child, 'exit');
      child = await launch(dataDir, port);
    },
    async stop() {
      child.kill('SIGINT');
      const [code] = await once(child, 'exit');
      await rm(dataDir, { recursive: true, force: true });
      return code as number | null;
    },
  };
}

async function launch(dataDir: string, port: number): Promise<ChildProcess> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/start.ts'], {
    env: { PATH, HOME, BIGPLAN_DATA_DIR: dataDir, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`It didn't start: ${printed}`)), START_MS);
    const read = (chunk: Buffer) => {
      printed += chunk;
      if (!printed.includes(`http://127.0.0.1:${port}`)) return;
      clearTimeout(late);
      resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${printed}`)));
  });
  return child;
}

/** Below those that connections are given, one of which would be taken before it is listened on. */
const PORTS = { from: 20_000, count: 12_000 };
const MOST_TRIES = 20;

async function freePort(): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const port = PORTS.from + Math.floor(Math.random() * PORTS.count);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error('no free port');
}
