/** What the owner of something is told that another one put them down for. */
import { reachable } from '../../activity/can-notify.ts';
import type { Context } from '../../context.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { localDateIn } from '../../time/zone.ts';
import { REVIEW_DELIVERY } from '../deliveries.ts';
import { type Commitment, findCommitment } from './store.ts';
import { commitmentTakenMessage } from './view.ts';

interface Taken {
  commitment: Commitment;
  reader: { today: string; locale: string };
}

export const commitmentMessages = (context: Context): MessageKind[] => [
  messageKind<Taken>({
    kind: REVIEW_DELIVERY.taken,
    weight: 'must',
    isKept: true,
    async load({ subject, reader }) {
      const person = await reachable(context, reader);
      const commitment = person && (await findCommitment(context, subject));
      if (!commitment || commitment.ownerId !== reader.userId) return null;
      const today = localDateIn(person.timeZone, context.clock.now());
      return { commitment, reader: { today, locale: person.locale } };
    },
    isDue: ({ commitment }) => commitment.removedAt === null && commitment.doneAt === null,
    render: ({ commitment, reader }) => commitmentTakenMessage(commitment, reader),
  }),
];
