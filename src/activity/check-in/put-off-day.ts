/** A day that is not logged now: asked about in an hour, or skipped with a reason. */
import { lockPerson } from '../../db/lock-people.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { reminderOf } from '../delivery-keys.ts';
import type { ActivityDeps, RepId } from '../deps.ts';
import { worthUntil } from '../schedule-rules.ts';
import { eachActivity, type SkipForm } from '../schemas.ts';
import { addAbsence, type Day, findDay, saveDay } from '../store.ts';
import { mustBeLoggable, mustHavePlan } from './find-day.ts';

const SNOOZE_MS = 3_600_000;

/**
 * Puts the day's one reminder an hour from now: a snooze doesn't earn a second one.
 * Returns the local wall time (`HH:mm`) at which it comes.
 * @throws UserError `reminded` where it has come already or was called off, `too_late` where the day is over by then.
 */
export async function snoozeCheckIn(
  { db, encryption, clock, outbox }: ActivityDeps,
  who: RepId,
  date: string,
): Promise<string> {
  const now = clock.now();
  return inTransaction(db, async (tx) => {
    const { plan, today } = await mustHavePlan({ db: tx, encryption }, who, now);
    const dueAt = new Date(now.getTime() + SNOOZE_MS);
    if (date !== today || plan.zone.dateAt(dueAt) !== date) {
      throw new UserError(
        'too_late',
        'In an hour that day is over. You can log it for ten working days, whenever it suits you.',
      );
    }
    const window = { dueAt, sendBy: worthUntil(plan.zone, date, dueAt) };
    const moved = await outbox.reschedule(tx, reminderOf(who, date), window);
    if (
      !moved &&
      !(await outbox.enqueue(tx, { ...reminderOf(who, date), subject: date, ...window }))
    ) {
      throw new UserError(
        'reminded',
        'I come back about a day only once, and for today that is over. Log it whenever it suits you.',
      );
    }
    return plan.zone.timeAt(dueAt);
  });
}

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
