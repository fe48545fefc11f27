/** A day that is not logged now: asked about in an hour, or skipped with a reason. */

import type { Deps } from '../../context.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { WHOLE_DAY } from '../../time/part-of-day.ts';
import { refreshBlocks } from '../call-blocks/blocks-of-day.ts';
import { reminderKey } from '../delivery-keys.ts';
import { snoozeWindow } from '../schedule-rules.ts';
import { eachActivity, type SkipReason } from '../schemas.ts';
import { addAbsence, findDay, saveDay } from '../store.ts';
import { mustBeLoggable, mustHavePlan } from './find-day.ts';

/** Why, and the rep's own words. */
interface Skip {
  reason: SkipReason;
  words: string | null;
}

const SNOOZE_MS = 3_600_000;

/**
 * Puts the day's one reminder an hour from now: a snooze doesn't earn a second one.
 * @throws UserError `reminded` where it has come already or was called off, `too_late` where the day is over by then.
 */
export async function snoozeCheckIn(
  { db, encryption, clock, outbox }: Deps,
  who: PersonRef,
  date: string,
): Promise<void> {
  const now = clock.now();
  await inTransaction(db, async (tx) => {
    const { plan, today } = await mustHavePlan({ db: tx, encryption }, who, now);
    const dueAt = new Date(now.getTime() + SNOOZE_MS);
    if (date !== today || plan.zone.dateAt(dueAt) !== date) {
      throw new UserError(
        'too_late',
        'In an hour that day is over. You can log it for ten working days, whenever it suits you.',
      );
    }
    const window = snoozeWindow(plan.zone, date, dueAt);
    const moved = await outbox.reschedule(tx, reminderKey(who, date), window);
    if (
      !moved &&
      !(await outbox.enqueue(tx, { ...reminderKey(who, date), subject: date, ...window }))
    ) {
      throw new UserError(
        'reminded',
        'I come back about a day only once, and for today that is over. Log it whenever it suits you.',
      );
    }
    await outbox.refresh(tx, { ...who, subject: date });
  });
}

/**
 * Notes that a day is not going to be logged, and why; what call blocks have counted stays. A day away
 * is time off from then on.
 * @throws UserError as `recordDay`, and `logged` where it is.
 */
export async function skipDay(
  deps: Deps,
  who: PersonRef,
  date: string,
  { reason, words }: Skip,
): Promise<void> {
  const { clock, outbox, scheduler, encryption } = deps;
  const now = clock.now();
  await inTransaction(deps.db, async (tx) => {
    await lockPerson(tx, who);
    const store = { db: tx, encryption };
    const { plan, today } = await mustHavePlan(store, who, now, date);
    mustBeLoggable(plan, today, date);
    const found = await findDay(store, who, date);
    if (found?.state === 'logged') {
      throw new UserError('logged', 'That day is logged already: its record can be edited.');
    }
    const counts = found?.counts ?? eachActivity(() => null);
    const day = { date, state: 'skipped' as const, counts, skipReason: reason, note: words };
    await saveDay(store, who, day, now);
    await outbox.cancel(tx, reminderKey(who, date));
    await outbox.refresh(tx, { ...who, subject: date });
    await refreshBlocks(outbox, tx, plan, date);
    if (reason !== 'away') return;
    const whole = { from: date, to: date, ...WHOLE_DAY };
    await addAbsence(tx, who, { ...whole, addedBy: who.userId }, now);
    await scheduler.reschedule(tx, who);
  });
}
