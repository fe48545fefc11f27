/** A production install of what is in the repository, in an empty folder: what it brings, and that it starts. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';

const run = promisify(execFile);
const BYTES = { maxBuffer: 64 * 1024 * 1024 };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bigplan-production-'));
  const { stdout } = await run(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    BYTES,
  );
  const files = stdout.split('\0').filter((path) => path !== '' && !path.startsWith('test/'));
  for (const path of files) await cp(path, join(folder, path));
  await run('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], { cwd: folder, ...BYTES });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Started {
  url: string;
  stop(): Promise<number | null>;
}

/** Starts it as an operator does, and waits until it answers. */
async function start(settings: Record<string, string> = {}): Promise<Started> {
  const port = await freePort();
  const { PATH, HOME } = process.env;
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { PATH, HOME, PORT: String(port), NODE_ENV: 'production', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (chunk) => (said += chunk));
  const ended = once(child, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await expect
    .poll(
      async () => {
        if (child.exitCode !== null) throw new Error(`It ended: ${said}`);
        return fetch(`${url}/healthz`).then(
          ({ status }) => status,
          () => said,
        );
      },
      { timeout: 240_000 },
    )
    .toBe(200);
  return {
    url,
    async stop() {
      // To npm and what it started.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      const [code] = await ended;
      return code as number | null;
    },
  };
}

test('the sandbox starts and draws its page', async () => {
  const { url, stop } = await start();
  const page = await fetch(`${url}/sandbox/page.js`);
  expect([page.status, (await page.text()).length > 100_000]).toEqual([200, true]);
  await stop();
});

test('Bigplan starts with Slack’s settings', async () => {
  const { url, stop } = await start({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: 'secret',
    SLACK_API_URL: 'http://127.0.0.1:9/api/',
    BIGPLAN_DATA_DIR: join(folder, 'other-data'),
  });
  expect((await fetch(`${url}/metrics`)).status).toBe(200);
  await stop();
});

test('neither the Prisma CLI nor a development tool is there', async () => {
  const { stdout } = await run('npm', ['run', '--silent', 'sbom'], { cwd: folder, ...BYTES });
  const { components } = JSON.parse(stdout) as { components: { name: string }[] };
  const names = new Set(components.map(({ name }) => name));
  expect(names).toContain('@slack/bolt');
  for (const name of ['prisma', 'prisma-cli', 'elkjs', 'vitest', '@biomejs/biome']) {
    expect(names).not.toContain(name);
    await expect(readFile(join(folder, 'node_modules', name, 'package.json'))).rejects.toThrow(
      'ENOENT',
    );
  }
});

test('without a database client it says how to make one', async () => {
  await rm(join(folder, 'src/db/generated'), { recursive: true });
  const settings = { cwd: folder, env: { ...process.env, SLACK_BOT_TOKEN: '' } };
  await expect(run('npm', ['--silent', 'start'], settings)).rejects.toMatchObject({
    stderr: 'The database client is missing: npm run generate makes it\n',
  });
});
