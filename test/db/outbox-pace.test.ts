/** What is sent at Slack's pace: by real workers, on limits so small that a few messages meet them. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { createLog } from '../../src/log.ts';
import { SLACK_LIMITS, type SlackLimits } from '../../src/outbox/limit-rules.ts';
import type { MessageKind } from '../../src/outbox/message.ts';
import type { Outbox } from '../../src/outbox/outbox.ts';
import { createAdjustableClock } from '../../src/time/clock.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { eventually } from '../support/eventually.ts';
import { kindOf } from '../support/kind.ts';
import { clearOutbox, outboxOn } from '../support/outbox.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack.ts';

const TEAM = 'T1';
const OTHER = 'T2';
const REP = 'U0REP';
const HOUR_MS = 3_600_000;
/** One in 150 ms, and no two at once. */
const SLOW: SlackLimits = {
  ...SLACK_LIMITS,
  'chat.postMessage': { perMinute: 400, least: 60, most: 400, burst: 1, urgent: 5 },
};

let test: TestDb;
let slack: FakeSlack;
let outboxes: Outbox[];
const clock = createAdjustableClock();
beforeAll(async () => {
  test = await createTestDb();
}, 60_000);
afterAll(() => test.drop());
beforeEach(async () => {
  await clearOutbox(test.db);
  slack = await startFakeSlack();
  outboxes = [];
});
afterEach(async () => {
  await Promise.all(outboxes.map((one) => one.stop()));
  await slack.stop();
});

function newOutbox(limits = SLOW): Outbox {
  const made = outboxOn(test, slack, { clock, log: createLog('silent'), limits });
  const kind = (name: string): MessageKind =>
    kindOf(name, async ({ userId, key }) => ({ to: { user: userId }, text: key, blocks: [] }));
  made.declare(kind('bulk'), { ...kind('pressed'), isUrgent: true });
  outboxes.push(made);
  return made;
}

interface Order {
  key: string;
  kind?: 'bulk' | 'pressed';
  workspaceId?: string;
  /** How long it is worth sending. */
  hours?: number;
}

/** All of them in one transaction: before it is over nobody sends. */
const plan = (outbox: Outbox, orders: readonly Order[]) =>
  inTransaction(test.db, async (tx) => {
    for (const { key, kind = 'bulk', workspaceId = TEAM, hours } of orders) {
      const sendBy = hours && new Date(clock.now().getTime() + hours * HOUR_MS);
      const to = { workspaceId, userId: REP, kind, key, subject: 'x' };
      await outbox.enqueue(tx, { ...to, ...(sendBy && { sendBy }) });
    }
  });

const many = (count: number, more: Omit<Order, 'key'> & { name?: string } = {}): Order[] =>
  Array.from({ length: count }, (_, n) => ({ ...more, key: `${more.name ?? 'bulk'} ${n}` }));

const sent = () => slack.callsOf('chat.postMessage').map(({ args }) => String(args.text));

it('goes by who waits for it, then by what is over the soonest, and each once', async () => {
  const outbox = newOutbox();
  const orders = [
    ...many(6, { name: 'however late' }),
    ...many(6, { name: 'today', hours: 7 }),
    ...many(6, { name: 'this hour', hours: 1 }),
    ...many(3, { name: 'pressed', kind: 'pressed' }),
  ];
  await plan(outbox, orders);
  outbox.start();
  await eventually(() => expect(sent()).toHaveLength(orders.length));
  const names = sent().map((text) => text.replace(/ \d+$/, ''));
  // Workers who began at once may have had the first of several in hand.
  const rank = (name: string) => Math.max(names.lastIndexOf(name), 0);
  expect(rank('pressed')).toBeLessThan(rank('this hour'));
  expect(rank('this hour')).toBeLessThan(rank('today'));
  expect(rank('today')).toBeLessThan(rank('however late'));
  expect(new Set(sent()).size).toBe(orders.length);
});

it('of three processes none exceeds it, and a workspace that waits holds no other up', async () => {
  const all = [newOutbox(), newOutbox(), newOutbox()];
  const [outbox] = all as [Outbox];
  await plan(outbox, [...many(12), ...many(2, { name: 'other', workspaceId: OTHER })]);
  const started = Date.now();
  for (const one of all) one.start();
  await eventually(() => expect(sent()).toHaveLength(14));
  const ours = slack.callsOf('chat.postMessage').filter(({ args }) => /^bulk/.test(`${args.text}`));
  // Eleven tokens after the first: they come no sooner, however late the first message itself arrives.
  expect((ours.at(-1)?.at ?? 0) - started).toBeGreaterThan(10 * 150);
  const others = sent().filter((text) => text.startsWith('other'));
  expect(others).toHaveLength(2);
  expect(sent().indexOf('other 1')).toBeLessThan(13);
});

it('a refusal makes it slower for all processes', async () => {
  const outbox = newOutbox();
  slack.fault('chat.postMessage', { rateLimit: 1 });
  await plan(outbox, many(3));
  outbox.start();
  await eventually(() => expect(new Set(sent()).size).toBe(3));
  const { perMinute, toldAt } = await test.db.slackPace.findFirstOrThrow();
  expect(perMinute).toBeLessThan(400);
  expect(toldAt).not.toBeNull();
});

it('what waits for its turn is no sign that Bigplan is behind', async () => {
  const outbox = newOutbox({
    ...SLOW,
    'chat.postMessage': { perMinute: 1, least: 1, most: 1, burst: 1, urgent: 0 },
  });
  await plan(outbox, many(3));
  outbox.start();
  await eventually(() => expect(sent()).toHaveLength(1));
  await outbox.idle();
  clock.moveTo(new Date(clock.now().getTime() + 20 * 60_000));
  expect(await outbox.isBehind()).toBe(false);
  expect(await outbox.retryAt(clock.now())).toBeNull();
});
