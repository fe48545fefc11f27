import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { kindOf } from '../support/kind.ts';
import { ENTRIES, mintPair, openOwn, setUpWorkspace, storedPlan } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

let app: TestApp;
let admin: pg.Client;
let name: string;
beforeAll(async () => {
  app = await startTestApp();
  const [row] = await app.db.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
  name = row?.name ?? '';
  const url = Object.assign(new URL(inject('templateUrl')), { pathname: '/postgres' });
  admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
});
afterAll(async () => {
  await allow(true);
  await admin.end();
  await app.stop();
});

const get = (path: string) => fetch(`${app.bigplan.url}${path}`);
async function allow(connections: boolean): Promise<void> {
  await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${connections}`);
  if (connections) return;
  await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
    name,
  ]);
}

describe('without its database', () => {
  it('Bigplan lives, is not ready, says so to people, and comes back by itself', async () => {
    const { commands, db } = app.bigplan.context;
    commands.subcommand('count', async () => void (await db.workspace.count()), 'counts');
    const count = () => app.slack.command('/bigplan', 'count', { user: 'U0REP' });
    await count();
    expect(app.slack.responses).toHaveLength(0);

    await allow(false);
    expect(await (await get('/readyz')).text()).toBe('not ready: database\n');
    expect((await get('/healthz')).status).toBe(200);
    expect(await (await get('/metrics')).text()).toContain('bigplan_requests_total');
    const { status } = await count();
    expect(status).toBe(200);
    expect(app.slack.took()).toBeLessThan(1_000);
    expect(app.slack.responses.at(-1)?.text).toMatch(/^Something broke on our side \(ref/);

    await allow(true);
    await expect.poll(async () => (await get('/readyz')).status).toBe(200);
    const answers = app.slack.responses.length;
    await count();
    expect(app.slack.responses).toHaveLength(answers);
  });
});

it('that hangs answers a form inside three seconds, what was typed stays, and it is saved once', async ({
  task,
}) => {
  task.meta.tries = 3;
  await setUpWorkspace(app);
  const { rep } = await mintPair(app);
  const revision = async () => (await storedPlan(app, rep)).version.revision;
  await openOwn(app, rep);
  const before = await revision();
  const submission = app.slack.submission(rep, ENTRIES[0]);
  const holder = new pg.Client({ connectionString: app.config.databaseUrl ?? '' });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE plan_version IN ACCESS EXCLUSIVE MODE');
  await app.slack.unwaited(async () => {
    for (let n = 0; n < 3; n++) {
      const { status, body } = await submission.lost();
      expect(status).toBe(200);
      expect(JSON.stringify(body)).toMatch(
        /Bigplan is slow just now.*What you typed is still here/,
      );
    }
  });
  await holder.query('ROLLBACK');
  await holder.end();
  await app.bigplan.settled();
  const { status, body } = await submission.heard();
  expect({ status, errors: (body as { errors?: object } | null)?.errors }).toEqual({ status: 200 });
  expect(await revision()).toBe(before + 1);
});

it('is not ready while something that could be sent is late', async () => {
  const { outbox } = app.bigplan.context;
  const ready = async () => (await get('/readyz')).text();
  outbox.declare(
    kindOf('late', async ({ userId }) => ({ to: { user: userId }, text: 'Hi', blocks: [] })),
  );
  let letGo = () => {};
  app.slack.fault('chat.postMessage', { hold: new Promise<void>((settle) => (letGo = settle)) });
  const order = { workspaceId: TEAM, userId: 'U0REP', kind: 'late', key: '1', subject: '1' };
  await inTransaction(app.db, (tx) => outbox.enqueue(tx, order));
  await expect.poll(() => app.slack.callsOf('chat.postMessage').length).toBe(1);
  expect(await ready()).toBe('ready\n');

  app.clock.moveTo(new Date(app.clock.now().getTime() + 6 * 60_000));
  expect(await ready()).toBe('not ready: queue\n');
  letGo();
  await expect.poll(ready).toBe('ready\n');
});
