/** On which day of a week a coaching hour is, and how it stands. */
import { addDays, datesBetween, WEEKDAYS, type Weekday } from '../../time/local-date.ts';
import { isWorkingDay, type WorkCalendar } from '../../time/working-days.ts';

/** When an hour is, as the manager's clocks show it. */
export interface HourTime {
  date: string;
  time: string;
}

/** What the company's calendar says of a stretch of days. */
export interface CompanyCalendar {
  workdays: WorkCalendar['workdays'];
  /** Public holidays where most of it is: local dates. */
  holidays: readonly string[];
  daysOff: WorkCalendar['timeOff'];
}

/**
 * The days that somebody works: as the plan that they carry out says within its period, which may be of another
 * country or region than the company's; as the company's calendar says elsewhere, and of whoever has no plan.
 */
export function hourCalendar(
  company: CompanyCalendar,
  plan: { period: { start: string; end: string }; calendar: WorkCalendar } | null,
  away: WorkCalendar['timeOff'],
): WorkCalendar {
  const { workdays, holidays, daysOff } = company;
  if (plan === null) return { workdays, holidays, timeOff: [...daysOff, ...away] };
  const { period, calendar } = plan;
  const outside = holidays.filter((date) => date < period.start || date > period.end);
  return {
    workdays: calendar.workdays,
    holidays: [...calendar.holidays, ...outside],
    timeOff: [...calendar.timeOff, ...daysOff, ...away],
  };
}

export interface HourWeek {
  /** Its Monday. */
  week: string;
  rhythm: { weekday: Weekday | null; time: string } | null;
  moved: HourTime | null;
  rep: WorkCalendar;
  /** Of whoever holds it; null: nobody does. */
  manager: WorkCalendar | null;
  /** Whether somebody stands in for the manager on a date. */
  hasStandIn(date: string): boolean;
}

/**
 * When the week's hour is: where it was moved to, else on its weekday; where that isn't worked by both, on
 * the next day of that week that is. Null: the week has none.
 */
export function hourTime(hourWeek: HourWeek): HourTime | null {
  const { week, rhythm, moved, rep, manager, hasStandIn } = hourWeek;
  if (manager === null) return null;
  if (moved) return moved;
  if (!rhythm?.weekday) return null;
  const first = addDays(week, WEEKDAYS.indexOf(rhythm.weekday));
  const date = datesBetween(first, addDays(week, 6)).find(
    (one) => isWorkingDay(rep, one) && (hasStandIn(one) || isWorkingDay(manager, one)),
  );
  return date === undefined ? null : { date, time: rhythm.time };
}

/**
 * - `open`: it is still to come, or wasn't logged.
 * - `away`: a day is picked, and in this week one of the two is away from then on.
 * - `unplanned`: nobody has picked a day, or the hours were stopped.
 */
export type HourStanding = 'open' | 'done' | 'skipped' | 'away' | 'unplanned';

/** @param state of what is kept of the week; null: nothing is. */
export function hourStanding(
  hourWeek: Pick<HourWeek, 'rhythm' | 'moved'>,
  state: 'open' | 'done' | 'skipped' | null,
  time: HourTime | null,
): HourStanding {
  if (state === 'done' || state === 'skipped') return state;
  if (time !== null) return 'open';
  return hourWeek.rhythm?.weekday ? 'away' : 'unplanned';
}
