import type { Deps } from '../context.ts';
import { recordSeen } from '../db/audit.ts';
import type { Db, Tx } from '../db/client.ts';
import { lockPerson } from '../db/lock-people.ts';
import type { PersonRef } from '../db/store.ts';
import { inTransaction } from '../db/transaction.ts';
import { findPeople, type Workspace, workspaceOf } from '../people/store.ts';
import type { Clock } from '../time/clock.ts';
import { publicHolidays } from '../time/holidays.ts';
import { localDateIn } from '../time/zone.ts';
import { pairOf, sideOf } from './access.ts';
import { emptyDraft, type PlanDraft } from './draft.ts';
import type { PlanHooks } from './hooks.ts';
import { firstPeriod } from './model/calendar.ts';
import { type CarriedFrom, draftAfter } from './next-year/draft-after.ts';
import { type OpenPlan, openAs } from './on-version.ts';
import { currentPlan } from './round/choose-rules.ts';
import { plansOf, plansOfRep } from './round/store.ts';
import type { Period } from './schemas.ts';
import { addPlan, addVersion, findVersion, type VersionStatus } from './store.ts';

type OpenDeps = Pick<Deps, 'db' | 'encryption' | 'clock'>;

/** What was carried over from the plan before; null where nothing was begun, or there was none. */
export interface FoundPlan extends OpenPlan {
  from: CarriedFrom | null;
}

/**
 * The rep's plan as it stands: the newest version of the newest plan that isn't closed. Where there
 * is none, a draft is made: with what carries over from their last plan, or with the workspace's defaults.
 * @throws UserError `not_yours` where the actor is neither the rep nor their manager.
 */
export async function openPlan(
  deps: OpenDeps,
  hooks: Pick<PlanHooks, 'yearSoFar'>,
  actor: PersonRef,
  repId: string,
): Promise<FoundPlan> {
  const { workspaceId } = actor;
  const rep = { workspaceId, userId: repId };
  const pair = await pairOf(deps.db, rep);
  sideOf(pair, actor.userId);
  const today = localDateIn(pair.rep.timeZone, deps.clock.now());
  const plans = await plansOfRep(deps.db, rep);
  const newest = currentPlan(plans, today)?.newest;
  if (newest)
    return { ...(await openVersion(deps, actor, newest.id, { pair, plans })), from: null };
  const { id, from } = await inTransaction(deps.db, async (tx) => {
    await lockPerson(tx, rep);
    // Somebody else may have begun it meanwhile.
    const begun = currentPlan(await plansOfRep(tx, rep), today)?.newest;
    if (begun) return { id: begun.id, from: null };
    const store = { db: tx, encryption: deps.encryption };
    const workspace = await workspaceOf(tx, workspaceId);
    const now = deps.clock.now();
    const after = await draftAfter(store, hooks, rep, { workspace, today });
    const draft =
      after?.draft ?? firstDraft(workspace, firstPeriod(now.toISOString().slice(0, 10)));
    const plan = await addPlan(store, { workspaceId, repId });
    const first = { number: 1, draft, actorId: actor.userId, at: now };
    return { id: await addVersion(store, plan, first), from: after };
  });
  return { ...(await openVersion(deps, actor, id)), from };
}

/**
 * A version that a button or a form names, loaded and authorised anew. Where it is somebody else's, the rep can read
 * that it was seen. `known`: what was just read of its rep.
 * @throws UserError `plan_gone` or `not_yours`.
 */
export async function openVersion(
  deps: OpenDeps,
  actor: PersonRef,
  versionId: string,
  known?: Pick<OpenPlan, 'pair' | 'plans'>,
): Promise<OpenPlan> {
  const store = { db: deps.db, encryption: deps.encryption };
  const plan = await openAs(store, actor, await findVersion(store, versionId), known);
  const shows = { kind: 'plan_seen', repIds: [plan.version.repId] } as const;
  await recordSeen(deps.db, actor, shows, deps.clock.now());
  return plan;
}

/** A first draft for `period` with the workspace's currency, working days and public holidays. */
export function firstDraft(workspace: Workspace, period: Period): PlanDraft {
  const { currency, workdays, country, region } = workspace;
  const holidays = publicHolidays({ country, region }, period.start, period.end);
  return emptyDraft({
    currency,
    period,
    calendar: { workdays, holidays, timeOff: [], country, region },
  });
}

/**
 * The actor's own plan as it stands, as `openPlan` shows it; null where there is none: looking makes
 * no draft.
 */
export async function findOwnPlan(
  deps: Parameters<typeof openVersion>[0],
  actor: PersonRef,
): Promise<OpenPlan | null> {
  const plans = await plansOfRep(deps.db, actor);
  if (plans.length === 0) return null;
  const pair = await pairOf(deps.db, actor);
  const today = localDateIn(pair.rep.timeZone, deps.clock.now());
  const newest = currentPlan(plans, today)?.newest;
  return newest ? openVersion(deps, actor, newest.id, { pair, plans }) : null;
}

const STATUS_WORDS: Record<VersionStatus, string> = {
  draft: 'Draft',
  proposed: 'Proposed, waits for a signature',
  changes_requested: 'Changes asked for',
  agreed: 'Agreed',
  superseded: 'Replaced',
  closed: 'Closed',
  dropped: 'Dropped',
};

/** How each rep's plan stands, in a few words without a figure; who has none is left out. */
export async function planStatuses(
  { db, clock }: { db: Db | Tx; clock: Clock },
  workspaceId: string,
  repIds: readonly string[],
): Promise<Map<string, string>> {
  const plans = await plansOf(db, workspaceId, repIds);
  const reps = await findPeople(db, workspaceId, [...plans.keys()]);
  return new Map(
    reps.flatMap(({ userId, timeZone }) => {
      const today = localDateIn(timeZone, clock.now());
      const { newest } = currentPlan(plans.get(userId) ?? [], today) ?? {};
      return newest ? [[userId, `${STATUS_WORDS[newest.status]} (version ${newest.number})`]] : [];
    }),
  );
}
