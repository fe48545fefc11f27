/**
 * What Slack's people press, fill in and close, by kind: Bolt's guards, who acts, what the button or the
 * form carries (checked), and how a refusal gets back to them, in one place. The slices' handlers get values.
 */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  RespondFn,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Stash } from '../db/stash.ts';
import type { PersonRef } from '../db/store.ts';
import { UserError } from '../errors.ts';
import { FieldProblems, type Problem } from '../input/problem.ts';
import type { Action } from './action.ts';
import { inTurn } from './admission.ts';
import type { RawFields } from './fields.ts';
import { type Form, type FormState, problemsAnswer, readState } from './form.ts';
import { fitMessage } from './limits.ts';
import { pressedText, stow } from './stashed.ts';
import type { Message } from './surfaces.ts';
import {
  admit,
  type Door,
  doorOf,
  type Making,
  makeNow,
  openView,
  ready,
  showInstead,
  showOver,
  updateView,
} from './views.ts';
import { actorOf } from './workspaces/acting.ts';

/** The view in which something was pressed. */
export interface ClickedView {
  id: string;
  type: 'modal' | 'home';
  /** Whether it lies over another modal. */
  isOver: boolean;
  /** Which form it is; empty for Home. */
  callbackId: string;
  hash: string | undefined;
  metadata: string;
  /** What stands in its fields. */
  state: FormState;
}

export interface Click<T> {
  actor: PersonRef;
  value: T;
  /** What tells it from others of the same action: `more` of `plan_page.more`; empty where nothing does. */
  by: string;
  /** When it was pressed, on Slack's clock. */
  at: Date;
  blockId: string;
  client: WebClient;
  /** What it opens is opened here. */
  door: Door;
  respond: RespondFn;
  /** Null where it was pressed in a message. */
  view: ClickedView | null;
  /** The message in which it was pressed; null in a view. An ephemeral one can only be `replaced`. */
  message: { channel: string; ts: string } | null;
  isEphemeral: boolean;
  /** The address at which the message it was pressed in can be replaced later; null in a view. */
  responseUrl: string | null;
  /** Opens a modal over whatever it was pressed in. What takes more than a moment goes into the making. */
  open(making: Making<ModalView>): Promise<void>;
  /** As `showInstead` and `showOver` in views.ts. */
  showInstead(making: Making<ModalView>): Promise<void>;
  showOver(making: Making<ModalView>): Promise<void>;
  /**
   * Changes the modal in which it was pressed, unless something newer stands there: then it is made anew.
   * @throws UserError `old_button` where it was pressed in none; `respond` and `replace` where it was in one.
   */
  update(making: Making<ModalView>): Promise<void>;
  /** Puts words in the place of the ephemeral message in which it was pressed. */
  replace(message: Message): Promise<void>;
}

/** What needs no trigger. */
export type Act<T> = Omit<Click<T>, 'door' | 'open' | 'showInstead' | 'showOver'>;

interface Pressing {
  body: BlockAction;
  door: Door;
  respond: RespondFn;
}

export interface Submission<About, Style, Value> {
  actor: PersonRef;
  /**
   * Minted when the form was opened. The row that it makes has this id, so twice submitted is one row.
   * @throws UserError `old_form` where the form is of a former version, which had none.
   */
  readonly id: string;
  about: About;
  raw: RawFields;
  client: WebClient;
  view: { id: string; rootId: string; hash: string | undefined };
  /** When it came. */
  at: Date;
  /** What was filled in, checked. @throws FieldProblems, which go back to the inputs. */
  read(style: Style): Value;
}

/** What becomes of a form: it closes where nothing is said. `after`: what follows once Slack has its answer. */
export type FormAnswer =
  | {
      update?: ModalView | undefined;
      push?: ModalView | undefined;
      /** The forms below it close too. */
      clear?: true | undefined;
      after?: (() => Promise<unknown>) | undefined;
    }
  | undefined
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that returns nothing closes the form.
  | void;

export interface Closing<About> {
  actor: PersonRef;
  about: About;
  client: WebClient;
}

type AnyForm<About, Style, Value> = Pick<
  Form<About, Style, Value, never>,
  'id' | 'metadata' | 'read'
>;

export interface On {
  /** A button, a choice or a field that fires; its id, or its id with something behind a dot. */
  click<T>(action: Action<T>, handler: (click: Click<T>) => Promise<unknown>): void;
  /** One that opens nothing: it may wait for its turn. */
  act<T>(action: Action<T>, handler: (click: Act<T>) => Promise<unknown>): void;
  submit<About, Style, Value>(
    form: AnyForm<About, Style, Value>,
    handler: (submission: Submission<About, Style, Value>) => Promise<FormAnswer>,
  ): void;
  /** Slack says who closed what, never what stood in it. */
  closed<About, Style, Value>(
    form: AnyForm<About, Style, Value>,
    handler: (closing: Closing<About>) => Promise<unknown>,
  ): void;
  /** The ids of all forms that can be submitted. */
  forms(): string[];
  /** The ids of everything that can be pressed or chosen. */
  actions(): string[];
}

const OLD_BUTTON =
  'That button is from before an update of Bigplan. `/bigplan` shows how things stand now.';
const OLD_FORM =
  'This form is from before an update of Bigplan. Copy what you typed, close it, and open it once more: then it can be saved.';

/** It stands where none of its kind does now, or carries what none does. */
export const oldButton = () => new UserError('old_button', OLD_BUTTON);
const oldForm = () => new UserError('old_form', OLD_FORM);

const GONE_BUTTON = 'That button is too old by now. `/bigplan` shows how things stand.';

type ViewArgs<Of extends ViewSubmitAction | ViewClosedAction> = SlackViewMiddlewareArgs<Of> &
  AllMiddlewareArgs;

const ANY = /^/;

/** By the id of what they listen to. */
type Listeners<Args> = Map<string, ((args: Args) => Promise<unknown>)[]>;

function add<Args>(
  listeners: Listeners<Args>,
  id: string,
  listener: (args: Args) => Promise<unknown>,
): void {
  listeners.set(id, [...(listeners.get(id) ?? []), listener]);
}

/** Those to an id, or to what stands before one of its dots. */
function listenersTo<Args>(listeners: Listeners<Args>, id: string) {
  for (let end = id.length; end > 0; end = id.lastIndexOf('.', end - 1)) {
    const found = listeners.get(id.slice(0, end));
    if (found) return found;
  }
  return [];
}

/** Where one fails the others are finished all the same. @throws what the first one throws. */
async function allHear<Args>(
  listeners: readonly ((args: Args) => Promise<unknown>)[],
  args: Args,
): Promise<void> {
  const heard = await Promise.allSettled(listeners.map((listener) => listener(args)));
  for (const one of heard) if (one.status === 'rejected') throw one.reason;
}

export function createOn(app: App, stash: Stash): On {
  // Bolt asks each of its listeners about each request: with one of a kind that is done once.
  const pressed: Listeners<Pressing> = new Map();
  const submitted: Listeners<ViewArgs<ViewSubmitAction>> = new Map();
  const closed: Listeners<ViewArgs<ViewClosedAction>> = new Map();

  app.action({ action_id: ANY, type: 'block_actions' }, async ({ ack, body, client, respond }) => {
    const listeners = listenersTo(pressed, body.actions[0]?.action_id ?? '');
    if (listeners.length === 0) return;
    await ack();
    await allHear(listeners, { body, door: doorOf(client, body.trigger_id), respond });
  });
  app.view<ViewSubmitAction>({ callback_id: ANY, type: 'view_submission' }, (args) =>
    allHear(submitted.get(args.view.callback_id) ?? [], args),
  );
  app.view<ViewClosedAction>({ callback_id: ANY, type: 'view_closed' }, (args) =>
    allHear(closed.get(args.view.callback_id) ?? [], args),
  );

  async function read<T>(action: Action<T>, pressing: Pressing): Promise<Click<T>> {
    const { body } = pressing;
    const { workspaceId } = actorOf(body);
    const text = await pressedText(stash, workspaceId, action.codec, clickedValue(body));
    if (text === null) throw new UserError('old_button', GONE_BUTTON);
    const value = action.codec.read(text);
    if (value === null) throw oldButton();
    return clickOf(action.id, value, { ...pressing, stash });
  }

  function listen({ id }: { id: string }, listener: (pressing: Pressing) => Promise<unknown>) {
    add(pressed, id, listener);
  }

  return {
    click(action, handler) {
      listen(action, async (pressing) => {
        const work = async () => handler(await read(action, pressing));
        // Over a modal nobody knows yet whether it changes or another one is to lie on it.
        if (pressing.body.view?.type === 'modal') await work();
        else await admit(pressing.door, work);
      });
    },

    act(action, handler) {
      listen(action, (pressing) => inTurn(async () => handler(await read(action, pressing))));
    },

    submit(form, handler) {
      add(submitted, form.id, async ({ ack, body, view, client }) => {
        const { submissionId, about } = metadataOf(form, view.private_metadata);
        const state = readState(view.state.values);
        let answer: FormAnswer;
        try {
          const submission = {
            actor: actorOf(body),
            get id() {
              if (submissionId === null) throw oldForm();
              return submissionId;
            },
            about,
            raw: state.values,
            client,
            view: { id: view.id, rootId: view.root_view_id ?? view.id, hash: view.hash },
            at: new Date(),
            read: (style: Parameters<typeof form.read>[1]) => form.read(state.values, style),
          };
          answer = await inTurn(() => handler(submission), 'form');
        } catch (error) {
          const problems = problemsIn(error, state);
          const told = problems && problemsAnswer(problems, state);
          if (!told) throw error instanceof FieldProblems ? oldForm() : error;
          return ack(told);
        }
        const { update, push, clear, after } = answer ?? {};
        const actor = actorOf(body);
        if (update)
          await ack({ response_action: 'update', view: ready(await stow(stash, actor, update)) });
        else if (push)
          await ack({ response_action: 'push', view: ready(await stow(stash, actor, push)) });
        else if (clear) await ack({ response_action: 'clear' });
        else await ack();
        await after?.();
      });
    },

    closed(form, handler) {
      add(closed, form.id, async ({ ack, body, view, client }) => {
        await ack();
        const metadata = form.metadata.read(view.private_metadata);
        if (metadata) await handler({ actor: actorOf(body), about: metadata.about, client });
      });
    },

    forms: () => [...submitted.keys()].sort(),
    actions: () => [...pressed.keys()].sort(),
  };
}

/** @throws UserError `old_form` where the view is of a former version. */
function metadataOf<About>(
  { metadata }: Pick<Form<About, never, unknown, never>, 'metadata'>,
  text: string,
) {
  const read = metadata.read(text);
  if (read === null) throw oldForm();
  return read;
}

/** What the inputs have to say; null where it is no business of theirs. */
function problemsIn(error: unknown, { blockIds }: FormState): readonly Problem[] | null {
  if (error instanceof FieldProblems) return error.problems;
  if (!(error instanceof UserError) || error.path === null) return null;
  return Object.hasOwn(blockIds, error.path) ? [{ path: error.path, problem: error.text }] : null;
}

function clickOf<T>(
  id: string,
  value: T,
  { body, door, respond, stash }: Pressing & { stash: Stash },
): Click<T> {
  const { client } = door;
  const [pressed] = body.actions;
  const actor = actorOf(body);
  const stowed =
    <V extends ModalView>(making: Making<V>) =>
    async () =>
      stow(stash, actor, await makeNow(making));
  const { view, channel, message } = body;
  return {
    actor,
    value,
    by: pressed?.action_id.slice(id.length + 1) ?? '',
    at: pressedAt(pressed?.action_ts),
    blockId: pressed?.block_id ?? '',
    client,
    door,
    // There is an address to answer to in a message only.
    respond: body.response_url ? respond : () => Promise.reject(oldButton()),
    view: view
      ? {
          id: view.id,
          type: view.type === 'home' ? 'home' : 'modal',
          isOver: Boolean(view.previous_view_id),
          callbackId: view.callback_id ?? '',
          hash: view.hash,
          metadata: view.private_metadata,
          state: readState(view.state?.values ?? {}),
        }
      : null,
    message: channel && message?.ts ? { channel: channel.id, ts: message.ts } : null,
    isEphemeral: body.container?.is_ephemeral === true,
    responseUrl: body.response_url || null,
    open: (making) => openView(door, stowed(making)),
    showInstead: (making) => showInstead(door, body, stowed(making)),
    showOver: (making) => showOver(door, body, stowed(making)),
    async update(making) {
      if (!view) throw oldButton();
      await updateView(client, view, stowed(making));
    },
    async replace(words) {
      const { text, blocks } = fitMessage(await stow(stash, actor, words));
      if (!body.response_url) throw oldButton();
      await respond({ response_type: 'ephemeral', replace_original: true, text, blocks });
    },
  };
}

/** Slack's time stamps are seconds with parts of them; the machine's now where one can't be read. */
function pressedAt(actionTs: string | undefined): Date {
  const ms = Number(actionTs) * 1_000;
  return Number.isFinite(ms) ? new Date(ms) : new Date();
}

/** The value of what was clicked or chosen; empty where there is none. */
function clickedValue({ actions: [action] }: Pick<BlockAction, 'actions'>): string {
  if (!action) return '';
  if ('value' in action && typeof action.value === 'string') return action.value;
  if ('selected_option' in action) return action.selected_option?.value ?? '';
  if ('selected_user' in action) return action.selected_user ?? '';
  return 'selected_date' in action ? (action.selected_date ?? '') : '';
}
