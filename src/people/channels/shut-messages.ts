/** To whoever looks after a channel that takes nothing any more: told once each time, and kept true. */
import type { Db, Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { keyFor, type NewDelivery } from '../../outbox/delivery.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import {
  type ChannelPlace,
  type ChannelUse,
  channelsKeptBy,
  findPerson,
  takesPart,
} from '../store.ts';
import { type ChannelPicks, channelOpenMessage, channelShutMessage } from './shut-view.ts';

const CHANNEL_SHUT = 'team_channel_shut';
const SUBJECT = 'team_channel:';

/** What is to be shown anew where something about that channel has changed. */
const shutSubject = (channelId: string): string => `${SUBJECT}${channelId}`;

/** What was told of a channel, once something else is chosen than that. */
export const refreshShut = (
  outbox: Pick<Outbox, 'refresh'>,
  tx: Tx,
  { workspaceId, channelId }: ChannelPlace,
): Promise<void> => outbox.refresh(tx, { workspaceId, subject: shutSubject(channelId) });

/** Each time that it is shut is news. `uses`: what they keep it for. */
export const shutDelivery = (
  keeper: PersonRef,
  { channelId, at, uses }: { channelId: string; at: Date; uses: readonly ChannelUse[] },
): NewDelivery => ({
  ...keyFor(keeper, CHANNEL_SHUT, `${channelId}:${at.getTime()}:${uses.join('+')}`),
  subject: shutSubject(channelId),
});

/** Whether a manager was told, in a message that stands or is on its way, that their team's channel takes nothing now. */
export async function isToldShut(
  tx: Tx,
  { outbox }: { outbox: Pick<Outbox, 'find'> },
  { workspaceId, userId }: PersonRef,
): Promise<boolean> {
  const team = (await channelsKeptBy(tx, { workspaceId, userId })).find(
    ({ use }) => use === 'team',
  );
  if (!team?.shut) return false;
  const { channelId, shut } = team;
  const told = await outbox.find({ workspaceId, userId, kind: CHANNEL_SHUT }, tx);
  return told.some(({ key, subject, state }) => {
    const { at, uses } = toldIn(key);
    const isOfIt = subject === shutSubject(channelId) && at === shut.at.getTime();
    return isOfIt && uses.includes('team') && ['planned', 'sending', 'sent'].includes(state);
  });
}

/** Of what somebody was told. From before there were others, it was their team's channel. */
function toldIn(key: string): { at: number; uses: ChannelUse[] } {
  const [, at, uses = 'team'] = key.split(':');
  return { at: Number(at), uses: uses.split('+') as ChannelUse[] };
}

export const shutMessages = ({ db }: { db: Db }, picks: ChannelPicks): MessageKind[] => [
  messageKind({
    kind: CHANNEL_SHUT,
    weight: 'must',
    isKept: true,
    async load({ reader, subject, key }) {
      const person = await findPerson(db, reader);
      if (!person || !takesPart(person)) return null;
      const channelId = subject.slice(SUBJECT.length);
      const { at, uses } = toldIn(key);
      const kept = await channelsKeptBy(db, reader);
      const shut = kept.filter(
        (one) =>
          one.channelId === channelId && uses.includes(one.use) && one.shut?.at.getTime() === at,
      );
      const now = uses.map((use) => ({
        use,
        channelId: kept.find((one) => one.use === use)?.channelId ?? null,
      }));
      return {
        channelId,
        reason: shut[0]?.shut?.reason ?? null,
        shut: shut.map(({ use }) => use),
        now,
      };
    },
    isDue: ({ reason }) => reason !== null,
    render: ({ channelId, reason, shut, now }) =>
      reason
        ? channelShutMessage({ channelId, reason, uses: shut }, picks)
        : channelOpenMessage(channelId, now),
  }),
];
