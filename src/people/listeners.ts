import type { Context } from '../context.ts';
import { renderDeliveries } from './listeners/deliveries.ts';
import { listenToRequests } from './listeners/requests.ts';
import { listenToSetUp } from './listeners/set-up.ts';
import { listenToSettings, type OpenOwnSettings } from './listeners/settings.ts';
import { listenToTeam, type PlanStatusOf } from './listeners/team.ts';
import { listenToUserChange } from './listeners/user-change.ts';

/**
 * Adds the set-up, `/bigplan settings` and `/bigplan team`. Plans, and what each person sets for
 * themselves, are shown by whoever knows them.
 */
export function registerPeople(
  context: Context,
  {
    planStatusOf,
    openOwnSettings,
  }: { planStatusOf: PlanStatusOf; openOwnSettings: OpenOwnSettings },
): void {
  listenToSetUp(context);
  listenToSettings(context, openOwnSettings);
  listenToTeam(context, planStatusOf);
  listenToRequests(context);
  listenToUserChange(context);
  renderDeliveries(context);
}
