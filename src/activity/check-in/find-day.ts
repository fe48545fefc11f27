/** Which days can be logged, and what is known of one. */

import type { PersonRef, Store } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { formatDate } from '../../slack/format.ts';
import type { Clock } from '../../time/clock.ts';
import { addDays, isLocalDate, latestOf, mondayOf } from '../../time/local-date.ts';
import { workingDates } from '../../time/working-days.ts';
import { datesMeant } from '../day-meant-rules.ts';
import { silentStretch, weekSoFar } from '../day-rules.ts';
import { checkInKey } from '../delivery-keys.ts';
import { type PlanInForce, planInForce } from '../plan-in-force.ts';
import type { Counts } from '../schemas.ts';
import { type Day, findDay, loggedDays, saidCounts } from '../store.ts';
import type { DayScreen } from './view.ts';

/** A day can be answered late for so many working days. */
const LATE_DAYS = 10;
/** Working days are looked for this far back: ten of them and a long leave. */
const LOOK_BACK = 120;

/**
 * The rep's plan, which must have begun and have days that can be logged; `on`: the plan that holds that date.
 * @throws UserError `no_plan`, `not_begun` or `plan_over`.
 */
export async function mustHavePlan(
  store: Store,
  who: PersonRef,
  now: Date,
  on?: string,
): Promise<{ plan: PlanInForce; today: string }> {
  const plan = await planInForce({ ...store, clock: { now: () => now } }, who, on);
  if (!plan) {
    throw new UserError(
      'no_plan',
      'There is no agreed plan to count against yet. `/bigplan` shows where yours stands.',
    );
  }
  const today = plan.zone.dateAt(now);
  const { start, end } = plan.work.period;
  const { locale } = plan.rep;
  if (today < start) {
    const begins = formatDate(start, locale, 'date');
    throw new UserError('not_begun', `Your plan begins on ${begins}: counting starts then.`);
  }
  if (today > end && loggableDates(plan, today).length === 0) throw planOver(plan);
  return { plan, today };
}

function planOver({ work, rep }: PlanInForce): UserError {
  const ended = formatDate(work.period.end, rep.locale, 'date');
  return new UserError(
    'plan_over',
    `Your plan ended on ${ended}. \`/bigplan\` starts the next one: then counting goes on.`,
  );
}

/** Today and the last ten working days, newest first; of a plan that is over what is left of them. */
export function loggableDates({ work, calendar }: PlanInForce, today: string): string[] {
  const { start, end } = work.period;
  const from = [addDays(today, -LOOK_BACK), start].sort().at(-1) ?? today;
  const before = workingDates({ ...calendar, timeOff: [] }, from, addDays(today, -1));
  return [today, ...before.slice(-LATE_DAYS).reverse()].filter(
    (date) => start <= date && date <= end,
  );
}

/** How long after a plan began days of the one before it may still be open. */
const TURN_DAYS = 60;

/**
 * The plans of which days can be logged: a rep's own and, for as long as a day of it is among the last ones, the one
 * before. The one in force first.
 */
export async function loggedPlans(
  store: Store,
  plan: PlanInForce,
  now: Date,
): Promise<PlanInForce[]> {
  const dated = { ...store, clock: { now: () => now } };
  const today = plan.zone.dateAt(now);
  const current = today > plan.work.period.end ? await planInForce(dated, plan.rep) : plan;
  const { start } = (current ?? plan).work.period;
  const before =
    start > addDays(today, -TURN_DAYS)
      ? await planInForce(dated, plan.rep, addDays(start, -1))
      : null;
  const all = [current, before, plan].filter((one) => one !== null);
  return all.filter(
    ({ work }, at) => all.findIndex((one) => one.work.planId === work.planId) === at,
  );
}

/** The days of them that can be logged, newest first. */
export function loggableDatesOf(plans: readonly PlanInForce[], today: string): string[] {
  const dates = plans.flatMap((plan) => loggableDates(plan, today));
  return [...new Set(dates)].sort().reverse();
}

/** @throws UserError `day_ahead`, `day_gone` or `plan_over` where the day can't be logged (any more). */
export function mustBeLoggable(plan: PlanInForce, today: string, date: string): void {
  if (date > today || !isLocalDate(date))
    throw new UserError('day_ahead', 'That day is still to come.');
  if (date > plan.work.period.end) throw planOver(plan);
  const oldest = loggableDates(plan, today).at(-1) ?? today;
  if (date < oldest) {
    const shown = formatDate(oldest, plan.rep.locale, 'day');
    throw new UserError(
      'day_gone',
      `That is too long ago: a day can be logged for ${LATE_DAYS} working days. The oldest now is ${shown}.`,
    );
  }
}

/** As `mustBeLoggable`, of the one of the plans that holds the day. */
export function isLoggable(plans: readonly PlanInForce[], today: string, date: string): boolean {
  if (!isLocalDate(date) || date > today) return false;
  return plans.some((plan) => {
    const { start, end } = plan.work.period;
    const oldest = loggableDates(plan, today).at(-1) ?? today;
    return start <= date && date <= end && date >= oldest;
  });
}

/** The local dates that words can be about (see day-meant-rules.ts), the likelier first; `named`: what they say. */
export async function datesMeantAt(
  deps: Store & { outbox: Outbox },
  plan: PlanInForce,
  at: Date,
  named: string | null = null,
): Promise<string[]> {
  const { date, time } = { date: plan.zone.dateAt(at), time: plan.zone.timeAt(at) };
  const before = addDays(date, -1);
  const plans = await loggedPlans(deps, plan, at);
  const worked = plans.flatMap(({ days, since }) => [...days.keys()].filter((day) => day >= since));
  const last = latestOf('', ...worked.filter((day) => day < date)) || null;
  const known = last !== null && (await findDay(deps, plan.rep, last));
  const isOpen = last !== null && (!known || known.state === 'started');
  // Who has begun with today's goes on with it.
  const hasBegun = (await findDay(deps, plan.rep, date)) !== null;
  const isAsked = isOpen && !hasBegun && (await wasAsked(deps, plan.rep, last));
  const dates = datesMeant({
    named,
    date,
    time,
    before,
    isBeforeOpen: isOpen && last === before,
    asked: isAsked ? last : null,
  }).filter((day) => isLoggable(plans, date, day));
  return dates.length > 0 ? dates : [named ?? date];
}

async function wasAsked({ outbox }: { outbox: Outbox }, rep: PersonRef, date: string) {
  const [asked] = await outbox.find(checkInKey(rep, date));
  return asked?.message != null;
}

/** The day as its rep sees it, with its week. */
export async function dayScreen(
  store: Store,
  plan: PlanInForce,
  date: string,
  today: string,
): Promise<DayScreen> {
  const known = await loggedDays(store, plan.rep, mondayOf(date), date);
  const done = new Map([...known].map(([on, day]) => [on, saidCounts(day)] as const));
  return {
    date,
    today,
    locale: plan.rep.locale,
    planned: plan.target(date),
    isPart: plan.share(date) < 1,
    week: weekSoFar(targets(plan, known, date), done, date),
  };
}

/** The week before the day: what the question says of it. */
export async function weekBefore(store: Store, plan: PlanInForce, date: string) {
  const yesterday = addDays(date, -1);
  if (mondayOf(yesterday) !== mondayOf(date)) return weekSoFar(new Map(), new Map(), date);
  const { week } = await dayScreen(store, plan, yesterday, date);
  return week;
}

/** What the week's days ask for, since the plan is agreed; a day that was skipped asks for nothing. */
function targets(
  plan: PlanInForce,
  known: ReadonlyMap<string, Day>,
  date: string,
): Map<string, Counts> {
  const week = new Map<string, Counts>();
  const first = [mondayOf(date), plan.since].sort()[1] ?? date;
  for (let on = first; on <= date; on = addDays(on, 1)) {
    const target = plan.target(on);
    if (target && known.get(on)?.state !== 'skipped') week.set(on, target);
  }
  return week;
}

/** Those of some days that are logged, each once, with what they have. */
export async function loggedAs(
  store: Store,
  who: PersonRef,
  days: readonly { date: string }[],
): Promise<{ date: string; counts: Counts }[]> {
  const found = await Promise.all(
    [...new Set(days.map(({ date }) => date))].map((date) => findDay(store, who, date)),
  );
  return found.flatMap((day) =>
    day?.state === 'logged' ? [{ date: day.date, counts: saidCounts(day) }] : [],
  );
}

/** The working days up to yesterday of which nothing is known; null where there are none, or no plan. */
export async function silentDays(
  store: Store & { clock: Clock },
  who: PersonRef,
): Promise<{ from: string; to: string } | null> {
  const plan = await planInForce(store, who);
  if (!plan) return null;
  const today = plan.zone.dateAt(store.clock.now());
  const known = await loggedDays(store, who, plan.since, today);
  const dates = [...plan.days.keys()].filter((date) => date >= plan.since);
  return silentStretch(dates, known, today);
}
