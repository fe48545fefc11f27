import { lockPeople } from '../../db/lock-people.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import type { Actor, PeopleDeps } from '../deps.ts';
import { findPerson, findRequest, type JoinRequest, setTeamOf, settleRequest } from '../store.ts';
import { answer } from './deliveries.ts';

/** Where a question stands after somebody has pressed one of its buttons, now or before. */
export type Standing =
  | 'joined'
  | 'declined'
  /** Taken back by the manager, or moot because the rep chose a team meanwhile. */
  | 'withdrawn'
  /** The manager can't answer any more. */
  | 'manager_left';

export interface Answered {
  request: JoinRequest;
  standing: Standing;
  /** Whether this press decided it. */
  fresh: boolean;
}

/**
 * The rep's yes or no. Whoever presses twice, or presses a button of a question that is settled, gets
 * where it stands. The manager hears of the answer once.
 * @throws UserError `question_gone` or `not_yours`.
 */
export async function answerRequest(
  { db, clock, outbox, scheduler }: PeopleDeps,
  actor: Actor,
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
    const settled = (standing: Standing) => ({ request, standing, fresh: false });
    if (request.status === 'withdrawn') return settled('withdrawn');
    if (request.status === 'declined') return settled('declined');
    if (request.status === 'accepted') {
      const rep = await findPerson(tx, request.workspaceId, request.repId);
      return settled(rep?.teamId === request.teamId ? 'joined' : 'withdrawn');
    }
    const manager = await findPerson(tx, request.workspaceId, request.managerId);
    if (!manager || manager.deactivated) {
      await settleRequest(tx, request.id, 'withdrawn', at);
      return settled('manager_left');
    }
    await settleRequest(tx, request.id, yes ? 'accepted' : 'declined', at);
    if (yes) {
      await setTeamOf(tx, actor.workspaceId, [actor.userId], request.teamId);
      await scheduler.reschedule(tx, { team: actor.workspaceId, person: actor.userId });
    }
    const standing = yes ? ('joined' as const) : ('declined' as const);
    await outbox.enqueue(tx, answer(request));
    return { request, standing, fresh: true };
  });
}
