/** What falls due in somebody's day, as the scheduler asks for it. */

import type { Deps } from '../context.ts';
import type { Tx } from '../db/client.ts';
import type { NewDelivery } from '../outbox/delivery.ts';
import type { Planner } from '../scheduler/scheduler.ts';
import type { Weekday } from '../time/local-date.ts';
import { blockEndsAt } from './call-blocks/call-block.ts';
import { blockKey, checkInKey, daySlot, reminderKey, syncDelivery } from './delivery-keys.ts';
import { watchPace } from './pace/watch-pace.ts';
import { type PlanInForce, planInForce } from './plan-in-force.ts';
import {
  type DailySchedule,
  nextOccurrence,
  type Occurrence,
  occurrencesIn,
  worthUntil,
} from './schedule-rules.ts';

/** The scheduler's name for it. */
export const DAY = 'day';

/** Plans what the person gets between two instants. Null where no agreed plan asks for anything more. */
export function dayPlanner(deps: Deps): Planner {
  return async (tx, who, { after, now }) => {
    const plan = await planInForce({ db: tx, encryption: deps.encryption }, who);
    if (!plan) return null;
    const schedule = scheduleOf(plan);
    for (const occurrence of occurrencesIn(schedule, { after, until: now })) {
      await planOccurrence(deps, tx, plan, occurrence, now);
    }
    return nextOccurrence(schedule, now)?.at ?? null;
  };
}

function scheduleOf({ zone, work, calendar, nudges }: PlanInForce): DailySchedule {
  const { sync, sdrPartner } = work;
  return {
    zone,
    period: work.period,
    calendar,
    // A sync is two people's: whether one of them is asked is up to each, when it is sent.
    nudges: { ...nudges, syncs: true, weekdays: chosenDays(nudges.weekdays, calendar.workdays) },
    callBlocks: work.callBlocks,
    sync: sync && {
      frequency: sync,
      day: sdrPartner?.syncDay ?? 'mon',
      time: sdrPartner?.syncTime ?? '09:30',
    },
  };
}

/** The days that were chosen and are worked; all of them (empty) where the plan left none of those. */
const chosenDays = (chosen: readonly Weekday[], worked: readonly Weekday[]) =>
  chosen.filter((day) => worked.includes(day));

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
      if (zone.dateAt(dueAt) !== date) return;
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
      const block = { date, blockId: slot, moves: 0 };
      await order({ ...blockKey('blockStart', rep, block), subject });
      const minutes = plan.work.callBlocks.find(({ id }) => id === slot)?.minutes ?? 0;
      const dueAt = blockEndsAt(zone, date, at, minutes);
      const counting = { dueAt, sendBy: worthUntil(zone, date, dueAt) };
      await order({ ...blockKey('blockCount', rep, block), subject, ...counting });
      return;
    }
    case 'sdr_sync': {
      const partner = plan.work.sdrPartner?.userId;
      await order(syncDelivery(rep, rep.userId, { date, moves: 0 }));
      if (partner && partner !== rep.userId)
        await order(syncDelivery(rep, partner, { date, moves: 0 }));
      return;
    }
    case 'pace':
      // A morning that has passed is looked at with the next one.
      if (!isMissed) await watchPace(deps, tx, plan, date);
      return;
    default:
      kind satisfies never;
  }
}
