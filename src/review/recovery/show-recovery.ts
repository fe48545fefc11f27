/** A recovery plan as its messages and views show it: read when they are made, since they are made again. */
import type { Context } from '../../context.ts';
import type { DatedStore, Store } from '../../db/store.ts';
import type { Person } from '../../people/store.ts';
import { type Pair, pairOf } from '../../plan/access.ts';
import { truncate } from '../../slack/truncate.ts';
import { localDateIn } from '../../time/zone.ts';
import { channelOf } from '../pair.ts';
import { ITEM_TEXT } from '../schemas.ts';
import { findReview, itemsOf, type RecoveryItem, type Review } from '../store.ts';
import { sharedAnswers } from '../thread/thread-screen.ts';
import type { OverdueScreen, RecoveryList } from './message-view.ts';
import { type CarriedItem, lastOpened, openItemsOf } from './open-items.ts';
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
  store: DatedStore,
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
    const kpi =
      line.kind === 'activity' ? line.activity : line.kind === 'leads' ? 'leads' : 'newBusiness';
    return [{ key: `figures.${at}`, text, kpi, due: line.until }];
  });
  return [...said, ...counted].filter(
    ({ text }, at, all) =>
      items.every((item) => item.text !== text) && all.findIndex((one) => one.text === text) === at,
  );
}

/** The recovery plan as a message, in the words of whoever reads it, by the rep's clocks. */
export async function sentRecovery(
  store: Store,
  review: Review,
  to: 'channel' | 'rep',
  now: Date,
): Promise<RecoveryList> {
  const pair = await pairOf(store.db, { workspaceId: review.workspaceId, userId: review.repId });
  const reader = to === 'rep' ? pair.rep : (pair.manager ?? pair.rep);
  const style = { locale: reader.locale, timeZone: pair.rep.timeZone };
  return recoveryList(store, review, pair, style, now);
}

/** A nudge about an item, for whoever it went to. Null where its review is gone. */
export async function overdueScreen(
  { db, encryption, clock }: Pick<Context, 'db' | 'encryption' | 'clock'>,
  reader: Person,
  item: RecoveryItem,
): Promise<OverdueScreen | null> {
  const store = { db, encryption };
  const review = await findReview(store, item.reviewId);
  if (!review) return null;
  const pair = await pairOf(db, { workspaceId: item.workspaceId, userId: item.repId });
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
