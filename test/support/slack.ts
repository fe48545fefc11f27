/**
 * A fake Slack: a workspace with people, a Web API that keeps what the app shows them, and the
 * people's own moves, sent to the app as Slack sends them.
 *
 *     const slack = await startFakeSlack();
 *     await slack.command('/bigplan', '', { user: 'U0REP' });      // the app opens a modal
 *     await slack.submit('U0REP', { 'goal.income': '250,000' });   // by field path, as typed
 *     slack.modal('U0REP');                                        // the view now in front
 *     await slack.action({ user: 'U0REP', actionId: 'plan.next' }); // in the modal, or else below
 *     slack.dm('U0MANAGER');                                       // messages, oldest first
 *     await slack.action({ user: 'U0MANAGER', actionId: 'plan.agree', message });
 */
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { checkView } from '../../src/slack/limits.ts';
import { type Args, Workspace } from './slack-api.ts';
import { asSent, type SlackMessage } from './slack-conversations.ts';
import type { Fault } from './slack-faults.ts';
import { BOT, type Person, TEAM } from './slack-people.ts';
import {
  type Ack,
  type RawRequest,
  SIGNING_SECRET,
  sendForm,
  sendSigned,
} from './slack-requests.ts';
import { type ApiCall, type Response, startSlackServer } from './slack-server.ts';
import {
  type Element,
  type Entry,
  enter,
  isEmpty,
  isStateful,
  placedElements,
} from './slack-values.ts';
import type { OpenView } from './slack-views.ts';

export type { SlackMessage } from './slack-conversations.ts';
export { TEAM } from './slack-people.ts';
export type { Ack } from './slack-requests.ts';

const BOT_TOKEN = 'xoxb-fake-token';

/** What a person enters, by field path (a block id up to its `:`). */
export type Entries = Record<string, Entry>;

export interface Click {
  user: string;
  actionId: string;
  /** The message that holds the element; left out: the modal in front, else Home. */
  message?: SlackMessage;
  /** Chooses between elements with the same action id: by block id or field path, or by value. */
  block?: string;
  value?: string;
  /** What is entered in a select, a date picker or a dispatching input. */
  enter?: Entry;
}

export interface ThreadedMessage extends SlackMessage {
  /** Oldest first. */
  replies: SlackMessage[];
}

export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>;

const CHANNEL = 'C0GENERAL';

export async function startFakeSlack() {
  const workspace = new Workspace();
  const { people, conversations, views } = workspace;
  const server = await startSlackServer(workspace);
  let appUrl = '';
  let settled = async () => {};
  conversations.addChannel(CHANNEL, { name: 'general' });
  workspace.addPerson('U0REP', { name: 'Dana' });
  workspace.addPerson('U0MANAGER', { name: 'Max' });
  workspace.addPerson('U0LEADER', { name: 'Lee', isAdmin: true });

  const common = (user: string) => ({
    team: { id: TEAM, domain: 'fake' },
    user: { id: user, username: user.toLowerCase(), name: user.toLowerCase(), team_id: TEAM },
    api_app_id: BOT.appId,
    token: 'legacy-verification-token',
    trigger_id: workspace.trigger(user),
    is_enterprise_install: false,
    enterprise: null,
  });

  async function command(name: string, text: string, at: { user: string; channel?: string }) {
    const channel = at.channel ?? CHANNEL;
    const ack = await sendCommand({
      command: name,
      text,
      user_id: at.user,
      user_name: at.user.toLowerCase(),
      team_id: TEAM,
      team_domain: 'fake',
      channel_id: channel,
      channel_name: conversations.nameOf(channel),
      api_app_id: BOT.appId,
      token: 'legacy-verification-token',
      response_url: server.responseUrl(at.user),
      trigger_id: workspace.trigger(at.user),
      is_enterprise_install: 'false',
    });
    const text_ = typeof ack.body === 'string' ? ack.body : (ack.body as Args | null)?.text;
    if (typeof text_ === 'string') {
      server.responses.push({ user: at.user, text: text_, body: { text: text_ } });
    }
    return ack;
  }

  async function whenDone(ack: Promise<Ack>): Promise<Ack> {
    const answered = await ack;
    await settled();
    return answered;
  }
  const sendCommand = (fields: Record<string, string>) => whenDone(sendForm(appUrl, fields));
  const interact = (payload: object) =>
    whenDone(sendForm(appUrl, { payload: JSON.stringify(payload) }));

  function front(user: string): OpenView {
    const open = views.front(user);
    if (open === undefined) throw new Error(`${user} has no modal open`);
    return open;
  }

  /** Types into the modal in front without telling the app, as people do until they submit. */
  function fill(user: string, entries: Entries): void {
    const open = front(user);
    for (const [path, entry] of Object.entries(entries)) {
      const placed = placedElements(blocksOf(open.view)).find(
        ({ blockId, element }) => fieldPath(blockId) === path && isStateful(element),
      );
      if (placed === undefined) {
        const offered = placedElements(blocksOf(open.view)).map(({ blockId }) =>
          fieldPath(blockId),
        );
        throw new Error(`No field ${path}; there are: ${offered.join(', ')}`);
      }
      views.fill(open, placed.blockId, placed.element, entry);
    }
  }

  /** Fills in and submits the modal in front, and does with it what the app's answer says. */
  async function submit(user: string, entries: Entries = {}): Promise<Ack> {
    fill(user, entries);
    const open = front(user);
    if (open.view.type === 'modal' && !open.view.submit) throw new Error('It has no submit button');
    for (const { blockId, element, required } of placedElements(blocksOf(open.view))) {
      const state = open.values[blockId]?.[element.action_id ?? ''];
      if (required && isEmpty(state)) throw new Error(`Slack asks for ${fieldPath(blockId)} first`);
    }
    const ack = await interact({
      type: 'view_submission',
      ...common(user),
      view: viewPayload(open),
      response_urls: [],
    });
    if (ack.status === 200) follow(open, ack.body);
    return ack;
  }

  function follow(open: OpenView, body: unknown): void {
    const { response_action: action, view } = (body ?? {}) as {
      response_action?: string;
      view?: ModalView;
    };
    if (action === 'errors') return;
    const breaches = view ? checkView(view) : [];
    if (breaches.length > 0) throw new Error(`Slack refuses this view: ${breaches.join('; ')}`);
    if (action === 'update' && view) views.update(open.id, view);
    else if (action === 'push' && view) views.push(open.user, view);
    else views.close(open.user, action === 'clear');
  }

  /** Closes the modal in front; the app hears of it where it asked to. */
  async function closeModal(user: string): Promise<Ack | null> {
    const open = front(user);
    views.close(user);
    if (open.view.type !== 'modal' || !open.view.notify_on_close) return null;
    const { trigger_id: _, ...rest } = common(user);
    return interact({ type: 'view_closed', ...rest, view: viewPayload(open), is_cleared: false });
  }

  async function action(click: Click): Promise<Ack> {
    const { user, message } = click;
    const open = message ? undefined : (views.front(user) ?? views.home(user));
    if (!message && !open) throw new Error(`${user} sees neither a modal nor Home`);
    const blocks = message ? message.blocks : open ? blocksOf(open.view) : [];
    const { blockId, element } = findElement(blocks, click);
    if (open && isStateful(element)) views.fill(open, blockId, element, click.enter ?? null);
    return interact({
      type: 'block_actions',
      ...common(user),
      ...(message ? messagePlace(user, message) : {}),
      ...(open ? { container: { type: 'view', view_id: open.id }, view: viewPayload(open) } : {}),
      actions: [actionPayload(element, blockId, click)],
    });
  }

  function messagePlace(user: string, message: SlackMessage) {
    const { channel, ts } = message;
    const is_ephemeral = message.ephemeralFor !== undefined;
    return {
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral },
      channel: { id: channel, name: conversations.nameOf(channel) },
      message: asSent(message),
      response_url: server.responseUrl(user, message),
    };
  }

  /** An event of the Events API; `id` where Slack sends the same one again. */
  function event(event: { type: string } & Args, { id = `Ev${Math.random()}` } = {}): Promise<Ack> {
    const body = JSON.stringify({
      type: 'event_callback',
      team_id: TEAM,
      api_app_id: BOT.appId,
      event_id: id,
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [{ team_id: TEAM, user_id: BOT.userId, is_bot: true, enterprise_id: null }],
      event: { event_ts: String(Date.now() / 1000), ...event },
    });
    return whenDone(sendSigned(appUrl, { body }));
  }

  return {
    /** For SLACK_API_URL. */
    apiUrl: `${server.origin}/api/`,
    botToken: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    /**
     * Says where the app is, such as `http://127.0.0.1:3000`, and how to wait until it has finished
     * what it does after its answer: each move of a person ends with that.
     */
    connect(url: string, whenSettled = async () => {}) {
      appUrl = url;
      settled = whenSettled;
    },
    stop: () => server.stop(),

    /** Every call of the app, oldest first, refused ones too. */
    calls: server.calls as readonly ApiCall[],
    callsOf: (method: string) => server.calls.filter((call) => call.method === method),
    /** What the app sent to response URLs, and its direct answers to commands. */
    responses: server.responses as readonly Response[],
    /** The next `times` calls of a method go wrong; `upload`: the POSTs of a file's content. */
    fault: (method: string, fault: Fault, times = 1) => server.faults.plan(method, fault, times),
    /** Answers a method that the fake doesn't know. */
    answer: (method: string, body: () => Args) => void workspace.answers.set(method, body),
    clearFaults: () => server.faults.clear(),

    people,
    addPerson: (id: string, facts: Partial<Person> = {}) => workspace.addPerson(id, facts),
    /** Makes a channel, or changes one: archives it, invites the app (`joined`) or removes it. */
    addChannel: conversations.addChannel.bind(conversations),
    /** A file that somebody has dropped into a form; its id is what the form's field holds. */
    addFile: (content: string | Uint8Array) => workspace.files.add(Buffer.from(content)),
    /** What the app has uploaded, oldest first. */
    uploads: () => workspace.files.uploads(),
    messages: (channel: string) => conversations.in(channel),
    /** What is posted in a channel or DM, oldest first, each with its replies. */
    channel: (id: string): ThreadedMessage[] =>
      conversations
        .in(id)
        .filter(({ ts, thread_ts = ts }) => thread_ts === ts)
        .map((one) => ({ ...one, replies: conversations.repliesTo(one) })),
    /** The DM between a person and the app. */
    dm: (user: string) => conversations.in(conversations.dm(user)),
    dmChannel: (user: string) => conversations.dm(user),

    /** The modal in front; undefined where none is open. */
    modal: (user: string) => views.front(user)?.view as ModalView | undefined,
    /** All open modals, the root first. */
    modals: (user: string) => views.stack(user).map(({ view }) => view as ModalView),
    home: (user: string) => views.home(user)?.view as HomeView | undefined,

    command,
    action,
    fill,
    submit,
    closeModal,
    event,
    openHome: (user: string) =>
      event({ type: 'app_home_opened', user, channel: conversations.dm(user), tab: 'home' }),
    /** A message that a person writes to the app. */
    say: (user: string, text: string, more: Args = {}) =>
      event({
        type: 'message',
        channel_type: 'im',
        channel: conversations.dm(user),
        user,
        text,
        ts: String(Date.now() / 1000),
        ...more,
      }),
    /** Any body, signed; for what Slack would never send. */
    send: (request: RawRequest) => sendSigned(appUrl, request),
  };
}

/** `renewals.3.amount` of the block id `renewals.3.amount:7`. */
function fieldPath(blockId: string): string {
  return blockId.split(':', 1)[0] ?? blockId;
}

function blocksOf(view: ModalView | HomeView): KnownBlock[] {
  return view.blocks as KnownBlock[];
}

function viewPayload(open: OpenView) {
  return {
    clear_on_close: false,
    notify_on_close: false,
    private_metadata: '',
    callback_id: '',
    ...open.view,
    id: open.id,
    team_id: TEAM,
    app_id: BOT.appId,
    app_installed_team_id: TEAM,
    bot_id: BOT.botId,
    external_id: '',
    hash: open.hash,
    root_view_id: open.rootId,
    previous_view_id: open.previousId,
    state: { values: open.values },
  };
}

function findElement(blocks: KnownBlock[], { actionId, block, value }: Click) {
  const all = placedElements(blocks);
  const found = all.filter(
    ({ blockId, element }) =>
      element.action_id === actionId &&
      (block === undefined || blockId === block || fieldPath(blockId) === block) &&
      (value === undefined || element.value === value || hasOption(element, value)),
  );
  const [first] = found;
  if (first === undefined) {
    const offered = all.map(({ element }) => element.action_id).join(', ');
    throw new Error(`No element ${actionId} there; there are: ${offered}`);
  }
  return first;
}

function hasOption(element: Element, value: string): boolean {
  return ((element.options ?? []) as { value?: string }[]).some((one) => one.value === value);
}

function actionPayload(element: Element, blockId: string, { enter: entry, value }: Click) {
  const base = {
    type: element.type,
    action_id: element.action_id,
    block_id: blockId,
    action_ts: String(Date.now() / 1000),
  };
  if (element.type === 'button') {
    return { ...base, text: element.text, ...(element.value ? { value: element.value } : {}) };
  }
  if (element.type === 'overflow') {
    const options = element.options as { value: string }[];
    return { ...base, selected_option: options.find((one) => one.value === value) };
  }
  return { ...base, ...enter(element, entry ?? null) };
}
