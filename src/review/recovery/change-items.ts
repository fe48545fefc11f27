/** A recovery plan's items: written, changed, ticked, taken away and put back, by either of the pair. */

import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { DatedStore, PersonRef, Store } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { type Pair, readerOf } from '../../plan/access.ts';
import { formatDate } from '../../slack/format.ts';
import { addDays, latestOf } from '../../time/local-date.ts';
import type { WorkCalendar } from '../../time/working-days.ts';
import { localDateIn } from '../../time/zone.ts';
import { overdueOrder, reviewOrder } from '../deliveries.ts';
import { mustJoin, type OpenedReview, withReview } from '../pair.ts';
import type { ItemFields } from '../schemas.ts';
import { reviewPlan } from '../scorecard/review-plan.ts';
import { findItem, type ItemOwner, type RecoveryItem, type Review, saveItem } from '../store.ts';
import { weekdayText } from '../words-view.ts';
import { lastOpened, recoveryReply } from './open-items.ts';
import { nextWorkedOn } from './rules.ts';

/** An item may be due so many days after the plan's end: what is learned at its end is still done. */
const AFTER_THE_END = 60;

const itemGone = () => new UserError('item_gone', 'That item was taken off the plan meanwhile.');

/**
 * Only of a review that is open now.
 * @throws UserError `not_open` or `review_closed`.
 */
export function mustBeOpen({ openedAt, closedAt }: Review): void {
  if (!openedAt) {
    throw new UserError(
      'not_open',
      'That review isn’t open yet: the rep says first what got in the way.',
    );
  }
  if (closedAt) {
    throw new UserError(
      'review_closed',
      'That review is closed: reopen it to change what it says.',
    );
  }
}

/** As `withReview`, with the review at which an item was agreed. */
async function withItem<T>(
  deps: Deps,
  actor: PersonRef,
  itemId: string,
  work: (tx: Tx, store: Store, found: OpenedReview & { item: RecoveryItem }) => Promise<T>,
): Promise<T> {
  const before = await findItem(deps, itemId);
  if (!before) throw itemGone();
  return withReview(deps, actor, before.reviewId, async (tx, store, opened) => {
    const item = await findItem(store, itemId);
    if (!item) throw itemGone();
    return work(tx, store, { ...opened, item });
  });
}

/** The item as a form may change it. @throws UserError `item_gone`, `item_done`, `not_yours`. */
export async function mustEdit(
  store: Store,
  actor: PersonRef,
  itemId: string,
): Promise<OpenedReview & { item: RecoveryItem }> {
  const item = await findItem(store, itemId);
  if (!item) throw itemGone();
  const opened = await mustJoin(store, actor, item.reviewId);
  mustBeUndone(item);
  return { ...opened, item };
}

function mustBeUndone({ doneAt }: RecoveryItem): void {
  if (doneAt) throw new UserError('item_done', 'That item is ticked already: undo that first.');
}

/**
 * Adds an item to a review's recovery plan, or changes one. The id of a new one comes with its form, so
 * that sending it twice adds one.
 *
 * @throws UserError `not_open`, `review_closed`, `item_gone`, `item_done`, `due_passed`, `due_far`, `due_off`,
 * `no_manager`, `not_yours`.
 */
export function writeItem(
  deps: Deps,
  actor: PersonRef,
  reviewId: string,
  { id, isNew }: { id: string; isNew: boolean },
  fields: ItemFields,
): Promise<RecoveryItem> {
  return withReview(deps, actor, reviewId, async (tx, store, opened) => {
    const { review, pair, side } = opened;
    const before = await findItem(store, id, { evenRemoved: true });
    if (before ? before.removedAt || before.reviewId !== review.id : !isNew) throw itemGone();
    // Sent twice, it was added the first time.
    if (before && isNew) return before;
    if (!before) mustBeOpen(review);
    if (before) mustBeUndone(before);
    await mustFit(deps, store, opened, fields, before);
    const item: RecoveryItem = {
      ...(before ?? {
        id,
        workspaceId: review.workspaceId,
        repId: review.repId,
        reviewId: review.id,
        doneAt: null,
        doneBy: null,
        removedAt: null,
        createdBy: actor.userId,
        createdAt: deps.clock.now(),
      }),
      ...fields,
    };
    await saveItem(store, item);
    if (before && (before.due !== item.due || before.owner !== item.owner)) {
      await cancelNudges(deps, tx, pair, before);
    }
    await recoveryReply(deps, tx, review);
    if (side === 'manager') {
      await deps.outbox.enqueue(tx, reviewOrder('recoveryCopy', pair.rep, review));
    }
    await follow(deps, tx, item, review);
    return item;
  });
}

/** The days on which either of a pair works; Monday to Friday while there is no plan that says so. */
export async function ownersDays(
  store: DatedStore,
  rep: PersonRef,
): Promise<{ calendars: Record<ItemOwner, WorkCalendar>; end: string | null }> {
  const plan = await reviewPlan(store, rep);
  const { calendar = MONDAY_TO_FRIDAY, manager } = plan?.schedule ?? {};
  return {
    calendars: { rep: calendar, manager: manager?.calendar ?? calendar },
    end: plan?.work.period.end ?? null,
  };
}

const MONDAY_TO_FRIDAY: WorkCalendar = {
  workdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  holidays: [],
  timeOff: [],
};

async function mustFit(
  { clock }: Deps,
  store: DatedStore,
  opened: OpenedReview,
  { due, owner }: ItemFields,
  before: RecoveryItem | null,
): Promise<void> {
  const { rep, manager } = opened.pair;
  if (owner === 'manager' && !manager) {
    throw new UserError(
      'no_manager',
      'Nobody manages them at the moment: the rep can do it.',
      'owner',
    );
  }
  // Words of an overdue item can be changed without promising another date.
  if (due === before?.due && owner === before.owner) return;
  const { timeZone, locale } = readerOf(opened);
  const today = localDateIn(timeZone, clock.now());
  if (due < today && due !== before?.due) {
    throw new UserError('due_passed', 'That day has passed: when from today on?', 'due');
  }
  const { calendars, end } = await ownersDays(store, rep);
  const latest = addDays(latestOf(today, end ?? today), AFTER_THE_END);
  if (due > latest) {
    const shown = formatDate(latest, locale, 'date');
    throw new UserError('due_far', `That is too far off: ${shown} is the latest.`, 'due');
  }
  const worked = nextWorkedOn(calendars[owner], due);
  if (due >= today && worked !== due) {
    const who = (owner === 'rep' ? rep : manager)?.name ?? rep.name;
    const [day, next] = [due, worked].map((date) => weekdayText(date, locale));
    throw new UserError('due_off', `${day} is no working day of ${who}: ${next} would do.`, 'due');
  }
}

/**
 * Ticks an item, or takes that back. One that is so already stays as it is: who was first has done it.
 * @throws UserError `item_gone`, `not_yours`.
 */
export function tickItem(
  deps: Deps,
  actor: PersonRef,
  itemId: string,
  isDone: boolean,
): Promise<void> {
  return withItem(deps, actor, itemId, async (tx, store, { item, review, pair }) => {
    if (isDone === (item.doneAt !== null)) return;
    const ticked: RecoveryItem = {
      ...item,
      doneAt: isDone ? deps.clock.now() : null,
      doneBy: isDone ? actor.userId : null,
    };
    await saveItem(store, ticked);
    if (isDone) await cancelNudges(deps, tx, pair, item);
    await follow(deps, tx, ticked, review);
  });
}

/**
 * Takes an item off the plan, from the plan of an open review: its own, or a later one that it was
 * carried to. It can be put back.
 *
 * @throws UserError `not_open`, `review_closed`, `item_gone`, `item_done`, `not_yours`.
 */
export async function takeItemAway(
  deps: Deps,
  actor: PersonRef,
  { reviewId, itemId }: { reviewId: string; itemId: string },
): Promise<void> {
  return withReview(deps, actor, reviewId, async (tx, store, { review: from, pair }) => {
    mustBeOpen(from);
    const item = await findItem(store, itemId);
    if (item?.workspaceId !== from.workspaceId || item.repId !== from.repId) throw itemGone();
    mustBeUndone(item);
    const { review } = await mustJoin(store, actor, item.reviewId);
    const removed = { ...item, removedAt: deps.clock.now() };
    await saveItem(store, removed);
    await cancelNudges(deps, tx, pair, item);
    await follow(deps, tx, removed, review);
  });
}

/**
 * Puts an item back as it was. One that is there already stays as it is.
 * @throws UserError `not_open`, `review_closed`, `item_gone`, `not_yours`.
 */
export function putItemBack(
  deps: Deps,
  actor: PersonRef,
  { reviewId, itemId }: { reviewId: string; itemId: string },
): Promise<void> {
  return withReview(deps, actor, reviewId, async (tx, store, { review: from }) => {
    mustBeOpen(from);
    const item = await findItem(store, itemId, { evenRemoved: true });
    if (item?.workspaceId !== from.workspaceId || item.repId !== from.repId) throw itemGone();
    if (!item.removedAt) return;
    const { review } = await mustJoin(store, actor, item.reviewId);
    const back = { ...item, removedAt: null };
    await saveItem(store, back);
    await recoveryReply(deps, tx, review);
    await follow(deps, tx, back, review);
  });
}

/** Whoever owned it hears no more of it. */
async function cancelNudges(
  { outbox }: Deps,
  tx: Tx,
  { rep, manager }: Pair,
  item: RecoveryItem,
): Promise<void> {
  const owner = item.owner === 'rep' ? rep : manager;
  if (owner) await outbox.cancel(tx, overdueOrder(owner, item));
}

/** Whoever shows the item is shown anew: its plan, its nudges, and the review that it was carried to. */
async function follow(
  { outbox, scheduler, encryption, clock }: Deps,
  tx: Tx,
  item: RecoveryItem,
  review: Review,
): Promise<void> {
  const { workspaceId, repId } = review;
  const last = await lastOpened({ db: tx, encryption, clock }, review);
  for (const subject of new Set([review.id, item.id, last?.id ?? review.id])) {
    await outbox.refresh(tx, { workspaceId, subject });
  }
  await scheduler.reschedule(tx, { workspaceId, userId: repId });
}
