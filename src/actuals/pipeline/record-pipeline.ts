/** Qualified pipeline, as it stands on a day: entered, changed, undone and put back. */
import { randomUUID } from 'node:crypto';
import type { ActualsDeps, RepId } from '../deps.ts';
import { mustBeOfPlan, mustBeThere, onPlan } from '../on-plan.ts';
import { type ActualsPlan, mustBeInPlan } from '../plan-for.ts';
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

/** @throws UserError `not_yours`, `no_plan`, `not_begun`, `day_ahead` or `outside_plan`. */
export function recordPipeline(
  deps: ActualsDeps,
  actor: RepId,
  repId: string,
  { layers, date }: PipelineEntry,
): Promise<RecordedPipeline> {
  return onPlan(deps, actor, { repId, asked: 'pipeline' }, async (tx, plan) => {
    mustBeInPlan(plan, date);
    const snapshot: Snapshot = {
      id: randomUUID(),
      workspaceId: actor.workspaceId,
      repId,
      planId: plan.planId,
      date,
      layers,
      addedBy: actor.userId,
      createdAt: deps.clock.now(),
    };
    await addSnapshot(tx, snapshot);
    return { snapshot, plan };
  });
}

/** @throws as `recordPipeline`, and UserError `entry_gone` or `plan_over`. */
export async function changePipeline(
  deps: ActualsDeps,
  actor: RepId,
  id: string,
  entry: PipelineEntry,
): Promise<RecordedPipeline> {
  const { repId } = mustBeThere(await findSnapshot(deps.db, id), actor);
  return onPlan(deps, actor, { repId, asked: 'pipeline' }, async (tx, plan) => {
    const before = mustBeThere(await findSnapshot(tx, id), actor);
    mustBeOfPlan(plan, before);
    mustBeInPlan(plan, entry.date);
    const snapshot = { ...before, ...entry };
    await saveSnapshot(tx, snapshot);
    return { snapshot, plan };
  });
}

/** Null where it was undone already. @throws as `changePipeline`. */
export async function undoPipeline(
  deps: ActualsDeps,
  actor: RepId,
  id: string,
): Promise<RecordedPipeline | null> {
  const found = await findSnapshot(deps.db, id);
  if (!found || found.workspaceId !== actor.workspaceId) return null;
  return onPlan(deps, actor, { repId: found.repId, asked: 'pipeline' }, async (tx, plan) => {
    const snapshot = await findSnapshot(tx, id);
    if (!snapshot) return null;
    mustBeOfPlan(plan, snapshot);
    await removeSnapshot(tx, id);
    return { snapshot, plan };
  });
}

/** Puts it back as it was; one that is back already stays. @throws as `changePipeline`. */
export async function putBackPipeline(
  deps: ActualsDeps,
  actor: RepId,
  kept: Snapshot,
): Promise<RecordedPipeline> {
  return onPlan(deps, actor, { repId: kept.repId, asked: 'pipeline' }, async (tx, plan) => {
    mustBeOfPlan(plan, kept);
    const present = await findSnapshot(tx, kept.id);
    const snapshot = present ?? { ...kept, workspaceId: actor.workspaceId };
    mustBeOfPlan(plan, snapshot);
    if (!present) {
      mustBeInPlan(plan, kept.date);
      await addSnapshot(tx, snapshot);
    }
    return { snapshot, plan };
  });
}
