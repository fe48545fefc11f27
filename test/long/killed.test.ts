/** Bigplan as whoever runs it starts it, killed without warning between any two steps. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlanDraft } from '../../src/plan/draft.ts';
import { latestVersion } from '../../src/plan/store.ts';
import { type AppProcess, appSettings, startApp } from '../support/app-process.ts';
import { createTestDb, type TestDb, testEncryption } from '../support/db.ts';
import { ENTRIES, fillWizard, opened, setUpWorkspace, title } from '../support/plan-app.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';

/** What Slack gives an app. */
const ANSWER_MS = 3_000;
/** Far over the second that is promised: a busy machine must not fail this, a hang must. */
const OPEN_MS = 8_000;

let slack: FakeSlack;
let database: TestDb;
let dataDir: string;
let running: AppProcess;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bigplan-killed-'));
  database = await createTestDb();
  await setUpWorkspace(database);
  slack = await startFakeSlack();
  await start();
});

afterAll(async () => {
  await running.kill();
  await slack.stop();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<void> {
  const [apiUrl, databaseUrl] = [slack.apiUrl, database.url];
  running = startApp(appSettings(slack, { apiUrl, databaseUrl, dataDir }));
  const [, port] = await running.printed(/"port":(\d+)/);
  slack.connect(`http://127.0.0.1:${port}`);
}

async function killed(): Promise<void> {
  await running.kill();
  await start();
}

/** Runs the command and waits for the form. Returns how long it took until something was open. */
async function open(user: string): Promise<number> {
  const before = slack.callsOf('views.open').length;
  const asked = Date.now();
  const { ms } = await slack.command('/bigplan', '', { user });
  expect(ms).toBeLessThan(ANSWER_MS);
  await expect.poll(() => slack.callsOf('views.open').length, { timeout: 15_000 }).toBe(before + 1);
  await opened(slack, user);
  return (slack.callsOf('views.open').at(-1)?.at ?? Number.POSITIVE_INFINITY) - asked;
}

async function stored(userId: string): Promise<PlanDraft> {
  const plan = await database.db.plan.findFirstOrThrow({ where: { repId: userId } });
  const version = await latestVersion({ db: database.db, encryption: testEncryption() }, plan.id);
  if (!version) throw new Error('a plan without a version');
  return version.draft;
}

describe('killed between any two steps', () => {
  it('opens the form at the first command after each start, and loses nothing', async () => {
    const user = 'U0REP';
    for (const [at, entry] of ENTRIES.entries()) {
      expect(await open(user)).toBeLessThan(OPEN_MS);
      expect(JSON.stringify(slack.modal(user))).toContain(`Step ${at + 1} of 10`);
      const { ms, status } = await slack.submit(user, entry);
      expect(status).toBe(200);
      expect(ms).toBeLessThan(ANSWER_MS);
      // Right after the answer; most of what is entered comes early.
      if (at === 1 || at === 5) await killed();
    }
    await open(user);
    expect(title(slack, user)).toBe('Review');
    expect(await stored(user)).toMatchObject({
      period: { start: '2027-01-01', end: '2027-12-31' },
      goal: { income: 25_000_000, livingCosts: null },
      compensation: {
        baseSalary: 10_000_000,
        first: {
          quota: 100_000_000,
          pays: { rate: 0.1 },
          tiers: [
            { from: 0, multiplier: 1 },
            { from: 1, multiplier: 1.5 },
          ],
        },
      },
      pipeline: { xFactor: 3, winRate: 0.336 },
      newBusiness: { averageDealSize: 2_500_000 },
    });
  }, 180_000);

  it('sends the proposal once, though it was killed right after the signature', async () => {
    const user = 'U0LEADER';
    await open(user);
    await fillWizard(slack, user);
    await slack.submit(user, { managerId: 'U0MANAGER' });
    await killed();
    const asked = () => slack.dm('U0MANAGER').filter(({ text }) => text.includes('is proposed'));
    await expect
      .poll(
        async () =>
          (await database.db.delivery.findFirst({ where: { kind: 'plan_proposed' } }))?.state,
        { timeout: 15_000 },
      )
      .toMatch(/sent|sending|ambiguous/);
    expect(asked().length).toBeLessThanOrEqual(1);
  }, 180_000);
});
