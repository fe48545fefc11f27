/** From the scheduler to the message, with one process and with several on one database. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb } from '../../src/db/client.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { createLog } from '../../src/log.ts';
import type { Outbox } from '../../src/outbox/outbox.ts';
import { dryRun } from '../../src/scheduler/dry-run.ts';
import { fastForward } from '../../src/scheduler/fast-forward.ts';
import { createTicker, type Ticker } from '../../src/scheduler/minute-tick.ts';
import {
  createScheduler,
  type Planner,
  type RunningScheduler,
} from '../../src/scheduler/scheduler.ts';
import { type AdjustableClock, createAdjustableClock } from '../../src/time/clock.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { kindOf } from '../support/kind.ts';
import { clearOutbox, outboxOn } from '../support/outbox.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';

const TEAM = 'T1';
const HOUR = 3_600_000;
const START = new Date('2027-03-02T16:00:00Z');

/** A process of Bigplan's, as far as it ticks and sends. */
interface Replica {
  scheduler: RunningScheduler;
  outbox: Outbox;
  ticker: Ticker;
  stop(): Promise<void>;
}

let test: TestDb;
let slack: FakeSlack;
let clock: AdjustableClock;
let replicas: Replica[];

beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.db.agenda.deleteMany();
  await clearOutbox(test.db);
  slack = await startFakeSlack();
  const started = Date.now();
  clock = createAdjustableClock({ now: () => new Date(START.getTime() + Date.now() - started) });
  replicas = [];
});
afterEach(async () => {
  await Promise.all(replicas.map((one) => one.stop()));
  await slack.stop();
});

/** Something each day at 16:30 UTC, worth sending for four hours. */
const daily =
  (outbox: Outbox): Planner =>
  async (tx, { workspaceId: team, userId: person }, { after, now }) => {
    let due = new Date(`${after.toISOString().slice(0, 10)}T16:30:00Z`);
    for (; due <= now; due = new Date(due.getTime() + 24 * HOUR)) {
      if (due <= after) continue;
      const key = due.toISOString().slice(0, 10);
      const sendBy = new Date(due.getTime() + 4 * HOUR);
      await outbox.enqueue(tx, {
        workspaceId: team,
        userId: person,
        kind: 'daily',
        key,
        subject: '',
        dueAt: due,
        sendBy,
      });
    }
    return due;
  };

function startReplica({ time = clock, every }: { time?: AdjustableClock; every?: string } = {}) {
  const db = createDb(test.url);
  const log = createLog('silent');
  const outbox = outboxOn({ db, url: test.url }, slack, { clock: time, log });
  outbox.declare(
    kindOf('daily', async ({ userId: person, key }) => ({
      to: { user: person },
      text: key,
      blocks: [],
    })),
  );
  const scheduler = createScheduler({ db, clock: time, log });
  scheduler.register('daily', daily(outbox));
  const ticker = createTicker({
    scheduler,
    outbox,
    clock: time,
    log,
    ticked: () => {},
    ...(every && { every }),
  });
  outbox.start();
  const replica: Replica = {
    scheduler,
    outbox,
    ticker,
    async stop() {
      await ticker.stop();
      await outbox.stop();
      await db.$disconnect();
    },
  };
  replicas.push(replica);
  return replica;
}

/** Puts people on the scheduler. */
async function meet({ scheduler }: Replica, count: number): Promise<string[]> {
  const people = Array.from({ length: count }, (_, n) => `U0P${n}`);
  for (const person of people) {
    slack.addPerson(person);
    await inTransaction(test.db, (tx) =>
      scheduler.reschedule(tx, { workspaceId: TEAM, userId: person }),
    );
  }
  return people;
}

async function tick(...some: Replica[]): Promise<void> {
  await Promise.all(some.map(({ ticker }) => ticker.tick()));
  for (const { outbox } of some) await outbox.idle();
}

const texts = (person: string) => slack.dm(person).map(({ text }) => text);

describe.each([2, 5])('%i processes', (processes) => {
  it('that tick in the same minute send everybody one message', async () => {
    const all = Array.from({ length: processes }, () => startReplica());
    const [first] = all;
    if (!first) throw new Error('no process');
    const people = await meet(first, 40);
    await tick(...all);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(0);
    clock.moveTo(new Date('2027-03-02T16:30:00Z'));
    await tick(...all);
    await expect.poll(async () => (await first.outbox.counts()).sent, { timeout: 20_000 }).toBe(40);
    await tick(...all);
    for (const person of people) expect(texts(person)).toEqual(['2027-03-02']);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(40);
  }, 60_000);
});

it('is sent at once also where the other process’s clock is a little behind', async () => {
  const behind = createAdjustableClock({ now: () => new Date(clock.now().getTime() - 400) });
  const [ahead, slow] = [startReplica(), startReplica({ time: behind })];
  const [person = ''] = await meet(ahead, 1);
  await ahead.outbox.stop();
  await tick(slow);
  clock.moveTo(new Date('2027-03-02T16:30:00Z'));
  await ahead.ticker.tick();
  await expect.poll(() => texts(person), { timeout: 5_000 }).toEqual(['2027-03-02']);
});

it('can be foreseen, and nothing changes by that', async () => {
  const one = startReplica();
  const [first = '', second = ''] = await meet(one, 2);
  await tick(one);
  await test.db.agenda.deleteMany({ where: { personId: second } });
  const planned = { workspaceId: TEAM, userId: second, kind: 'daily', key: 'x', subject: '' };
  await inTransaction(test.db, (tx) =>
    one.outbox.enqueue(tx, { ...planned, dueAt: new Date('2027-03-02T17:00:00Z') }),
  );
  const before = [await test.db.agenda.findMany(), await test.db.delivery.findMany()];
  const foreseen = async (iso: string) =>
    (await dryRun(one, test.db, new Date(iso))).map(({ userId: person, state, dueAt }) => [
      person,
      state,
      dueAt.toISOString().slice(0, 13),
    ]);
  expect(await foreseen('2027-03-02T16:29:00Z')).toEqual([]);
  expect(await foreseen('2027-03-03T17:00:00Z')).toEqual([
    [first, 'missed', '2027-03-02T16'],
    [second, 'planned', '2027-03-02T17'],
    [first, 'planned', '2027-03-03T16'],
  ]);
  await one.outbox.idle();
  expect([await test.db.agenda.findMany(), await test.db.delivery.findMany()]).toEqual(before);
  expect(slack.calls).toEqual([]);
});

const nothingAgain = async () => null;

describe('time', () => {
  it('moved on waits for what our own trouble held up, and for no longer than it takes', async () => {
    const tries: Date[] = [];
    const again = [new Date(Date.now() + 300), new Date(0), new Date(Date.now() + 3_600_000)];
    const parts = {
      clock,
      nextDue: nothingAgain,
      retryAt: async () => again[tries.length - 1] ?? null,
      tick: async () => void tries.push(clock.now()),
    };
    const to = new Date(clock.now().getTime() + 3_600_000);
    await fastForward(parts, to);
    expect(tries.map((at) => at >= to)).toEqual([false, false, false, true]);
  });

  it('moved on through days brings what each of them has, at its time', async () => {
    const one = startReplica();
    const [person = ''] = await meet(one, 1);
    const seen: string[] = [];
    const nextDue = async (after: Date) => {
      const due = [await one.scheduler.nextDue(after), await one.outbox.nextDue(after)];
      return due.find((instant) => instant !== null) ?? null;
    };
    const tickOne = async () => {
      await tick(one);
      if (texts(person).length > seen.length) seen.push(clock.now().toISOString().slice(0, 16));
    };
    const parts = { clock, nextDue, retryAt: nothingAgain, tick: tickOne };
    await fastForward(parts, new Date('2027-03-05T12:00:00Z'));
    expect(texts(person)).toEqual(['2027-03-02', '2027-03-03', '2027-03-04']);
    expect(seen).toEqual(['2027-03-02T16:30', '2027-03-03T16:30', '2027-03-04T16:30']);
    expect(clock.now().toISOString().slice(0, 13)).toBe('2027-03-05T12');
    const past = new Date('2027-03-05T11:00:00Z');
    await expect(fastForward(parts, past)).rejects.toThrow(RangeError);
  });

  it('moved past something that waits for another try neither loops nor hangs', async () => {
    const one = startReplica();
    const [person = ''] = await meet(one, 1);
    slack.fault('conversations.open', { drop: 'after' });
    slack.fault('conversations.open', { rateLimit: 30 });
    let ticks = 0;
    const tickOne = async () => {
      ticks += 1;
      await tick(one);
    };
    const nextDue = async (after: Date) =>
      (await one.scheduler.nextDue(after)) ?? (await one.outbox.nextDue(after));
    const retryAt = (now: Date) => one.outbox.retryAt(now);
    const parts = { clock, nextDue, retryAt, tick: tickOne };
    await fastForward(parts, new Date('2027-03-03T17:00:00Z'));
    expect(ticks).toBeLessThan(6);
    expect(texts(person)).toEqual([]);
    const { missed, planned } = await one.outbox.counts();
    expect([missed, planned]).toEqual([1, 1]);
  });

  it('that passed while nobody ran is caught up with for four hours, then it is missed', async () => {
    const one = startReplica();
    const people = await meet(one, 3);
    await tick(one);
    clock.moveTo(new Date('2027-03-02T20:29:00Z'));
    await tick(one);
    for (const person of people) expect(texts(person)).toEqual(['2027-03-02']);
    clock.moveTo(new Date('2027-03-04T20:31:00Z'));
    await tick(one);
    for (const person of people) expect(texts(person)).toEqual(['2027-03-02']);
    expect(await one.outbox.counts()).toMatchObject({ sent: 3, missed: 6 });
  });

  it('that jumps ahead an hour and back has nothing sent twice, and nothing left out', async () => {
    const set = (iso: string) => createAdjustableClock({ now: () => new Date(iso) });
    const one = startReplica({ time: set('2027-03-02T16:29:00Z') });
    const [person = ''] = await meet(one, 1);
    await one.stop();
    replicas.pop();
    for (const iso of [
      '2027-03-02T16:29:00Z',
      '2027-03-02T17:30:00Z',
      '2027-03-02T16:30:00Z',
      '2027-03-02T16:31:00Z',
      '2027-03-02T17:31:00Z',
      '2027-03-03T17:00:00Z',
      '2027-03-03T16:00:00Z',
      '2027-03-03T16:30:00Z',
    ]) {
      // The next process on a machine whose clock has jumped.
      const next = startReplica({ time: set(iso) });
      await tick(next);
      await next.stop();
      replicas.pop();
    }
    expect(texts(person)).toEqual(['2027-03-02', '2027-03-03']);
  });

  it('in which the process was too busy to tick is made up for right afterwards', async () => {
    const seconds = 10;
    const one = startReplica({ every: `*/${seconds} * * * * *` });
    const [person = ''] = await meet(one, 1);
    one.ticker.start();
    await expect.poll(() => test.db.agenda.findFirst()).toMatchObject({ personId: person });
    // Blocks from two seconds before a tick to three after it.
    const toNext = seconds * 1_000 - (Date.now() % (seconds * 1_000));
    await sleep(toNext > 2_500 ? toNext - 2_000 : toNext + seconds * 1_000 - 2_000);
    clock.moveTo(new Date('2027-03-02T16:30:00Z'));
    const until = performance.now() + 5_000;
    while (performance.now() < until);
    // Well before the next tick.
    await expect.poll(() => texts(person), { timeout: 4_000 }).toEqual(['2027-03-02']);
  }, 60_000);
});
