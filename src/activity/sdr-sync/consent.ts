/** Whether an SDR partner wants a rep's syncs: they are asked once, and until they say yes none comes to them. */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { syncAnswerDelivery, syncConsentDelivery } from '../delivery-keys.ts';
import type { PlanInForce } from '../plan-in-force.ts';
import { addSyncConsent, findSyncConsent, saveSyncConsent } from '../store.ts';

/** The partner whom an agreed plan names, where it has syncs and that is somebody else; else null. */
export function partnerOf({ work, rep }: PlanInForce): string | null {
  const partner = work.sync === null ? null : (work.sdrPartner?.userId ?? null);
  return partner === rep.userId ? null : partner;
}

/** Asks the plan's partner, unless they were asked before. */
export async function askPartner(
  outbox: Outbox,
  tx: Tx,
  plan: PlanInForce,
  now: Date,
): Promise<void> {
  const partnerId = partnerOf(plan);
  if (partnerId === null || (await findSyncConsent(tx, plan.rep, partnerId))) return;
  await addSyncConsent(tx, plan.rep, partnerId, now);
  await outbox.enqueue(tx, syncConsentDelivery(plan.rep, partnerId));
}

/**
 * The partner says whether they want the syncs; the rep hears of it.
 * @throws UserError `not_asked` where nobody asked them.
 */
export async function answerConsent(
  { db, outbox, clock }: Deps,
  partner: PersonRef,
  repId: string,
  state: 'accepted' | 'declined',
): Promise<void> {
  const { workspaceId, userId } = partner;
  const rep = { workspaceId, userId: repId };
  await inTransaction(db, async (tx) => {
    await lockPerson(tx, rep);
    const consent = await findSyncConsent(tx, rep, userId);
    if (!consent) throw new UserError('not_asked', 'That question wasn’t for you.');
    await outbox.refresh(tx, syncConsentDelivery(rep, userId));
    // A no may become a yes; a yes is stopped where it comes.
    if (consent.state === state || consent.state === 'accepted') return;
    await saveSyncConsent(tx, rep, userId, { state, answeredAt: clock.now() });
    await outbox.enqueue(tx, syncAnswerDelivery(rep, userId, state));
  });
}
