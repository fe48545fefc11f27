/** A recovery plan as its messages and views show it: read when they are made, since they are made again. */

import { setTimeout as sleep } from 'node:timers/promises';
import { replace } from '../../activity/check-in/show-day.ts';
import type { Context } from '../../context.ts';
import type { Store } from '../../db/store.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import { findPerson, type Person } from '../../people/store.ts';
import { type Pair, pairOf } from '../../plan/access.ts';
import type { Message } from '../../slack/surfaces.ts';
import { truncate } from '../../slack/truncate.ts';
import { localDateIn } from '../../time/zone.ts';
import { DELIVERY, overdueOrder } from '../deliveries.ts';
import { ITEM_TEXT } from '../schemas.ts';
import { findItem, findReview, itemsOf, type RecoveryItem, type Review } from '../store.ts';
import { channelOf } from '../thread/channel.ts';
import { carriedMessage, nothingCarriedMessage } from '../thread/replies-view.ts';
import { refreshThread } from '../thread/thread-message.ts';
import { sharedAnswers, threadScreen } from '../thread/thread-screen.ts';
import type { ChangedItem } from './change-items.ts';
import { lastOpened } from './close-review.ts';
import { type RecoveryList, recoveryMessage } from './message-view.ts';
import { type CarriedItem, openItemsOf } from './open-items.ts';
import { type OverdueScreen, overdueMessage, overdueSettledMessage } from './overdue-view.ts';
import type { RecoveryScreen } from './view.ts';
import { catchUpText, type ShownItem, type Suggestion } from './words-view.ts';

/** As somebody who reads in their own words and by their own clocks sees it. */
interface Reader {
  locale: string;
  timeZone: string;
}

function shownItem(
  item: RecoveryItem | CarriedItem,
  { rep, manager }: Pair,
  { timeZone }: Reader,
): ShownItem {
  const { id, text, owner, kpi, due, doneAt, doneBy } = item;
  return {
    id,
    text,
    owner,
    ownerId: (owner === 'rep' ? rep : manager)?.userId ?? null,
    kpi,
    due,
    done: doneAt && doneBy ? { on: localDateIn(timeZone, doneAt), by: doneBy } : null,
    month: 'month' in item ? item.month : null,
  };
}

async function recoveryList(
  store: Store,
  review: Review,
  pair: Pair,
  reader: Reader,
  now: Date,
): Promise<RecoveryList> {
  const { rep, manager } = pair;
  const { id, month, openedAt } = review;
  const items = await itemsOf(store, rep, { reviewId: id });
  const carried = await openItemsOf(store, rep, month, openedAt ?? now);
  const shown = (item: RecoveryItem) => shownItem(item, pair, reader);
  return {
    reviewId: id,
    month,
    repId: rep.userId,
    managerId: manager?.userId ?? null,
    channelId: manager && (await channelOf(store.db, review)),
    items: items.map(shown),
    carried: carried.map(shown),
    today: localDateIn(reader.timeZone, now),
    locale: reader.locale,
  };
}

/** The recovery plan in a modal. */
export async function recoveryScreen(
  store: Store,
  { review, pair }: { review: Review; pair: Pair },
  reader: Reader,
  now: Date,
): Promise<RecoveryScreen> {
  const list = await recoveryList(store, review, pair, reader, now);
  const { closedAt, closedBy } = review;
  const last = closedAt && (await lastOpened(store, review));
  return {
    ...list,
    repName: pair.rep.name,
    closed:
      closedAt && closedBy !== null
        ? { on: localDateIn(reader.timeZone, closedAt), by: closedBy }
        : null,
    canReopen: closedAt !== null && last?.id === review.id,
    suggestions: closedAt ? [] : await suggestionsFor(store, review, list.items, reader.locale),
  };
}

/** What the rep proposed for others to read and what the figures say, less what is on the plan already. */
async function suggestionsFor(
  store: Store,
  review: Review,
  items: readonly Pick<ShownItem, 'text'>[],
  locale: string,
): Promise<Suggestion[]> {
  const said: Suggestion[] = (await sharedAnswers(store, review)).flatMap(({ topic, proposal }) => {
    if (!proposal) return [];
    const kpi = topic === 'worked' ? null : topic;
    return [{ key: `said.${topic}`, text: truncate(proposal, ITEM_TEXT), kpi, due: null }];
  });
  const counted: Suggestion[] = (review.card?.catchUp ?? []).flatMap((line, at) => {
    const text = catchUpText(line, locale);
    if (text === null || line.kind === 'beyond') return [];
    const kpi = line.kind === 'activity' ? line.activity : 'newBusiness';
    return [{ key: `figures.${at}`, text, kpi, due: line.until }];
  });
  return [...said, ...counted].filter(
    ({ text }, at, all) =>
      items.every((item) => item.text !== text) && all.findIndex((one) => one.text === text) === at,
  );
}

/**
 * The recovery plan's message at a place; null where it may not stand there (any more): the rep plans
 * with another team now, and the channel is still that of their former one.
 */
export async function recoveryMessageAt(
  context: Context,
  review: Review,
  at: { channel: string } | 'rep',
): Promise<Message | null> {
  const { db, clock } = context;
  const pair = await pairOf(db, review.workspaceId, review.repId);
  const reader = at === 'rep' ? pair.rep : (pair.manager ?? pair.rep);
  // A channel reads by the rep's clocks, as the rest of its thread does.
  const style = { locale: reader.locale, timeZone: pair.rep.timeZone };
  const list = await recoveryList(context, review, pair, style, clock.now());
  if (at === 'rep') return recoveryMessage(list, 'rep');
  return list.channelId === at.channel ? recoveryMessage(list, 'channel') : null;
}

/** A nudge about an item, for whoever it went to; `gone`: the item, where it was taken away. */
export async function overdueScreen(
  { db, encryption, clock }: Pick<Context, 'db' | 'encryption' | 'clock'>,
  reader: Person,
  item: RecoveryItem,
): Promise<OverdueScreen | null> {
  const store = { db, encryption };
  const review = await findReview(store, item.reviewId);
  if (!review) return null;
  const pair = await pairOf(db, item.workspaceId, item.repId);
  const isRep = reader.userId === item.repId;
  return {
    item: shownItem(item, pair, reader),
    repId: item.repId,
    readerId: reader.userId,
    otherId: isRep ? (pair.manager?.userId ?? null) : item.repId,
    month: review.month,
    today: localDateIn(reader.timeZone, clock.now()),
    locale: reader.locale,
  };
}

/**
 * Brings every message that shows an item up to date: the recovery plans that list it, the nudges about
 * it, and the thread that it was carried to. Never throws.
 */
export async function refreshItem(context: Context, { item, review }: ChangedItem): Promise<void> {
  try {
    await refreshRecovery(context, review.id);
    await refreshNudges(context, item);
    const last = await lastOpened(context, review);
    if (last && last.id !== review.id) {
      await refreshRecovery(context, last.id);
      await refreshCarried(context, last.id);
      await refreshThread(context, last);
    }
  } catch (err) {
    context.log.warn(
      { err, kind: DELIVERY.recovery },
      'A recovery plan could not be brought up to date',
    );
  }
}

async function refreshRecovery(context: Context, reviewId: string): Promise<void> {
  for (const kind of [DELIVERY.recovery, DELIVERY.recoveryCopy]) {
    await show(context, { kind, subject: reviewId }, async ({ message: place }) => {
      const review = await findReview(context, reviewId);
      if (!review || !place) return null;
      return recoveryMessageAt(context, review, kind === DELIVERY.recovery ? place : 'rep');
    });
  }
}

async function refreshCarried(context: Context, reviewId: string): Promise<void> {
  await show(context, { kind: DELIVERY.open, subject: reviewId }, async ({ message: place }) => {
    const review = await findReview(context, reviewId);
    if (!review || (await channelOf(context.db, review)) !== place?.channel) return null;
    const screen = await threadScreen(context, review, null, context.clock.now());
    return screen && (carriedMessage(screen) ?? nothingCarriedMessage());
  });
}

async function refreshNudges(context: Context, item: RecoveryItem): Promise<void> {
  await show(context, { kind: DELIVERY.overdue, subject: item.id }, async (delivery) => {
    const reader = await findPerson(context.db, delivery.team, delivery.person);
    const now = reader && (await findItem(context, item.id));
    const screen = reader && (await overdueScreen(context, reader, now ?? item));
    if (!screen) return null;
    if (!now) return overdueSettledMessage(screen, null);
    const isAsStanding =
      !now.doneAt &&
      delivery.key === overdueOrder(reader, now).key &&
      screen.item.ownerId === delivery.person;
    return isAsStanding ? overdueMessage(screen) : overdueSettledMessage(screen, screen.item);
  });
}

const LOOK_AGAIN_MS = 500;
const PATIENCE_MS = 10_000;
const MOST_ROUNDS = 3;

/**
 * Shows in the messages of some deliveries what is so now. One that is just being sent, perhaps with
 * what was so before, is waited for; and where somebody else changed it at the same time, the last to
 * come looks once more, so that what is shown last is what was read last.
 */
async function show(
  context: Context,
  wanted: { kind: string; subject: string },
  make: (delivery: Delivery) => Promise<Message | null>,
): Promise<void> {
  for (const delivery of await arrived(context, wanted)) {
    let shown: string | null = null;
    for (let round = 0; round < MOST_ROUNDS && delivery.message; round++) {
      const message = await make(delivery);
      const made = JSON.stringify(message);
      if (message === null || made === shown) break;
      await replace(context, delivery.message, message);
      shown = made;
    }
  }
}

async function arrived(
  { outbox }: Context,
  wanted: { kind: string; subject: string },
): Promise<Delivery[]> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await outbox.find(wanted);
    const isUnderWay = found.some(({ state }) => state === 'sending');
    if (!isUnderWay || Date.now() > until) return found;
    await sleep(LOOK_AGAIN_MS);
  }
}
