import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type AppProcess,
  noProcessesOf,
  processesOf,
  startApp,
  startAsNpm,
} from '../support/app-process.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';

let slack: FakeSlack;
let dataDir: string;
const running: AppProcess[] = [];
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bigplan-start-'));
  slack = await startFakeSlack();
});
afterEach(async () => {
  slack.clearFaults();
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});
afterAll(async () => {
  await slack.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const settings = () => ({
  SLACK_API_URL: slack.apiUrl.slice(0, -1),
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  BIGPLAN_DATA_DIR: dataDir,
  PORT: '0',
});
function start(env: Record<string, string>, as = startApp): AppProcess {
  const app = as(env);
  running.push(app);
  return app;
}
async function startReady(as = startApp): Promise<{ app: AppProcess; url: string }> {
  const app = start(settings(), as);
  const [, port] = await app.printed(/"port":(\d+).*"Bigplan is running"/);
  const url = `http://127.0.0.1:${port ?? ''}`;
  slack.connect(url);
  return { app, url };
}
const ready = async (url: string) => (await fetch(`${url}/readyz`)).status;

describe('the start script', { timeout: 90_000 }, () => {
  it('stops with one line that names what is wrong', async () => {
    const unreachable = 'postgresql://u:secret@127.0.0.1:1/x';
    const wrong: [Record<string, string>, RegExp][] = [
      [{ SLACK_BOT_TOKEN: 'xoxb-1' }, /^SLACK_SIGNING_SECRET is missing.*\n$/],
      [
        { ...settings(), BIGPLAN_ENCRYPTION_KEYS: 'k1:short' },
        /^BIGPLAN_ENCRYPTION_KEYS must be .*\n$/,
      ],
      [
        { ...settings(), DATABASE_URL: unreachable },
        /^The database does not answer \(DATABASE_URL\): (?!.*secret).*\n$/,
      ],
      [{ ...settings(), BIGPLAN_DATA_DIR: 'package.json/x' }, /^BIGPLAN_DATA_DIR: .*\n$/],
    ];
    const apps = wrong.map(([env]) => start(env));
    expect(await Promise.all(apps.map((app) => app.ended))).toEqual([1, 1, 1, 1]);
    for (const [index, [, line]] of wrong.entries()) expect(apps[index]?.output()).toMatch(line);
  });

  it('is refused where its folder or its port is taken, in one line', async () => {
    const { url } = await startReady();
    const folder = start(settings());
    expect(await folder.ended).toBe(1);
    expect(folder.output()).toMatch(/^Another Bigplan is running on this data folder.*\n$/);
    const other = join(dataDir, 'other');
    const port = start({ ...settings(), PORT: new URL(url).port, BIGPLAN_DATA_DIR: other });
    expect(await port.ended).toBe(1);
    expect(port.output()).toMatch(/^PORT \d+ is in use.*\n$/m);
    expect(await processesOf(other)).toEqual([]);
    expect(await ready(url)).toBe(200);
  });

  it('at SIGTERM finishes what is under way and leaves nothing behind', async () => {
    const { app, url } = await startReady(startAsNpm);
    expect(await ready(url)).toBe(200);
    slack.fault('views.open', { delay: 1_500 });
    const { status, ms } = await slack.command('/bigplan', '', { user: 'U0REP' });
    expect(status).toBe(200);
    expect(ms).toBeLessThan(1_000);
    await expect.poll(() => slack.callsOf('views.open').length, { timeout: 5_000 }).toBe(1);
    const signalled = Date.now();
    app.child.kill('SIGTERM');
    expect(await app.ended).toBe(0);
    expect(Date.now() - signalled).toBeGreaterThan(700);
    expect(Date.now() - signalled).toBeLessThan(5_000);
    expect(app.output()).not.toMatch(/A request failed|had a problem/);
    expect(await processesOf(dataDir)).toEqual([]);
  });

  it('at a second signal ends at once', async () => {
    const { app } = await startReady();
    slack.fault('views.open', { delay: 9_000 });
    const before = slack.callsOf('views.open').length;
    await slack.command('/bigplan', '', { user: 'U0REP' });
    await expect
      .poll(() => slack.callsOf('views.open').length, { timeout: 5_000 })
      .toBe(before + 1);
    app.child.kill('SIGTERM');
    const signalled = Date.now();
    app.child.kill('SIGINT');
    await app.ended;
    expect(Date.now() - signalled).toBeLessThan(4_000);
    await noProcessesOf(dataDir, 5_000);
  });

  it('ends when its own database server does', async () => {
    const { app, url } = await startReady();
    const pidFile = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
    process.kill(Number(pidFile.split('\n')[0]), 'SIGKILL');
    expect(await app.ended).toBe(1);
    expect(app.output()).toContain("Bigplan's own database server has ended");
    await expect(ready(url)).rejects.toThrow();
    await noProcessesOf(dataDir, 5_000);
  });
});
