/** Writing and ticking the recovery plan, and closing the review: from its messages and in its views. */
import { randomUUID } from 'node:crypto';
import type { BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { teamLedBy } from '../../people/store.ts';
import { readerOf } from '../../plan/access.ts';
import { parseForm, readState as readForm } from '../../slack/form.ts';
import { fitView } from '../../slack/limits.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { showOver, updateView } from '../../slack/views.ts';
import { addDays } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { mustJoin, type OpenedReview } from '../pair.ts';
import { itemFields } from '../schemas.ts';
import { findItem } from '../store.ts';
import {
  mustBeOpen,
  mustEdit,
  putItemBack,
  takeItemAway,
  tickItem,
  writeItem,
} from './change-items.ts';
import { closeReview, reopenReview } from './close-review.ts';
import { closeView, readClosing } from './close-view.ts';
import { type ItemFormScreen, itemForm, type Place, readPlace } from './item-view.ts';
import { recoveryScreen } from './show-recovery.ts';
import { readState, recoveryView } from './view.ts';

/** So many days from today an item is due where nobody says otherwise. */
const USUAL_DAYS = 14;

/** Fields that a refusal of a form belongs to. */
const FIELDS: Record<string, string> = {
  due_passed: 'due',
  due_far: 'due',
  no_manager: 'owner',
};

interface Seen {
  reviewId: string;
  page: number;
  removedId: string;
}

export function listenToRecovery(context: Context): void {
  const { app, clock } = context;

  app.action(ACTION.recovery, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const found = await mustJoin(context, actorOf(body), clickedValue(body));
    if (!found.review.closedAt) mustBeOpen(found.review);
    await showOver(client, body, await planView(found, { page: 0, removedId: '' }));
  });

  app.action(new RegExp(`^${ACTION.itemsPage}\\.`), async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const page = Number(clickedValue(body));
    await showAgain(body, (seen) => ({ ...seen, page }));
  });

  app.action(ACTION.itemAdd, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const found = await mustJoin(context, actorOf(body), clickedValue(body));
    mustBeOpen(found.review);
    await showOver(client, body, await newItem(found, body));
  });

  app.action(ACTION.itemSuggested, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const key = clickedValue(body);
    const found = await mustJoin(context, actorOf(body), seenIn(body)?.reviewId ?? '');
    mustBeOpen(found.review);
    const { suggestions } = await screenOf(found);
    const suggestion = suggestions.find((one) => one.key === key);
    if (!suggestion) throw new UserError('suggestion_gone', 'That is on the plan already.');
    const { text, kpi, due } = suggestion;
    const initial = { text, kpi, ...(due && due >= todayOf(found) && { due }) };
    await showOver(client, body, await newItem(found, body, initial));
  });

  app.action(ACTION.itemEdit, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { item, ...found } = await mustEdit(context, actorOf(body), clickedValue(body));
    const { text, owner, due, kpi } = item;
    const about = { itemId: item.id, isNew: false, initial: { text, owner, due, kpi } };
    await showOver(client, body, await formOf(found, body, about));
  });

  app.view(CALLBACK.item, async ({ ack, body, view, client }) => {
    const actor = actorOf(body);
    const { place, shownIn, page, ...about } = readPlace(view.private_metadata);
    const found = await mustJoin(context, actor, about.reviewId);
    const state = readForm(view.state.values);
    const form = parseForm(itemFields(readerOf(found).locale), state);
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    try {
      await writeItem(context, actor, about, form.value);
    } catch (error) {
      const field = error instanceof UserError ? FIELDS[error.code] : undefined;
      if (!(error instanceof UserError) || !field) throw error;
      const blockId = state.blockIds[field] ?? field;
      return ack({ response_action: 'errors', errors: { [blockId]: error.text } });
    }
    const plan = async () =>
      planView(await mustJoin(context, actor, shownIn), { page, removedId: '' });
    if (place === 'instead') {
      await ack({ response_action: 'update', view: fitView(await plan()) });
    } else {
      await ack();
      const under = view.previous_view_id;
      if (place === 'over' && under)
        await settle(async () => updateView(client, under, await plan()));
    }
  });

  app.action(ACTION.itemDone, async ({ ack, body }) => {
    await ack();
    if (body.type === 'block_actions') await tick(body, true);
  });

  app.action(ACTION.itemUndone, async ({ ack, body }) => {
    await ack();
    if (body.type === 'block_actions') await tick(body, false);
  });

  async function tick(body: BlockAction, isDone: boolean): Promise<void> {
    await tickItem(context, actorOf(body), clickedValue(body), isDone);
    await showAgain(body);
  }

  app.action(ACTION.itemRemove, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const reviewId = seenIn(body)?.reviewId ?? '';
    const itemId = clickedValue(body);
    await takeItemAway(context, actorOf(body), { reviewId, itemId });
    await showAgain(body, (seen) => ({ ...seen, removedId: itemId }));
  });

  app.action(ACTION.itemPutBack, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { reviewId = '', removedId = '' } = seenIn(body) ?? {};
    await putItemBack(context, actorOf(body), { reviewId, itemId: removedId });
    await showAgain(body, (seen) => ({ ...seen, removedId: '' }));
  });

  app.action(ACTION.closeOpen, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const found = await mustJoin(context, actorOf(body), clickedValue(body));
    if (!found.review.closedAt) mustBeOpen(found.review);
    await showOver(client, body, closeView(await screenOf(found)));
  });

  app.view(CALLBACK.close, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const { reviewId, isEmpty } = readClosing(view.private_metadata);
    const review = await closeReview(context, actor, { reviewId, evenEmpty: isEmpty });
    if (!review) {
      // What the form listed was taken off meanwhile.
      const now = closeView(await screenOf(await mustJoin(context, actor, reviewId)));
      return ack({ response_action: 'update', view: fitView(now) });
    }
    await ack({ response_action: 'clear' });
  });

  app.action(ACTION.reopen, async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const review = await reopenReview(context, actor, clickedValue(body));
    const found = await mustJoin(context, actor, review.id);
    const { view } = body;
    if (view?.type === 'modal') {
      const shown = await planView(found, { page: 0, removedId: '' });
      await settle(() => updateView(client, view.id, shown));
    }
  });

  // ── What is shown ────────────────────────────────────────────────────────────────────────────

  const todayOf = (found: OpenedReview) => localDateIn(readerOf(found).timeZone, clock.now());

  const screenOf = (found: OpenedReview) =>
    recoveryScreen(context, found, readerOf(found), clock.now());

  async function planView(
    found: OpenedReview,
    { page, removedId }: Pick<Seen, 'page' | 'removedId'>,
  ): Promise<ModalView> {
    const item = await findItem(context, removedId, { evenRemoved: true });
    const removed = item?.removedAt && item.repId === found.review.repId ? item : null;
    return recoveryView(await screenOf(found), { reviewId: found.review.id, page, removed });
  }

  /** The recovery plan in which something was clicked, as it is now. */
  async function showAgain(
    body: BlockAction,
    change: (seen: Seen) => Seen = (seen) => seen,
  ): Promise<void> {
    const seen = seenIn(body);
    const { view } = body;
    if (!seen || !view) return;
    const { reviewId, ...state } = change(seen);
    const found = await mustJoin(context, actorOf(body), reviewId);
    const shown = await planView(found, state);
    await settle(() => updateView(context.client, view.id, shown));
  }

  async function newItem(
    found: OpenedReview,
    body: BlockAction,
    initial: Partial<ItemFormScreen['initial']> = {},
  ): Promise<ModalView> {
    const due = addDays(todayOf(found), USUAL_DAYS);
    return formOf(found, body, {
      itemId: randomUUID(),
      isNew: true,
      initial: { text: '', owner: 'rep', due, kpi: null, ...initial },
    });
  }

  async function formOf(
    { review, pair }: Pick<OpenedReview, 'review' | 'pair'>,
    body: BlockAction,
    about: Pick<ItemFormScreen, 'itemId' | 'isNew' | 'initial'>,
  ): Promise<ModalView> {
    const { rep, manager } = pair;
    const team = manager && (await teamLedBy(context.db, rep.workspaceId, manager.userId));
    return itemForm({
      ...about,
      reviewId: review.id,
      place: placeOf(body),
      shownIn: seenIn(body)?.reviewId ?? review.id,
      page: seenIn(body)?.page ?? 0,
      repName: rep.name,
      managerName: manager?.name ?? null,
      channelId: team?.channelId ?? null,
      card: review.card,
    });
  }

  /** The person may have closed it meanwhile: what they did is done all the same. */
  async function settle(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (err) {
      context.log.warn({ err, method: 'views.update' }, 'A view could not be brought up to date');
    }
  }
}

/** What the recovery plan that was clicked in keeps; null: it was another view, or a message. */
function seenIn({ view }: BlockAction): Seen | null {
  return view?.callback_id === CALLBACK.recovery ? readState(view.private_metadata) : null;
}

function placeOf(body: BlockAction): Place {
  if (!seenIn(body)) return 'alone';
  return body.view?.previous_view_id ? 'instead' : 'over';
}
