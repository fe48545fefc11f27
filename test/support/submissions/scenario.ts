/** How people get to a form, and what they fill in. */
import { addDays, weekdayOf } from '../../../src/time/local-date.ts';
import { zoneOf } from '../../../src/time/zone.ts';
import type { DayApp } from '../day-app.ts';
import type { Entries } from '../slack.ts';

export interface Scenario {
  /** The form's id. */
  form: string;
  /** What the form is used for. */
  what: string;
  /** What the second answer says where it can't be as the first was. */
  again?: string;
  /**
   * Leads somebody to the form, in front of which they are then. It is a Monday at eight in the morning,
   * and the workspace knows nobody yet.
   */
  open(app: DayApp): Promise<Filled>;
}

export interface Filled {
  user: string;
  entries: Entries;
}

/** Where people are of whom nothing else is said. */
const ZONE = zoneOf('America/New_York');
/** Plans begin in January: a month of them can be reviewed. */
const FIRST_MONDAY = '2027-03-01';

/** The local date. */
export const today = ({ clock }: Pick<DayApp, 'clock'>): string => ZONE.dateAt(clock.now());

/** Moves on to the next Monday at eight, unless it is one. Nothing may fall due until then. */
export function toMonday({ clock }: Pick<DayApp, 'clock'>): void {
  const now = clock.now();
  const isMorning = ZONE.timeAt(now) >= '08:00' && ZONE.timeAt(now) < '08:30';
  let date = addDays(ZONE.dateAt(now), isMorning ? 0 : 1);
  if (date < FIRST_MONDAY) date = FIRST_MONDAY;
  while (weekdayOf(date) !== 'mon') date = addDays(date, 1);
  const monday = ZONE.instantAt(date, '08:00');
  if (monday > now) clock.moveTo(monday);
}
