import type { Context } from '../context.ts';
import { renderDeliveries } from './listeners/deliveries.ts';
import { listenToRequests } from './listeners/requests.ts';
import { listenToSetUp } from './listeners/set-up.ts';
import { listenToSettings } from './listeners/settings.ts';
import { listenToTeam, type PlanStatusOf } from './listeners/team.ts';

/** Adds the set-up, `/bigplan settings` and `/bigplan team`. Plans are told of by whoever knows them. */
export function registerPeople(
  context: Context,
  { planStatusOf }: { planStatusOf: PlanStatusOf },
): void {
  listenToSetUp(context);
  listenToSettings(context);
  listenToTeam(context, planStatusOf);
  listenToRequests(context);
  renderDeliveries(context);
}
