/** Time off: entered by the rep or by their manager, and taken back. */
import { lockPerson } from '../../db/lock-people.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { findManagedRep } from '../../people/find-managed-rep.ts';
import { rescheduleTeamOf } from '../../people/reschedule-team.ts';
import type { Person } from '../../people/store.ts';
import { addDays, daysBetween } from '../../time/local-date.ts';
import { awayNoted } from '../delivery-keys.ts';
import type { ActivityDeps, Reading, RepId } from '../deps.ts';
import {
  type Absence,
  absencesOf,
  addAbsence,
  findAbsence,
  removeAbsence,
  reopenAwayDays,
} from '../store.ts';

/** For so many days an absence that is over is still shown. */
export const RECENT_DAYS = 31;
/** An absence may begin so long ago: "I was away" is said afterwards. */
const LONGEST_DAYS = 366;

/**
 * The person whose time off the actor may see and enter: their own, or a rep's whom they manage.
 * @throws UserError `not_yours`.
 */
export async function mustManage({ db }: Reading, actor: RepId, userId: string): Promise<Person> {
  const person = await findManagedRep(db, actor, userId);
  if (person) return person;
  throw new UserError(
    'not_yours',
    'Only somebody themselves and the manager they plan with can say when they are away.',
  );
}

/**
 * Enters time off. Whose rep it is hears of what their manager entered, once.
 * @throws UserError `not_yours`.
 */
export async function enterAbsence(
  deps: ActivityDeps,
  actor: RepId,
  { person: userId, from, to }: { person: string; from: string; to: string },
): Promise<Absence & { person: Person }> {
  const { db, encryption, clock, outbox, scheduler } = deps;
  return inTransaction(db, async (tx) => {
    const person = await mustManage({ db: tx, encryption }, actor, userId);
    const who = { workspaceId: actor.workspaceId, userId };
    await lockPerson(tx, who);
    const entry = { from, to, addedBy: actor.userId };
    const id = await addAbsence(tx, who, entry, clock.now());
    if (userId !== actor.userId) await outbox.enqueue(tx, awayNoted(who, id));
    const woken = { team: who.workspaceId, person: userId };
    await scheduler.reschedule(tx, woken);
    await rescheduleTeamOf(scheduler, tx, woken);
    return { id, ...entry, person };
  });
}

/**
 * Takes time off back; days of it that were skipped as away are open again. One that is gone already
 * stays gone: null.
 * @throws UserError `not_yours`.
 */
export async function cancelAbsence(
  deps: ActivityDeps,
  actor: RepId,
  id: string,
): Promise<(Absence & { person: Person }) | null> {
  return inTransaction(deps.db, async (tx) => {
    const absence = await findAbsence(tx, id);
    if (!absence || absence.workspaceId !== actor.workspaceId) return null;
    const store = { db: tx, encryption: deps.encryption };
    const person = await mustManage(store, actor, absence.userId);
    await lockPerson(tx, absence);
    await removeAbsence(tx, id);
    await reopenAwayDays(tx, absence, absence);
    const woken = { team: actor.workspaceId, person: absence.userId };
    await deps.scheduler.reschedule(tx, woken);
    await rescheduleTeamOf(deps.scheduler, tx, woken);
    return { ...absence, person };
  });
}

/** Those that aren't over on `today` or haven't been for long: each can still be taken back. */
export function recentAbsences({ db }: Reading, who: RepId, today: string): Promise<Absence[]> {
  return absencesOf(db, who, addDays(today, -RECENT_DAYS));
}

/** What is wrong with a range of dates, in plain words; null where it will do. */
export function rangeProblem(from: string, to: string): string | null {
  if (to < from) return 'The last day is before the first: swap them.';
  return daysBetween(from, to) > LONGEST_DAYS ? 'That is over a year: enter it in parts.' : null;
}
