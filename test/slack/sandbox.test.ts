import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceState } from '../../src/sandbox/protocol.ts';
import { actions, button, image } from '../../src/slack/blocks.ts';
import { uploadImage } from '../../src/slack/upload-image.ts';
import { type Demo, startDemo } from '../support/browser-demo-app.ts';
import { eventually } from '../support/eventually.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.stop());
beforeEach(() => {
  demo.received.length = 0;
});

const state = async (as: string): Promise<WorkspaceState> =>
  (await fetch(`${demo.address}/sandbox/state?as=${as}`)).json() as Promise<WorkspaceState>;
const post = async (path: string, body: unknown) => {
  const response = await fetch(`${demo.address}/sandbox/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const command = (as: string, text: string, channel = 'C0GENERAL') =>
  post('command', { as, channel, text });
const channel = async (as: string, id: string) => {
  const found = (await state(as)).conversations.find((one) => one.id === id);
  if (!found) throw new Error(`${as} does not see ${id}`);
  return found;
};
const openModal = async () => {
  await command('dana', '/bigplan');
  return eventually(async () => {
    const view = (await state('dana')).modals.at(-1);
    if (!view) throw new Error('no modal yet');
    return view;
  });
};
const named = (value: string) => ({ name: { name: { type: 'plain_text_input', value } } });

describe('slash commands', () => {
  it('reach the app signed and with everything Slack sends', async () => {
    expect((await command('dana', '/bigplan hello')).body).toEqual({ outcome: 'done' });
    expect(demo.received[0]).toMatchObject({
      command: '/bigplan',
      text: 'hello',
      user_id: 'U0DANA',
      team_id: 'T0SANDBOX',
      channel_id: 'C0GENERAL',
      channel_name: 'general',
      trigger_id: expect.stringMatching(/./),
      response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/response\//),
    });
    expect((await channel('dana', 'C0GENERAL')).messages.at(-1)).toMatchObject({
      text: 'Hello <@U0DANA>',
      ephemeral: true,
      user: 'U0BIGPLAN',
    });
    expect((await channel('max', 'C0GENERAL')).messages).toEqual([]);
  });

  it('name people and channels by their ids', async () => {
    await command('max', '/bigplan team @dana in #general');
    expect(demo.received[0]).toMatchObject({ text: 'team <@U0DANA|dana> in <#C0GENERAL|general>' });
  });

  it('hint at what can be asked for', async () => {
    const manifest = JSON.parse(await readFile('manifests/http.json', 'utf8'));
    expect((await state('dana')).app.commands).toMatchObject([
      { command: '/bigplan', usage: manifest.features.slash_commands[0].usage_hint },
    ]);
  });
});

describe('forms', () => {
  it('open at a command, show errors at their field and close when done', async () => {
    const view = await openModal();
    expect(view).toMatchObject({ callback_id: 'every-input', type: 'modal' });
    const submit = (values: unknown) => post('submit', { as: 'dana', view: view.id, values });
    expect((await submit(named('wrong'))).body).toEqual({
      outcome: 'errors',
      errors: { name: 'Not this.' },
    });
    expect((await state('dana')).modals).toHaveLength(1);
    expect((await submit(named('right'))).body).toEqual({ outcome: 'done' });
    expect((await state('dana')).modals).toEqual([]);
    expect(demo.received.at(-1)).toMatchObject({
      type: 'view_submission',
      user: { id: 'U0DANA' },
      view: { id: view.id, state: { values: named('right') } },
    });
  });

  it('are updated in place, pushed and cleared as the app answers', async () => {
    const first = await openModal();
    const submit = (view: string, value: string) =>
      post('submit', { as: 'dana', view, values: named(value) });
    await submit(first.id, 'more');
    const pushed = (await state('dana')).modals;
    expect(pushed.map((view) => view.callback_id)).toEqual(['every-input', 'second']);
    expect(pushed[1]).toMatchObject({ previous_view_id: first.id, root_view_id: first.id });
    await submit(pushed[1]?.id ?? '', '');
    expect((await state('dana')).modals.map((view) => view.id)).toEqual([first.id]);
    await submit(first.id, 'next');
    expect((await state('dana')).modals).toMatchObject([{ id: first.id, callback_id: 'second' }]);
    await post('close', { as: 'dana', view: first.id, values: {}, all: false });
    expect((await state('dana')).modals).toEqual([]);
    expect(demo.received.at(-1)).toMatchObject({ type: 'view_closed', is_cleared: false });
    const again = await openModal();
    await submit(again.id, 'more');
    await submit(again.id, 'clear');
    expect((await state('dana')).modals).toEqual([]);
  });

  it('may be pushed three deep, again and again', async () => {
    const first = await openModal();
    for (let round = 0; round < 4; round += 1) {
      await post('submit', { as: 'dana', view: first.id, values: named('more') });
      const [, second] = (await state('dana')).modals;
      expect(second).toBeDefined();
      await post('close', { as: 'dana', view: second?.id, values: {}, all: false });
    }
    expect((await state('dana')).modals).toHaveLength(1);
  });

  it('refuse an action that the view no longer has', async () => {
    const view = await openModal();
    const source = { kind: 'view', view_id: view.id };
    const action = { type: 'button', block_id: 'gone', action_id: 'gone' };
    const { body } = await post('action', { as: 'dana', source, action, values: {} });
    expect(body).toMatchObject({ outcome: 'trouble' });
    expect(demo.received.filter((one) => one.type === 'block_actions')).toEqual([]);
  });

  it('tell the app of a press on a button that was drawn anew meanwhile, but not of one that is gone', async () => {
    const { client } = demo.app;
    const blocks = (...values: string[]) =>
      values.map((value) => actions([button(value, { actionId: 'on', value })]));
    const { channel: dm } = await client.conversations.open({ users: 'U0PRIYA' });
    const to = dm?.id ?? '';
    const { ts = '' } = await client.chat.postMessage({
      channel: to,
      text: 'Pick',
      blocks: blocks('a', 'b'),
    });
    const source = { kind: 'message', channel: to, ts };
    const shown = (await channel('priya', to)).messages.at(-1)?.blocks?.[0];
    const action = { type: 'button', block_id: shown?.block_id, action_id: 'on', value: 'a' };
    await client.chat.update({ channel: to, ts, text: 'Pick', blocks: blocks('b', 'a') });
    const press = () => post('action', { as: 'priya', source, action, values: {} });
    expect((await press()).body).toEqual({ outcome: 'done' });
    const pressed = () => demo.received.filter((one) => one.type === 'block_actions');
    expect(pressed()).toMatchObject([{ actions: [{ action_id: 'on', value: 'a' }] }]);
    await client.chat.update({ channel: to, ts, text: 'Pick', blocks: blocks('b') });
    expect((await press()).body).toMatchObject({ outcome: 'trouble' });
    expect(pressed()).toHaveLength(1);
  });

  it('carry an uploaded file that the app can download with its token', async () => {
    const upload = await fetch(`${demo.address}/sandbox/upload?as=dana&name=renewals.csv`, {
      method: 'POST',
      body: 'Acme, 120000',
    });
    const file = (await upload.json()) as { name: string; url_private_download: string };
    expect(file.name).toBe('renewals.csv');
    const download = await fetch(file.url_private_download, {
      headers: { authorization: `Bearer ${demo.sandbox.botToken}` },
    });
    expect(await download.text()).toBe('Acme, 120000');
  });

  it('offer the options that the app supplies', async () => {
    const view = await openModal();
    const { body } = await post('suggest', {
      as: 'dana',
      source: { kind: 'view', view_id: view.id },
      place: { block_id: 'outside', action_id: 'outside', value: 'al' },
    });
    expect(body).toMatchObject([{ value: 'alpha' }]);
  });
});

describe('messages', () => {
  const press = async (as: string, ts: string, action: Record<string, unknown>) =>
    post('action', {
      as,
      source: { kind: 'message', channel: 'C0GENERAL', ts },
      action: { type: 'button', block_id: 'answers', ...action },
      values: {},
    });
  const last = async (as: string) => {
    const message = (await channel(as, 'C0GENERAL')).messages.at(-1);
    if (!message) throw new Error('no message');
    return message;
  };

  it('reach everyone through a response_url and are replaced through another', async () => {
    await command('dana', '/bigplan buttons');
    await eventually(async () => expect(await last('max')).toMatchObject({ text: 'Pick one' }));
    const message = await last('max');
    await press('max', message.ts, { action_id: 'say', value: 'yes', text: {} });
    await eventually(async () =>
      expect(await last('dana')).toMatchObject({ text: '<@U0MAX> said yes', ts: message.ts }),
    );
    expect(demo.received.at(-1)).toMatchObject({
      type: 'block_actions',
      container: { type: 'message', message_ts: message.ts, is_ephemeral: false },
      channel: { id: 'C0GENERAL', name: 'general' },
      message: { ts: message.ts, text: 'Pick one' },
      actions: [{ action_id: 'say', block_id: 'answers', value: 'yes' }],
    });
  });

  it('meant for one person stay theirs and can be deleted', async () => {
    await command('dana', '/bigplan whisper');
    await eventually(async () => expect(await last('dana')).toMatchObject({ text: 'A secret' }));
    const message = await last('dana');
    expect(message.ephemeral).toBe(true);
    expect((await last('max')).text).not.toBe('A secret');
    const block = message.blocks?.[1]?.block_id;
    await press('dana', message.ts, { action_id: 'vanish', block_id: block });
    await eventually(async () => expect(await last('dana')).not.toMatchObject({ ts: message.ts }));
  });

  it('typed to the app reach it as events, and its answer lands in the thread', async () => {
    const direct = (await state('dana')).app.channel;
    await post('message', { as: 'dana', channel: direct, text: '25 calls & <2> demos' });
    await eventually(async () => {
      const [typed, answer] = (await channel('dana', direct)).messages;
      expect(typed).toMatchObject({ user: 'U0DANA', replies: 1 });
      expect(answer).toMatchObject({
        text: 'You wrote: 25 calls &amp; &lt;2&gt; demos',
        thread_ts: typed?.ts,
      });
    });
    expect((await state('max')).conversations.map((one) => one.id)).not.toContain(direct);
  });

  it('typed to the app come with what Slack sends, in a thread too', async () => {
    const direct = (await state('lena')).app.channel;
    await post('message', { as: 'lena', channel: direct, text: 'for @dana' });
    const [typed] = (await channel('lena', direct)).messages;
    await post('message', { as: 'lena', channel: direct, text: 'again', thread: typed?.ts });
    const events = demo.received.map((one) => one.event);
    expect(events).toMatchObject([
      {
        type: 'message',
        channel_type: 'im',
        channel: direct,
        user: 'U0LENA',
        team: 'T0SANDBOX',
        text: 'for <@U0DANA>',
        ts: typed?.ts,
        event_ts: typed?.ts,
        client_msg_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
      { text: 'again', thread_ts: typed?.ts, parent_user_id: 'U0LENA' },
    ]);
    expect(events[0]).not.toHaveProperty('subtype');
    expect(events[0]).not.toHaveProperty('bot_id');
    await eventually(async () => expect((await channel('lena', direct)).messages).toHaveLength(4));
    // What the app says itself does not come back to it.
    expect(demo.received).toHaveLength(2);
  });

  it('are called edited where their text was changed, not where an app exchanged their blocks', async () => {
    const { client } = demo.app;
    const blocks = [{ type: 'divider' }];
    const said = await client.chat.postMessage({ channel: 'C0GENERAL', text: 'One', blocks });
    const ts = String(said.ts);
    const { text: before, edited } = await last('dana');
    expect([before, edited]).toEqual(['One', false]);
    await client.chat.update({ channel: 'C0GENERAL', ts, text: 'Two', blocks });
    expect(await last('dana')).toMatchObject({ ts, text: 'Two', edited: false });
    await client.chat.update({ channel: 'C0GENERAL', ts, text: 'Three' });
    expect(await last('dana')).toMatchObject({ ts, text: 'Three', edited: true });
  });

  it('have dates, times and menus that arrive with all that the message holds', async () => {
    await command('dana', '/bigplan picks');
    await eventually(async () => expect(await last('dana')).toMatchObject({ text: 'Pick some' }));
    const { ts } = await last('dana');
    const at = { type: 'timepicker', selected_time: '10:15' };
    const values = { picks: { on: { type: 'datepicker', selected_date: '2027-01-04' }, at } };
    await post('action', {
      as: 'dana',
      source: { kind: 'message', channel: 'C0GENERAL', ts },
      action: { ...at, block_id: 'picks', action_id: 'at' },
      values,
    });
    expect(demo.received.at(-1)).toMatchObject({
      type: 'block_actions',
      container: { type: 'message', message_ts: ts, channel_id: 'C0GENERAL' },
      message: { ts, blocks: [{ block_id: 'block' }, { block_id: 'picks' }] },
      state: { values },
      actions: [{ ...at, block_id: 'picks', action_id: 'at', action_ts: expect.any(String) }],
      response_url: expect.any(String),
      trigger_id: expect.any(String),
    });
  });

  it('count as unread until the conversation is looked at', async () => {
    const direct = (await state('dana')).app.channel;
    await post('read', { as: 'dana', channel: direct });
    expect((await channel('dana', direct)).unread).toBe(0);
    await demo.app.client.chat.postMessage({ channel: 'U0DANA', text: 'A nudge' });
    expect((await channel('dana', direct)).unread).toBe(1);
  });
});

describe('App Home', () => {
  it('is asked for when a person opens it', async () => {
    await post('home', { as: 'lena', tab: 'home' });
    await eventually(async () =>
      expect((await state('lena')).home).toMatchObject({ type: 'home', title: null }),
    );
    expect(demo.received[0]).toMatchObject({
      event: { type: 'app_home_opened', user: 'U0LENA', tab: 'home' },
    });
    expect((await state('dana')).home).toBeNull();
  });
});

describe('the Web API', () => {
  it('knows each person with their time zone and locale', async () => {
    const { user } = await demo.app.client.users.info({ user: 'U0LENA', include_locale: true });
    expect(user).toMatchObject({
      real_name: 'Lena Sommer',
      tz: 'Europe/Berlin',
      locale: 'de-DE',
      is_admin: false,
    });
    expect([3600, 7200]).toContain(user?.tz_offset);
    const max = await demo.app.client.users.info({ user: 'U0MAX' });
    expect(max.user).toMatchObject({ is_admin: true, tz: 'America/New_York' });
  });

  it('lets nobody in without a token that it issued', async () => {
    for (const authorization of ['', 'Bearer ', 'Bearer xoxb-made-up', 'Bearer test_token_admin']) {
      const response = await fetch(`${demo.sandbox.slackApiUrl}users.list`, {
        method: 'POST',
        headers: { authorization },
      });
      expect(await response.json()).toEqual({ ok: false, error: 'invalid_auth' });
    }
  });
});

describe('channels', () => {
  const picture = 'C0MAXTEAM';
  const CHART = Buffer.from('\x89PNG\r\n\x1a\n a chart', 'latin1');

  it('take no post of an app that nobody invited, until somebody does', async () => {
    const { client } = demo.app;
    const post = () => client.chat.postMessage({ channel: 'C0REVIEWS', text: 'Review' });
    await expect(post()).rejects.toThrow('channel_not_found');
    await expect(client.conversations.history({ channel: 'C0REVIEWS' })).rejects.toThrow(
      'channel_not_found',
    );
    await command('max', '/invite @Slackbot', 'C0REVIEWS');
    expect((await channel('max', 'C0REVIEWS')).messages.at(-1)).toMatchObject({ ephemeral: true });
    await command('max', '/invite @bigplan', 'C0REVIEWS');
    expect((await channel('max', 'C0REVIEWS')).messages.at(-1)).toMatchObject({
      user: 'U0BIGPLAN',
      text: 'was added to #sales-reviews by <@U0MAX>.',
    });
    await post();
    expect((await channel('lena', 'C0REVIEWS')).messages.at(-1)).toMatchObject({ text: 'Review' });
    await command('max', '/invite @Bigplan', 'C0REVIEWS');
    expect((await channel('max', 'C0REVIEWS')).messages.at(-1)).toMatchObject({
      text: expect.stringContaining('Only @Bigplan can be invited'),
    });
    // The app hears that it is in, once.
    expect(demo.received.map(({ event }) => event)).toEqual([
      expect.objectContaining({
        type: 'member_joined_channel',
        user: 'U0BIGPLAN',
        channel: 'C0REVIEWS',
        channel_type: 'G',
        inviter: 'U0MAX',
      }),
    ]);
  });

  it('have threads that the app finds its replies in by their metadata', async () => {
    const { client } = demo.app;
    const at = { channel: 'C0MAXTEAM', text: 'Dana · March 1:1' };
    const { ts = '' } = await client.chat.postMessage(at);
    const metadata = { event_type: 'bigplan_delivery', event_payload: { id: 'one' } };
    await client.chat.postMessage({ ...at, thread_ts: ts, text: 'Scorecard', metadata });
    const { messages } = await client.conversations.replies({
      channel: at.channel,
      ts,
      include_all_metadata: true,
    });
    expect(messages).toMatchObject([{ ts }, { text: 'Scorecard', thread_ts: ts, metadata }]);
    const history = await client.conversations.history({ channel: at.channel });
    expect(history.messages).toMatchObject([{ ts, reply_count: 1 }]);
    const shown = (await channel('lena', at.channel)).messages;
    expect(shown).toMatchObject([{ replies: 1 }, { thread_ts: ts }]);
  });

  it('show the app’s pictures, but none that aren’t in Slack', async () => {
    const { client } = demo.app;
    const id = await uploadImage(client, {
      png: CHART,
      filename: 'march.png',
      title: 'March',
      alt: 'Bookings against milestones',
    });
    const blocks = (fileId: string) => [image(fileId, 'Bookings against milestones', 'March')];
    await client.chat.postMessage({ channel: picture, text: 'March', blocks: blocks(id) });
    await expect(
      client.chat.postMessage({ channel: picture, text: 'March', blocks: blocks('F0NOWHERE') }),
    ).rejects.toThrow('invalid_blocks');
    const file = await fetch(`${demo.address}/sandbox/files/${id}`);
    expect(file.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await file.arrayBuffer())).toEqual(CHART);
    expect((await channel('max', picture)).messages.at(-1)?.blocks).toMatchObject(blocks(id));
  });
});

describe('the clock', () => {
  it('moves forward only and gives new messages its time', async () => {
    const before = Date.parse((await state('dana')).now);
    await post('clock', { as: 'dana', to: 'next hour' });
    const after = Date.parse((await state('dana')).now);
    expect(after - before).toBeGreaterThanOrEqual(3_600_000);
    expect(demo.clock.now().getTime()).toBeGreaterThanOrEqual(after);
    await post('message', { as: 'dana', channel: 'C0GENERAL', text: 'later' });
    const { messages } = await channel('dana', 'C0GENERAL');
    expect(Date.parse(messages.at(-1)?.at ?? '')).toBeGreaterThanOrEqual(after);
    expect(Date.parse(messages.at(0)?.at ?? '')).toBeLessThan(after - 3_000_000);
    const back = { as: 'dana', to: 'instant', date: '2020-01-01', time: '09:00' };
    expect((await post('clock', back)).body).toMatchObject({ outcome: 'trouble' });
    expect((await command('dana', '/bigplan hello')).body).toEqual({ outcome: 'done' });
  });

  it('goes to nine on the next working day of the person', async () => {
    await post('clock', { as: 'lena', to: 'next working morning' });
    const now = new Date((await state('lena')).now);
    const shown = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Berlin',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    }).format(now);
    expect(shown).toMatch(/^(Mon|Tue|Wed|Thu|Fri),? 09:00$/);
  });
});

describe('an app that lives through the days', () => {
  const day = 86_400_000;

  /** Posts once a day on the way, as an app does to which something falls due each day. */
  const living = async (one: Demo, to: Date) => {
    for (;;) {
      const next = new Date(one.clock.now().getTime() + day);
      if (next > to) break;
      one.clock.moveTo(next);
      await one.app.client.chat.postMessage({ channel: 'U0DANA', text: next.toISOString() });
    }
    if (to > one.clock.now()) one.clock.moveTo(to);
  };
  const at = (one: Demo) => ({
    state: async (as: string) =>
      (await fetch(`${one.address}/sandbox/state?as=${as}`)).json() as Promise<WorkspaceState>,
    move: (body: unknown) =>
      fetch(`${one.address}/sandbox/clock`, { method: 'POST', body: JSON.stringify(body) }),
  });

  it('gets each message the time at which it was sent', async () => {
    const one = await startDemo({}, living);
    const { state: look, move } = at(one);
    const from = Date.parse((await look('dana')).now);
    const target = new Date(from + 21.5 * day).toISOString();
    const [date = '', time = ''] = target.split('T');
    const body = { as: 'priya', to: 'instant', date, time: time.slice(0, 5) };
    expect(await (await move(body)).json()).toEqual({ outcome: 'done' });
    const seen = await look('dana');
    expect(Date.parse(seen.now)).toBeGreaterThanOrEqual(Date.parse(target) - 60_000);
    const { messages = [] } = seen.conversations.find((each) => each.id === seen.app.channel) ?? {};
    expect(messages).toHaveLength(21);
    for (const message of messages) {
      const late = Date.parse(message.at) - Date.parse(message.text);
      expect(Math.abs(late)).toBeLessThan(10_000);
    }
    await one.stop();
  });

  it('is waited for, while pages see where the clock is going', async () => {
    let arrive = () => {};
    const one = await startDemo({}, async (demo, to) => {
      await new Promise<void>((resolve) => {
        arrive = resolve;
      });
      demo.clock.moveTo(to);
    });
    const { state: look, move } = at(one);
    const { now, movingTo, leaps } = await look('dana');
    expect(movingTo).toBeNull();
    const answer = await move({ as: 'dana', to: 'next Monday' });
    // The answer has begun, so that no browser gives up; its end is still to come.
    const moving = await look('max');
    const monday = leaps.find(({ leap }) => leap === 'next Monday')?.at ?? '';
    expect(moving.movingTo).toBe(monday);
    expect(Date.parse(moving.now) - Date.parse(now)).toBeLessThan(60_000);
    arrive();
    expect(await answer.json()).toEqual({ outcome: 'done' });
    const after = await look('dana');
    expect(after.movingTo).toBeNull();
    expect(Date.parse(after.now)).toBeGreaterThanOrEqual(Date.parse(monday));
    await one.stop();
  });

  it('may fail on the way: the page is told, and the next move works', async () => {
    let isBroken = true;
    const one = await startDemo({}, async (demo, to) => {
      if (isBroken) throw new Error('no database');
      demo.clock.moveTo(to);
    });
    const { state: look, move } = at(one);
    expect(await (await move({ as: 'dana', to: 'next hour' })).json()).toEqual({
      outcome: 'trouble',
      message: 'The clock stopped on the way: no database',
    });
    expect((await look('dana')).movingTo).toBeNull();
    isBroken = false;
    expect(await (await move({ as: 'dana', to: 'next hour' })).json()).toEqual({ outcome: 'done' });
    await one.stop();
  });

  it('goes on where the page that moved the clock was closed', async () => {
    let arrive = () => {};
    const one = await startDemo({}, async (demo, to) => {
      await new Promise<void>((resolve) => {
        arrive = resolve;
      });
      demo.clock.moveTo(to);
    });
    const { state: look } = at(one);
    const leaving = new AbortController();
    const asked = fetch(`${one.address}/sandbox/clock`, {
      method: 'POST',
      body: JSON.stringify({ as: 'dana', to: 'next Monday' }),
      signal: leaving.signal,
    });
    const answer = await asked;
    leaving.abort();
    await expect(answer.text()).rejects.toThrow();
    // Two more signs of life go nowhere.
    await new Promise((resolve) => setTimeout(resolve, 4500));
    expect((await look('dana')).movingTo).not.toBeNull();
    arrive();
    await eventually(async () => expect((await look('dana')).movingTo).toBeNull());
    await one.stop();
  });
});
