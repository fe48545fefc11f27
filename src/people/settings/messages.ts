/** The message to somebody who was made a leader. Its subject is who made them one. */
import type { Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { keyFor } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import type { MeetDeps } from '../meet-person.ts';
import { findPerson } from '../store.ts';
import { leaderMessage } from './leader-view.ts';

const LEADER = 'leader_named';

/** Tells those who lead now and didn't before. In the transaction that makes them leaders. */
export async function tellNewLeaders(
  outbox: Outbox,
  tx: Tx,
  actor: PersonRef,
  { before, after, at }: { before: readonly string[]; after: readonly string[]; at: Date },
): Promise<void> {
  const { workspaceId, userId: subject } = actor;
  for (const userId of after.filter((id) => !before.includes(id))) {
    const key = keyFor({ workspaceId, userId }, LEADER, `${at.getTime()}`);
    await outbox.enqueue(tx, { ...key, subject });
  }
}

export const settingsMessages = ({ db }: Pick<MeetDeps, 'db'>): MessageKind[] => [
  messageKind({
    kind: LEADER,
    // Whoever names themselves waits for the answer.
    weight: (_, { reader, subject }) => (reader.userId === subject ? 'answer' : 'must'),
    async load({ reader }) {
      const person = await findPerson(db, reader);
      return person?.leader && !person.deactivated ? person : null;
    },
    render: (_, { reader, subject }) => leaderMessage(reader.userId === subject ? null : subject),
  }),
];
