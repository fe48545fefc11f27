/** A rep's own Home: today, the week, what is won and what it paid, what is next, what others see. */
import { dayScreen } from '../activity/check-in/find-day.ts';
import { type PlanInForce, planInForce } from '../activity/plan-in-force.ts';
import { findDay, saidCounts } from '../activity/store.ts';
import { bookingsOf } from '../actuals/rules.ts';
import { dealsOfPlan } from '../actuals/store.ts';
import type { Context } from '../context.ts';
import { managerOf, type Person } from '../people/store.ts';
import { viewerOf } from '../plan/currency.ts';
import { openTermsOf } from '../plan/draft.ts';
import { payOn } from '../plan/model/component-pay.ts';
import { findVersion } from '../plan/store.ts';
import { promisesFor } from '../review/promises/promises.ts';
import { isOpen } from '../review/promises/rules.ts';
import { ownStatusOf } from '../review/status/status.ts';
import { localDateIn } from '../time/zone.ts';
import type { OwnHome } from './own-view.ts';
import { ownRow, teamLineOf } from './team.ts';

type Deps = Pick<Context, 'db' | 'encryption' | 'clock'>;

/** Null for somebody who has no agreed plan and whom nobody manages. */
export async function ownHome(deps: Deps, reader: Person): Promise<OwnHome | null> {
  const plan = await planInForce(deps, reader);
  const found = await managerOf(deps.db, reader);
  const manager = found?.deactivated ? null : found;
  if (!plan && !manager) return null;
  const { userId: repId, timeZone, locale } = reader;
  const pairs = [{ repId, managerId: manager?.userId ?? null }];
  const promises = await promisesFor(deps, reader, pairs);
  return {
    reader: { userId: repId, locale, today: localDateIn(timeZone, deps.clock.now()) },
    managerId: manager?.userId ?? null,
    day: plan && (await todayOf(deps, plan)),
    status: plan && (await ownStatusOf(deps, reader)),
    paid: plan && (await paidSoFar(deps, plan, reader)),
    // What they took on before others stands in a part of its own.
    promises: promises.filter(
      (one) => isOpen(one) && !(one.kind === 'commitment' && one.ownerId === repId),
    ),
    row: manager && (await ownRow(deps, reader, manager)),
    team: manager && (await teamLineOf(deps, manager)),
  };
}

/** Today, where the plan in force covers it. */
async function todayOf(deps: Deps, plan: PlanInForce): Promise<OwnHome['day']> {
  const today = plan.zone.dateAt(deps.clock.now());
  const { start, end } = plan.work.period;
  if (today < start || end < today) return null;
  const day = await findDay(deps, plan.rep, today);
  return {
    screen: await dayScreen(deps, plan, today, today),
    state: day?.state ?? null,
    done: day && saidCounts(day),
  };
}

/** The variable pay on everything won so far, for the rep's eyes alone; null: nothing was won, or no comp plan. */
async function paidSoFar(
  deps: Deps,
  { work }: PlanInForce,
  reader: Person,
): Promise<OwnHome['paid']> {
  const version = await findVersion(deps, work.versionId);
  const compensation = version && openTermsOf(version.draft).compensation;
  if (!compensation) return null;
  const bookings = bookingsOf(await dealsOfPlan(deps.db, work.planId));
  if (bookings.length === 0) return null;
  return {
    minor: payOn(compensation, work.period, bookings),
    style: viewerOf(reader, version.draft),
  };
}
