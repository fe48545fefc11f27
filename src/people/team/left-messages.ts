/** Who hears that somebody has left: their manager, and those whose manager they were. Once, each time they do. */
import type { Db, Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { keyFor } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { findPerson, managerOf, takesPart, teamLedBy } from '../store.ts';
import { managerLeftMessage, repLeftMessage } from './left-view.ts';

const REP_LEFT = 'rep_left';
const MANAGER_LEFT = 'manager_left';

/** Inside the transaction in which it is noted that somebody has left, at `at`. */
export async function tellOfLeaving(
  outbox: Pick<Outbox, 'enqueue'>,
  tx: Tx,
  who: PersonRef,
  at: Date,
): Promise<void> {
  const { workspaceId, userId: subject } = who;
  const key = `${subject}:${at.getTime()}`;
  const tell = (userId: string, kind: string) =>
    outbox.enqueue(tx, { ...keyFor({ workspaceId, userId }, kind, key), subject });
  const manager = await managerOf(tx, who);
  if (manager) await tell(manager.userId, REP_LEFT);
  for (const member of (await teamLedBy(tx, who))?.members ?? []) {
    await tell(member.userId, MANAGER_LEFT);
  }
}

/** They may be back by the time that it is sent, or plan with somebody else. */
export const leftMessages = ({ db }: { db: Db }): MessageKind[] => [
  messageKind({
    kind: REP_LEFT,
    weight: 'must',
    load: ({ reader, subject: userId }) =>
      ifLeft(db, { workspaceId: reader.workspaceId, userId }, { managerOfRep: reader }),
    render: (repId) => repLeftMessage(repId),
  }),
  messageKind({
    kind: MANAGER_LEFT,
    weight: 'must',
    load: async ({ reader, subject: userId }) => {
      const manager = await managerOf(db, reader);
      if (manager?.userId !== userId) return null;
      return ifLeft(db, manager, { managerOfRep: null });
    },
    render: (managerId, { reader }) => managerLeftMessage(managerId, reader.userId),
  }),
];

/** The id of whoever has left, where that is so, and where they were that manager's. */
async function ifLeft(
  db: Db,
  who: PersonRef,
  { managerOfRep }: { managerOfRep: PersonRef | null },
): Promise<string | null> {
  const person = await findPerson(db, who);
  if (!person || takesPart(person)) return null;
  const manager = managerOfRep && (await managerOf(db, who));
  return manager?.userId === managerOfRep?.userId ? who.userId : null;
}
