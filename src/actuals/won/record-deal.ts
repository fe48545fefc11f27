/** Won deals and lost renewals: entered, changed, undone and put back. */
import type { Deps } from '../../context.ts';
import type { Tx } from '../../db/client.ts';
import type { PersonRef, Store } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import type { Layer } from '../../plan/schemas.ts';
import {
  type ActualsPlan,
  alreadyEntered,
  mustBeInPlan,
  mustBeOfPlan,
  mustBeThere,
  onPlan,
  type PlanRenewal,
} from '../plan-for.ts';
import { matchRenewal } from '../rules.ts';
import { OTHER_RENEWAL, type Outcome } from '../schemas.ts';
import { addDeal, type Deal, findDeal, removeDeal, saveDeal, settlementsOf } from '../store.ts';
import { dealNoted, wonSubject } from './messages.ts';

export interface DealEntry {
  layer: Layer;
  outcome: Outcome;
  /** Null: as in the plan's row. */
  account: string | null;
  /** Null, for a lost renewal: as in the plan's row. */
  amount: number | null;
  date: string;
  /** The plan's row, `OTHER_RENEWAL`, or null: whichever has the account's name. */
  renewal: string | null;
}

export type RecordedDeal =
  | { kind: 'recorded'; deal: Deal; before: Deal | null; plan: ActualsPlan }
  /** Several renewals of that account are open: which of them is for the person to say. */
  | { kind: 'which'; renewals: PlanRenewal[]; plan: ActualsPlan }
  /** The renewal is settled by another deal. */
  | { kind: 'settled'; by: Deal; plan: ActualsPlan };

type Entered = DealEntry & { id: string };

/**
 * Whose rep it is hears of what their manager entered, once. `id`: of the submission, which makes one deal
 * however often it comes.
 * @throws UserError `not_yours`, `no_plan`, `not_begun`, `day_ahead`, `outside_plan` or `no_amount`.
 */
export function recordDeal(
  deps: Deps,
  actor: PersonRef,
  repId: string,
  entry: Entered,
): Promise<RecordedDeal> {
  return onPlan(deps, actor, { repId, asked: 'won', on: entry.date }, (tx, plan) =>
    enterDeal(deps, tx, { plan, actor }, entry),
  );
}

/** The same within a transaction in which the plan is held. @throws as `recordDeal`. */
export async function enterDeal(
  deps: Pick<Deps, 'clock' | 'outbox'>,
  tx: Tx,
  { plan, actor }: { plan: ActualsPlan; actor: PersonRef },
  { id, ...entry }: Entered,
): Promise<RecordedDeal> {
  const { userId: repId } = plan.rep;
  const present = alreadyEntered(await findDeal(tx, id), actor, repId);
  if (present) return { kind: 'recorded', deal: present, before: null, plan };
  const settled = await settle(tx, plan, entry, null);
  if (settled.kind !== 'one') return { ...settled, plan };
  const deal: Deal = {
    ...settled.values,
    id,
    workspaceId: actor.workspaceId,
    repId,
    planId: plan.planId,
    addedBy: actor.userId,
    createdAt: deps.clock.now(),
  };
  await addDeal(tx, deal);
  if (repId !== actor.userId) await deps.outbox.enqueue(tx, dealNoted(plan.rep, deal.id));
  return { kind: 'recorded', deal, before: null, plan };
}

/** @throws as `recordDeal`, and UserError `entry_gone` or `plan_over`. */
export async function changeDeal(
  deps: Deps,
  actor: PersonRef,
  dealId: string,
  entry: DealEntry,
): Promise<RecordedDeal> {
  const { repId, date: on } = await mustFindDeal(deps, actor, dealId);
  return onPlan(deps, actor, { repId, asked: 'won', on }, async (tx, plan) => {
    const before = await mustFindDeal({ db: tx }, actor, dealId);
    mustBeOfPlan(plan, before);
    const settled = await settle(tx, plan, entry, before);
    if (settled.kind !== 'one') return { ...settled, plan };
    const deal = { ...before, ...settled.values };
    await saveDeal(tx, deal);
    if (isToldOtherwise(before, deal)) await mendTold(deps, tx, deal);
    return { kind: 'recorded', deal, before, plan };
  });
}

/** Returns what was undone; null where it was already. @throws as `changeDeal`. */
export async function undoDeal(
  deps: Deps,
  actor: PersonRef,
  dealId: string,
): Promise<{ deal: Deal; plan: ActualsPlan } | null> {
  const found = await findDeal(deps.db, dealId);
  if (!found || found.workspaceId !== actor.workspaceId) return null;
  return onPlan(
    deps,
    actor,
    { repId: found.repId, asked: 'won', on: found.date },
    async (tx, plan) => {
      const deal = await findDeal(tx, dealId);
      if (!deal) return null;
      mustBeOfPlan(plan, deal);
      await removeDeal(tx, dealId);
      await mendTold(deps, tx, deal);
      return { deal, plan };
    },
  );
}

/** Puts an undone deal back as it was; one that is back already stays. @throws as `changeDeal`. */
export async function putBackDeal(
  deps: Deps,
  actor: PersonRef,
  deal: Deal,
): Promise<Exclude<RecordedDeal, { kind: 'which' }>> {
  return onPlan(
    deps,
    actor,
    { repId: deal.repId, asked: 'won', on: deal.date },
    async (tx, plan) => {
      mustBeOfPlan(plan, deal);
      const present = await findDeal(tx, deal.id);
      if (present) {
        mustBeOfPlan(plan, present);
        return { kind: 'recorded', deal: present, before: null, plan };
      }
      mustBeInPlan(plan, deal.date);
      const by = await settlerOf(tx, deal);
      if (by) return { kind: 'settled', by, plan };
      await addDeal(tx, { ...deal, workspaceId: actor.workspaceId });
      await mendTold(deps, tx, { ...deal, workspaceId: actor.workspaceId });
      return { kind: 'recorded', deal, before: null, plan };
    },
  );
}

/** Only what is said of a deal changes what was told of it: its day or layer alone don't. */
const isToldOtherwise = (before: Deal, { account, amount, outcome }: Deal): boolean =>
  account !== before.account || amount !== before.amount || outcome !== before.outcome;

/** Where it was told already, that says what is so now. */
const mendTold = (
  { outbox }: Pick<Deps, 'outbox'>,
  tx: Tx,
  { workspaceId, id }: Pick<Deal, 'workspaceId' | 'id'>,
): Promise<void> => outbox.refresh(tx, { workspaceId, subject: wonSubject(id) });

/** @throws UserError `entry_gone`. */
export async function mustFindDeal(
  { db }: Pick<Store, 'db'>,
  actor: PersonRef,
  dealId: string,
): Promise<Deal> {
  return mustBeThere(await findDeal(db, dealId), actor);
}

type Settling =
  | {
      kind: 'one';
      values: Omit<Deal, 'id' | 'workspaceId' | 'repId' | 'planId' | 'addedBy' | 'createdAt'>;
    }
  | { kind: 'which'; renewals: PlanRenewal[] }
  | { kind: 'settled'; by: Deal };

/** What the entry says, with the renewal that it settles; `before` is what it was, in a change. */
async function settle(
  tx: Tx,
  plan: ActualsPlan,
  entry: DealEntry,
  before: Deal | null,
): Promise<Settling> {
  mustBeInPlan(plan, entry.date);
  const { layer, outcome, date } = entry;
  const { renewals } = plan.draft;
  const others = (await settlementsOf(tx, plan.planId)).filter(({ id }) => id !== before?.id);
  let row: PlanRenewal | null = null;
  if (layer === 'renewal' && entry.renewal !== OTHER_RENEWAL) {
    row = renewals.find(({ id }) => id === entry.renewal) ?? null;
    const by = row && others.find(({ renewalId }) => renewalId === row?.id);
    if (by) return { kind: 'settled', by };
    if (!row && entry.account !== null) {
      const match = matchRenewal(renewals, others, entry.account);
      if (match.kind === 'several') return { kind: 'which', renewals: match.renewals };
      if (match.kind === 'settled') return match;
      if (match.kind === 'one') row = match.renewal;
    }
  }
  const account = row?.account ?? entry.account;
  const amount = entry.amount ?? (outcome === 'lost' ? (row?.amount ?? null) : null);
  if (account === null) throw new UserError('no_account', 'Which account was it?', 'account');
  if (amount === null) {
    throw new UserError(
      'no_amount',
      'No renewal of the plan has that name: how much was it?',
      'amount',
    );
  }
  if (amount === 0) {
    throw new UserError(
      'no_amount',
      'A deal of nothing would count as a win: how much was it?',
      'amount',
    );
  }
  return {
    kind: 'one',
    values: { layer, outcome, date, account, amount, renewalId: row?.id ?? null },
  };
}

async function settlerOf(tx: Tx, { planId, renewalId }: Deal): Promise<Deal | null> {
  if (renewalId === null) return null;
  const all = await settlementsOf(tx, planId);
  return all.find((one) => one.renewalId === renewalId) ?? null;
}
