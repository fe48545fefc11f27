/** Qualified pipeline, as it stands on a day: entered, changed, undone and put back. */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import {
  type ActualsPlan,
  alreadyEntered,
  mustBeInPlan,
  mustBeJudgedStill,
  mustBeOfPlan,
  mustBeThere,
  onPlan,
} from '../plan-for.ts';
import {
  addSnapshot,
  findSnapshot,
  type LayerAmounts,
  removeSnapshot,
  type Snapshot,
  saveSnapshot,
} from '../store.ts';

export interface PipelineEntry {
  /** Minor units; null: not said, it stands as it stood. */
  layers: LayerAmounts;
  date: string;
}

export interface RecordedPipeline {
  snapshot: Snapshot;
  plan: ActualsPlan;
}

type Entered = PipelineEntry & { id: string };

/**
 * `id`: of the submission, which makes one entry however often it comes.
 * @throws UserError `not_yours`, `no_plan`, `not_begun`, `day_ahead` or `outside_plan`.
 */
export function recordPipeline(
  deps: Deps,
  actor: PersonRef,
  repId: string,
  entry: Entered,
): Promise<RecordedPipeline> {
  return onPlan(deps, actor, { repId, asked: 'pipeline', on: entry.date }, async (tx, plan) => {
    return { snapshot: await enterPipeline(deps, tx, { plan, actor }, entry), plan };
  });
}

/** The same within a transaction in which the plan is held. @throws as `recordPipeline`. */
export async function enterPipeline(
  { clock }: Pick<Deps, 'clock'>,
  tx: Tx,
  { plan, actor }: { plan: ActualsPlan; actor: PersonRef },
  { id, layers, date }: Entered,
): Promise<Snapshot> {
  const { userId: repId } = plan.rep;
  const present = alreadyEntered(await findSnapshot(tx, id), actor, repId);
  if (present) return present;
  mustBeInPlan(plan, date);
  mustBeJudgedStill(plan);
  const entered: Snapshot = {
    id,
    workspaceId: actor.workspaceId,
    repId,
    planId: plan.planId,
    layers,
    date,
    addedBy: actor.userId,
    createdAt: clock.now(),
  };
  await addSnapshot(tx, entered);
  return entered;
}

/** @throws as `recordPipeline`, and UserError `entry_gone` or `plan_over`. */
export async function changePipeline(
  deps: Deps,
  actor: PersonRef,
  id: string,
  entry: PipelineEntry,
): Promise<RecordedPipeline> {
  const { repId, date: on } = mustBeThere(await findSnapshot(deps.db, id), actor);
  return onPlan(deps, actor, { repId, asked: 'pipeline', on }, async (tx, plan) => {
    const before = mustBeThere(await findSnapshot(tx, id), actor);
    mustBeOfPlan(plan, before);
    mustBeJudgedStill(plan);
    mustBeInPlan(plan, entry.date);
    const snapshot = { ...before, ...entry };
    await saveSnapshot(tx, snapshot);
    return { snapshot, plan };
  });
}

/** Null where it was undone already. @throws as `changePipeline`. */
export async function undoPipeline(
  deps: Deps,
  actor: PersonRef,
  id: string,
): Promise<RecordedPipeline | null> {
  const found = await findSnapshot(deps.db, id);
  if (!found || found.workspaceId !== actor.workspaceId) return null;
  const { repId, date: on } = found;
  return onPlan(deps, actor, { repId, asked: 'pipeline', on }, async (tx, plan) => {
    const snapshot = await findSnapshot(tx, id);
    if (!snapshot) return null;
    mustBeOfPlan(plan, snapshot);
    mustBeJudgedStill(plan);
    await removeSnapshot(tx, id);
    return { snapshot, plan };
  });
}

/** Puts it back as it was; one that is back already stays. @throws as `changePipeline`. */
export async function putBackPipeline(
  deps: Deps,
  actor: PersonRef,
  kept: Snapshot,
): Promise<RecordedPipeline> {
  const { repId, date: on } = kept;
  return onPlan(deps, actor, { repId, asked: 'pipeline', on }, async (tx, plan) => {
    mustBeOfPlan(plan, kept);
    const present = await findSnapshot(tx, kept.id);
    const snapshot = present ?? { ...kept, workspaceId: actor.workspaceId };
    mustBeOfPlan(plan, snapshot);
    if (!present) {
      mustBeInPlan(plan, kept.date);
      mustBeJudgedStill(plan);
      await addSnapshot(tx, snapshot);
    }
    return { snapshot, plan };
  });
}
