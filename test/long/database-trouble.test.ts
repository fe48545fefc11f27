/**
 * The database is away, locked, full, restarted, stopped or killed while people click, submit and messages fall due. It
 * has a server of its own.
 */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from '../../src/time/local-date.ts';
import { LATE_REVIEWS, mintAgreed } from '../support/agreed-rep.ts';
import { type DayApp, forged, startDayApp } from '../support/day-app.ts';
import { expireLeases, hurry } from '../support/jobs.ts';
import { type OwnServer, startOwnServer } from '../support/own-server.ts';
import type { TestSubmission } from '../support/slack.ts';

const REPS = 12;
const BROKEN = /^Something broke on our side \(ref [2-9A-Z]{4}\)\./;
const KEPT = /What you typed is still here/;

let server: OwnServer;
let app: DayApp;
let name: string;
let reps: string[];
/** The day that is lived through: each test has its own. */
let day = '2027-03-01';

beforeAll(async () => {
  server = await startOwnServer();
  const { database } = server;
  app = await startDayApp({ database });
  const [row] = await app.db.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
  name = row?.name ?? '';
  app.clock.moveTo(new Date(`${day}T14:00:00Z`));
  reps = [];
  for (let n = 0; n < REPS; n++) reps.push((await mintAgreed(app, LATE_REVIEWS)).rep);
});
afterAll(async () => {
  await allow(true);
  await app.stop();
});
afterEach(() => {
  app.logged.length = 0;
});

async function connected(pathname = `/${name}`): Promise<pg.Client> {
  const url = Object.assign(new URL(server.database.url), { pathname });
  const client = new pg.Client({ connectionString: url.href });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** From another database of the server. */
async function administer(sql: string, values: string[] = []): Promise<void> {
  const admin = await connected('/postgres');
  await admin.query(sql, values);
  await admin.end();
}
/** Ends all of Bigplan's connections, and lets new ones in or not. */
const cut = () =>
  administer('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
async function allow(connections: boolean): Promise<void> {
  await administer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${connections}`);
  if (!connections) await cut();
}

const ready = async () => (await fetch(`${app.bigplan.url}/readyz`)).text();
const tick = () => app.bigplan.tick();
/** How many check-ins each has in Slack, whatever they read by now. */
async function countsOf(): Promise<number[]> {
  const rows = await app.db.delivery.findMany({
    where: { kind: 'check_in' },
    select: { id: true },
  });
  const ids = new Set(rows.map(({ id }) => id));
  return reps.map(
    (rep) =>
      app.slack.dm(rep).filter(({ metadata }) => ids.has(String(metadata?.event_payload.id)))
        .length,
  );
}
const oneMore = (before: number[]) => before.map((count) => count + 1);
const more = (now: number[], before: number[]) => now.map((count, n) => count - (before[n] ?? 0));
const logged = (repId: string) =>
  app.db.activityDay.count({ where: { personId: repId, date: day } });

/** The next working day, an hour before its check-ins are due. */
async function nextDay(): Promise<void> {
  do day = addDays(day, 1);
  while (['sat', 'sun'].includes(weekdayOf(day)));
  app.clock.moveTo(new Date(`${day}T14:30:00Z`));
  await tick();
}
const checkIn = (seconds = 0) =>
  app.clock.moveTo(new Date(Date.parse(`${day}T21:30:00Z`) + seconds * 1_000));

/** A form about today, filled in. */
async function filled(rep: string, calls: number): Promise<TestSubmission> {
  await app.slack.command('/bigplan', 'log', { user: rep });
  return app.slack.submission(rep, { calls: String(calls) });
}

/** What couldn't be planned is tried again now; what is in doubt, or in the hands of a sender that is gone, is looked for. */
async function settle(): Promise<void> {
  await app.db.agenda.updateMany({ where: { failures: { gt: 0 } }, data: { retryAt: null } });
  await expireLeases(app.db);
  await tick();
  await hurry(app.db);
  await app.bigplan.settled();
  await tick();
}

/** Whoever submits reads, at their field, that it isn't saved and stays. */
async function refused(form: TestSubmission): Promise<void> {
  const { status, body } = await form.lost();
  expect(status).toBe(200);
  expect(JSON.stringify(body)).toMatch(/"response_action":"errors"/);
  expect(JSON.stringify(body)).toMatch(KEPT);
}

async function savedOnce(rep: string, form: TestSubmission): Promise<void> {
  const { status, body } = await form.heard();
  expect({ status, body: JSON.stringify(body) }).toEqual({
    status: 200,
    body: expect.not.stringContaining('errors'),
  });
  await app.bigplan.settled();
  expect(await logged(rep)).toBe(1);
}

it('away for 45 seconds: words at once, what was typed stays, each message comes once', async ({
  task,
}) => {
  task.meta.tries = REPS;
  await nextDay();
  const [rep = '', other = ''] = reps;
  const form = await filled(rep, 21);
  const from = { channel: app.slack.dmChannel(other), ts: '1.000001', text: '', blocks: [] };
  const message = forged(from, 'day_log', day);
  const before = await countsOf();
  checkIn(-15);
  await allow(false);
  const posted = app.slack.callsOf('chat.postMessage').length;
  // Of the 45 seconds each moment is the same but what falls due in them.
  await refused(form);
  const answers = app.slack.responses.length;
  await app.slack.command('/bigplan', 'status', { user: other });
  await app.press(other, 'day_log', { message });
  expect(app.slack.responses.slice(answers).map(({ text }) => text)).toEqual([
    expect.stringMatching(BROKEN),
    expect.stringMatching(BROKEN),
  ]);
  checkIn(10);
  await expect(tick()).rejects.toThrow();
  checkIn(30);
  expect(await ready()).toBe('not ready: database\n');
  expect(app.slack.callsOf('chat.postMessage')).toHaveLength(posted);

  await allow(true);
  await expect.poll(ready).toBe('ready\n');
  await tick();
  await expect.poll(countsOf).toEqual(oneMore(before));
  await savedOnce(rep, form);
  await settle();
  expect(await countsOf()).toEqual(oneMore(before));
});

it('locked: whoever waits for a lock reads so, others go on, and it is done once after', async () => {
  await nextDay();
  const [rep = ''] = reps;
  const form = await filled(rep, 22);
  const before = await countsOf();
  const holder = await connected();
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM person WHERE user_id = $1 FOR UPDATE', [rep]);
    const command = app.slack.command('/bigplan', 'log 23 calls', { user: rep });
    await refused(form);
    checkIn();
    await tick();
    await command;
    // Nobody else waits for them.
    expect(more(await countsOf(), before)[1]).toBe(1);
    const opened = JSON.stringify(app.slack.modal(rep));
    expect(opened).toMatch(/Something broke on our side \(ref [2-9A-Z]{4}\)\./);
    expect(await logged(rep)).toBe(0);
  } finally {
    // Its transaction goes with it.
    await holder.end();
  }
  await savedOnce(rep, form);
  checkIn(120);
  await settle();
  expect((await countsOf()).slice(1)).toEqual(oneMore(before).slice(1));
  // They have logged their day: there is nothing to ask.
  expect(more(await countsOf(), before)[0]).toBeLessThanOrEqual(1);
});

describe('full', () => {
  afterEach(() => fill(false));
  /** Nothing can be written any more, as PostgreSQL says where its disk is full; what is there can be read. */
  async function fill(isFull: boolean): Promise<void> {
    const db = await connected();
    const { rows } = await db.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname IN ('public', 'graphile_worker')`,
    );
    await db.query(`
      CREATE OR REPLACE FUNCTION public.disk_full() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device'
      USING ERRCODE = '53100'; END $$`);
    for (const { name: table } of rows) {
      await db.query(`DROP TRIGGER IF EXISTS disk_full ON ${table}`);
      if (isFull) {
        await db.query(`CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON ${table}
          FOR EACH STATEMENT EXECUTE FUNCTION public.disk_full()`);
      }
    }
    await db.end();
  }

  it('reads answer, forms keep what was typed, and nothing comes twice', async () => {
    await nextDay();
    const [rep = '', other = ''] = reps;
    const form = await filled(rep, 24);
    const before = await countsOf();
    // Full from the moment in which the first message is in Slack on.
    let letGo = () => {};
    const held = new Promise<void>((settle) => (letGo = settle));
    app.slack.fault('chat.postMessage', { hold: held }, REPS);
    const posting = app.slack.callsOf('chat.postMessage').length;
    checkIn();
    const ticking = tick().catch(() => {});
    await expect.poll(() => app.slack.callsOf('chat.postMessage').length).toBeGreaterThan(posting);
    await fill(true);
    letGo();
    await app.slack.unwaited(async () => {
      await expect.poll(() => app.logged.map(({ msg }) => msg)).toContain('A job failed');
      expect(await ready()).toBe('not ready: disk\n');
      await refused(form);
      await app.slack.command('/bigplan', '', { user: other });
      await expect.poll(() => app.slack.modal(other)?.title.text).toBe('Big-Picture Plan');
      const answers = app.slack.responses.length;
      const answered = () => app.slack.responses.slice(answers).map(({ text }) => text);
      await app.slack.command('/bigplan', 'status', { user: other });
      await expect.poll(answered).toEqual([expect.not.stringMatching(BROKEN)]);
      await app.slack.command('/bigplan', 'log 25 calls', { user: other });
      await expect.poll(answered).toEqual([expect.anything(), expect.stringMatching(BROKEN)]);
    });
    await expect(tick()).rejects.toThrow();

    await fill(false);
    await expect.poll(ready).toBe('ready\n');
    await ticking;
    await savedOnce(rep, form);
    await settle();
    await settle();
    await expect.poll(async () => (await countsOf()).slice(1)).toEqual(oneMore(before).slice(1));
    expect(more(await countsOf(), before).every((count) => count <= 1)).toBe(true);
  });
});

it('all connections are cut in the middle of work, three times: nothing lost, nothing twice', async ({
  task,
}) => {
  task.meta.tries = REPS;
  await nextDay();
  const before = await countsOf();
  const forms = new Map<string, TestSubmission>();
  for (const rep of reps.slice(0, REPS / 2)) forms.set(rep, await filled(rep, 30));
  const clicking = reps.slice(REPS / 2);
  checkIn();
  let calls = app.slack.calls.length;
  const answers = Promise.all([...forms.values()].map((form) => form.lost()));
  const clicks = Promise.all(
    clicking.map((user) => app.slack.command('/bigplan', 'log 31 calls', { user })),
  );
  const ticking = tick().catch(() => {});
  for (let n = 0; n < 3; n++) {
    await cut();
    await expect.poll(() => app.slack.calls.length).toBeGreaterThanOrEqual(calls);
    calls = app.slack.calls.length;
  }
  for (const { status, body } of await answers) {
    expect(status).toBe(200);
    // It is saved, or stays with a word.
    if (body !== null) expect(JSON.stringify(body)).toMatch(KEPT);
  }
  await Promise.all([clicks, ticking]);
  for (const user of clicking) {
    if ((await logged(user)) === 1) continue;
    // Whose words weren't taken has read so, in an answer or in the form that was about to open.
    const said = app.slack.responses.findLast((one) => one.user === user)?.text ?? '';
    expect([said, JSON.stringify(app.slack.modal(user))].join()).toMatch(/Something broke/);
    await app.slack.command('/bigplan', 'log 31 calls', { user });
  }
  for (const [rep, form] of forms) await savedOnce(rep, form);
  await expect.poll(ready).toBe('ready\n');
  await expect.poll(() => settle().then(unsettled)).toBe(0);
  for (const rep of reps) expect(await logged(rep)).toBe(1);
  expect(more(await countsOf(), before).every((count) => count <= 1)).toBe(true);
  expect(await app.bigplan.context.outbox.counts()).toMatchObject({ failed: 0 });
});

describe.each([
  ['stopped and started again', 'fast'],
  ['killed and started again', 'immediate'],
] as const)('its server is %s under load', (_, how) => {
  it('nothing is lost, nothing is twice, and /readyz says so meanwhile', async ({ task }) => {
    task.meta.tries = REPS;
    await nextDay();
    const [saving = '', typing = '', clicking = '', late = '', ...silent] = reps;
    const forms = new Map<string, TestSubmission>();
    for (const rep of [saving, typing]) forms.set(rep, await filled(rep, 32));
    const before = await countsOf();
    // Some of the messages are on their way to Slack, and people's saves are under way, when the server goes.
    let letGo = () => {};
    const held = new Promise<void>((settle) => (letGo = settle));
    app.slack.fault('chat.postMessage', { hold: held }, REPS);
    const calls = app.slack.callsOf('chat.postMessage').length;
    const holder = await connected();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM person WHERE user_id = ANY($1) FOR UPDATE', [
      [saving, clicking],
    ]);
    checkIn();
    const ticking = tick().catch(() => {});
    await expect.poll(() => app.slack.callsOf('chat.postMessage').length).toBeGreaterThan(calls);
    await app.slack.unwaited(async () => {
      const saved = forms.get(saving)?.lost();
      const clicked = app.slack.command('/bigplan', 'log 33 calls', { user: clicking });
      await expect.poll(waitForLocks).toBeGreaterThan(0);
      await server.stop(how);
      expect(await ready()).toBe('not ready: database\n');
      const { status, body } = (await saved) ?? {};
      expect({ status, body: JSON.stringify(body) }).toEqual({
        status: 200,
        body: expect.stringMatching(KEPT),
      });
      await clicked;
      // What Slack has taken can't be noted.
      letGo();
      for (const form of forms.values()) await refused(form);
      const answers = app.slack.responses.length;
      const answered = () => app.slack.responses.slice(answers).map(({ text }) => text);
      await app.slack.command('/bigplan', 'status', { user: late });
      await expect.poll(answered).toEqual([expect.stringMatching(BROKEN)]);
    });
    await expect(tick()).rejects.toThrow();
    expect(await ready()).toBe('not ready: database\n');
    app.slack.clearFaults();

    await server.start();
    await expect.poll(ready).toBe('ready\n');
    await ticking;
    for (const rep of [clicking, late]) {
      await app.slack.command('/bigplan', 'log 33 calls', { user: rep });
      expect(await logged(rep)).toBe(1);
    }
    for (const [rep, form] of forms) await savedOnce(rep, form);
    // The workers come back by themselves, and the minutes go on.
    await expect.poll(() => settle().then(unsettled)).toBe(0);
    const came = more(await countsOf(), before);
    expect(came.slice(-silent.length)).toEqual(silent.map(() => 1));
    // Who has logged their day needn't be asked.
    expect(came.every((count) => count <= 1)).toBe(true);
    for (const rep of [saving, typing, clicking, late]) expect(await logged(rep)).toBe(1);
    expect(await app.bigplan.context.outbox.counts()).toMatchObject({ failed: 0 });
  });
});

/** How many messages are due, on their way, or in doubt. */
const unsettled = () =>
  app.db.delivery.count({
    where: {
      OR: [
        { state: 'planned', dueAt: { lte: app.clock.now() } },
        { state: { in: ['sending', 'ambiguous'] } },
      ],
    },
  });

/** How many of Bigplan's connections wait for a lock. */
async function waitForLocks(): Promise<number> {
  const admin = await connected('/postgres');
  const { rowCount } = await admin.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'`,
    [name],
  );
  await admin.end();
  return rowCount ?? 0;
}
