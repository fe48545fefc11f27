import type { Weight } from '../../src/outbox/budget-rules.ts';
import type { Delivery, Hooks } from '../../src/outbox/delivery.ts';
import type { MessageKind } from '../../src/outbox/message.ts';
import type { Recipient } from '../../src/slack/deliver.ts';
import type { Message } from '../../src/slack/surfaces.ts';

export type Post = (
  delivery: Delivery,
) => Promise<(Message & { to: Recipient; weight?: Weight }) | null>;

/** A kind of message that is no feature's. */
export const kindOf = (kind: string, post: Post, hooks: Hooks = {}): MessageKind => ({
  kind,
  isUrgent: false,
  isKept: false,
  async post(delivery: Delivery) {
    const message = await post(delivery);
    return message && { weight: 'answer', comesThrough: [], shows: null, ...message };
  },
  show: async () => null,
  ...hooks,
});
