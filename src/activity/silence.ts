/** Who has stopped answering, and how they are written to since. */
import type { PersonRef, Store } from '../db/store.ts';
import { sentKeys } from '../outbox/sent-keys.ts';
import { findPerson, type Person } from '../people/store.ts';
import type { Clock } from '../time/clock.ts';
import { localDateIn } from '../time/zone.ts';
import { ACTIVITY_DELIVERY } from './delivery-keys.ts';
import { type Quietness, quietnessAfter, unansweredOf, WEEKLY_AFTER } from './silence-rules.ts';
import { lastAnswers } from './store.ts';

/** The dates before `before` whose check-in came and found no answer, nor any since. */
async function unansweredDays(
  { db }: Pick<Store, 'db'>,
  rep: Person,
  before: string,
): Promise<string[]> {
  const { days, at } = await lastAnswers(db, rep);
  const answers = { answered: days, answeredOn: at && localDateIn(rep.timeZone, at) };
  const since = [...days].sort().at(-1) ?? '';
  const asked = await sentKeys(db, { ...rep, kind: ACTIVITY_DELIVERY.checkIn, since });
  return unansweredOf([...asked], answers, before);
}

/** How a rep is written to on a date. */
export async function quietnessOn(
  store: Pick<Store, 'db'>,
  rep: Person,
  date: string,
): Promise<Quietness> {
  return quietnessAfter((await unansweredDays(store, rep, date)).length);
}

/** Of these reps those who have stopped logging, and how many of their check-ins found no answer: for their manager. */
export async function notLogging(
  { db, clock }: Pick<Store, 'db'> & { clock: Clock },
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, number>> {
  const silent = new Map<string, number>();
  for (const userId of repIds) {
    const rep = await findPerson(db, { workspaceId, userId } satisfies PersonRef);
    if (!rep) continue;
    const today = localDateIn(rep.timeZone, clock.now());
    const { length } = await unansweredDays({ db }, rep, today);
    if (length >= WEEKLY_AFTER) silent.set(userId, length);
  }
  return silent;
}
