/** Reading a plan: how a figure came about, the versions, what changed between two of them. */
import type { Context, Deps } from '../../context.ts';
import { actions } from '../../slack/blocks.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { showInstead, showOver } from '../../slack/views.ts';
import { openTermsOf } from '../draft.ts';
import type { PlanHooks } from '../hooks.ts';
import { ACTION } from '../ids.ts';
import { liveFigures } from '../model/compute.ts';
import { openVersion } from '../open-plan.ts';
import { screenOf } from '../screen.ts';
import { findVersion, historyOf, type Version } from '../store.ts';
import { type Change, diffDrafts } from './diff-rules.ts';
import { explanationView } from './explanation-view.ts';
import { comparisonView, historyView } from './history-view.ts';
import { readButton, readingView, readPlace } from './reading-view.ts';
import { summaryBlocks } from './summary-view.ts';

export function listenToReading(
  context: Context,
  { settledRenewals }: Pick<PlanHooks, 'settledRenewals'>,
): void {
  const { app, client } = context;

  app.action(ACTION.explain, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const versionId = body.actions[0]?.block_id.split(':')[1] ?? '';
    const plan = await openVersion(context, actorOf(body), versionId);
    const { viewer } = screenOf(plan, context);
    const { draft } = plan.version;
    const live = liveFigures(openTermsOf(draft));
    const about = { versionId, overrides: draft.overrides };
    await showOver(client, body, explanationView(live, clickedValue(body), viewer, about));
  });

  app.action(new RegExp(`^${ACTION.history}(\\.|$)`), async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const [versionId = '', page] = clickedValue(body).split(':');
    const { version } = await openVersion(context, actorOf(body), versionId);
    const versions = await historyOf(context, version.planId);
    await showOver(client, body, historyView(versions, versionId, Number(page ?? 0)));
  });

  app.action(new RegExp(`^${ACTION.read}(\\.|$)`), async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const place = readPlace(clickedValue(body));
    const plan = await openVersion(context, actorOf(body), place.versionId);
    const { live, viewer } = screenOf(plan, context);
    const { draft, planId } = plan.version;
    const settled = await settledRenewals(planId);
    const view = readingView(draft, live, viewer, place, settled);
    // Its own buttons turn the pages of the view that is open already.
    const show = body.actions[0]?.action_id === ACTION.read ? showOver : showInstead;
    await show(client, body, view);
  });

  app.action(new RegExp(`^${ACTION.compare}\\.`), async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const plan = await openVersion(context, actorOf(body), clickedValue(body));
    const { live, viewer, today } = screenOf(plan, context);
    const { draft, number } = plan.version;
    const comparison = await compareVersion(context, plan.version);
    const summary = [
      ...summaryBlocks(draft, live, viewer, today),
      actions([readButton(plan.version.id)]),
    ];
    await showOver(client, body, comparisonView({ number, ...comparison, viewer, summary }));
  });
}

/** What a version changed against the one before it; `previous` is null for the first. */
async function compareVersion(
  deps: Pick<Deps, 'db' | 'encryption'>,
  version: Version,
): Promise<{ previous: number | null; changes: Change[] }> {
  const history = await historyOf(deps, version.planId);
  const before = history.find(({ number }) => number === version.number - 1);
  const previous = before && (await findVersion(deps, before.id));
  if (!previous) return { previous: null, changes: [] };
  return { previous: previous.number, changes: diffDrafts(previous.draft, version.draft) };
}
