import type { Context } from '../context.ts';
import { meetPerson } from '../people/meet-person.ts';
import { openSetUp } from '../people/open-set-up.ts';
import { teamLedBy } from '../people/store.ts';
import { openView } from '../slack/views.ts';
import type { PlanHooks } from './hooks.ts';
import { listenToCapture } from './listeners/capture.ts';
import { listenToPaste } from './listeners/paste.ts';
import { listenToReading } from './listeners/reading.ts';
import { listenToSigning } from './listeners/signing.ts';
import { openPlan } from './open-plan.ts';
import { planStatuses } from './plan-statuses.ts';
import { registerPlanDeliveries } from './render-deliveries.ts';
import { viewOf } from './screen.ts';
import { whoseView } from './views/whose-view.ts';

/** Adds `/bigplan` itself, the capture, signing and reading. */
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
  listenToCapture(context, hooks.changed);
  listenToPaste(context);
  listenToSigning(context, hooks);
  listenToReading(context, hooks);
  registerPlanDeliveries(context);
}
