/** Beginning the plan after the one that runs, and opening it again. */
import type { Context } from '../../context.ts';
import { readerOf } from '../access.ts';
import { viewerOf } from '../currency.ts';
import type { PlanHooks } from '../hooks.ts';
import { planNext } from '../ids.ts';
import { openVersion } from '../open-plan.ts';
import { viewOf } from '../screen.ts';
import { carriedText } from './carried-view.ts';
import { startNextPlan } from './start-next.ts';

export function listenToNextPlan(context: Context, hooks: PlanHooks): void {
  context.on.click(planNext, async ({ actor, value: { versionId }, showInstead }) => {
    let begun: ReturnType<typeof startNextPlan> | null = null;
    const begin = async () => {
      const started = await startNextPlan(context, hooks, actor, versionId);
      if (started.carried) hooks.changed(started.repId, actor);
      return started;
    };
    await showInstead(async () => {
      begun ??= begin();
      const started = await begun;
      const plan = await openVersion(context, actor, started.versionId);
      const { draft } = plan.version;
      const viewer = viewerOf(readerOf(plan), draft);
      const notice = started.carried && carriedText(started.carried, draft.period, viewer);
      return viewOf(plan, context, notice ?? undefined);
    });
  });
}
