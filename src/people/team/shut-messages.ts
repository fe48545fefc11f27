/** To a manager whose team's channel takes nothing any more: told once each time, and kept true. */
import type { Db } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { keyFor, type NewDelivery } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { findPerson, takesPart, teamChannel, teamLedBy } from '../store.ts';
import { channelOpenMessage, channelShutMessage } from './shut-view.ts';

const CHANNEL_SHUT = 'team_channel_shut';
const SUBJECT = 'team_channel:';

/** What is to be shown anew where something about that channel has changed. */
export const shutSubject = (channelId: string): string => `${SUBJECT}${channelId}`;

/** Each time that it is shut is news. */
export const shutDelivery = (manager: PersonRef, channelId: string, at: Date): NewDelivery => ({
  ...keyFor(manager, CHANNEL_SHUT, `${channelId}:${at.getTime()}`),
  subject: shutSubject(channelId),
});

export const shutMessages = ({ db }: { db: Db }): MessageKind[] => [
  messageKind({
    kind: CHANNEL_SHUT,
    weight: 'must',
    isKept: true,
    async load({ reader, subject, key }) {
      const person = await findPerson(db, reader);
      if (!person || !takesPart(person)) return null;
      const channelId = subject.slice(SUBJECT.length);
      const team = await teamChannel(db, reader.workspaceId, channelId);
      const isOwn = team?.managerId === reader.userId;
      const shut = isOwn && key === `${channelId}:${team.shut?.at.getTime()}` ? team.shut : null;
      const led = await teamLedBy(db, reader);
      return { channelId, reason: shut?.reason ?? null, now: led?.channelId ?? null };
    },
    isDue: ({ reason }) => reason !== null,
    render: ({ channelId, reason, now }) =>
      reason ? channelShutMessage(channelId, reason) : channelOpenMessage(channelId, now),
  }),
];
