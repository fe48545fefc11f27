import { WebClient } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import type { Order, Renderer } from '../../src/jobs/delivery.ts';
import { createLedger, type Ledger } from '../../src/jobs/ledger.ts';
import { createLog } from '../../src/log.ts';
import { boltLogger } from '../../src/slack/bolt-logger.ts';
import { clientOptions } from '../../src/slack/clients.ts';
import { type AdjustableClock, createAdjustableClock } from '../../src/time/clock.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';

const REP = 'U0REP';
const order: Order = { team: 'T1', person: REP, kind: 'hello', key: '1', subject: 'plan-1' };

let test: TestDb;
let slack: FakeSlack;
let clock: AdjustableClock;
let ledgers: Ledger[];
let ledger: Ledger;
const render = vi.fn<Renderer>();

beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.db.delivery.deleteMany();
  slack = await startFakeSlack();
  clock = createAdjustableClock();
  ledgers = [];
  ledger = newLedger();
  render.mockReset();
  render.mockImplementation(async ({ person, key }) => ({
    to: { user: person },
    text: `Hello ${key}`,
    blocks: [],
  }));
});
afterEach(async () => {
  await Promise.all(ledgers.map((one) => one.stop()));
  await slack.stop();
});

/** As another process would have it. `timeout` is Slack's patience (ms), shorter than the app's. */
function newLedger({
  timeout = 1_000,
  renderer = render,
}: {
  timeout?: number;
  renderer?: Renderer;
} = {}) {
  const log = createLog('silent');
  const settings = {
    mode: 'http' as const,
    botToken: slack.botToken,
    signingSecret: 'x',
    apiUrl: slack.apiUrl,
  };
  const client = new WebClient(slack.botToken, {
    ...clientOptions(settings, boltLogger(log)),
    timeout,
  });
  const made = createLedger({ db: test.db, client, clock, log });
  made.register('hello', renderer);
  ledgers.push(made);
  return made;
}

const plan = (more: Partial<Order> = {}) =>
  inTransaction(test.db, (tx) => ledger.plan(tx, { ...order, ...more }));
const row = async (id: string) => test.db.delivery.findUniqueOrThrow({ where: { id } });
const texts = () => slack.dm(REP).map(({ text }) => text);
const ahead = (ms: number) => clock.moveTo(new Date(clock.now().getTime() + ms));
const expire = (id: string) =>
  test.db.delivery.update({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1) } });

describe('a delivery', () => {
  it('is one row and one message for an occasion, whoever plans and sends it', async () => {
    const ids = await Promise.all([plan(), plan(), plan({ subject: 'other' })]);
    expect(new Set(ids).size).toBe(1);
    const others = [newLedger(), newLedger()];
    await Promise.all([...others, ledger].flatMap((one) => [one.dispatch(ids), one.recover()]));
    expect(texts()).toEqual(['Hello 1']);
    const id = await plan();
    await ledger.dispatch([id]);
    await ledger.recover();
    expect(texts()).toEqual(['Hello 1']);
    expect(await plan({ key: '2' })).not.toBe(id);
  });

  it('is nothing where its transaction was rolled back', async () => {
    const failed = inTransaction(test.db, async (tx) => {
      await ledger.plan(tx, order);
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect(await test.db.delivery.count()).toBe(0);
  });

  it('keeps where its message is, and nothing of what it says', async () => {
    const id = await plan();
    await ledger.dispatch([id]);
    const [message] = slack.dm(REP);
    const [found] = await ledger.find({ kind: 'hello', key: '1' });
    expect(found).toMatchObject({
      id,
      state: 'sent',
      subject: 'plan-1',
      message: { channel: message?.channel, ts: message?.ts },
    });
    expect(message?.metadata).toEqual({ event_type: 'bigplan_delivery', event_payload: { id } });
    expect(JSON.stringify(await row(id))).not.toContain('Hello');
    expect(await ledger.find({ kind: 'hello', key: '1', person: 'U0OTHER' })).toEqual([]);
  });

  it('waits until it is due', async () => {
    const id = await plan({ dueAt: new Date(clock.now().getTime() + 60_000) });
    await ledger.dispatch([id]);
    await ledger.recover();
    expect(texts()).toEqual([]);
    ahead(60_000);
    await ledger.recover();
    expect(texts()).toEqual(['Hello 1']);
  });

  it('is cancelled when it is no longer due as it fires', async () => {
    render.mockResolvedValueOnce(null);
    const id = await plan();
    await ledger.dispatch([id]);
    await ledger.recover();
    expect((await row(id)).state).toBe('cancelled');
    expect(slack.calls).toEqual([]);
  });

  it('goes to a channel as well', async () => {
    slack.addChannel('C0TEAM');
    render.mockResolvedValueOnce({ to: { channel: 'C0TEAM' }, text: 'Hello all', blocks: [] });
    await ledger.dispatch([await plan()]);
    expect(slack.messages('C0TEAM')).toMatchObject([{ text: 'Hello all' }]);
  });

  it('is sent by the next start where a crash came before it was', async () => {
    await plan();
    const next = newLedger();
    next.start();
    await expect.poll(texts).toEqual(['Hello 1']);
  });
});

describe('where Slack refuses', () => {
  it('for good, it is not asked again', async () => {
    slack.fault('chat.postMessage', { error: 'is_archived' });
    const id = await plan();
    await ledger.dispatch([id]);
    await ledger.recover();
    expect(await row(id)).toMatchObject({ state: 'failed', problem: 'is_archived' });
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
    expect(await ledger.unsettled('T1')).toMatchObject([{ id, state: 'failed' }]);
  });

  it('for now (429), everything waits as long as it says', async () => {
    slack.fault('chat.postMessage', { rateLimit: 1 });
    const ids = [await plan(), await plan({ key: '2' })];
    const started = Date.now();
    await ledger.dispatch(ids);
    await ledger.recover();
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
    expect(await row(ids[0] ?? '')).toMatchObject({ state: 'planned', problem: 'rate_limited' });
    await expect.poll(texts, { timeout: 4_000 }).toHaveLength(2);
    expect(Date.now() - started).toBeGreaterThanOrEqual(1_000);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(3);
  });

  it('for now without a time (429 without Retry-After), it waits half a minute', async () => {
    slack.fault('chat.postMessage', { rateLimit: null });
    const id = await plan();
    await ledger.dispatch([id]);
    const { state, dueAt } = await row(id);
    expect(state).toBe('planned');
    expect(dueAt.getTime() - clock.now().getTime()).toBeGreaterThan(25_000);
  });
});

describe('where the answer is lost', () => {
  it.each([
    ['the connection broke after Slack had accepted', { drop: 'after' } as const],
    ['Slack took too long', { delay: 1_500 }],
  ])('because %s, the message is found and never sent twice', async (_, fault) => {
    slack.fault('chat.postMessage', fault);
    const id = await plan();
    await ledger.dispatch([id]);
    expect(await row(id)).toMatchObject({ state: 'ambiguous' });
    await expect.poll(async () => (await row(id)).state, { timeout: 6_000 }).toBe('sent');
    expect((await row(id)).ts).toBe(slack.dm(REP)[0]?.ts);
    await newLedger().recover();
    expect(texts()).toEqual(['Hello 1']);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
  });

  it.each([
    ['a server error', { status: 500 }, 'http_500'],
    ['a connection that broke before', { drop: 'before' } as const, 'UND_ERR_SOCKET'],
    ['an answer that is no JSON', { error: '<html>' }, 'unreadable_answer'],
  ])('by %s and it is not found, it is listed and never sent again', async (_, fault, problem) => {
    slack.fault('chat.postMessage', fault);
    const id = await plan();
    await ledger.dispatch([id]);
    for (let look = 0; look < 3; look++) {
      await expire(id);
      await ledger.recover();
    }
    expect(await row(id)).toMatchObject({ state: 'ambiguous', problem, ts: null });
    expect(slack.callsOf('conversations.history').length).toBeGreaterThanOrEqual(3);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
    expect(await ledger.unsettled('T1')).toMatchObject([{ id, state: 'ambiguous' }]);
    expect((await ledger.counts()).ambiguous).toBe(1);
  });

  it('a passing failure to look is looked past, and after an hour it is left alone', async () => {
    slack.fault('chat.postMessage', { drop: 'after' });
    slack.fault('conversations.history', { status: 500 });
    const id = await plan();
    await ledger.dispatch([id]);
    await expire(id);
    await ledger.recover();
    expect((await row(id)).state).toBe('ambiguous');
    await expire(id);
    await ledger.recover();
    expect((await row(id)).state).toBe('sent');

    slack.fault('chat.postMessage', { status: 500 });
    const other = await plan({ key: '2' });
    await ledger.dispatch([other]);
    const createdAt = new Date(Date.now() - 3_700_000);
    await test.db.delivery.update({ where: { id: other }, data: { createdAt } });
    await expire(other);
    await ledger.recover();
    expect(await row(other)).toMatchObject({ state: 'ambiguous', leaseUntil: null });
  });

  it('a message is found behind hundreds of others', async () => {
    slack.fault('chat.postMessage', { drop: 'after' });
    const id = await plan();
    await ledger.dispatch([id]);
    const client = new WebClient('x', { slackApiUrl: slack.apiUrl });
    for (let n = 0; n < 450; n++) {
      await client.chat.postMessage({ channel: REP, text: `other ${n}` });
    }
    await expire(id);
    await ledger.recover();
    expect(await row(id)).toMatchObject({ state: 'sent', ts: slack.dm(REP)[0]?.ts });
  });
});

describe('where it certainly did not arrive', () => {
  it('because the words could not be made, it is tried again, and given up in the end', async () => {
    render.mockRejectedValueOnce(new Error('database away'));
    const id = await plan();
    await ledger.dispatch([id]);
    expect(await row(id)).toMatchObject({ state: 'planned', attempts: 1 });
    ahead(3_600_000);
    await ledger.recover();
    expect(texts()).toEqual(['Hello 1']);

    render.mockRejectedValue(new Error('a bug'));
    const other = await plan({ key: '2' });
    for (let attempt = 0; attempt < 10; attempt++) {
      ahead(3_600_000);
      await ledger.recover();
    }
    expect(await row(other)).toMatchObject({ state: 'failed', problem: 'not_rendered' });
  });

  it('because the DM could not be opened, it is tried again', async () => {
    slack.fault('conversations.open', { drop: 'after' });
    const id = await plan();
    await ledger.dispatch([id]);
    expect((await row(id)).state).toBe('planned');
    ahead(60_000);
    await ledger.recover();
    expect(texts()).toEqual(['Hello 1']);
  });

  it('because nobody listens at Slack’s address, it is tried again', async () => {
    await slack.stop();
    const id = await plan();
    await ledger.dispatch([id]);
    expect(await row(id)).toMatchObject({ state: 'planned', problem: 'ECONNREFUSED' });
    slack = await startFakeSlack();
    ahead(60_000);
    await newLedger().recover();
    expect(texts()).toEqual(['Hello 1']);
  });

  it('because no renderer knows its kind, it fails and says so', async () => {
    const id = await plan({ kind: 'unheard_of' });
    await ledger.dispatch([id]);
    expect(await row(id)).toMatchObject({ state: 'failed', problem: 'no_renderer' });
  });
});

describe('where the sender dies', () => {
  /** A process killed at a point: the row stays as it was, its lease runs out. */
  const leave = async (data: { channelId: string | null }) => {
    const id = await plan();
    await test.db.delivery.update({
      where: { id },
      data: { state: 'sending', leaseUntil: new Date(Date.now() - 1), attempts: 1, ...data },
    });
    return id;
  };

  it('before the post, the next one sends it', async () => {
    const id = await leave({ channelId: null });
    await ledger.recover();
    expect(texts()).toEqual(['Hello 1']);
    expect((await row(id)).state).toBe('sent');
  });

  it('after the post, the next one finds it', async () => {
    const id = await leave({ channelId: slack.dmChannel(REP) });
    const client = new WebClient('x', { slackApiUrl: slack.apiUrl });
    const metadata = { event_type: 'bigplan_delivery', event_payload: { id } };
    await client.chat.postMessage({ channel: REP, text: 'Hello 1', metadata });
    await ledger.recover();
    expect(texts()).toEqual(['Hello 1']);
    expect((await row(id)).state).toBe('sent');
  });

  it('around the post and nothing is found, nobody sends it', async () => {
    const id = await leave({ channelId: slack.dmChannel(REP) });
    await ledger.recover();
    expect(texts()).toEqual([]);
    expect(await row(id)).toMatchObject({ state: 'ambiguous', problem: 'sender_died' });
  });

  it('while its lease runs, nobody touches it', async () => {
    const id = await leave({ channelId: null });
    await test.db.delivery.update({
      where: { id },
      data: { leaseUntil: new Date(Date.now() + 60_000) },
    });
    await Promise.all([ledger.recover(), ledger.dispatch([id])]);
    expect(texts()).toEqual([]);
  });

  it('only slept past its lease, it lets go when it wakes', async () => {
    const id = await plan();
    const slow = newLedger({
      renderer: async (delivery) => {
        await expire(id);
        await ledger.recover();
        return render(delivery);
      },
    });
    await slow.dispatch([id]);
    expect(texts()).toEqual(['Hello 1']);
    expect((await row(id)).attempts).toBe(2);
  });
});

describe('many at once', () => {
  it('are sent once each by three processes, while the database keeps order', async () => {
    const ids = await Promise.all(
      Array.from({ length: 60 }, (_, n) => plan({ key: String(n), person: REP })),
    );
    await Promise.all([ledger, newLedger(), newLedger()].map((one) => one.recover()));
    expect(texts().sort()).toEqual(ids.map((_, n) => `Hello ${n}`).sort());
    expect((await ledger.counts()).sent).toBe(60);
  });

  it('wait for the one under way when the process stops', async () => {
    slack.fault('chat.postMessage', { delay: 300 });
    const ids = [await plan(), await plan({ key: '2' })];
    const sending = ledger.dispatch(ids);
    await expect.poll(() => slack.callsOf('chat.postMessage').length).toBe(1);
    await ledger.stop();
    await sending;
    expect((await row(ids[0] ?? '')).state).toBe('sent');
    expect((await row(ids[1] ?? '')).state).toBe('planned');
  });
});
