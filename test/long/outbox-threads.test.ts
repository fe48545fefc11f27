/** Replies in threads, what follows from the end of a delivery, and pictures: in order, and once. */
import { WebClient } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Tx } from '../../src/db/client.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { createLog } from '../../src/log.ts';
import type { Delivery, Hooks, IdempotencyKey, NewDelivery } from '../../src/outbox/delivery.ts';
import type { Outbox } from '../../src/outbox/outbox.ts';
import { image } from '../../src/slack/blocks.ts';
import { uploadImage } from '../../src/slack/upload-image.ts';
import { type AdjustableClock, createAdjustableClock } from '../../src/time/clock.ts';
import { type Chaos, seeded, startChaos } from '../support/chaos.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { clearJobs, hurry, jobsOf, lockJobs } from '../support/jobs.ts';
import { kindOf, type Post } from '../support/kind.ts';
import { clearOutbox, clientOn, outboxOn } from '../support/outbox.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';

const CHANNEL = 'C0TEAM';
const MINUTE = 60_000;
const PNG = Buffer.from('\x89PNG\r\n\x1a\n a chart', 'latin1');
const root: NewDelivery = {
  workspaceId: 'T1',
  userId: 'U0REP',
  kind: 'review',
  key: '2027-03',
  subject: 'r',
};

let test: TestDb;
let slack: FakeSlack;
let clock: AdjustableClock;
let outboxes: Outbox[];
let outbox: Outbox;
let errors: Record<string, unknown>[];
/** Replaced by a test that wants something else of them. */
let hooks: Hooks;
let renderReply: Post;
let renderRoot: Post;
/** What the hooks were told, in transactions that were committed. */
let told: string[];

beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await clearOutbox(test.db);
  slack = await startFakeSlack();
  slack.addChannel(CHANNEL);
  clock = createAdjustableClock();
  errors = [];
  told = [];
  hooks = {};
  outboxes = [];
  outbox = newOutbox();
  renderRoot = async ({ key }) => ({ to: { channel: CHANNEL }, text: `Review ${key}`, blocks: [] });
  renderReply = async ({ key, thread }) => {
    if (thread === null) throw new Error('no thread');
    return { to: { channel: thread.channel, thread: thread.ts }, text: key, blocks: [] };
  };
});
afterEach(async () => {
  await Promise.all(outboxes.map((one) => one.stop()));
  await slack.stop();
});

/** As another process would have it. */
function newOutbox(apiUrl = slack.apiUrl, timeout = 1_000): Outbox {
  const log = createLog('error', { write: (line) => void errors.push(JSON.parse(line)) });
  const spoken = { botToken: slack.botToken, apiUrl };
  const client = clientOn(spoken, { log, timeout });
  const made = outboxOn(test, spoken, { clock, log, timeout });
  const through: Hooks = {
    sent: async (tx, delivery) => hooks.sent?.(tx, delivery),
    lost: async (tx, delivery, problem) => hooks.lost?.(tx, delivery, problem),
  };
  made.declare(kindOf('review', (delivery) => renderRoot(delivery), through));
  made.declare(kindOf('reply', (delivery) => renderReply(delivery), through));
  made.declare(
    kindOf('trouble', async ({ userId: person, subject }) => ({
      to: { user: person },
      text: subject,
      blocks: [],
    })),
  );
  const renderPicture: Post = async ({ thread }) => {
    if (thread === null) throw new Error('no thread');
    const picture = { png: PNG, filename: 'chart.png', title: 'Chart', alt: 'A chart that rises' };
    const id = await uploadImage(client, picture);
    const to = { channel: thread.channel, thread: thread.ts };
    return { to, text: 'A chart', blocks: [image(id, picture.alt)] };
  };
  made.declare(kindOf('picture', renderPicture, through));
  outboxes.push(made);
  return made;
}

const inTx = <T>(change: (tx: Tx) => Promise<T>) => inTransaction(test.db, change);
const reply = (key: string, position: number, more: Partial<NewDelivery> = {}): NewDelivery => ({
  ...root,
  kind: 'reply',
  key,
  thread: { root, position },
  ...more,
});
/** A thread of so many replies, planned in one transaction and the last one first. */
const planThread = (replies: number, of: NewDelivery = root) =>
  inTx(async (tx) => {
    await outbox.enqueue(tx, of);
    for (let n = replies; n >= 1; n--) {
      await outbox.enqueue(tx, reply(`${of.key} ${n}`, n, { thread: { root: of, position: n } }));
    }
  });
const plan = (order: NewDelivery) => inTx((tx) => outbox.enqueue(tx, order));
const row = ({ workspaceId: team, userId: person, kind, key }: IdempotencyKey) =>
  test.db.delivery.findFirstOrThrow({
    where: { workspaceId: team, personId: person, kind, key },
  });
const states = async () => {
  const rows = await test.db.delivery.findMany({ orderBy: [{ kind: 'desc' }, { key: 'asc' }] });
  return rows.map(({ state }) => state);
};
const thread = () => slack.channel(CHANNEL)[0]?.replies.map(({ text }) => text) ?? [];
const at = (ms: number) => new Date(clock.now().getTime() + ms);
const first = (n: number) => Array.from({ length: n }, (_, i) => `2027-03 ${i + 1}`);

/** Works as a process does at its start and every minute, until there is nothing to do. */
async function work(one = outbox): Promise<void> {
  one.start();
  await one.sweep(clock.now());
  await one.idle();
}
/** As if the waits were over. */
async function workOn(one = outbox): Promise<void> {
  await hurry(test.db);
  await work(one);
}

/** As if what is looked for had been for an hour. */
async function giveUp(): Promise<void> {
  await test.db.$executeRaw`
    UPDATE graphile_worker._private_jobs SET payload = jsonb_set(
      payload::jsonb, '{giveUpAt}', to_jsonb(${new Date().toISOString()}::text))::json
    WHERE key LIKE 'look:%'`;
}

/** Tells of the loss by a DM, once it has failed `failures` times. */
function tellOfLoss(failures = 0): Hooks {
  let left = failures;
  return {
    async lost(tx, { kind, key, userId: person, workspaceId: team }, problem) {
      const subject = `${kind} ${key}: ${problem}`;
      await outbox.enqueue(tx, {
        workspaceId: team,
        userId: person,
        kind: 'trouble',
        key: `${kind} ${key}`,
        subject,
      });
      if (left-- > 0) throw new Error('the hook has a bug');
      told.push(subject);
    },
  };
}
const troubles = () => slack.dm('U0REP').map(({ text }) => text);

describe('a thread', () => {
  it('comes in its order, after its root, whoever sends it', async () => {
    const others = [newOutbox(), newOutbox()];
    await planThread(6);
    await Promise.all([outbox, ...others].flatMap((one) => [work(one), work(one)]));
    await expect.poll(thread).toEqual(first(6));
    expect(slack.channel(CHANNEL)).toHaveLength(1);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(7);
    const [{ ts, thread_ts } = { ts: '' }] = slack.channel(CHANNEL);
    expect(thread_ts).toBeUndefined();
    const [found] = await outbox.find({ kind: 'reply', key: '2027-03 3' });
    expect(found).toMatchObject({ state: 'sent', thread: { channel: CHANNEL, ts } });
    expect((await outbox.find(root))[0]).toMatchObject({ thread: null, message: { ts } });
    await expect.poll(() => jobsOf(test.db)).toEqual([]);
  });

  it('starts without a tick, each as soon as the one before is there', async () => {
    outbox.start();
    await planThread(3);
    await expect.poll(thread).toEqual(first(3));
  });

  it('waits for its root, and for the replies before that are due later', async () => {
    await inTx(async (tx) => {
      await outbox.enqueue(tx, { ...root, dueAt: at(MINUTE) });
      await outbox.enqueue(tx, reply('first', 1, { dueAt: at(5 * MINUTE) }));
      await outbox.enqueue(tx, reply('second', 2));
    });
    await work();
    expect(slack.calls).toEqual([]);
    // Nobody asks all the time whether it may go.
    expect(await jobsOf(test.db)).toEqual([]);
    clock.moveTo(at(2 * MINUTE));
    await work();
    expect(slack.channel(CHANNEL)).toMatchObject([{ text: 'Review 2027-03', replies: [] }]);
    clock.moveTo(at(4 * MINUTE));
    await work();
    expect(thread()).toEqual(['first', 'second']);
  });

  it('goes on behind a reply that is refused, cancelled, missed or in doubt', async () => {
    await inTx(async (tx) => {
      await outbox.enqueue(tx, root);
      await outbox.enqueue(tx, reply('refused', 1));
      await outbox.enqueue(tx, reply('no longer due', 2));
      await outbox.enqueue(tx, reply('too late', 3, { sendBy: at(-1) }));
      await outbox.enqueue(tx, reply('in doubt', 4));
      await outbox.enqueue(tx, reply('taken back', 5, { dueAt: at(MINUTE) }));
      await outbox.enqueue(tx, reply('last', 6));
    });
    const render = renderReply;
    renderReply = async (delivery) => {
      if (delivery.key === 'refused') slack.fault('chat.postMessage', { error: 'msg_too_long' });
      if (delivery.key === 'in doubt') slack.fault('chat.postMessage', { status: 500 });
      return delivery.key === 'no longer due' ? null : render(delivery);
    };
    await work();
    expect(thread()).toEqual([]);
    await inTx((tx) => outbox.cancel(tx, reply('taken back', 5)));
    await outbox.idle();
    expect(thread()).toEqual(['last']);
    expect(slack.callsOf('conversations.history')).toEqual([]);
  });

  it('takes a reply long after, also one that belongs before others', async () => {
    await planThread(2);
    await work();
    await inTx(async (tx) => {
      await outbox.enqueue(tx, reply('late 2', 2));
      await outbox.enqueue(tx, reply('late 1', 1));
    });
    await outbox.idle();
    expect(thread()).toEqual([...first(2), 'late 1', 'late 2']);
  });

  it('in a person’s DM is one as well', async () => {
    renderRoot = async ({ userId: person }) => ({
      to: { user: person },
      text: 'Yours',
      blocks: [],
    });
    await planThread(2);
    await work();
    expect(slack.channel(slack.dmChannel('U0REP'))).toMatchObject([
      { text: 'Yours', replies: [{ text: '2027-03 1' }, { text: '2027-03 2' }] },
    ]);
  });

  it('is refused to a delivery that was never planned, and to a reply', async () => {
    await expect(plan(reply('x', 1))).rejects.toThrow(RangeError);
    await planThread(1);
    const nested = reply('x', 1, { thread: { root: reply('2027-03 1', 1), position: 1 } });
    await expect(plan(nested)).rejects.toThrow(RangeError);
    await expect(plan(reply('x', 0))).rejects.toThrow(RangeError);
  });

  it('is not left by a reply that is rendered for another place', async () => {
    renderReply = async () => ({ to: { channel: CHANNEL }, text: 'Not in the thread', blocks: [] });
    await planThread(1);
    await work();
    expect(await row(reply('2027-03 1', 1))).toMatchObject({ problem: 'not_rendered' });
    expect(slack.messages(CHANNEL)).toHaveLength(1);
  });

  it('is sent by a command that runs nothing', async () => {
    await planThread(4);
    const settled: string[] = [];
    await outbox.sendDue(clock.now(), new Date(), ({ state }) => settled.push(state));
    expect(thread()).toEqual(first(4));
    expect(settled).toEqual(Array(5).fill('sent'));
  });

  it('that can’t go on keeps no such command waiting', async () => {
    await inTx(async (tx) => {
      await outbox.enqueue(tx, { ...root, dueAt: at(MINUTE) });
      await outbox.enqueue(tx, reply('waits', 1));
    });
    const settled: string[] = [];
    await outbox.sendDue(clock.now(), new Date(), ({ state }) => settled.push(state));
    expect(settled).toEqual(['planned']);
  });
});

describe('where the root never comes', () => {
  const cancelled = { state: 'cancelled', problem: 'no_thread' };
  beforeEach(() => {
    hooks = tellOfLoss();
  });

  it.each([
    ['the app is not in the channel', { joined: false }, 'not_in_channel'],
    [
      'it is in a private one that it can’t see',
      { joined: false, isPrivate: true },
      'channel_not_found',
    ],
    ['the channel is archived', { archived: true }, 'is_archived'],
  ])('since %s, nor do its replies, and somebody is told once', async (_, facts, problem) => {
    slack.addChannel(CHANNEL, facts);
    await planThread(3);
    await work();
    await workOn();
    expect(await row(root)).toMatchObject({ state: 'failed', problem });
    for (const n of [1, 2, 3]) expect(await row(reply(`2027-03 ${n}`, n))).toMatchObject(cancelled);
    expect(troubles()).toEqual([`review 2027-03: ${problem}`]);
    expect(slack.messages(CHANNEL)).toEqual([]);
    // One that comes later is over at once, and the operator has one trouble, not four.
    expect(await plan(reply('late', 4))).toBe(true);
    expect(await row(reply('late', 4))).toMatchObject(cancelled);
    expect(await outbox.unsettled('T1')).toHaveLength(1);
  });

  it('since it is no longer due as it fires', async () => {
    renderRoot = async () => null;
    await planThread(2);
    await work();
    expect(await states()).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(told).toEqual([]);
  });

  it('since it was taken back', async () => {
    await planThread(2, { ...root, dueAt: at(MINUTE) });
    expect(await inTx((tx) => outbox.cancel(tx, root))).toBe(true);
    expect(await states()).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  it.each([
    ['waits too long', async () => clock.moveTo(at(2 * MINUTE))],
    [
      'is put off to the past',
      async () => {
        const past = { dueAt: at(-2 * MINUTE), sendBy: at(-MINUTE) };
        await inTx((tx) => outbox.reschedule(tx, root, past));
      },
    ],
  ])('since it %s', async (_, pass) => {
    await planThread(2, { ...root, dueAt: at(MINUTE / 2), sendBy: at(MINUTE) });
    await pass();
    await work();
    await work();
    expect(await row(root)).toMatchObject({ state: 'missed', problem: 'too_late' });
    expect(await row(reply('2027-03 2', 2))).toMatchObject(cancelled);
    expect(troubles()).toEqual(['review 2027-03: too_late']);
  });

  it('since it was too late as it was planned', async () => {
    await planThread(2, { ...root, sendBy: at(-1) });
    await work();
    expect(await row(reply('2027-03 1', 1))).toMatchObject(cancelled);
    expect(troubles()).toEqual(['review 2027-03: too_late']);
  });

  it('for all one knows; while it is looked for, its replies wait', async () => {
    slack.fault('chat.postMessage', { status: 500 });
    await planThread(2);
    await work();
    await workOn();
    expect(await states()).toEqual(['ambiguous', 'planned', 'planned']);
    expect(told).toEqual([]);
    await giveUp();
    await workOn();
    expect(await states()).toEqual(['sent', 'ambiguous', 'cancelled', 'cancelled']);
    expect(troubles()).toEqual(['review 2027-03: unknown']);
    await workOn();
    expect(told).toHaveLength(1);
  });
});

describe('where the answer is lost', () => {
  it('the root is found and its thread goes on', async () => {
    slack.fault('chat.postMessage', { drop: 'after' });
    await planThread(2);
    await work();
    expect(await states()).toEqual(['ambiguous', 'planned', 'planned']);
    await workOn();
    expect(thread()).toEqual(first(2));
    expect(slack.callsOf('chat.postMessage')).toHaveLength(3);
  });

  it('a reply is found in its thread, behind many others', async () => {
    await planThread(0);
    await work();
    const [{ ts } = { ts: '' }] = slack.channel(CHANNEL);
    const client = new WebClient('x', { slackApiUrl: slack.apiUrl });
    for (let n = 0; n < 210; n++) {
      await client.chat.postMessage({ channel: CHANNEL, thread_ts: ts, text: `other ${n}` });
    }
    slack.fault('chat.postMessage', { drop: 'after' });
    await plan(reply('mine', 1));
    await work();
    expect(await row(reply('mine', 1))).toMatchObject({ state: 'ambiguous' });
    await workOn();
    expect(await row(reply('mine', 1))).toMatchObject({
      state: 'sent',
      ts: slack.messages(CHANNEL).at(-1)?.ts,
    });
    expect(slack.callsOf('conversations.history')).toEqual([]);
    expect(slack.callsOf('conversations.replies')).toHaveLength(2);
    expect(thread().filter((text) => text === 'mine')).toHaveLength(1);
  });

  it('and the thread is gone, its reply is looked for until it counts as unknown', async () => {
    await planThread(0);
    await work();
    slack.fault('chat.postMessage', { drop: 'after' });
    await plan(reply('mine', 1));
    await work();
    slack.fault('conversations.replies', { error: 'thread_not_found' });
    await workOn();
    expect(await row(reply('mine', 1))).toMatchObject({ state: 'ambiguous', ts: null });
    expect(slack.callsOf('chat.postMessage')).toHaveLength(2);
  });
});

describe('where the sender dies', () => {
  it('between the root and its replies, a tick has them sent', async () => {
    await planThread(3);
    await test.db.delivery.updateMany({ where: { kind: 'reply' }, data: { dueAt: at(MINUTE) } });
    await work();
    clock.moveTo(at(2 * MINUTE));
    await clearJobs(test.db);
    await work();
    expect(thread()).toEqual(first(3));
  });

  it('over a reply before its post, the next one sends it, then those after it', async () => {
    await planThread(2, { ...root, dueAt: at(MINUTE) });
    await test.db.delivery.updateMany({ data: { dueAt: at(0) } });
    await outbox.sendDue(clock.now(), new Date(), () => {});
    expect(thread()).toEqual(first(2));
    await plan(reply('3', 3));
    await plan(reply('4', 4));
    await lockJobs(test.db);
    const dead = { state: 'sending', leaseUntil: new Date(Date.now() - 1), attempts: 1 } as const;
    await test.db.delivery.updateMany({ where: { key: '3' }, data: dead });
    await work();
    expect(thread()).toEqual([...first(2), '3', '4']);
  });

  it('over a reply after its post, it is found, and those after it go on', async () => {
    await planThread(0);
    await work();
    const [{ ts } = { ts: '' }] = slack.channel(CHANNEL);
    const held = newOutbox();
    await plan(reply('1', 1));
    await plan(reply('2', 2));
    await outbox.stop();
    const { id } = await row(reply('1', 1));
    await clearJobs(test.db);
    await test.db.delivery.update({
      where: { id },
      data: {
        state: 'sending',
        channelId: CHANNEL,
        leaseUntil: new Date(Date.now() - 1),
        ts: null,
      },
    });
    if (!thread().includes('1')) {
      const client = new WebClient('x', { slackApiUrl: slack.apiUrl });
      const metadata = { event_type: 'bigplan_delivery', event_payload: { id } };
      await client.chat.postMessage({ channel: CHANNEL, thread_ts: ts, text: '1', metadata });
    }
    await work(held);
    await workOn(held);
    expect(thread().sort()).toEqual(['1', '2']);
    expect(await row(reply('1', 1))).toMatchObject({ state: 'sent' });
  });

  it('between the root’s loss and its replies’, a tick lets them go', async () => {
    await planThread(2);
    await clearJobs(test.db);
    await test.db.delivery.updateMany({ where: { kind: 'review' }, data: { state: 'failed' } });
    await work();
    expect(await states()).toEqual(['failed', 'cancelled', 'cancelled']);
  });
});

describe('what follows from the end of a delivery', () => {
  it('that was sent is in the same transaction, and knows where the message is', async () => {
    const seen: Delivery[] = [];
    hooks.sent = async (_tx, delivery) => void seen.push(delivery);
    await planThread(1);
    await work();
    const [message] = slack.channel(CHANNEL);
    expect(seen).toMatchObject([
      { kind: 'review', state: 'sent', message: { channel: CHANNEL, ts: message?.ts } },
      { kind: 'reply', thread: { ts: message?.ts }, message: { ts: message?.replies[0]?.ts } },
    ]);
  });

  it('that was sent comes once where it fails at first, and the message isn’t sent again', async () => {
    let failures = 2;
    hooks.sent = async (tx, { kind, userId: person, workspaceId: team }) => {
      await outbox.enqueue(tx, {
        workspaceId: team,
        userId: person,
        kind: 'trouble',
        key: kind,
        subject: `${kind} sent`,
      });
      if (failures-- > 0) throw new Error('the hook has a bug');
    };
    await planThread(1);
    await work();
    expect(await states()).toEqual(['ambiguous', 'planned']);
    expect(errors).toMatchObject([{ kind: 'review', err: { message: 'the hook has a bug' } }]);
    expect(errors).toHaveLength(1);
    await workOn();
    expect(troubles()).toEqual([]);
    await workOn();
    expect(troubles().sort()).toEqual(['reply sent', 'review sent']);
    expect(thread()).toEqual(first(1));
    expect(slack.callsOf('chat.postMessage')).toHaveLength(4);
    expect(errors).toHaveLength(2);
  });

  it('that was refused comes once where it fails at first', async () => {
    hooks = tellOfLoss(2);
    slack.addChannel(CHANNEL, { joined: false });
    await planThread(1);
    await work();
    expect(await states()).toEqual(['planned', 'planned']);
    expect(errors).toHaveLength(1);
    expect(troubles()).toEqual([]);
    for (let n = 0; n < 3; n++) await workOn();
    expect(await states()).toEqual(['sent', 'failed', 'cancelled']);
    expect(troubles()).toEqual(['review 2027-03: not_in_channel']);
    expect(told).toHaveLength(1);
    expect(errors).toHaveLength(2);
  });

  it('that was refused is not needed any more where the next try goes well', async () => {
    hooks = tellOfLoss(1);
    slack.addChannel(CHANNEL, { joined: false });
    await planThread(1);
    await work();
    slack.addChannel(CHANNEL, { joined: true });
    await workOn();
    expect(thread()).toEqual(first(1));
    expect(told).toEqual([]);
  });

  it('that was missed comes once where it fails at first', async () => {
    hooks = tellOfLoss(1);
    await planThread(1, { ...root, dueAt: at(MINUTE / 2), sendBy: at(MINUTE) });
    clock.moveTo(at(2 * MINUTE));
    await work();
    expect(await states()).toEqual(['planned', 'planned']);
    for (let n = 0; n < 2; n++) await work();
    expect(troubles()).toEqual(['review 2027-03: too_late']);
    expect(told).toHaveLength(1);
  });

  it('that nobody knows of comes once where it fails at first', async () => {
    hooks = tellOfLoss(1);
    slack.fault('chat.postMessage', { status: 500 });
    await planThread(1);
    await work();
    await giveUp();
    await workOn();
    // Soon, and not looked for another hour before that.
    expect(await jobsOf(test.db)).toMatchObject([{ waiting: true }]);
    for (let n = 0; n < 2; n++) await workOn();
    expect(await states()).toEqual(['sent', 'ambiguous', 'cancelled']);
    expect(troubles()).toEqual(['review 2027-03: unknown']);
    expect(told).toHaveLength(1);
  });

  it('comes once whoever of several processes ends it', async () => {
    hooks = tellOfLoss();
    const rows = Array.from({ length: 20 }, (_, n) => ({ ...root, key: String(n) }));
    await inTx(async (tx) => {
      for (const order of rows) {
        await outbox.enqueue(tx, { ...order, dueAt: at(MINUTE / 2), sendBy: at(MINUTE) });
      }
    });
    clock.moveTo(at(2 * MINUTE));
    await Promise.all([outbox, newOutbox(), newOutbox()].map((one) => work(one)));
    await work();
    expect(troubles().sort()).toEqual(rows.map(({ key }) => `review ${key}: too_late`).sort());
  });
});

describe('a picture in a reply', () => {
  const picture = (): NewDelivery => reply('chart', 1, { kind: 'picture' });
  const planPicture = () =>
    inTx(async (tx) => {
      await outbox.enqueue(tx, root);
      await outbox.enqueue(tx, picture());
      await outbox.enqueue(tx, reply('after it', 2));
    });

  it('is uploaded first, and shown when Slack is done with it', async () => {
    await planPicture();
    await work();
    expect(thread()).toEqual(['A chart', 'after it']);
    const [upload] = slack.uploads();
    expect(upload).toMatchObject({ filename: 'chart.png', title: 'Chart', content: PNG });
    expect(slack.channel(CHANNEL)[0]?.replies[0]?.blocks).toMatchObject([
      { type: 'image', alt_text: 'A chart that rises', slack_file: { id: upload?.id } },
    ]);
    expect(slack.callsOf('files.info').length).toBeGreaterThan(1);
    expect(slack.callsOf('files.completeUploadExternal')[0]?.args).not.toHaveProperty('channel_id');
  });

  it.each([
    ['its address is not given', 'files.getUploadURLExternal', { status: 500 }],
    ['its upload breaks off', 'upload', { drop: 'after' } as const],
    ['its upload is refused', 'upload', { status: 404 }],
    ['its upload takes too long', 'upload', { delay: 1_300 }],
    ['its end is not confirmed', 'files.completeUploadExternal', { drop: 'after' } as const],
    ['it can’t be asked about', 'files.info', { status: 503 }],
  ])('comes later, once, where %s', async (_, method, fault) => {
    slack.fault(method, fault);
    await planPicture();
    await work();
    expect(await row(picture())).toMatchObject({ state: 'planned', attempts: 1 });
    expect(thread()).toEqual([]);
    await workOn();
    expect(thread()).toEqual(['A chart', 'after it']);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(3);
  });

  it('waits like everything else where Slack says so, and is given up where it takes no files', async () => {
    slack.fault('upload', { rateLimit: 30 });
    await planPicture();
    await work();
    expect(await row(picture())).toMatchObject({ state: 'planned', problem: 'rate_limited' });
    slack.fault('files.getUploadURLExternal', { error: 'file_uploads_disabled' });
    await workOn();
    expect(await row(picture())).toMatchObject({
      problem: 'file_uploads_disabled',
      state: 'failed',
    });
    expect(thread()).toEqual(['after it']);
  });
});

describe('many threads, on a bad day', () => {
  const inDoubt = () => test.db.delivery.findMany({ where: { state: 'ambiguous' } });

  /** How many may still be sent, those that wait for a root in doubt left out. */
  async function underWay(): Promise<number> {
    const roots = (await inDoubt()).map(({ id }) => id);
    const rows = await test.db.delivery.findMany({
      where: { state: { in: ['planned', 'sending'] } },
    });
    return rows.filter(({ rootId }) => !roots.includes(rootId ?? '')).length;
  }

  /** Eight threads of five through such a Slack, by two processes, until nothing is left to do. */
  async function weather(chaos: Chaos): Promise<void> {
    for (let n = 0; n < 8; n++) {
      const of = { ...root, key: `thread ${n}` };
      await planThread(4, of);
      const last = { kind: 'picture', thread: { root: of, position: 5 } };
      await plan(reply(`${of.key} 5`, 5, last));
    }
    const [one, other] = [newOutbox(chaos.apiUrl, 3_000), newOutbox(chaos.apiUrl, 3_000)];
    for (let round = 0; round < 6; round++) await Promise.all([workOn(one), workOn(other)]);
    chaos.calm();
    await expect.poll(() => workOn(one).then(underWay)).toBe(0);
    expect(told).toEqual([]);
    const open = async () => {
      await giveUp();
      await workOn(one);
      const { planned, sending } = await outbox.counts();
      const lookedFor = (await inDoubt()).filter(({ leaseUntil }) => leaseUntil !== null);
      return planned + sending + lookedFor.length;
    };
    await expect.poll(open).toBe(0);
  }

  it.each([7, 8, 9])('each comes in order and once (seed %i)', async (seed) => {
    const chaos = await startChaos(slack.apiUrl, seeded(seed));
    hooks = tellOfLoss();
    await weather(chaos).finally(() => chaos.stop());

    const rows = await test.db.delivery.findMany({ where: { kind: { not: 'trouble' } } });
    const posted = slack.messages(CHANNEL);
    expect(posted.length).toBeGreaterThan(30);
    // No row without its message, no message without its row, none twice.
    const sent = rows.filter(({ state }) => state === 'sent');
    expect(sent.map(({ ts }) => ts).sort()).toEqual(posted.map(({ ts }) => ts).sort());
    for (const { text, replies } of slack.channel(CHANNEL)) {
      const order = replies.map((one) => (one.text === 'A chart' ? '5' : one.text.slice(-1)));
      expect(order, text).toEqual([...new Set(order)].sort());
    }
    // Each that nobody knows of is told of once, and its thread is over.
    const lost = await inDoubt();
    expect(told.sort()).toEqual(lost.map(({ kind, key }) => `${kind} ${key}: unknown`).sort());
    expect(troubles().sort()).toEqual(told);
    const over = rows.filter(({ state }) => state !== 'sent' && state !== 'ambiguous');
    for (const { state, rootId } of over) {
      expect([state, lost.some(({ id }) => id === rootId)]).toEqual(['cancelled', true]);
    }
  });
});
