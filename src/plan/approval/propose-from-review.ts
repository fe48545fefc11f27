import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { FieldProblems } from '../../input/problem.ts';
import { meetPeople } from '../../people/meet-person.ts';
import { chooseManager } from '../../people/team/choose-manager.ts';
import type { RawFields } from '../../slack/fields.ts';
import type { FormAnswer } from '../../slack/on.ts';
import { mention, mrkdwn } from '../../slack/text.ts';
import { openVersion } from '../open-plan.ts';
import { planView } from '../reading/plan-view.ts';
import { screenOf } from '../screen.ts';
import { showStep } from '../wizard/show-step.ts';
import type { WizardState } from '../wizard/step-view.ts';
import { proposePlan } from './transitions.ts';

const MANAGER = 'managerId';

/**
 * Proposes the plan from the wizard's last step, with the manager who is named there where the rep
 * has none yet. Proposed by this very person already, it is the same once more.
 */
export async function proposeFromReview(
  context: Context,
  actor: PersonRef,
  { versionId, rev }: WizardState,
  raw: RawFields,
  changed: (repId: string, actor: PersonRef) => void,
): Promise<FormAnswer> {
  const plan = await openVersion(context, actor, versionId);
  const { status, revision } = plan.version;
  if ((status === 'draft' || status === 'changes_requested') && String(revision) !== rev) {
    const changed = mrkdwn`:wave: The plan has changed since you opened this page. This is how it is now: look it over, then sign.`;
    const { today } = screenOf(plan, context);
    return { update: showStep(plan, { step: 'review', today, notice: changed }) };
  }
  if (plan.pair.manager === null) await nameManager(context, actor, raw[MANAGER]);
  const { askedId } = await proposePlan(context, actor, versionId, rev);
  const proposed = await openVersion(context, actor, versionId);
  changed(proposed.version.repId, actor);
  const notice = mrkdwn`:envelope: Sent to ${mention(askedId)} to read and sign. Your signature is on it.`;
  return { update: planView(screenOf(proposed, context, notice)) };
}

/** @throws FieldProblems with what is wrong with the choice. */
async function nameManager(context: Context, actor: PersonRef, managerId: unknown): Promise<void> {
  const problem = (text: string) => new FieldProblems([{ path: MANAGER, problem: text }]);
  if (typeof managerId !== 'string') throw problem('Choose who you plan with.');
  try {
    await meetPeople(context, actor.workspaceId, [managerId]);
    await chooseManager(context, actor, managerId);
  } catch (error) {
    throw error instanceof UserError ? problem(error.text) : error;
  }
}
