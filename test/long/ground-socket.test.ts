import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';
import { type Bigplan, startBigplan } from '../../src/main.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { type FakeSlack, startFakeSlack, TEAM } from '../support/slack.ts';
import { type SlackSocket, socketSettings, startSlackSocket } from '../support/slack-socket.ts';

const logged: Record<string, unknown>[] = [];

let slack: FakeSlack;
let socket: SlackSocket;
let test: TestDb;
let bigplan: Bigplan;

const log = createLog('info', { write: (line) => void logged.push(JSON.parse(line)) });

beforeAll(async () => {
  slack = await startFakeSlack();
  socket = await startSlackSocket();
  slack.answer('apps.connections.open', () => ({ url: socket.url }));
  test = await createTestDb();
  bigplan = await startBigplan(socketSettings(slack.apiUrl, test.url), { log, host: '127.0.0.1' });
});
afterAll(async () => {
  await bigplan.stop();
  await socket.stop();
  await slack.stop();
  await test.drop();
});

const ready = async () => (await fetch(`${bigplan.url}/readyz`)).text();
const command = (text: string) => ({
  command: '/bigplan',
  text,
  user_id: 'U0REP',
  team_id: TEAM,
  channel_id: 'C0GENERAL',
  response_url: `${slack.apiUrl.replace('/api/', '')}/response/R0`,
  trigger_id: '1.1',
});

describe('Socket Mode', () => {
  it('connects with the app token at SLACK_API_URL before it is ready', async () => {
    expect(await ready()).toBe('ready\n');
    expect(slack.callsOf('apps.connections.open')).toMatchObject([{ token: 'xapp-1' }]);
    expect((await fetch(`${bigplan.url}/slack/events`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${bigplan.url}/healthz`)).status).toBe(200);
  });

  it('hands envelopes to the same listeners and acknowledges each', async () => {
    let args = '';
    bigplan.context.commands.subcommand(
      'socket',
      async (request) => {
        args = request.args;
      },
      'says what it got',
    );
    socket.send('slash_commands', 'E1', command('socket 25 calls'));
    await expect.poll(() => socket.answerTo('E1')).toEqual({ envelope_id: 'E1', payload: {} });
    await expect.poll(() => args).toBe('25 calls');

    const event = { type: 'user_change', user: { id: 'U0REP' } };
    socket.send('events_api', 'E2', {
      type: 'event_callback',
      event_id: 'Ev1',
      team_id: TEAM,
      event,
    });
    await expect.poll(() => socket.answerTo('E2')).toBeDefined();
  });

  it('answers a submission that fails under its first input', async () => {
    bigplan.context.app.view('socket-form', async () => {
      throw new Error('a bug');
    });
    socket.send('interactive', 'E3', {
      type: 'view_submission',
      team: { id: TEAM },
      user: { id: 'U0REP' },
      view: {
        type: 'modal',
        callback_id: 'socket-form',
        blocks: [{ type: 'input', block_id: 'name:1' }],
        state: { values: {} },
      },
    });
    await expect
      .poll(() => socket.answerTo('E3')?.payload)
      .toEqual({
        response_action: 'errors',
        errors: { 'name:1': expect.stringMatching(/^Something broke on our side/) },
      });
  });

  it('lives on after what Slack would never send', async () => {
    for (const payload of [null, [], 7, {}, { type: 'block_actions', actions: [{}] }]) {
      socket.send('interactive', `odd-${JSON.stringify(payload)}`, payload as object);
    }
    socket.send('slash_commands', 'E4', command('help'));
    await expect.poll(() => socket.answerTo('E4')).toBeDefined();
  });

  it('comes back when Slack renews the connection, and when it breaks', async () => {
    // Slack asks for a new connection; the old one is there until it is closed.
    const { connections } = socket;
    const before = connections.length;
    socket.refresh();
    await expect.poll(() => connections.length, { timeout: 15_000 }).toBe(before + 1);
    await expect.poll(ready, { timeout: 5_000 }).toBe('ready\n');

    slack.fault('apps.connections.open', { status: 500 });
    for (const connection of connections) connection.terminate();
    await expect.poll(ready, { timeout: 5_000 }).toBe('not ready: socket\n');
    await expect.poll(() => connections.length, { timeout: 20_000 }).toBe(before + 2);
    await expect.poll(ready, { timeout: 5_000 }).toBe('ready\n');
    socket.send('slash_commands', 'E5', command('help'));
    await expect.poll(() => socket.answerTo('E5')).toBeDefined();
  });

  it('finishes what is under way, then closes the connection', async () => {
    let started = false;
    let done = false;
    bigplan.context.app.action('slow', async ({ ack }) => {
      started = true;
      await new Promise((settle) => setTimeout(settle, 500));
      await ack();
      done = true;
    });
    socket.send('interactive', 'E6', {
      type: 'block_actions',
      team: { id: TEAM },
      user: { id: 'U0REP' },
      actions: [{ type: 'button', action_id: 'slow', block_id: 'b' }],
    });
    await expect.poll(() => started).toBe(true);
    const last = socket.connections.at(-1);
    await bigplan.stop();
    await expect.poll(() => last?.readyState).not.toBe(last?.OPEN);
    expect(done).toBe(true);
    expect(socket.answerTo('E6')).toBeDefined();
    expect(JSON.stringify(logged)).not.toMatch(/xapp-1|25 calls/);
  });
});

it('refuses to start with an app token that Slack refuses', async () => {
  const database = await createTestDb();
  slack.fault('apps.connections.open', { error: 'invalid_auth' });
  const started = startBigplan(socketSettings(slack.apiUrl, database.url), {
    log,
    host: '127.0.0.1',
  });
  await expect(started).rejects.toThrow('SLACK_APP_TOKEN is refused by Slack');
  await database.drop();
});
