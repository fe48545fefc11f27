/** Viable leads received: entered, changed, undone and put back. */
import type { Deps } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import {
  type ActualsPlan,
  alreadyEntered,
  mustBeInPlan,
  mustBeThere,
  onPlan,
} from '../plan-for.ts';
import {
  addLeads,
  findLeads,
  type LeadCounts,
  type Leads,
  removeLeads,
  saveLeads,
} from '../store.ts';

export interface LeadsEntry extends LeadCounts {
  date: string;
}

export interface RecordedLeads {
  leads: Leads;
  plan: ActualsPlan;
}

/**
 * `id`: of the submission, which makes one entry however often it comes.
 * @throws UserError `not_yours`, `no_plan`, `not_begun`, `day_ahead` or `outside_plan`.
 */
export function recordLeads(
  deps: Deps,
  actor: PersonRef,
  repId: string,
  { id, inbound, outbound, date }: LeadsEntry & { id: string },
): Promise<RecordedLeads> {
  return onPlan(deps, actor, { repId, asked: 'leads' }, async (tx, plan) => {
    const present = alreadyEntered(await findLeads(tx, id), actor, repId);
    if (present) return { leads: present, plan };
    mustBeInPlan(plan, date);
    const leads: Leads = {
      id,
      workspaceId: actor.workspaceId,
      repId,
      date,
      inbound,
      outbound,
      addedBy: actor.userId,
      createdAt: deps.clock.now(),
    };
    await addLeads(tx, leads);
    return { leads, plan };
  });
}

/** @throws as `recordLeads`, and UserError `entry_gone`. */
export async function changeLeads(
  deps: Deps,
  actor: PersonRef,
  id: string,
  entry: LeadsEntry,
): Promise<RecordedLeads> {
  const { repId } = mustBeThere(await findLeads(deps.db, id), actor);
  return onPlan(deps, actor, { repId, asked: 'leads' }, async (tx, plan) => {
    const before = mustBeThere(await findLeads(tx, id), actor);
    mustBeInPlan(plan, entry.date);
    const leads = { ...before, ...entry };
    await saveLeads(tx, leads);
    return { leads, plan };
  });
}

/** Null where it was undone already. @throws as `changeLeads`. */
export async function undoLeads(
  deps: Deps,
  actor: PersonRef,
  id: string,
): Promise<RecordedLeads | null> {
  const found = await findLeads(deps.db, id);
  if (!found || found.workspaceId !== actor.workspaceId) return null;
  return onPlan(deps, actor, { repId: found.repId, asked: 'leads' }, async (tx, plan) => {
    const leads = await findLeads(tx, id);
    if (!leads) return null;
    await removeLeads(tx, id);
    return { leads, plan };
  });
}

/** Puts it back as it was; one that is back already stays. @throws as `changeLeads`. */
export async function putBackLeads(
  deps: Deps,
  actor: PersonRef,
  kept: Leads,
): Promise<RecordedLeads> {
  return onPlan(deps, actor, { repId: kept.repId, asked: 'leads' }, async (tx, plan) => {
    const present = await findLeads(tx, kept.id);
    if (present?.repId === kept.repId) return { leads: mustBeThere(present, actor), plan };
    mustBeInPlan(plan, kept.date);
    const leads = { ...kept, workspaceId: actor.workspaceId };
    await addLeads(tx, leads);
    return { leads, plan };
  });
}
