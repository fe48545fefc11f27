/** What the pair sees of deals: the form, the record, the list. */
import type { ModalView } from '@slack/types';
import type { PersonRef, Store } from '../../db/store.ts';
import { writeAmount } from '../../input/write-number.ts';
import { formatMoney } from '../../slack/format.ts';
import type { Message } from '../../slack/surfaces.ts';
import { truncate } from '../../slack/truncate.ts';
import type { Clock } from '../../time/clock.ts';
import { type ActualsPlan, actualsReader, latestDate, planFor } from '../plan-for.ts';
import { accountKey, bookedBy, matchRenewal, openRenewals } from '../rules.ts';
import { type DealValues, kindOf, MOST_IN_A_NAME, OTHER_RENEWAL } from '../schemas.ts';
import { type Deal, dealsOfPlan, settlementsOf } from '../store.ts';
import type { Reader } from '../words-view.ts';
import { dealFacts } from './deal-facts.ts';
import { type DealFormScreen, dealForm } from './form-view.ts';
import { askLostView, askWonView, neverWonView } from './hear-view.ts';
import { readDeal } from './read-deal.ts';
import {
  type DealListScreen,
  dealListMessage,
  dealRecordedMessage,
  dealSettledMessage,
} from './view.ts';

export const noValues = (plan: ActualsPlan): DealValues => ({
  kind: null,
  renewal: null,
  account: null,
  amount: null,
  date: latestDate(plan),
});

/** A deal as the one who edits it would type it. */
export function valuesOf(deal: Deal, reader: Reader): DealValues {
  return {
    kind: kindOf(deal),
    renewal: deal.layer === 'renewal' ? (deal.renewalId ?? OTHER_RENEWAL) : null,
    account: deal.account,
    amount: writeAmount(deal.amount, reader),
    date: deal.date,
  };
}

export interface DealScreen
  extends Pick<DealFormScreen, 'about' | 'problem' | 'words' | 'settledBy'> {
  values: DealValues;
  reader: Reader;
  submissionId?: string;
}

/** The form, with those of the plan's renewals that are open or that the deal itself settles. */
export async function dealFormOf(
  { db }: Pick<Store, 'db'>,
  { planId, draft }: ActualsPlan,
  { values, reader, about, ...screen }: DealScreen,
): Promise<ModalView> {
  const settled = await settlementsOf(db, planId);
  const others = settled.filter(({ id }) => id !== about.entry);
  const renewals = openRenewals(draft.renewals, others);
  const hasRenewals = renewals.length > 0 || screen.settledBy !== undefined;
  return dealForm.view({
    ...screen,
    about,
    style: { ...reader, hasRenewals },
    raw: { ...values, account: values.account && truncate(values.account, MOST_IN_A_NAME) },
    // What was typed into a new deal's fields must not stay in those of another.
    rev: about.entry ?? 'new',
    renewals,
  });
}

export async function recordedMessage(
  store: Store,
  plan: ActualsPlan,
  reader: Reader,
  { deal, before }: { deal: Deal; before: Deal | null },
): Promise<Message> {
  return dealRecordedMessage(
    deal,
    await dealFacts(store, plan, deal, reader.userId),
    reader,
    before,
  );
}

/** What can be done about a lost deal that is no renewal of the plan. */
export async function neverWonMessage(
  { db }: Pick<Store, 'db'>,
  plan: ActualsPlan,
  account: string,
): Promise<Message> {
  const key = accountKey(account);
  const deals = await dealsOfPlan(db, plan.planId);
  const wasWon = deals.some((deal) => deal.outcome === 'won' && accountKey(deal.account) === key);
  return neverWonView({
    rep: plan.rep.userId,
    account,
    wasWon,
    values: { ...noValues(plan), kind: 'lost', renewal: OTHER_RENEWAL, account },
  });
}

/**
 * What a rep told of a lost deal can do about it: settle the renewal of that name in its form, or what else there is.
 * @throws UserError as `planFor`.
 */
export async function lostMessage(
  deps: Store & { clock: Clock },
  actor: PersonRef,
  account: string,
): Promise<Message> {
  const plan = await planFor(deps, actor, actor.userId, 'won');
  const rep = plan.rep.userId;
  if (account === '') return askLostView({ rep, values: { ...noValues(plan), kind: 'lost' } });
  const match = matchRenewal(
    plan.draft.renewals,
    await settlementsOf(deps.db, plan.planId),
    account,
  );
  if (match.kind === 'none') return neverWonMessage(deps, plan, account);
  const reader = actualsReader(plan.rep, plan);
  if (match.kind === 'settled') return dealSettledMessage(match.by, reader, null);
  const [renewal] = match.kind === 'one' ? [match.renewal] : match.renewals;
  const values = { ...noValues(plan), kind: 'lost' as const, renewal: renewal?.id ?? null };
  return askLostView({ rep, values, account: renewal?.account ?? account });
}

/**
 * What a rep told of a deal, as the form that enters it begins.
 * @throws UserError as `planFor`.
 */
export async function wonMessage(
  deps: Store & { clock: Clock },
  actor: PersonRef,
  text: string,
): Promise<Message> {
  const plan = await planFor(deps, actor, actor.userId, 'won');
  const reader = actualsReader(plan.rep, plan);
  const read = readDeal(text, reader);
  const deal = read.ok && read.kind === 'deal' ? read.deal : null;
  const said = deal ?? (read.ok ? null : read.understood);
  const kind = said?.layer ? kindOf({ layer: said.layer, outcome: said.outcome }) : null;
  const minor = deal?.amount ?? null;
  const amount = minor === null ? null : writeAmount(minor, reader);
  const values = {
    ...noValues(plan),
    kind,
    account: said?.account ?? null,
    amount: amount ?? (read.ok ? null : read.understood.amount),
    date: said?.date ?? latestDate(plan),
  };
  const shown = minor === null ? values.amount : formatMoney(minor, reader);
  return askWonView({ rep: plan.rep.userId, values, amount: shown, reader });
}

export async function listMessage(
  { db }: Store,
  plan: ActualsPlan,
  reader: Reader,
  more: Pick<DealListScreen, 'page' | 'notice' | 'undone'>,
): Promise<Message> {
  const deals = await dealsOfPlan(db, plan.planId);
  const booked = bookedBy(deals, latestDate(plan));
  return dealListMessage({ repId: plan.rep.userId, deals, booked, reader, ...more });
}
