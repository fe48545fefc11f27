/** `node src/launch.mjs`: what is run is compiled from the sources as they are. */
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMPILED } from '../../src/compile.mjs';

const run = promisify(execFile);
let folder: string;
/** What was compiled in the folder. */
const own = new Set<string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bigplan-launch-'));
  for (const path of ['src', 'package.json', 'tsconfig.json', 'prisma'])
    await cp(path, join(folder, path), { recursive: true });
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  for (const name of own) await rm(join(COMPILED, name), { recursive: true, force: true });
});

interface Outcome {
  stdout: string;
  stderr: string;
  code?: number;
}

async function launch(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  const before = await readdir(COMPILED);
  const settings = { cwd: folder, env: { PATH: process.env.PATH, ...env } };
  const outcome: Promise<Outcome> = run(process.execPath, ['src/launch.mjs', ...args], settings);
  const done = await outcome.catch((failed: Outcome) => failed);
  for (const name of await readdir(COMPILED)) if (!before.includes(name)) own.add(name);
  return done;
}

const COMPUTE = 'src/plan/file/compute-cli.ts';

test('a change of the sources is seen at the next start, and nothing is compiled twice', async () => {
  expect((await launch([COMPUTE])).stderr).toMatch(/^compute: one file is needed/);
  expect(own.size).toBe(1);
  const [first = ''] = own;
  const made = (await stat(join(COMPILED, first, 'src/start.js'))).mtimeMs;
  expect((await launch([])).stderr).toBe('');
  expect((await stat(join(COMPILED, first, 'src/start.js'))).mtimeMs).toBe(made);

  await appendFile(join(folder, COMPUTE), '\nconsole.error("changed");\n');
  expect((await launch([COMPUTE])).stderr).toMatch(/changed/);
  expect(own.size).toBe(2);
});

test('two starts after a change don’t disturb each other', async () => {
  await appendFile(join(folder, COMPUTE), '\nconsole.error("changed again");\n');
  const both = await Promise.all([launch([COMPUTE]), launch([COMPUTE])]);
  for (const { stderr } of both) expect(stderr).toMatch(/changed again/);
  expect((await readdir(COMPILED)).filter((name) => name.startsWith('unfinished-'))).toEqual([]);
});

test('what another process has taken away meanwhile ends no start', async () => {
  const gone = join(COMPILED, 'gone');
  await symlink(join(folder, 'nowhere'), gone);
  await appendFile(join(folder, COMPUTE), '\nconsole.error("and again");\n');
  const { stderr } = await launch([COMPUTE]);
  await rm(gone, { force: true });
  expect(stderr).toMatch(/and again/);
});

test('a stack trace names the lines of the sources', async () => {
  const broken = 'data:text/javascript,performance.now=()=>{throw(Error(`made-up`))}';
  const { stderr, code } = await launch(['src/start.ts'], { NODE_OPTIONS: `--import=${broken}` });
  expect(code).toBe(1);
  expect(stderr).toMatch(/Bigplan did not start: Error: made-up\n/);
  expect(stderr).toMatch(/at \w*startSandbox\w* \(file:.*\/src\/start-sandbox\.ts:\d+:\d+\)\n/);
});

test('sources that can’t be compiled are said to be so, with the line', async () => {
  await appendFile(join(folder, 'src/errors.ts'), '\nexport const = 1;\n');
  const { stderr, code } = await launch(['src/start.ts']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/Bigplan can’t be compiled: .*\n.*src\/errors\.ts:\d+:\d+: ERROR/);
});

test('without a database client it says how to make one', async () => {
  await rm(join(folder, 'src/db/generated'), { recursive: true });
  const { stderr, code } = await launch(['src/start.ts']);
  expect([code, stderr]).toEqual([
    1,
    'The database client is missing: npm run generate makes it\n',
  ]);
});
