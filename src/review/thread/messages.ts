/** The words of a review's thread, made when they are sent: what is no longer due is not. */
import { reachable } from '../../activity/can-notify.ts';
import type { Context } from '../../context.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Delivery, Hooks, Renderer } from '../../outbox/delivery.ts';
import { managerOf } from '../../people/store.ts';
import type { Message } from '../../slack/surfaces.ts';
import { DELIVERY, REPLIES, rootOf } from '../deliveries.ts';
import { UNPOSTED } from '../schemas.ts';
import { findReview, type Review } from '../store.ts';
import { channelOf } from './channel.ts';
import { shownCharts } from './charts.ts';
import {
  carriedMessage,
  chartMessage,
  finalMessage,
  scorecardMessage,
  splitMessage,
  whysMessage,
} from './replies-view.ts';
import { tellManager, writeRepost } from './repost.ts';
import { noChannelMessage } from './repost-view.ts';
import { rootMessage } from './root-view.ts';
import type { ThreadScreen } from './screen-view.ts';
import { finalCopyOf, refreshThread, repCopyOf } from './thread-message.ts';
import { threadScreen } from './thread-screen.ts';

export function registerThreadDeliveries(context: Context): void {
  const { outbox } = context;
  const hooks: Hooks = { lost: tellManager(context) };
  const reply = (words: (screen: ThreadScreen, review: Review) => Words) => replies(context, words);
  outbox.register(DELIVERY.root, root(context), hooks);
  outbox.register(DELIVERY.scorecard, reply(scorecardMessage), hooks);
  outbox.register(
    DELIVERY.chart,
    reply(async ({ style }, review) => chartMessage(await shownCharts(context, review, style))),
    hooks,
  );
  // What came too late for it is in a reply of its own.
  const whys = (late: boolean) => (screen: ThreadScreen) =>
    screen.answers.length > 0 && screen.isLate === late ? whysMessage(screen) : null;
  outbox.register(DELIVERY.whys, reply(whys(false)), hooks);
  outbox.register(DELIVERY.late, reply(whys(true)), hooks);
  outbox.register(DELIVERY.split, reply(splitMessage), hooks);
  outbox.register(DELIVERY.open, reply(carriedMessage), hooks);
  outbox.register(DELIVERY.final, reply(finalMessage), hooks);
  outbox.register(DELIVERY.mirror, mirror(context, repCopyOf));
  outbox.register(
    DELIVERY.finalMirror,
    mirror(context, async (_, review) => {
      await refreshThread(context, review);
      return finalCopyOf(context, review);
    }),
  );
  outbox.register(DELIVERY.noChannel, noChannel(context));
}

type Words = Message | null | Promise<Message | null>;

const tell = (context: Context, about: Pick<Delivery, 'team' | 'subject'>, problem: string) =>
  inTransaction(context.db, (tx) => tellManager(context)(tx, about, problem));

const root =
  (context: Context): Renderer =>
  async ({ team, subject, key }) => {
    const review = await findReview(context, subject);
    if (!review || key !== `${review.id}:${review.threads}`) return null;
    const channel = await channelOf(context.db, review);
    if (channel === null) {
      // It was taken away since; when there is one again, the next look begins anew.
      await tell(context, { team, subject }, UNPOSTED.noChannel);
      return null;
    }
    const screen = await threadScreen(context, review, null, context.clock.now());
    return screen && { to: { channel }, ...rootMessage(screen) };
  };

/** Without these a thread is a part of itself. */
const BEGINNING = new Set<string>(REPLIES.map((kind) => DELIVERY[kind]));

const replies =
  (context: Context, words: (screen: ThreadScreen, review: Review) => Words): Renderer =>
  async ({ team, kind, subject, thread }) => {
    const review = await findReview(context, subject);
    if (!review || !thread) return null;
    // Whoever manages the rep by now reads it elsewhere.
    if ((await channelOf(context.db, review)) !== thread.channel) {
      if (BEGINNING.has(kind)) await tell(context, { team, subject }, UNPOSTED.moved);
      return null;
    }
    const screen = await threadScreen(context, review, null, context.clock.now());
    const message = screen && (await words(screen, review));
    return message && { to: { channel: thread.channel, thread: thread.ts }, ...message };
  };

const mirror =
  (context: Context, words: typeof repCopyOf): Renderer =>
  async ({ team, person, subject }) => {
    const review = await findReview(context, subject);
    if (!review || !(await reachable(context, { workspaceId: team, userId: person }))) return null;
    const message = await words(context, review);
    return message && { to: { user: person }, ...message };
  };

const noChannel =
  (context: Context): Renderer =>
  async ({ team, person, subject }) => {
    const [id = '', problem = UNPOSTED.noChannel] = subject.split(':');
    const review = await findReview(context, id);
    const reader = await reachable(context, { workspaceId: team, userId: person });
    if (!review || !reader) return null;
    const manager = await managerOf(context.db, team, review.repId);
    if (manager?.userId !== person) return null;
    const { repId, month, threads } = review;
    const channelId = await channelOf(context.db, review);
    if (problem === UNPOSTED.noChannel && channelId !== null) return null;
    const [root] = await context.outbox.find(rootOf(review));
    const { locale } = reader;
    return {
      to: { user: person },
      ...noChannelMessage({
        value: writeRepost({ reviewId: id, threads, problem }),
        repId,
        month,
        locale,
        channelId,
        begunIn: root?.message?.channel ?? null,
        problem,
      }),
    };
  };
