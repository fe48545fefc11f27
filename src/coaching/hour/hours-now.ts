/** This week's coaching hours of any number of reps, in as many statements as for one. */

import { plansInForce } from '../../activity/plan-in-force.ts';
import { wholeDaysOff } from '../../activity/store.ts';
import type { Store } from '../../db/store.ts';
import { findPeople, managersOfTeams, type Person, workspaceOf } from '../../people/store.ts';
import { publicHolidays } from '../../time/holidays.ts';
import { addDays, mondayOf } from '../../time/local-date.ts';
import type { WorkCalendar } from '../../time/working-days.ts';
import { localDateIn } from '../../time/zone.ts';
import {
  type Hour,
  hoursIn,
  lastHeld,
  type Rhythm,
  rhythmsOf,
  type StandIn,
  standInsFor,
} from '../store.ts';
import {
  type HourStanding,
  type HourTime,
  hourCalendar,
  hourStanding,
  hourTime,
} from './week-rules.ts';

export interface HourNow {
  rep: Person;
  manager: Person | null;
  /** Who stands in today; null: the manager holds it. */
  standIn: StandIn | null;
  /** The week's Monday, and today, on the manager's clocks. */
  week: string;
  today: string;
  rhythm: Rhythm | null;
  /** What is kept of it; null: nothing yet. */
  hour: Hour | null;
  /** When it is; null: this week has none. */
  at: HourTime | null;
  /** When it would be had nobody moved it. */
  usual: HourTime | null;
  standing: HourStanding;
  /** The local date of the last one that was held; null: none was. */
  lastHeldOn: string | null;
}

/** @param at the instant whose week it is. */
export async function hoursNow(
  store: Store,
  workspaceId: string,
  repIds: readonly string[],
  at: Date,
): Promise<HourNow[]> {
  const { db } = store;
  const reps = (await findPeople(db, workspaceId, repIds)).filter((rep) => !rep.deactivated);
  const teams = await managersOfTeams(
    db,
    reps.flatMap(({ teamId }) => teamId ?? []),
  );
  const managers = [...teams.values()].filter(({ deactivated }) => !deactivated);
  const todays = new Map(
    [...reps, ...managers].map((one) => [one.userId, localDateIn(one.timeZone, at)]),
  );
  const weeks = [...new Set([...todays.values()].map(mondayOf))].sort();
  const [first = mondayOf(at.toISOString().slice(0, 10))] = weeks;
  const last = addDays(weeks.at(-1) ?? first, 6);
  const ids = reps.map(({ userId }) => userId);
  const managerIds = managers.map(({ userId }) => userId);
  const rhythms = await rhythmsOf(db, workspaceId, ids);
  const hours = await hoursIn(store, workspaceId, ids, weeks);
  const held = await lastHeld(db, workspaceId, ids);
  const standIns = await standInsFor(db, workspaceId, managerIds, first);
  const { workdays, country, region, companyDays } = await workspaceOf(db, workspaceId);
  const everybody = [...new Set([...ids, ...managerIds])];
  const absences = await wholeDaysOff(db, workspaceId, everybody, { from: first, to: last });
  const holidays = publicHolidays({ country, region }, first, last);
  const company = { workdays, holidays, daysOff: companyDays };
  const plans = await plansInForce({ ...store, clock: { now: () => at } }, workspaceId, everybody);
  const calendarOf = (userId: string): WorkCalendar =>
    hourCalendar(company, plans.get(userId)?.work ?? null, absences.get(userId) ?? []);

  return reps.map((rep): HourNow => {
    const led = rep.teamId === null ? undefined : teams.get(rep.teamId);
    const manager = led && !led.deactivated ? led : null;
    const today = todays.get((manager ?? rep).userId) ?? first;
    const week = mondayOf(today);
    const rhythm = rhythms.get(rep.userId) ?? null;
    const hour = hours.find((one) => one.repId === rep.userId && one.week === week) ?? null;
    const standInOn = (date: string) =>
      standIns.find(
        ({ managerId, standInId, from, to }) =>
          managerId === manager?.userId && standInId !== rep.userId && from <= date && date <= to,
      ) ?? null;
    const hourWeek = {
      week,
      rhythm,
      moved: hour?.moved ?? null,
      rep: calendarOf(rep.userId),
      manager: manager && calendarOf(manager.userId),
      hasStandIn: (date: string) => standInOn(date) !== null,
    };
    const time = hourTime(hourWeek);
    return {
      rep,
      manager,
      standIn: standInOn(today),
      week,
      today,
      rhythm,
      hour,
      at: time,
      usual: hourTime({ ...hourWeek, moved: null }),
      standing: hourStanding(hourWeek, hour?.state ?? null, time),
      lastHeldOn: held.get(rep.userId) ?? null,
    };
  });
}

/** Slack's user id of whoever holds it today; null: nobody manages the rep. */
export const coachOf = ({ manager, standIn }: HourNow): string | null =>
  manager === null ? null : (standIn?.standInId ?? manager.userId);
