import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { reminderOf } from '../delivery-keys.ts';
import type { ActivityDeps, RepId } from '../deps.ts';
import { worthUntil } from '../schedule-rules.ts';
import { mustHavePlan } from './find-day.ts';

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
