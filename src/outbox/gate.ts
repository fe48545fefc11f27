/** The one gate: what is about to be posted is let through, held back or dropped, and counted. */
import type { Delivery as Row } from '../db/generated/client.ts';
import type { PersonRef } from '../db/store.ts';
import type { Clock } from '../time/clock.ts';
import {
  type ComesThrough,
  decide,
  type GateVerdict,
  type ReaderNow,
  type Weight,
  weekBegan,
} from './budget-rules.ts';
import type { DeliveryStore } from './store.ts';

/** How a reader stands now; null: nothing is known of them, and nothing holds what they are sent. */
export type ReaderNowOf = (reader: PersonRef, now: Date) => Promise<ReaderNow | null>;

export interface Gate {
  /**
   * Whether a row that is in its sender's hands may be posted now. As a notification it is counted from
   * then on, so that of two at once the second sees the first. Null: the lease was lost.
   */
  pass(
    row: Row,
    notice: { weight: Weight; comesThrough: readonly ComesThrough[] },
  ): Promise<GateVerdict | null>;
}

export function createGate({
  store,
  clock,
  readerNow,
}: {
  store: DeliveryStore;
  clock: Clock;
  readerNow: ReaderNowOf;
}): Gate {
  return {
    async pass(row, { weight, comesThrough }) {
      if (weight === 'answer' || weight === 'channel')
        return { type: 'send', isNotification: false };
      const now = clock.now();
      const { workspaceId, personId: userId, subject, dueAt, sendBy } = row;
      const reader = await readerNow({ workspaceId, userId }, now);
      if (reader === null) return { type: 'send', isNotification: true };
      const notice = { weight, comesThrough, subject, dueAt, sendBy };
      return store.admit(row, {
        now,
        since: weekBegan(reader, now),
        decide: (notified) => decide(notice, reader, notified, now),
      });
    },
  };
}
