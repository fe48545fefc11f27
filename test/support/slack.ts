/**
 * The sandbox's Slack for tests: a workspace with people, whose moves are sent to the app as Slack sends
 * them, and whose Web API can be made to fail.
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
import {
  type Enterable,
  type Entered,
  enterIn,
  isStateful,
  optionsOf,
} from '../../src/sandbox/entering.ts';
import type { StateValues } from '../../src/sandbox/protocol.ts';
import { withIds } from '../../src/sandbox/slack/block-ids.ts';
import type { PostedMessage } from '../../src/sandbox/slack/conversations.ts';
import type { Args } from '../../src/sandbox/slack/methods.ts';
import { Moves } from '../../src/sandbox/slack/moves.ts';
import {
  type ElementAction,
  submissionPayload,
  type UsedMessage,
} from '../../src/sandbox/slack/payloads.ts';
import { type SlackPerson, userInfo as userInfoOf } from '../../src/sandbox/slack/people.ts';
import {
  type AckResponse,
  overHttp,
  type RawRequest,
  sendSigned,
} from '../../src/sandbox/slack/requests.ts';
import { type ResponseTarget, ResponseUrls } from '../../src/sandbox/slack/response-urls.ts';
import { type ApiCall, startSlackServer } from '../../src/sandbox/slack/server.ts';
import type { OpenView } from '../../src/sandbox/slack/views.ts';
import {
  blocksOf,
  SlackWorkspace,
  type WorkspaceSnapshot,
} from '../../src/sandbox/slack/workspace.ts';
import { isEmpty } from '../../src/sandbox/value-checks.ts';
import { placedElements, reconcile } from '../../src/sandbox/view-state.ts';
import { carriedWrongly } from './carried-values.ts';
import { type Fault, Faults, type Refused } from './slack-faults.ts';

export type { SlackPerson as Person } from '../../src/sandbox/slack/people.ts';
export type { AckResponse as Ack } from '../../src/sandbox/slack/requests.ts';

import { stopwatch } from './stopwatch.ts';

export const TEAM = 'T0TEAM';
export const SIGNING_SECRET = 'fake-signing-secret';
const BOT = { id: 'A0BIGPLAN', userId: 'U0BIGPLAN', botId: 'B0BIGPLAN', name: 'Bigplan' };
const BOT_TOKEN = 'xoxb-fake-token';
const CHANNEL = 'C0GENERAL';

/** What a person enters, by field path (a block id up to its `:`). */
export type Entries = Record<string, Entered>;

export type SlackMessage = UsedMessage & Partial<PostedMessage>;

export interface Click {
  user: string;
  actionId: string;
  /** The message that holds the element; left out: the modal in front, else Home. */
  message?: SlackMessage;
  /** Chooses between elements with the same action id: by block id or field path, or by value. */
  block?: string;
  value?: string;
  /** What is entered in a select, a date picker or a dispatching input. */
  enter?: Entered;
}

export interface ThreadedMessage extends SlackMessage {
  /** Oldest first. */
  replies: SlackMessage[];
}

/** What the app sent to a response URL, or answered to a command. */
interface Told {
  user: string;
  text: string;
  body: Args;
}

/** A call of the app, and when it came on this process's clock, in ms. */
export interface HeardCall extends ApiCall {
  heardAt: number;
}

interface ChannelFacts {
  name?: string;
  archived?: boolean;
  isPrivate?: boolean;
  /** Whether the app was invited to it; true where left out. */
  joined?: boolean;
}

/** A filled in form, submitted once with each call. */
export interface TestSubmission {
  heard(): Promise<AckResponse>;
  lost(): Promise<AckResponse>;
  /** The same form, sent in somebody else's name. */
  forged(user: string): Promise<AckResponse>;
}

export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>;
export interface SlackSnapshot extends Omit<WorkspaceSnapshot, 'files'> {
  /** Everybody's open modals, the root first. */
  stacks: { user: string; modals: ModalView[] }[];
}

export async function startFakeSlack() {
  /** What is entered in each open view. */
  const entered = new Map<string, StateValues>();
  /** Stands still but where a test moves it, so that no trigger expires because the machine is busy. */
  let triggerTime = 0;
  const workspace = new SlackWorkspace({
    triggerTime: () => triggerTime,
    team: { id: TEAM, name: 'Fake', domain: 'fake' },
    app: BOT,
    dmId: (user) => `D${user.slice(1)}`,
    viewChanged: (open) => void entered.set(open.id, reconcile(valuesOf(open), open.view.blocks)),
  });
  const { people, conversations, views, files } = workspace;
  const calls: HeardCall[] = [];
  const responses: Told[] = [];
  const answers = new Map<string, (args: Args) => Args>();
  /** What buttons and metadata carried that is no id. */
  const wrong = new Set<string>();
  const look = (sent: unknown) => {
    for (const one of carriedWrongly(sent)) wrong.add(one);
  };
  const faults = new Faults();
  const urls = new RenewableUrls(workspace);
  const server = await startSlackServer(workspace, urls, {
    knows: (token) => token !== '',
    before: (call) => {
      calls.push({ ...call, heardAt: performance.now() });
      look(call.args);
    },
    answer({ method, args }, perform, request, response) {
      const own = answers.get(method);
      const body = own ? () => ({ ok: true, ...own(args) }) : perform;
      return faults.answer(method, body, request, response);
    },
    responded: (user, body) => {
      responses.push(told(user, body));
      look(body);
    },
  });
  let appUrl = '';
  let settled = async () => {};
  let lastTook = Number.NaN;
  const requestUrl = () => `${appUrl}/slack/events`;
  const delivery = overHttp(SIGNING_SECRET, requestUrl);
  const moves = new Moves(workspace, urls, delivery, () => server.origin);
  addChannel(CHANNEL, { name: 'general' });
  workspace.addPerson('U0REP', { name: 'Dana' });
  workspace.addPerson('U0MANAGER', { name: 'Max' });
  workspace.addPerson('U0LEADER', { name: 'Lee', isAdmin: true });

  function valuesOf({ id }: OpenView): StateValues {
    return entered.get(id) ?? {};
  }

  async function whenDone<T>(move: Promise<T>): Promise<T> {
    const sinceMove = stopwatch();
    const done = await move;
    lastTook = sinceMove();
    look(done);
    await settled();
    return done;
  }

  async function command(name: string, text: string, at: { user: string; channel?: string }) {
    const { user, channel = CHANNEL } = at;
    const ack = await whenDone(moves.command(user, channel, { command: name, text }));
    const body = typeof ack.body === 'string' ? { text: ack.body } : ((ack.body ?? {}) as Args);
    if (typeof body.text === 'string') responses.push(told(user, { text: body.text }));
    return ack;
  }

  function front(user: string): OpenView {
    const open = views.stack(user).at(-1);
    if (open === undefined) throw new Error(`${user} has no modal open`);
    return open;
  }

  function type(open: OpenView, blockId: string, element: Enterable, entry: Entered): void {
    const values = valuesOf(open);
    const inBlock = { ...values[blockId], [element.action_id]: enterIn(element, entry) };
    entered.set(open.id, { ...values, [blockId]: inBlock });
  }

  /** Types into the modal in front without telling the app, as people do until they submit. */
  function fill(user: string, entries: Entries): void {
    const open = front(user);
    const all = elementsOf(blocksOf(open));
    for (const [path, entry] of Object.entries(entries)) {
      const placed = all.find(
        ({ blockId, element }) => fieldPath(blockId) === path && isStateful(element),
      );
      if (placed === undefined) {
        const offered = all.map(({ blockId }) => fieldPath(blockId));
        throw new Error(`No field ${path}; there are: ${offered.join(', ')}`);
      }
      type(open, placed.blockId, placed.element, entry);
    }
  }

  /** Fills in and submits the modal in front, and does with it what the app's answer says. */
  async function submit(user: string, entries: Entries = {}): Promise<AckResponse> {
    return submission(user, entries).heard();
  }

  /**
   * Fills in the modal in front, to be submitted just as it stands now, as often as a person presses Save:
   * `heard` does with it what the app's answer says, `lost` is as where the answer never gets to Slack.
   */
  function submission(user: string, entries: Entries = {}): TestSubmission {
    fill(user, entries);
    const open = structuredClone(front(user));
    const values = structuredClone(valuesOf(open));
    if (open.view.type === 'modal' && !open.view.submit) throw new Error('It has no submit button');
    // What is too long is sent all the same: the app can't rely on Slack's own checks alone.
    for (const { blockId, element, input } of placedElements(open.view.blocks)) {
      const state = values[blockId]?.[element.action_id];
      if (input && !input.optional && (!state || isEmpty(state)))
        throw new Error(`Slack asks for ${fieldPath(blockId)} first`);
    }
    function sendAs(sender: string) {
      const trigger = workspace.views.trigger(sender);
      const sent = { ...open, user: sender };
      return whenDone(delivery.interaction(submissionPayload(workspace, sent, values, trigger)));
    }
    return {
      async heard() {
        const submitted = await whenDone(moves.submit(open, values));
        const { ack } = submitted;
        if (ack.status === 200 && submitted.outcome === 'refused')
          throw new Error(`Slack refuses this answer: ${submitted.reasons.join('; ')}`);
        return ack;
      },
      lost: () => sendAs(user),
      forged: (other) => sendAs(other),
    };
  }

  /** All that people see, to come back to; of what is typed nothing. */
  function snapshot(): SlackSnapshot {
    const stacks = [...people.keys()].map((user) => ({
      user,
      modals: views.stack(user).map(({ view }) => view as ModalView),
    }));
    return structuredClone({ ...conversations.snapshot(), homes: views.homes(), stacks });
  }

  function restore(snapshot: SlackSnapshot): void {
    const { channels, messages, homes, stacks } = structuredClone(snapshot);
    conversations.restore({ channels, messages });
    views.restoreHomes(homes);
    urls.renew();
    for (const user of people.keys()) views.closeAll(user);
    for (const { user, modals } of stacks) {
      for (const [at, modal] of modals.entries()) {
        if (at === 0) views.open(user, modal);
        else views.push(user, modal);
      }
    }
  }

  /** Closes the modal in front; the app hears of it where it asked to. */
  async function closeModal(user: string): Promise<AckResponse | null> {
    const [ack = null] = await whenDone(moves.close(front(user), false));
    return ack;
  }

  async function action(click: Click): Promise<AckResponse> {
    const { user, message } = click;
    if (message) {
      const blocks = withIds(message.blocks);
      const { blockId, element } = findElement(blocks, click);
      const acted = actionOf(element, blockId, click);
      const values = reconcile(
        isStateful(element) ? { [blockId]: { [element.action_id]: acted } } : {},
        blocks,
      );
      return whenDone(moves.actInMessage(user, { ...message, blocks }, acted, values));
    }
    const open = views.stack(user).at(-1) ?? views.home(user);
    if (!open) throw new Error(`${user} sees neither a modal nor Home`);
    const { blockId, element } = findElement(blocksOf(open), click);
    if (isStateful(element)) type(open, blockId, element, click.enter ?? null);
    return whenDone(moves.actInView(open, actionOf(element, blockId, click), valuesOf(open)));
  }

  /** An event of the Events API; `id` where Slack sends the same one again. */
  function event(
    event: { type: string } & Args,
    { id }: { id?: string } = {},
  ): Promise<AckResponse> {
    return whenDone(moves.event(event, id));
  }

  /** A message that a person writes to the app. */
  function say(user: string, text: string, more: Args = {}): Promise<AckResponse> {
    const channel = workspace.dm(user);
    const { ts } = conversations.post(channel, user, { text });
    return event({ type: 'message', channel_type: 'im', channel, user, text, ts, ...more });
  }

  /** Makes a channel, or changes one: archives it, invites the app (`joined`) or removes it. */
  function addChannel(id: string, { archived, joined, ...facts }: ChannelFacts = {}): void {
    conversations.add(id, {
      ...facts,
      ...(archived === undefined ? {} : { isArchived: archived }),
      ...(joined === undefined ? {} : { members: joined ? [BOT.userId] : [] }),
    });
  }

  /** What the app has posted for all to see; what only one person sees is in `responses`. */
  const posted = (channel: string): SlackMessage[] =>
    conversations
      .in(channel)
      .filter(({ user, ephemeralFor }) => user === BOT.userId && ephemeralFor === undefined);

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
    /** While `work` goes on, moves end with the app's answer: for when it can't come to rest. */
    async unwaited(work: () => Promise<void>) {
      const before = settled;
      settled = async () => {};
      try {
        await work();
      } finally {
        settled = before;
      }
    },
    stop: () => server.stop(),

    /** Every call of the app, oldest first, refused ones too. */
    calls: calls as readonly HeardCall[],
    callsOf: (method: string) => calls.filter((call) => call.method === method),
    /** What the app sent to response URLs, and its direct answers to commands. */
    responses: responses as readonly Told[],
    /** The next `times` calls of a method go wrong; `upload`: the POSTs of a file's content. */
    fault: (method: string, fault: Fault, times = 1) => faults.plan(method, fault, times),
    /** Refuses every call of the app until `clearFaults`. */
    refuse: (error: string, more: Omit<Refused, 'error'> = {}) => faults.refuse({ error, ...more }),
    /** What buttons and metadata carried that is no id, of all that the app has sent. */
    carriedWrongly: () => [...wrong],
    /** Answers a method that the fake doesn't know. */
    answer: (method: string, body: (args: Args) => Args) => void answers.set(method, body),
    clearFaults: () => faults.clear(),
    /** Lets time pass for the triggers that are out. */
    ageTriggers(ms: number) {
      triggerTime += ms;
    },

    people,
    addPerson: (id: string, facts: Partial<SlackPerson> = {}) => workspace.addPerson(id, facts),
    addChannel,
    /** A file that somebody has dropped into a form; its id is what the form's field holds. */
    addFile: (content: string | Uint8Array) => files.add('list.csv', Buffer.from(content)).id,
    /** What the app has uploaded, oldest first. */
    uploads: () =>
      files
        .all()
        .flatMap(({ id, filename, title, content, processedAt, byApp }) =>
          byApp && content && processedAt !== null ? [{ id, filename, title, content }] : [],
        ),
    messages: posted,
    /** What the app has posted in a channel or DM, oldest first, each with its replies. */
    channel: (id: string): ThreadedMessage[] =>
      posted(id)
        .filter(({ ts, thread_ts = ts }) => thread_ts === ts)
        .map((one) => ({ ...one, replies: conversations.repliesTo(one) })),
    /** What the app has said in a person's DM. */
    dm: (user: string) => posted(workspace.dm(user)),
    dmChannel: (user: string) => workspace.dm(user),

    /** The modal in front; undefined where none is open. */
    modal: (user: string) => views.stack(user).at(-1)?.view as ModalView | undefined,
    /** All open modals, the root first. */
    modals: (user: string) => views.stack(user).map(({ view }) => view as ModalView),
    home: (user: string) => views.home(user)?.view as HomeView | undefined,

    command,
    action,
    fill,
    submit,
    submission,
    snapshot,
    restore,
    /** Forgets all calls and answers, and all but the last `kept` messages. */
    forget(kept: number) {
      calls.length = 0;
      responses.length = 0;
      conversations.restore({
        channels: [],
        messages: conversations.snapshot().messages.slice(-kept),
      });
    },
    closeModal,
    event,
    openHome: (user: string) => whenDone(moves.openHome(user, 'home')),
    say,
    /** Any body, signed; for what Slack would never send. */
    async send(request: RawRequest) {
      const sinceSent = stopwatch();
      const ack = await sendSigned(requestUrl(), { secret: SIGNING_SECRET, ...request });
      lastTook = sinceSent();
      return ack;
    },
    /** How long the app took for its last answer, in ms, on a machine that does nothing else. */
    took: () => lastTook,
  };
}

/** As if none had been used: there is no other way back to before. */
class RenewableUrls extends ResponseUrls {
  readonly #targets = new Map<string, ResponseTarget>();
  readonly #renewed = new Map<string, string>();

  override issue(target: ResponseTarget): string {
    const path = super.issue(target);
    this.#targets.set(path, target);
    return path;
  }

  override receive(path: string, body: unknown) {
    return super.receive(this.#renewed.get(path) ?? path, body);
  }

  renew(): void {
    for (const [path, target] of this.#targets) this.#renewed.set(path, super.issue(target));
  }
}

/** A person as `user_change` tells of them. */
export function userInfo(one: SlackPerson) {
  return userInfoOf(one, TEAM);
}

function told(user: string, body: Args): Told {
  return { user, text: String(body.text ?? ''), body };
}

/** `renewals.3.amount` of the block id `renewals.3.amount:7`. */
function fieldPath(blockId: string): string {
  return blockId.split(':', 1)[0] ?? blockId;
}

function elementsOf(blocks: readonly KnownBlock[]): { blockId: string; element: Enterable }[] {
  return placedElements(blocks).map(({ blockId, element }) => ({
    blockId,
    element: { ...element },
  }));
}

function findElement(blocks: KnownBlock[], { actionId, block, value }: Click) {
  const all = elementsOf(blocks);
  const found = all.find(
    ({ blockId, element }) =>
      element.action_id === actionId &&
      (block === undefined || blockId === block || fieldPath(blockId) === block) &&
      (value === undefined ||
        element.value === value ||
        optionsOf(element).some((one) => one.value === value)),
  );
  if (found === undefined) {
    const offered = all.map(({ element }) => element.action_id).join(', ');
    throw new Error(`No element ${actionId} there; there are: ${offered}`);
  }
  return found;
}

function actionOf(
  element: Enterable,
  blockId: string,
  { enter: entry, value }: Click,
): ElementAction {
  const base = { type: element.type, action_id: element.action_id, block_id: blockId };
  if (element.type === 'button')
    return {
      ...base,
      text: element.text,
      ...(element.value ? { value: String(element.value) } : {}),
    };
  if (element.type === 'overflow')
    return {
      ...base,
      selected_option: optionsOf(element).find((one) => one.value === value) as never,
    };
  return { ...base, ...enterIn(element, entry ?? null) };
}
