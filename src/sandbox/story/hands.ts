/** A person of the story at work: what they type and press goes to the app as Slack sends it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Enterable, type Entered, enterIn, isStateful, optionsOf } from '../entering.ts';
import type { StateValues } from '../protocol.ts';
import type { PostedMessage } from '../slack/conversations.ts';
import type { Moves } from '../slack/moves.ts';
import { blocksOf, type SlackWorkspace } from '../slack/workspace.ts';
import { app, type DemoPerson, directMessageId } from '../team.ts';
import { placedElements, reconcile } from '../view-state.ts';

/** What is entered in a form, by field path (a block id up to its `:`). */
export type Entries = Record<string, Entered>;

export interface Desk {
  workspace: SlackWorkspace;
  moves: Moves;
  /** Takes down that the clock has been moved, so that what is written now has the time that it shows. */
  noteTime(): void;
  /** Resolves when the app has done all that it does after its answer. */
  settled(): Promise<void>;
}

const PATIENCE_MS = 60_000;
const LOOK_MS = 250;

/** The app answered something that a story can't go on from. */
class StoryError extends Error {
  override readonly name = 'StoryError';
}

export class Hands {
  readonly #desk: Desk;
  readonly #id: string;
  readonly #dm: string;

  constructor(desk: Desk, { id }: DemoPerson) {
    this.#desk = desk;
    this.#id = id;
    this.#dm = directMessageId(id, app.userId);
  }

  /** Runs `/bigplan` with these words. */
  async command(text: string): Promise<void> {
    await this.#done(this.#desk.moves.command(this.#id, this.#dm, { command: '/bigplan', text }));
  }

  /** Writes to the app. */
  async say(text: string): Promise<void> {
    this.#desk.noteTime();
    const { ts } = this.#desk.workspace.conversations.post(this.#dm, this.#id, { text });
    const event = { channel: this.#dm, channel_type: 'im', user: this.#id, text, ts, event_ts: ts };
    await this.#done(this.#desk.moves.event({ type: 'message', ...event }));
  }

  async openHome(): Promise<void> {
    await this.#done(this.#desk.moves.openHome(this.#id, 'home'));
  }

  /** What the app has written to them, oldest first. */
  inbox(): PostedMessage[] {
    return this.#sent(this.#dm);
  }

  /** The newest of what the app has written, to them or in a channel, that has this action id and these words. */
  find(actionId: string, { words = '', channel = this.#dm }: Sought = {}) {
    return this.#sent(channel).findLast(
      (message) => holds(message, actionId) && JSON.stringify(message.blocks).includes(words),
    );
  }

  /**
   * The same, and waits for it: a delivery that failed is tried again.
   *
   * @throws StoryError where nothing comes that has.
   */
  async sent(actionId: string, sought: Sought = {}): Promise<PostedMessage> {
    for (const until = Date.now() + PATIENCE_MS; ; await sleep(LOOK_MS)) {
      const found = this.find(actionId, sought);
      if (found) return found;
      if (Date.now() > until)
        throw this.#lost(`no message has ${actionId} with “${sought.words ?? ''}”`);
      await this.#desk.settled();
    }
  }

  /** What the app has written in a channel, oldest first. */
  channel(id: string): PostedMessage[] {
    return this.#sent(id);
  }

  /** The title of the form in front; undefined where none is open. */
  title(): string | undefined {
    const view = this.#desk.workspace.views.stack(this.#id).at(-1)?.view;
    return view?.type === 'modal' ? view.title.text : undefined;
  }

  /** What the form in front asks for, by field path; nothing where none is open. */
  asked(): string[] {
    if (this.title() === undefined) return [];
    return this.#inputs().map(({ blockId }) => pathOf(blockId));
  }

  /** The values of the choices that a field of the form in front offers. */
  offered(path: string): string[] {
    const found = this.#inputs().find(({ blockId }) => pathOf(blockId) === path);
    return found ? optionsOf(found.element).map(({ value }) => value) : [];
  }

  /**
   * Fills in the form in front and sends it.
   *
   * @throws StoryError where the app refuses it.
   */
  async submit(entries: Entries = {}): Promise<void> {
    const open = this.#front();
    const before = this.title();
    const values = { ...reconcile({}, open.view.blocks) };
    for (const [path, entry] of Object.entries(entries)) {
      const placed = this.#inputs().find(({ blockId }) => pathOf(blockId) === path);
      if (!placed) throw this.#lost(`“${before}” asks for no ${path}`);
      const { blockId, element } = placed;
      values[blockId] = { ...values[blockId], [element.action_id]: enterIn(element, entry) };
    }
    const submitted = await this.#desk.moves.submit(open, values);
    if (submitted.outcome !== 'done')
      throw this.#lost(`“${before}” was refused: ${JSON.stringify(submitted.ack.body)}`);
    await this.#desk.settled();
  }

  /** Presses what has this action id in the form in front. */
  async pressInForm(actionId: string, which?: Which): Promise<void> {
    const open = this.#front();
    const blocks = blocksOf(open);
    const acted = this.#acted(blocks, actionId, which);
    const values: StateValues = reconcile({}, blocks);
    await this.#done(this.#desk.moves.actInView(open, acted, values));
  }

  /** Presses what has this action id in a message. */
  async press(message: PostedMessage, actionId: string, which?: Which): Promise<void> {
    const acted = this.#acted(message.blocks, actionId, which);
    const values: StateValues = reconcile({}, message.blocks);
    await this.#done(this.#desk.moves.actInMessage(this.#id, message, acted, values));
  }

  /** Closes all forms. */
  async close(): Promise<void> {
    const [root] = this.#desk.workspace.views.stack(this.#id);
    if (root) await this.#desk.moves.close(root, true);
    await this.#desk.settled();
  }

  /** Looks at what was written to them, so that the badge goes. */
  read(): void {
    this.#desk.workspace.conversations.markRead(this.#dm, this.#id);
  }

  #sent(channel: string): PostedMessage[] {
    const { conversations } = this.#desk.workspace;
    return conversations.in(channel).filter(({ user }) => user === app.userId);
  }

  #front() {
    const open = this.#desk.workspace.views.stack(this.#id).at(-1);
    if (!open) throw this.#lost('no form is open');
    return open;
  }

  #inputs(): { blockId: string; element: Enterable }[] {
    return elementsOf(this.#front().view.blocks).filter(({ element }) => isStateful(element));
  }

  #acted(blocks: readonly unknown[], actionId: string, { beside = '', choice }: Which = {}) {
    const near = blocks.filter((block) => JSON.stringify(block).includes(beside));
    const found = elementsOf(near).find(({ element }) => isNamed(element, actionId));
    if (!found) {
      const there = elementsOf(blocks).map(({ element }) => element.action_id);
      throw this.#lost(`there is no ${actionId} beside “${beside}” among ${there.join(', ')}`);
    }
    const { type, action_id, ...element } = found.element;
    const placed = { type, action_id, block_id: found.blockId };
    if (choice === undefined)
      return { ...placed, ...(element.value !== undefined && { value: String(element.value) }) };
    const chosen = optionsOf(found.element).find(({ text }) => text.text === choice);
    if (!chosen) throw this.#lost(`${actionId} doesn’t offer “${choice}”`);
    return { ...placed, selected_option: chosen };
  }

  #lost(what: string): StoryError {
    const last = this.inbox().at(-1)?.text;
    return new StoryError(`${this.#id}: ${what}. Last message: ${last}`);
  }

  async #done(sent: Promise<{ status: number }>): Promise<void> {
    const { status } = await sent;
    if (status !== 200) throw this.#lost(`HTTP ${status}`);
    await this.#desk.settled();
  }
}

/** What a message says, and where: to them, unless it is in a channel. */
interface Sought {
  words?: string;
  channel?: string;
}

/** Which of those with one action id: the first beside these words, in the same block; what in a `⋯`. */
interface Which {
  beside?: string;
  choice?: string;
}

/** Whether something in a message has this action id. */
export function holds(message: PostedMessage, actionId: string): boolean {
  return elementsOf(message.blocks).some(({ element }) => isNamed(element, actionId));
}

/** The same action more than once in one place is numbered: `recovery_add.1`. */
function isNamed({ action_id }: Enterable, actionId: string): boolean {
  return action_id === actionId || action_id.split('.', 1)[0] === actionId;
}

/** `renewals.3.amount` of the block id `renewals.3.amount:7`. */
function pathOf(blockId: string): string {
  return blockId.split(':', 1)[0] ?? blockId;
}

function elementsOf(blocks: readonly unknown[]): { blockId: string; element: Enterable }[] {
  return placedElements(blocks).map(({ blockId, element }) => ({
    blockId,
    element: { ...element },
  }));
}
