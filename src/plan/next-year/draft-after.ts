/** The draft after a plan that was closed with no other begun: with the same things carried over (spec A2). */
import type { Tx } from '../../db/client.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import type { Workspace } from '../../people/store.ts';
import { publicHolidays } from '../../time/holidays.ts';
import { addDays } from '../../time/local-date.ts';
import type { PlanDraft } from '../draft.ts';
import type { PlanHooks } from '../hooks.ts';
import { firstPeriod } from '../model/calendar.ts';
import { plansOfRep } from '../round/store.ts';
import type { Period } from '../schemas.ts';
import { findVersion } from '../store.ts';
import { type CarriedOver, nextDraft, periodAfter } from './next-draft-rules.ts';

/** Pipeline that was said so long ago opens no plan: calendar days. */
const FRESH_DAYS = 92;

/** What came over from a plan, and the local date (UTC) on which that was closed. */
export interface CarriedFrom {
  carried: CarriedOver;
  closedOn: string | null;
}

/** Of the rep's last plan that both had signed; null: there never was one. `today`: the rep's local date. */
export async function draftAfter(
  store: Store<Tx>,
  { yearSoFar }: Pick<PlanHooks, 'yearSoFar'>,
  rep: PersonRef,
  { workspace, today }: { workspace: Workspace; today: string },
): Promise<(CarriedFrom & { draft: PlanDraft }) | null> {
  const last = (await plansOfRep(store.db, rep)).findLast(({ signed }) => signed !== null);
  const version = last?.signed && (await findVersion(store, last.signed.id));
  if (!version) return null;
  const { period: before, calendar } = version.draft;
  const period = periodNow(before, workspace.cycleMonth, today);
  const span = { from: before.start, through: today < before.end ? today : before.end };
  const year = await yearSoFar(store, { rep, planId: version.planId, ...span });
  const isFresh = year.pipeline !== null && year.pipeline.date >= addDays(today, -FRESH_DAYS);
  const holidays = publicHolidays(calendar, period.start, period.end);
  const around = { period, holidays, today };
  const next = nextDraft(
    version.draft,
    { ...year, pipeline: isFresh ? year.pipeline : null },
    around,
  );
  return { ...next, closedOn: last.closedOn };
}

/** The one after the plan's own, where that runs; else what a first plan would be for. */
function periodNow(before: Period, cycleMonth: number, today: string): Period {
  const after = periodAfter(before, cycleMonth);
  return after.start <= today && today <= after.end ? after : firstPeriod(today);
}
