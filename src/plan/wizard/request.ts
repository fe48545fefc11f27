/** What the plan's listeners read of Slack's requests. */
import type { BlockAction } from '@slack/bolt';
import { UserError } from '../../errors.ts';
import type { Actor } from '../../people/deps.ts';
import { type FormState, readState } from '../../slack/form.ts';
import { actorOf } from '../../slack/request.ts';
import type { Problem } from '../model/checks.ts';
import { readWizardState, type WizardState } from './wizard-state.ts';

/**
 * What the view of the wizard remembers of itself.
 * @throws UserError where the view is of another release.
 */
export function wizardState(privateMetadata: string): WizardState {
  const state = readWizardState(privateMetadata);
  if (state) return state;
  throw new UserError(
    'old_view',
    'This window is from before an update. `/bigplan` opens where you were.',
  );
}

/** A view of the wizard in which something was clicked, and what stands in its fields. */
export interface WizardClick {
  actor: Actor;
  viewId: string;
  state: WizardState;
  form: FormState;
}

/** @throws UserError as `wizardState`. */
export function wizardClick(body: BlockAction): WizardClick {
  if (!body.view) throw new Error('a click in the wizard names no view');
  return {
    actor: actorOf(body),
    viewId: body.view.id,
    state: wizardState(body.view.private_metadata),
    form: readState(body.view.state.values),
  };
}

/** Slack's answer to a submission with problems: each at its own input, or at the nearest above. */
export function problemsAnswer(problems: readonly Problem[], { blockIds }: FormState) {
  const errors: Record<string, string> = {};
  const [fallback] = Object.values(blockIds);
  for (const { path, problem } of problems) {
    const blockId = blockIds[path] ?? fallback;
    if (blockId) errors[blockId] ??= problem;
  }
  return { response_action: 'errors' as const, errors };
}
