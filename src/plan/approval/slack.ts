/** The road to two signatures: propose again, withdraw, ask for changes, agree, change, close. */
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { section } from '../../slack/blocks.ts';
import { readState } from '../../slack/form.ts';
import { textInput } from '../../slack/inputs.ts';
import { fitView } from '../../slack/limits.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import { modal } from '../../slack/surfaces.ts';
import { mrkdwn } from '../../slack/text.ts';
import { showInstead, showOver } from '../../slack/views.ts';
import type { PlanHooks } from '../hooks.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { openPlan, openVersion } from '../open-plan.ts';
import { planView } from '../reading/plan-view.ts';
import { screenOf, viewOf } from '../screen.ts';
import { readVersionValue, refreshProposals } from './messages.ts';
import { agreePlan, askForChanges, closePlan, startChange, withdrawPlan } from './transitions.ts';

export function listenToSigning(context: Context, { changed, settledRenewals }: PlanHooks): void {
  const { app, client } = context;

  /** Makes a move; whatever comes of it, the messages that still ask for one show how it stands now. */
  async function move(actor: PersonRef, versionId: string, work: () => Promise<void>) {
    try {
      await work();
    } finally {
      await refreshProposals(context, versionId);
    }
    const plan = await openVersion(context, actor, versionId);
    changed(plan.version.repId, actor);
    return plan;
  }

  app.action(ACTION.agree, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const { versionId, revision } = readVersionValue(clickedValue(body));
    const plan = await move(actor, versionId, () => agreePlan(context, actor, versionId, revision));
    if (!body.view) return;
    const notice = mrkdwn`:handshake: Both signatures are on it. Now it is a plan.`;
    await showInstead(client, body, planView(screenOf(plan, context, notice)));
  });

  app.action(ACTION.askForChanges, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const { versionId } = readVersionValue(clickedValue(body));
    const { pair, side } = await openVersion(context, actor, versionId);
    const other = side === 'rep' ? pair.manager : pair.rep;
    await showOver(
      client,
      body,
      modal({
        title: 'Ask for changes',
        callbackId: CALLBACK.comment,
        submit: 'Send',
        close: 'Back',
        privateMetadata: versionId,
        blocks: [
          section(mrkdwn`The plan goes back to a draft that either of you can change.`),
          textInput({
            path: 'comment',
            rev: '0',
            label: `What should change, ${other ? `for ${other.name} to read` : 'and why'}?`,
            placeholder: 'The Acme renewal at 80% looks hopeful: their champion left in May.',
            multiline: true,
            maxLength: 2000,
          }),
        ],
      }),
    );
  });

  app.view(CALLBACK.comment, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const versionId = view.private_metadata;
    const { values } = readState(view.state.values);
    const comment = typeof values.comment === 'string' ? values.comment : '';
    const plan = await move(actor, versionId, () =>
      askForChanges(context, actor, versionId, comment),
    );
    const notice = mrkdwn`:leftwards_arrow_with_hook: Sent back with your words.`;
    await ack({ response_action: 'update', view: fitView(viewOf(plan, context, notice)) });
  });

  app.action(ACTION.takeBack, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const { versionId } = readVersionValue(clickedValue(body));
    const plan = await move(actor, versionId, () => withdrawPlan(context, actor, versionId));
    await showInstead(client, body, viewOf(plan, context));
  });

  app.action(ACTION.change, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const { versionId } = readVersionValue(clickedValue(body));
    const next = await startChange(context, actor, versionId);
    const plan = await openVersion(context, actor, next);
    changed(plan.version.repId, actor);
    const { number, status } = plan.version;
    // An old message may lead to a version that is agreed or over by now: that says so itself.
    const notice =
      status === 'draft'
        ? mrkdwn`Version ${number}. The agreed one stays in force until you have both signed this.`
        : undefined;
    await showInstead(client, body, viewOf(plan, context, notice));
  });

  app.action(ACTION.close, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const actor = actorOf(body);
    const { versionId } = readVersionValue(clickedValue(body));
    const plan = await move(actor, versionId, () => closePlan(context, actor, versionId));
    const notice = mrkdwn`Closed. All its versions stay readable; \`/bigplan\` starts the next plan.`;
    await showInstead(client, body, planView(screenOf(plan, context, notice)));
  });

  app.action(ACTION.open, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const plan = await openPlan(context, actorOf(body), clickedValue(body));
    const settled = await settledRenewals(plan.version.planId);
    await showInstead(client, body, viewOf(plan, context, undefined, settled));
  });
}
