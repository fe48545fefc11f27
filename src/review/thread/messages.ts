/** The messages of a review's thread, and what its rep and their manager hear of it. */
import { reachable } from '../../activity/can-notify.ts';
import type { Context } from '../../context.ts';
import { inTransaction } from '../../db/transaction.ts';
import { type Weight, weightAfter } from '../../outbox/budget-rules.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { noteTakenThere } from '../../people/channels/channel-shut.ts';
import { managerOf } from '../../people/store.ts';
import type { Message } from '../../slack/surfaces.ts';
import { noChannelOrder, REPLIES, REVIEW_DELIVERY, rootOf, unposted } from '../deliveries.ts';
import { channelOf } from '../pair.ts';
import { REPOST_REASON } from '../schemas.ts';
import { findReview, type Review } from '../store.ts';
import { shownCharts } from './charts.ts';
import { repCopyMessage } from './rep-copy-view.ts';
import {
  carriedMessage,
  chartMessage,
  finalMessage,
  nothingCarriedMessage,
  type ShownChart,
  scorecardMessage,
  splitMessage,
  whysMessage,
} from './replies-view.ts';
import { offerRepost } from './repost.ts';
import { type NoChannel, noChannelMessage } from './repost-view.ts';
import { rootMessage, type ThreadScreen } from './root-view.ts';
import { threadScreen } from './thread-screen.ts';

export const threadMessages = (context: Context): MessageKind[] => [
  root(context),
  reply(context, REVIEW_DELIVERY.scorecard, scorecardMessage),
  charts(context),
  // What came too late for it is in a reply of its own.
  reply(context, REVIEW_DELIVERY.whys, whys(false)),
  reply(context, REVIEW_DELIVERY.late, whys(true)),
  reply(context, REVIEW_DELIVERY.split, splitMessage),
  carried(context),
  reply(context, REVIEW_DELIVERY.final, finalMessage),
  repCopy(context),
  finalRepCopy(context),
  noChannel(context),
];

const tell = (
  context: Context,
  about: Pick<Delivery, 'workspaceId' | 'subject' | 'kind'>,
  problem: string,
) => inTransaction(context.db, (tx) => offerRepost(context)(tx, about, problem));

/** Kept where the team reads it now, as it was begun the last time. */
const root = (context: Context) =>
  messageKind<{ channel: string; screen: ThreadScreen }>({
    kind: REVIEW_DELIVERY.root,
    weight: 'channel',
    isKept: true,
    async load({ workspaceId, subject, kind, key, message }) {
      const review = await findReview(context, subject);
      if (!review || key !== rootOf(review).key) return null;
      const channel = await channelOf(context.db, review);
      if (channel === null) {
        // It was taken away since; when there is one again, the next look begins anew.
        if (!message) await tell(context, { workspaceId, subject, kind }, REPOST_REASON.noChannel);
        return null;
      }
      if (message && message.channel !== channel) return null;
      const screen = await threadScreen(context, review, null, context.clock.now());
      return screen && { channel, screen };
    },
    render: ({ screen }) => rootMessage(screen),
    to: ({ channel }) => ({ channel }),
    sent: (tx, delivery) => noteTakenThere(tx, context, delivery),
    lost: offerRepost(context),
  });

// ── Replies ──────────────────────────────────────────────────────────────────────────────────────

interface InThread {
  review: Review;
  screen: ThreadScreen;
}

/** Without these a thread is a part of itself. */
const BEGINNING = new Set<string>(REPLIES.map((kind) => REVIEW_DELIVERY[kind]));

/** Null where whoever manages the rep by now reads it elsewhere. */
async function inThread(
  context: Context,
  { workspaceId, kind, subject, thread, message }: Delivery,
): Promise<InThread | null> {
  const review = await findReview(context, subject);
  if (!review || !thread) return null;
  if ((await channelOf(context.db, review)) !== thread.channel) {
    if (!message && BEGINNING.has(kind))
      await tell(context, { workspaceId, subject, kind }, REPOST_REASON.moved);
    return null;
  }
  const screen = await threadScreen(context, review, null, context.clock.now());
  return screen && { review, screen };
}

const reply = (
  context: Context,
  kind: string,
  words: (screen: ThreadScreen) => Message | null,
): MessageKind =>
  messageKind<InThread>({
    kind,
    weight: 'channel',
    load: (delivery) => inThread(context, delivery),
    render: ({ screen }) => words(screen),
    lost: offerRepost(context),
  });

const whys = (late: boolean) => (screen: ThreadScreen) =>
  screen.answers.length > 0 && screen.isLate === late ? whysMessage(screen) : null;

const charts = (context: Context) =>
  messageKind<ShownChart[]>({
    kind: REVIEW_DELIVERY.chart,
    weight: 'channel',
    async load(delivery) {
      const found = await inThread(context, delivery);
      return found && shownCharts(context, found.review, found.screen.style);
    },
    render: chartMessage,
    lost: offerRepost(context),
  });

const carried = (context: Context) =>
  messageKind<InThread>({
    kind: REVIEW_DELIVERY.openItems,
    weight: 'channel',
    isKept: true,
    load: (delivery) => inThread(context, delivery),
    isDue: ({ screen }) => screen.carried.length > 0,
    render: ({ screen }) => carriedMessage(screen) ?? nothingCarriedMessage(),
    lost: offerRepost(context),
  });

// ── To the rep and to the manager ────────────────────────────────────────────────────────────────

/** A review as its rep reads it; null where it isn't open, or they are gone. */
async function forRep(context: Context, { subject, reader }: Delivery): Promise<InThread | null> {
  const review = await findReview(context, subject);
  if (!review || !(await reachable(context, reader))) return null;
  const screen = await threadScreen(context, review, review.repId, context.clock.now());
  return screen && { review, screen };
}

/** All that the channel sees, in one message. */
const repCopy = (context: Context) =>
  messageKind<{ screen: ThreadScreen; charts: ShownChart[]; weight: Weight }>({
    kind: REVIEW_DELIVERY.repCopy,
    // Whoever has just sent their answers sees what came of it.
    weight: ({ weight }) => weight,
    isKept: true,
    async load(delivery) {
      const found = await forRep(context, delivery);
      if (!found) return null;
      const { review, screen } = found;
      const weight = weightAfter(review.answeredAt, context.clock.now());
      return { screen, charts: await shownCharts(context, review, screen.style), weight };
    },
    render: ({ screen, charts }) => repCopyMessage(screen, charts),
  });

/** The figures of the days after that. */
const finalRepCopy = (context: Context) =>
  messageKind<InThread>({
    kind: REVIEW_DELIVERY.finalRepCopy,
    weight: 'must',
    load: (delivery) => forRep(context, delivery),
    render: ({ screen }) => finalMessage(screen),
  });

const noChannel = (context: Context) =>
  messageKind<NoChannel & { isTriedAgain: boolean }>({
    kind: REVIEW_DELIVERY.noChannel,
    weight: 'must',
    tellsOfLoss: true,
    async load({ subject, reader, key }) {
      const about = unposted.read(subject);
      const review = about && (await findReview(context, about.id));
      const person = await reachable(context, reader);
      if (!review || !person) return null;
      const { problem } = about;
      const { workspaceId, repId, month, threads } = review;
      const manager = await managerOf(context.db, { workspaceId, userId: repId });
      if (manager?.userId !== person.userId) return null;
      const channelId = await channelOf(context.db, review);
      if (problem === REPOST_REASON.noChannel && channelId !== null) return null;
      const [begun] = await context.outbox.find(rootOf(review));
      return {
        reviewId: review.id,
        threads,
        repId,
        month,
        locale: person.locale,
        channelId,
        begunIn: begun?.message?.channel ?? null,
        problem,
        isTriedAgain: noChannelOrder(reader, review, problem).key !== key,
      };
    },
    // What becomes of that is told by itself.
    isDue: ({ isTriedAgain }) => !isTriedAgain,
    render: noChannelMessage,
  });
