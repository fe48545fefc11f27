/** `npm run test:all`: both runs, also where the first one fails, and the table of what they showed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'bigplan-reports-'));
const runs = ['test', 'test:long'].map((script, at) => ({
  script,
  report: join(folder, `${at}.json`),
}));
let failed = false;
function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) failed = true;
}

try {
  for (const { script, report } of runs) {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    run('npm', ['run', '--silent', script, '--', ...reporters]);
  }
  const reports = runs.map(({ report }) => report).filter((path) => existsSync(path));
  run('npm', ['run', '--silent', 'test:table', '--', ...reports]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
