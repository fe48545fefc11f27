/** Viable leads received: entered, changed, undone and put back. */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
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

type Entered = LeadsEntry & { id: string };

/**
 * `id`: of the submission, which makes one entry however often it comes.
 * @throws UserError `not_yours`, `no_plan`, `not_begun`, `day_ahead` or `outside_plan`.
 */
export function recordLeads(
  deps: Deps,
  actor: PersonRef,
  repId: string,
  entry: Entered,
): Promise<RecordedLeads> {
  return onPlan(deps, actor, { repId, asked: 'leads', on: entry.date }, async (tx, plan) => {
    return { leads: await enterLeads(deps, tx, { plan, actor }, entry), plan };
  });
}

/** The same within a transaction in which the plan is held. @throws as `recordLeads`. */
export async function enterLeads(
  { clock }: Pick<Deps, 'clock'>,
  tx: Tx,
  { plan, actor }: { plan: ActualsPlan; actor: PersonRef },
  { id, inbound, outbound, date }: Entered,
): Promise<Leads> {
  const { userId: repId } = plan.rep;
  const present = alreadyEntered(await findLeads(tx, id), actor, repId);
  if (present) return present;
  mustBeInPlan(plan, date);
  const entered: Leads = {
    id,
    workspaceId: actor.workspaceId,
    repId,
    inbound,
    outbound,
    date,
    addedBy: actor.userId,
    createdAt: clock.now(),
  };
  await addLeads(tx, entered);
  return entered;
}

/** @throws as `recordLeads`, and UserError `entry_gone`. */
export async function changeLeads(
  deps: Deps,
  actor: PersonRef,
  id: string,
  entry: LeadsEntry,
): Promise<RecordedLeads> {
  const { repId } = mustBeThere(await findLeads(deps.db, id), actor);
  return onPlan(deps, actor, { repId, asked: 'leads', on: entry.date }, async (tx, plan) => {
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
  return onPlan(
    deps,
    actor,
    { repId: kept.repId, asked: 'leads', on: kept.date },
    async (tx, plan) => {
      const present = await findLeads(tx, kept.id);
      if (present?.repId === kept.repId) return { leads: mustBeThere(present, actor), plan };
      mustBeInPlan(plan, kept.date);
      const leads = { ...kept, workspaceId: actor.workspaceId };
      await addLeads(tx, leads);
      return { leads, plan };
    },
  );
}
