/** Buttons and forms of a former version, or of nobody: always a word and a way on, never a bug. */
import { randomUUID } from 'node:crypto';
import type { ActionsBlock, KnownBlock, ModalView } from '@slack/types';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { submitByHand } from '../support/by-hand.ts';
import { agreed, mintPair, setUpWorkspace } from '../support/plan-app.ts';
import type { Click } from '../support/slack.ts';

const WAY_ON = /`\/bigplan`|before an update/;
/** What no button of today carries, or a form's metadata. */
const GARBAGE = [
  '',
  'x',
  ':::',
  '__proto__',
  '-1',
  '9'.repeat(140),
  '2027-02-30',
  'U0NOBODY',
  `${randomUUID()}:1`,
  randomUUID(),
  'null',
  '[]',
  '{"about":null,"submissionId":null}',
  `{"about":{"versionId":"${randomUUID()}"},"submissionId":"${randomUUID()}"}`,
  '{"constructor":{"id":1}}',
  'ж'.repeat(70),
];

let app: TestApp;
let rep: string;
/** What the next test modal is. */
let view: ModalView;

beforeAll(async () => {
  app = await startTestApp();
  await setUpWorkspace(app);
  const pair = await mintPair(app);
  rep = pair.rep;
  await agreed(app, pair);
  app.bigplan.context.commands.subcommand('old', ({ open }) => open(view), 'opens what is old');
});
afterAll(() => {
  app.sendsAnything = true;
  return app.stop();
});
beforeEach(() => {
  app.logged.length = 0;
});
afterEach(async () => {
  await closeAll();
});

async function closeAll(): Promise<void> {
  while (app.slack.modal(rep)) await app.slack.closeModal(rep);
}

/** So many a button or form, and more of some. */
const few = 2;

/** Of every two pieces of garbage that this many would take, other ones for each. */
const some = (count: number, seed: number) =>
  Array.from({ length: count }, (_, i) => GARBAGE[(seed + i * 5) % GARBAGE.length] ?? '');

const plain = (text: string) => ({ type: 'plain_text' as const, text });

function button(action_id: string, value: string): ActionsBlock {
  const element = { type: 'button' as const, action_id, text: plain('Old'), value };
  return { type: 'actions', block_id: 'old', elements: [element] };
}

function select(action_id: string, value: string): ActionsBlock {
  const options = [{ text: plain('Old'), value }];
  const element = { type: 'static_select' as const, action_id, options };
  return { type: 'actions', block_id: 'old', elements: [element] };
}

const oldModal = (
  callback_id: string,
  private_metadata: string,
  blocks: KnownBlock[],
): ModalView => ({
  type: 'modal',
  callback_id,
  private_metadata,
  title: plain('Old'),
  submit: plain('Send'),
  blocks,
});

const INPUT: KnownBlock = {
  type: 'input',
  block_id: 'name:1',
  label: plain('Name'),
  optional: true,
  element: { type: 'plain_text_input', action_id: 'name' },
};

async function openOld(callback: string, metadata: string, blocks: KnownBlock[]): Promise<void> {
  await closeAll();
  view = oldModal(callback, metadata, blocks);
  await app.slack.command('/bigplan', 'old', { user: rep });
  expect(app.slack.modal(rep)?.title.text, JSON.stringify(app.logged.at(-1))).toBe('Old');
}

/** What a move of the person got them: views, messages, words; and whether it was taken for a bug. */
async function heard(move: () => Promise<{ status: number; body: unknown }>) {
  const { slack, logged } = app;
  const [calls, told] = [slack.calls.length, slack.responses.length];
  const bugs = () => logged.filter(({ msg, level }) => msg === 'A request failed' || level === 50);
  const before = bugs().length;
  const { status, body } = await move();
  const news = slack.calls
    .slice(calls)
    .filter(({ method }) => /^(views\.|chat\.)/.test(method))
    .map(({ args }) => args);
  const answers = [...news, ...slack.responses.slice(told), ...(body ? [body] : [])];
  return { status, words: answers.map((one) => JSON.stringify(one)), bugs: bugs().slice(before) };
}

type Heard = Awaited<ReturnType<typeof heard>>;

/** What was wrong about that, in a word; null: nothing. */
function wrongIn({ status, words, bugs }: Heard): string | null {
  if (status !== 200) return `status ${status}`;
  if (bugs.length > 0) return JSON.stringify(bugs).slice(0, 600);
  return words.length === 0 ? 'silence' : null;
}

/** Is kept while it is typed, and never answered with a window. */
const isTyping = (id: string) => /_typed$|^plan_field$/.test(id);

describe('every button', () => {
  /** The places in which a button of today could once have stood. */
  const PLACES: Record<string, (id: string, value: string, seed: number) => Promise<Click>> = {
    async message(id, value) {
      const { client } = app.bigplan.context;
      await closeAll();
      await client.chat.postMessage({ channel: rep, text: 'old', blocks: [button(id, value)] });
      const message = app.slack.dm(rep).at(-1);
      return { user: rep, actionId: id, ...(message && { message }) };
    },
    async modal(id, value, seed) {
      const forms = app.bigplan.context.on.forms();
      const callback = forms[seed % forms.length] ?? '';
      await openOld(callback, some(1, seed)[0] ?? '', [button(id, value), INPUT]);
      return { user: rep, actionId: id };
    },
    async choice(id, value, seed) {
      await openOld('gone', some(1, seed)[0] ?? '', [select(id, value || 'x'), INPUT]);
      return { user: rep, actionId: id, enter: value || 'x' };
    },
    async home(id, value) {
      const { client } = app.bigplan.context;
      await closeAll();
      const blocks = [button(id, value)];
      await client.views.publish({ user_id: rep, view: { type: 'home', blocks } });
      return { user: rep, actionId: id };
    },
  };

  it.each(Object.keys(PLACES))('in a %s, whatever it carries, is answered', async (place) => {
    const ids = app.bigplan.context.on.actions();
    expect(ids.length).toBeGreaterThan(50);
    const wrong: string[] = [];
    for (const [n, id] of ids.entries()) {
      for (const value of some(place === 'message' ? 2 * few : few, n)) {
        const click = await PLACES[place]?.(id, value, n);
        if (!click) throw new Error('no such place');
        const got = await heard(() => app.slack.action(click));
        const problem = wrongIn(got);
        if (problem && !(isTyping(id) && problem === 'silence')) {
          wrong.push(`${id} (${value}): ${problem}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('that nobody knows any more is answered with a way on', async () => {
    for (const id of ['gone', 'plan_gone', 'constructor', 'plan']) {
      for (const blocks of [[button(id, 'x')], [button(id, 'x'), INPUT]]) {
        await openOld('gone', '', blocks);
        const { words } = await heard(() => app.slack.action({ user: rep, actionId: id }));
        expect(words.join()).toMatch(WAY_ON);
      }
    }
  });
});

describe('every form', () => {
  it('is answered, whatever it is about', async () => {
    const ids = app.bigplan.context.on.forms();
    expect(ids.length).toBeGreaterThan(15);
    const wrong: string[] = [];
    for (const [n, id] of ids.entries()) {
      for (const metadata of some(2 * few + 1, n)) {
        for (const blocks of [[INPUT], [button('gone', 'x')]]) {
          await openOld(id, metadata, blocks);
          const got = await heard(() => app.slack.submit(rep));
          const problem = wrongIn(got);
          if (problem) wrong.push(`${id} (${metadata}, ${blocks[0]?.type}): ${problem}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('closes without a bug, whatever it is about', async () => {
    for (const [n, id] of app.bigplan.context.on.forms().entries()) {
      for (const metadata of some(few, n)) {
        await openOld(id, metadata, [INPUT]);
        view = { ...view, notify_on_close: true };
        await app.slack.command('/bigplan', 'old', { user: rep });
        await app.slack.closeModal(rep);
      }
    }
    expect(app.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it('that nobody knows any more says so, and keeps what was typed', async () => {
    await openOld('gone', '', [INPUT]);
    const { body } = await app.slack.submit(rep, { name: 'typed' });
    expect(body).toMatchObject({
      response_action: 'errors',
      errors: { 'name:1': expect.stringMatching(WAY_ON) },
    });
    await openOld('gone', '', [button('x', 'x')]);
    const { body: pushed } = await app.slack.submit(rep);
    expect(pushed).toMatchObject({ response_action: 'push' });
    expect(JSON.stringify(pushed)).toMatch(WAY_ON);
  });

  it('opened before forms had ids asks to be opened again', async () => {
    await app.slack.command('/bigplan', 'away', { user: rep });
    const open = structuredClone(app.slack.modal(rep));
    if (!open) throw new Error('no form');
    const { about } = JSON.parse(open.private_metadata ?? '{}');
    const typed = { from: '2027-02-01', to: '2027-02-02' };
    for (const former of [JSON.stringify(about), JSON.stringify({ about, submissionId: null })]) {
      const view = { ...open, private_metadata: former };
      const { status, body } = await submitByHand(app, rep, view, typed);
      expect(status).toBe(200);
      expect(body).toMatchObject({ response_action: 'errors' });
      expect(JSON.stringify(body)).toMatch(WAY_ON);
    }
    expect(await app.db.timeOff.count()).toBe(0);
  });
});
