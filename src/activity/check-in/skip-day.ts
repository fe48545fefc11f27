import { lockPerson } from '../../db/lock-people.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { reminderOf } from '../delivery-keys.ts';
import type { ActivityDeps, RepId } from '../deps.ts';
import { eachActivity, type SkipForm } from '../schemas.ts';
import { addAbsence, type Day, findDay, saveDay } from '../store.ts';
import { mustBeLoggable, mustHavePlan } from './find-day.ts';

/**
 * Notes that a day is not going to be logged, and why; what call blocks have counted stays. A day away
 * is time off from then on.
 * @throws UserError as `recordDay`, and `logged` where it is.
 */
export async function skipDay(
  deps: ActivityDeps,
  who: RepId,
  date: string,
  { reason, words }: SkipForm,
): Promise<void> {
  const { clock, outbox, scheduler, encryption } = deps;
  const now = clock.now();
  await inTransaction(deps.db, async (tx) => {
    await lockPerson(tx, who);
    const store = { db: tx, encryption };
    const { plan, today } = await mustHavePlan(store, who, now);
    mustBeLoggable(plan, today, date);
    const found = await findDay(store, who, date);
    if (found?.state === 'logged') {
      throw new UserError('logged', 'That day is logged already: its record can be edited.');
    }
    const counts = found?.counts ?? eachActivity(() => null);
    const day: Day = { date, state: 'skipped', counts, skipReason: reason, note: words };
    await saveDay(store, who, day, now);
    await outbox.cancel(tx, reminderOf(who, date));
    if (reason !== 'away') return;
    await addAbsence(tx, who, { from: date, to: date, addedBy: who.userId }, now);
    await scheduler.reschedule(tx, { team: who.workspaceId, person: who.userId });
  });
}
