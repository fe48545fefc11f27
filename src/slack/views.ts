import type { HomeView, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { fitView } from './limits.ts';

/** Where a click came from, as far as a view needs to know. */
export interface ClickOrigin {
  trigger_id: string;
  view?: { id: string; type: string; previous_view_id?: string | null | undefined } | undefined;
}

export async function openView(
  client: WebClient,
  triggerId: string,
  view: ModalView,
): Promise<void> {
  await client.views.open({ trigger_id: triggerId, view: fitView(view) });
}

export async function pushView(
  client: WebClient,
  triggerId: string,
  view: ModalView,
): Promise<void> {
  await client.views.push({ trigger_id: triggerId, view: fitView(view) });
}

export async function updateView(
  client: WebClient,
  viewId: string,
  view: ModalView,
): Promise<void> {
  await client.views.update({ view_id: viewId, view: fitView(view) });
}

export async function publishHome(
  client: WebClient,
  userId: string,
  view: HomeView,
): Promise<void> {
  await client.views.publish({ user_id: userId, view: fitView(view) });
}

/** Takes the place of the modal that was clicked in; opens one from a message or Home. */
export async function showInstead(
  client: WebClient,
  from: ClickOrigin,
  view: ModalView,
): Promise<void> {
  if (from.view?.type === 'modal') await updateView(client, from.view.id, view);
  else await openView(client, from.trigger_id, view);
}

/** Lies over the modal that was clicked in, once: a second one takes its place, since Slack stacks three. */
export async function showOver(
  client: WebClient,
  from: ClickOrigin,
  view: ModalView,
): Promise<void> {
  if (from.view?.type !== 'modal') await openView(client, from.trigger_id, view);
  else if (from.view.previous_view_id) await updateView(client, from.view.id, view);
  else await pushView(client, from.trigger_id, view);
}
