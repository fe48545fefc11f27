/** Views going out: opened within a second whatever the machine does, and never over something newer. */
import { randomUUID } from 'node:crypto';
import type { HomeView, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { within } from '../time/within.ts';
import { inTurn, isBusy, stepAside } from './admission.ts';
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
const PATIENCE_MS = 300;
/** So long for work that may need no view at all. */
const LATE_MS = 1_500;

const SOON = 'One moment: this comes right away.';
const BUSY = 'Busy just now: your form comes in a moment.';
const DONE =
  'That is done. Where it has an answer, you find it where you were; you can close this.';

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

/**
 * The trigger of a request, which opens one view within three seconds: the form, or a placeholder that the form then
 * takes the place of.
 */
export interface Door {
  readonly client: WebClient;
  readonly triggerId: string;
  /** Null: the trigger is unused. */
  placeholder: Promise<string> | null;
  isUsed: boolean;
}

export const doorOf = (client: WebClient, triggerId: string): Door => ({
  client,
  triggerId,
  placeholder: null,
  isUsed: false,
});

type Opening = 'open' | 'push';

/** Opens the placeholder, where nothing is open yet. @returns its id; null: the form itself was opened. */
function hold(door: Door, call: Opening, text: string): Promise<string> | null {
  if (door.isUsed) return door.placeholder;
  door.isUsed = true;
  const { client, triggerId } = door;
  door.placeholder = client.views[call]({ trigger_id: triggerId, view: placeholder(text) }).then(
    ({ view }) => {
      if (view?.id === undefined) throw new Error(`views.${call} returned no view`);
      return view.id;
    },
  );
  door.placeholder.catch(() => {});
  return door.placeholder;
}

/**
 * Opens a modal, or pushes one over the modal that was clicked in. What isn't ready at once, or has to wait for its
 * turn, opens a placeholder, which it then takes the place of.
 *
 * @throws what the making throws; a FailedInPlaceholder around it where the placeholder is open.
 */
async function openWith(door: Door, call: Opening, making: Making<ModalView>): Promise<void> {
  const { client, triggerId } = door;
  const isLate = isBusy();
  // Made, it waits for nobody but Slack.
  const soon = inTurn(() => makeNow(making)).finally(stepAside);
  const first = isLate || door.isUsed ? undefined : await within(PATIENCE_MS, soon);
  if (first && !door.isUsed) {
    door.isUsed = true;
    await client.views[call]({ trigger_id: triggerId, view: ready(first) });
    return;
  }
  // Heard here, or once the placeholder is open.
  soon.catch(() => {});
  const viewId = await hold(door, call, isLate ? BUSY : SOON);
  if (viewId === null) throw new Error('A trigger opens one view');
  try {
    await client.views.update({ view_id: viewId, view: ready(await soon) });
    door.placeholder = null;
  } catch (error) {
    if (wasClosed(error)) return;
    throw new FailedInPlaceholder(error, viewId);
  }
}

/**
 * Does in its turn what may end in a form, and may not: where it has to wait, or takes long, the trigger is used for
 * a placeholder, which says at last where the answer is if there is no form.
 */
export async function admit(door: Door, work: () => Promise<unknown>): Promise<void> {
  if (isBusy()) hold(door, 'open', BUSY);
  const late = setTimeout(() => hold(door, 'open', SOON), LATE_MS);
  try {
    await inTurn(work);
  } catch (error) {
    const viewId = await openPlaceholder(door);
    if (viewId === null || error instanceof FailedInPlaceholder) throw error;
    throw new FailedInPlaceholder(error, viewId);
  } finally {
    clearTimeout(late);
  }
  const viewId = await openPlaceholder(door);
  if (viewId === null) return;
  door.placeholder = null;
  await updateView(door.client, viewId, placeholder(DONE));
}

/** What is still a placeholder; null: nothing is, or it couldn't be opened. */
async function openPlaceholder({ placeholder }: Door): Promise<string | null> {
  return placeholder?.catch(() => null) ?? null;
}

/** Whether the view is gone that was to be changed: nobody waits for it any more. */
export function wasClosed(error: unknown): boolean {
  return isSlackCode(error, 'not_found', 'view_not_found');
}

const placeholder = (text: string) =>
  modal({
    title: 'Bigplan',
    callbackId: 'placeholder',
    close: 'Close',
    blocks: [section(text)],
  });

export function openView(door: Door, making: Making<ModalView>): Promise<void> {
  return openWith(door, 'open', making);
}

function pushView(door: Door, making: Making<ModalView>): Promise<void> {
  return openWith(door, 'push', making);
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
    const made = ready(await inTurn(() => makeNow(making)));
    stepAside();
    await client.views.update({ view_id: id, view: made, ...(seen && { hash: seen }) });
  };
  // Who waits for those before them takes no place.
  stepAside();
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
  door: Door,
  { view }: ClickOrigin,
  making: Making<ModalView>,
): Promise<void> {
  if (view?.type === 'modal') await updateView(door.client, view, making);
  else await openView(door, making);
}

/** Lies over the modal that was clicked in, once: a second one takes its place, since Slack stacks three. */
export async function showOver(
  door: Door,
  { view }: ClickOrigin,
  making: Making<ModalView>,
): Promise<void> {
  if (view?.type !== 'modal') await openView(door, making);
  else if (view.previous_view_id) await updateView(door.client, view, making);
  else await pushView(door, making);
}
