import type { Deps } from '../../context.ts';
import { lockPeople } from '../../db/lock-people.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { findRequestTo, type JoinRequest, settleRequest } from '../store.ts';
import { refreshQuestions } from './messages.ts';

/**
 * Takes back the actor's question to a rep, where it is still open; the message that asked says so.
 * Returns the question as it stands then, or `null` where there never was one.
 */
export async function withdrawRequest(
  { db, clock, outbox }: Pick<Deps, 'db' | 'clock' | 'outbox'>,
  { workspaceId, userId: managerId }: PersonRef,
  repId: string,
): Promise<JoinRequest | null> {
  return inTransaction(db, async (tx) => {
    await lockPeople(tx, workspaceId, [repId]);
    const request = await findRequestTo(tx, { workspaceId, managerId, repId });
    if (request?.status !== 'pending') return request;
    await settleRequest(tx, request.id, 'withdrawn', clock.now());
    await refreshQuestions(outbox, tx, [request]);
    return { ...request, status: 'withdrawn' };
  });
}
