/** Forgetting somebody: at once in the database, and in Slack as fast as Slack lets us. */
import { randomUUID } from 'node:crypto';
import type { Context } from '../context.ts';
import { recordAct } from '../db/audit.ts';
import { lockPeople } from '../db/lock-people.ts';
import type { PersonRef } from '../db/store.ts';
import { inTransaction } from '../db/transaction.ts';
import { findPerson, managerOf } from '../people/store.ts';
import { forgottenDelivery } from './messages.ts';
import { FORGOTTEN } from './personal-data-rules.ts';
import { repsOf, takeAway } from './store.ts';

type Deps = Pick<Context, 'db' | 'encryption' | 'clock' | 'outbox' | 'scheduler'>;

export interface Forgotten {
  managerId: string | null;
  repIds: string[];
}

/**
 * Takes away everything about somebody, in one transaction. Their manager hears that it happened, and their reps that
 * they need another manager.
 *
 * @param dm their DM with Bigplan, where Slack has said which it is.
 * @returns whom it is told to; null where nobody is known by that id (any more).
 */
export async function forgetPerson(
  { db, encryption, clock, outbox, scheduler }: Deps,
  who: PersonRef,
  dm: string | null,
): Promise<Forgotten | null> {
  const { workspaceId, userId } = who;
  const repIds = await repsOf(db, who);
  return inTransaction(db, async (tx) => {
    await lockPeople(tx, workspaceId, [userId, ...repIds]);
    const person = await findPerson(tx, who);
    if (!person) return null;
    const manager = await managerOf(tx, who);
    const led = await repsOf(tx, who);
    await takeAway({ db: tx, encryption }, who, { now: clock.now(), dm });
    await recordAct(tx, {
      workspaceId,
      actorId: FORGOTTEN,
      kind: 'forgotten',
      subjectId: FORGOTTEN,
      at: clock.now(),
    });
    const told = [
      ...led.map((rep) => ['manager_forgotten', rep] as const),
      ...(manager ? [['person_forgotten', manager.userId] as const] : []),
    ];
    for (const [kind, reader] of told) {
      const to = { workspaceId, userId: reader };
      const delivery = forgottenDelivery(encryption, to, { kind, key: randomUUID(), person });
      await outbox.enqueue(tx, delivery);
      await scheduler.reschedule(tx, to);
    }
    return { managerId: manager?.userId ?? null, repIds: led };
  });
}
