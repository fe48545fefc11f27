/** The message to a leader about a cause that several named, counted along while more reps answer. */
import { reachable } from '../../activity/can-notify.ts';
import type { Context } from '../../context.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { localDateIn } from '../../time/zone.ts';
import { type Commitment, causeAnswersSince } from '../commitments/store.ts';
import { monthCause, REVIEW_DELIVERY } from '../deliveries.ts';
import { type ToldCause, toldCause } from './causes.ts';
import { causeMessage } from './view.ts';

interface Told {
  told: ToldCause;
  /** What was taken on about it. */
  answers: Commitment[];
  today: string;
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
      if (!told) return null;
      const { workspaceId, locale, timeZone } = leader;
      const since = await causeAnswersSince(context, workspaceId, about.month);
      const answers = since.filter(
        ({ origin }) =>
          origin.kind === 'cause' && origin.cause === about.cause && origin.month === about.month,
      );
      return { told, answers, today: localDateIn(timeZone, context.clock.now()), locale };
    },
    render: ({ told, locale, ...taken }) => causeMessage(told, locale, taken),
  }),
];
