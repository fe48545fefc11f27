/** The one message about actuals that nobody asks for: a rep hears of a deal that their manager entered. */
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { keyFor, type NewDelivery } from '../../outbox/delivery.ts';
import { messageKind } from '../../outbox/message.ts';
import { type ActualsPlan, actualsReader, planFor } from '../plan-for.ts';
import { type Deal, findDeal } from '../store.ts';
import { type DealFacts, dealFacts } from './deal-facts.ts';
import { dealNotedMessage } from './view.ts';

/** Subject: the deal's id. */
const DEAL_NOTED = 'deal_noted';

export const dealNoted = (rep: PersonRef, dealId: string): NewDelivery => ({
  ...keyFor(rep, DEAL_NOTED, dealId),
  subject: dealId,
});

/** Of what is told of a deal where its rep wants that: kept as the deal is. */
export const wonSubject = (dealId: string): string => `wins:${dealId}`;

interface Noted {
  deal: Deal;
  facts: DealFacts;
  plan: ActualsPlan;
}

export const dealNotedKind = (context: Context) =>
  messageKind<Noted>({
    kind: DEAL_NOTED,
    weight: 'must',
    async load({ reader, subject }) {
      const deal = await findDeal(context.db, subject);
      const plan = deal && (await planOf(context, reader, deal.date));
      if (!deal || !plan || plan.rep.deactivated || plan.planId !== deal.planId) return null;
      return { deal, plan, facts: await dealFacts(context, plan, deal, plan.rep.userId) };
    },
    render: ({ deal, facts, plan }) => dealNotedMessage(deal, facts, actualsReader(plan.rep, plan)),
  });

/** Null where there is none any more. */
async function planOf(context: Context, rep: PersonRef, on: string): Promise<ActualsPlan | null> {
  try {
    return await planFor(context, rep, rep.userId, 'won', on);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
