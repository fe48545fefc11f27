import type { Deps } from '../context.ts';
import type { Tx } from '../db/client.ts';
import { aheadOrder } from './deliveries.ts';
import { aheadOf } from './schedule/store.ts';
import type { Review } from './store.ts';

/** Has whatever says something of a review shown anew: its own messages, and those that tell managers of several. */
export async function refreshReview(
  { outbox }: Pick<Deps, 'outbox'>,
  tx: Tx,
  { workspaceId, id }: Pick<Review, 'workspaceId' | 'id'>,
): Promise<void> {
  await outbox.refresh(tx, { workspaceId, subject: id });
  for (const { managerId: userId, day } of await aheadOf(tx, id)) {
    const { subject } = aheadOrder({ workspaceId, userId }, day);
    await outbox.refresh(tx, { workspaceId, userId, subject });
  }
}
