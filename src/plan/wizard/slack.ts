/** The wizard: its steps, turning between them, and what is kept while people type. */
import { randomUUID } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import { FieldProblems } from '../../input/problem.ts';
import type { RawFields } from '../../slack/fields.ts';
import { createLiveViews } from '../../slack/live-views.ts';
import type { Act, Click } from '../../slack/on.ts';
import { stow } from '../../slack/stashed.ts';
import { proposeFromReview } from '../approval/propose-from-review.ts';
import { type ListId, type StepId, stepBeside } from '../draft.ts';
import {
  addRow,
  dropTyped,
  fieldChanged,
  fieldTyped,
  goToStep,
  pasteRowsClick,
  rowMenu,
  turnPage,
  useX,
  wizardBack,
} from '../ids.ts';
import type { OpenPlan } from '../on-version.ts';
import { openVersion } from '../open-plan.ts';
import { forgetTyped, hasWords, keepTyped, type OpenForm } from './keep-typed.ts';
import { openForm, stepToday, submittable } from './open-form.ts';
import { removeRow } from './rows/change-rows.ts';
import { leaveStep, saveStep } from './save-step.ts';
import { STILL_ASKED, showPaste, showRow } from './show-step.ts';
import { stepForm } from './step-view.ts';
import { doneMark } from './typed.ts';

export function listenToWizard(
  context: Context,
  changed: (repId: string, actor: PersonRef) => void,
): void {
  const { on, log } = context;
  const showAnew = createLiveViews();

  on.submit(submittable(stepForm), async ({ actor, id, about, raw, at }) => {
    if (about.step === 'review') return proposeFromReview(context, actor, about, raw, changed);
    const outcome = await saveStep(context, actor, { about, formId: id, raw, at });
    if (outcome.kind === 'invalid') throw new FieldProblems(outcome.problems);
    if (outcome.kind === 'asks') {
      const { step, page, rev } = about;
      const again = { step, page, rev, submissionId: id, notice: STILL_ASKED };
      return { update: stepToday(context, outcome.plan, again) };
    }
    const to = outcome.kind === 'saved' ? stepBeside(about.step, 1) : about.step;
    return { update: stepToday(context, outcome.plan, { step: to }) };
  });

  on.act(wizardBack, (click) => turnTo(click, stepBeside(openForm(click.view).about.step, -1)));
  on.act(goToStep, (click) => turnTo(click, click.value));
  on.act(turnPage, (click) => turnTo(click, openForm(click.view).about.step, click.value));
  on.act(useX, (click) => {
    const { about, raw } = openForm(click.view);
    return turnTo(click, about.step, 0, { ...raw, xFactor: `${click.value}x` });
  });

  /** Saves what stands in the step's fields as far as it can be, and shows `to`. */
  async function turnTo(click: Act<unknown>, to: StepId, page = 0, raw?: RawFields) {
    const form = openForm(click.view);
    const { actor, at } = click;
    const entry = { ...form, raw: raw ?? form.raw, at };
    let left: OpenPlan | null = await leaveStep(context, actor, entry, to);
    await click.update(async () => {
      const plan = left ?? (await openVersion(context, actor, form.about.versionId));
      left = null;
      return stepToday(context, plan, { step: to, page });
    });
  }

  on.act(fieldTyped, keepStroke);
  on.act(fieldChanged, async (click) => {
    const form = await keepStroke(click);
    if (form) await showFigures(click, form);
  });

  /** Keeps what stands in the form. Null where it can't be: submitting it says why, typing never does. */
  async function keepStroke({ actor, at, by, view }: Act<void>): Promise<OpenForm | null> {
    try {
      const { raw, ...form } = openForm(view);
      await keepTyped(context, actor, form, { raw, at: at.getTime(), path: by });
      return form;
    } catch (err) {
      if (!(err instanceof UserError)) log.error({ err }, 'What was typed could not be kept');
      return null;
    }
  }

  /** Shows the form with the figures that what is typed leads to. */
  async function showFigures({ actor, client, view }: Act<void>, form: OpenForm) {
    if (!view) return;
    try {
      await showAnew(client, view, async () => {
        const plan = await openVersion(context, actor, form.about.versionId);
        const isDone = doneMark(plan.version.typed, actor.userId, form.formId) !== null;
        // Slack doesn't promise that words under fields outlive another view.
        if (isDone || hasWords(plan.version, actor, form)) return null;
        return stow(context.stash, actor, shownAgain(plan, form));
      });
    } catch (err) {
      log.warn({ err }, 'The figures could not be shown anew');
    }
  }

  on.act(dropTyped, async (click) => {
    const { about, formId } = openForm(click.view);
    await forgetTyped(context, click.actor, { about, formId });
    const anew = { about: { ...about, rev: randomUUID() }, formId: null };
    await click.update(async () =>
      shownAgain(await openVersion(context, click.actor, about.versionId), anew),
    );
  });

  /** The step or row as it stands now, its inputs as the form's `rev` names them. */
  function shownAgain(plan: OpenPlan, form: OpenForm) {
    const { list, rowId = null, step, page, rev } = form.about;
    if (list) return showRow(plan, form, list, rowId);
    return stepToday(context, plan, { step, page, rev, submissionId: form.formId ?? undefined });
  }

  on.click(addRow, (click) => openEditor(click, click.value, null));
  on.click(pasteRowsClick, (click) =>
    click.showOver(async () => {
      const { plan, about } = await keepUnder(click);
      const view = showPaste(plan, about, click.value);
      if (view === null) throw new UserError('no_paste', 'These rows are added one at a time.');
      return view;
    }),
  );
  on.click(rowMenu, async (click) => {
    const { what, list, rowId } = click.value;
    if (what === 'edit') return openEditor(click, list, rowId);
    const { about } = openForm(click.view);
    await removeRow(context, click.actor, { versionId: about.versionId, list, rowId });
    await turnTo(click, about.step, about.page);
  });

  const openEditor = (click: Click<unknown>, list: ListId, rowId: string | null) =>
    click.showOver(async () => {
      const { plan, about } = await keepUnder(click);
      return showRow(plan, { about, formId: null }, list, rowId);
    });

  /**
   * Keeps what is typed in the step that stays open under an editor. It isn't saved yet: the step still
   * remembers the section as it was when it was shown.
   */
  async function keepUnder({ actor, at, view }: Click<unknown>) {
    const { raw, ...form } = openForm(view);
    if (Object.keys(raw).length > 0) {
      await keepTyped(context, actor, form, { raw, at: at.getTime() });
    }
    const { about } = form;
    return { plan: await openVersion(context, actor, about.versionId), about };
  }
}
