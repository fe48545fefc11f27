/** The words of what a recovery plan sends by itself, made when it is sent. */

import { reachable, readyReader } from '../../activity/can-notify.ts';
import { managerInForce } from '../../activity/plan-in-force.ts';
import type { Context } from '../../context.ts';
import type { Delivery, Renderer } from '../../outbox/delivery.ts';
import { DELIVERY, overdueOrder } from '../deliveries.ts';
import { findItem, findReview } from '../store.ts';
import { tellManager } from '../thread/repost.ts';
import { overdueMessage } from './overdue-view.ts';
import { overdueScreen, recoveryMessageAt } from './show-recovery.ts';

export function registerRecoveryDeliveries(context: Context): void {
  const { outbox } = context;
  outbox.register(DELIVERY.recovery, inThread(context), { lost: tellManager(context) });
  outbox.register(DELIVERY.recoveryCopy, copy(context));
  outbox.register(DELIVERY.overdue, overdue(context));
}

const personOf = ({ team, person }: Delivery) => ({ workspaceId: team, userId: person });

const inThread =
  (context: Context): Renderer =>
  async ({ subject, thread }) => {
    const review = await findReview(context, subject);
    const message = review && thread && (await recoveryMessageAt(context, review, thread));
    return message && { to: { channel: thread.channel, thread: thread.ts }, ...message };
  };

/** They always see what the channel sees, so nothing but being gone stops it. */
const copy =
  (context: Context): Renderer =>
  async (delivery) => {
    const review = await findReview(context, delivery.subject);
    if (!review || !(await reachable(context, personOf(delivery)))) return null;
    const message = await recoveryMessageAt(context, review, 'rep');
    return message && { to: { user: delivery.person }, ...message };
  };

const overdue =
  (context: Context): Renderer =>
  async (delivery) => {
    const item = await findItem(context, delivery.subject);
    const reader = await readyReader(context, personOf(delivery));
    if (!item || item.doneAt || !reader?.nudges.overdueItems) return null;
    const manager = await managerInForce(context, {
      workspaceId: delivery.team,
      userId: item.repId,
    });
    const ownerId = item.owner === 'rep' ? item.repId : manager?.userId;
    const isMeant =
      ownerId === delivery.person && overdueOrder(reader.person, item).key === delivery.key;
    const screen = isMeant ? await overdueScreen(context, reader.person, item) : null;
    return screen && { to: { user: delivery.person }, ...overdueMessage(screen) };
  };
