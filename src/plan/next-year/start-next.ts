/** The next plan of a rep, drafted while the one before it runs. */
import type { Deps } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { workspaceOf } from '../../people/store.ts';
import { publicHolidays } from '../../time/holidays.ts';
import { localDateIn } from '../../time/zone.ts';
import type { Moved } from '../approval/transitions.ts';
import type { PlanHooks } from '../hooks.ts';
import { onVersion } from '../on-version.ts';
import { nextPlan } from '../round/choose-rules.ts';
import { plansOfRep } from '../round/store.ts';
import { addPlan, addVersion } from '../store.ts';
import { type CarriedOver, nextDraft, periodAfter } from './next-draft-rules.ts';

/** What a click has led to; `carried` is null where the next plan had been begun already. */
export interface NextStarted extends Moved {
  carried: CarriedOver | null;
}

/**
 * Begins the plan after the one that a version is of, with what carries over; leads to the one that was begun
 * already, where there is one.
 * @throws UserError where it isn't theirs, or the version isn't the one in force.
 */
export async function startNextPlan(
  deps: Deps,
  { yearSoFar }: Pick<PlanHooks, 'yearSoFar'>,
  actor: PersonRef,
  versionId: string,
): Promise<NextStarted> {
  return onVersion(deps, actor, versionId, async ({ version, pair, store }) => {
    const { workspaceId, repId, planId } = version;
    const rep = { workspaceId, userId: repId };
    const today = localDateIn(pair.rep.timeZone, deps.clock.now());
    const begun = nextPlan(await plansOfRep(store.db, rep), today);
    if (begun) return { versionId: begun.newest.id, repId, carried: null };
    if (version.status !== 'agreed') {
      throw new UserError(
        'not_agreed',
        'The next plan follows one that you have both signed. `/bigplan` shows where this one stands.',
      );
    }
    const { period, calendar } = version.draft;
    const workspace = await workspaceOf(store.db, workspaceId);
    const after = periodAfter(period, workspace.cycleMonth);
    const through = [today, period.end].sort()[0] ?? today;
    const year = await yearSoFar(store, { rep, planId, from: period.start, through });
    const holidays = publicHolidays(calendar, after.start, after.end);
    const { draft, carried } = nextDraft(version.draft, year, { period: after, holidays, today });
    const plan = await addPlan(store, { workspaceId, repId });
    const id = await addVersion(store, plan, {
      number: 1,
      draft,
      actorId: actor.userId,
      at: deps.clock.now(),
    });
    await deps.outbox.refresh(store.db, { workspaceId, subject: version.id });
    return { versionId: id, repId, carried };
  });
}
