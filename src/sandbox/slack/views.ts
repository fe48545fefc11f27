/** The modals that each person has open, everybody's Home, and the triggers that open modals. */
import { randomBytes } from 'node:crypto';
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { withIds } from './block-ids.ts';
import { Refusal } from './refusal.ts';

export interface OpenView {
  id: string;
  user: string;
  view: ModalView | HomeView;
  /** A new one with each change; an update that names another is refused. */
  hash: string;
  rootId: string;
  previousId: string | null;
}

const MAX_STACK = 3;
const TRIGGER_MS = 3_000;

export class Views {
  readonly #stacks = new Map<string, OpenView[]>();
  readonly #homes = new Map<string, OpenView>();
  readonly #triggers = new Map<string, { user: string; until: number; used: boolean }>();
  #lastTrigger = 0;
  readonly #changed: (view: OpenView) => void;
  readonly #now: () => number;

  /**
   * @param changed sees each view that was opened or got other blocks
   * @param now the time that triggers live by, in ms
   */
  constructor(changed: (view: OpenView) => void, now: () => number) {
    this.#changed = changed;
    this.#now = now;
  }

  /** Opens one modal, within 3 seconds. */
  trigger(user: string): string {
    const id = `${++this.#lastTrigger}.${randomBytes(8).toString('hex')}`;
    this.#triggers.set(id, { user, until: this.#now() + TRIGGER_MS, used: false });
    return id;
  }

  /** Whose trigger it is, which is used up by that. */
  useTrigger(id: unknown): string {
    const trigger = this.#triggers.get(String(id));
    if (trigger === undefined) throw new Refusal('invalid_trigger_id');
    if (trigger.used) throw new Refusal('exchanged_trigger_id');
    if (this.#now() > trigger.until) throw new Refusal('expired_trigger_id');
    trigger.used = true;
    return trigger.user;
  }

  /** A person's open modals, the root first. */
  stack(user: string): readonly OpenView[] {
    return this.#stacks.get(user) ?? [];
  }

  home(user: string): OpenView | undefined {
    return this.#homes.get(user);
  }

  homes(): OpenView[] {
    return [...this.#homes.values()];
  }

  find(id: string): OpenView | undefined {
    return [...[...this.#stacks.values()].flat(), ...this.homes()].find((one) => one.id === id);
  }

  /** A new first modal; whatever was open goes. */
  open(user: string, view: ModalView): OpenView {
    const id = newId();
    const opened = this.#show({ id, user, view, hash: '', rootId: id, previousId: null });
    this.#stacks.set(user, [opened]);
    return opened;
  }

  push(user: string, view: ModalView): OpenView {
    const stack = this.stack(user);
    const front = stack.at(-1);
    if (front === undefined) throw new Refusal('not_found');
    if (stack.length >= MAX_STACK) throw new Refusal('push_limit_reached');
    const { rootId } = front;
    const pushed = this.#show({
      id: newId(),
      user,
      view,
      hash: '',
      rootId,
      previousId: front.id,
    });
    this.#stacks.set(user, [...stack, pushed]);
    return pushed;
  }

  update(id: string, view: ModalView | HomeView, hash?: string): OpenView {
    const open = this.find(id);
    if (open === undefined || open.view.type !== view.type) throw new Refusal('not_found');
    if (hash !== undefined && hash !== open.hash) throw new Refusal('hash_conflict');
    return this.#show(Object.assign(open, { view }));
  }

  publish(user: string, view: HomeView, hash?: string): OpenView {
    const home = this.#homes.get(user);
    if (home) return this.update(home.id, view, hash);
    const id = newId();
    const published = this.#show({ id, user, view, hash: '', rootId: id, previousId: null });
    this.#homes.set(user, published);
    return published;
  }

  /** Takes a modal and those above it away. Returns those that went, the topmost first. */
  close(user: string, id: string): OpenView[] {
    const stack = this.stack(user);
    const at = stack.findIndex((one) => one.id === id);
    if (at < 0) return [];
    this.#stacks.set(user, stack.slice(0, at));
    return stack.slice(at).reverse();
  }

  closeAll(user: string): OpenView[] {
    const [root] = this.stack(user);
    return root ? this.close(user, root.id) : [];
  }

  restoreHomes(homes: readonly OpenView[]): void {
    for (const home of homes) this.#homes.set(home.user, home);
  }

  #show(open: OpenView): OpenView {
    open.view = { ...open.view, blocks: withIds(open.view.blocks as KnownBlock[]) };
    open.hash = `${Math.floor(Date.now() / 1000)}.${randomBytes(4).toString('hex')}`;
    this.#changed(open);
    return open;
  }
}

function newId(): string {
  return `V${randomBytes(5).toString('hex').toUpperCase()}`;
}
