import type { ModalView } from '@slack/types';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

const REP = 'U0REP';
const BROKEN = /^Something broke on our side \(ref ([2-9A-Z]{4})\)\. /;

let app: TestApp;
/** What the next listener does, before its acknowledgement or after it. */
let behave: () => unknown = () => {};

beforeAll(async () => {
  app = await startTestApp();
  const { app: bolt, commands, client } = app.bigplan.context;
  commands.subcommand('break', async () => behave(), 'breaks');
  commands.subcommand('form', ({ args, open }) => open(form(args)), 'opens a form');
  bolt.action('acked', async ({ ack }) => {
    await ack();
    await behave();
  });
  bolt.action('unacked', async () => void (await behave()));
  bolt.action('push', async ({ ack, body }) => {
    await ack();
    if (!('trigger_id' in body)) throw new Error('no trigger');
    await client.views.push({ trigger_id: body.trigger_id, view: form('input') });
    await behave();
  });
  bolt.view('form', async ({ ack }) => {
    await behave();
    await ack();
  });
  bolt.event('app_home_opened', async () => void (await behave()));
});
afterAll(() => app.stop());
afterEach(() => {
  behave = () => {};
  app.slack.clearFaults();
  app.logged.length = 0;
});

function form(kind: string): ModalView {
  const text = (text: string) => ({ type: 'plain_text' as const, text });
  return {
    type: 'modal',
    callback_id: 'form',
    title: text('Form'),
    submit: text('Send'),
    blocks: [
      {
        type: 'actions',
        block_id: 'buttons',
        elements: ['acked', 'unacked', 'push', 'unknown'].map((action_id) => ({
          type: 'button' as const,
          action_id,
          text: text(action_id),
        })),
      },
      ...(kind === 'input'
        ? [
            {
              type: 'input' as const,
              block_id: 'name:1',
              label: text('Name'),
              element: { type: 'plain_text_input' as const, action_id: 'name' },
            },
          ]
        : []),
    ],
  };
}

const command = (text: string) => app.slack.command('/bigplan', text, { user: REP });
const press = (actionId: string) => app.slack.action({ user: REP, actionId });
const bug = () => {
  throw new TypeError('a bug with xoxb-1-abc');
};
const refuse = () => {
  throw new UserError('too_late', 'That plan is signed already.');
};
const logged = (message: string) => app.logged.find((line) => line.msg === message);
const words = (view: ModalView | undefined) => JSON.stringify(view?.blocks);

describe('a bug', () => {
  it('in a command is told to the person alone, with the reference that the log has', async () => {
    behave = bug;
    expect((await command('break 120000')).status).toBe(200);
    const { user, text, body } = app.slack.responses.at(-1) ?? {};
    const ref = BROKEN.exec(text ?? '')?.[1];
    expect(user).toBe(REP);
    expect(body).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    expect(logged('A request failed')).toMatchObject({
      ref,
      kind: 'command /bigplan',
      person: REP,
    });
    expect(JSON.stringify(app.logged)).not.toMatch(/120000|xoxb-1/);
  });

  it.each(['acked', 'unacked'])(
    'behind a button of a modal (%s) leaves the form below',
    async (id) => {
      await command('form input');
      app.slack.fill(REP, { name: 'typed' });
      behave = bug;
      expect((await press(id)).status).toBe(200);
      expect(app.slack.modals(REP)).toHaveLength(2);
      expect(words(app.slack.modal(REP))).toMatch(/Something broke on our side/);
      await app.slack.closeModal(REP);
      behave = () => {};
      expect((await app.slack.submit(REP)).status).toBe(200);
    },
  );

  it('after the trigger was used comes as a DM', async () => {
    await command('form input');
    behave = bug;
    await press('push');
    expect(app.slack.modals(REP)).toHaveLength(2);
    expect(app.slack.dm(REP).at(-1)?.text).toMatch(BROKEN);
  });

  it('behind a button of a message is told to the person alone', async () => {
    const { client } = app.bigplan.context;
    const { blocks } = form('plain');
    await client.chat.postMessage({ channel: REP, text: 'buttons', blocks });
    const message = app.slack.dm(REP).at(-1);
    if (!message) throw new Error('no message');
    behave = bug;
    await app.slack.action({ user: REP, actionId: 'acked', message });
    expect(app.slack.responses.at(-1)?.text).toMatch(BROKEN);
  });

  it('in a submission stands under the first input, and the form stays open', async () => {
    await command('form input');
    behave = bug;
    const { body } = await app.slack.submit(REP, { name: 'typed' });
    expect(body).toMatchObject({
      response_action: 'errors',
      errors: { 'name:1': expect.stringMatching(/ref .*What you typed is still here/) },
    });
    expect(app.slack.took()).toBeLessThan(1000);
    expect(app.slack.modal(REP)?.callback_id).toBe('form');
  });

  it('in a submission without inputs stands on a view above it', async () => {
    await command('form plain');
    behave = bug;
    expect((await app.slack.submit(REP)).body).toMatchObject({ response_action: 'push' });
    expect(app.slack.modals(REP)).toHaveLength(2);
  });

  it('for Home is only logged', async () => {
    behave = bug;
    // Home itself is shown by another listener, which this bug leaves alone.
    const told = () => app.slack.calls.filter(({ method }) => /^(chat|views\.open)/.test(method));
    const before = told().length;
    expect((await app.slack.openHome(REP)).status).toBe(200);
    expect(logged('A request failed')).toMatchObject({ kind: 'event app_home_opened' });
    expect(told()).toHaveLength(before);
  });

  it('is logged even where the person cannot be told', async () => {
    await command('form input');
    behave = bug;
    app.slack.fault('views.push', { status: 500 });
    app.slack.fault('chat.postMessage', { error: 'channel_not_found' });
    expect((await press('acked')).status).toBe(200);
    expect(logged('A request failed')).toBeDefined();
    expect(logged('The person could not be told')).toBeDefined();
  });
});

describe('something the person can put right', () => {
  it('is said in its own words, without a reference', async () => {
    behave = refuse;
    await command('break');
    expect(app.slack.responses.at(-1)?.text).toBe('That plan is signed already.');
    await command('form input');
    expect((await app.slack.submit(REP, { name: 'x' })).body).toEqual({
      response_action: 'errors',
      errors: { 'name:1': 'That plan is signed already.' },
    });
    expect(logged('A request was refused')).toMatchObject({ code: 'too_late' });
    expect(logged('A request failed')).toBeUndefined();
  });

  it('includes a form that came too late for Slack', async () => {
    app.slack.fault('views.open', { error: 'expired_trigger_id' });
    await command('form input');
    expect(app.slack.responses.at(-1)?.text).toMatch(/Once more\?$/);
  });
});

describe('an acknowledgement', () => {
  it('comes in time though the work behind a button goes on', async () => {
    await command('form input');
    let done = false;
    behave = async () => {
      await new Promise((settle) => setTimeout(settle, 3_300));
      done = true;
    };
    const { status, ms } = await press('unacked');
    expect(status).toBe(200);
    expect(ms).toBeGreaterThan(2_400);
    expect(app.slack.took()).toBeLessThan(3_250);
    await expect.poll(() => done).toBe(true);
  });

  it('comes for a button that nobody listens to any more', async () => {
    await command('form input');
    const { status } = await press('unknown');
    expect(status).toBe(200);
    expect(app.slack.took()).toBeLessThan(2_000);
  });

  it('of a form whose work takes too long keeps it open, and says so', async () => {
    await command('form input');
    let done = false;
    behave = async () => {
      await new Promise((settle) => setTimeout(settle, 3_300));
      done = true;
    };
    // An empty answer would close the form and lose what was typed.
    const { status, body } = await app.slack.submit(REP, { name: 'x' });
    expect(status).toBe(200);
    expect(body).toEqual({
      response_action: 'errors',
      errors: { 'name:1': expect.stringMatching(/^Bigplan is slow just now\. What you typed is/) },
    });
    await expect.poll(() => done).toBe(true);
    expect((await fetch(`${app.bigplan.url}/healthz`)).status).toBe(200);
  });
});

describe('/bigplan', () => {
  it('says in short what there is, and offers the nearest to an unknown word', async () => {
    const told = () => {
      const { text = '', body } = app.slack.responses.at(-1) ?? {};
      return { text, blocks: JSON.stringify(body?.blocks), type: body?.response_type };
    };
    for (const text of ['help', ' HELP ']) {
      const before = app.slack.responses.length;
      await command(text);
      expect(app.slack.responses).toHaveLength(before + 1);
      expect(told().type).toBe('ephemeral');
      expect(told().text).toContain('`/bigplan` your plan, where you left it');
    }
    await command('pipline 300k');
    expect(told().text).toBe("I don't know “pipline”. Did you mean `/bigplan pipeline`?");
    expect(told().blocks).toContain('Yes, /bigplan pipeline');
    expect(told().blocks, 'words are no id').not.toContain('300k');
    await command('dance with <!channel>');
    expect(told().text).toBe("I don't know “dance”.");
    expect(told().blocks).toContain('"value":"help"');
    await command('<!channel>');
    expect(told().text).toContain("I don't know “&lt;!channel&gt;”");
    await command('how am I doing?');
    expect(told().text).toContain('There is no plan yet to stand by.');
    await command('25 calls');
    expect(told().blocks).toContain('Log “25 calls”');
  });

  it('hands over what follows the word as it was typed', async () => {
    let got = '';
    app.bigplan.context.commands.subcommand(
      'echo',
      async ({ args }) => {
        got = args;
      },
      'echoes',
    );
    await command('  Echo   25 calls,\n 2  demos  ');
    expect(got).toBe('25 calls,\n 2  demos');
  });
});
