/** Two processes on one database, each with its connection to Slack: what is told to both acts once, also while one stops. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Bigplan, startBigplan } from '../../src/main.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { type FakeSlack, startFakeSlack, TEAM } from '../support/slack.ts';
import { type SlackSocket, socketSettings, startSlackSocket } from '../support/slack-socket.ts';

/** How long a command works after its answer, and how often one comes while a process stops: less than it can do. */
const WORK_MS = 100;
const EVERY_MS = 50;

let slack: FakeSlack;
let socket: SlackSocket;
let test: TestDb;
const running: Bigplan[] = [];
/** The numbers of those whose process would have ended by now. */
const ended = new Set<number>();
/** How often a database that was slow to answer was not waited for: then a process goes by what it knows itself. */
let unsure = 0;
const RESTED_MS = 6_000;
/** What was done to the end, by the words of the command; the number of the process each time. */
const done = new Map<string, number[]>();

beforeAll(async () => {
  slack = await startFakeSlack();
  socket = await startSlackSocket();
  slack.answer('apps.connections.open', () => ({ url: socket.url }));
  test = await createTestDb();
  // One after the other, so that each connection has the number of its process.
  for (const number of [0, 1]) await start(number);
});
afterAll(async () => {
  for (const one of running) await one.stop();
  await socket.stop();
  await slack.stop();
  await test.drop();
});

async function start(number: number): Promise<void> {
  const write = (line: string) => {
    if (line.includes('The database didn’t say')) unsure += 1;
  };
  const log = createLog('info', { write });
  const bigplan = await startBigplan(socketSettings(slack.apiUrl, test.url), {
    log,
    host: '127.0.0.1',
    warmUp: false,
  });
  running.push(bigplan);
  const { context } = bigplan;
  context.commands.subcommand(
    'work',
    async ({ args }) => {
      await sleep(WORK_MS);
      await context.db.$queryRaw`SELECT 1`;
      if (ended.has(number)) return;
      done.set(args, [...(done.get(args) ?? []), number]);
    },
    'works for a while',
  );
  context.app.view('work', async ({ ack }) => {
    done.set('form', [...(done.get('form') ?? []), number]);
    await ack();
  });
}

const say = (words: string, over: number) =>
  socket.send(
    'slash_commands',
    words,
    {
      command: '/bigplan',
      text: `work ${words}`,
      user_id: 'U0REP',
      team_id: TEAM,
      channel_id: 'C0GENERAL',
      trigger_id: '1.1',
    },
    over,
  );
const unanswered = (words: string[]) => words.filter((one) => !socket.answerTo(one));
const notOnce = (words: string[]) =>
  words.flatMap((one) => ((done.get(one) ?? []).length === 1 ? [] : [[one, done.get(one)]]));

/** Goes through it until the database has answered all the while, as it does unless a machine is very busy. */
async function whereDatabaseAnswers(round: (n: number) => Promise<void>): Promise<void> {
  for (let n = 0; ; n++) {
    const before = unsure;
    try {
      return await round(n);
    } catch (error) {
      if (unsure === before) throw error;
      await sleep(RESTED_MS);
    }
  }
}

it('an envelope that Slack gives to both acts once', async ({ task }) => {
  await whereDatabaseAnswers(async (round) => {
    const words = Array.from({ length: 40 }, (_, n) => `both ${round} ${n}`);
    task.meta.tries = words.length;
    for (const [n, one] of words.entries()) {
      say(one, n % 2);
      if (n % 4 === 0) await sleep(EVERY_MS);
      say(one, 1 - (n % 2));
    }
    await expect.poll(() => words.filter((one) => !done.has(one))).toEqual([]);
    // Slack is told by both that it needn’t come again.
    await expect
      .poll(() => words.filter((one) => socket.acknowledgedOver(one).length < 2))
      .toEqual([]);
    for (const one of running) await one.settled();
    expect(notOnce(words)).toEqual([]);
  });
});

it('a form that Slack gives to both is taken once, and kept open by the other', async () => {
  await whereDatabaseAnswers(async (round) => {
    const id = `form ${round}`;
    done.delete('form');
    for (const over of [0, 1]) {
      const view = { type: 'modal', callback_id: 'work', blocks: [], state: { values: {} } };
      const body = { type: 'view_submission', team: { id: TEAM }, user: { id: 'U0REP' }, view };
      socket.send('interactive', id, body, over);
    }
    await expect.poll(() => done.has('form')).toBe(true);
    for (const one of running) await one.settled();
    expect(done.get('form')).toHaveLength(1);
    await expect.poll(() => socket.acknowledgedOver(id)).toEqual(done.get('form'));
  });
});

it('what comes while a process stops is done by it, or left to the other', async ({ task }) => {
  const words: string[] = [];
  const over = new AbortController();
  const people = (async () => {
    while (!over.signal.aborted) {
      const one = `stopping ${words.length}`;
      words.push(one);
      say(one, 0);
      await sleep(EVERY_MS);
    }
  })();
  await expect.poll(() => words.length).toBeGreaterThan(20);
  await running[0]?.stop();
  ended.add(0);
  over.abort();
  await people;
  task.meta.tries = words.length;
  // As Slack does with what nobody has acknowledged.
  const again = unanswered(words);
  for (const one of again) say(one, 1);
  await expect.poll(() => unanswered(words)).toEqual([]);
  await expect.poll(() => words.filter((one) => !done.has(one))).toEqual([]);
  expect(words.filter((one) => done.get(one)?.length !== 1)).toEqual([]);
  // It was put to the test: some were done by the one, some by the other.
  expect(new Set(words.flatMap((one) => done.get(one)))).toEqual(new Set([0, 1]));
  expect(again.length).toBeGreaterThan(0);
});
