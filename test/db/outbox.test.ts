import { WebClient } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { createLog } from '../../src/log.ts';
import type { Delivery, NewDelivery } from '../../src/outbox/delivery.ts';
import type { Outbox } from '../../src/outbox/outbox.ts';
import { savePerson } from '../../src/people/store.ts';
import { type AdjustableClock, createAdjustableClock } from '../../src/time/clock.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { clearJobs, giveUpLooking, hurry, jobsOf, lockJobs } from '../support/jobs.ts';
import { kindOf, type Post } from '../support/kind.ts';
import { clearOutbox, outboxOn } from '../support/outbox.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';

const REP = 'U0REP';
const order: NewDelivery = {
  workspaceId: 'T1',
  userId: REP,
  kind: 'hello',
  key: '1',
  subject: 'plan-1',
};
const MINUTE = 60_000;

let test: TestDb;
let slack: FakeSlack;
let clock: AdjustableClock;
let outboxes: Outbox[];
let outbox: Outbox;
let warnings: Record<string, unknown>[];
const render = vi.fn<Post>();

beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await clearOutbox(test.db);
  slack = await startFakeSlack();
  clock = createAdjustableClock();
  warnings = [];
  outboxes = [];
  outbox = newOutbox();
  render.mockReset();
  render.mockImplementation(async ({ userId: person, key }) => ({
    to: { user: person },
    text: `Hello ${key}`,
    blocks: [],
  }));
});
afterEach(async () => {
  await Promise.all(outboxes.map((one) => one.stop()));
  await slack.stop();
});

/** As another process would have it. `timeout` is Slack's patience (ms), shorter than the app's. */
function newOutbox({
  timeout = 1_000,
  renderer = render,
}: {
  timeout?: number;
  renderer?: Post;
} = {}) {
  const log = createLog('warn', { write: (line) => void warnings.push(JSON.parse(line)) });
  const made = outboxOn(test, slack, { clock, log, timeout });
  made.declare(kindOf('hello', renderer));
  outboxes.push(made);
  return made;
}

/** Whether it is new. */
const plan = (more: Partial<NewDelivery> = {}) =>
  inTransaction(test.db, (tx) => outbox.enqueue(tx, { ...order, ...more }));
/** Plans it and returns its row's id. */
async function planned(more: Partial<NewDelivery> = {}): Promise<string> {
  await plan(more);
  const { workspaceId: team, userId: person, kind, key } = { ...order, ...more };
  const where = { workspaceId: team, personId: person, kind, key };
  const { id } = await test.db.delivery.findFirstOrThrow({ where });
  return id;
}
const row = async (id: string) => test.db.delivery.findUniqueOrThrow({ where: { id } });
const texts = () => slack.dm(REP).map(({ text }) => text);
const at = (ms: number) => new Date(clock.now().getTime() + ms);
const ahead = (ms: number) => clock.moveTo(at(ms));
const expire = (id: string) =>
  test.db.delivery.update({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1) } });

/** Works as a process does at its start and every minute, until there is nothing to do. */
async function work(one = outbox): Promise<void> {
  one.start();
  await one.sweep(clock.now());
  await one.idle();
}

describe('a delivery', () => {
  it('is one row and one message for an occasion, whoever plans and sends it', async () => {
    const news = await Promise.all([plan(), plan(), plan({ subject: 'other' })]);
    expect(news.filter((isNew) => isNew)).toHaveLength(1);
    expect(await test.db.delivery.count()).toBe(1);
    await Promise.all([newOutbox(), newOutbox(), outbox].flatMap((one) => [work(one), work(one)]));
    expect(texts()).toEqual(['Hello 1']);
    expect(await plan()).toBe(false);
    await work();
    expect(texts()).toEqual(['Hello 1']);
    expect(await plan({ key: '2' })).toBe(true);
  });

  it('is nothing where its transaction was rolled back', async () => {
    const failed = inTransaction(test.db, async (tx) => {
      await outbox.enqueue(tx, order);
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect(await test.db.delivery.count()).toBe(0);
    expect(await jobsOf(test.db)).toEqual([]);
  });

  it('is sent when its transaction commits, without a tick', async () => {
    outbox.start();
    await plan();
    await outbox.idle();
    expect(texts()).toEqual(['Hello 1']);
    expect(await jobsOf(test.db)).toEqual([]);
  });

  it('keeps where its message is, and nothing of what it says', async () => {
    const id = await planned();
    await work();
    const [message] = slack.dm(REP);
    const [found] = await outbox.find({ kind: 'hello', key: '1' });
    expect(found).toMatchObject({
      id,
      state: 'sent',
      subject: 'plan-1',
      message: { channel: message?.channel, ts: message?.ts },
    });
    expect(message?.metadata).toEqual({ event_type: 'bigplan_delivery', event_payload: { id } });
    expect(JSON.stringify(await row(id))).not.toContain('Hello');
    expect(await outbox.find({ kind: 'hello', key: '1', userId: 'U0OTHER' })).toEqual([]);
  });

  it('goes into the DM that was opened once, and into a new one where that is gone', async () => {
    const facts = { name: 'Dana', timeZone: 'UTC', locale: 'en', slackAdmin: false };
    const known = { ...facts, deactivated: false, outsider: false, bot: false };
    await savePerson(test.db, { workspaceId: 'T1', userId: REP }, known, clock.now());
    const opened = () => slack.callsOf('conversations.open').length;
    for (const key of ['1', '2', '3']) {
      await plan({ key });
      await work();
    }
    expect([opened(), texts()]).toEqual([1, ['Hello 1', 'Hello 2', 'Hello 3']]);

    slack.fault('chat.postMessage', { error: 'channel_not_found' });
    const id = await planned({ key: '4' });
    await work();
    await hurry(test.db);
    await work();
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect([opened(), texts().at(-1)]).toEqual([2, 'Hello 4']);
    await test.db.person.deleteMany();
  });

  it('waits until it is due', async () => {
    const due = at(MINUTE);
    await plan({ dueAt: due });
    await work();
    expect(texts()).toEqual([]);
    expect(await jobsOf(test.db)).toEqual([]);
    expect(await outbox.nextDue(clock.now())).toEqual(due);
    expect(await outbox.nextDue(due)).toBeNull();
    ahead(MINUTE);
    await work();
    expect(texts()).toEqual(['Hello 1']);
  });

  it('is cancelled when it is no longer due as it fires', async () => {
    render.mockResolvedValueOnce(null);
    const id = await planned();
    await work();
    await work();
    expect((await row(id)).state).toBe('cancelled');
    expect(slack.calls).toEqual([]);
  });

  it('goes to a channel as well', async () => {
    slack.addChannel('C0TEAM');
    render.mockResolvedValueOnce({ to: { channel: 'C0TEAM' }, text: 'Hello all', blocks: [] });
    await plan();
    await work();
    expect(slack.messages('C0TEAM')).toMatchObject([{ text: 'Hello all' }]);
  });

  it('is sent by the next start where a crash came before it was', async () => {
    await plan();
    const next = newOutbox();
    next.start();
    await expect.poll(texts).toEqual(['Hello 1']);
  });

  it('is sent at the next tick where its job was lost', async () => {
    await plan();
    await clearJobs(test.db);
    await work();
    expect(texts()).toEqual(['Hello 1']);
  });
});

describe('a delivery with a time by which to be sent', () => {
  it('is sent until then', async () => {
    await plan({ dueAt: at(MINUTE), sendBy: at(10 * MINUTE) });
    ahead(9 * MINUTE);
    await work();
    expect(texts()).toEqual(['Hello 1']);
  });

  it('is missed after it, and the operator hears of it', async () => {
    const id = await planned({ dueAt: at(MINUTE), sendBy: at(10 * MINUTE) });
    ahead(11 * MINUTE);
    await work();
    expect(await row(id)).toMatchObject({ state: 'missed', problem: 'too_late' });
    expect(slack.calls).toEqual([]);
    expect(await outbox.unsettled('T1')).toMatchObject([{ id, state: 'missed' }]);
    expect((await outbox.counts()).missed).toBe(1);
    expect(warnings).toMatchObject([{ delivery: id, code: 'too_late', person: REP }]);
    expect(await outbox.nextDue(new Date(0))).toBeNull();
  });

  it('is missed at once where it is planned after it', async () => {
    const id = await planned({ dueAt: at(-20 * MINUTE), sendBy: at(-1) });
    expect((await row(id)).state).toBe('missed');
    expect(await jobsOf(test.db)).toEqual([]);
    expect(await plan()).toBe(false);
    await work();
    expect(slack.calls).toEqual([]);
    expect(warnings).toMatchObject([{ delivery: id, code: 'too_late' }]);
  });

  it('is missed when it had to wait too long for Slack', async () => {
    slack.fault('chat.postMessage', { rateLimit: 60 });
    const id = await planned({ sendBy: at(10 * MINUTE) });
    await work();
    expect(await row(id)).toMatchObject({ state: 'planned', problem: 'rate_limited' });
    ahead(11 * MINUTE);
    await hurry(test.db);
    await outbox.idle();
    expect((await row(id)).state).toBe('missed');
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
  });

  it('is missed when its sender died and it is found too late', async () => {
    const id = await planned({ sendBy: at(10 * MINUTE) });
    const data = { state: 'sending', leaseUntil: new Date(Date.now() - 1), attempts: 1 } as const;
    await test.db.delivery.update({ where: { id }, data });
    ahead(11 * MINUTE);
    await work();
    expect((await row(id)).state).toBe('missed');
    expect(slack.calls).toEqual([]);
  });

  it('is missed when its words took too long to make', async () => {
    render.mockImplementationOnce(async ({ userId: person }) => {
      ahead(11 * MINUTE);
      return { to: { user: person }, text: 'Late', blocks: [] };
    });
    const id = await planned({ sendBy: at(10 * MINUTE) });
    await work();
    expect((await row(id)).state).toBe('missed');
    expect(texts()).toEqual([]);
  });
});

describe('a planned delivery', () => {
  const inTx = <T>(change: (tx: Parameters<Outbox['enqueue']>[0]) => Promise<T>) =>
    inTransaction(test.db, change);

  it('can be given another time, and is sent at that', async () => {
    const id = await planned({ dueAt: at(MINUTE), sendBy: at(2 * MINUTE) });
    const window = { dueAt: at(10 * MINUTE), sendBy: at(20 * MINUTE) };
    expect(await inTx((tx) => outbox.reschedule(tx, order, window))).toBe(true);
    ahead(5 * MINUTE);
    await work();
    expect((await row(id)).state).toBe('planned');
    ahead(6 * MINUTE);
    await work();
    expect(texts()).toEqual(['Hello 1']);
    expect(await inTx((tx) => outbox.reschedule(tx, order, window))).toBe(false);
    await work();
    expect(texts()).toEqual(['Hello 1']);
  });

  it('can be brought forward to now', async () => {
    outbox.start();
    await plan({ dueAt: at(MINUTE) });
    await inTx((tx) => outbox.reschedule(tx, order, { dueAt: clock.now(), sendBy: null }));
    await outbox.idle();
    expect(texts()).toEqual(['Hello 1']);
  });

  it('that is due already can still be put off', async () => {
    const id = await planned();
    await inTx((tx) => outbox.reschedule(tx, order, { dueAt: at(MINUTE), sendBy: null }));
    await work();
    expect((await row(id)).state).toBe('planned');
    expect(slack.calls).toEqual([]);
    ahead(MINUTE);
    await work();
    expect(texts()).toEqual(['Hello 1']);
  });

  it('can be taken back', async () => {
    const id = await planned({ dueAt: at(MINUTE) });
    expect(await inTx((tx) => outbox.cancel(tx, order))).toBe(true);
    expect(await inTx((tx) => outbox.cancel(tx, order))).toBe(false);
    const again = { dueAt: clock.now(), sendBy: null };
    expect(await inTx((tx) => outbox.reschedule(tx, order, again))).toBe(false);
    ahead(MINUTE);
    await work();
    expect((await row(id)).state).toBe('cancelled');
    expect(await plan()).toBe(false);
    expect(slack.calls).toEqual([]);
  });

  it('can’t be taken back once it was sent', async () => {
    await plan();
    await work();
    expect(await inTx((tx) => outbox.cancel(tx, order))).toBe(false);
    expect((await outbox.counts()).sent).toBe(1);
  });
});

describe('where Slack refuses', () => {
  it('for good, it is not asked again', async () => {
    slack.fault('chat.postMessage', { error: 'is_archived' });
    const id = await planned();
    await work();
    await work();
    expect(await row(id)).toMatchObject({ state: 'failed', problem: 'is_archived' });
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
    expect(await outbox.unsettled('T1')).toMatchObject([{ id, state: 'failed' }]);
    expect(warnings).toMatchObject([{ delivery: id, code: 'is_archived' }]);
  });

  it('for now (429), everything waits as long as it says', async () => {
    slack.fault('chat.postMessage', { rateLimit: 1 });
    const started = Date.now();
    const first = await planned();
    await work();
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
    expect(await row(first)).toMatchObject({ state: 'planned', problem: 'rate_limited' });
    await plan({ key: '2' });
    await expect.poll(texts).toHaveLength(2);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(3);
    const [, second] = slack.callsOf('chat.postMessage');
    expect((second?.at ?? 0) - started).toBeGreaterThanOrEqual(1_000);
  });

  it('one workspace for now (429), no process posts there, and other workspaces go on', async () => {
    slack.fault('chat.postMessage', { rateLimit: 60 });
    const refused = await planned();
    await work();
    const other = newOutbox();
    const [waits, goesOn] = [
      await planned({ key: '2' }),
      await planned({ key: '3', workspaceId: 'T2', userId: 'U0MANAGER' }),
    ];
    await Promise.all([work(other), work()]);
    expect((await row(refused)).state).toBe('planned');
    expect((await row(waits)).state).toBe('planned');
    expect((await row(goesOn)).state).toBe('sent');
    expect(slack.callsOf('chat.postMessage')).toHaveLength(2);
    // A tick doesn't shorten the wait, and what waits keeps nobody busy.
    await Promise.all([work(other), work()]);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(2);
    const own = (await jobsOf(test.db)).find(({ key }) => key === refused);
    expect((own?.runAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(50_000);
    await hurry(test.db);
    await Promise.all([other.idle(), outbox.idle()]);
    expect(texts().sort()).toEqual(['Hello 1', 'Hello 2']);
    // Waiting is no attempt.
    expect(await row(waits)).toMatchObject({ attempts: 1, state: 'sent' });
  });

  it('just before the post (429 elsewhere), it waits too', async () => {
    render.mockImplementationOnce(async ({ userId: person }) => {
      const until = new Date(Date.now() + 60_000);
      await test.db.slackPause.create({ data: { workspaceId: 'T1', until } });
      return { to: { user: person }, text: 'Hello', blocks: [] };
    });
    const id = await planned();
    await work();
    expect(await row(id)).toMatchObject({ state: 'planned', attempts: 0, channelId: null });
    expect(slack.callsOf('chat.postMessage')).toHaveLength(0);
    await hurry(test.db);
    await outbox.idle();
    expect(texts()).toEqual(['Hello 1']);
  });

  it('for now without a time (429 without Retry-After), it waits half a minute', async () => {
    slack.fault('chat.postMessage', { rateLimit: null });
    const due = at(-1_000);
    const id = await planned({ dueAt: due });
    await work();
    expect(await row(id)).toMatchObject({ state: 'planned', dueAt: due });
    const [job] = await jobsOf(test.db);
    expect((job?.runAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(25_000);
  });
});

describe('where the answer is lost', () => {
  it.each([
    ['the connection broke after Slack had accepted', { drop: 'after' } as const],
    ['Slack took too long', { delay: 1_500 }],
  ])('because %s, the message is found and never sent twice', async (_, fault) => {
    slack.fault('chat.postMessage', fault);
    const id = await planned();
    await work();
    expect(await row(id)).toMatchObject({ state: 'ambiguous' });
    await expect.poll(async () => (await row(id)).state).toBe('sent');
    expect((await row(id)).ts).toBe(slack.dm(REP)[0]?.ts);
    await work(newOutbox());
    expect(texts()).toEqual(['Hello 1']);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
  });

  it.each([
    ['a server error', { status: 500 }, 'http_500'],
    ['a connection that broke before', { drop: 'before' } as const, 'UND_ERR_SOCKET'],
    ['an answer that is no JSON', { error: '<html>' }, 'unreadable_answer'],
  ])('by %s and it is not found, it is listed and never sent again', async (_, fault, problem) => {
    slack.fault('chat.postMessage', fault);
    const id = await planned();
    await work();
    for (let look = 0; look < 3; look++) {
      await hurry(test.db);
      await work();
    }
    expect(await row(id)).toMatchObject({ state: 'ambiguous', problem, ts: null });
    expect(slack.callsOf('conversations.history').length).toBeGreaterThanOrEqual(3);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
    expect(await outbox.unsettled('T1')).toMatchObject([{ id, state: 'ambiguous' }]);
    expect((await outbox.counts()).ambiguous).toBe(1);
    const [warned] = warnings.filter(({ source }) => source === undefined);
    expect(warned).toMatchObject({ delivery: id, code: problem });
  });

  it('a passing failure to look is looked past', async () => {
    slack.fault('chat.postMessage', { drop: 'after' });
    slack.fault('conversations.history', { status: 500 });
    const id = await planned();
    await work();
    await hurry(test.db);
    await outbox.idle();
    expect((await row(id)).state).toBe('ambiguous');
    await hurry(test.db);
    await outbox.idle();
    expect((await row(id)).state).toBe('sent');
  });

  it('it is looked for again at a tick where the job was lost, and left alone after an hour', async () => {
    slack.fault('chat.postMessage', { status: 500 });
    const id = await planned();
    await work();
    const [look] = await jobsOf(test.db);
    expect(look).toMatchObject({ key: `look:${id}`, waiting: true });
    await clearJobs(test.db);
    await hurry(test.db);
    await work();
    expect(slack.callsOf('conversations.history')).toHaveLength(1);
    const [next] = await jobsOf(test.db);
    expect((next?.runAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(4 * MINUTE);

    await test.db.$executeRaw`
      UPDATE graphile_worker._private_jobs
      SET payload = ${JSON.stringify({ id, giveUpAt: new Date(Date.now() + MINUTE) })}::json`;
    await hurry(test.db);
    await outbox.idle();
    expect(slack.callsOf('conversations.history')).toHaveLength(2);
    expect(await row(id)).toMatchObject({ state: 'ambiguous', leaseUntil: null });
    await work();
    expect(await jobsOf(test.db)).toEqual([]);
    expect(slack.callsOf('conversations.history')).toHaveLength(2);
  });

  it('a message is found behind hundreds of others', async () => {
    slack.fault('chat.postMessage', { drop: 'after' });
    const id = await planned();
    await work();
    const client = new WebClient('x', { slackApiUrl: slack.apiUrl });
    for (let n = 0; n < 450; n++) {
      await client.chat.postMessage({ channel: REP, text: `other ${n}` });
    }
    await hurry(test.db);
    await outbox.idle();
    expect(await row(id)).toMatchObject({ state: 'sent', ts: slack.dm(REP)[0]?.ts });
  });
});

describe('once more, because somebody asks for it', () => {
  const again = (as: 'failed' | 'ambiguous') =>
    inTransaction(test.db, (tx) => outbox.requeue(tx, order, [as]));

  it('is what Slack refused, with all its tries', async () => {
    slack.fault('chat.postMessage', { error: 'is_archived' });
    const id = await planned({ sendBy: at(MINUTE) });
    await work();
    ahead(2 * MINUTE);
    expect(await again('ambiguous')).toBe(false);
    const both = await Promise.all([again('failed'), again('failed')]);
    expect(both.toSorted()).toEqual([false, true]);
    await outbox.idle();
    expect(await row(id)).toMatchObject({ state: 'sent', problem: null, attempts: 1 });
    expect(await again('failed')).toBe(false);
    await work();
    expect(texts()).toEqual(['Hello 1']);
  });

  it('is nothing where the transaction is rolled back', async () => {
    slack.fault('chat.postMessage', { error: 'is_archived' });
    const id = await planned();
    await work();
    const undone = inTransaction(test.db, async (tx) => {
      await outbox.requeue(tx, order, ['failed']);
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    await work();
    expect(await row(id)).toMatchObject({ state: 'failed' });
    expect(texts()).toEqual([]);
  });

  it('is what nobody knows to have arrived, when it is looked for no more', async () => {
    slack.fault('chat.postMessage', { drop: 'before' });
    const id = await planned();
    await work();
    expect(await row(id)).toMatchObject({ state: 'ambiguous' });
    expect(await again('ambiguous')).toBe(false);
    await giveUpLooking(test.db);
    await hurry(test.db);
    await work();
    expect(await row(id)).toMatchObject({ state: 'ambiguous', leaseUntil: null });
    expect(await again('failed')).toBe(false);
    expect(await again('ambiguous')).toBe(true);
    await work();
    expect(await row(id)).toMatchObject({ state: 'sent' });
    expect(texts()).toEqual(['Hello 1']);
  });

  it('is nothing that is to come, was sent, taken back or missed, or never planned', async () => {
    const none = async () => {
      expect([await again('failed'), await again('ambiguous')]).toEqual([false, false]);
    };
    await none();
    const id = await planned({ dueAt: at(MINUTE), sendBy: at(MINUTE) });
    await none();
    for (const state of ['sending', 'sent', 'cancelled', 'missed'] as const) {
      await test.db.delivery.update({ where: { id }, data: { state, leaseUntil: null } });
      await none();
    }
  });
});

describe('where it certainly did not arrive', () => {
  it('because the words could not be made, it is tried again, and given up in the end', async () => {
    render.mockRejectedValueOnce(new Error('database away'));
    const id = await planned();
    await work();
    expect(await row(id)).toMatchObject({ state: 'planned', attempts: 1 });
    const [waiting] = await jobsOf(test.db);
    expect(await outbox.retryAt(clock.now())).toEqual(waiting?.runAt);
    // Neither a tick nor Bigplan's clock shortens the back-off.
    ahead(60 * MINUTE);
    await work();
    expect(texts()).toEqual([]);
    await hurry(test.db);
    await outbox.idle();
    expect(texts()).toEqual(['Hello 1']);
    expect(await outbox.retryAt(clock.now())).toBeNull();

    render.mockRejectedValue(new Error('a bug'));
    const other = await planned({ key: '2' });
    const waits: number[] = [];
    for (let attempt = 0; attempt < 10; attempt++) {
      await outbox.idle();
      const [job] = await jobsOf(test.db);
      if (job) waits.push(Math.round((job.runAt.getTime() - Date.now()) / 10_000) * 10);
      await hurry(test.db);
    }
    expect(await row(other)).toMatchObject({ state: 'failed', problem: 'not_rendered' });
    expect(waits).toEqual([10, 20, 40, 80, 160]);
  });

  it('because the DM could not be opened, it is tried again', async () => {
    slack.fault('conversations.open', { drop: 'after' });
    const id = await planned();
    await work();
    expect((await row(id)).state).toBe('planned');
    await hurry(test.db);
    await outbox.idle();
    expect(texts()).toEqual(['Hello 1']);
  });

  it('because nobody listens at Slack’s address, it is tried again', async () => {
    await slack.stop();
    const id = await planned();
    await work();
    expect(await row(id)).toMatchObject({ state: 'planned', problem: 'ECONNREFUSED' });
    // However often: an outage of some minutes must cost nobody a message.
    await test.db.delivery.update({ where: { id }, data: { attempts: 50 } });
    await hurry(test.db);
    await outbox.idle();
    expect(await row(id)).toMatchObject({ state: 'planned', attempts: 51 });
    await outbox.stop();
    slack = await startFakeSlack();
    const next = newOutbox();
    next.start();
    await hurry(test.db);
    await next.idle();
    expect(texts()).toEqual(['Hello 1']);
  });

  it('because no renderer knows its kind, it fails and says so', async () => {
    const id = await planned({ kind: 'unheard_of' });
    await work();
    expect(await row(id)).toMatchObject({ state: 'failed', problem: 'no_renderer' });
  });
});

describe('where the sender dies', () => {
  /** A process killed at a point: the row stays as it was, its lease runs out, its job is locked. */
  const leave = async (data: { channelId: string | null }) => {
    const id = await planned();
    await lockJobs(test.db);
    await test.db.delivery.update({
      where: { id },
      data: { state: 'sending', leaseUntil: new Date(Date.now() - 1), attempts: 1, ...data },
    });
    return id;
  };

  it('before the row was taken, the next one sends it', async () => {
    await plan();
    await lockJobs(test.db);
    await work();
    expect(texts()).toEqual(['Hello 1']);
    // What is left is the dead one's, and never runs.
    expect(await jobsOf(test.db)).toEqual([
      { key: null, runAt: expect.any(Date), locked: true, waiting: false },
    ]);
  });

  it('before the post, the next one sends it', async () => {
    const id = await leave({ channelId: null });
    await work();
    expect(texts()).toEqual(['Hello 1']);
    expect((await row(id)).state).toBe('sent');
  });

  it('after the post, the next one finds it', async () => {
    const id = await leave({ channelId: slack.dmChannel(REP) });
    const client = new WebClient('x', { slackApiUrl: slack.apiUrl });
    const metadata = { event_type: 'bigplan_delivery', event_payload: { id } };
    await client.chat.postMessage({ channel: REP, text: 'Hello 1', metadata });
    await work();
    expect(texts()).toEqual(['Hello 1']);
    expect((await row(id)).state).toBe('sent');
  });

  it('around the post and nothing is found, nobody sends it', async () => {
    const id = await leave({ channelId: slack.dmChannel(REP) });
    await work();
    expect(texts()).toEqual([]);
    expect(await row(id)).toMatchObject({ state: 'ambiguous', problem: 'sender_died' });
  });

  it('while its lease runs, nobody touches it', async () => {
    const id = await leave({ channelId: null });
    const leaseUntil = new Date(Date.now() + 60_000);
    await test.db.delivery.update({ where: { id }, data: { leaseUntil } });
    await Promise.all([work(), work(newOutbox())]);
    expect(texts()).toEqual([]);
    expect(await row(id)).toMatchObject({ state: 'sending', leaseUntil });
  });

  it('only slept past its lease, it lets go when it wakes', async () => {
    const id = await planned();
    const sleeper = async (delivery: Delivery) => {
      if ((await row(id)).attempts === 1) {
        await expire(id);
        await work();
      }
      return render(delivery);
    };
    await work(newOutbox({ renderer: sleeper }));
    expect(texts()).toEqual(['Hello 1']);
    expect(await row(id)).toMatchObject({ attempts: 2, state: 'sent' });
  });

  it('only slept past its lease and then fails, it leaves the next one’s work alone', async () => {
    const id = await planned();
    let woken = () => {};
    const slept = new Promise<void>((wake) => {
      woken = wake;
    });
    const sleeper = async (delivery: Delivery) => {
      if ((await row(id)).attempts > 1) return render(delivery);
      await expire(id);
      await slept;
      throw new Error('the words could not be made');
    };
    const sleeping = work(newOutbox({ renderer: sleeper }));
    await expect
      .poll(async () => ((await row(id)).leaseUntil?.getTime() ?? Number.NaN) < Date.now())
      .toBe(true);
    slack.fault('chat.postMessage', { delay: 500 });
    const working = work();
    await expect.poll(() => slack.callsOf('chat.postMessage').length).toBe(1);
    woken();
    await Promise.all([sleeping, working]);
    await hurry(test.db);
    await work();
    expect(texts()).toEqual(['Hello 1']);
    expect(await row(id)).toMatchObject({ attempts: 2, state: 'sent' });
  });
});

describe('many at once', () => {
  it('are sent once each by three processes, while the database keeps order', async () => {
    const keys = Array.from({ length: 60 }, (_, n) => String(n));
    await Promise.all(keys.map((key) => plan({ key })));
    await Promise.all([outbox, newOutbox(), newOutbox()].map((one) => work(one)));
    await expect.poll(async () => (await outbox.counts()).sent).toBe(60);
    expect(texts().sort()).toEqual(keys.map((key) => `Hello ${key}`).sort());
    expect(slack.callsOf('chat.postMessage')).toHaveLength(60);
  });

  it('that became due while nobody worked are sent, more than one batch of them', async () => {
    const data = Array.from({ length: 1_100 }, (_, n) => ({
      workspaceId: 'T1',
      personId: REP,
      kind: 'hello',
      key: String(n),
      subject: '',
      dueAt: at(-MINUTE),
    }));
    await test.db.delivery.createMany({ data });
    render.mockResolvedValue(null);
    await work();
    expect((await outbox.counts()).cancelled).toBe(1_100);
  });

  it('wait for those under way when the process stops', async () => {
    slack.fault('chat.postMessage', { delay: 300 }, 12);
    const keys = Array.from({ length: 12 }, (_, n) => String(n));
    for (const key of keys) await plan({ key });
    outbox.start();
    await expect.poll(() => slack.callsOf('chat.postMessage').length).toBeGreaterThan(0);
    await outbox.stop();
    const posted = slack.callsOf('chat.postMessage').length;
    expect(posted).toBeLessThan(12);
    expect(await outbox.counts()).toMatchObject({ sent: posted, planned: 12 - posted, sending: 0 });
  });
});
