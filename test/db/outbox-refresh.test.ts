/** Messages that are kept true: whoever changes something says so in the same transaction. */
import { WebClient } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Tx } from '../../src/db/client.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { createLog } from '../../src/log.ts';
import { messageKind } from '../../src/outbox/message.ts';
import type { Outbox } from '../../src/outbox/outbox.ts';
import { createAdjustableClock } from '../../src/time/clock.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { hurry, jobsOf, lockJobs } from '../support/jobs.ts';
import { clearOutbox, outboxOn } from '../support/outbox.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';

const REP = 'U0REP';
const MANAGER = 'U0MANAGER';
const TEAM = 'T1';
const DEAL = { workspaceId: TEAM, subject: 'deal' };
const clock = createAdjustableClock();

let test: TestDb;
let slack: FakeSlack;
let outboxes: Outbox[];
let outbox: Outbox;
let logged: { level: number }[];
/** What stands between reading how things are and telling Slack. */
let whileWorded: (n: number) => Promise<unknown>;
let open = () => {};

beforeAll(async () => {
  test = await createTestDb();
  await test.db.$executeRaw`CREATE TABLE figure (subject text PRIMARY KEY, n int NOT NULL)`;
});
afterAll(() => test.drop());
beforeEach(async () => {
  await clearOutbox(test.db);
  await test.db.$executeRaw`DELETE FROM figure`;
  slack = await startFakeSlack();
  logged = [];
  outboxes = [];
  whileWorded = async () => {};
  outbox = newOutbox();
});
afterEach(async () => {
  open();
  await Promise.all(outboxes.map((one) => one.stop()));
  await slack.stop();
});

/** As another process would have it. */
function newOutbox(): Outbox {
  const log = createLog('warn', { write: (line) => void logged.push(JSON.parse(line)) });
  const made = outboxOn(test, slack, { clock, log, timeout: 1_000 });
  const load = async ({ subject }: { subject: string }) => {
    const [row] = await test.db.$queryRaw<{ n: number }[]>`
      SELECT n FROM figure WHERE subject = ${subject}`;
    const { n = 0 } = row ?? {};
    await whileWorded(n);
    return n;
  };
  const render = (n: number) => ({ text: `Now ${n}`, blocks: [] });
  made.declare(
    messageKind({ kind: 'kept', weight: 'answer', load, render, isKept: true }),
    messageKind({ kind: 'said', weight: 'answer', load, render }),
  );
  outboxes.push(made);
  return made;
}

async function write(tx: Tx, subject: string, n: number): Promise<void> {
  await tx.$executeRaw`INSERT INTO figure VALUES (${subject}, ${n})
    ON CONFLICT (subject) DO UPDATE SET n = excluded.n`;
}

/** Somebody changes what the messages are about. */
const change = (n: number, about: Parameters<Outbox['refresh']>[1] = DEAL) =>
  inTransaction(test.db, async (tx) => {
    await write(tx, about.subject, n);
    await outbox.refresh(tx, about);
  });

const promise = (
  person = REP,
  more: { kind?: string; workspaceId?: string; subject?: string } = {},
) =>
  inTransaction(test.db, (tx) =>
    outbox.enqueue(tx, {
      workspaceId: TEAM,
      kind: 'kept',
      key: more.subject ?? '1',
      userId: person,
      subject: 'deal',
      ...more,
    }),
  );

/** Works as a process does at its start and every minute, until there is nothing to do. */
async function work(one = outbox): Promise<void> {
  one.start();
  await one.sweep(clock.now());
  await one.idle();
}

/** A message about the deal that stands, saying `Now 0`. */
async function posted(person = REP, more: Parameters<typeof promise>[1] = {}): Promise<void> {
  await promise(person, more);
  await work();
}

const texts = (user = REP) => slack.dm(user).map(({ text }) => text);
const updates = () => slack.callsOf('chat.update').map(({ args }) => args.text);
const rowOf = () => test.db.delivery.findFirstOrThrow({ where: { subject: 'deal' } });

/** A door that the wording of `at` stands before until it is opened. Resolves when it stands there. */
function door(at: number): Promise<void> {
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return new Promise<void>((reach) => {
    whileWorded = async (n) => {
      if (n !== at) return;
      reach();
      await opened;
    };
  });
}

describe('a change', () => {
  it('is shown by every message about it, and by no other', async () => {
    await posted();
    await posted(MANAGER);
    await posted(REP, { kind: 'said' });
    await posted(REP, { subject: 'other' });
    await posted(MANAGER, { workspaceId: 'T2' });
    await change(1);
    await work();
    expect(texts()).toEqual(['Now 1', 'Now 0', 'Now 0']);
    expect(texts(MANAGER)).toEqual(['Now 1', 'Now 0']);
    expect(updates()).toEqual(['Now 1', 'Now 1']);
  });

  it('is shown to one reader where only theirs reads otherwise', async () => {
    await posted();
    await posted(MANAGER);
    await change(1, { ...DEAL, userId: MANAGER });
    await work();
    expect([texts(), texts(MANAGER)]).toEqual([['Now 0'], ['Now 1']]);
  });

  it('is nothing where its transaction is rolled back', async () => {
    await posted();
    const failed = inTransaction(test.db, async (tx) => {
      await write(tx, 'deal', 1);
      await outbox.refresh(tx, DEAL);
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect(await jobsOf(test.db)).toEqual([]);
    expect(await rowOf()).toMatchObject({ stale: false });
    await work();
    expect(updates()).toEqual([]);
  });

  it('is in the words of what was promised and not sent yet', async () => {
    await promise();
    await change(1);
    await work();
    expect(texts()).toEqual(['Now 1']);
    expect(updates()).toEqual([]);
  });
});

describe('many changes', () => {
  it('of one message that come together are shown once, as the last one left it', async () => {
    await posted();
    await outbox.stop();
    for (const n of [1, 2, 3, 4, 5]) await change(n);
    expect(await jobsOf(test.db)).toHaveLength(1);
    await work(newOutbox());
    expect(updates()).toEqual(['Now 5']);
  });

  it('never show an older state over a newer one, whoever of two shows it', async () => {
    await posted();
    const reached = door(1);
    await change(1);
    await reached;
    await change(2);
    // Takes whatever it may: while the first is being shown, that is nothing.
    await newOutbox().sendDue(clock.now(), new Date(), () => {});
    expect(updates()).toEqual([]);
    open();
    await outbox.idle();
    expect(updates()).toEqual(['Now 1', 'Now 2']);
    expect(texts()).toEqual(['Now 2']);
  });

  it('at once, with three processes and a slow Slack, end with the newest on each message', async () => {
    await posted();
    await posted(MANAGER);
    const others = [newOutbox(), newOutbox()];
    for (const one of others) one.start();
    slack.fault('chat.update', { delay: 40 }, 5);
    let n = 0;
    const hand = async () => {
      for (let i = 0; i < 10; i++) {
        await inTransaction(test.db, async (tx) => {
          await tx.$queryRaw`SELECT 1 FROM figure WHERE subject = 'deal' FOR UPDATE`;
          await write(tx, 'deal', ++n);
          await outbox.refresh(tx, DEAL);
        });
      }
    };
    await change(++n);
    await Promise.all([hand(), hand(), hand()]);
    await Promise.all([outbox, ...others].map((one) => one.idle()));
    for (const user of [REP, MANAGER]) {
      expect(texts(user)).toEqual([`Now ${n}`]);
      const ts = slack.dm(user)[0]?.ts;
      const shown = slack.callsOf('chat.update').filter(({ args }) => args.ts === ts);
      const figures = shown.map(({ args }) => Number(String(args.text).slice(4)));
      expect(figures).toEqual(figures.toSorted((a, b) => a - b));
    }
    expect(await jobsOf(test.db)).toEqual([]);
  });
});

describe('a change while the message is on its way', () => {
  it('is shown right after it is there', async () => {
    const reached = door(0);
    await promise();
    outbox.start();
    await reached;
    await change(1);
    expect(await rowOf()).toMatchObject({ state: 'sending', stale: true });
    open();
    await outbox.idle();
    expect(updates()).toEqual(['Now 1']);
    expect(texts()).toEqual(['Now 1']);
    expect(await rowOf()).toMatchObject({ state: 'sent', stale: false });
  });

  it('is shown when it is found whose answer was lost', async () => {
    slack.fault('chat.postMessage', { drop: 'after' });
    await posted();
    expect(await rowOf()).toMatchObject({ state: 'ambiguous' });
    await change(1);
    await hurry(test.db);
    await work();
    expect(texts()).toEqual(['Now 1']);
    expect(await rowOf()).toMatchObject({ state: 'sent', stale: false });
  });
});

describe('where Slack doesn’t take it', () => {
  it('for now (429), it waits as long as it says, and shows the newest then', async () => {
    await posted();
    slack.fault('chat.update', { rateLimit: 1_000 });
    await change(1);
    await outbox.idle();
    expect(updates()).toEqual(['Now 1']);
    await change(2);
    await change(3);
    await work();
    expect(updates()).toEqual(['Now 1']);
    const [job, ...more] = await jobsOf(test.db);
    expect(more).toEqual([]);
    expect(job?.runAt.getTime()).toBeGreaterThan(Date.now() + 900_000);
    await hurry(test.db);
    await work();
    expect(updates()).toEqual(['Now 1', 'Now 3']);
    expect(texts()).toEqual(['Now 3']);
  });

  it('because it is in trouble, it is tried again, and given up in the end', async () => {
    await posted();
    slack.fault('chat.update', { status: 500 }, 5);
    await change(1);
    for (let i = 0; i < 6; i++) {
      await outbox.idle();
      await hurry(test.db);
    }
    await work();
    expect(updates()).toHaveLength(6);
    expect(texts()).toEqual(['Now 1']);

    slack.fault('chat.update', { status: 500 }, 100);
    await change(2);
    for (let i = 0; i < 8; i++) {
      await work();
      await hurry(test.db);
    }
    expect(updates()).toHaveLength(12);
    expect(await jobsOf(test.db)).toEqual([]);
    expect(texts()).toEqual(['Now 1']);
  });

  it('because the message is gone, it ends there, without an error', async () => {
    await posted();
    const [message] = slack.dm(REP);
    const { apiUrl, botToken } = slack;
    const client = new WebClient(botToken, { slackApiUrl: apiUrl });
    await client.chat.delete({ channel: message?.channel ?? '', ts: message?.ts ?? '' });
    await change(1);
    await work();
    await work();
    expect(updates()).toEqual(['Now 1']);
    expect(texts()).toEqual([]);
    expect(await jobsOf(test.db)).toEqual([]);
    expect(logged.filter(({ level }) => level >= 50)).toEqual([]);
  });
});

describe('where a process dies over it', () => {
  it('a change is shown by a tick of the next one', async () => {
    await posted();
    await outbox.stop();
    await change(1);
    await lockJobs(test.db);
    await test.db.$executeRaw`UPDATE delivery SET updated_at = now() - interval '1 hour'`;
    await work(newOutbox());
    expect(texts()).toEqual(['Now 1']);
    expect(await rowOf()).toMatchObject({ stale: false });
  });
});
