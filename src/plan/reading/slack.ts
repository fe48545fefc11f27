/** Reading a plan: how a figure came about, the versions, what changed between two of them. */
import type { Context } from '../../context.ts';
import type { Db } from '../../db/client.ts';
import type { Store } from '../../db/store.ts';
import { actions } from '../../slack/blocks.ts';
import { readerOf } from '../access.ts';
import type { PlanHooks } from '../hooks.ts';
import { explainBlock, planCompare, planExplain, planHistory, planRead } from '../ids.ts';
import { openVersion } from '../open-plan.ts';
import { screenOf } from '../screen.ts';
import { historyOf, type Version, versionBefore } from '../store.ts';
import { type Change, diffDrafts } from './diff-rules.ts';
import { explanationView } from './explanation-view.ts';
import { comparisonView, historyView } from './history-view.ts';
import { readButton, readingView } from './reading-view.ts';
import { summaryBlocks } from './summary-view.ts';

export function listenToReading(
  context: Context,
  { settledRenewals }: Pick<PlanHooks, 'settledRenewals'>,
): void {
  const { on } = context;

  on.click(planExplain, async ({ actor, value: figure, blockId, showOver }) => {
    const versionId = explainBlock.read(blockId)?.versionId ?? '';
    await showOver(async () => {
      const { version, live, viewer } = screenOf(
        await openVersion(context, actor, versionId),
        context,
      );
      const { overrides } = version.draft;
      return explanationView(live, figure, viewer, { versionId, overrides });
    });
  });

  on.click(planHistory, async ({ actor, value, by, showOver, showInstead }) => {
    const { versionId, page = 0 } = value;
    // Its own buttons turn its pages, and lead to the versions of other plans.
    const show = by === '' ? showOver : showInstead;
    await show(async () => {
      const plan = await openVersion(context, actor, versionId);
      const { planId } = plan.version;
      const others = plan.plans.filter(({ id }) => id !== planId);
      const { locale } = readerOf(plan);
      const versions = await historyOf(context, planId);
      const isOwn = plan.side === 'rep';
      return historyView(versions, versionId, page, { others, locale, isOwn });
    });
  });

  on.click(planRead, async ({ actor, value: place, by, showOver, showInstead }) => {
    // Its own buttons turn the pages of the view that is open already.
    const show = by === '' ? showOver : showInstead;
    await show(async () => {
      const plan = await openVersion(context, actor, place.versionId);
      const { live, viewer } = screenOf(plan, context);
      const { draft, planId } = plan.version;
      return readingView(draft, live, viewer, place, await settledRenewals(planId));
    });
  });

  on.click(planCompare, async ({ actor, value: versionId, showOver }) => {
    await showOver(async () => {
      const plan = await openVersion(context, actor, versionId);
      const { live, viewer, today } = screenOf(plan, context);
      const { draft, number } = plan.version;
      const comparison = await compareVersion(context, plan.version);
      const summary = [
        ...summaryBlocks(draft, live, viewer, today),
        actions([readButton(plan.version.id)]),
      ];
      const { changed } = plan;
      const proposed = changed && 'proposedAt' in changed.since ? changed : null;
      return comparisonView({ number, ...comparison, viewer, summary, proposed });
    });
  });
}

/** What a version changed against the one before it; `previous` is null for the first. */
async function compareVersion(
  deps: Store<Db>,
  version: Version,
): Promise<{ previous: number | null; changes: Change[] }> {
  const previous = await versionBefore(deps, version);
  if (!previous) return { previous: null, changes: [] };
  return { previous: previous.number, changes: diffDrafts(previous.draft, version.draft) };
}
