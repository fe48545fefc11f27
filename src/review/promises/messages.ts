/** The message to whoever was asked for something: kept, so that what is ticked in one place is ticked in all. */
import { reachable } from '../../activity/can-notify.ts';
import type { Context } from '../../context.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { pairOf } from '../../plan/access.ts';
import { localDateIn } from '../../time/zone.ts';
import { REVIEW_DELIVERY } from '../deliveries.ts';
import type { Promised } from './rules.ts';
import { findAsk } from './store.ts';
import { askedMessage, type PromiseReader, takenBackMessage } from './view.ts';

interface Asked {
  promised: Promised;
  by: string;
  reader: PromiseReader;
  isTakenBack: boolean;
}

export const promiseMessages = (context: Context): MessageKind[] => [
  messageKind<Asked>({
    kind: REVIEW_DELIVERY.asked,
    weight: 'must',
    isKept: true,
    awaited: {
      what: 'what you asked for',
      async by({ subject, workspaceId }) {
        const ask = await findAsk(context, subject);
        return ask && { workspaceId, userId: ask.createdBy };
      },
    },
    async load({ subject, reader: to }) {
      const ask = await findAsk(context, subject);
      const reader = await reachable(context, to);
      if (!ask || !reader) return null;
      const { rep, manager } = await pairOf(context.db, { ...to, userId: ask.repId });
      const ownerId = (ask.owner === 'rep' ? rep : manager)?.userId ?? null;
      if (ownerId !== reader.userId) return null;
      const { id, repId, owner, text, due, doneAt, doneBy } = ask;
      return {
        promised: {
          kind: 'ask',
          id,
          repId,
          owner,
          ownerId,
          text,
          month: null,
          createdBy: ask.createdBy,
          number: null,
          due,
          done: doneAt && doneBy !== null ? { at: doneAt, by: doneBy } : null,
        },
        by: ask.createdBy,
        isTakenBack: ask.removedAt !== null,
        reader: {
          userId: reader.userId,
          locale: reader.locale,
          today: localDateIn(reader.timeZone, context.clock.now()),
        },
      };
    },
    isDue: ({ isTakenBack }) => !isTakenBack,
    render: ({ promised, isTakenBack, ...told }) =>
      isTakenBack ? takenBackMessage(promised, told.by) : askedMessage(promised, told),
  }),
];
