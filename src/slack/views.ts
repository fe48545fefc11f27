/** Views going out: opened within a second whatever the machine does, and never over something newer. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HomeView, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { section } from './blocks.ts';
import { isSlackCode } from './errors.ts';
import { withSubmissionId } from './form.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import { fitView } from './limits.ts';
import { modal } from './surfaces.ts';

/** A view, or the work that makes it. */
export type Making<V> = V | (() => V | Promise<V>);

/** Where a click came from, as far as a view needs to know. */
export interface ClickOrigin {
  trigger_id: string;
  view?:
    | {
        id: string;
        type: string;
        hash?: string | undefined;
        previous_view_id?: string | null | undefined;
      }
    | undefined;
}

/** A trigger lives three seconds: what isn't made by then is waited for in a view that is open already. */
const PATIENCE_MS = 500;

/** What went wrong while a placeholder was open already: the words belong there. */
export class FailedInPlaceholder extends Error {
  override readonly name = 'FailedInPlaceholder';
  readonly viewId: string;

  constructor(cause: unknown, viewId: string) {
    super('failed in a placeholder', { cause });
    this.viewId = viewId;
  }
}

/** As it goes to Slack: within its limits, a form with the id of its submission. */
export function ready<V extends ModalView | HomeView>(view: V): V {
  return fitView(withSubmissionId(view, randomUUID));
}

export async function makeNow<V>(making: Making<V>): Promise<V> {
  return typeof making === 'function' ? (making as () => V | Promise<V>)() : making;
}

/** So many views are made at once: with more, all of them would be late. */
const AT_ONCE = 4;
/** One that hangs gives its place away after so long. */
const LONGEST_TURN_MS = 5_000;
let underWay = 0;
const waiting: (() => void)[] = [];

/** Makes the view once others leave it the processor. */
async function makeInTurn<V>(making: Making<V>): Promise<V> {
  if (underWay < AT_ONCE) underWay += 1;
  else await new Promise<void>((go) => waiting.push(go));
  const made = makeNow(making);
  const over = new AbortController();
  const tooLong = sleep(LONGEST_TURN_MS, null, { signal: over.signal });
  Promise.race([made, tooLong])
    .catch(() => {})
    .finally(() => {
      over.abort();
      const next = waiting.shift();
      if (next) next();
      else underWay -= 1;
    });
  return made;
}

/**
 * Opens a modal, or pushes one over the modal that was clicked in. What isn't ready at once, or comes while
 * many others are made, opens a placeholder, which it then takes the place of.
 *
 * @throws what the making throws; a FailedInPlaceholder around it where the placeholder is open.
 */
async function openWith(
  client: WebClient,
  call: 'open' | 'push',
  triggerId: string,
  making: Making<ModalView>,
): Promise<void> {
  const isBusy = underWay >= AT_ONCE;
  const soon = isBusy ? null : makeInTurn(making);
  const first = soon && (await withinPatience(soon));
  if (first) {
    await client.views[call]({ trigger_id: triggerId, view: ready(first) });
    return;
  }
  const { view } = await client.views[call]({ trigger_id: triggerId, view: placeholder() });
  const viewId = view?.id;
  if (viewId === undefined) throw new Error(`views.${call} returned no view`);
  try {
    await client.views.update({ view_id: viewId, view: ready(await (soon ?? makeInTurn(making))) });
  } catch (error) {
    if (wasClosed(error)) return;
    throw new FailedInPlaceholder(error, viewId);
  }
}

/** What is ready soon; null: it isn't. */
async function withinPatience<V>(made: Promise<V>): Promise<V | null> {
  // Heard here, or once the placeholder is open.
  made.catch(() => {});
  const waited = new AbortController();
  const late = sleep(PATIENCE_MS, null, { signal: waited.signal }).catch(() => null);
  return Promise.race([made, late]).finally(() => waited.abort());
}

/** Whether the view is gone that was to be changed: nobody waits for it any more. */
export function wasClosed(error: unknown): boolean {
  return isSlackCode(error, 'not_found', 'view_not_found');
}

const placeholder = () =>
  modal({
    title: 'Bigplan',
    callbackId: 'placeholder',
    close: 'Close',
    blocks: [section('One moment: this comes right away.')],
  });

export function openView(
  client: WebClient,
  triggerId: string,
  making: Making<ModalView>,
): Promise<void> {
  return openWith(client, 'open', triggerId, making);
}

function pushView(client: WebClient, triggerId: string, making: Making<ModalView>): Promise<void> {
  return openWith(client, 'push', triggerId, making);
}

const queue = createKeyedQueue();

/**
 * Changes a view that is open. With its `hash` as it was read: where something newer is shown by now, it is
 * made once more, from what is so then. The changes of one view take turns, so that the last one made is the
 * last one shown. One that was closed meanwhile is left.
 */
export async function updateView(
  client: WebClient,
  view: string | { id: string; hash?: string | undefined },
  making: Making<ModalView>,
): Promise<void> {
  const { id, hash } = typeof view === 'string' ? { id: view, hash: undefined } : view;
  const change = async (seen: string | undefined) => {
    const made = ready(await makeNow(making));
    await client.views.update({ view_id: id, view: made, ...(seen && { hash: seen }) });
  };
  try {
    await queue(id, () =>
      change(hash).catch((error) => {
        if (!isSlackCode(error, 'hash_conflict')) throw error;
        return change(undefined);
      }),
    );
  } catch (error) {
    if (!wasClosed(error)) throw error;
  }
}

/** Returns Slack's hash of it. With one of what was published before, nothing newer is written over. */
export async function publishHome(
  client: WebClient,
  userId: string,
  view: HomeView,
  hash?: string,
): Promise<string> {
  const published = await client.views.publish({
    user_id: userId,
    view: fitView(view),
    ...(hash && { hash }),
  });
  return published.view?.hash ?? '';
}

/** Takes the place of the modal that was clicked in; opens one from a message or Home. */
export async function showInstead(
  client: WebClient,
  from: ClickOrigin,
  making: Making<ModalView>,
): Promise<void> {
  if (from.view?.type === 'modal') await updateView(client, from.view, making);
  else await openView(client, from.trigger_id, making);
}

/** Lies over the modal that was clicked in, once: a second one takes its place, since Slack stacks three. */
export async function showOver(
  client: WebClient,
  from: ClickOrigin,
  making: Making<ModalView>,
): Promise<void> {
  if (from.view?.type !== 'modal') await openView(client, from.trigger_id, making);
  else if (from.view.previous_view_id) await updateView(client, from.view, making);
  else await pushView(client, from.trigger_id, making);
}
