/** Who has stopped answering, and how they are written to since. */
import type { Store } from '../db/store.ts';
import { sentKeysOfEach } from '../outbox/sent-keys.ts';
import { findPeople, type Person } from '../people/store.ts';
import type { Clock } from '../time/clock.ts';
import { localDateIn } from '../time/zone.ts';
import { ACTIVITY_DELIVERY } from './delivery-keys.ts';
import { type Quietness, quietnessAfter, unansweredOf, WEEKLY_AFTER } from './silence-rules.ts';
import { lastAnswersOfEach } from './store.ts';

/** How many check-ins before a date (each of their own) came and found no answer, nor any since; by user id. */
async function unansweredOfEach(
  { db }: Pick<Store, 'db'>,
  workspaceId: string,
  reps: readonly { rep: Person; before: string }[],
): Promise<Map<string, number>> {
  const ids = reps.map(({ rep }) => rep.userId);
  const answers = await lastAnswersOfEach(db, workspaceId, ids);
  const lastDay = (userId: string) => [...(answers.get(userId)?.days ?? [])].sort().at(-1) ?? '';
  const people = ids.map((userId) => ({ userId, since: lastDay(userId) }));
  const asked = await sentKeysOfEach(db, { workspaceId, people, kind: ACTIVITY_DELIVERY.checkIn });
  return new Map(
    reps.map(({ rep: { userId, timeZone }, before }) => {
      const { days, at } = answers.get(userId) ?? { days: [], at: null };
      const answered = { answered: days, answeredOn: at && localDateIn(timeZone, at) };
      return [userId, unansweredOf([...(asked.get(userId) ?? [])], answered, before).length];
    }),
  );
}

/** How a rep is written to on a date. */
export async function quietnessOn(
  store: Pick<Store, 'db'>,
  rep: Person,
  date: string,
): Promise<Quietness> {
  const unanswered = await unansweredOfEach(store, rep.workspaceId, [{ rep, before: date }]);
  return quietnessAfter(unanswered.get(rep.userId) ?? 0);
}

/** Of these reps those who have stopped logging, and how many of their check-ins found no answer: for their manager. */
export async function notLogging(
  { db, clock }: Pick<Store, 'db'> & { clock: Clock },
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, number>> {
  const reps = (await findPeople(db, workspaceId, repIds)).map((rep) => ({
    rep,
    before: localDateIn(rep.timeZone, clock.now()),
  }));
  const unanswered = await unansweredOfEach({ db }, workspaceId, reps);
  return new Map([...unanswered].filter(([, days]) => days >= WEEKLY_AFTER));
}
