/** The wizard's forms as requests name them. */
import { randomUUID } from 'node:crypto';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { RawFields } from '../../slack/fields.ts';
import type { Form } from '../../slack/form.ts';
import type { ClickedView } from '../../slack/on.ts';
import { localDateIn } from '../../time/zone.ts';
import { readerOf } from '../access.ts';
import type { OpenPlan } from '../on-version.ts';
import type { OpenForm } from './keep-typed.ts';
import { type StepOptions, showStep } from './show-step.ts';
import type { WizardState } from './step-view.ts';
import { stepForm } from './step-view.ts';

/**
 * The form in which something was pressed, and what stands in its fields.
 * @throws UserError where the view is of another release.
 */
export function openForm(view: ClickedView | null): OpenForm & { raw: RawFields } {
  const read = view && stepForm.metadata.read(view.metadata);
  if (!read) {
    throw new UserError(
      'old_view',
      'This window is from before an update. `/bigplan` opens where you were.',
    );
  }
  return { about: read.about, formId: read.submissionId, raw: view.state.values };
}

/** The form as `on.submit` takes it: one that was opened before forms had ids is a form of its own. */
export function submittable<Style, Value, Screen>(form: Form<WizardState, Style, Value, Screen>) {
  const { id, metadata, read } = form;
  return {
    id,
    read,
    metadata: {
      write: metadata.write,
      read(text: string) {
        const found = metadata.read(text);
        return found && { ...found, submissionId: found.submissionId ?? randomUUID() };
      },
    },
  };
}

/** A step for its reader, on their own date. */
export function stepToday(
  { clock }: Pick<Context, 'clock'>,
  plan: OpenPlan,
  options: Omit<StepOptions, 'today'>,
) {
  const today = localDateIn(readerOf(plan).timeZone, clock.now());
  return showStep(plan, { ...options, today });
}
