/** What Bigplan does by the clock, in the real app: who is looked at anew, and how it recovers. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { meetPeople } from '../../src/people/meet-person.ts';
import { savePerson } from '../../src/people/store.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { kindOf } from '../support/kind.ts';
import {
  agreed,
  mintPair,
  mintPerson,
  openOwn,
  setUpWorkspace,
  type TestPair,
} from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

const DAY = 86_400_000;
const KIND = 'test_kind';

let app: TestApp;
let pair: TestPair;
/** Whom the test's own kind looked at, since it was last asked. */
let looked: string[] = [];

beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
  app.bigplan.context.scheduler.register(KIND, async (_tx, { userId: person }) => {
    looked.push(person);
    return null;
  });
  pair = await mintPair(app);
});
afterAll(() => app.stop());

/** Ticks, and tells whom that looked at. */
async function ticked(): Promise<string[]> {
  looked = [];
  await app.bigplan.tick();
  return looked.sort();
}

const metrics = async () => (await fetch(`${app.bigplan.url}/metrics`)).text();

describe('somebody is looked at anew', () => {
  it('when their plan is agreed and when it is closed', async () => {
    expect(await ticked()).toEqual([]);
    await agreed(app, pair);
    expect(await ticked()).toEqual([pair.rep]);
    expect(await ticked()).toEqual([]);
    await openOwn(app, pair.rep);
    await app.slack.action({ user: pair.rep, actionId: 'plan_close' });
    expect(await ticked()).toEqual([pair.rep]);
  });

  it('when Slack says that they have moved or left, and not when it says the same', async () => {
    const { context } = app.bigplan;
    const lookUp = async () => {
      app.clock.moveTo(new Date(app.clock.now().getTime() + DAY));
      await meetPeople(context, TEAM, [pair.rep]);
      return ticked();
    };
    expect(await lookUp()).toEqual([]);
    app.slack.addPerson(pair.rep, { tz: 'Asia/Kathmandu' });
    expect(await lookUp()).toEqual([pair.rep]);
    app.slack.addPerson(pair.rep, { tz: 'Asia/Kathmandu', name: 'Another name' });
    expect(await lookUp()).toEqual([]);
    app.slack.addPerson(pair.rep, { tz: 'Asia/Kathmandu', deleted: true });
    expect(await lookUp()).toEqual([pair.rep]);
  });

  it('with everybody on the scheduler when the workspace’s settings change', async () => {
    const other = await mintPair(app);
    const { scheduler } = app.bigplan.context;
    await inTransaction(app.db, (tx) =>
      scheduler.reschedule(tx, { workspaceId: TEAM, userId: other.rep }),
    );
    await ticked();
    const admin = 'U0ADMIN';
    await mintPerson(app, admin);
    await app.db.person.updateMany({ where: { userId: admin }, data: { admin: true } });
    await app.slack.command('/bigplan', 'settings', { user: admin });
    await app.slack.submit(admin);
    expect(await ticked()).toEqual([pair.rep, other.rep].sort());
  });
});

it('time that is moved on is lived through', async () => {
  const start = app.clock.now();
  const { scheduler } = app.bigplan.context;
  const seen: number[] = [];
  scheduler.register('hourly', async (_tx, _who, { now }) => {
    seen.push(Math.round((now.getTime() - start.getTime()) / 3_600_000));
    return new Date(now.getTime() + 3_600_000);
  });
  await inTransaction(app.db, (tx) =>
    scheduler.reschedule(tx, { workspaceId: TEAM, userId: 'U0CLOCK' }),
  );
  await app.bigplan.advance(new Date(start.getTime() + 5.5 * 3_600_000));
  expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  await expect(app.bigplan.advance(start)).rejects.toThrow('The clock only goes forward.');
});

it('its operator sees the ticks and what became of the deliveries', async () => {
  await app.bigplan.tick();
  const text = await metrics();
  expect(text).toMatch(/^bigplan_ticks_total\{outcome="ok"\} \d+$/m);
  expect(text).toMatch(/^bigplan_tick_duration_seconds_count \d+$/m);
  expect(text).toMatch(/^bigplan_agenda_looks_total\{outcome="ok"\} [1-9]\d*$/m);
  expect(text).toMatch(/^bigplan_agenda_looks_total\{outcome="failed"\} 0$/m);
  expect(text).toMatch(/^bigplan_deliveries\{state="sent"\} [1-9]\d*$/m);
  expect(text).toMatch(/^bigplan_deliveries\{state="missed"\} 0$/m);
  const age = /^bigplan_seconds_since_last_tick ([\d.e-]+)$/m.exec(text)?.[1];
  expect(Number(age)).toBeLessThan(60);
});

describe('where the database was away', () => {
  let admin: pg.Client;
  let name: string;
  beforeAll(async () => {
    const [row] = await app.db.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
    name = row?.name ?? '';
    const url = Object.assign(new URL(inject('templateUrl')), { pathname: '/postgres' });
    admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
  });
  afterAll(() => admin.end());

  async function allow(connections: boolean): Promise<void> {
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${connections}`);
    if (connections) return;
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      name,
    ]);
  }

  it('deliveries go out again by themselves, once each', async () => {
    const { outbox } = app.bigplan.context;
    let gone = false;
    outbox.declare(
      kindOf('hello', async ({ userId: person, key }) => {
        if (!gone) await allow(false);
        gone = true;
        return { to: { user: person }, text: key, blocks: [] };
      }),
    );
    const person = 'U0HELLO';
    app.slack.addPerson(person);
    await savePerson(app.db, { workspaceId: TEAM, userId: person }, UNKNOWN, app.clock.now());
    const plan = (key: string) =>
      inTransaction(app.db, (tx) =>
        outbox.enqueue(tx, { workspaceId: TEAM, userId: person, kind: 'hello', key, subject: '' }),
      );
    await plan('cut off');
    await expect
      .poll(() => app.logged.filter(({ msg }) => msg === 'A job failed').length)
      .toBeGreaterThan(0);
    await expect(app.bigplan.tick()).rejects.toThrow();
    expect(await metrics()).toMatch(/^bigplan_ticks_total\{outcome="failed"\} [1-9]/m);
    await allow(true);
    await expect.poll(() => plan('afterwards').catch(() => null)).toBe(true);
    const texts = () => app.slack.dm(person).map(({ text }) => text);
    await expect.poll(texts).toEqual(['afterwards']);
    // What was in hand is taken over when its lease has run out.
    await app.db.delivery.updateMany({
      where: { state: 'sending' },
      data: { leaseUntil: new Date(Date.now() - 1) },
    });
    await app.bigplan.tick();
    expect(texts()).toEqual(['afterwards', 'cut off']);
  });
});

const UNKNOWN = {
  name: 'Somebody',
  timeZone: 'UTC',
  locale: 'en-US',
  slackAdmin: false,
  deactivated: false,
  outsider: false,
  bot: false,
};
