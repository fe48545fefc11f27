import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkspaceState } from '../../src/sandbox/protocol.ts';
import { type Demo, startDemo } from '../support/browser-demo-app.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.stop());

/** Asks with headers that `fetch` would not let a caller set. */
const status = (base: string, path: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<number>((resolve, reject) => {
    const { port } = new URL(base);
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end(method === 'POST' ? '{"as":"dana","channel":"C0GENERAL","text":"hi"}' : undefined);
  });

describe('who may use the sandbox', () => {
  it('is this machine under its own names', async () => {
    const { port } = new URL(demo.address);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
      expect(await status(demo.address, '/', { host })).toBe(200);
  });

  it('is no other host name: a rebound one is refused on the page and on the Web API', async () => {
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', '10.0.0.5']) {
      expect(await status(demo.address, '/', { host })).toBe(403);
      expect(await status(demo.address, '/sandbox/message', { host }, 'POST')).toBe(403);
      expect(await status(demo.sandbox.slackApiUrl, '/', { host })).toBe(403);
    }
  });

  it('is no other site: its pages cannot post', async () => {
    const { host } = new URL(demo.address);
    const from = (origin: string) =>
      status(demo.address, '/sandbox/message', { host, origin }, 'POST');
    expect(await from('https://evil.example')).toBe(403);
    expect(await from('null')).toBe(403);
    expect(await from('http://127.0.0.1:1')).toBe(403);
    expect(await from(`http://${host}`)).toBe(200);
  });

  it('does not see the emulator behind it', async () => {
    const { host } = new URL(demo.sandbox.slackApiUrl);
    for (const path of ['/', '/oauth/v2/authorize', '/services/T/B/X', '/response/made-up'])
      expect(await status(demo.sandbox.slackApiUrl, path, { host })).toBe(404);
  });
});

describe('bad requests', () => {
  it('are answered, not thrown', async () => {
    const post = async (path: string, body: string) =>
      (await fetch(`${demo.address}/sandbox/${path}`, { method: 'POST', body })).status;
    expect(await post('message', 'null')).toBe(400);
    expect(await post('message', '{')).toBe(400);
    expect(await post('message', '{"as":"nobody","channel":"C0GENERAL","text":"x"}')).toBe(400);
    expect(await post('constructor', '{}')).toBe(404);
    expect((await fetch(`${demo.address}/sandbox/state`)).status).toBe(400);
    expect((await fetch(`${demo.address}/nowhere`)).status).toBe(404);
  });
});

describe('a slow app', () => {
  it('is reported as Slack reports it', async () => {
    const command = async (text: string) => {
      const answer = await fetch(`${demo.address}/sandbox/command`, {
        method: 'POST',
        body: JSON.stringify({ as: 'dana', channel: 'C0GENERAL', text }),
      });
      return answer.json();
    };
    const last = async () => {
      const answer = await fetch(`${demo.address}/sandbox/state?as=dana`);
      const { conversations } = (await answer.json()) as WorkspaceState;
      return conversations.find((one) => one.id === 'C0GENERAL')?.messages.at(-1)?.text;
    };
    const begun = Date.now();
    await command('/bigplan slow');
    expect(Date.now() - begun).toBeGreaterThanOrEqual(2900);
    expect(await last()).toBe('/bigplan failed with the error "operation_timeout".');
    await command('/nonsense');
    expect(await last()).toBe('`/nonsense` is not a valid command.');
  });
});

describe('a time that is none', () => {
  it('is refused, and the clock can still be moved', async () => {
    const move = async (body: unknown) =>
      (await fetch(`${demo.address}/sandbox/clock`, { method: 'POST', body: JSON.stringify(body) }))
        .status;
    const to = { as: 'dana', to: 'instant' };
    expect(await move({ ...to, date: '2027-01-04', time: '24:00' })).toBe(400);
    expect(await move({ ...to, date: '2027-02-30', time: '09:00' })).toBe(400);
    expect(await move({ as: 'dana', to: 'yesterday' })).toBe(400);
    expect(await move({ as: 'dana', to: 'next hour' })).toBe(200);
  });
});

describe('memory', () => {
  const day = 86_400_000;

  it('keeps every step of the clock, and so the time of each message', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bigplan-sandbox-'));
    const memoryFile = join(folder, 'sandbox.json');
    const times = async (one: Demo) => {
      const answer = await fetch(`${one.address}/sandbox/state?as=dana`);
      const { conversations, app } = (await answer.json()) as WorkspaceState;
      const direct = conversations.find((each) => each.id === app.channel);
      return direct?.messages.map(({ text, at }) => [text, at]);
    };
    try {
      const first = await startDemo({ memoryFile });
      for (const text of ['one', 'two', 'three']) {
        first.clock.moveTo(new Date(first.clock.now().getTime() + 3 * day));
        await first.app.client.chat.postMessage({ channel: 'U0DANA', text });
      }
      const before = await times(first);
      // Moved, and nothing said since.
      first.clock.moveTo(new Date(first.clock.now().getTime() + 3 * day));
      await first.stop();

      const kept = JSON.parse(await readFile(memoryFile, 'utf8'));
      const moves: { ahead: number }[] = kept.moves.slice(-4);
      const ahead = moves.map((move) => Math.round((move.ahead - (moves[0]?.ahead ?? 0)) / day));
      expect(ahead).toEqual([0, 3, 6, 9]);
      const second = await startDemo({ memoryFile });
      expect(await times(second)).toEqual(before);
      expect(second.clock.now().getTime() - Date.now()).toBeGreaterThan(11.9 * day);
      await second.stop();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('takes up a file of an earlier version, and begins anew where it is unreadable', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bigplan-sandbox-'));
    const memoryFile = join(folder, 'sandbox.json');
    try {
      const first = await startDemo({ memoryFile });
      await first.app.client.chat.postMessage({ channel: 'C0GENERAL', text: 'Long ago' });
      await first.stop();
      // As it was written when the clock was only ever moved by the page: one entry a press, two of
      // which may say the same.
      const { slack } = JSON.parse(await readFile(memoryFile, 'utf8'));
      const since = Date.now() - 1000;
      const moves = [5, 5, 7].map((days) => ({ since, ahead: days * day }));
      await writeFile(memoryFile, JSON.stringify({ version: 1, moves, slack }));
      const look = async (one: Demo) =>
        (await (await fetch(`${one.address}/sandbox/state?as=max`)).json()) as WorkspaceState;
      const texts = (seen: WorkspaceState) =>
        seen.conversations.flatMap((one) => one.messages.map((message) => message.text));

      const second = await startDemo({ memoryFile });
      const seen = await look(second);
      expect(texts(seen)).toEqual(['Long ago']);
      expect(Date.parse(seen.now) - Date.now()).toBeGreaterThan(6.9 * day);
      await second.stop();

      await writeFile(memoryFile, '{"version":1,"moves":[{');
      const third = await startDemo({ memoryFile });
      expect(texts(await look(third))).toEqual([]);
      await third.stop();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('keeps messages and the clock over a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bigplan-sandbox-'));
    const options = { memoryFile: join(folder, 'deep', 'sandbox.json') };
    const look = async (one: Demo) =>
      (await (await fetch(`${one.address}/sandbox/state?as=max`)).json()) as WorkspaceState;
    try {
      const first = await startDemo(options);
      await first.app.client.chat.postMessage({ channel: 'C0MAXTEAM', text: 'Still here' });
      await fetch(`${first.address}/sandbox/clock`, {
        method: 'POST',
        body: JSON.stringify({ as: 'max', to: 'next working morning' }),
      });
      const before = await look(first);
      await first.stop();

      const second = await startDemo(options);
      const after = await look(second);
      const texts = (seen: WorkspaceState) =>
        seen.conversations.flatMap((one) => one.messages.map((message) => message.text));
      expect(texts(before)).toEqual(['Still here']);
      expect(texts(after)).toEqual(['Still here']);
      expect(after.conversations.map((one) => one.id)).toEqual(
        before.conversations.map((one) => one.id),
      );
      expect(Date.parse(after.now)).toBeGreaterThanOrEqual(Date.parse(before.now));
      expect(second.sandbox.botToken).not.toBe(first.sandbox.botToken);
      await second.app.client.chat.postMessage({ channel: 'U0MAX', text: 'New token works' });
      await second.stop();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
