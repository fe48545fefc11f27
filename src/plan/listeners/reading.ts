/** Reading a plan: how a figure came about, the versions, what changed between two of them. */
import type { Context } from '../../context.ts';
import { actions } from '../../slack/blocks.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { showInstead, showOver } from '../../slack/views.ts';
import { compareVersion } from '../compare-version.ts';
import { openTermsOf } from '../draft.ts';
import type { PlanHooks } from '../hooks.ts';
import { openVersion } from '../open-plan.ts';
import { liveFigures } from '../rules/live-figures.ts';
import { screenOf } from '../screen.ts';
import { historyOf } from '../store.ts';
import { explanationView } from '../views/explanation-view.ts';
import { comparisonView, historyView } from '../views/history-view.ts';
import { ACTION } from '../views/ids.ts';
import { readButton, readingView, readPlace } from '../views/reading-view.ts';
import { summaryBlocks } from '../views/summary.ts';

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
