import type { Delivery, Hooks } from '../../src/outbox/delivery.ts';
import type { MessageKind } from '../../src/outbox/message.ts';

export type Post = MessageKind['post'];

/** A kind of message that is no feature's. */
export const kindOf = (kind: string, post: Post, hooks: Hooks = {}): MessageKind => ({
  kind,
  isKept: false,
  post: (delivery: Delivery) => post(delivery),
  show: async () => null,
  ...hooks,
});
