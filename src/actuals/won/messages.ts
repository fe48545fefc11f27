/** The one message about actuals that nobody asks for: a rep hears of a deal that their manager entered. */
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { NewDelivery, Renderer } from '../../outbox/delivery.ts';
import type { RepId } from '../deps.ts';
import { type ActualsPlan, planFor, readerOf } from '../plan-for.ts';
import { findDeal } from '../store.ts';
import { dealFacts } from './deal-facts.ts';
import { dealNotedMessage } from './view.ts';

/** Subject: the deal's id. */
const DEAL_NOTED = 'deal_noted';

export function dealNoted({ workspaceId, userId }: RepId, dealId: string): NewDelivery {
  return { team: workspaceId, person: userId, kind: DEAL_NOTED, key: dealId, subject: dealId };
}

export function registerActualsDeliveries(context: Context): void {
  context.outbox.register(DEAL_NOTED, noted(context));
}

const noted =
  (context: Context): Renderer =>
  async ({ team, person, subject }) => {
    const rep = { workspaceId: team, userId: person };
    const deal = await findDeal(context.db, subject);
    if (!deal) return null;
    const plan = await planOf(context, rep);
    if (!plan || plan.rep.deactivated || plan.planId !== deal.planId) return null;
    const facts = await dealFacts(context, plan, deal);
    return { to: { user: person }, ...dealNotedMessage(deal, facts, readerOf(plan.rep, plan)) };
  };

/** Null where there is none any more. */
async function planOf(context: Context, rep: RepId): Promise<ActualsPlan | null> {
  try {
    return await planFor(context, rep, rep.userId, 'won');
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
