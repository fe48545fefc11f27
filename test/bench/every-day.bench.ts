/** What the clock costs: a tick beside bare SQL, a delivery beside a bare call to Slack. */
import { WebClient } from '@slack/web-api';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acrossWorkspaces } from '../../src/db/scope.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import type { RunningScheduler } from '../../src/scheduler/scheduler.ts';
import { zoneOf } from '../../src/time/zone.ts';
import { agreePlanOf, everyDayDraft } from '../support/agreed-rep.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { mintDatabase } from '../support/db.ts';
import { kindOf } from '../support/kind.ts';
import { mintPair, setUpWorkspace } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';
import { compare, compareSpread } from './compare.ts';

const REPS = 50;
const zone = zoneOf('America/New_York');

let app: TestApp;
const reps: string[] = [];
beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
  for (let n = 0; n < REPS; n++) {
    const { rep } = await mintPair(app);
    await agreePlanOf(app, rep, everyDayDraft());
    reps.push(rep);
  }
  await app.bigplan.advance(zone.instantAt('2027-01-04', '12:00'));
}, 120_000);
afterAll(() => app.stop());

test('a day of fifty reps: two statements for each due row in bare SQL → what they get, planned and sent', async () => {
  const database = await mintDatabase({ migrated: false });
  const pool = new pg.Pool({ connectionString: database.url });
  await pool.query('CREATE TABLE due (id serial PRIMARY KEY, due_at timestamptz, person text)');
  await pool.query('CREATE TABLE sent (person text, day text, PRIMARY KEY (person, day))');
  let day = 4;
  const bare = async () => {
    await pool.query(
      'INSERT INTO due (due_at, person) SELECT now(), g::text FROM generate_series(1, 50) g',
    );
    const { rows } = await pool.query(
      'SELECT id, person FROM due WHERE due_at <= now() ORDER BY due_at',
    );
    for (const { id, person } of rows) {
      await pool.query('INSERT INTO sent VALUES ($1, $2)', [person, String(Math.random())]);
      await pool.query('DELETE FROM due WHERE id = $1', [id]);
    }
  };
  const ours = async () => {
    const date = `2027-01-${String(++day).padStart(2, '0')}`;
    await app.bigplan.advance(zone.instantAt(date, '17:00'));
  };
  await compare(5, bare, ours, 1);
  const asked = await app.db.delivery.count({ where: { kind: 'check_in', state: 'sent' } });
  expect(asked).toBeGreaterThanOrEqual(REPS * 3);
  await pool.end();
  await database.drop();
});

test('fifty who are due in one minute: a loop of five statements for each → a tick’s looks', async () => {
  const database = await mintDatabase({ migrated: false });
  const pool = new pg.Pool({ connectionString: database.url, max: 4 });
  await pool.query('CREATE TABLE due (person text PRIMARY KEY, due_at timestamptz)');
  await pool.query('CREATE TABLE sent (person text, day text, PRIMARY KEY (person, day))');
  await pool.query(`INSERT INTO due SELECT g::text, now() FROM generate_series(1, ${REPS}) g`);
  const bare = async () => {
    const started = performance.now();
    const { rows } = await pool.query<{ person: string }>('SELECT person FROM due');
    const left = rows.values();
    const work = async () => {
      for (const { person } of left) {
        const client = await pool.connect();
        await client.query('BEGIN');
        await client.query('SELECT * FROM due WHERE person = $1 FOR UPDATE', [person]);
        await client.query('INSERT INTO sent VALUES ($1, $2)', [person, String(Math.random())]);
        await client.query('UPDATE due SET due_at = now() WHERE person = $1', [person]);
        await client.query('COMMIT');
        client.release();
      }
    };
    await Promise.all(Array.from({ length: 4 }, work));
    return [performance.now() - started];
  };
  const scheduler = app.bigplan.context.scheduler as RunningScheduler;
  let day = 10;
  const ours = async () => {
    const date = `2027-01-${String(++day).padStart(2, '0')}`;
    await app.bigplan.advance(zone.instantAt(date, '16:29'));
    app.clock.moveTo(zone.instantAt(date, '16:30'));
    const started = performance.now();
    const { looked } = await acrossWorkspaces(() => scheduler.runDue(app.clock.now()));
    const took = performance.now() - started;
    expect(looked).toBe(REPS);
    await app.bigplan.advance(zone.instantAt(date, '17:00'));
    return [took];
  };
  await compareSpread(3, bare, ours);
  await pool.end();
  await database.drop();
});

test('a message: chat.postMessage alone → recorded, sent once for certain, settled', async () => {
  const client = new WebClient('x', { slackApiUrl: app.slack.apiUrl });
  const { outbox } = app.bigplan.context;
  outbox.declare(
    kindOf('bench', async ({ userId: person }) => ({
      to: { user: person },
      text: 'Hello',
      blocks: [],
    })),
  );
  let n = 0;
  await compare(
    100,
    () => client.chat.postMessage({ channel: reps[0] ?? '', text: 'Hello' }),
    async () => {
      const userId = reps[n % REPS] ?? '';
      const order = {
        workspaceId: TEAM,
        userId,
        kind: 'bench',
        key: String(++n),
        subject: 'bench',
      };
      await inTransaction(app.db, (tx) => outbox.enqueue(tx, order));
      await outbox.idle();
    },
  );
  expect(await app.db.delivery.count({ where: { kind: 'bench', state: 'sent' } })).toBe(n);
});
