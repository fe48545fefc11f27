import type { Context } from '../context.ts';
import { registerActualsDeliveries } from './deliveries.ts';
import { listenToDeals } from './listeners/deals.ts';
import { listenToLeads } from './listeners/leads.ts';
import { listenToPipeline } from './listeners/pipeline.ts';
import { listenToWon } from './listeners/won.ts';

/** Adds what is entered of results: won deals and lost renewals, qualified pipeline, viable leads. */
export function registerActuals(context: Context): void {
  listenToWon(context);
  listenToDeals(context);
  listenToPipeline(context);
  listenToLeads(context);
  registerActualsDeliveries(context);
}
