/**
 * Activity against plan over the last counted days, and whether it slips or soars by more than
 * chance (spec B4, B6).
 *
 * The week is the rep's own to arrange, so an activity is judged on whole weeks too: two days
 * that hold a week's work, or a full week after an idle one, come out even.
 */

import { ACTIVITIES, type Activity } from '../../plan/schemas.ts';
import { mondayOf } from '../day-rules.ts';
import { chanceOfAtLeast, chanceOfAtMost } from './chance-rules.ts';

/**
 * One counted working day: it was asked about or logged. Days away, holidays, pauses and days on
 * which Bigplan did not ask are not in the list.
 */
export interface CountedDay {
  date: string;
  /** The prorated daily plan in whole numbers: a small rate is 0 on some days and 1 on others. */
  planned: Record<Activity, number>;
  done: Record<Activity, number>;
  /** False: asked and not answered, counted as nothing done. */
  logged: boolean;
}

export interface Pace {
  /** How many counted days. */
  days: number;
  planned: number;
  done: number;
  /** done ÷ planned (1 is on plan); null where nothing was planned. */
  share: number | null;
  /** Days among them that were asked about and not answered. */
  unlogged: number;
}

export type VolumeVerdict = 'slipping' | 'high' | 'steady' | 'unknown';

export interface VolumePace {
  /** 'unknown': too few days or too little planned to tell a change from chance. */
  verdict: VolumeVerdict;
  /** Null where there are fewer counted days. */
  last5: Pace | null;
  last10: Pace | null;
  last20: Pace | null;
  /** The figures to say the verdict with; null where it is unknown. */
  judged: Pace | null;
}

/** The share of plan at which a shortfall is worth a word. */
export const SLIPPING_SHARE = 0.85;
/** The share of plan from which a surplus is worth a word. */
export const HIGH_SHARE = 1.25;
/** How improbable a count has to be at the plan's rate before it is told. */
const CHANCE = 0.001;
/** With less planned, even a count of next to nothing may be chance. */
const LEAST_PLANNED = 8;
/** Before so many counted days nothing is said, a missed week apart. */
const LEAST_DAYS = 10;
const MISSED_WEEK = 5;

/** Sums of one activity over the days. */
export function paceOf(days: readonly CountedDay[], activity: Activity): Pace {
  const planned = days.reduce((sum, day) => sum + day.planned[activity], 0);
  const done = days.reduce((sum, day) => sum + day.done[activity], 0);
  return {
    days: days.length,
    planned,
    done,
    share: planned > 0 ? done / planned : null,
    unlogged: days.filter(({ logged }) => !logged).length,
  };
}

/** Whether the shortfall is large and more than chance: P(X ≤ done) at the plan's rate. */
function isShort({ planned, done, share }: Pace): boolean {
  if (share === null || planned < LEAST_PLANNED || share > SLIPPING_SHARE) return false;
  return chanceOfAtMost(done, planned, 1) <= CHANCE;
}

function isHigh({ planned, done, share }: Pace): boolean {
  if (share === null || planned < LEAST_PLANNED || share < HIGH_SHARE) return false;
  return chanceOfAtLeast(done, planned, 1) <= CHANCE;
}

/**
 * The days of the last whole weeks (Monday to Sunday) before today that hold `count` counted days,
 * or of all there are.
 */
function lastWholeWeeks(
  days: readonly CountedDay[],
  count: number,
  today: string,
): readonly CountedDay[] {
  const monday = mondayOf(today);
  const end = days.findIndex(({ date }) => date >= monday);
  const whole = end < 0 ? days : days.slice(0, end);
  const oldest = whole.at(-count);
  if (!oldest) return whole;
  const start = mondayOf(oldest.date);
  return whole.filter(({ date }) => date >= start);
}

const idle = ({ done }: CountedDay) => ACTIVITIES.every((activity) => done[activity] === 0);

/**
 * Whether a week was missed: nothing at all on the last five days in a row, and on more than twice as
 * many as in any idle stretch before.
 */
function missedWeek(days: readonly CountedDay[]): boolean {
  let run = 0;
  let longest = 0;
  for (const day of days) {
    if (idle(day)) run++;
    else {
      longest = Math.max(longest, run);
      run = 0;
    }
  }
  return run >= MISSED_WEEK && run > 2 * longest;
}

/** The pace and verdict of one activity. `days` is all since the plan's start, in order, up to yesterday. */
function volumePace(days: readonly CountedDay[], activity: Activity, today: string): VolumePace {
  const last = (count: number) =>
    days.length < count ? null : paceOf(days.slice(-count), activity);
  const [last5, last10, last20] = [last(MISSED_WEEK), last(LEAST_DAYS), last(20)];
  const verdict = (verdict: VolumeVerdict, judged: Pace | null): VolumePace => ({
    verdict,
    last5,
    last10,
    last20,
    judged,
  });

  const planned = (pace: Pace | null) => pace?.planned ?? 0;
  const behind = (last10 ?? last5)?.share ?? 1;
  if (planned(last5) > 0 && missedWeek(days) && behind <= SLIPPING_SHARE) {
    return verdict('slipping', last10 ?? last5);
  }
  if (!last10 || planned(last20 ?? last10) < LEAST_PLANNED) return verdict('unknown', null);

  for (const pace of [last10, last20]) {
    if (!pace) continue;
    const weeks = paceOf(lastWholeWeeks(days, pace.days, today), activity);
    if (isShort(pace) && isShort(weeks) && behind <= SLIPPING_SHARE)
      return verdict('slipping', pace);
    if (isHigh(pace) && isHigh(weeks) && behind >= HIGH_SHARE) return verdict('high', pace);
  }
  return verdict('steady', last10);
}

/**
 * Pace by activity on the morning of `today`, over the last 5, 10 and 20 of `days` (all counted days
 * since the plan's start up to yesterday, in order; 60 are enough).
 *
 * An activity slips where it is at most 85 % of plan by more than chance (a Poisson count this low
 * has a chance of at most 0.1 %), over ten days or over twenty, both up to yesterday and up to the
 * end of the last whole week; or where a week was missed. It is high from 125 %, in the same way.
 */
export function volumePaces(
  days: readonly CountedDay[],
  today: string,
): Record<Activity, VolumePace> {
  const paces = ACTIVITIES.map(
    (activity) => [activity, volumePace(days, activity, today)] as const,
  );
  return Object.fromEntries(paces) as Record<Activity, VolumePace>;
}
