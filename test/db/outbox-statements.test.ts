/** What a delivery costs, in what it asks of the database: that is the same on every machine, however busy. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '../../src/db/scope.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { createLog } from '../../src/log.ts';
import type { Outbox } from '../../src/outbox/outbox.ts';
import { systemClock } from '../../src/time/clock.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { kindOf } from '../support/kind.ts';
import { outboxOn } from '../support/outbox.ts';
import { mintPerson } from '../support/plan-app.ts';
import { type FakeSlack, startFakeSlack, TEAM } from '../support/slack.ts';
import { hearStatements, type Statements } from '../support/statements.ts';

const REP = 'U0REP';

let statements: Statements;
let test: TestDb;
let slack: FakeSlack;
let outbox: Outbox;
beforeAll(async () => {
  statements = hearStatements();
  test = await createTestDb();
  slack = await startFakeSlack();
  await test.db.workspace.create({ data: { id: TEAM } });
  await mintPerson({ slack, db: test.db }, REP);
  outbox = outboxOn(test, slack, { clock: systemClock, log: createLog('silent') });
  outbox.declare(
    kindOf('hello', async ({ userId: user, key }) => ({
      to: { user },
      text: `Hello ${key}`,
      blocks: [],
    })),
  );
  await inWorkspace(TEAM, async () => outbox.start());
  // Slack is asked for a DM once only.
  await send('first');
});
afterAll(async () => {
  await outbox.stop();
  await slack.stop();
  await test.drop();
  statements.end();
});

async function send(key: string): Promise<void> {
  const order = { workspaceId: TEAM, userId: REP, kind: 'hello', key, subject: '' };
  await inTransaction(test.db, (tx) => outbox.enqueue(tx, order));
  await outbox.idle();
  expect((await outbox.find({ kind: 'hello', key })).map(({ state }) => state)).toEqual(['sent']);
}

/** Those that belong to a delivery: how often workers look for jobs, and for what to pass over, is no matter of it. */
const WORKERS = /_private_|\bLISTEN\b|FROM slack_pause WHERE until/;
const during = async (work: () => Promise<void>) =>
  (await statements.during(work)).filter((sql) => !WORKERS.test(sql));

it('a delivery is three statements and no transaction: taken, aimed and sent', async () => {
  const sent = await during(() => send('second'));
  expect(sent.length, sent.join('\n')).toBe(3);
  expect(sent).not.toContain('BEGIN');
  expect(slack.callsOf('conversations.open')).toHaveLength(1);
});
