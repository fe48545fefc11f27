/** What the page is sent and draws again: only what is new, however much has been said before. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeState } from '../../src/sandbox/page/merge-state.ts';
import type { WorkspaceState } from '../../src/sandbox/protocol.ts';
import { type Demo, startDemo } from '../support/browser-demo-app.ts';

const SAID = 300;
let demo: Demo;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bigplan-memory-'));
  demo = await startDemo({ memoryFile: join(folder, 'sandbox.json') });
  const { conversations } = demo.sandbox.desk.workspace;
  const text = { type: 'mrkdwn' as const, text: '*Tuesday* · 31 calls · 2 demos. '.repeat(20) };
  for (let i = 0; i < SAID; i += 1)
    conversations.postAsApp('U0DANA', { text: `${i}`, blocks: [{ type: 'section', text }] });
});
afterAll(async () => {
  await demo.stop();
  await rm(folder, { recursive: true });
});

async function ask(since?: string): Promise<{ state: WorkspaceState; bytes: number }> {
  const query = new URLSearchParams({ as: 'dana', ...(since ? { since } : {}) });
  const text = await (await fetch(`${demo.address}/sandbox/state?${query}`)).text();
  return { state: JSON.parse(text), bytes: text.length };
}
const messagesOf = ({ conversations, app }: WorkspaceState) =>
  conversations.find(({ id }) => id === app.channel)?.messages ?? [];
const workspace = () => demo.sandbox.desk.workspace;

describe('after 300 messages', () => {
  it('a page gets one more message, not all of them again', async () => {
    const before = await ask();
    expect(messagesOf(before.state)).toHaveLength(SAID);
    workspace().conversations.postAsApp('U0DANA', { text: 'One more' });
    const next = await ask(before.state.stamp);
    expect(messagesOf(next.state).map(({ text }) => text)).toEqual(['One more']);
    expect(next.bytes).toBeLessThan(before.bytes / 20);
    const merged = mergeState(before.state, next.state);
    expect(merged && messagesOf(merged)).toEqual(messagesOf((await ask()).state));
  });

  it('what has not changed stays the same object, so that it is not drawn again', async () => {
    const before = await ask();
    const [first] = workspace().conversations.in(before.state.app.channel);
    if (!first) throw new Error('nothing was said');
    workspace().conversations.updateAsApp(first.channel, first.ts, { text: 'Changed' });
    const merged = mergeState(before.state, (await ask(before.state.stamp)).state);
    if (!merged) throw new Error('it did not go on from there');
    const held = new Set(messagesOf(before.state));
    const drawn = messagesOf(merged).filter((message) => !held.has(message));
    expect(drawn.map(({ text }) => text)).toEqual(['Changed']);
    for (const { id, messages } of merged.conversations.filter((one) => one.id !== first.channel))
      expect(messages).toBe(before.state.conversations.find((one) => one.id === id)?.messages);
  });

  it('a reply changes the message that it answers; what is removed goes', async () => {
    const before = await ask();
    const [root, gone] = messagesOf(before.state).slice(-2);
    if (!root || !gone) throw new Error('nothing was said');
    const { conversations } = workspace();
    conversations.postAsApp('U0DANA', { text: 'A reply', thread_ts: root.ts });
    conversations.removeAsApp(gone.channel, gone.ts);
    const next = (await ask(before.state.stamp)).state;
    expect(messagesOf(next).map(({ text, replies }) => [text, replies])).toEqual([
      [root.text, 1],
      ['A reply', 0],
    ]);
    const merged = mergeState(before.state, next);
    expect(merged && messagesOf(merged)).toEqual(messagesOf((await ask()).state));
  });

  it('somebody else’s state, or that of an earlier start, is no beginning', async () => {
    const { stamp } = (await ask()).state;
    for (const other of [stamp.replace('U0DANA', 'U0MAX'), `earlier${stamp}`, 'nonsense', '']) {
      const { state } = await ask(other);
      expect(state.since).toBeNull();
      expect(messagesOf(state).length).toBeGreaterThan(SAID - 1);
    }
    const { state } = await ask();
    expect(mergeState(undefined, { ...state, since: stamp })).toBeNull();
  });
});

describe('the memory', () => {
  it('writes a picture once, however often something is said after it', async () => {
    const content = Buffer.alloc(200_000, 7);
    const { id } = workspace().files.add('chart.png', content);
    await fetch(`${demo.address}/sandbox/read`, {
      method: 'POST',
      body: JSON.stringify({ as: 'dana', channel: 'C0GENERAL' }),
    });
    const file = join(folder, 'sandbox.json');
    const apart = `${file}.files`;
    await expect.poll(() => readdir(apart).catch(() => [])).toContain(id);
    const written = (await stat(join(apart, id))).mtimeMs;
    workspace().conversations.postAsApp('U0DANA', { text: 'After it' });
    await demo.sandbox.stop();
    const text = await readFile(file, 'utf8');
    expect(text).toContain('After it');
    expect(text).not.toContain(content.toString('base64').slice(0, 100));
    expect((await stat(join(apart, id))).mtimeMs).toBe(written);
    const later = await startDemo({ memoryFile: file });
    const { files } = later.sandbox.desk.workspace;
    expect(files.get(id)?.content?.equals(content)).toBe(true);
    await later.stop();
  });
});
