/** One's own settings: when and about what to be asked, and for how long not at all. */

import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Person } from '../../people/store.ts';
import { addDays } from '../../time/local-date.ts';
import { localDateIn } from '../../time/zone.ts';
import { reminderKey } from '../delivery-keys.ts';
import { PAUSED_FOR_GOOD } from '../schedule-rules.ts';
import type { Nudge } from '../schemas.ts';
import { type Nudges, nudgesOf, saveNudges } from '../store.ts';

export const PAUSE_DAYS = 7;

/**
 * Changes somebody's settings; `change` sees them as they are. What was due before stays as it was
 * decided then. Returns them as they are after it.
 */
export async function changeNudges(
  { db, encryption, scheduler, outbox, clock }: Deps,
  person: Person,
  change: (now: Nudges) => Nudges,
): Promise<Nudges> {
  return inTransaction(db, async (tx: Tx) => {
    await lockPerson(tx, person);
    const store = { db: tx, encryption };
    const nudges = change(await nudgesOf(store, person));
    await saveNudges(store, person, nudges);
    if (!nudges.reminder || !nudges.checkIns) {
      const today = localDateIn(person.timeZone, clock.now());
      await outbox.cancel(tx, reminderKey(person, today));
    }
    await outbox.release(tx, person);
    await scheduler.rescheduleAfresh(tx, person);
    return nudges;
  });
}

/** Turns one kind of nudge off, or on again. */
export function turnNudge(deps: Deps, person: Person, nudge: Nudge, on: boolean) {
  return changeNudges(deps, person, (nudges) => ({ ...nudges, [nudge]: on }));
}

/** No nudge for a week from today. Returns the date on which they come again. */
export async function pauseForAWeek(deps: Deps, person: Person): Promise<string> {
  const pausedUntil = addDays(localDateIn(person.timeZone, deps.clock.now()), PAUSE_DAYS);
  await changeNudges(deps, person, (nudges) => ({ ...nudges, pausedUntil }));
  return pausedUntil;
}

/** No nudge until they say so. */
export function pauseForGood(deps: Deps, person: Person) {
  return changeNudges(deps, person, (nudges) => ({ ...nudges, pausedUntil: PAUSED_FOR_GOOD }));
}

export function resume(deps: Deps, person: Person) {
  return changeNudges(deps, person, (nudges) => ({ ...nudges, pausedUntil: null }));
}
