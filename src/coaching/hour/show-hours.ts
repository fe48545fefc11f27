/** What coaching hours show, read anew each time: for whoever holds them, and for the rep the same. */
import type { DatedStore, PersonRef, Store } from '../../db/store.ts';
import { findPerson, type Person, teamLedBy, workspaceOf } from '../../people/store.ts';
import { addDays, mondayOf, weekdayOf } from '../../time/local-date.ts';
import { zoneOf } from '../../time/zone.ts';
import { countObjections, type ObjectionCount, whoHandles } from '../objections/group-rules.ts';
import {
  areHoursLeftAlone,
  heldHours,
  measuredBetween,
  objectionsSince,
  recognitionsOf,
  standsInFor,
} from '../store.ts';
import { evidenceAt } from './evidence.ts';
import { coachOf, type HourNow, hoursNow } from './hours-now.ts';
import type { HourPrep, HourScreen, ResultScreen } from './view.ts';

/** When a day's hours are told, on the manager's clocks. */
export const PROMPT_TIME = '08:15';
/** Objections are looked at over so many calendar days. */
const OBJECTION_DAYS = 28;
const MOST_OBJECTIONS = 3;
const MOST_NAMED = 2;

/** What a rep's hour is prepared with. */
export async function prepOf(store: DatedStore, found: HourNow): Promise<HourPrep> {
  const now = store.clock.now();
  const { rep, week, hour } = found;
  const evidence = await evidenceAt(store, rep);
  const held = await heldHours(store, rep, 2);
  const last = held.find((one) => one.week < week) ?? null;
  const today = zoneOf(rep.timeZone).dateAt(now);
  const since = addDays(today, -OBJECTION_DAYS);
  const met = await objectionsSince(store, rep.workspaceId, [rep.userId], since);
  const objections = countObjections(met).slice(0, MOST_OBJECTIONS);
  return {
    evidence,
    last,
    objections,
    rolePlay: await rolePlayFor(store, found, objections, since),
    topic: hour?.topic ?? null,
  };
}

/** Of what a rep met and didn't handle the most frequent, and who of their team does, if they agreed. */
async function rolePlayFor(
  store: Store,
  { rep, manager }: HourNow,
  objections: readonly ObjectionCount[],
  since: string,
): Promise<HourPrep['rolePlay']> {
  const open = objections.find(({ about, count, handled }) => about !== 'other' && handled < count);
  if (!open) return null;
  const team = manager ? await teamLedBy(store.db, manager) : null;
  const ids = (team?.members ?? []).map(({ userId }) => userId).filter((id) => id !== rep.userId);
  const agreed = [...(await recognitionsOf(store.db, rep.workspaceId, ids))]
    .filter(([, { handles }]) => handles)
    .map(([id]) => id);
  const met = await objectionsSince(store, rep.workspaceId, agreed, since);
  return { about: open.about, who: whoHandles(open.about, met).slice(0, MOST_NAMED) };
}

export function hourScreen(found: HourNow, locale: string): HourScreen {
  const { rep, week, hour, at, standing, lastHeldOn, today, rhythm } = found;
  return {
    repId: rep.userId,
    week,
    standing,
    at,
    hour,
    lastHeldOn,
    today,
    locale,
    managerId: found.manager?.userId ?? null,
    coachId: coachOf(found),
    isStopped: rhythm !== null && rhythm.weekday === null,
  };
}

/** The reps whose hours somebody holds in a manager's place, or as the manager. */
async function heldBy(store: Store, reader: PersonRef, managerId: string): Promise<string[]> {
  const { workspaceId } = reader;
  const team = await teamLedBy(store.db, { workspaceId, userId: managerId });
  return (team?.members ?? [])
    .filter(({ deactivated, userId }) => !deactivated && userId !== reader.userId)
    .map(({ userId }) => userId);
}

export interface CoachDay {
  hours: HourNow[];
  results: ResultScreen[];
}

/**
 * What a day of a manager's hours holds for `reader`: those that are or were on that date (local, of the
 * manager) and theirs to hold, and the follow-ups that were measured since the working day before.
 */
export async function coachDayOf(
  store: Store,
  reader: PersonRef,
  { managerId, date }: { managerId: string; date: string },
): Promise<CoachDay> {
  const { workspaceId } = reader;
  const manager = await findPerson(store.db, { workspaceId, userId: managerId });
  if (!manager) return { hours: [], results: [] };
  const repIds = await heldBy(store, reader, managerId);
  const at = zoneOf(manager.timeZone).instantAt(date, PROMPT_TIME);
  const all = await hoursNow(store, workspaceId, repIds, at);
  const theirs = all.filter((one) => coachOf(one) === reader.userId);
  const before = await dayBefore(store, workspaceId, date);
  const measured = await measuredBetween(
    store,
    workspaceId,
    theirs.map(({ rep }) => rep.userId),
    { after: zoneOf(manager.timeZone).instantAt(before, PROMPT_TIME), until: at },
  );
  return {
    hours: theirs
      .filter(({ at: time, usual, hour }) => [time?.date, usual?.date, hour?.heldOn].includes(date))
      .sort((one, other) => timeOf(one).localeCompare(timeOf(other))),
    results: measured.flatMap(({ repId, tweak, metric, result, useful }) =>
      tweak && metric && result ? [{ repId, tweak, metric, result, useful }] : [],
    ),
  };
}

/** Whether the hours of a manager's team are left alone, so that one prompt a week is enough. */
export async function isLeftAlone(
  store: Store,
  manager: PersonRef,
  date: string,
): Promise<boolean> {
  const repIds = await heldBy(store, manager, manager.userId);
  return areHoursLeftAlone(store.db, manager.workspaceId, repIds, mondayOf(date));
}

const timeOf = ({ at, rep }: HourNow) => `${at?.time ?? ''} ${rep.name}`;

/** The working day before a date. */
async function dayBefore(store: Store, workspaceId: string, date: string): Promise<string> {
  const { workdays } = await workspaceOf(store.db, workspaceId);
  let before = addDays(date, -1);
  while (workdays.length > 0 && !workdays.includes(weekdayOf(before))) before = addDays(before, -1);
  return before;
}

/** The managers for whom somebody holds hours on some date of a week or later: themselves first. */
export async function coachesFor(
  store: Pick<Store, 'db'>,
  who: PersonRef,
  since: string,
): Promise<string[]> {
  const own = await teamLedBy(store.db, who);
  const standsIn = await standsInFor(store.db, who, since);
  const ids = [...(own ? [who.userId] : []), ...standsIn.map(({ managerId }) => managerId)];
  return [...new Set(ids)];
}

/** All hours of this week that somebody holds, as manager or in a manager's place, by name. */
export async function hoursHeldBy(store: Store, coach: Person, now: Date): Promise<HourNow[]> {
  const { workspaceId, userId } = coach;
  const week = mondayOf(zoneOf(coach.timeZone).dateAt(now));
  const repIds: string[] = [];
  for (const managerId of await coachesFor(store, coach, week)) {
    repIds.push(...(await heldBy(store, coach, managerId)));
  }
  const all = await hoursNow(store, workspaceId, [...new Set(repIds)], now);
  return all
    .filter((one) => one.manager?.userId === userId || coachOf(one) === userId)
    .sort((one, other) => one.rep.name.localeCompare(other.rep.name));
}
