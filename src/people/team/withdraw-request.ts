import { lockPeople } from '../../db/lock-people.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Actor, PeopleDeps } from '../deps.ts';
import { findRequestTo, type JoinRequest, settleRequest } from '../store.ts';

/**
 * Takes back the actor's question to a rep, where it is still open. Returns the question as it stands
 * then, or `null` where there never was one.
 */
export async function takeBackRequest(
  { db, clock }: Pick<PeopleDeps, 'db' | 'clock'>,
  { workspaceId, userId: managerId }: Actor,
  repId: string,
): Promise<JoinRequest | null> {
  return inTransaction(db, async (tx) => {
    await lockPeople(tx, workspaceId, [repId]);
    const request = await findRequestTo(tx, { workspaceId, managerId, repId });
    if (request?.status !== 'pending') return request;
    await settleRequest(tx, request.id, 'withdrawn', clock.now());
    return { ...request, status: 'withdrawn' };
  });
}
