import type { ViewResponseAction } from '@slack/bolt';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { Actor } from '../../people/deps.ts';
import { meetPeople } from '../../people/meet-person.ts';
import { chooseManager } from '../../people/team/choose-manager.ts';
import type { FormState } from '../../slack/form.ts';
import { fitView } from '../../slack/limits.ts';
import { mention, mrkdwn } from '../../slack/text.ts';
import { openVersion } from '../open-plan.ts';
import { planView } from '../reading/plan-view.ts';
import { screenOf } from '../screen.ts';
import { problemsAnswer } from '../wizard/request.ts';
import { showStep } from '../wizard/show-step.ts';
import type { WizardState } from '../wizard/wizard-state.ts';
import { proposePlan } from './transitions.ts';

const MANAGER = 'managerId';

/**
 * Proposes the plan from the wizard's last step, with the manager who is named there where the rep
 * has none yet. Returns Slack's answer to the submission.
 */
export async function proposeFromReview(
  context: Context,
  actor: Actor,
  { versionId, rev }: WizardState,
  form: FormState,
  changed: (repId: string, actor: Actor) => void,
): Promise<ViewResponseAction> {
  const plan = await openVersion(context, actor, versionId);
  const { status, revision } = plan.version;
  if ((status === 'draft' || status === 'changes_requested') && String(revision) !== rev) {
    const changed = mrkdwn`:wave: The plan has changed since you opened this page. This is how it is now: look it over, then sign.`;
    const { today } = screenOf(plan, context);
    const view = showStep(plan, { step: 'review', today, notice: changed });
    return { response_action: 'update', view: fitView(view) };
  }
  if (plan.pair.manager === null) {
    const problem = await nameManager(context, actor, form);
    if (problem) return problemsAnswer([{ path: MANAGER, problem }], form);
  }
  const { askedId } = await proposePlan(context, actor, versionId, rev);
  const proposed = await openVersion(context, actor, versionId);
  changed(proposed.version.repId, actor);
  const notice = mrkdwn`:envelope: Sent to ${mention(askedId)} to read and sign. Your signature is on it.`;
  return {
    response_action: 'update',
    view: fitView(planView(screenOf(proposed, context, notice))),
  };
}

/** Returns what is wrong with the choice, for the field; null where it was made. */
async function nameManager(
  context: Context,
  actor: Actor,
  { values }: FormState,
): Promise<string | null> {
  const managerId = values[MANAGER];
  if (typeof managerId !== 'string') return 'Choose who you plan with.';
  try {
    await meetPeople(context, actor.workspaceId, [managerId]);
    await chooseManager(context, actor, managerId);
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.text;
    throw error;
  }
}
