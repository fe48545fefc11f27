/** Who may do what with a coaching hour, and what becomes of it. */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import { lockPerson } from '../../db/lock-people.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { UserError } from '../../errors.ts';
import { managerOf, teamLedBy } from '../../people/store.ts';
import { addDays, isLocalDate, mondayOf, WEEKDAYS, type Weekday } from '../../time/local-date.ts';
import { laterOn } from '../../time/time-of-day.ts';
import { zoneOf } from '../../time/zone.ts';
import { resultDelivery, teamWeekSubject, tweakDelivery } from '../deliveries.ts';
import type { Metric, Reviewed } from '../schemas.ts';
import { ensureHour, findHour, type Hour, rhythmsOf, saveHour, saveRhythm } from '../store.ts';
import { coachOf, type HourNow, hoursNow } from './hours-now.ts';

/** The hour of a rep in a week, by its Monday. */
export interface HourRef {
  repId: string;
  week: string;
}

/**
 * This week's hour of a rep, for whoever holds it today: their manager, or who stands in.
 * @throws UserError `not_yours`.
 */
export async function mustCoach(
  store: Store,
  actor: PersonRef,
  repId: string,
  now: Date,
): Promise<HourNow & { managerId: string }> {
  const [found] = await hoursNow(store, actor.workspaceId, [repId], now);
  const managerId = found?.manager?.userId;
  const isCoach = found && [managerId, coachOf(found)].includes(actor.userId);
  if (!found || managerId === undefined || !isCoach) {
    throw new UserError(
      'not_yours',
      'That coaching hour is between two other people: a rep, and who plans with them or stands in.',
    );
  }
  return { ...found, managerId };
}

/** The week can still be held or corrected until the one after it is over. */
const isRecent = (week: string, current: string) =>
  isLocalDate(week) && mondayOf(week) === week && week <= current && week >= addDays(current, -7);

/** @throws UserError `not_yours`, `hour_over`. */
async function withHour(
  deps: Deps,
  actor: PersonRef,
  { repId, week }: HourRef,
  work: (tx: Tx, store: Store<Tx>, hour: Hour, now: HourNow) => Promise<void>,
): Promise<void> {
  const { db, encryption, clock, outbox } = deps;
  const rep = { workspaceId: actor.workspaceId, userId: repId };
  await inTransaction(db, async (tx) => {
    await lockPerson(tx, rep);
    const store = { db: tx, encryption };
    const found = await mustCoach(store, actor, repId, clock.now());
    if (!isRecent(week, found.week)) {
      throw new UserError(
        'hour_over',
        'That week is over. `/bigplan coach` shows how the hours of this one stand.',
      );
    }
    const hour = await ensureHour(store, rep, week);
    await work(tx, store, hour, found);
    const subject = teamWeekSubject({ managerId: found.managerId, week });
    await outbox.refresh(tx, { workspaceId: actor.workspaceId, subject });
    await outbox.refresh(tx, { workspaceId: actor.workspaceId, subject: hour.id });
  });
}

/** What is logged of an hour. */
export interface LoggedHour {
  reviewed: Reviewed;
  which: string | null;
  link: string | null;
  heard: string | null;
  tweak: string;
  metric: Metric;
  /** The rep's local date. */
  measureOn: string;
}

/**
 * The hour was held. Logged again it is corrected; a tweak that reads otherwise is measured anew and told
 * the rep again.
 * @throws UserError `not_yours`, `hour_over`, or `measure_on` at that field.
 */
export function logHour(
  deps: Deps,
  actor: PersonRef,
  ref: HourRef,
  logged: LoggedHour,
): Promise<void> {
  return withHour(deps, actor, ref, async (tx, store, hour, { rep, today }) => {
    const repToday = zoneOf(rep.timeZone).dateAt(deps.clock.now());
    const isSame = hour.tweak === logged.tweak && hour.logs > 0;
    const isMeasured =
      isSame && hour.metric === logged.metric && hour.measureOn === logged.measureOn;
    if (!isMeasured && logged.measureOn <= repToday) {
      throw new UserError(
        'measure_on',
        'Pick a day to come: it is measured up to then.',
        'measureOn',
      );
    }
    const saved: Hour = {
      ...hour,
      ...logged,
      state: 'done',
      reason: null,
      settledBy: actor.userId,
      heldOn: hour.heldOn ?? today,
      logs: isSame ? hour.logs : hour.logs + 1,
      useful: isSame ? hour.useful : null,
      ...(isMeasured ? {} : { measuredAt: null, result: null }),
    };
    await saveHour(store, saved);
    await deps.outbox.enqueue(tx, tweakDelivery(saved));
    await deps.scheduler.reschedule(tx, rep);
  });
}

/** To another day or time of its week. @throws UserError as `logHour`, or `too_late` or `other_week` at its field. */
export function moveHour(
  deps: Deps,
  actor: PersonRef,
  ref: HourRef,
  moved: { date: string; time: string },
): Promise<void> {
  return withHour(deps, actor, ref, async (_, store, hour, { manager, today }) => {
    mustBeOpen(hour);
    if (mondayOf(moved.date) !== ref.week) {
      throw new UserError(
        'other_week',
        'Pick a day of the same week, or skip it: the next hour comes as planned.',
        'date',
      );
    }
    const now = deps.clock.now();
    if (manager && zoneOf(manager.timeZone).instantAt(moved.date, moved.time) <= now) {
      const field = moved.date < today ? 'date' : 'time';
      throw new UserError('too_late', 'That has passed: pick a later one.', field);
    }
    const isSame = hour.moved?.date === moved.date && hour.moved.time === moved.time;
    if (isSame) return;
    await saveHour(store, { ...hour, moved, moves: hour.moves + 1, settledBy: actor.userId });
    if (manager) await deps.scheduler.reschedule(store.db, manager);
  });
}

/** There is none this week, and why: the rep reads it. @throws UserError as `logHour`. */
export function skipHour(
  deps: Deps,
  actor: PersonRef,
  ref: HourRef,
  reason: string,
): Promise<void> {
  return withHour(deps, actor, ref, async (_, store, hour) => {
    if (hour.state === 'skipped') return;
    mustBeOpen(hour);
    await saveHour(store, { ...hour, state: 'skipped', reason, settledBy: actor.userId });
  });
}

/** Skipped or logged by mistake: it is open again, and what was logged stands in the form. */
export function reopenHour(deps: Deps, actor: PersonRef, ref: HourRef): Promise<void> {
  return withHour(deps, actor, ref, async (tx, store, hour) => {
    if (hour.state === 'open') return;
    // A follow-up that isn't to come any more isn't told either.
    await deps.outbox.cancel(tx, tweakDelivery(hour));
    await deps.outbox.cancel(tx, resultDelivery(hour));
    await saveHour(store, {
      ...hour,
      state: 'open',
      reason: null,
      settledBy: actor.userId,
      heldOn: null,
      measuredAt: null,
      result: null,
      // The same tweak logged once more is told once more.
      logs: hour.state === 'done' ? hour.logs + 1 : hour.logs,
    });
  });
}

function mustBeOpen({ state }: Hour): void {
  if (state === 'done') {
    throw new UserError(
      'hour_done',
      'That hour is logged already. Undo that first, if it wasn’t held.',
    );
  }
}

export interface PickedRhythm {
  /** `none`: no more hours. `spread`: one rep after another over the days of the week. */
  day: Weekday | 'none' | 'spread';
  time: string;
}

/** When an hour is where nobody says otherwise. */
export const USUAL_TIME = '14:00';
/** An hour, and as many in a row as a day holds. */
const HOUR_MINUTES = 60;

/**
 * The manager picks when the hours are: of one rep, or of the whole team, whose hours of a day follow one
 * another.
 * @throws UserError `not_yours` where none of them plans with the actor.
 */
export async function pickRhythm(
  deps: Deps,
  actor: PersonRef,
  { repIds, day, time }: PickedRhythm & { repIds: readonly string[] },
): Promise<void> {
  const { db, encryption, clock, outbox, scheduler } = deps;
  const { workspaceId } = actor;
  await inTransaction(db, async (tx) => {
    const store = { db: tx, encryption };
    await lockPerson(tx, actor);
    const now = clock.now();
    const all = await hoursNow(store, workspaceId, repIds, now);
    const own = all.filter(({ manager }) => manager?.userId === actor.userId);
    if (own.length === 0 || own.length < all.length) {
      throw new UserError('not_yours', 'Only who plans with a rep picks the day of their hour.');
    }
    const workdays = WEEKDAYS.slice(0, 5);
    const onDay = new Map<Weekday, number>();
    for (const [at, { rep }] of own.entries()) {
      const weekday = day === 'none' ? null : day === 'spread' ? (workdays[at % 5] ?? null) : day;
      const before = weekday === null ? 0 : (onDay.get(weekday) ?? 0);
      if (weekday !== null) onDay.set(weekday, before + 1);
      const starts = laterOn(time, before * HOUR_MINUTES);
      await saveRhythm(tx, rep, { weekday, time: starts, pickedBy: actor.userId, pickedAt: now });
    }
    await scheduler.reschedule(tx, actor);
    const [{ week } = { week: '' }] = own;
    const subject = teamWeekSubject({ managerId: actor.userId, week });
    await outbox.refresh(tx, { workspaceId, subject });
  });
}

/**
 * The manager doesn't want hours with those of their reps who have no day: they aren't asked about these any
 * more. What was picked for the others stays.
 */
export async function pickNoDay(deps: Deps, actor: PersonRef): Promise<void> {
  const team = await teamLedBy(deps.db, actor);
  const ids = (team?.members ?? [])
    .filter(({ deactivated }) => !deactivated)
    .map(({ userId }) => userId);
  const known = await rhythmsOf(deps.db, actor.workspaceId, ids);
  const repIds = ids.filter((id) => !known.has(id));
  if (repIds.length > 0) await pickRhythm(deps, actor, { repIds, day: 'none', time: USUAL_TIME });
}

/** The rep says what they want to talk about in their next hour; null: nothing any more. */
export async function sayTopic(deps: Deps, rep: PersonRef, topic: string | null): Promise<HourNow> {
  const { db, encryption, clock, outbox } = deps;
  return inTransaction(db, async (tx) => {
    await lockPerson(tx, rep);
    const store = { db: tx, encryption };
    const found = await mustHaveCoach(store, rep, clock.now());
    const week = weekToCome(found);
    const hour = await ensureHour(store, rep, week);
    await saveHour(store, { ...hour, topic });
    const managerId = found.manager?.userId ?? '';
    await outbox.refresh(tx, {
      workspaceId: rep.workspaceId,
      subject: teamWeekSubject({ managerId, week }),
    });
    return found;
  });
}

/** The week of the next hour: this one's, or the next where that is held or skipped. */
export const weekToCome = ({ week, hour }: HourNow): string =>
  hour && hour.state !== 'open' ? addDays(week, 7) : week;

/** @throws UserError `no_coach` where nobody plans with them. */
export async function mustHaveCoach(store: Store, rep: PersonRef, now: Date): Promise<HourNow> {
  const [found] = await hoursNow(store, rep.workspaceId, [rep.userId], now);
  if (!found?.manager) {
    throw new UserError(
      'no_coach',
      'Nobody plans with you yet, so there is no coaching hour. Once somebody does, it stands here.',
    );
  }
  return found;
}

/** The rep says whether the tweak of an hour of theirs helps. @throws UserError `hour_gone`. */
export async function sayUseful(
  deps: Deps,
  rep: PersonRef,
  hourId: string,
  useful: boolean,
): Promise<void> {
  const { db, encryption, outbox } = deps;
  await inTransaction(db, async (tx) => {
    await lockPerson(tx, rep);
    const store = { db: tx, encryption };
    const hour = await findHour(store, hourId);
    const isOwn = hour?.repId === rep.userId && hour.workspaceId === rep.workspaceId;
    if (!hour || !isOwn || hour.state !== 'done') {
      throw new UserError('hour_gone', 'That tweak is no longer here: it was taken back.');
    }
    await saveHour(store, { ...hour, useful });
    await outbox.refresh(tx, { workspaceId: rep.workspaceId, subject: hour.id });
    const managerId = (await managerOf(tx, rep))?.userId ?? '';
    const subject = teamWeekSubject({ managerId, week: hour.week });
    await outbox.refresh(tx, { workspaceId: rep.workspaceId, subject });
  });
}
