/** Views open at once whatever the machine does, and what stands there is never older than what stood there. */
import type { KnownBlock } from '@slack/types';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { action } from '../../src/slack/action.ts';
import { actions, button, section } from '../../src/slack/blocks.ts';
import { modal } from '../../src/slack/surfaces.ts';
import type { Making } from '../../src/slack/views.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import type { SlackMessage } from '../support/slack.ts';
import { stopwatch } from '../support/stopwatch.ts';

const REP = 'U0REP';
const WAITING = /One moment|Busy just now: your form comes in a moment/;
const BROKEN = /Something broke on our side \(ref [2-9A-Z]{4}\)\. Try again/;

const opens = action('test_opens');
const pushes = action('test_pushes');
const changes = action('test_changes');
const BUTTONS = actions([
  button('Open', opens.with()),
  button('Push', pushes.with()),
  button('Change', changes.with()),
]);

let app: TestApp;
/** How the next views are made. */
let making: () => ReturnType<typeof view> | Promise<ReturnType<typeof view>>;
/** What comes before a view is asked for, such as the time that a trigger loses in a queue. */
let before = async () => {};
/** The modal in which something was last to be changed. */
let changing = '';

const view = (words: string) =>
  modal({ title: 'Made', callbackId: 'test', close: 'Close', blocks: [section(words), BUTTONS] });

beforeAll(async () => {
  app = await startTestApp();
  const { commands, on } = app.bigplan.context;
  const show = async (open: (making: Making<ReturnType<typeof view>>) => Promise<void>) => {
    await before();
    await open(() => making());
  };
  commands.subcommand('slow', ({ open }) => show(open), 'takes its time');
  commands.subcommand('quick', ({ open }) => open(view('quick')), 'opens at once');
  on.click(opens, ({ open }) => show(open));
  on.click(pushes, ({ showOver }) => show(showOver));
  on.click(changes, ({ view, update }) => {
    changing = view?.id ?? '';
    return show(update);
  });
});
afterAll(() => app.stop());
afterEach(async () => {
  before = async () => {};
  app.slack.clearFaults();
  while (app.slack.modal(REP)) await app.slack.closeModal(REP);
});

const words = () => JSON.stringify(app.slack.modal(REP)?.blocks ?? null);
const quick = () => app.slack.command('/bigplan', 'quick', { user: REP });
const press = (actionId: string, message?: SlackMessage) =>
  app.slack.action({ user: REP, actionId, ...(message && { message }) });
/** Warnings and errors, as the log numbers them. */
const troubles = () => app.logged.filter(({ level }) => Number(level) >= 40);

async function inMessage(): Promise<SlackMessage> {
  const { client } = app.bigplan.context;
  await client.chat.postMessage({ channel: REP, text: 'buttons', blocks: [BUTTONS] });
  const message = app.slack.dm(REP).at(-1);
  if (!message) throw new Error('no message');
  return message;
}

/** Ephemeral words as a message to press on. */
function told(): SlackMessage {
  const { text = '', body } = app.slack.responses.at(-1) ?? {};
  const blocks = (body?.blocks ?? []) as KnownBlock[];
  return { channel: 'C0GENERAL', ts: '1.000001', text, blocks, ephemeralFor: REP };
}

/** Every way to a view that is opened or pushed: where one comes from, and the press. */
const WAYS: Record<string, { call: string; from(): Promise<() => Promise<unknown>> }> = {
  'a command': {
    call: 'views.open',
    from: async () => () => app.slack.command('/bigplan', 'slow', { user: REP }),
  },
  'a button in a message': {
    call: 'views.open',
    async from() {
      const message = await inMessage();
      return () => press('test_opens', message);
    },
  },
  'a button in Home': {
    call: 'views.open',
    async from() {
      const { client } = app.bigplan.context;
      await client.views.publish({ user_id: REP, view: { type: 'home', blocks: [BUTTONS] } });
      return () => press('test_opens');
    },
  },
  'a button in a modal': {
    call: 'views.push',
    async from() {
      await quick();
      return () => press('test_pushes');
    },
  },
};

describe('what comes while four others are made', () => {
  const OTHERS = ['U0ONE', 'U0TWO', 'U0THREE', 'U0FOUR'];
  const inFront = (user: string) => JSON.stringify(app.slack.modal(user)?.blocks ?? null);

  /** Four whose views aren't ready, with the placeholders that they wait in. */
  async function fourUnderWay() {
    let made: (what: ReturnType<typeof view>) => void = () => {};
    const awaited = new Promise<ReturnType<typeof view>>((resolve) => {
      made = resolve;
    });
    making = () => awaited;
    const done = OTHERS.map((user) => app.slack.command('/bigplan', 'slow', { user }));
    for (const user of OTHERS) await eventually(() => expect(inFront(user)).toMatch(WAITING));
    return async () => {
      made(view('theirs'));
      await Promise.all(done);
    };
  }

  it('waits in a placeholder at once, and is made when one of them is ready', async () => {
    const finish = await fourUnderWay();
    const before = app.slack.callsOf('views.open').length;
    const done = quick();
    await eventually(() => expect(words()).toMatch(WAITING));
    expect(JSON.stringify(app.slack.callsOf('views.open')[before]?.args)).toMatch(WAITING);
    await finish();
    await done;
    expect(words()).toMatch(/quick/);
    for (const user of OTHERS) {
      expect(inFront(user)).toMatch(/theirs/);
      await app.slack.closeModal(user);
    }
  });

  it('waits no longer than one may take that hangs', async () => {
    const finish = await fourUnderWay();
    const done = quick();
    await eventually(() => expect(words()).toMatch(WAITING));
    await eventually(() => expect(words()).toMatch(/quick/));
    for (const user of OTHERS) expect(inFront(user)).toMatch(WAITING);
    await finish();
    await done;
    for (const user of OTHERS) await app.slack.closeModal(user);
  });
});

describe.each(Object.entries(WAYS))('what is slow, behind %s', (_, { call, from }) => {
  /** Presses, and waits until something else than before stands in front. */
  async function pressed() {
    let made: (what: ReturnType<typeof view> | Error) => void = () => {};
    const awaited = new Promise<ReturnType<typeof view>>((resolve, reject) => {
      made = (what) => (what instanceof Error ? reject(what) : resolve(what));
    });
    making = () => awaited;
    const press = await from();
    const [before, took] = [app.slack.callsOf(call).length, stopwatch()];
    const done = press();
    await eventually(() => expect(app.slack.callsOf(call).length).toBe(before + 1));
    const ms = took();
    await eventually(() => expect(words()).toMatch(WAITING));
    app.logged.length = 0;
    return { made, done, ms };
  }

  it('opens within a second, and shows what came then', async () => {
    const { made, done, ms } = await pressed();
    expect(ms).toBeLessThan(1_000);
    made(view('here it is'));
    await done;
    expect(words()).toMatch(/here it is/);
    expect(app.slack.modal(REP)?.title.text).toBe('Made');
    expect(troubles()).toEqual([]);
  });

  it('says there what the person can put right', async () => {
    const { made, done } = await pressed();
    made(new UserError('too_late', 'That plan is signed already.'));
    await done;
    expect(words()).toMatch(/That plan is signed already/);
    expect(words()).not.toMatch(WAITING);
    expect(troubles()).toEqual([]);
  });

  it('says there that it broke, with a reference', async () => {
    const { made, done } = await pressed();
    made(new TypeError('a bug'));
    await done;
    expect(words()).toMatch(BROKEN);
    expect(troubles()).toEqual([expect.objectContaining({ msg: 'A request failed' })]);
  });

  it('says so where Slack doesn’t take the view', async () => {
    const { made, done } = await pressed();
    app.slack.fault('views.update', { status: 500 });
    made(view('never seen'));
    await done;
    expect(words()).toMatch(BROKEN);
  });

  it('says so elsewhere where the view can’t be changed at all', async () => {
    const { made, done } = await pressed();
    app.slack.fault('views.update', { status: 500 }, 2);
    const said = () => [...app.slack.responses, ...app.slack.dm(REP)];
    const before = said();
    made(view('never seen'));
    await done;
    const news = said().filter((one) => !before.some(({ text }) => text === one.text));
    expect(news.map(({ text }) => text)).toEqual([expect.stringMatching(BROKEN)]);
  });

  it.each([
    ['is made', () => view('too late')],
    ['is refused', () => new UserError('gone', 'It is gone.')],
  ])('that was closed before it %s is nobody’s trouble', async (_, what) => {
    const { made, done } = await pressed();
    const closed = app.slack.closeModal(REP);
    const left = words();
    const told = app.slack.responses.length + app.slack.dm(REP).length;
    made(what());
    await Promise.all([done, closed]);
    expect(words()).toBe(left);
    expect(app.slack.responses.length + app.slack.dm(REP).length).toBe(told);
    expect(troubles()).toEqual([]);
  });

  it('that was closed before it broke is logged, once', async () => {
    const { made, done } = await pressed();
    const closed = app.slack.closeModal(REP);
    made(new TypeError('a bug'));
    await Promise.all([done, closed]);
    expect(troubles()).toEqual([expect.objectContaining({ msg: 'A request failed' })]);
  });
});

describe('a trigger that was too old', () => {
  const late = async () => app.slack.ageTriggers(3_001);

  it('after a command is answered with a button that opens it, slow or quick', async () => {
    making = () => view('after all');
    before = late;
    await app.slack.command('/bigplan', 'slow', { user: REP });
    expect(app.slack.modal(REP)).toBeUndefined();
    expect(told().text).toMatch(/Once more\?$/);
    expect(JSON.stringify(told().blocks)).toContain('Once more?');
    // The second time may be too late as well: there is a way on again.
    await press('command_again', told());
    expect(app.slack.modal(REP)).toBeUndefined();
    before = async () => {};
    await press('command_again', told());
    expect(words()).toMatch(/after all/);
  });

  it('after a button in a message, too', async () => {
    making = () => view('after all');
    before = late;
    await press('test_opens', await inMessage());
    expect(app.slack.modal(REP)).toBeUndefined();
    before = async () => {};
    await press('test_opens', told());
    expect(words()).toMatch(/after all/);
  });

  it('after a button in Home is answered in the DM', async () => {
    making = () => view('after all');
    const pressHome = await WAYS['a button in Home']?.from();
    before = late;
    await pressHome?.();
    expect(app.slack.modal(REP)).toBeUndefined();
    const message = app.slack.dm(REP).at(-1);
    expect(message?.text).toMatch(/Once more\?$/);
    before = async () => {};
    await press('test_opens', message);
    expect(words()).toMatch(/after all/);
  });

  it('in a modal is told, and what is open stays', async () => {
    making = () => view('never seen');
    await quick();
    before = late;
    await press('test_pushes');
    expect(app.slack.modals(REP)).toHaveLength(1);
    expect(words()).toMatch(/quick/);
    expect(app.slack.dm(REP).at(-1)?.text).toMatch(/Once more\?$/);
  });
});

describe('a view that is changed', () => {
  /** Something else changes it meanwhile, as a refresh would. */
  const meanwhile = (words: string) =>
    app.bigplan.context.client.views.update({ view_id: changing, view: view(words) });

  it('goes out with the hash that was seen', async () => {
    making = () => view('changed');
    await quick();
    await press('test_changes');
    expect(words()).toMatch(/changed/);
    expect(app.slack.callsOf('views.update').at(-1)?.args.hash).toMatch(/./);
  });

  it('is made once more where something newer stands there', async () => {
    await quick();
    let state = 'before';
    making = async () => {
      const read = state;
      if (state === 'before') {
        state = 'after';
        await meanwhile('somebody else’s');
      }
      return view(`as it was ${read}`);
    };
    await press('test_changes');
    expect(words()).toMatch(/as it was after/);
    expect(app.slack.callsOf('views.update').at(-1)?.args.hash).toBeUndefined();
  });

  it('by two quick presses ends as the second left it, however slow the first is', async () => {
    await quick();
    let finish = () => {};
    const slow = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let [presses, makings] = [0, 0];
    before = async () => void presses++;
    making = async () => {
      const read = presses;
      makings++;
      // The first press has to make it once more, and that takes its time.
      if (makings === 1) await meanwhile('somebody else’s');
      if (makings === 2) await slow;
      return view(`state ${read}`);
    };
    const first = press('test_changes');
    await eventually(() => expect(makings).toBe(2));
    const second = press('test_changes');
    await eventually(() => expect(presses).toBe(2));
    finish();
    await Promise.all([first, second]);
    expect(words()).toMatch(/state 2/);
  });

  it('is left where it was closed meanwhile, and nobody hears of it', async () => {
    await quick();
    const told = app.slack.responses.length + app.slack.dm(REP).length;
    app.logged.length = 0;
    let closed: Promise<unknown> = Promise.resolve();
    making = async () => {
      closed = app.slack.closeModal(REP);
      return view('too late');
    };
    await press('test_changes');
    await closed;
    expect(app.slack.modal(REP)).toBeUndefined();
    expect(app.slack.responses.length + app.slack.dm(REP).length).toBe(told);
    expect(troubles()).toEqual([]);
  });
});
