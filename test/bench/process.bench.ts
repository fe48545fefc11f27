/** How soon a process is ready on a database that is there, and how much memory it takes while nothing happens. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, test } from 'vitest';
import { COMPILED } from '../../src/compile.mjs';
import { type AppProcess, appSettings, startAsNpm, startNode } from '../support/app-process.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';
import { addFigure, atMost, rounds } from './figure.ts';

/** What happens once after a start is over by then. */
const IDLE_MS = 5_000;
const COLLECT = new URL('collect.mjs', import.meta.url).href;

let database: TestDb;
let slack: FakeSlack;
let settings: Record<string, string>;
let dataDir: string;
/** Compiled, as Bigplan is. */
let bare: string;
beforeAll(async () => {
  bare = join(await mkdtemp(join(COMPILED, 'bare-')), 'process.js');
  await build({
    entryPoints: ['test/bench/bare-process.ts'],
    outfile: bare,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  dataDir = await mkdtemp(join(tmpdir(), 'bigplan-bench-'));
  database = await createTestDb();
  slack = await startFakeSlack();
  const at = { apiUrl: slack.apiUrl, databaseUrl: database.url, dataDir };
  settings = { ...appSettings(slack, at), NODE_OPTIONS: `--import ${COLLECT}` };
});
afterAll(async () => {
  await slack?.stop();
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
  await rm(dirname(bare), { recursive: true, force: true });
});

interface Started {
  /** Until it is ready (ms), and what processor time it has used by then. */
  ready: number;
  processor: number;
  /** Idle, with its children, in MB. */
  memory: number;
}

/** Lets one be that has just been started until it is idle. `path` answers 200 once it is ready. */
async function started(start: () => AppProcess, path: string | null): Promise<Started> {
  const began = performance.now();
  const one = start();
  const [, port] = await one.printed(/"port":(\d+)/);
  while (path && !(await fetch(`http://127.0.0.1:${port}${path}`)).ok) await sleep(10);
  const ready = performance.now() - began;
  const pid = one.child.pid ?? 0;
  const processor = processorOf(pid);
  await sleep(IDLE_MS);
  for (let n = 0; n < 2; n++) {
    one.child.kill('SIGUSR2');
    await sleep(500);
  }
  const memory = withChildren(pid).reduce((sum, each) => sum + residentOf(each), 0);
  await one.kill();
  return { ready, processor, memory };
}

const told = (pid: number, what: string) => readFileSync(`/proc/${pid}/${what}`, 'utf8');
const statOf = (pid: number) => told(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
/** User and system time, in ms; Linux counts in hundredths of a second. */
const processorOf = (pid: number) => 10 * (Number(statOf(pid)[11]) + Number(statOf(pid)[12]));
const residentOf = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(told(pid, 'status'))?.[1]) / 1_000;

function withChildren(pid: number): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const children = all.filter((one) => {
    try {
      return Number(statOf(one)[1]) === pid;
    } catch {
      return false;
    }
  });
  return [pid, ...children.flatMap(withChildren)];
}

test('a process', async ({ task }) => {
  const found = await rounds({
    bare: () => started(() => startNode([bare], settings), null),
    ours: () => started(() => startAsNpm(settings), '/readyz'),
  });
  const { ours } = found;
  const ready = { name: 'ready on a warm database', unit: 'ms', goal: atMost(2_000) };
  addFigure(task, ready, { ours, bare: null }, (one) => one.ready);
  const start = { name: 'processor until then, beside Bolt and Prisma', unit: 'ms' };
  addFigure(task, start, found, (one) => one.processor);
  const memory = { name: 'memory idle, beside Bolt and Prisma', unit: 'MB', goal: atMost(1.3) };
  addFigure(task, memory, found, (one) => one.memory);
});
