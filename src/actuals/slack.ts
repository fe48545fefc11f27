import type { Context } from '../context.ts';
import { listenToLeads } from './leads/slack.ts';
import { listenToPipeline } from './pipeline/slack.ts';
import { listenToDueRenewals } from './renewals-due/slack.ts';
import { listenToUpdates } from './update/slack.ts';
import { dealNotedKind } from './won/messages.ts';
import { listenToDeals, listenToWon } from './won/slack.ts';
import { listenToWorth } from './worth/slack.ts';

/** Adds what is entered of results: won deals and lost renewals, qualified pipeline, viable leads; and what a
 * deal pays. */
export function registerActuals(context: Context): void {
  listenToWon(context);
  listenToDeals(context);
  listenToWorth(context);
  listenToPipeline(context);
  listenToLeads(context);
  listenToUpdates(context);
  listenToDueRenewals(context);
  context.outbox.declare(dealNotedKind(context));
}
