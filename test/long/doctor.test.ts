/** `npm run doctor`, as a process of its own: it finds what is wrong, also where much is, and tells no secret. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { startProcess } from '../support/app-process.ts';
import { mintDatabase, TEST_KEYS } from '../support/db.ts';
import { freePort } from '../support/free-port.ts';
import { joinTeam, mintPerson } from '../support/plan-app.ts';

const SCOPES =
  'channels:history,channels:read,chat:write,commands,files:read,files:write,groups:history,groups:read,im:history,im:write,users:read';

let app: TestApp;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bigplan-doctor-'));
  app = await startTestApp();
  await mintPerson(app, 'U0MANAGER', { name: 'Max' });
  await mintPerson(app, 'U0REP', { name: 'Dana' });
  await joinTeam(app, 'U0REP', 'U0MANAGER');
});
afterAll(async () => {
  app.slack.clearFaults();
  await app.stop();
  await rm(folder, { recursive: true });
});

const settings = () => ({
  SLACK_BOT_TOKEN: app.slack.botToken,
  SLACK_SIGNING_SECRET: app.slack.signingSecret,
  SLACK_API_URL: app.slack.apiUrl,
  DATABASE_URL: app.config.databaseUrl ?? '',
  BIGPLAN_ENCRYPTION_KEYS: TEST_KEYS,
  BIGPLAN_DATA_DIR: join(folder, 'data'),
});

/** Slack answers what the doctor asks, and says that the token has these scopes. */
const grant = (scopes: string) =>
  app.slack.refuse('missing_scope', { except: ['auth.test', 'conversations.history'], scopes });

async function examine(
  env: Record<string, string>,
): Promise<{ code: number | null; said: string }> {
  const process = startProcess('src/doctor/doctor-cli.ts', env);
  const code = await process.ended;
  const said = process.output();
  for (const secret of [
    env.SLACK_BOT_TOKEN,
    env.SLACK_SIGNING_SECRET,
    env.BIGPLAN_ENCRYPTION_KEYS,
    env.DATABASE_URL,
  ]) {
    if (secret) expect(said).not.toContain(secret);
  }
  return { code, said };
}

it('finds all well where it is', async () => {
  grant(SCOPES);
  const { code, said } = await examine(settings());
  expect(said).not.toContain('MEND');
  for (const about of [
    'settings',
    'database',
    'migrations',
    'key test',
    'token',
    'scopes',
    'channels',
    'clock, beside Slack',
    'clock, beside the database',
  ]) {
    expect(said).toContain(`ok   ${about}: `);
  }
  expect(code).toBe(0);
});

it('names each thing that is ill, with its mend, whatever else is', async () => {
  grant('chat:write');
  await app.db.team.updateMany({ data: { channelId: 'C0NOWHERE' } });
  const other = `test:${Buffer.alloc(32, 9).toString('base64')}`;
  const { code, said } = await examine({
    ...settings(),
    BIGPLAN_ENCRYPTION_KEYS: other,
    SLACK_APP_TOKEN: 'xapp-1',
  });
  expect(said).toMatch(/^MEND app-level token: Slack refuses it \(\w+\) → check SLACK_APP_TOKEN/m);
  expect(said).toMatch(/^MEND key test: another than the one that .+ → put the right one back$/m);
  expect(said).toMatch(
    /^MEND scopes: channels:history, channels:read, commands, .+ missing → reinstall the app/m,
  );
  expect(said).toMatch(/^MEND channel C0NOWHERE: channel_not_found → invite Bigplan there/m);
  expect(code).toBe(1);

  app.slack.refuse('token_revoked');
  const missing = `k9:${Buffer.alloc(32, 9).toString('base64')}`;
  const refused = await examine({ ...settings(), BIGPLAN_ENCRYPTION_KEYS: missing });
  expect(refused.said).toMatch(
    /^MEND token: Slack refuses it \(token_revoked\) → check SLACK_BOT_TOKEN$/m,
  );
  expect(refused.said).toMatch(/^MEND key test: missing, and \d+ values? need it → put it back/m);
});

it('goes on without a database, or without Slack', async () => {
  grant(SCOPES);
  const DATABASE_URL = 'postgresql://bigplan:hunter2@127.0.0.1:9/bigplan';
  const noDatabase = await examine({ ...settings(), DATABASE_URL });
  expect(noDatabase.said).toMatch(/^MEND database: .*ECONNREFUSED.* → check DATABASE_URL/m);
  expect(noDatabase.said).toMatch(/^ok {3}token: /m);
  expect(noDatabase.said).not.toContain('hunter2');
  const noSlack = await examine({
    ...settings(),
    SLACK_API_URL: `http://127.0.0.1:${await freePort()}/api/`,
  });
  expect(noSlack.said).toMatch(/^MEND token: Slack doesn't answer \(ECONNREFUSED\)/m);
  expect(noSlack.said).toMatch(/^ok {3}migrations: /m);
});

it('tells settings that can’t be read, and a schema that isn’t this one', async () => {
  expect(await examine({ PORT: 'http', BIGPLAN_DATA_DIR: join(folder, 'data') })).toEqual({
    code: 1,
    said: expect.stringMatching(/^MEND settings: PORT must be a port number → /),
  });
  const empty = await mintDatabase({ migrated: false });
  const { said } = await examine({ ...settings(), DATABASE_URL: empty.url });
  expect(said).toContain('migrations: none yet');
  await empty.drop();
  const client = new pg.Client({ connectionString: app.config.databaseUrl ?? '' });
  await client.connect();
  await client.query(
    `UPDATE _prisma_migrations SET migration_name = '2999_new' WHERE migration_name LIKE '%_init'`,
  );
  expect((await examine(settings())).said).toMatch(/^MEND migrations: 2999_new is of a newer/m);
  await client.query(
    `UPDATE _prisma_migrations SET migration_name = '20261122152450_init' WHERE migration_name = '2999_new'`,
  );
  await client.end();
});

it('makes nothing where nothing is yet', async () => {
  const dataDir = join(folder, 'nothing');
  const { code, said } = await examine({ BIGPLAN_DATA_DIR: dataDir });
  expect(said).toContain('database: none yet');
  expect(code).toBe(0);
  await expect(readdir(dataDir)).rejects.toThrow('ENOENT');
});
