/** The road to two signatures: propose again, withdraw, ask for changes, agree, change, close. */
import type { ModalView } from '@slack/types';
import type { Context } from '../../context.ts';
import { planOpened } from '../../people/ids.ts';
import type { Click } from '../../slack/on.ts';
import { mrkdwn } from '../../slack/text.ts';
import { readerOf } from '../access.ts';
import { viewerOf } from '../currency.ts';
import type { PlanHooks } from '../hooks.ts';
import {
  planAgree,
  planAskForChanges,
  planBringBack,
  planChange,
  planClose,
  planDrop,
  planWithdraw,
} from '../ids.ts';
import { mustAllowMove, type OpenPlan } from '../on-version.ts';
import { openPlan, openVersion } from '../open-plan.ts';
import { planView } from '../reading/plan-view.ts';
import { followsText, screenOf, viewOf } from '../screen.ts';
import {
  agreePlan,
  askForChanges,
  bringBackVersion,
  closePlan,
  dropVersion,
  type Moved,
  startChange,
  withdrawPlan,
} from './transitions.ts';
import { type Asking, changesForm } from './view.ts';

export function listenToSigning(context: Context, hooks: PlanHooks): void {
  const { on } = context;
  const { changed, settledRenewals } = hooks;

  /** Shows what a transition has led to. The showing may be made anew; the transition is made once. */
  async function show(
    { actor, showInstead }: Click<unknown>,
    transition: () => Promise<Moved>,
    view: (plan: OpenPlan) => ModalView,
  ) {
    let moved: Promise<Moved> | null = null;
    const move = async () => {
      const to = await transition();
      changed(to.repId, actor);
      return to;
    };
    await showInstead(async () => {
      moved ??= move();
      const { versionId } = await moved;
      return view(await openVersion(context, actor, versionId));
    });
  }

  on.click(planAgree, async (click) => {
    const { actor, value, view } = click;
    const signing = () => agreePlan(context, actor, value.versionId, value.revision);
    // The message in which it was pressed shows by itself what it has come to.
    if (view === null) return changed((await signing()).repId, actor);
    const notice = mrkdwn`:handshake: Both signatures are on it. Now it is a plan.`;
    await show(click, signing, (plan) => planView(screenOf(plan, context, notice)));
  });

  on.click(planAskForChanges, async ({ actor, value: { versionId }, showOver }) => {
    await showOver(async () => {
      const plan = await openVersion(context, actor, versionId);
      mustAllowMove(plan, actor, 'ask_for_changes');
      const style = asking(plan);
      return changesForm.view({ about: versionId, style, raw: {}, rev: '0' });
    });
  });

  on.submit(changesForm, async (submission) => {
    const { actor, about: versionId } = submission;
    const { comment } = submission.read(asking(await openVersion(context, actor, versionId)));
    const { id } = submission;
    const { repId } = await askForChanges(context, actor, versionId, { id, comment });
    changed(repId, actor);
    const notice = mrkdwn`:leftwards_arrow_with_hook: Sent back with your words.`;
    return { update: viewOf(await openVersion(context, actor, versionId), context, notice) };
  });

  on.click(planWithdraw, (click) =>
    show(
      click,
      () => withdrawPlan(context, click.actor, click.value.versionId),
      (plan) => viewOf(plan, context),
    ),
  );

  on.click(planChange, (click) =>
    show(
      click,
      () => startChange(context, click.actor, click.value.versionId),
      (plan) => {
        const { number, status } = plan.version;
        // An old message may lead to a version that is agreed or over by now: that says so itself.
        const notice =
          status === 'draft'
            ? mrkdwn`Version ${number}. The agreed one stays in force until you have both signed this.`
            : undefined;
        return viewOf(plan, context, notice);
      },
    ),
  );

  on.click(planDrop, (click) =>
    show(
      click,
      () => dropVersion(context, click.actor, click.value.versionId),
      (plan) => planView(screenOf(plan, context)),
    ),
  );

  on.click(planBringBack, (click) =>
    show(
      click,
      () => bringBackVersion(context, click.actor, click.value.versionId),
      (plan) => viewOf(plan, context),
    ),
  );

  on.click(planClose, async (click) => {
    const closing = () => closePlan(context, click.actor, click.value.versionId);
    const notice = mrkdwn`Closed. All its versions stay readable; \`/bigplan\` starts the next plan.`;
    await show(click, closing, (plan) => planView(screenOf(plan, context, notice)));
  });

  on.click(planOpened, async ({ actor, value: repId, showInstead }) => {
    await showInstead(async () => {
      const plan = await openPlan(context, hooks, actor, repId);
      const settled = await settledRenewals(plan.version.planId);
      return viewOf(plan, context, followsText(plan), settled);
    });
  });
}

function asking(plan: OpenPlan): Asking {
  const { pair, side, version } = plan;
  const other = side === 'rep' ? pair.manager : pair.rep;
  return { ...viewerOf(readerOf(plan), version.draft), otherName: other?.name ?? null };
}
