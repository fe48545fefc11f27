/** What a new hire's plan asks of them this month, and once they are ramped up (spec D4). */
import { type Activities, CLOSING_ACTIVITIES } from '../../plan/model/activities.ts';
import type { DayWeights } from '../../plan/model/day-weights.ts';
import { QUOTA_MONTHS } from '../../plan/model/quota-spans.ts';
import { ACTIVITIES, type Activity, type Component, type Period } from '../../plan/schemas.ts';
import { monthOf, monthsBetween } from '../../time/local-date.ts';

/** A component whose quota grows. */
export interface QuotaRamp {
  name: string;
  /** Of a month, minor units. */
  now: number;
  full: number;
  /** The months to come at which it changes (`YYYY-MM`), with the quota of each from then on. */
  ahead: { month: string; quota: number }[];
}

export interface Ramp {
  /** The plan's month that runs, `YYYY-MM`; before it begins its first. */
  month: string;
  /** Empty: the comp plan has no ramp. */
  quotas: QuotaRamp[];
  /** Those that the plan asks for: a week of this month, and one at full ramp. */
  activities: { activity: Activity; now: number; full: number }[];
}

export interface RampedPlan {
  components: readonly Pick<Component, 'name' | 'quota' | 'quotaPeriod' | 'ramp'>[];
  period: Period;
  workdays: number;
  levels: Activities;
  weights: Pick<DayWeights, 'days'>;
}

/** 3 × (1 ÷ 3) is one. */
const SLACK = 1e-9;

/** `today`: a local date of the rep. */
export function rampOn(plan: RampedPlan, today: string): Ramp {
  const months = monthsBetween(plan.period).map(({ month }) => month);
  const running = months.findLastIndex((month) => month <= monthOf(today));
  const at = Math.max(0, running);
  const month = months[at] ?? monthOf(today);
  return {
    month,
    quotas: plan.components.flatMap((component) => quotaRamp(component, months, at)),
    activities: ACTIVITIES.flatMap((activity) => {
      const { exact } = plan.levels[activity];
      const weekly = (weight: number) => Math.ceil(exact * plan.workdays * weight - SLACK);
      const full = weekly(1);
      return full > 0 ? [{ activity, now: weekly(meanWeight(plan, activity, month)), full }] : [];
    }),
  };
}

function quotaRamp(
  { name, quota, quotaPeriod, ramp }: RampedPlan['components'][number],
  months: readonly string[],
  at: number,
): QuotaRamp[] {
  if (ramp === null) return [];
  const full = quota / QUOTA_MONTHS[quotaPeriod];
  const factor = (index: number) => ramp[index] ?? 1;
  const ahead = months.flatMap((month, index) =>
    index > at && factor(index) !== factor(index - 1)
      ? [{ month, quota: Math.round(full * factor(index)) }]
      : [],
  );
  return [{ name, now: Math.round(full * factor(at)), full: Math.round(full), ahead }];
}

/** Of the month's working days: 1 is a full one, as a month without any is. */
function meanWeight({ weights }: RampedPlan, activity: Activity, month: string): number {
  const days = weights.days.filter(({ date }) => monthOf(date) === month);
  const of = CLOSING_ACTIVITIES.includes(activity) ? 'closing' : 'creation';
  return days.length === 0 ? 1 : days.reduce((sum, day) => sum + day[of], 0) / days.length;
}
