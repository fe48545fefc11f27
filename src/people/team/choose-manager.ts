import type { Deps } from '../../context.ts';
import { lockPeople } from '../../db/lock-people.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import {
  ensureTeam,
  findPerson,
  findRequestTo,
  type Person,
  setTeamOf,
  settleRequest,
} from '../store.ts';
import { pickProblem } from '../validate-people.ts';
import { chosenDelivery, refreshQuestions } from './messages.ts';

const GONE = 'That is an app or a deactivated account: pick somebody who can answer.';

/**
 * A rep names their manager, which is the rep's yes: they join that person's team, made where there
 * is none, and leave any other. The manager, who must have been met, hears of it once; naming the
 * same one again changes nothing.
 * @throws UserError `own_manager` or `not_a_manager`, in plain words that fit under a field.
 */
export async function chooseManager(
  { db, clock, outbox, scheduler }: Pick<Deps, 'db' | 'clock' | 'outbox' | 'scheduler'>,
  rep: PersonRef,
  managerId: string,
): Promise<Person> {
  const { workspaceId, userId: repId } = rep;
  if (managerId === repId) {
    throw new UserError('own_manager', 'A plan takes two: pick the person who coaches you.');
  }
  const at = clock.now();
  return inTransaction(
    db,
    async (tx) => {
      await lockPeople(tx, workspaceId, [repId]);
      const manager = await findPerson(tx, { workspaceId, userId: managerId });
      const problem = manager ? pickProblem([manager]) : GONE;
      if (!manager || problem) throw new UserError('not_a_manager', problem ?? GONE);
      const team = await ensureTeam(tx, { workspaceId, userId: managerId });
      const current = await findPerson(tx, { workspaceId, userId: repId });
      if (current?.teamId === team.id) return manager;
      const asked = await findRequestTo(tx, { workspaceId, managerId, repId });
      const open = asked?.status === 'pending' ? [asked] : [];
      for (const request of open) await settleRequest(tx, request.id, 'accepted', at);
      const moot = await setTeamOf(tx, workspaceId, {
        repIds: [repId],
        teamId: team.id,
        actorId: repId,
        at,
      });
      await refreshQuestions(outbox, tx, [...open, ...moot]);
      await scheduler.reschedule(tx, { workspaceId, userId: repId });
      const delivery = chosenDelivery({ workspaceId, repId, managerId, teamId: team.id, at });
      await outbox.enqueue(tx, delivery);
      return manager;
    },
    // The manager's first team may be made twice at once.
    { retryUnique: true },
  );
}
