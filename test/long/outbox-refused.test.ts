/** Slack refuses a whole workspace, as with a token that was revoked: everything waits, and nothing is lost. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { createLog } from '../../src/log.ts';
import type { NewDelivery } from '../../src/outbox/delivery.ts';
import { enqueue, LOOK } from '../../src/outbox/job-queue.ts';
import { messageKind } from '../../src/outbox/message.ts';
import type { Outbox } from '../../src/outbox/outbox.ts';
import { type AdjustableClock, createAdjustableClock } from '../../src/time/clock.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { askAgain, hurry, jobsOf } from '../support/jobs.ts';
import { kindOf } from '../support/kind.ts';
import { clearOutbox, outboxOn } from '../support/outbox.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';

const TEAM = 'T0TEAM';
const MINUTE = 60_000;
const DUE = 40;
const people = Array.from({ length: DUE }, (_, at) => `U0P${at}`);

let test: TestDb;
let slack: FakeSlack;
let clock: AdjustableClock;
let logged: { msg: string; level: number; code?: string; team?: string }[];
let replicas: Outbox[];
let figure: string;

beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await clearOutbox(test.db);
  slack = await startFakeSlack();
  for (const id of people) slack.addPerson(id, { name: id });
  clock = createAdjustableClock();
  logged = [];
  figure = '1';
  replicas = [newOutbox(), newOutbox()];
});
afterEach(async () => {
  await Promise.all(replicas.map((one) => one.stop()));
  await slack.stop();
});

/** As another process would have it. */
function newOutbox(): Outbox {
  const log = createLog('info', { write: (line) => void logged.push(JSON.parse(line)) });
  const made = outboxOn(test, slack, { clock, log, timeout: 2_000 });
  made.declare(
    kindOf('hello', async ({ userId: user, key }) => ({
      to: { user },
      text: `Hello ${key}`,
      blocks: [],
    })),
    kindOf('note', async ({ key }) => ({ to: { channel: 'C0GENERAL' }, text: key, blocks: [] })),
    messageKind({
      kind: 'kept',
      weight: 'answer',
      isKept: true,
      load: async () => figure,
      render: (text) => ({ text, blocks: [] }),
    }),
  );
  return made;
}

const first = () => replicas[0] as Outbox;

function plan(userId: string, more: Partial<NewDelivery> = {}): Promise<boolean> {
  const order = { workspaceId: TEAM, userId, kind: 'hello', key: '1', subject: 'plan' };
  return inTransaction(test.db, (tx) => first().enqueue(tx, { ...order, ...more }));
}

/** As both processes do at their start and every minute, until there is nothing to do. */
async function minute(): Promise<void> {
  for (const one of replicas) one.start();
  await Promise.all(replicas.map((one) => one.sweep(clock.now())));
  await Promise.all(replicas.map((one) => one.idle()));
}

/** A minute later on all clocks. */
async function nextMinute(): Promise<void> {
  clock.moveTo(new Date(clock.now().getTime() + MINUTE));
  await askAgain(test.db);
  await minute();
}

const arrived = () => people.flatMap((id) => slack.dm(id).map(({ text }) => `${id} ${text}`));
const states = () => first().counts();
const complaints = () => logged.filter(({ level }) => level >= 40);

describe('where Slack refuses the token', () => {
  it.each(['invalid_auth', 'token_revoked', 'missing_scope'])(
    '%s: 40 due messages wait, none fails, and each arrives once when it is mended',
    async (code) => {
      slack.refuse(code, { more: code === 'missing_scope' ? { needed: 'im:write' } : {} });
      for (const id of people)
        await plan(id, { sendBy: new Date(clock.now().getTime() + 4 * 60 * MINUTE) });
      await minute();
      for (let at = 0; at < 3; at++) await nextMinute();
      expect(arrived()).toEqual([]);
      expect(await states()).toMatchObject({ planned: DUE, failed: 0, ambiguous: 0, missed: 0 });
      expect(await first().refusals()).toMatchObject([{ workspaceId: TEAM, code }]);
      slack.clearFaults();
      await nextMinute();
      await expect.poll(states).toMatchObject({ sent: DUE });
      expect(arrived().sort()).toEqual(people.map((id) => `${id} Hello 1`).sort());
      expect(await first().refusals()).toEqual([]);
      // Waiting is no attempt, and one line says what is to be mended.
      expect(await test.db.delivery.count({ where: { attempts: 1 } })).toBe(DUE);
      expect(complaints()).toMatchObject([{ code, team: TEAM }]);
      const mend = code === 'missing_scope' ? 'im:write' : 'SLACK_BOT_TOKEN';
      expect(complaints()[0]?.msg).toContain(mend);
    },
  );

  it('one of all processes asks once a minute, and nothing else does', async () => {
    slack.refuse('token_revoked');
    for (const id of people) await plan(id);
    await minute();
    const before = slack.calls.length;
    // Five of each process's workers may have been at it.
    expect(before).toBeLessThanOrEqual(2 * 5);
    await minute();
    await minute();
    expect(slack.calls.length).toBe(before);
    await nextMinute();
    await minute();
    expect(slack.calls.slice(before).map(({ method }) => method)).toEqual(['auth.test']);
    await nextMinute();
    expect(slack.callsOf('auth.test')).toHaveLength(2);
  });

  it('a start afterwards knows of it, and so does what is planned meanwhile', async () => {
    slack.refuse('account_inactive');
    await plan('U0P0');
    await minute();
    const before = slack.calls.length;
    await Promise.all(replicas.map((one) => one.stop()));
    replicas = [newOutbox(), newOutbox()];
    await plan('U0P1');
    await minute();
    expect(slack.calls.length).toBe(before);
    expect(await states()).toMatchObject({ planned: 2 });
    slack.clearFaults();
    await nextMinute();
    await expect.poll(states).toMatchObject({ sent: 2 });
  });

  it('what is not worth sending any more is missed, by the same rule as ever', async () => {
    slack.refuse('invalid_auth');
    await plan('U0P0', { sendBy: new Date(clock.now().getTime() + 2 * MINUTE) });
    await plan('U0P1');
    await minute();
    for (let at = 0; at < 3; at++) await nextMinute();
    slack.clearFaults();
    await nextMinute();
    await expect.poll(states).toMatchObject({ sent: 1, missed: 1, failed: 0 });
    expect(arrived()).toEqual(['U0P1 Hello 1']);
  });

  it('other workspaces go on', async () => {
    slack.fault('conversations.open', { error: 'team_access_not_granted' });
    await plan('U0P0');
    await minute();
    await plan('U0P1', { workspaceId: 'T0OTHER' });
    await plan('U0P2');
    await minute();
    expect(arrived()).toEqual(['U0P1 Hello 1']);
  });

  it('a scope that Slack says is missing is waited for without a try', async () => {
    const lacking = { more: { needed: 'chat:write' }, except: ['auth.test', 'conversations.open'] };
    slack.refuse('missing_scope', { ...lacking, scopes: 'commands,im:write' });
    await plan('U0P0');
    await minute();
    const posts = () => slack.callsOf('chat.postMessage').length;
    expect(posts()).toBe(1);
    await nextMinute();
    expect(posts()).toBe(1);
    expect(complaints()).toHaveLength(1);
    slack.clearFaults();
    await nextMinute();
    await expect.poll(states).toMatchObject({ sent: 1 });
  });

  it('where only a message shows it, one message is the probe', async () => {
    slack.refuse('missing_scope', {
      more: { needed: 'im:write' },
      except: ['auth.test', 'chat.postMessage'],
    });
    for (const id of people) await plan(id);
    // It would get through, and says nothing about the others.
    await plan('U0P0', { kind: 'note', dueAt: new Date(clock.now().getTime() - MINUTE) });
    await minute();
    const opened = () => slack.callsOf('conversations.open').length;
    const before = opened();
    await nextMinute();
    await nextMinute();
    expect(opened()).toBe(before + 2);
    expect(complaints()).toHaveLength(1);
    expect(await states()).toMatchObject({ failed: 0 });
    slack.clearFaults();
    await nextMinute();
    await expect.poll(states).toMatchObject({ sent: DUE + 1 });
    expect(arrived()).toHaveLength(DUE);
  });

  it('a message that stands is brought up to date afterwards', async () => {
    await plan('U0P0', { kind: 'kept' });
    await minute();
    slack.refuse('token_revoked');
    figure = '2';
    await inTransaction(test.db, (tx) =>
      first().refresh(tx, { workspaceId: TEAM, subject: 'plan' }),
    );
    await minute();
    await test.db.delivery.updateMany({ data: { updatedAt: new Date(0) } });
    const before = slack.calls.length;
    await minute();
    expect(slack.calls.length).toBe(before);
    expect(complaints()).toMatchObject([{ code: 'token_revoked' }]);
    slack.clearFaults();
    await nextMinute();
    await minute();
    await expect.poll(() => slack.dm('U0P0').map(({ text }) => text)).toEqual(['2']);
  });

  it('one whose answer was lost is looked for afterwards, however long that takes', async () => {
    slack.fault('chat.postMessage', { drop: 'after' });
    await plan('U0P0');
    await minute();
    expect(await states()).toMatchObject({ ambiguous: 1 });
    slack.refuse('token_revoked');
    const row = await test.db.delivery.findFirstOrThrow();
    const look = { id: row.id, giveUpAt: new Date() };
    await test.db.delivery.updateMany({ data: { leaseUntil: new Date() } });
    await enqueue(test.db, LOOK, look, new Date());
    await minute();
    const [left] = await test.db.delivery.findMany();
    expect(left).toMatchObject({ state: 'ambiguous', leaseUntil: expect.any(Date) });
    slack.clearFaults();
    await nextMinute();
    await hurry(test.db);
    await minute();
    await expect.poll(states).toMatchObject({ sent: 1 });
    expect(arrived()).toEqual(['U0P0 Hello 1']);
    expect(await jobsOf(test.db)).toEqual([]);
  });

  it('a refusal of one person or channel stays theirs', async () => {
    slack.fault('conversations.open', { error: 'user_disabled' });
    await plan('U0P0');
    await minute();
    await plan('U0P1');
    await minute();
    expect(await states()).toMatchObject({ failed: 1, sent: 1 });
    expect(await first().refusals()).toEqual([]);
  });
});
