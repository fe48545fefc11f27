/**
 * `npm run test:nodes`: `npm test` under each Node that Bigplan runs on, one line each. What isn't installed comes from
 * the registry, for the moment. Arguments go to Vitest in the place of `npm test`'s own:
 * `npm run test:nodes -- --project unit`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAJORS = ['20', '22', '24'];
const OWN = ['--project', 'unit', '--project', 'app'];

interface Result {
  numPassedTests: number;
  numFailedTests: number;
  success: boolean;
}

const given = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'bigplan-nodes-'));
const lines: string[] = [];
for (const major of MAJORS) {
  const file = join(folder, `${major}.json`);
  const reported = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...(given.length > 0 ? given : OWN)];
  const isOwn = process.versions.node.startsWith(`${major}.`);
  const [command, ...before] = isOwn
    ? [process.execPath]
    : ['npx', '--yes', '--package', `node@${major}`, 'node'];
  const started = Date.now();
  const { status } = spawnSync(command ?? '', [...before, ...args, ...reported], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const seconds = Math.round((Date.now() - started) / 1000);
  const result = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Result,
    () => null,
  );
  const counts = result && `${result.numPassedTests} passed, ${result.numFailedTests} failed`;
  lines.push(`Node ${major}: ${counts ?? 'did not run'} in ${seconds} s`);
  if (status !== 0 || !result?.success) process.exitCode = 1;
}
await rm(folder, { recursive: true, force: true });
console.log(lines.join('\n'));
