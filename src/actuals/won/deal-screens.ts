/** What the pair sees of deals: the form, the record, the list. */
import type { ModalView } from '@slack/types';
import { writeAmount } from '../../input/write-number.ts';
import type { Message } from '../../slack/surfaces.ts';
import type { Reading } from '../deps.ts';
import { type ActualsPlan, latestDate } from '../plan-for.ts';
import { bookedBy } from '../rules.ts';
import { kindOf, OTHER_RENEWAL } from '../schemas.ts';
import { type Deal, dealsOfPlan, settlementsOf } from '../store.ts';
import type { Reader } from '../words-view.ts';
import { dealFacts } from './deal-facts.ts';
import { type DealFormScreen, type DealValues, dealForm } from './form-view.ts';
import { type DealListScreen, dealListMessage } from './list-view.ts';
import { openRenewals } from './match-renewal-rules.ts';
import { dealRecordedMessage } from './view.ts';

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

/** The form, with those of the plan's renewals that are open or that the deal itself settles. */
export async function dealFormOf(
  { db }: Reading,
  { planId, draft }: ActualsPlan,
  screen: Omit<DealFormScreen, 'renewals'>,
): Promise<ModalView> {
  const settled = await settlementsOf(db, planId);
  const others = settled.filter(({ id }) => id !== screen.state.entry);
  return dealForm({ ...screen, renewals: openRenewals(draft.renewals, others) });
}

export async function recordedMessage(
  store: Reading,
  plan: ActualsPlan,
  reader: Reader,
  { deal, before }: { deal: Deal; before: Deal | null },
): Promise<Message> {
  return dealRecordedMessage(deal, await dealFacts(store, plan, deal), reader, before);
}

export async function listMessage(
  { db }: Reading,
  plan: ActualsPlan,
  reader: Reader,
  more: Pick<DealListScreen, 'page' | 'notice' | 'undone'>,
): Promise<Message> {
  const deals = await dealsOfPlan(db, plan.planId);
  const booked = bookedBy(deals, latestDate(plan));
  return dealListMessage({ repId: plan.rep.userId, deals, booked, reader, ...more });
}
