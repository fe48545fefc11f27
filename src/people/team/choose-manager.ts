import { lockPeople } from '../../db/lock-people.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import type { Actor, PeopleDeps } from '../deps.ts';
import {
  ensureTeam,
  findPerson,
  findRequestTo,
  type Person,
  setTeamOf,
  settleRequest,
} from '../store.ts';
import { chosen } from './deliveries.ts';

/**
 * A rep names their manager, which is the rep's yes: they join that person's team, made where there
 * is none, and leave any other. The manager, who must have been met, hears of it once; naming the
 * same one again changes nothing.
 * @throws UserError `own_manager` or `not_a_manager`, in plain words that fit under a field.
 */
export async function chooseManager(
  { db, clock, outbox, scheduler }: PeopleDeps,
  rep: Actor,
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
      const manager = await findPerson(tx, workspaceId, managerId);
      if (!manager || manager.deactivated) {
        const text = 'That is an app or a deactivated account: pick somebody who can answer.';
        throw new UserError('not_a_manager', text);
      }
      const team = await ensureTeam(tx, workspaceId, managerId);
      const current = await findPerson(tx, workspaceId, repId);
      if (current?.teamId === team.id) return manager;
      const asked = await findRequestTo(tx, { workspaceId, managerId, repId });
      if (asked?.status === 'pending') await settleRequest(tx, asked.id, 'accepted', at);
      await setTeamOf(tx, workspaceId, [repId], team.id);
      await scheduler.reschedule(tx, { team: workspaceId, person: repId });
      const delivery = chosen({ workspaceId, repId, managerId, teamId: team.id, at });
      await outbox.enqueue(tx, delivery);
      return manager;
    },
    // The manager's first team may be made twice at once.
    { retryUnique: true },
  );
}
