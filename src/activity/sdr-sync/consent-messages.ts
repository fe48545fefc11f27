/** The question to an SDR partner, and its answer to the rep. */
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { type MessageKind, messageKind } from '../../outbox/message.ts';
import { reachable } from '../can-notify.ts';
import { ACTIVITY_DELIVERY } from '../delivery-keys.ts';
import { planInForce } from '../plan-in-force.ts';
import { findSyncConsent } from '../store.ts';
import { partnerOf } from './consent.ts';
import { type ConsentScreen, consentAnswerMessage, consentMessage } from './consent-view.ts';

export const consentMessages = (context: Context): MessageKind[] => [
  messageKind<ConsentScreen>({
    kind: ACTIVITY_DELIVERY.syncConsent,
    weight: 'must',
    isKept: true,
    load: ({ reader, subject: repId }) =>
      consentScreen(context, reader, { repId, partnerId: reader.userId }),
    isDue: ({ state }) => state === 'asked',
    render: consentMessage,
  }),
  messageKind<ConsentScreen>({
    kind: ACTIVITY_DELIVERY.syncAnswer,
    weight: 'must',
    load: ({ reader, subject: partnerId }) =>
      consentScreen(context, reader, { repId: reader.userId, partnerId }),
    isDue: ({ state }) => state !== 'asked',
    render: consentAnswerMessage,
  }),
];

/** Null where the rep's plan names somebody else by now, or the reader is gone. */
async function consentScreen(
  context: Context,
  reader: PersonRef,
  { repId, partnerId }: { repId: string; partnerId: string },
): Promise<ConsentScreen | null> {
  const { workspaceId } = reader;
  const rep = { workspaceId, userId: repId };
  const person = await reachable(context, reader);
  const plan = await planInForce(context, rep);
  const consent = await findSyncConsent(context.db, rep, partnerId);
  if (!person || !plan || !consent || partnerOf(plan) !== partnerId || !plan.work.sync) return null;
  return {
    repId,
    partnerId,
    frequency: plan.work.sync,
    callsPerDay: plan.work.sdrPartner?.callsPerDay ?? null,
    state: consent.state,
    locale: person.locale,
  };
}
