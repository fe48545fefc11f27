/** Writing and ticking the recovery plan, and closing the review: from its messages and in its views. */
import { randomUUID } from 'node:crypto';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { readerOf } from '../../plan/access.ts';
import type { Act, ClickedView } from '../../slack/on.ts';
import { updateView } from '../../slack/views.ts';
import { addDays } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import {
  itemAdd,
  itemDone,
  itemEdit,
  itemPutBack,
  itemRemove,
  itemSuggested,
  itemsPage,
  itemUndone,
  recoveryOpen,
  reviewCloseOpen,
  reviewReopen,
} from '../ids.ts';
import { channelOf, mustJoin, type OpenedReview } from '../pair.ts';
import type { ItemFields } from '../schemas.ts';
import { findItem } from '../store.ts';
import { withoutFigures } from '../words-view.ts';
import {
  mustBeOpen,
  mustEdit,
  ownersDays,
  putItemBack,
  takeItemAway,
  tickItem,
  writeItem,
} from './change-items.ts';
import { closeReview, reopenReview } from './close-review.ts';
import {
  closeView,
  closingForm,
  type ItemAbout,
  type ItemFormStyle,
  itemForm,
} from './forms-view.ts';
import { nextWorkedOn } from './rules.ts';
import { recoveryScreen } from './show-recovery.ts';
import { type RecoveryPlace, recoveryPlace, recoveryView } from './view.ts';

/** So many days from today an item is due where nobody says otherwise. */
const USUAL_DAYS = 14;

export function listenToRecovery(context: Context): void {
  const { on, clock } = context;

  on.click(recoveryOpen, ({ actor, value, showOver }) =>
    showOver(async () => {
      const found = await mustJoin(context, actor, value);
      if (!found.review.closedAt) mustBeOpen(found.review);
      return planView(found);
    }),
  );

  on.act(itemsPage, ({ value: page, ...click }) =>
    showAgain(click, (place) => ({ ...place, page })),
  );

  on.click(itemAdd, ({ actor, value, view, showOver }) =>
    showOver(async () => newItem(await mustJoin(context, actor, value), view)),
  );

  on.click(itemSuggested, ({ actor, value: key, view, showOver }) =>
    showOver(async () => {
      const found = await mustJoin(context, actor, placeIn(view).reviewId);
      mustBeOpen(found.review);
      const { suggestions } = await screenOf(found);
      const suggestion = suggestions.find((one) => one.key === key);
      if (!suggestion) throw new UserError('suggestion_gone', 'That is on the plan already.');
      const { text, kpi, due } = suggestion;
      return newItem(found, view, { text, kpi, ...(due && due >= todayOf(found) && { due }) });
    }),
  );

  on.click(itemEdit, ({ actor, value, view, showOver }) =>
    showOver(async () => {
      const { item, ...found } = await mustEdit(context, actor, value);
      const { text, owner, due, kpi } = item;
      return formOf(found, view, item.id, { text, owner, due, kpi });
    }),
  );

  on.submit(itemForm, async (submission) => {
    const { actor, about, client, view } = submission;
    const { reviewId, itemId, place, shownIn, page } = about;
    const fields = submission.read(styleOf(await mustJoin(context, actor, reviewId)));
    const written = { id: itemId ?? submission.id, isNew: itemId === null };
    await writeItem(context, actor, reviewId, written, fields);
    const plan = async () => planView(await mustJoin(context, actor, shownIn), { page });
    switch (place) {
      case 'instead':
        return { update: await plan() };
      case 'over':
        return { after: () => updateView(client, view.rootId, plan) };
      case 'alone':
        return;
    }
  });

  on.act(itemDone, (click) => tick(click, true));
  on.act(itemUndone, (click) => tick(click, false));

  async function tick(click: Act<string>, isDone: boolean): Promise<void> {
    await tickItem(context, click.actor, click.value, isDone);
    // In a message it shows by itself.
    if (inPlan(click.view)) await showAgain(click);
  }

  on.act(itemRemove, async ({ value: itemId, ...click }) => {
    const { reviewId } = placeIn(click.view);
    await takeItemAway(context, click.actor, { reviewId, itemId });
    await showAgain(click, (place) => ({ ...place, removedId: itemId }));
  });

  on.act(itemPutBack, async ({ value: itemId, ...click }) => {
    const { reviewId } = placeIn(click.view);
    await putItemBack(context, click.actor, { reviewId, itemId });
    await showAgain(click, (place) => ({ ...place, removedId: null }));
  });

  on.click(reviewCloseOpen, ({ actor, value, showOver }) =>
    showOver(async () => {
      const found = await mustJoin(context, actor, value);
      if (!found.review.closedAt) mustBeOpen(found.review);
      return closeView(await screenOf(found));
    }),
  );

  on.submit(closingForm, async ({ actor, about: { reviewId, isEmpty } }) => {
    const review = await closeReview(context, actor, { reviewId, evenEmpty: isEmpty });
    if (review) return { clear: true };
    // What the form listed was taken off meanwhile.
    return { update: closeView(await screenOf(await mustJoin(context, actor, reviewId))) };
  });

  on.click(reviewReopen, async ({ actor, value, view, update, showOver }) => {
    const { id } = await reopenReview(context, actor, value);
    const show = view?.type === 'modal' ? update : showOver;
    await show(async () => planView(await mustJoin(context, actor, id)));
  });

  const todayOf = (found: OpenedReview) => localDateIn(readerOf(found).timeZone, clock.now());
  const screenOf = (found: OpenedReview) =>
    recoveryScreen(context, found, readerOf(found), clock.now());

  async function planView(
    found: OpenedReview,
    { page = 0, removedId = null }: Partial<Omit<RecoveryPlace, 'reviewId'>> = {},
  ) {
    const { id, repId } = found.review;
    const item = await findItem(context, removedId ?? '', { evenRemoved: true });
    const removed = item?.removedAt && item.repId === repId ? item : null;
    return recoveryView(await screenOf(found), { reviewId: id, page, removed });
  }

  /** The recovery plan in which something was clicked, as it is now. */
  async function showAgain(
    { actor, view, update }: Omit<Act<unknown>, 'value'>,
    change: (place: RecoveryPlace) => RecoveryPlace = (place) => place,
  ): Promise<void> {
    const { reviewId, ...place } = change(placeIn(view));
    await update(async () => planView(await mustJoin(context, actor, reviewId), place));
  }

  async function newItem(
    found: OpenedReview,
    view: ClickedView | null,
    initial: Partial<ItemFields> = {},
  ) {
    mustBeOpen(found.review);
    const { calendars } = await ownersDays(context, found.pair.rep);
    const due = nextWorkedOn(calendars.rep, initial.due ?? addDays(todayOf(found), USUAL_DAYS));
    return formOf(found, view, null, { text: '', owner: 'rep', kpi: null, ...initial, due });
  }

  async function formOf(
    found: OpenedReview,
    view: ClickedView | null,
    itemId: string | null,
    values: ItemFields,
  ) {
    const { review, pair } = found;
    const style = styleOf(found);
    const plan = inPlan(view);
    const about: ItemAbout = {
      reviewId: review.id,
      itemId,
      place: plan === null ? 'alone' : view?.isOver ? 'instead' : 'over',
      shownIn: plan?.reviewId ?? review.id,
      page: plan?.page ?? 0,
    };
    return itemForm.view({
      about,
      style,
      raw: itemForm.write({ ...values }, style),
      rev: itemId ?? randomUUID(),
      channelId: pair.manager && (await channelOf(context.db, review)),
    });
  }
}

function styleOf(found: OpenedReview): ItemFormStyle {
  const { review, pair } = found;
  return {
    ...withoutFigures(readerOf(found).locale),
    repName: pair.rep.name,
    managerName: pair.manager?.name ?? null,
    card: review.card,
  };
}

/** What the recovery plan that was clicked in carries; null: it was another view, or a message. */
const inPlan = (view: ClickedView | null): RecoveryPlace | null =>
  view && recoveryPlace.read(view.metadata);

/** @throws UserError `old_view` where it is a recovery plan of a former version. */
function placeIn(view: ClickedView | null): RecoveryPlace {
  const place = inPlan(view);
  if (place) return place;
  throw new UserError(
    'old_view',
    'This window is from before an update: close it, and open the recovery plan once more.',
  );
}
