/** Which days can be logged, and what is known of one. */
import { UserError } from '../errors.ts';
import { addDays, isLocalDate } from '../time/local-date.ts';
import { workingDates } from '../time/working-days.ts';
import type { Reading, RepId } from './deps.ts';
import { type PlanInForce, planInForce } from './plan-in-force.ts';
import { mondayOf, weekSoFar } from './rules/week.ts';
import type { Counts } from './schemas.ts';
import { daysBetween, saidCounts } from './store.ts';
import type { DayScreen } from './views/check-in.ts';

/** A day can be answered late for so many working days. */
const LATE_DAYS = 10;
/** Working days are looked for this far back: ten of them and a long leave. */
const LOOK_BACK = 120;

/**
 * The rep's plan, which must cover today.
 * @throws UserError `no_plan` or `not_begun`.
 */
export async function mustHavePlan(
  store: Reading,
  who: RepId,
  now: Date,
): Promise<{ plan: PlanInForce; today: string }> {
  const plan = await planInForce(store, who);
  if (!plan) {
    throw new UserError(
      'no_plan',
      'There is no agreed plan to count against yet. `/bigplan` shows where yours stands.',
    );
  }
  const today = plan.zone.dateAt(now);
  const { start, end } = plan.work.period;
  if (today < start) {
    throw new UserError('not_begun', `Your plan begins on ${start}: counting starts then.`);
  }
  if (today > end) {
    throw new UserError(
      'plan_over',
      `Your plan ended on ${end}. \`/bigplan\` starts the next one: then counting goes on.`,
    );
  }
  return { plan, today };
}

/** Today and the last ten working days, newest first. */
export function loggableDates({ work, calendar }: PlanInForce, today: string): string[] {
  const from = [addDays(today, -LOOK_BACK), work.period.start].sort().at(-1) ?? today;
  const before = workingDates({ ...calendar, timeOff: [] }, from, addDays(today, -1));
  return [today, ...before.slice(-LATE_DAYS).reverse()];
}

/** @throws UserError `day_ahead` or `day_gone` where the day can't be logged (any more). */
export function mustBeLoggable(plan: PlanInForce, today: string, date: string): void {
  if (date > today || !isLocalDate(date))
    throw new UserError('day_ahead', 'That day is still to come.');
  const oldest = loggableDates(plan, today).at(-1) ?? today;
  if (date < oldest) {
    throw new UserError(
      'day_gone',
      `That is too long ago: a day can be logged for ${LATE_DAYS} working days. The oldest now is ${oldest}.`,
    );
  }
}

/** The day as its rep sees it, with its week. */
export async function dayScreen(
  store: Reading,
  plan: PlanInForce,
  date: string,
  today: string,
): Promise<DayScreen> {
  const known = await daysBetween(store, plan.rep, mondayOf(date), date);
  const done = new Map([...known].map(([on, day]) => [on, saidCounts(day)] as const));
  return {
    date,
    today,
    locale: plan.rep.locale,
    planned: plan.target(date),
    week: weekSoFar(targets(plan, date), done, date),
  };
}

/** The week before the day: what the question says of it. */
export async function weekBefore(store: Reading, plan: PlanInForce, date: string) {
  const yesterday = addDays(date, -1);
  if (mondayOf(yesterday) !== mondayOf(date)) return weekSoFar(new Map(), new Map(), date);
  const { week } = await dayScreen(store, plan, yesterday, date);
  return week;
}

function targets(plan: PlanInForce, date: string): Map<string, Counts> {
  const week = new Map<string, Counts>();
  for (let on = mondayOf(date); on <= date; on = addDays(on, 1)) {
    const target = plan.target(on);
    if (target) week.set(on, target);
  }
  return week;
}
