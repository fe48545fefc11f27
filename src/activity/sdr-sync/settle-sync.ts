/** The agreed sync between a rep and their SDR partner: what either of them makes of it. */

import type { Deps } from '../../context.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { DatedStore, PersonRef } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { findPerson, type Person } from '../../people/store.ts';
import { SYNC_MINUTES } from '../../plan/week-rules.ts';
import { isLocalDate } from '../../time/local-date.ts';
import { zoneOf } from '../../time/zone.ts';
import { takenAt, takenOn } from '../day-times.ts';
import { daySlot, syncDelivery } from '../delivery-keys.ts';
import { type PlanInForce, planInForce } from '../plan-in-force.ts';
import { syncTimeOn, worthUntil } from '../schedule-rules.ts';
import { findSync, findSyncConsent, type Sync, saveSync } from '../store.ts';
import { partnerOf } from './consent.ts';
import type { SyncScreen } from './view.ts';

export interface OpenSync {
  plan: PlanInForce;
  sync: Sync;
  /** When it is held, moved or not. */
  at: Date;
  /** The partner whom the plan names; null: somebody who isn't in this workspace. */
  partnerId: string | null;
  /** Slack user ids of those who are asked: the rep, and their partner once they have said yes. */
  readers: string[];
}

/** The sync of a rep on a date; null where their plan has none. */
export async function openSync(
  store: DatedStore,
  rep: PersonRef,
  date: string,
): Promise<OpenSync | null> {
  const plan = await planInForce(store, rep, date);
  if (!plan?.work.sync || !isLocalDate(date)) return null;
  const partner = plan.work.sdrPartner;
  const sync = await findSync(store.db, rep, date);
  const time = sync.movedTo ?? syncTimeOn(plan.work, date, partner?.syncTime ?? '09:30');
  const partnerId = partnerOf(plan);
  const consent = partnerId === null ? null : await findSyncConsent(store.db, rep, partnerId);
  const hasJoined = consent?.state === 'accepted';
  return {
    plan,
    sync,
    at: plan.zone.instantAt(date, time),
    partnerId,
    readers: [rep.userId, ...(hasJoined && partnerId ? [partnerId] : [])],
  };
}

/** The sync as one of the two reads it. */
export function syncScreen(
  { plan, at, partnerId, sync }: OpenSync,
  reader: Pick<Person, 'userId' | 'locale' | 'timeZone'>,
): SyncScreen {
  const isRep = reader.userId === plan.rep.userId;
  // As it was agreed: what the rep catches up with is their own.
  const own = plan.days.get(sync.date)?.calls ?? null;
  const partner = plan.work.sdrPartner?.callsPerDay ?? null;
  return {
    sync: { date: sync.date, repId: plan.rep.userId },
    time: zoneOf(reader.timeZone).timeAt(at),
    locale: reader.locale,
    readerId: reader.userId,
    otherId: isRep ? partnerId : plan.rep.userId,
    readerCalls: isRep ? own : partner,
    otherCalls: isRep ? partner : own,
  };
}

type Settle = { state: 'done' | 'skipped' } | { state: 'moved'; time: string };

/**
 * Either of the two says what becomes of the sync: done, skipped, or moved to another time of today
 * (the actor's wall time), when both hear of it again. What is done or skipped already stays so, and what
 * is at that time already is not moved again.
 * @throws UserError `sync_gone`, `not_yours`, `too_late` or `taken`.
 */
export async function settleSync(
  deps: Deps,
  actor: PersonRef,
  { date, repId }: { date: string; repId: string },
  settle: Settle,
): Promise<void> {
  const { workspaceId } = actor;
  const rep = { workspaceId, userId: repId };
  const { db, encryption, outbox, clock } = deps;
  await inTransaction(db, async (tx) => {
    await lockPerson(tx, rep);
    const found = await openSync({ db: tx, encryption, clock }, rep, date);
    if (!found) throw new UserError('sync_gone', 'That sync is no longer in the plan.');
    if (!found.readers.includes(actor.userId)) {
      throw new UserError('not_yours', 'That sync is between two other people.');
    }
    const { sync, plan, readers } = found;
    await outbox.refresh(tx, { workspaceId, subject: daySlot.write({ date, slot: repId }) });
    if (sync.state === 'done' || sync.state === 'skipped') return;
    const by = { settledBy: actor.userId };
    if (settle.state !== 'moved') {
      await saveSync(tx, rep, { ...sync, ...by, state: settle.state });
      return;
    }
    const mover = await findPerson(tx, { workspaceId, userId: actor.userId });
    const zone = zoneOf(mover?.timeZone ?? plan.rep.timeZone);
    const at = zone.instantAt(zone.dateAt(clock.now()), settle.time);
    const movedTo = plan.zone.timeAt(at);
    if (sync.movedTo === movedTo && plan.zone.dateAt(at) === date) return;
    if (at <= clock.now() || plan.zone.dateAt(at) !== date) {
      throw new UserError(
        'too_late',
        'That time has passed or is on another day: pick a later one today.',
        'time',
      );
    }
    const minutes = SYNC_MINUTES[plan.work.sync ?? 'weekly'];
    const taken = await takenOn(tx, plan, date, 'sync');
    const problem = takenAt(date, { time: movedTo, minutes }, taken, plan.rep.locale);
    if (problem !== null) {
      // What the rep does then is not for their partner to read.
      const isOwn = actor.userId === rep.userId;
      const words = isOwn ? problem : 'Your partner has something else then: pick another time.';
      throw new UserError('taken', words, 'time');
    }
    const moved: Sync = { ...sync, ...by, state: 'moved', movedTo, moves: sync.moves + 1 };
    await saveSync(tx, rep, moved);
    for (const readerId of readers) {
      const sendBy = worthUntil(plan.zone, date, at);
      await outbox.enqueue(tx, { ...syncDelivery(rep, readerId, moved), dueAt: at, sendBy });
    }
  });
}
