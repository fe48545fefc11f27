/** Which day a report is about that names none: the day it was written, or the one that was asked about. */

/** Before this (local wall time) it is still the night of the day before. */
const NIGHT_ENDS = '06:00';
/** Until then a question of the day before may be what is answered. */
const MORNING_ENDS = '12:00';

export interface DayFacts {
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
export function datesMeant({ date, time, before, isBeforeOpen, asked }: DayFacts): string[] {
  if (time < NIGHT_ENDS) return isBeforeOpen ? [before] : [before, date];
  if (time < MORNING_ENDS && asked !== null) return [asked, date];
  return [date];
}
