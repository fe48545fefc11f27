import type { Context } from '../context.ts';
import { listenToSetUp } from './set-up/slack.ts';
import { listenToSettings, type OpenOwnSettings } from './settings/slack.ts';
import { listenToRequests } from './team/answer-slack.ts';
import { renderDeliveries } from './team/messages.ts';
import { listenToTeam, type PlanStatusOf } from './team/slack.ts';
import { listenToUserChange } from './user-change.ts';

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
