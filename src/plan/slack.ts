import type { Context } from '../context.ts';
import { recordSeen } from '../db/audit.ts';
import { meetPerson } from '../people/meet-person.ts';
import { setUpView } from '../people/set-up/open-set-up.ts';
import { teamLedBy } from '../people/store.ts';
import { planMessages } from './approval/messages.ts';
import { listenToSigning } from './approval/slack.ts';
import type { PlanHooks } from './hooks.ts';
import { listenToNextPlan } from './next-year/slack.ts';
import { openPlan, planStatuses } from './open-plan.ts';
import { listenToReading } from './reading/slack.ts';
import { whoseView } from './reading/whose-view.ts';
import { dueMessages } from './round/messages.ts';
import { ROUND, roundPlanner } from './round/planner.ts';
import { listenToDues } from './round/slack.ts';
import { followsText, isInMaking, viewOf } from './screen.ts';
import { listenToRows } from './wizard/rows/slack.ts';
import { listenToWizard } from './wizard/slack.ts';

/** Adds `/bigplan` itself, the wizard, signing and reading. */
export function registerPlan(context: Context, hooks: PlanHooks): void {
  context.commands.whenAlone(
    ({ actor, open }) =>
      open(async () => {
        const { workspaceId, userId } = actor;
        const reader = await meetPerson(context, { workspaceId, userId });
        const setUp = await setUpView(context, reader);
        if (setUp) return setUp;
        const team = await teamLedBy(context.db, { workspaceId, userId });
        if (team && team.members.length > 0) {
          const ids = [...team.members.map((rep) => rep.userId), userId];
          const statuses = await planStatuses(context, workspaceId, ids);
          const shows = { kind: 'standing_seen', repIds: ids } as const;
          await recordSeen(context.db, actor, shows, context.clock.now());
          return whoseView(reader, team.members, statuses);
        }
        const plan = await openPlan(context, hooks, actor, userId);
        const { status, planId } = plan.version;
        // The wizard shows none.
        const settled = isInMaking(status) ? undefined : await hooks.settledRenewals(planId);
        return viewOf(plan, context, followsText(plan), settled);
      }),
    'your plan, where you left it',
  );
  listenToWizard(context, hooks.changed);
  listenToRows(context);
  listenToSigning(context, hooks);
  listenToReading(context, hooks);
  listenToNextPlan(context, hooks);
  listenToDues(context, hooks);
  context.outbox.declare(...planMessages(context), ...dueMessages(context));
  context.scheduler.register(ROUND, roundPlanner(context));
}
