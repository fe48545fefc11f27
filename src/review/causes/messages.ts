/** The message to a leader, made when it is sent, and made anew in its place when more reps answer. */
import { reachable, readyReader } from '../../activity/can-notify.ts';
import type { Context } from '../../context.ts';
import type { Delivery, Renderer } from '../../outbox/delivery.ts';
import type { Person } from '../../people/store.ts';
import { fitMessage } from '../../slack/limits.ts';
import type { Message } from '../../slack/surfaces.ts';
import { DELIVERY } from '../deliveries.ts';
import { readMonthCause, toldCause } from './causes.ts';
import { causeMessage } from './message-view.ts';

export function registerCauseDeliveries(context: Context): void {
  context.outbox.register(DELIVERY.cause, cause(context));
  context.outbox.register(DELIVERY.causeAgain, causeAgain(context));
}

const leaderOf = ({ team, person }: Delivery) => ({ workspaceId: team, userId: person });

/** Null where there is nothing to tell, or they lead nobody any more. */
async function composed(
  context: Context,
  { subject }: Delivery,
  leader: Person,
): Promise<Message | null> {
  const about = readMonthCause(subject);
  const told = about && leader.leader && (await toldCause(context, leader.workspaceId, about));
  return told ? causeMessage(told, leader.locale) : null;
}

const cause =
  (context: Context): Renderer =>
  async (delivery) => {
    const reader = await readyReader(context, leaderOf(delivery));
    const message = reader && (await composed(context, delivery, reader.person));
    return message && { to: { user: delivery.person }, ...message };
  };

/** Two answers may bring a message up to date at once: the one that is late must not undo the other. */
const MOST_ROUNDS = 3;

/** It has no message of its own, so it always ends as one that wasn't due. */
const causeAgain =
  (context: Context): Renderer =>
  async (delivery) => {
    const { thread: place } = delivery;
    const leader = await reachable(context, leaderOf(delivery));
    if (!leader || !place) return null;
    let shown = '';
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const message = await composed(context, delivery, leader);
      if (!message || JSON.stringify(message) === shown) return null;
      const { text, blocks } = fitMessage(message);
      await context.bulkClient.chat.update({ ...place, text, blocks });
      shown = JSON.stringify(message);
    }
    return null;
  };
