/** What falls due in somebody's day, as the scheduler asks for it. */

import type { Deps } from '../context.ts';
import type { Tx } from '../db/client.ts';
import type { NewDelivery } from '../outbox/delivery.ts';
import { plansOfRep } from '../plan/round/store.ts';
import type { Planner } from '../scheduler/scheduler.ts';
import { isAtWork } from '../time/working-days.ts';
import { blocksOn, refreshBlocks } from './call-blocks/blocks-of-day.ts';
import { isPausedOn } from './can-notify.ts';
import { dailyScheduleOf } from './day-times.ts';
import { blockKey, checkInKey, daySlot, reminderKey, syncDelivery } from './delivery-keys.ts';
import { watchPace } from './pace/watch-pace.ts';
import { type PlanInForce, planInForce } from './plan-in-force.ts';
import { nextOccurrence, type Occurrence, occurrencesIn, worthUntil } from './schedule-rules.ts';
import { askPartner, partnerOf } from './sdr-sync/consent.ts';
import { quietnessOn } from './silence.ts';
import { findSyncConsent } from './store.ts';

/** The scheduler's name for it. */
export const DAY = 'day';

/** Plans what the person gets between two instants. Null where no agreed plan asks for anything more. */
export function dayPlanner(deps: Deps): Planner {
  return async (tx, who, { after, now }) => {
    const plan = await planInForce({ ...deps, db: tx }, who);
    if (!plan) return null;
    await askPartner(deps.outbox, tx, plan, now);
    const schedule = dailyScheduleOf(plan);
    for (const occurrence of occurrencesIn(schedule, { after, until: now })) {
      await planOccurrence(deps, tx, plan, occurrence, now);
    }
    const turns = await movedBlockTurns(tx, plan, now);
    if (turns.some((at) => at > after && at <= now)) {
      await refreshBlocks(deps.outbox, tx, plan, plan.zone.dateAt(now));
    }
    const next = [
      nextOccurrence(schedule, now)?.at,
      turns.find((at) => at > now),
      await nextTurnOf(tx, plan, now),
    ];
    const known = next.flatMap((at) => at?.getTime() ?? []);
    return known.length > 0 ? new Date(Math.min(...known)) : null;
  };
}

/** When the next plan that both have signed takes over; undefined: none waits. */
async function nextTurnOf(
  tx: Tx,
  { rep, zone }: PlanInForce,
  now: Date,
): Promise<Date | undefined> {
  const today = zone.dateAt(now);
  const starts = (await plansOfRep(tx, rep)).flatMap(({ signed, closedOn }) =>
    signed && closedOn === null && signed.period.start > today ? [signed.period.start] : [],
  );
  const [first] = starts.sort();
  return first === undefined ? undefined : zone.instantAt(first, '00:00');
}

/** When today's blocks that were moved begin and end, in order. */
async function movedBlockTurns(tx: Tx, plan: PlanInForce, now: Date): Promise<Date[]> {
  const blocks = await blocksOn({ db: tx }, plan, plan.zone.dateAt(now));
  const moved = blocks.filter(({ block, isSettled }) => block.movedTo !== null && !isSettled);
  const turns = moved.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  return turns.sort((a, b) => a.getTime() - b.getTime());
}

async function planOccurrence(
  deps: Deps,
  tx: Tx,
  plan: PlanInForce,
  { kind, date, slot, at, sendBy }: Occurrence,
  now: Date,
): Promise<void> {
  const { rep, zone, nudges } = plan;
  const order = (one: NewDelivery) => deps.outbox.enqueue(tx, { dueAt: at, sendBy, ...one });
  const isMissed = sendBy < now;
  switch (kind) {
    case 'check_in': {
      await order({ ...checkInKey(rep, date), subject: date });
      if (isMissed || !nudges.reminder) return;
      // Counted from when the question can have come: after a downtime that is later than its time.
      const asked = Math.max(at.getTime(), now.getTime());
      const dueAt = new Date(asked + nudges.reminderMinutes * 60_000);
      if (zone.dateAt(dueAt) !== date || !isAtWork(plan.calendar, date, zone.timeAt(dueAt))) return;
      await order({
        ...reminderKey(rep, date),
        subject: date,
        dueAt,
        sendBy: worthUntil(zone, date, dueAt),
      });
      return;
    }
    case 'call_block': {
      const subject = daySlot.write({ date, slot });
      await order({ ...blockKey(rep, subject), subject });
      return;
    }
    case 'block_end':
      // Its message asks how many, and is no new one.
      return refreshBlocks(deps.outbox, tx, plan, date);
    case 'sdr_sync': {
      const partner = partnerOf(plan);
      await order(syncDelivery(rep, rep.userId, { date, moves: 0 }));
      const consent = partner === null ? null : await findSyncConsent(tx, rep, partner);
      if (partner !== null && consent?.state === 'accepted') {
        await order(syncDelivery(rep, partner, { date, moves: 0 }));
      }
      return;
    }
    case 'pace':
      // A morning that has passed is looked at with the next one.
      if (!isMissed && !(await isLeftAlone(tx, plan, date))) await watchPace(deps, tx, plan, date);
      return;
    default:
      kind satisfies never;
  }
}

/** They have paused, or say nothing: then there is nothing to say of their pace either. */
async function isLeftAlone(tx: Tx, { rep, nudges }: PlanInForce, date: string): Promise<boolean> {
  return isPausedOn(nudges, date) || (await quietnessOn({ db: tx }, rep, date)) !== 'usual';
}
