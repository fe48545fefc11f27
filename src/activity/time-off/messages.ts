/** To a rep: their manager has noted that they are away. */
import type { Context } from '../../context.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { reachable } from '../can-notify.ts';
import { ACTIVITY_DELIVERY } from '../delivery-keys.ts';
import { findAbsence } from '../store.ts';
import { awayNotedMessage } from './view.ts';

export const timeOffMessages = (context: Context): MessageKind[] => [
  messageKind({
    kind: ACTIVITY_DELIVERY.awayNoted,
    weight: 'must',
    // Such a note is about being away: it says that it was noted.
    comesThrough: ['away'],
    async load({ subject, reader }) {
      const absence = await findAbsence(context.db, subject);
      const person = await reachable(context, reader);
      return absence && person && { absence, locale: person.locale };
    },
    render: ({ absence, locale }) => awayNotedMessage(absence, locale),
  }),
];
