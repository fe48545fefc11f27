/**
 * How fast messages go out by one process and by two, where Slack answers in 20 ms, beside the least loop; and whether
 * the memory of the one that sends them grows. Slack and the database are on the same machine, and in its cores' time.
 */
import { availableParallelism } from 'node:os';
import { WebClient } from '@slack/web-api';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { createLog } from '../../src/log.ts';
import { createOutbox, type Outbox } from '../../src/outbox/outbox.ts';
import { systemClock } from '../../src/time/clock.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { mintPerson } from '../support/plan-app.ts';
import { type FakeSlack, startFakeSlack, TEAM } from '../support/slack.ts';
import { ask, endChild, startChild } from './children.ts';
import { addFigure, atLeast, atMost, ROUNDS, rounds } from './figure.ts';
import { processorTime } from './processor-time.ts';

const PEOPLE = 200;
const SLACK_MS = 20;
/** So many calls of the bare loop are under way at once, as Bigplan’s are. */
const AT_ONCE = 5;
const MANY = process.env.BENCH_FULL ? 100_000 : 4_000;

let database: TestDb;
let slack: FakeSlack;
let outbox: Outbox;
let pool: pg.Pool;
let client: WebClient;
const people = Array.from({ length: PEOPLE }, (_, n) => `U0P${n}`);
let batch = 0;

beforeAll(async () => {
  database = await createTestDb();
  slack = await startFakeSlack();
  const { db, url: databaseUrl } = database;
  await db.workspace.create({ data: { id: TEAM } });
  for (const user of people) await mintPerson({ slack, db }, user);
  client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  // It only promises: the processes send.
  const log = createLog('silent');
  outbox = createOutbox({ db, databaseUrl, client, clock: systemClock, log });
  pool = new pg.Pool({ connectionString: databaseUrl, max: AT_ONCE });
  await pool.query('CREATE TABLE bare_sent (id int, person text, ts text, PRIMARY KEY (id))');
});
afterAll(async () => {
  await pool?.end();
  await slack?.stop();
  await database?.drop();
});

/** One message to each of `people`. */
async function promise(): Promise<void> {
  batch += 1;
  slack.fault('chat.postMessage', { delay: SLACK_MS }, PEOPLE);
  await inTransaction(database.db, async (tx) => {
    for (const userId of people) {
      const order = { workspaceId: TEAM, userId, kind: 'bench', key: String(batch), subject: '' };
      await outbox.enqueue(tx, order);
    }
  });
}

async function allSent(): Promise<void> {
  const where = { kind: 'bench', key: String(batch), state: 'sent' as const };
  await expect
    .poll(() => database.db.delivery.count({ where }), { interval: 20, timeout: 120_000 })
    .toBe(PEOPLE);
}

/** Messages a second. */
async function rate(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (1_000 * PEOPLE) / (performance.now() - started);
}

async function ours(): Promise<number> {
  await promise();
  return rate(allSent);
}

let bareId = 0;
function bareLoop(): Promise<number> {
  slack.fault('chat.postMessage', { delay: SLACK_MS }, PEOPLE);
  const left = people.values();
  const work = async () => {
    for (const user of left) {
      const id = ++bareId;
      await pool.query('INSERT INTO bare_sent VALUES ($1, $2)', [id, user]);
      const { ts } = await client.chat.postMessage({ channel: user, text: 'Hello' });
      await pool.query('UPDATE bare_sent SET ts = $2 WHERE id = $1', [id, ts]);
    }
  };
  return rate(async () => void (await Promise.all(Array.from({ length: AT_ONCE }, work))));
}

const start = () => startChild('sender.ts', database.url, slack.apiUrl);

test('deliveries', async ({ task }) => {
  const first = await start();
  await ours();
  const unit = 'a second';
  const beside = await rounds({ bare: bareLoop, ours });
  const bare = { name: 'deliveries, Slack in 20 ms', unit, goal: atLeast(0.9) };
  addFigure(task, bare, beside, (found) => found);

  const costs: { own: number; database: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const used = Number(await ask(first, 'processor'));
    const { database: ofDatabase } = await processorTime(database.db, ours);
    const own = Number(await ask(first, 'processor')) - used;
    costs.push({ own: own / PEOPLE, database: ofDatabase / PEOPLE });
  }
  const each = { ours: costs, bare: null };
  addFigure(task, { name: 'one delivery: processor', unit: 'ms' }, each, ({ own }) => own);
  const inDatabase = { name: 'one delivery: database’s processor', unit: 'ms' };
  addFigure(task, inDatabase, each, (one) => one.database);

  const second = await start();
  const processes = await rounds({
    async bare() {
      second.kill('SIGSTOP');
      return ours();
    },
    async ours() {
      second.kill('SIGCONT');
      return ours();
    },
  });
  await endChild(second);
  const cores = availableParallelism();
  const name = `deliveries, two processes beside one, on ${cores} cores with Slack and the database`;
  addFigure(task, { name, unit, goal: cores > 2 ? atLeast(1.6) : null }, processes, (one) => one);

  const before = Number(await ask(first, 'memory'));
  for (let sent = 0; sent < MANY; sent += PEOPLE) await ours();
  const grown = Number(await ask(first, 'memory')) - before;
  await endChild(first);
  const growth = `heap grown over ${MANY.toLocaleString('en')} deliveries`;
  addFigure(
    task,
    { name: growth, unit: 'MB', goal: atMost(1) },
    { ours: [grown], bare: null },
    (mb) => mb,
  );
});
