/** What is open from former reviews, and where a recovery plan shows by itself. */

import { planInForce } from '../../activity/plan-in-force.ts';
import { nudgesOf } from '../../activity/store.ts';
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { DatedStore, PersonRef, Store } from '../../db/store.ts';
import { sentKeys } from '../../outbox/sent-keys.ts';
import type { Person } from '../../people/store.ts';
import { overdueOrder, REVIEW_DELIVERY, replyOf } from '../deliveries.ts';
import type { ReviewPlan } from '../scorecard/review-plan.ts';
import {
  type ItemOwner,
  itemsOf,
  monthsOf,
  type RecoveryItem,
  type Review,
  reviewsOf,
} from '../store.ts';
import { lookAgainAt, type OwnerDays, overdueMorning } from './rules.ts';

/** An item that was agreed at a former review. */
export interface CarriedItem extends RecoveryItem {
  /** The month that review judged, `YYYY-MM`. */
  month: string;
}

/**
 * The items of a rep that are open from the reviews of months before `before` (`YYYY-MM`), or were until
 * `since`; by when they are due.
 */
export async function openItemsOf(
  store: Store,
  rep: PersonRef,
  before: string,
  since?: Date,
): Promise<CarriedItem[]> {
  const items = await itemsOf(store, rep, { open: true, ...(since && { since }) });
  const months = await monthsOf(store.db, items);
  return items.flatMap((item) => {
    const month = months.get(item.reviewId);
    return month !== undefined && month < before ? [{ ...item, month }] : [];
  });
}

/** The rep's last review that is open or was. Null: there is none. */
export async function lastOpened(
  store: DatedStore,
  { workspaceId, repId, planId }: Review,
): Promise<Review | null> {
  const plan = await planInForce(store, { workspaceId, userId: repId });
  const plans = new Set([planId, plan?.work.planId ?? planId]);
  const reviews: Review[] = [];
  for (const id of plans) reviews.push(...(await reviewsOf(store, id)).values());
  const opened = reviews.filter(({ openedAt }) => openedAt !== null);
  return opened.sort((a, b) => (a.month < b.month ? -1 : 1)).at(-1) ?? null;
}

/** Plans the recovery plan's place in a review's thread, once it was begun and something is agreed. */
export async function recoveryReply(
  { outbox, encryption }: Deps,
  tx: Tx,
  review: Review,
): Promise<void> {
  if (review.threads === 0) return;
  const rep = { workspaceId: review.workspaceId, userId: review.repId };
  const items = await itemsOf({ db: tx, encryption }, rep, { reviewId: review.id });
  if (items.length > 0) await outbox.enqueue(tx, replyOf(review, 'recovery'));
}

/**
 * Plans the nudges about a rep's overdue items, each to whoever owns it now. Returns when to look again;
 * null: nothing more will fall due.
 */
export async function planOverdue(
  deps: Deps,
  tx: Tx,
  plan: ReviewPlan,
  now: Date,
): Promise<Date | null> {
  const items = await itemsOf({ db: tx, encryption: deps.encryption }, plan.rep, { open: true });
  let next: Date | null = null;
  for (const side of ['rep', 'manager'] as const) {
    const own = items.filter(({ owner }) => owner === side);
    const owner = own.length > 0 ? await ownerOf(deps, tx, plan, side) : null;
    if (!owner) continue;
    const at = await nudgeOwner(deps, tx, { ...owner, items: own }, now);
    if (at && (next === null || at < next)) next = at;
  }
  return next;
}

interface Owner {
  person: Person;
  days: OwnerDays;
}

/** Null where nobody owns them, or doesn't want to hear of them. */
async function ownerOf(
  { encryption }: Deps,
  tx: Tx,
  { rep, zone, calendar, nudges, manager, schedule }: ReviewPlan,
  side: ItemOwner,
): Promise<Owner | null> {
  if (side === 'rep') {
    if (!nudges.overdueItems) return null;
    return { person: rep, days: { zone, calendar, pausedUntil: nudges.pausedUntil } };
  }
  if (!manager || !schedule.manager) return null;
  const { pausedUntil, overdueItems } = await nudgesOf({ db: tx, encryption }, manager);
  if (!overdueItems) return null;
  return { person: manager, days: { ...schedule.manager, pausedUntil } };
}

async function nudgeOwner(
  { outbox }: Deps,
  tx: Tx,
  { person, days, items }: Owner & { items: RecoveryItem[] },
  now: Date,
): Promise<Date | null> {
  const today = days.zone.dateAt(now);
  const heard = items.some(({ due }) => due < today) ? await heardOf(tx, person) : new Set();
  let next: Date | null = null;
  for (const item of items) {
    const order = overdueOrder(person, item);
    if (heard.has(order.key)) continue;
    const morning = overdueMorning(days, item.due, now);
    if (morning && morning.at <= now) {
      const isNew = await outbox.enqueue(tx, {
        ...order,
        dueAt: morning.at,
        sendBy: morning.sendBy,
      });
      // One that didn't come that morning, as after an outage, comes on this one.
      if (!isNew) await outbox.requeue(tx, order, ['missed', 'cancelled', 'failed']);
    }
    const again = lookAgainAt(days, item.due, now);
    if (next === null || again < next) next = again;
  }
  return next;
}

const heardOf = (tx: Tx, owner: PersonRef): Promise<Set<string>> =>
  sentKeys(tx, { ...owner, kind: REVIEW_DELIVERY.overdue, since: '' });
