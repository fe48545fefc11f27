/** Who holds a manager's coaching hours while they are away: named, told, and free to say no. */
import type { Deps } from '../../context.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { findPerson, teamLedBy } from '../../people/store.ts';
import { daysBetween } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { standInDelivery } from '../deliveries.ts';
import { addStandIn, endStandIn, findStandIn, type StandIn, standInsFor } from '../store.ts';

/** Days at most: for longer the reps plan with somebody else. */
const MOST_DAYS = 92;

/**
 * Names somebody whom Bigplan has met, for days that nobody else was named for.
 * @throws UserError at the field it is about.
 */
export async function nameStandIn(
  deps: Deps,
  manager: PersonRef,
  id: string,
  { standIn, from, to }: { standIn: string; from: string; to: string },
): Promise<void> {
  const { db, clock, outbox, scheduler } = deps;
  const { workspaceId, userId: managerId } = manager;
  await inTransaction(db, async (tx) => {
    await lockPerson(tx, manager);
    if (await findStandIn(tx, id)) return;
    const team = await teamLedBy(tx, manager);
    const self = await findPerson(tx, manager);
    const person = await findPerson(tx, { workspaceId, userId: standIn });
    if (!team || team.members.length === 0) {
      throw new UserError('no_team', 'Nobody plans with you, so there are no hours to hold.');
    }
    if (standIn === managerId || !person || person.deactivated) {
      throw new UserError('nobody', 'Pick somebody else who is here: they can’t do it.', 'standIn');
    }
    if (to < localDateIn(self?.timeZone ?? 'UTC', clock.now())) {
      throw new UserError('past', 'That has passed.', 'to');
    }
    if (daysBetween(from, to) >= MOST_DAYS) {
      throw new UserError('too_long', 'Three months at most.', 'to');
    }
    const others = await standInsFor(tx, workspaceId, [managerId], from);
    if (others.some((one) => one.from <= to)) {
      throw new UserError(
        'taken',
        'Somebody stands in on some of these days already: take that back first.',
        'from',
      );
    }
    await addStandIn(tx, {
      id,
      workspaceId,
      managerId,
      standInId: standIn,
      from,
      to,
      namedAt: clock.now(),
    });
    await outbox.enqueue(tx, standInDelivery('standIn', person, id));
    await scheduler.reschedule(tx, person);
  });
}

/** The stand-in says no; the manager hears of it. @throws UserError `not_yours`, `stand_in_gone`. */
export function declineStandIn(deps: Deps, actor: PersonRef, id: string): Promise<StandIn> {
  return end(deps, actor, id, 'standInId');
}

/** The manager takes it back; the message to the stand-in says so. @throws UserError as `declineStandIn`. */
export function takeStandInBack(deps: Deps, actor: PersonRef, id: string): Promise<StandIn> {
  return end(deps, actor, id, 'managerId');
}

function end(
  { db, clock, outbox }: Deps,
  actor: PersonRef,
  id: string,
  by: 'standInId' | 'managerId',
): Promise<StandIn> {
  const { workspaceId } = actor;
  return inTransaction(db, async (tx) => {
    const found = await findStandIn(tx, id);
    if (!found || found.workspaceId !== workspaceId) {
      throw new UserError('stand_in_gone', 'That is no longer here.');
    }
    if (found[by] !== actor.userId) {
      throw new UserError('not_yours', 'That is between two other people.');
    }
    const manager = { workspaceId, userId: found.managerId };
    await lockPerson(tx, manager);
    await outbox.refresh(tx, { workspaceId, subject: id });
    const now = await findStandIn(tx, id);
    if (!now || now.declinedAt || now.endedAt) return found;
    const at = clock.now();
    await endStandIn(tx, id, by === 'standInId' ? { declinedAt: at } : { endedAt: at });
    if (by === 'standInId') await outbox.enqueue(tx, standInDelivery('standInNo', manager, id));
    return found;
  });
}
