/** Which day a report is about: the one it names, the day it was written, or the one that was asked about. */

/** Before this (local wall time) it is still the night of the day before. */
const NIGHT_ENDS = '06:00';
/** Until then a question of the day before may be what is answered. */
const MORNING_ENDS = '12:00';

/** Whether a local wall time is one at which the day before goes on for many. */
const isNight = (time: string): boolean => time < NIGHT_ENDS;

export interface DayFacts {
  /** The day that was named; null: none was. */
  named: string | null;
  /** When it was written, on its writer's clocks. */
  date: string;
  time: string;
  /** The day before. */
  before: string;
  /** Whether the day before is a working day of which nothing is known yet. */
  isBeforeOpen: boolean;
  /** The last working day before, where it was asked about and still waits for its answer. */
  asked: string | null;
}

/** The local dates that can be meant, the likelier first: one, or two between which to ask. */
export function datesMeant(facts: DayFacts): string[] {
  const { named, date, time, before, isBeforeOpen, asked } = facts;
  // Half past midnight, `today` is the day that was worked, or the one on the calendar.
  if (named !== null) return named === date && isNight(time) ? [before, date] : [named];
  if (isNight(time)) return isBeforeOpen ? [before] : [before, date];
  if (time < MORNING_ENDS && asked !== null) return [asked, date];
  return [date];
}
