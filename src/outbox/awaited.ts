/** The notice that a message which somebody waits for may not have arrived, and how it is sent again. */
import type { Db } from '../db/client.ts';
import type { PersonRef } from '../db/store.ts';
import { inTransaction } from '../db/transaction.ts';
import { UserError } from '../errors.ts';
import type { Clock } from '../time/clock.ts';
import { type MayNotHave, mayNotHaveMessage } from './awaited-view.ts';
import type { Delivery } from './delivery.ts';
import type { Finalizer } from './finalize.ts';
import { MAY_NOT_HAVE, type MessageKind, messageKind } from './message.ts';
import type { DeliveryStore } from './store.ts';

export interface AwaitedParts {
  db: Db;
  store: DeliveryStore;
  finalizer: Finalizer;
  kinds: ReadonlyMap<string, MessageKind>;
  clock: Clock;
}

/** False where things have gone on without it. One that can't be worded still is. */
const isStillAsked = (kind: MessageKind, delivery: Delivery): Promise<boolean> =>
  kind.post(delivery).then(
    (message) => message !== null,
    () => true,
  );

export function mayNotHave({ store, kinds }: Pick<AwaitedParts, 'store' | 'kinds'>): MessageKind {
  return messageKind<MayNotHave & { isDue: boolean }>({
    kind: MAY_NOT_HAVE,
    weight: 'must',
    isKept: true,
    tellsOfLoss: true,
    async load({ subject }) {
      const row = await store.get(subject);
      const kind = kinds.get(row?.kind ?? '');
      if (row === null || kind?.awaited === undefined) return null;
      const { what, waitsOn = 'home and command' } = kind.awaited;
      const { id, state, personId: readerId, leaseUntil, repeats } = row;
      const isRepeated = state === 'ambiguous' && leaseUntil !== null && repeats === 0;
      const isMissing = state === 'ambiguous' || state === 'failed' || state === 'missed';
      const isDue = isMissing && (await isStillAsked(kind, await store.asDelivery(row)));
      return { id, state, readerId, what, isRepeated, waitsOn, isDue };
    },
    isDue: ({ isDue }) => isDue,
    render: mayNotHaveMessage,
  });
}

/**
 * Sends a delivery once more for whoever has caused it, where it may not have arrived; the notice says what becomes
 * of it. Nothing happens where it has arrived or is on its way.
 *
 * @throws UserError `not_theirs` for anybody else.
 */
export async function sendOnceMore(
  { db, store, finalizer, kinds, clock }: AwaitedParts,
  actor: PersonRef,
  id: string,
): Promise<void> {
  const row = await store.get(id);
  const by = row && (await kinds.get(row.kind)?.awaited?.by(await store.asDelivery(row)));
  if (!row || by?.userId !== actor.userId || row.workspaceId !== actor.workspaceId) {
    throw new UserError(
      'not_theirs',
      'That isn’t yours to send any more. `/bigplan` shows how things stand now.',
    );
  }
  await inTransaction(db, async (tx) => {
    await store.repeat(tx, id, { byRule: false, now: clock.now() });
    await finalizer.showNotices(tx, row);
  });
}
