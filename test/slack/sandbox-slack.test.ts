/** The Slack of the sandbox and of all other tests is no kinder than the real one. */
import type { KnownBlock, ModalView } from '@slack/types';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { messageBreaches, viewBreaches } from '../../src/sandbox/slack/limits.ts';
import { type Args, callMethod } from '../../src/sandbox/slack/methods.ts';
import { Moves } from '../../src/sandbox/slack/moves.ts';
import type { AckResponse } from '../../src/sandbox/slack/requests.ts';
import { ResponseUrls } from '../../src/sandbox/slack/response-urls.ts';
import { SlackWorkspace } from '../../src/sandbox/slack/workspace.ts';

const REP = 'U0REP';
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const section = (text: string): KnownBlock => ({ type: 'section', text: plain(text) });
const input = (block_id: string, more = {}): KnownBlock => ({
  type: 'input',
  block_id,
  label: plain('Label'),
  element: { type: 'plain_text_input', action_id: 'a', ...more },
});
const modal = (blocks: KnownBlock[] = [section('Hello')], more = {}): ModalView => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Save'),
  blocks,
  ...more,
});

let workspace: SlackWorkspace;
let urls: ResponseUrls;
let moves: Moves;
/** What the app was told, oldest first, and what it answers. */
let sent: Record<string, unknown>[];
let body: unknown;

beforeEach(() => {
  workspace = new SlackWorkspace({
    team: { id: 'T0TEAM', name: 'Team', domain: 'team' },
    app: { id: 'A0APP', userId: 'U0APP', botId: 'B0APP', name: 'App' },
    dmId: (user) => `D${user.slice(1)}`,
  });
  workspace.addPerson(REP);
  workspace.conversations.add('C0GENERAL');
  urls = new ResponseUrls(workspace);
  sent = [];
  body = null;
  const take = async (payload: Record<string, unknown>): Promise<AckResponse> => {
    sent.push(payload);
    return { status: 200, body, ms: 1 };
  };
  const delivery = { command: take, interaction: take, event: take };
  moves = new Moves(workspace, urls, delivery, () => 'http://slack');
});

const call = (method: string, args: Args) => callMethod(workspace, method, args, 'http://slack');
const open = (view = modal()) => {
  call('views.open', { trigger_id: workspace.views.trigger(REP), view });
  const front = workspace.views.stack(REP).at(-1);
  if (!front) throw new Error('nothing is open');
  return front;
};

describe('a trigger', () => {
  it('opens one modal, once', () => {
    const trigger_id = workspace.views.trigger(REP);
    call('views.open', { trigger_id, view: modal() });
    expect(() => call('views.open', { trigger_id, view: modal() })).toThrow('exchanged_trigger_id');
    expect(() => call('views.push', { trigger_id: 'made-up', view: modal() })).toThrow(
      'invalid_trigger_id',
    );
  });

  it('is over after three seconds', () => {
    vi.useFakeTimers();
    try {
      const trigger_id = workspace.views.trigger(REP);
      vi.advanceTimersByTime(3_001);
      expect(() => call('views.open', { trigger_id, view: modal() })).toThrow('expired_trigger_id');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a hash', () => {
  it('is new with each change, and an update with an old one is refused', () => {
    const { view: first } = call('views.open', {
      trigger_id: workspace.views.trigger(REP),
      view: modal(),
    }) as { view: { id: string; hash: string } };
    const update = (hash?: string) =>
      call('views.update', { view_id: first.id, view: modal(), ...(hash ? { hash } : {}) }) as {
        view: { hash: string };
      };
    const second = update(first.hash).view.hash;
    expect(second).not.toBe(first.hash);
    expect(() => update(first.hash)).toThrow('hash_conflict');
    expect(update(second).view.hash).toBe(workspace.views.find(first.id)?.hash);
  });

  it('travels with every payload of the view, and counts for Home too', async () => {
    const front = open(modal([input('b')], { notify_on_close: true }));
    const action = { type: 'plain_text_input', block_id: 'b', action_id: 'a', value: 'x' };
    await moves.actInView(front, action, {});
    call('views.update', { view_id: front.id, view: modal([input('c')]) });
    body = { response_action: 'errors', errors: { c: 'No' } };
    await moves.submit(front, {});
    const hashes = sent.map(({ view }) => (view as { hash: string }).hash);
    expect(new Set(hashes).size).toBe(2);
    expect(hashes[1]).toBe(front.hash);

    const home = { type: 'home', blocks: [section('One')] };
    const publish = (hash?: string) =>
      call('views.publish', { user_id: REP, view: home, hash }) as { view: { hash: string } };
    const { hash } = publish().view;
    publish(hash);
    expect(() => publish(hash)).toThrow('hash_conflict');
  });
});

describe('what people do', () => {
  it('a closed view comes without what was typed into it', async () => {
    const front = open(modal([input('b', { initial_value: 'typed' })], { notify_on_close: true }));
    await moves.close(front, false);
    expect(sent).toMatchObject([{ type: 'view_closed', view: { state: { values: {} } } }]);
    expect(() => call('views.update', { view_id: front.id, view: modal() })).toThrow('not_found');
  });

  it.each([
    ['errors elsewhere than at an input', { response_action: 'errors', errors: { gone: 'No' } }],
    ['no errors known', { response_action: 'error' }],
    ['a view that is refused', { response_action: 'update', view: modal([], { title: null }) }],
  ])('a form stays where the app answers with %s', async (_, answer) => {
    const front = open(modal([input('b')]));
    body = answer;
    expect(await moves.submit(front, {})).toMatchObject({ outcome: 'refused' });
    expect(workspace.views.stack(REP)).toEqual([front]);
  });

  it('no more than three modals lie on one another', async () => {
    const front = open();
    body = { response_action: 'push', view: modal() };
    await moves.submit(front, {});
    await moves.submit(front, {});
    expect(await moves.submit(front, {})).toMatchObject({ reasons: ['push_limit_reached'] });
  });

  it('a button of a message for one person comes without the message', async () => {
    const message = workspace.conversations.post('C0GENERAL', 'U0APP', { text: 'Hi' });
    const action = { type: 'button', block_id: 'b', action_id: 'a' };
    await moves.actInMessage(REP, message, action, {});
    await moves.actInMessage(REP, { ...message, ephemeralFor: REP }, action, {});
    expect(sent[0]).toMatchObject({ message: { ts: message.ts } });
    expect(sent[1]).not.toHaveProperty('message');
  });

  it('a response URL takes five answers', () => {
    const path = urls.issue({ channel: 'C0GENERAL', user: REP });
    const statuses = [1, 2, 3, 4, 5, 6].map(() => urls.receive(path, { text: 'Hi' }).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  });
});

describe('limits', () => {
  const option = (value: string) => ({ text: plain(value), value });
  const options = (count: number) => Array.from({ length: count }, (_, i) => option(`o${i}`));
  const choice = (type: string, count: number) =>
    modal([input('b', { type, options: options(count) })]);
  const menu = (count: number) => [
    { type: 'actions', elements: [{ type: 'overflow', options: options(count) }] } as KnownBlock,
  ];
  const button = (more: object) => [
    { type: 'actions', elements: [{ type: 'button', text: plain('Go'), ...more }] } as KnownBlock,
  ];
  const table: KnownBlock = { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] };
  const many = (count: number) => Array.from({ length: count }, () => section('x'));
  const long = (length: number) => 'x'.repeat(length);

  it.each<[string, (over: 0 | 1) => unknown]>([
    ['24 in a title', (over) => modal([], { title: plain(long(24 + over)) })],
    ['24 in a submit button', (over) => modal([], { submit: plain(long(24 + over)) })],
    ['3,000 of metadata', (over) => modal([], { private_metadata: long(3000 + over) })],
    ['255 in a callback id', (over) => modal([], { callback_id: long(255 + over) })],
    ['100 blocks', (over) => modal(many(100 + over))],
    ['3,000 in a section', (over) => modal([section(long(3000 + over))])],
    [
      '2,000 in a field',
      (over) => modal([{ type: 'section', fields: [plain(long(2000 + over))] }]),
    ],
    ['150 in a header', (over) => modal([{ type: 'header', text: plain(long(150 + over)) }])],
    ['100 options', (over) => choice('static_select', 100 + over)],
    ['10 checkboxes', (over) => choice('checkboxes', 10 + over)],
    ['10 radio buttons', (over) => choice('radio_buttons', 10 + over)],
    ['5 overflow items', (over) => modal(menu(5 + over))],
    ['75 on a button', (over) => modal(button({ text: plain(long(75 + over)) }))],
    ['2,000 in a value', (over) => modal(button({ value: long(2000 + over) }))],
    ['255 in an action id', (over) => modal(button({ action_id: long(255 + over) }))],
    ['255 in a block id', (over) => modal([input(long(255 + over))])],
    [
      '75 in an option',
      (over) => modal([input('b', { type: 'static_select', options: [option(long(75 + over))] })]),
    ],
    ['one of each block id', (over) => modal([input('b'), input(over ? 'b' : 'c')])],
    [
      'a submit button for inputs',
      (over) => modal([input('b')], over ? { submit: undefined } : {}),
    ],
    ['no table', (over) => modal(over ? [table] : [])],
    ['no empty text', (over) => modal([section(over ? '' : 'x')])],
    [
      'initial options that are options',
      (over) =>
        modal([
          input('b', {
            type: 'static_select',
            options: options(1),
            initial_option: option(over ? 'other' : 'o0'),
          }),
        ]),
    ],
  ])('of a view: %s', (_, view) => {
    expect(viewBreaches(view(0))).toEqual([]);
    expect(viewBreaches(view(1))).toHaveLength(1);
    expect(() =>
      call('views.open', { trigger_id: workspace.views.trigger(REP), view: view(1) }),
    ).toThrow('invalid_arguments');
  });

  it('of a message: 50 blocks, one table, about 13,200 characters', () => {
    const post = (blocks: KnownBlock[]) =>
      call('chat.postMessage', { channel: 'C0GENERAL', text: 'x', blocks });
    for (const blocks of [many(50), [table], many(4).map(() => section(long(3000)))])
      expect(messageBreaches(blocks)).toEqual([]);
    for (const blocks of [many(51), [table, table], many(5).map(() => section(long(3000)))])
      expect(() => post(blocks)).toThrow('invalid_blocks');
    expect(() => call('chat.postMessage', { channel: 'C0GENERAL', text: long(40_001) })).toThrow(
      'msg_too_long',
    );
  });
});

describe('conversations', () => {
  it('let the app change its own messages only', () => {
    const { ts } = workspace.conversations.post('C0GENERAL', REP, { text: 'Mine' });
    const at = { channel: 'C0GENERAL', ts };
    expect(() => call('chat.update', { ...at, text: 'Yours' })).toThrow('cant_update_message');
    expect(() => call('chat.delete', at)).toThrow('cant_delete_message');
  });

  it('keep a channel that the app isn’t in closed, and an archived one', () => {
    const post = () => call('chat.postMessage', { channel: 'C0OTHER', text: 'Hi' });
    expect(post).toThrow('channel_not_found');
    workspace.conversations.add('C0OTHER', { members: [] });
    expect(post).toThrow('not_in_channel');
    workspace.conversations.add('C0OTHER', { isPrivate: true });
    expect(post).toThrow('channel_not_found');
    workspace.conversations.add('C0OTHER', { members: ['U0APP'], isArchived: true });
    expect(post).toThrow('is_archived');
  });
});
