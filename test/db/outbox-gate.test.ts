/** The gate on a real PostgreSQL: the budget holds with several senders at once, and nothing is lost or sent twice. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { createLog } from '../../src/log.ts';
import { type ReaderNow, USUAL_BUDGET, type Weight } from '../../src/outbox/budget-rules.ts';
import { messageKind } from '../../src/outbox/message.ts';
import type { Outbox } from '../../src/outbox/outbox.ts';
import { type AdjustableClock, createAdjustableClock } from '../../src/time/clock.ts';
import { zoneOf } from '../../src/time/zone.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { clearJobs } from '../support/jobs.ts';
import { outboxOn } from '../support/outbox.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';

const REP = { workspaceId: 'T1', userId: 'U0REP' };
const zone = zoneOf('America/New_York');

let test: TestDb;
let slack: FakeSlack;
let clock: AdjustableClock;
let outboxes: Outbox[];
let reader: ReaderNow;
let told: string[];

beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.db.delivery.deleteMany();
  await clearJobs(test.db);
  slack = await startFakeSlack();
  clock = createAdjustableClock();
  clock.moveTo(zone.instantAt('2027-03-08', '10:00'));
  outboxes = [];
  told = [];
  reader = {
    zone,
    workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
    budget: USUAL_BUDGET,
    closed: null,
    block: null,
    isSilent: false,
    isAskedToday: true,
    questions: { today: 0, thisWeek: 0 },
    workdaysLeft: 5,
  };
});
afterEach(async () => {
  await Promise.all(outboxes.map((one) => one.stop()));
  await slack.stop();
});

/** As another process would have it. */
function newOutbox(): Outbox {
  const log = createLog('error', { write: () => {} });
  const outbox = outboxOn(test, slack, { clock, log });
  for (const weight of ['answer', 'must', 'question', 'may'] satisfies Weight[]) {
    outbox.declare(
      messageKind({
        kind: weight,
        weight,
        load: async ({ key }) => key,
        render: (key) => ({ text: `${weight} ${key}`, blocks: [] }),
        dropped: async (_, { kind, key }) => void told.push(`${kind} ${key}`),
      }),
    );
  }
  outbox.heed(async ({ userId }) => (userId === REP.userId ? reader : null));
  outboxes.push(outbox);
  return outbox;
}

const enqueue = (outbox: Outbox, kind: Weight, keys: readonly string[]) =>
  inTransaction(test.db, async (tx) => {
    for (const key of keys) await outbox.enqueue(tx, { ...REP, kind, key, subject: key });
  });
/** What a process does at its start and each minute, until there is nothing to do. */
async function work(...all: Outbox[]): Promise<void> {
  for (const one of all) one.start();
  await Promise.all(all.map((one) => one.sweep(clock.now())));
  await Promise.all(all.map((one) => one.idle()));
}
const texts = () => slack.dm(REP.userId).map(({ text }) => text);
const states = async (kind: Weight) => {
  const rows = await test.db.delivery.findMany({ where: { kind }, orderBy: { key: 'asc' } });
  return rows.map(({ state, problem, heldFor }) => [state, problem ?? heldFor].join(' ').trim());
};
const KEYS = ['1', '2', '3', '4', '5', '6', '7'];

describe('a budget of three a day', () => {
  it('is kept by three processes that send seven at once; the others come on the days after', async () => {
    const all = [newOutbox(), newOutbox(), newOutbox()] as const;
    await enqueue(all[0], 'must', KEYS);
    await work(...all);
    expect(texts()).toHaveLength(3);
    expect((await states('must')).filter((one) => one === 'planned over_budget')).toHaveLength(4);
    clock.moveTo(zone.instantAt('2027-03-09', '07:59'));
    await work(...all);
    expect(texts()).toHaveLength(3);
    clock.moveTo(zone.instantAt('2027-03-09', '08:00'));
    await work(...all);
    expect(texts()).toHaveLength(6);
    clock.moveTo(zone.instantAt('2027-03-10', '08:00'));
    await work(...all);
    expect(texts().sort()).toEqual(KEYS.map((key) => `must ${key}`));
  });

  it('drops nudges, says why, and tells their kind once', async () => {
    const outbox = newOutbox();
    await enqueue(outbox, 'may', KEYS);
    await work(outbox);
    expect(texts()).toHaveLength(2);
    const dropped = (await states('may')).filter((one) => one === 'cancelled over_budget');
    expect(dropped).toHaveLength(5);
    expect(new Set(told).size).toBe(5);
    expect(told).toHaveLength(5);
    expect(await outbox.withheld()).toEqual([
      { outcome: 'dropped', reason: 'over_budget', count: 5 },
    ]);
  });

  it('never holds an answer, and counts none', async () => {
    const outbox = newOutbox();
    await enqueue(outbox, 'answer', KEYS);
    await work(outbox);
    await enqueue(outbox, 'must', ['1', '2', '3']);
    await work(outbox);
    expect(texts()).toHaveLength(10);
  });

  it('isn’t used up by what Slack refused', async () => {
    const outbox = newOutbox();
    slack.fault('chat.postMessage', { error: 'is_archived' });
    await enqueue(outbox, 'must', ['1']);
    await work(outbox);
    await enqueue(outbox, 'must', ['2', '3', '4']);
    await work(outbox);
    expect(texts()).toHaveLength(3);
  });
});

describe('a pause', () => {
  it('holds what can’t be lost until it is over, or until somebody says so', async () => {
    const outbox = newOutbox();
    reader = {
      ...reader,
      closed: { reason: 'paused', until: zone.instantAt('2027-03-20', '09:00') },
    };
    await enqueue(outbox, 'must', ['1', '2']);
    await enqueue(outbox, 'question', ['1']);
    await work(outbox);
    expect(texts()).toEqual([]);
    expect(await states('must')).toEqual(['planned paused', 'planned paused']);
    expect(await states('question')).toEqual(['cancelled paused']);
    expect(await outbox.withheld()).toEqual([
      { outcome: 'held', reason: 'paused', count: 2 },
      { outcome: 'dropped', reason: 'paused', count: 1 },
    ]);
    reader = { ...reader, closed: null };
    await inTransaction(test.db, (tx) => outbox.release(tx, REP));
    await outbox.idle();
    expect(texts().sort()).toEqual(['must 1', 'must 2']);
    const rows = await test.db.delivery.findMany({ where: { kind: 'must' } });
    expect(rows.map(({ heldFor }) => heldFor)).toEqual(['paused', 'paused']);
  });
});
