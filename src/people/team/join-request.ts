import type { Deps } from '../../context.ts';
import { lockPeople } from '../../db/lock-people.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import {
  findPerson,
  findRequest,
  findRequestTo,
  type JoinRequest,
  setTeamOf,
  settleRequest,
} from '../store.ts';
import { answerDelivery, refreshQuestions } from './messages.ts';
import { type Standing, standingOf } from './rules.ts';

export interface Answered {
  request: JoinRequest;
  standing: Standing;
  /** Whether this press decided it. */
  fresh: boolean;
}

/**
 * The rep's yes or no. Whoever presses twice, or presses a button of a question that is settled, gets
 * where it stands, and the message that asked says so. The manager hears of the answer once.
 * @throws UserError `question_gone` or `not_yours`.
 */
export async function answerRequest(
  { db, clock, outbox, scheduler }: Pick<Deps, 'db' | 'clock' | 'outbox' | 'scheduler'>,
  actor: PersonRef,
  requestId: string,
  yes: boolean,
): Promise<Answered> {
  const at = clock.now();
  return inTransaction(db, async (tx) => {
    await lockPeople(tx, actor.workspaceId, [actor.userId]);
    const request = await findRequest(tx, requestId);
    if (!request || request.workspaceId !== actor.workspaceId) {
      throw new UserError('question_gone', 'That question is no longer here.');
    }
    if (request.repId !== actor.userId) {
      throw new UserError('not_yours', 'That question is for somebody else to answer.');
    }
    await refreshQuestions(outbox, tx, [request]);
    const rep = await findPerson(tx, { workspaceId: request.workspaceId, userId: request.repId });
    const manager = await findPerson(tx, {
      workspaceId: request.workspaceId,
      userId: request.managerId,
    });
    const settled = standingOf(request, rep, manager);
    if (settled !== 'pending') return { request, standing: settled, fresh: false };
    if (!manager || manager.deactivated) {
      await settleRequest(tx, request.id, 'withdrawn', at);
      return { request, standing: 'manager_left', fresh: false };
    }
    await settleRequest(tx, request.id, yes ? 'accepted' : 'declined', at);
    if (yes) {
      const moot = await setTeamOf(tx, actor.workspaceId, {
        repIds: [actor.userId],
        teamId: request.teamId,
        actorId: actor.userId,
        at,
      });
      await refreshQuestions(outbox, tx, moot);
      await scheduler.reschedule(tx, { workspaceId: actor.workspaceId, userId: actor.userId });
    }
    await outbox.enqueue(tx, answerDelivery(request));
    return { request, standing: yes ? 'joined' : 'declined', fresh: true };
  });
}

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
