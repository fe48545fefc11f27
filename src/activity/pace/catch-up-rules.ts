/** How a deficit is made up, or what else would do (spec B5). */
import type { Activity } from '../../plan/schemas.ts';
import { type CountedDay, paceOf } from './pace-rules.ts';
import { STAGE_ENDS, STAGES, type Stage } from './stage-rate-rules.ts';

export interface Horizon {
  /** Local date. */
  until: string;
  /** Working days of the rep's from today to then, both in. */
  days: number;
}

export interface CatchUpInput {
  activity: Activity;
  /** Counted days up to yesterday, in order; the last 20 make the deficit. */
  days: readonly CountedDay[];
  /** The agreed level a day, above 0; may have decimals. */
  perDay: number;
  /** The level a day without the insurance (spec step 11). */
  basePerDay: number;
  /** In any order: the ends of the month, the next, the quarter and the period. */
  horizons: readonly Horizon[];
  workdaysPerWeek: number;
  /** Of the stage that leads on from the activity; null where there is none to go by. */
  planRate: number | null;
  callsPerHour: number;
}

export interface Extra {
  /** Beyond the plan, in a working week, rounded up. */
  perWeek: number;
  /** Minutes of call blocks for them, rounded up; null for other activities. */
  minutesPerWeek: number | null;
}

export interface Levers {
  /** The ceiling kept up until the last horizon. */
  volume: { perDay: number; makesUp: number; left: number; extra: Extra };
  /** The rate at which today's volume brings what the plan wants; null where none in reach would. */
  conversion: { stage: Stage; rate: number; planRate: number } | null;
  /** What of the deficit the plan without its insurance never needed. */
  insurance: { absorbs: number; left: number };
}

export type CatchUp =
  /** Nothing to make up. */
  | { kind: 'none' }
  | {
      kind: 'plan';
      deficit: number;
      /** In place of the plan's level until `until`, rounded up. */
      perDay: number;
      perWeek: number;
      until: string;
      days: number;
      extra: Extra;
    }
  | {
      kind: 'beyond';
      deficit: number;
      /** A day until the last horizon, rounded up; null where no working day is left. */
      wouldTake: number | null;
      /** The last horizon; null where none was given. */
      until: string | null;
      levers: Levers;
    };

const DEFICIT_DAYS = 20;
/** What most can keep up for a while, and what nobody can. */
const STRETCH = 1.3;
const MOST_STRETCH = 2;
const BEST_DAYS = 5;
/** A rate beyond this, or beyond one and a half times the plan's, is a wish. */
const MOST_RATE = 0.95;
const MOST_RATE_STRETCH = 1.5;
/** 3 × (1 ÷ 3) is one. */
const SLACK = 1e-9;

const up = (value: number) => Math.ceil(value - SLACK);
const down = (value: number) => Math.floor(value + SLACK);

/** The rep's best average a day over any five consecutive counted days; 0 with fewer. */
function bestAverage(days: readonly CountedDay[], activity: Activity): number {
  let best = 0;
  for (let end = BEST_DAYS; end <= days.length; end++) {
    best = Math.max(best, paceOf(days.slice(end - BEST_DAYS, end), activity).done / BEST_DAYS);
  }
  return best;
}

/**
 * The most a day that can be kept up: 1.3 × the plan rounded up, or the rep's own best average over
 * five consecutive counted days where that is more, and never over twice the plan.
 */
export function sustainableCeiling(
  days: readonly CountedDay[],
  activity: Activity,
  perDay: number,
): number {
  const own = Math.max(up(STRETCH * perDay), down(bestAverage(days, activity)));
  return Math.min(MOST_STRETCH * perDay, own);
}

/**
 * The rate at which the volume of the last days brings what the plan wants of the next activity:
 * plan rate × planned ÷ done. Null where that is over 95 % or over 1.5 × the plan's rate.
 */
function conversionLever(
  activity: Activity,
  planRate: number | null,
  { planned, done }: { planned: number; done: number },
): Levers['conversion'] {
  const stage = STAGES.find((stage) => STAGE_ENDS[stage].from === activity);
  if (!stage || planRate === null || done === 0) return null;
  const rate = (planRate * planned) / done;
  if (rate > Math.min(MOST_RATE, MOST_RATE_STRETCH * planRate)) return null;
  return { stage, rate, planRate };
}

/**
 * The deficit (planned − done over the last 20 counted days) spread over the working days to the
 * earliest horizon at which plan + deficit ÷ days stays under the ceiling (see `sustainableCeiling`).
 *
 * Where none does, the three levers:
 * - volume: the ceiling kept up until the last horizon makes up (ceiling − plan) × days;
 * - conversion: see `conversionLever`;
 * - insurance: with the plan's level kept from now on, the plan without insurance still holds where
 *   the deficit is at most (plan − base) × (days of the deficit + days left).
 */
export function catchUp(input: CatchUpInput): CatchUp {
  const { activity, perDay, basePerDay, workdaysPerWeek, callsPerHour } = input;
  const recent = paceOf(input.days.slice(-DEFICIT_DAYS), activity);
  const deficit = recent.planned - recent.done;
  if (deficit <= 0) return { kind: 'none' };

  const extra = (aDay: number): Extra => {
    const perWeek = up(aDay * workdaysPerWeek);
    const minutesPerWeek = activity === 'calls' ? up((perWeek * 60) / callsPerHour) : null;
    return { perWeek, minutesPerWeek };
  };
  const ceiling = sustainableCeiling(input.days, activity, perDay);
  const horizons = input.horizons
    .filter(({ days }) => days > 0)
    .toSorted((a, b) => a.days - b.days);
  for (const { until, days } of horizons) {
    const needed = perDay + deficit / days;
    if (needed > ceiling + SLACK) continue;
    return {
      kind: 'plan',
      deficit,
      perDay: up(needed),
      perWeek: up(needed * workdaysPerWeek),
      until,
      days,
      extra: extra(deficit / days),
    };
  }

  const last = horizons.at(-1);
  const left = last?.days ?? 0;
  const makesUp = Math.min(deficit, down((ceiling - perDay) * left));
  const buffer = Math.max(0, perDay - basePerDay) * (recent.days + left);
  const absorbs = Math.min(deficit, down(buffer));
  return {
    kind: 'beyond',
    deficit,
    wouldTake: last ? up(perDay + deficit / last.days) : null,
    until: last?.until ?? null,
    levers: {
      volume: { perDay: ceiling, makesUp, left: deficit - makesUp, extra: extra(ceiling - perDay) },
      conversion: conversionLever(activity, input.planRate, recent),
      insurance: { absorbs, left: deficit - absorbs },
    },
  };
}
