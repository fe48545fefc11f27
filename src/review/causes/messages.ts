/** The message to a leader about a cause that several named, counted along while more reps answer. */
import { reachable } from '../../activity/can-notify.ts';
import type { Context } from '../../context.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { monthCause, REVIEW_DELIVERY } from '../deliveries.ts';
import { type ToldCause, toldCause } from './causes.ts';
import { causeMessage } from './view.ts';

interface Told {
  told: ToldCause;
  locale: string;
}

export const causeMessages = (context: Context): MessageKind[] => [
  messageKind<Told>({
    kind: REVIEW_DELIVERY.cause,
    weight: 'must',
    isKept: true,
    async load({ subject, reader }) {
      const about = monthCause.read(subject);
      const leader = await reachable(context, reader);
      if (!about || !leader?.leader) return null;
      const told = await toldCause(context, leader.workspaceId, about);
      return told && { told, locale: leader.locale };
    },
    render: ({ told, locale }) => causeMessage(told, locale),
  }),
];
