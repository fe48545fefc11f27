/** What the pair sees of deals: the form, the record, the list. */
import type { ModalView } from '@slack/types';
import type { Store } from '../../db/store.ts';
import { writeAmount } from '../../input/write-number.ts';
import type { Message } from '../../slack/surfaces.ts';
import { truncate } from '../../slack/truncate.ts';
import { type ActualsPlan, latestDate } from '../plan-for.ts';
import { bookedBy, openRenewals } from '../rules.ts';
import { type DealValues, kindOf, MOST_IN_A_NAME, OTHER_RENEWAL } from '../schemas.ts';
import { type Deal, dealsOfPlan, settlementsOf } from '../store.ts';
import type { Reader } from '../words-view.ts';
import { dealFacts } from './deal-facts.ts';
import { type DealFormScreen, dealForm } from './form-view.ts';
import { type DealListScreen, dealListMessage, dealRecordedMessage } from './view.ts';

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
