/** What the plan's listeners read of Slack's requests. */
import type { BlockAction } from '@slack/bolt';
import { UserError } from '../../errors.ts';
import type { Actor } from '../../people/deps.ts';
import { type FormState, readState } from '../../slack/form.ts';
import { actorOf } from '../../slack/request.ts';
import type { Problem } from '../rules/problem.ts';
import { type CaptureState, readCaptureState } from '../views/capture-state.ts';

/**
 * What the view of the capture remembers of itself.
 * @throws UserError where the view is of another release.
 */
export function captureState(privateMetadata: string): CaptureState {
  const state = readCaptureState(privateMetadata);
  if (state) return state;
  throw new UserError(
    'old_view',
    'This window is from before an update. `/bigplan` opens where you were.',
  );
}

/** A view of the capture in which something was clicked, and what stands in its fields. */
export interface CaptureClick {
  actor: Actor;
  viewId: string;
  state: CaptureState;
  form: FormState;
}

/** @throws UserError as `captureState`. */
export function captureClick(body: BlockAction): CaptureClick {
  if (!body.view) throw new Error('a click in the capture names no view');
  return {
    actor: actorOf(body),
    viewId: body.view.id,
    state: captureState(body.view.private_metadata),
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
