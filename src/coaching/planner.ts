/** What falls due of coaching, as the scheduler asks for it: for a rep, and for whoever holds hours. */
import type { Deps } from '../context.ts';
import type { Tx } from '../db/client.ts';
import type { DatedStore, Store } from '../db/store.ts';
import { findPerson, type Person } from '../people/store.ts';
import type { Planner } from '../scheduler/scheduler.ts';
import { addDays, datesBetween, mondayOf } from '../time/local-date.ts';
import { zoneOf } from '../time/zone.ts';
import { coachDayDelivery, resultDelivery } from './deliveries.ts';
import { measureFollowUp } from './hour/evidence.ts';
import { coachDayOf, coachesFor, isLeftAlone, PROMPT_TIME } from './hour/show-hours.ts';
import { recognise, type WorkedSince } from './recognition/recognise.ts';
import { saveHour, unmeasuredHours } from './store.ts';

/** The scheduler's name for it. */
export const COACHING = 'coaching';

/** When a follow-up is measured, on the rep's clocks: before whoever holds the next hour reads of it. */
const MEASURE_TIME = '07:00';
/** Until when the hours of a day are worth telling. */
const DAY_ENDS = '18:00';
/** A day that Bigplan slept through is over. */
const MOST_DAYS_BACK = 2;

export function coachingPlanner(deps: Deps, workedSince: WorkedSince): Planner {
  return async (tx, who, { after, now }) => {
    const person = await findPerson(tx, who);
    if (!person || person.deactivated) return null;
    const next = [
      await measureDue(deps, tx, person, now),
      await recognise(deps, tx, person, { now, workedSince }),
      await planCoachDays(deps, tx, person, { after, now }),
    ].filter((at) => at !== null);
    return next.length === 0 ? null : new Date(Math.min(...next.map((at) => at.getTime())));
  };
}

/** Measures the follow-ups whose date has come; returns when the next one is due. */
async function measureDue(deps: Deps, tx: Tx, rep: Person, now: Date): Promise<Date | null> {
  const store: DatedStore<Tx> = { db: tx, encryption: deps.encryption, clock: deps.clock };
  const zone = zoneOf(rep.timeZone);
  for (const hour of await unmeasuredHours(store, rep)) {
    const { metric, heldOn, measureOn } = hour;
    if (metric === null || heldOn === null || measureOn === null) continue;
    const dueAt = zone.instantAt(measureOn, MEASURE_TIME);
    if (dueAt > now) return dueAt;
    const result = await measureFollowUp(store, rep, { metric, heldOn, today: measureOn });
    await saveHour(store, { ...hour, result, measuredAt: now });
    await deps.outbox.enqueue(tx, {
      ...resultDelivery(hour),
      dueAt: zone.instantAt(measureOn, PROMPT_TIME),
      sendBy: zone.instantAt(addDays(measureOn, 2), DAY_ENDS),
    });
    await deps.outbox.refresh(tx, { workspaceId: rep.workspaceId, subject: hour.id });
  }
  return null;
}

/** Whether hours of an earlier day of the week were told to whoever holds them. */
async function isToldBefore(
  { outbox }: Deps,
  tx: Tx,
  coach: Person,
  { managerId, date, week }: { managerId: string; date: string; week: string },
): Promise<boolean> {
  for (const before of datesBetween(week, addDays(date, -1))) {
    const { subject: _, ...key } = coachDayDelivery(coach, { managerId, date: before, week });
    if ((await outbox.find(key, tx)).some(({ state }) => state === 'sent')) return true;
  }
  return false;
}

/** Tells of the hours of each day that has begun since; returns when the next day's are told. */
async function planCoachDays(
  deps: Deps,
  tx: Tx,
  coach: Person,
  { after, now }: { after: Date; now: Date },
): Promise<Date | null> {
  const store: Store<Tx> = { db: tx, encryption: deps.encryption };
  const ownZone = zoneOf(coach.timeZone);
  const managerIds = await coachesFor(store, coach, addDays(ownZone.dateAt(now), -1));
  const next: Date[] = [];
  for (const managerId of managerIds) {
    const manager = await findPerson(tx, { ...coach, userId: managerId });
    if (!manager) continue;
    const zone = zoneOf(manager.timeZone);
    const today = zone.dateAt(now);
    for (const date of datesBetween(addDays(today, -MOST_DAYS_BACK), addDays(today, 1))) {
      const at = zone.instantAt(date, PROMPT_TIME);
      if (at <= after) continue;
      if (at > now) {
        next.push(at);
        break;
      }
      const { hours, results } = await coachDayOf(store, coach, { managerId, date });
      const isOpen = hours.some(
        ({ standing, at: time }) => standing === 'open' && time?.date === date,
      );
      if (!isOpen && results.length === 0) continue;
      const about = { managerId, date, week: mondayOf(date) };
      const isToldOnce = managerId === coach.userId && (await isLeftAlone(store, coach, date));
      if (isToldOnce && (await isToldBefore(deps, tx, coach, about))) continue;
      await deps.outbox.enqueue(tx, {
        ...coachDayDelivery(coach, about),
        dueAt: at,
        sendBy: zone.instantAt(date, DAY_ENDS),
      });
    }
  }
  return next.length === 0 ? null : new Date(Math.min(...next.map((at) => at.getTime())));
}
