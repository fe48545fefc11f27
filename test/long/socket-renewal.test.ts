import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Bigplan, startBigplan } from '../../src/main.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { type FakeSlack, startFakeSlack, TEAM } from '../support/slack.ts';
import { type SlackSocket, socketSettings, startSlackSocket } from '../support/slack-socket.ts';

let logged: Record<string, unknown>[];
let slack: FakeSlack;
let socket: SlackSocket;
let test: TestDb;
let bigplan: Bigplan;
/** How often each command was handled, by its words. */
let heard: Map<string, number>;

beforeEach(async () => {
  logged = [];
  heard = new Map();
  slack = await startFakeSlack();
  socket = await startSlackSocket();
  slack.answer('apps.connections.open', () => ({ url: socket.url }));
  test = await createTestDb();
});
afterEach(async () => {
  await bigplan.stop();
  await socket.stop();
  await slack.stop();
  await test.drop();
});

async function start(): Promise<void> {
  const log = createLog('info', { write: (line) => void logged.push(JSON.parse(line)) });
  bigplan = await startBigplan(socketSettings(slack.apiUrl, test.url), {
    log,
    host: '127.0.0.1',
    warmUp: false,
  });
  bigplan.context.commands.subcommand(
    'heard',
    async ({ args }) => void heard.set(args, (heard.get(args) ?? 0) + 1),
    'counts',
  );
}

/** False where no connection is open to tell it over. */
const say = (words: string, over?: number) =>
  socket.send(
    'slash_commands',
    words,
    {
      command: '/bigplan',
      text: `heard ${words}`,
      user_id: 'U0REP',
      team_id: TEAM,
      channel_id: 'C0GENERAL',
      trigger_id: '1.1',
    },
    over,
  );
/** A press that is acknowledged once `until` is over. */
function pressSlowly(id: string, until: Promise<unknown>): void {
  bigplan.context.app.action(id, async ({ ack }) => {
    heard.set(id, (heard.get(id) ?? 0) + 1);
    await until;
    await ack();
  });
  socket.send('interactive', id, {
    type: 'block_actions',
    team: { id: TEAM },
    user: { id: 'U0REP' },
    actions: [{ type: 'button', action_id: id, block_id: 'b' }],
  });
}
const answered = (id: string) => expect.poll(() => socket.answerTo(id)).toBeDefined();
const ready = async () => (await fetch(`${bigplan.url}/readyz`)).text();
const connections = (count: number) => expect.poll(() => socket.connections.length).toBe(count);
const complaints = () => logged.filter(({ level }) => Number(level) > 40);

it('has the new connection before it lets go of the old one', async () => {
  await start();
  socket.refresh();
  await expect.poll(() => socket.story).toContain('hello 1');
  // What Slack had on its way over the old one is heard, and answered where it came from.
  say('late', 0);
  await answered('late');
  expect(socket.acknowledgedOver('late')).toEqual([0]);
  expect(socket.story).toEqual(['hello 0', 'refresh 0', 'hello 1']);
  expect(await ready()).toBe('ready\n');

  // Slack closes it, and waits for the app to end the TCP connection.
  socket.close(0);
  await expect.poll(() => socket.story.at(-1)).toBe('ended 0');
  say('new');
  await answered('new');
  expect(socket.connections).toHaveLength(2);
});

it('hears every command once while Slack refreshes and closes under load', async ({ task }) => {
  await start();
  const words = Array.from({ length: 600 }, (_, index) => `c${index}`);
  task.meta.tries = words.length;
  const told: string[] = [];
  for (const [index, word] of words.entries()) {
    if (index % 100 === 50) {
      const number = socket.connections.length - 1;
      socket.refresh();
      // Slack warns some ten seconds ahead; here it closes as soon as the other one is there.
      void expect
        .poll(() => socket.story.includes(`hello ${number + 1}`))
        .toBe(true)
        .then(() => socket.close(number));
    }
    // Nobody's phone waits for a connection: where none is open, Slack tells the person so.
    if (say(word)) told.push(word);
    await sleep(10);
  }
  await expect.poll(() => words.filter((word) => !heard.has(word))).toEqual([]);
  expect(told).toEqual(words);
  expect([...heard.values()].filter((times) => times !== 1)).toEqual([]);
  await expect.poll(() => words.filter((word) => !socket.answerTo(word))).toEqual([]);
  expect(socket.connections.length).toBeGreaterThan(4);
});

it('handles what Slack sends over two connections once, and answers both', async () => {
  await start();
  say('twice', 0);
  await answered('twice');
  socket.refresh();
  await connections(2);
  say('twice', 1);
  await expect.poll(() => socket.acknowledgedOver('twice')).toEqual([0, 1]);
  expect(heard.get('twice')).toBe(1);
});

it('answers over the connection that lives, or over the next one', async () => {
  await start();
  let letGo = () => {};
  pressSlowly('first', new Promise<void>((settle) => (letGo = settle)));
  await expect.poll(() => heard.get('first')).toBe(1);
  socket.connections[0]?.terminate();
  await connections(2);
  letGo();
  await expect.poll(() => socket.acknowledgedOver('first')).toEqual([1]);

  let over = () => {};
  slack.fault('apps.connections.open', { status: 500 });
  pressSlowly('second', new Promise<void>((settle) => (over = settle)));
  await expect.poll(() => heard.get('second')).toBe(1);
  socket.connections[1]?.terminate();
  await expect.poll(ready).toBe('not ready: socket\n');
  over();
  await expect.poll(() => socket.acknowledgedOver('second')).toEqual([2]);
});

it('notices that Slack has closed, though TCP stays open', async () => {
  await start();
  const closed = Date.now();
  socket.close(0);
  await connections(2);
  // Slack’s library would have waited for its pongs: five to seven seconds.
  expect(Date.now() - closed).toBeLessThan(4_000);
  say('after');
  await answered('after');
});

it('tries again where the token is refused, and says so once', async () => {
  await start();
  slack.fault('apps.connections.open', { error: 'invalid_auth' }, 3);
  socket.connections[0]?.terminate();
  await expect.poll(ready).toBe('not ready: socket\n');
  await connections(2);
  await expect.poll(ready).toBe('ready\n');
  say('back');
  await answered('back');
  expect(slack.callsOf('apps.connections.open')).toHaveLength(5);
  expect(complaints()).toMatchObject([
    { code: 'invalid_auth', msg: expect.stringContaining('SLACK_APP_TOKEN') },
  ]);
});

it('takes another connection where hello, the WebSocket or its address never comes', async () => {
  await start();
  socket.stall = 'hello';
  socket.connections[0]?.terminate();
  await connections(2);
  socket.stall = 'upgrade';
  await expect.poll(() => slack.callsOf('apps.connections.open').length).toBe(3);
  socket.stall = null;
  await connections(3);
  await expect.poll(ready).toBe('ready\n');

  slack.fault('apps.connections.open', { hold: new Promise(() => {}) });
  socket.connections[2]?.terminate();
  await connections(4);
  await expect.poll(ready).toBe('ready\n');
  say('here');
  await answered('here');
});

it('takes another connection where no pong comes back', async () => {
  await start();
  socket.swallow();
  await connections(2);
  say('swallowed?');
  await answered('swallowed?');
  expect(await ready()).toBe('ready\n');
});

it('starts without hello, and hears once it comes', async () => {
  socket.stall = 'hello';
  await start();
  expect(await ready()).toBe('not ready: socket\n');
  socket.stall = null;
  await expect.poll(ready).toBe('ready\n');
  say('at last');
  await answered('at last');
});
