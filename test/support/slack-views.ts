/** The modals that each person has open, and everybody's Home. */
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { type Entry, enter, initialState, type StateValues } from './slack-values.ts';

export interface OpenView {
  id: string;
  user: string;
  view: ModalView | HomeView;
  values: StateValues;
  hash: string;
  rootId: string;
  previousId: string | null;
}

const MAX_STACK = 3;
let lastId = 0;

/** Slack's word for why a call is refused, and its reasons in detail. */
export class Refusal extends Error {
  readonly details: string[];

  constructor(code: string, details: string[] = []) {
    super(code);
    this.details = details;
  }
}

export class Views {
  readonly #stacks = new Map<string, OpenView[]>();
  readonly #homes = new Map<string, OpenView>();

  /** The modal in front; undefined where none is open. */
  front(user: string): OpenView | undefined {
    return this.#stack(user).at(-1);
  }

  stack(user: string): readonly OpenView[] {
    return this.#stack(user);
  }

  home(user: string): OpenView | undefined {
    return this.#homes.get(user);
  }

  open(user: string, view: ModalView): OpenView {
    const id = `V${++lastId}`;
    const opened = this.#create(id, user, view, id, null);
    this.#stacks.set(user, [opened]);
    return opened;
  }

  push(user: string, view: ModalView): OpenView {
    const stack = this.#stack(user);
    const [root] = stack;
    const front = stack.at(-1);
    if (root === undefined || front === undefined) throw new Refusal('view_not_found');
    if (stack.length >= MAX_STACK) throw new Refusal('push_limit_reached');
    const pushed = this.#create(`V${++lastId}`, user, view, root.id, front.id);
    stack.push(pushed);
    return pushed;
  }

  /** What was typed stays where the block id and the action id did. */
  update(id: string, view: ModalView, hash?: string): OpenView {
    const open = [...this.#stacks.values()].flat().find((one) => one.id === id);
    if (open === undefined) throw new Refusal('not_found');
    if (hash !== undefined && hash !== open.hash) throw new Refusal('hash_conflict');
    const named = withBlockIds(view);
    open.view = named;
    open.values = initialState(named.blocks as KnownBlock[], open.values);
    open.hash = newHash();
    return open;
  }

  publish(user: string, view: HomeView): OpenView {
    const home = this.#create(`V${++lastId}`, user, view, '', null);
    this.#homes.set(user, home);
    return home;
  }

  /** Takes the front one away, as its close button does; or all of them. */
  close(user: string, all = false): void {
    if (all) this.#stacks.delete(user);
    else this.#stack(user).pop();
  }

  fill(open: OpenView, blockId: string, element: Parameters<typeof enter>[0], entry: Entry): void {
    const actionId = element.action_id ?? '';
    open.values[blockId] = { ...open.values[blockId], [actionId]: enter(element, entry) };
  }

  #stack(user: string): OpenView[] {
    const stack = this.#stacks.get(user) ?? [];
    this.#stacks.set(user, stack);
    return stack;
  }

  #create(
    id: string,
    user: string,
    view: ModalView | HomeView,
    rootId: string,
    previousId: string | null,
  ): OpenView {
    const named = withBlockIds(view);
    const values = initialState(named.blocks as KnownBlock[]);
    return { id, user, view: named, values, hash: newHash(), rootId: rootId || id, previousId };
  }
}

/** Slack names the blocks that the app left unnamed. */
function withBlockIds<V extends ModalView | HomeView>(view: V): V {
  const blocks = view.blocks.map((block) => ({ block_id: `auto${++lastId}`, ...block }));
  return { ...view, blocks };
}

function newHash(): string {
  return `${Date.now()}.${++lastId}`;
}
