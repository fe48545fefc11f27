/** What a recovery plan sends by itself: kept, so that what is ticked in one place is ticked in all. */
import { reachable } from '../../activity/can-notify.ts';
import { nudgesOf } from '../../activity/store.ts';
import type { Context } from '../../context.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { overdueOrder, REVIEW_DELIVERY } from '../deliveries.ts';
import { findItem, findReview } from '../store.ts';
import { offerRepost } from '../thread/repost.ts';
import {
  type OverdueScreen,
  overdueMessage,
  overdueSettledMessage,
  type RecoveryList,
  recoveryMessage,
} from './message-view.ts';
import { overdueScreen, sentRecovery } from './show-recovery.ts';

export const recoveryMessages = (context: Context): MessageKind[] => [
  inThread(context),
  repCopy(context),
  overdue(context),
];

/** Not where the rep plans with another team now, and the channel is still that of their former one. */
const inThread = (context: Context) =>
  messageKind<RecoveryList>({
    kind: REVIEW_DELIVERY.recovery,
    weight: 'channel',
    isKept: true,
    async load({ subject, thread }) {
      const review = await findReview(context, subject);
      const list = review && (await sentRecovery(context, review, 'channel', context.clock.now()));
      return list && thread && list.channelId === thread.channel ? list : null;
    },
    render: (list) => recoveryMessage(list, 'channel'),
    lost: offerRepost(context),
  });

/** They always see what the channel sees, so nothing but being gone stops it. */
const repCopy = (context: Context) =>
  messageKind<RecoveryList>({
    kind: REVIEW_DELIVERY.recoveryCopy,
    weight: 'must',
    isKept: true,
    async load({ subject, reader }) {
      const review = await findReview(context, subject);
      if (!review || !(await reachable(context, reader))) return null;
      return sentRecovery(context, review, 'rep', context.clock.now());
    },
    render: (list) => recoveryMessage(list, 'rep'),
  });

interface Overdue {
  screen: OverdueScreen;
  /** It is still theirs to do, by the date that has passed. */
  isOpen: boolean;
  isRemoved: boolean;
  /** They hear of such things. */
  isWanted: boolean;
}

const overdue = (context: Context) =>
  messageKind<Overdue>({
    kind: REVIEW_DELIVERY.overdue,
    // The next morning plans it anew.
    weight: 'may',
    isKept: true,
    async load({ subject, key, reader }) {
      const item = await findItem(context, subject, { evenRemoved: true });
      const owner = await reachable(context, reader);
      const screen = item && owner && (await overdueScreen(context, owner, item));
      if (!screen) return null;
      const nudges = await nudgesOf(context, owner);
      const isRemoved = item.removedAt !== null;
      const isTheirs =
        screen.item.ownerId === owner.userId && overdueOrder(owner, item).key === key;
      return {
        screen,
        isOpen: isTheirs && !isRemoved && !item.doneAt,
        isRemoved,
        isWanted: nudges.overdueItems,
      };
    },
    isDue: ({ isOpen, isWanted }) => isOpen && isWanted,
    render: ({ screen, isOpen, isRemoved }) =>
      isOpen
        ? overdueMessage(screen)
        : overdueSettledMessage(screen, isRemoved ? null : screen.item),
  });
