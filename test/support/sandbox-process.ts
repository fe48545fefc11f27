/** The sandbox as a newcomer starts it: the start script in a process of its own, without settings. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, vi } from 'vitest';
import { freePort } from './free-port.ts';
import { notePrinted } from './what-was-shown.ts';

export interface SandboxProcess {
  /** The one address that it printed. */
  address: string;
  /** Resolves when it has said that it is ready. */
  ready: Promise<void>;
  /** Kills it without a word, once its Slack has kept what was said (`said`), and starts it again on the same data. */
  killAndRestart(said?: string): Promise<void>;
  /** Ends it as Ctrl-C does. Returns its exit code. */
  stop(): Promise<number | null>;
}

/** A busy machine lives a story slowly. */
const START_MS = 600_000;

/** Starts it and waits until it is ready. */
export async function startSandboxProcess(...args: string[]): Promise<SandboxProcess> {
  const sandbox = await beginSandboxProcess(...args);
  await sandbox.ready;
  return sandbox;
}

/** Starts it and waits until it has printed its address. */
export async function beginSandboxProcess(...args: string[]): Promise<SandboxProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bigplan-sandbox-'));
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const launch = () => launchSandbox({ dataDir, port, args });
  let running = launch();
  const { ready } = running;
  await running.printed(address);
  return {
    address,
    ready,
    async killAndRestart(said = '') {
      // A kill may cost the last moments.
      await vi.waitFor(async () => expect(await keptIn(dataDir)).toContain(said), 30_000);
      running.child.kill('SIGKILL');
      await once(running.child, 'exit');
      running = launch();
      await running.ready;
    },
    async stop() {
      running.child.kill('SIGINT');
      const [code] = await once(running.child, 'exit');
      await rm(dataDir, { recursive: true, force: true });
      return code as number | null;
    },
  };
}

/** What its Slack has kept, wherever in the data folder. */
async function keptIn(dataDir: string): Promise<string> {
  const all = await readdir(dataDir, { recursive: true });
  const files = all.filter((name) => basename(name) === 'sandbox.json');
  return (await Promise.all(files.map((name) => readFile(join(dataDir, name), 'utf8')))).join();
}

interface Launched {
  child: ChildProcess;
  /** Resolves when it has printed this. */
  printed(text: string): Promise<void>;
  ready: Promise<void>;
}

function launchSandbox(where: { dataDir: string; port: number; args: string[] }): Launched {
  const { dataDir, port, args } = where;
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['src/launch.mjs', 'src/start.ts', ...args], {
    env: { PATH, HOME, BIGPLAN_DATA_DIR: dataDir, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const printed = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`It didn't start: ${said}`)), START_MS);
      const look = () => {
        if (!said.includes(text)) return;
        clearTimeout(late);
        resolve();
      };
      for (const output of [child.stdout, child.stderr]) output?.on('data', () => look());
      child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${said}`)));
      look();
    });
  for (const output of [child.stdout, child.stderr])
    output?.on('data', (chunk: Buffer) => {
      said += chunk;
      notePrinted(chunk);
    });
  const ready = printed('Ready after');
  // Who only waits for the address hears of its end there.
  ready.catch(() => {});
  return { child, printed, ready };
}
