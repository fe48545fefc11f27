/** What came of a renewal whose date has passed, from the check-in. */
import type { Deps } from '../../context.ts';
import type { Db, Tx } from '../../db/client.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { localDateIn } from '../../time/zone.ts';
import { derivedId } from '../derived-id.ts';
import { type ActualsPlan, onPlan, type PlanRenewal } from '../plan-for.ts';
import type { Outcome } from '../schemas.ts';
import { renewalWaits, saveRenewalWait, settlementsOf } from '../store.ts';
import { enterDeal } from '../won/record-deal.ts';
import { renewalsDue } from './due-rules.ts';
import type { DueRenewal } from './view.ts';

/**
 * The renewals that the check-in of a local date asks about, and what came of them since. Those that were settled
 * before that day aren't in it. `after`: see `renewalsDue`.
 */
export async function dueRenewals(
  db: Db | Tx,
  { planId, draft, rep }: ActualsPlan,
  span: { after: string | null; date: string },
): Promise<DueRenewal[]> {
  if (draft.renewals.length === 0) return [];
  const settled = await settlementsOf(db, planId);
  return renewalsDue(draft.renewals, await renewalWaits(db, planId), span).flatMap((row) => {
    const settledBy = settled.find(({ renewalId }) => renewalId === row.id) ?? null;
    const isOld = settledBy && localDateIn(rep.timeZone, settledBy.createdAt) < span.date;
    const { id, account, amount, date } = row;
    return isOld ? [] : [{ id, account, amount, date, settledBy }];
  });
}

/** Which renewal of the plan, in the check-in of which local date. */
export interface DuePlace {
  renewal: string;
  date: string;
}

/**
 * Records it with what the plan says, on the day on which it was due; once, however often it is pressed.
 * @throws UserError `renewal_gone`, and as `recordDeal`.
 */
export async function settleDue(
  deps: Deps,
  actor: PersonRef,
  { renewal, date: shownOn }: DuePlace,
  outcome: Outcome,
): Promise<void> {
  await onOwnPlan(deps, actor, shownOn, async (tx, plan) => {
    const { id, account, amount, date } = mustFindRenewal(plan, renewal);
    const entry = { layer: 'renewal' as const, outcome, account, amount, date, renewal: id };
    const dealId = derivedId('due', plan.planId, id);
    await enterDeal(deps, tx, { plan, actor }, { id: dealId, ...entry });
  });
}

/** Asks again in the first check-in on or after `until`. @throws UserError `renewal_gone`. */
export async function waitForRenewal(
  deps: Deps,
  actor: PersonRef,
  { renewal, date: shownOn }: DuePlace,
  until: string,
): Promise<void> {
  await onOwnPlan(deps, actor, shownOn, async (tx, plan) => {
    const { id } = mustFindRenewal(plan, renewal);
    await saveRenewalWait(tx, plan.planId, id, until);
  });
}

const onOwnPlan = <T>(
  deps: Deps,
  actor: PersonRef,
  shownOn: string,
  work: (tx: Tx, plan: ActualsPlan) => Promise<T>,
) => onPlan(deps, actor, { repId: actor.userId, asked: 'won', shownOn }, work);

/** @throws UserError `renewal_gone`. */
export function mustFindRenewal({ draft }: Pick<ActualsPlan, 'draft'>, id: string): PlanRenewal {
  const found = draft.renewals.find((row) => row.id === id);
  if (found) return found;
  throw new UserError(
    'renewal_gone',
    'That renewal is no longer in your plan. `/bigplan won` takes any other deal.',
  );
}
