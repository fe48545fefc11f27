/** How a deficit is made up, or what else would do (spec B5). */
import type { PaceUnit } from '../../plan/model/activities.ts';
import type { Activity } from '../../plan/schemas.ts';
import { firstOfMonth, monthsApart } from '../../time/local-date.ts';
import { STAGE_ENDS, STAGES, type Stage } from './stage-rate-rules.ts';

export interface Horizon {
  /** Local date. */
  until: string;
  /** Working days of the rep's from today to then, both in: one at least. */
  days: number;
  /** What these days' own plan asks for. */
  planned: number;
}

export interface CatchUpInput {
  activity: Activity;
  /**
   * Planned and done on the logged days since the plan (or its quarter) began: what isn't logged is unknown, and
   * nothing to make up.
   */
  known: { planned: number; done: number };
  /** The agreed level of a day, and the same without the insurance (spec step 11): both with decimals. */
  perDay: number;
  basePerDay: number;
  /** In any order: the ends of the month, the next, the plan's quarter and the period. */
  horizons: readonly Horizon[];
  workdaysPerWeek: number;
  /** In what people count the activity, and the working days of that. */
  unit: { per: PaceUnit; days: number };
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
  /** The ceiling (a day, with decimals) kept up until the last horizon. */
  volume: { perDay: number; makesUp: number; left: number; extra: Extra };
  /** The rate at which today's volume brings what the plan wants; null where none in reach would. */
  conversion: { stage: Stage; rate: number; planRate: number } | null;
  /** What of the deficit the plan without its insurance never needed. */
  insurance: { absorbs: number; left: number };
  /** What it would take, and the ceiling, in what people count; not in figures that were kept before. */
  pace?: { per: PaceUnit; wouldTake: number; ceiling: number };
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
      /** The level, and the plan's in its place, in what people count; not in figures that were kept before. */
      pace?: { per: PaceUnit; count: number; planned: number };
      /**
       * An earlier date, and the level that it would have taken by then, in the same unit: more than can be kept up,
       * which is why this one is later and may be lower. Absent where none is, and in figures that were kept before.
       */
      passed?: { until: string; count: number };
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

/** What can be kept up for a while, as a multiple of the exact level. */
export const MOST_STRETCH = 1.3;
/** A rate beyond this, or beyond one and a half times the plan's, is a wish. */
const MOST_RATE = 0.95;
const MOST_RATE_STRETCH = 1.5;
/** 3 × (1 ÷ 3) is one. */
const SLACK = 1e-9;

const up = (value: number) => Math.ceil(value - SLACK);
const down = (value: number) => Math.floor(value + SLACK);

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
 * The whole deficit (planned − done) spread over the working days to the earliest horizon until which plan and
 * deficit together are at most 1.3 × what is planned.
 *
 * Where none is, the three levers:
 * - volume: 1.3 × the plan kept up until the last horizon makes up 0.3 × what is planned until then;
 * - conversion: see `conversionLever`;
 * - insurance: with the plan's level kept from now on, the plan without insurance still holds where the
 *   deficit is at most the insurance's part of what was and is still planned.
 */
export function catchUp(input: CatchUpInput): CatchUp {
  const { activity, known, perDay, basePerDay, unit, workdaysPerWeek, callsPerHour } = input;
  const deficit = up(known.planned - known.done);
  if (deficit <= 0) return { kind: 'none' };

  const extra = (aDay: number): Extra => {
    const perWeek = up(aDay * workdaysPerWeek);
    const minutesPerWeek = activity === 'calls' ? up((perWeek * 60) / callsPerHour) : null;
    return { perWeek, minutesPerWeek };
  };
  const horizons = input.horizons.toSorted((a, b) => a.days - b.days);
  let passed: { until: string; count: number } | null = null;
  for (const { until, days, planned } of horizons) {
    const needed = planned + deficit;
    if (needed > MOST_STRETCH * planned + SLACK) {
      passed = { until, count: up((needed / days) * unit.days) };
      continue;
    }
    return {
      kind: 'plan',
      deficit,
      perDay: up(needed / days),
      perWeek: up((needed / days) * workdaysPerWeek),
      until,
      days,
      extra: extra(deficit / days),
      pace: {
        per: unit.per,
        count: up((needed / days) * unit.days),
        planned: up((planned / days) * unit.days),
      },
      ...(passed && { passed }),
    };
  }

  const last = horizons.at(-1);
  const { days: left, planned: ahead } = last ?? { days: 0, planned: 0 };
  const makesUp = Math.min(deficit, down((MOST_STRETCH - 1) * ahead));
  const insured = perDay > 0 ? Math.max(0, 1 - basePerDay / perDay) : 0;
  const absorbs = Math.min(deficit, down(insured * (known.planned + ahead)));
  const ceiling = left > 0 ? (MOST_STRETCH * ahead) / left : MOST_STRETCH * perDay;
  const needed = left > 0 ? (ahead + deficit) / left : 0;
  return {
    kind: 'beyond',
    deficit,
    wouldTake: last ? up(needed) : null,
    until: last?.until ?? null,
    levers: {
      volume: {
        perDay: ceiling,
        makesUp,
        left: deficit - makesUp,
        extra: extra(left > 0 ? ((MOST_STRETCH - 1) * ahead) / left : 0),
      },
      conversion: conversionLever(activity, input.planRate, known),
      insurance: { absorbs, left: deficit - absorbs },
      pace: {
        per: unit.per,
        wouldTake: up(needed * unit.days),
        ceiling: down(ceiling * unit.days),
      },
    },
  };
}

/** Working days of what people count in. */
export function unitDays(
  per: PaceUnit,
  { workdaysPerWeek, daysPerMonth }: { workdaysPerWeek: number; daysPerMonth: number },
): number {
  return { day: 1, week: workdaysPerWeek, month: daysPerMonth, quarter: 3 * daysPerMonth }[per];
}

/** The working days from `today` to each of some dates, where there are any. `planned`: by date, of the whole plan. */
export function horizonsTo(
  untils: readonly string[],
  today: string,
  activity: Activity,
  planned: ReadonlyMap<string, Record<Activity, number>>,
): Horizon[] {
  return untils
    .map((until) => {
      const horizon = { until, days: 0, planned: 0 };
      for (const [date, counts] of planned) {
        if (date < today || date > until) continue;
        horizon.days += 1;
        horizon.planned += counts[activity];
      }
      return horizon;
    })
    .filter(({ days }) => days > 0);
}

/** The first day of the quarter of a plan in which a date lies: quarters are counted from the plan's start. */
export function quarterStart(periodStart: string, date: string): string {
  const quarters = Math.max(0, Math.floor(monthsApart(periodStart, date) / 3));
  return firstOfMonth(periodStart, 3 * quarters);
}
