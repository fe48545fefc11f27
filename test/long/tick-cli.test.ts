/** `npm run tick` and `npm run resend`, as processes of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { ensureTeam, savePerson } from '../../src/people/store.ts';
import { joinedDelivery as joined } from '../../src/people/team/messages.ts';
import { startApp, startProcess } from '../support/app-process.ts';
import { createTestDb, TEST_KEYS, type TestDb } from '../support/db.ts';
import { clearJobs } from '../support/jobs.ts';
import { type FakeSlack, startFakeSlack, TEAM } from '../support/slack.ts';

// Every test starts processes, which takes a while on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const AT = '2027-03-02T15:30:00Z';
const DUE = new Date('2027-03-02T15:25:00Z');
const USAGE = /^Usage: npm run --silent tick -- --at \S+ \[--dry-run\]\n$/;

let test: TestDb;
let slack: FakeSlack;
let folder: string;
let teamId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bigplan-tick-'));
  test = await createTestDb();
});
afterAll(async () => {
  await test.drop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await test.db.workspace.deleteMany();
  await test.db.delivery.deleteMany();
  await test.db.slackPause.deleteMany();
  await test.db.slackPace.deleteMany();
  await clearJobs(test.db);
  slack = await startFakeSlack();
  await meet('U0MANAGER');
  teamId = (
    await test.db.$transaction((tx) => ensureTeam(tx, { workspaceId: TEAM, userId: 'U0MANAGER' }))
  ).id;
  return () => slack.stop();
});

async function meet(userId: string): Promise<void> {
  const facts = { name: userId, timeZone: 'UTC', locale: 'en-US', slackAdmin: false };
  const known = { ...facts, deactivated: false, outsider: false, bot: false };
  await savePerson(test.db, { workspaceId: TEAM, userId }, known, new Date('2027-03-02T14:00:00Z'));
}

/** A rep in the team, whose message about it is planned. Slack knows them unless `stranger`. */
async function plan(
  userId: string,
  { stranger = false, ...more }: { stranger?: boolean; dueAt?: Date; sendBy?: Date } = {},
): Promise<string> {
  if (!stranger) slack.addPerson(userId);
  await meet(userId);
  await test.db.person.updateMany({ where: { userId }, data: { teamId } });
  const {
    workspaceId: team,
    userId: person,
    ...order
  } = joined({ workspaceId: TEAM, repId: userId, teamId, at: DUE });
  const row = { workspaceId: team, personId: person, ...order, dueAt: DUE, ...more };
  return (await test.db.delivery.create({ data: row })).id;
}

const settings = () => ({
  DATABASE_URL: test.url,
  BIGPLAN_DATA_DIR: folder,
  BIGPLAN_ENCRYPTION_KEYS: TEST_KEYS,
});
const credentials = () => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  SLACK_API_URL: slack.apiUrl,
});

async function run(script: string, args: string[], env: Record<string, string>) {
  const process = startProcess(script, env, args);
  const code = await process.ended;
  return { code, lines: process.output() };
}
const tick = (args = ['--at', AT], env: Record<string, string> = credentials()) =>
  run('src/tick.ts', args, { ...settings(), ...env });
const resend = (...args: string[]) => run('src/outbox/resend-cli.ts', args, settings());
const counts = async () =>
  Object.fromEntries(
    (await test.db.delivery.groupBy({ by: ['state'], _count: true })).map((group) => [
      group.state,
      group._count,
    ]),
  );

it('sends what is due at that instant, a line each, and the second time nothing', async () => {
  for (const userId of ['U0ANA', 'U0BEN']) await plan(userId);
  await plan('U0CARO', { dueAt: new Date('2027-03-02T15:31:00Z') });
  await plan('U0DEE', { sendBy: new Date('2027-03-02T15:29:00Z') });
  const { code, lines } = await tick();
  expect(lines.trim().split('\n').sort()).toEqual([
    'missed team_joined to U0DEE (T0TEAM) 2027-03-02T15:25:00Z: too_late',
    'sent team_joined to U0ANA (T0TEAM) 2027-03-02T15:25:00Z',
    'sent team_joined to U0BEN (T0TEAM) 2027-03-02T15:25:00Z',
  ]);
  expect(code).toBe(0);
  expect(slack.dm('U0ANA')).toHaveLength(1);
  expect(await counts()).toEqual({ sent: 2, missed: 1, planned: 1 });

  expect(await tick()).toEqual({ code: 0, lines: '' });
  expect(slack.dm('U0ANA')).toHaveLength(1);
  expect(slack.callsOf('chat.postMessage')).toHaveLength(2);
});

it('waits for what another process has and for Slack’s short limits, and looks for what is in doubt', async () => {
  const taken = await plan('U0ANA');
  const leaseUntil = new Date(Date.now() + 5_000);
  await test.db.delivery.update({ where: { id: taken }, data: { state: 'sending', leaseUntil } });
  await plan('U0BEN');
  await plan('U0CARO');
  slack.fault('chat.postMessage', { rateLimit: 1 });
  slack.fault('chat.postMessage', { drop: 'after' });
  const { code, lines } = await tick();
  expect(lines.trim().split('\n').sort()).toEqual(
    ['U0ANA', 'U0BEN', 'U0CARO'].map(
      (userId) => `sent team_joined to ${userId} (T0TEAM) 2027-03-02T15:25:00Z`,
    ),
  );
  expect(code).toBe(0);
  for (const userId of ['U0ANA', 'U0BEN', 'U0CARO']) expect(slack.dm(userId)).toHaveLength(1);
});

it('says what failed, what nobody knows and what has to wait, and fails itself', async () => {
  await plan('U0ANA', { stranger: true });
  await plan('U0BEN');
  slack.fault('chat.postMessage', { status: 500 });
  const { code, lines } = await tick();
  expect(lines.trim().split('\n').sort()).toEqual([
    'ambiguous team_joined to U0BEN (T0TEAM) 2027-03-02T15:25:00Z: http_500',
    'failed team_joined to U0ANA (T0TEAM) 2027-03-02T15:25:00Z: user_not_found',
  ]);
  expect(code).toBe(1);
  const [ana, ben] = await test.db.delivery.findMany({ orderBy: { personId: 'asc' } });
  expect((await resend()).lines).toBe(
    [
      `${ana?.id} failed team_joined to U0ANA (T0TEAM) 2027-03-02T15:25:00Z: user_not_found\n`,
      `${ben?.id} ambiguous team_joined to U0BEN (T0TEAM) 2027-03-02T15:25:00Z: http_500\n`,
    ].join(''),
  );

  await plan('U0CARO');
  const until = new Date(Date.now() + 3_600_000);
  await test.db.slackPause.create({ data: { workspaceId: TEAM, until } });
  const waits = await tick();
  expect(waits.lines).toContain('waiting team_joined to U0CARO (T0TEAM) 2027-03-02T15:25:00Z');
  expect(waits.code).toBe(1);
  const refused = { refused: 'token_revoked', refusedAt: new Date(), probeAt: until };
  await test.db.slackPause.updateMany({ data: { until: new Date(0), ...refused } });
  const refusedNow = await tick();
  expect(refusedNow.lines).toContain('waiting team_joined to U0CARO');
  expect(refusedNow.code).toBe(1);
  expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
});

it('one that did not arrive is sent again when its operator says so, once', async () => {
  slack.fault('chat.postMessage', { status: 500 });
  await plan('U0BEN');
  await tick();
  const { id } = await test.db.delivery.findFirstOrThrow();
  const dry = await resend('--id', id, '--dry-run');
  expect(dry).toMatchObject({
    code: 0,
    lines: expect.stringMatching(/^would send again team_joined to U0BEN/),
  });
  expect(await counts()).toEqual({ ambiguous: 1 });
  const done = await resend('--id', id);
  expect(done).toMatchObject({ code: 0, lines: expect.stringMatching(/^sends again team_joined/) });
  expect(await counts()).toEqual({ planned: 1 });
  await tick();
  expect(slack.dm('U0BEN')).toHaveLength(1);
  const twice = await resend('--id', id);
  expect(twice.code).toBe(1);
  expect(twice.lines).toMatch(/^resend: It is sent, and not sent again/);
  for (const args of [['--id', 'x'], ['--dry-run'], ['--what']]) {
    expect(await resend(...args)).toMatchObject({ code: 1, lines: expect.stringMatching(/Usage/) });
  }
  expect(slack.dm('U0BEN')).toHaveLength(1);
});

it('tells what it would do without doing it, and without a way to Slack', async () => {
  await plan('U0ANA');
  const before = await test.db.delivery.findMany();
  const { code, lines } = await tick(['--at', AT, '--dry-run'], {});
  expect(lines).toBe('would send team_joined to U0ANA (T0TEAM) 2027-03-02T15:25:00Z\n');
  expect(code).toBe(0);
  expect(await test.db.delivery.findMany()).toEqual(before);
});

it('says in one line what it needs', async () => {
  await plan('U0ANA');
  for (const args of [[], ['--at', 'tomorrow'], ['--at', '2027-03-02T15:30'], ['--when', AT]]) {
    const { code, lines } = await tick(args);
    expect(lines).toMatch(USAGE);
    expect(code).toBe(1);
  }
  const { code, lines } = await tick(['--at', AT], {});
  expect(lines).toMatch(/^Set SLACK_BOT_TOKEN to send from here, or move the sandbox's clock.*\n$/);
  expect(code).toBe(1);
  expect(await counts()).toEqual({ planned: 1 });
});

it('works beside a Bigplan that runs its own database', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'bigplan-beside-'));
  const own = { BIGPLAN_DATA_DIR: dataDir, PORT: '0', ...credentials() };
  const app = startApp(own);
  try {
    await app.printed(/Bigplan is running/);
    for (const [script, args] of [
      ['src/outbox/resend-cli.ts', []],
      ['src/tick.ts', ['--at', AT, '--dry-run']],
    ] as const) {
      expect(await run(script, [...args], own)).toEqual({ code: 0, lines: '' });
    }
    // It goes on, and so does its database.
    expect(app.child.exitCode).toBeNull();
    app.child.kill('SIGTERM');
    await app.ended;
    // And without one, on the database that it has left.
    const alone = await run('src/outbox/resend-cli.ts', [], own);
    expect(alone).toEqual({ code: 0, lines: '' });
  } finally {
    app.child.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  }
});
