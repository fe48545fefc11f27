/**
 * What a tick costs where many are due among many more: beside one INSERT … SELECT of as many rows, and beside a loop
 * of five statements for each of them.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acrossWorkspaces } from '../../src/db/scope.ts';
import type { RunningScheduler } from '../../src/scheduler/scheduler.ts';
import { addDays, weekdayOf } from '../../src/time/local-date.ts';
import { zoneOf } from '../../src/time/zone.ts';
import { agreePlanOf, everyDayDraft } from '../support/agreed-rep.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { mintDatabase } from '../support/db.ts';
import { clearJobs } from '../support/jobs.ts';
import { mintPair, setUpWorkspace } from '../support/plan-app.ts';
import { addFigure, atMost, rounds } from './figure.ts';
import { processorTime } from './processor-time.ts';

const [DUE, ALL] = process.env.BENCH_FULL ? [10_000, 1_000_000] : [500, 100_000];
const AT_ONCE = 4;
const zone = zoneOf('America/New_York');
let app: TestApp;
let pool: pg.Pool;
let dropBare = async () => {};
let day = '2027-01-04';

beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
  // What is planned isn't sent: deliveries are a row of their own.
  await app.bigplan.context.outbox.stop();
  for (let n = 0; n < DUE; n++) {
    const { rep } = await mintPair(app);
    await agreePlanOf(app, rep, everyDayDraft());
  }
  await app.db.$executeRaw`
    INSERT INTO agenda (workspace_id, person_id, kind, due_at, done_until)
    SELECT 'T0LATER', 'U' || n, 'day', timestamptz '2099-01-01', now()
    FROM generate_series(1, ${ALL - DUE}::int) n`;
  await app.db.$executeRaw`ANALYZE agenda`;
  const database = await mintDatabase({ migrated: false });
  dropBare = database.drop;
  pool = new pg.Pool({ connectionString: database.url, max: AT_ONCE });
  await pool.query('CREATE TABLE due (person text PRIMARY KEY, due_at timestamptz)');
  await pool.query('CREATE TABLE sent (person text, day uuid, PRIMARY KEY (person, day))');
  await pool.query(`INSERT INTO due SELECT g::text, now() FROM generate_series(1, ${DUE}) g`);
  await pool.query(`INSERT INTO due
    SELECT g::text, '2099-01-01' FROM generate_series(${DUE + 1}, ${ALL}) g`);
  await pool.query('CREATE INDEX ON due (due_at)');
  await pool.query('ANALYZE due');
}, 3_600_000);
afterAll(async () => {
  await pool?.end();
  await dropBare();
  await app?.stop();
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const insert = () =>
  pool.query('INSERT INTO sent SELECT person, $1 FROM due WHERE due_at <= now()', [randomUUID()]);

async function loop(): Promise<void> {
  const { rows } = await pool.query('SELECT person FROM due WHERE due_at <= now()');
  const left = rows.values();
  const work = async () => {
    for (const { person } of left) {
      const client = await pool.connect();
      await client.query('BEGIN');
      await client.query('SELECT * FROM due WHERE person = $1 FOR UPDATE', [person]);
      await client.query('INSERT INTO sent VALUES ($1, $2)', [person, randomUUID()]);
      await client.query('UPDATE due SET due_at = now() WHERE person = $1', [person]);
      await client.query('COMMIT');
      client.release();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function runDueAt(time: string): Promise<number> {
  app.clock.moveTo(zone.instantAt(day, time));
  const scheduler = app.bigplan.context.scheduler as RunningScheduler;
  const { looked, failed } = await acrossWorkspaces(() => scheduler.runDue(app.clock.now()));
  expect(failed).toBe(0);
  return looked;
}

interface Tick {
  /** In ms. */
  took: number;
  /** Processor time in ms, of each who is due. */
  own: number;
  database: number;
}

/** The check-ins of a working day, and nothing else. */
async function tick(): Promise<Tick> {
  do day = addDays(day, 1);
  while (['sat', 'sun'].includes(weekdayOf(day)));
  await runDueAt('15:00');
  await app.db.delivery.deleteMany();
  await clearJobs(app.db);
  let took = 0;
  const { own, database } = await processorTime(app.db, async () => {
    took = await timed(async () => expect(await runDueAt('16:30')).toBe(DUE));
  });
  return { took, own: own / DUE, database: database / DUE };
}

test('a tick', async ({ task }) => {
  const ticks: Tick[] = [];
  const found = await rounds({
    bare: async () => ({ insert: await timed(insert), loop: await timed(loop) }),
    async ours() {
      const one = await tick();
      ticks.push(one);
      return { insert: one.took, loop: one.took };
    },
  });
  // Without the first, which doesn't count.
  const each = { ours: ticks.slice(1), bare: null };
  const name = `tick, ${DUE.toLocaleString('en')} due among ${ALL.toLocaleString('en')}`;
  const add = (beside: 'insert' | 'loop', what: string, most: number) =>
    addFigure(
      task,
      { name: `${name}, beside ${what}`, unit: 'ms', goal: atMost(most) },
      found,
      (one) => one[beside],
    );
  add('insert', 'one INSERT … SELECT', 20);
  add('loop', 'five statements each', 2);
  addFigure(task, { name: 'one who is due: processor', unit: 'ms' }, each, ({ own }) => own);
  const inDatabase = { name: 'one who is due: database’s processor', unit: 'ms' };
  addFigure(task, inDatabase, each, ({ database }) => database);
});
