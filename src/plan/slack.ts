import type { Context } from '../context.ts';
import { meetPerson } from '../people/meet-person.ts';
import { openSetUp } from '../people/set-up/open-set-up.ts';
import { teamLedBy } from '../people/store.ts';
import { openView } from '../slack/views.ts';
import { registerPlanDeliveries } from './approval/messages.ts';
import { listenToSigning } from './approval/slack.ts';
import type { PlanHooks } from './deps.ts';
import { openPlan, planStatuses } from './open-plan.ts';
import { listenToReading } from './reading/slack.ts';
import { whoseView } from './reading/whose-view.ts';
import { viewOf } from './screen.ts';
import { listenToPaste } from './wizard/rows/slack.ts';
import { listenToWizard } from './wizard/slack.ts';

/** Adds `/bigplan` itself, the wizard, signing and reading. */
export function registerPlan(context: Context, hooks: PlanHooks): void {
  context.commands.whenAlone(async ({ teamId, userId, triggerId, client }) => {
    if (await openSetUp(context, { teamId, userId, triggerId, client })) return;
    const actor = { workspaceId: teamId, userId };
    const reader = await meetPerson(context, teamId, userId);
    const team = await teamLedBy(context.db, teamId, userId);
    if (team && team.members.length > 0) {
      const ids = [...team.members.map((rep) => rep.userId), userId];
      const statuses = await planStatuses(context, teamId, ids);
      return openView(client, triggerId, whoseView(reader, team.members, statuses));
    }
    const plan = await openPlan(context, actor, userId);
    const settled = await hooks.settledRenewals(plan.version.planId);
    return openView(client, triggerId, viewOf(plan, context, undefined, settled));
  }, 'your plan, where you left it');
  listenToWizard(context, hooks.changed);
  listenToPaste(context);
  listenToSigning(context, hooks);
  listenToReading(context, hooks);
  registerPlanDeliveries(context);
}
