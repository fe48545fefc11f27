/** The wizard: steps, rows and pasted lists. */
import { randomUUID } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { Actor } from '../../people/deps.ts';
import { type FormState, readState } from '../../slack/form.ts';
import { fitView } from '../../slack/limits.ts';
import { actorOf, clickedValue } from '../../slack/request.ts';
import type { SlackText } from '../../slack/text.ts';
import { pushView, updateView } from '../../slack/views.ts';
import { localDateIn } from '../../time/zone.ts';
import { readerOf } from '../access.ts';
import { proposeFromReview } from '../approval/propose-from-review.ts';
import { type StepId, stepBeside, stepIdOf } from '../draft.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { type OpenPlan, openVersion } from '../open-plan.ts';
import { problemsAnswer, type WizardClick, wizardClick, wizardState } from './request.ts';
import { removeRow, saveRow } from './rows/change-rows.ts';
import { listOf } from './rows/lists.ts';
import { keepTyped, leaveStep, saveStep } from './save-step.ts';
import { showPaste, showRow, showStep } from './show-step.ts';
import { typedKey } from './typed.ts';
import type { WizardState } from './wizard-state.ts';

export function listenToWizard(
  context: Context,
  changed: (repId: string, actor: Actor) => void,
): void {
  const { app, clock, client } = context;

  const step = (
    plan: OpenPlan,
    options: { step: StepId; page?: number; rev?: string; notice?: SlackText },
  ) => {
    const today = localDateIn(readerOf(plan).timeZone, clock.now());
    return fitView(showStep(plan, { ...options, today }));
  };

  /** Saves what stands in the step's fields as far as it can be, and shows `to`. */
  async function turnTo({ actor, viewId, state, form }: WizardClick, to: StepId, page = 0) {
    await leaveStep(context, actor, { ...state, raw: form.values }, to);
    const plan = await openVersion(context, actor, state.versionId);
    await updateView(client, viewId, step(plan, { step: to, page }));
  }

  app.view(CALLBACK.step, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const state = wizardState(view.private_metadata);
    const form = readState(view.state.values);
    if (state.step === 'review') {
      await ack(await proposeFromReview(context, actor, state, form, changed));
      return;
    }
    const outcome = await saveStep(context, actor, { ...state, raw: form.values });
    if (outcome.kind === 'invalid') return ack(problemsAnswer(outcome.problems, form));
    const plan = await openVersion(context, actor, state.versionId);
    const to = outcome.kind === 'saved' ? stepBeside(state.step, 1) : state.step;
    await ack({ response_action: 'update', view: step(plan, { step: to }) });
  });

  app.action(ACTION.back, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const click = wizardClick(body);
    await turnTo(click, stepBeside(click.state.step, -1));
  });

  app.action(ACTION.goTo, async ({ ack, body }) => {
    await ack();
    if (body.type === 'block_actions')
      await turnTo(wizardClick(body), stepIdOf(clickedValue(body)));
  });

  app.action(ACTION.useX, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const click = wizardClick(body);
    const values = { ...click.form.values, xFactor: `${clickedValue(body)}x` };
    await turnTo({ ...click, form: { ...click.form, values } }, click.state.step);
  });

  app.action(new RegExp(`^${ACTION.page}\\.`), async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const click = wizardClick(body);
    await turnTo(click, click.state.step, Number(clickedValue(body)));
  });

  app.action(new RegExp(`^${ACTION.field}\\.`), async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { actor, viewId, state, form } = wizardClick(body);
    const typed = { raw: form.values, base: state.base };
    await keepTyped(context, actor, state.versionId, typedKeyOf(actor, state), typed);
    await showAgain(actor, viewId, state);
  });

  app.action(ACTION.dropTyped, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { actor, viewId, state } = wizardClick(body);
    await keepTyped(context, actor, state.versionId, typedKeyOf(actor, state), null);
    await showAgain(actor, viewId, { ...state, rev: randomUUID() });
  });

  const typedKeyOf = ({ userId }: Actor, { step: id, list, rowId = null }: WizardState) =>
    list ? typedKey.row(userId, list, rowId) : typedKey.step(userId, id);

  /** The step or row as it stands now, its inputs as `state.rev` names them. */
  async function showAgain(actor: Actor, viewId: string, state: WizardState) {
    const { list, rowId = null, step: id, page, rev } = state;
    const plan = await openVersion(context, actor, state.versionId);
    const view = list ? showRow(plan, state, list, rowId) : step(plan, { step: id, page, rev });
    await updateView(client, viewId, view);
  }

  app.action(ACTION.rowAdd, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    await openEditor(wizardClick(body), body.trigger_id, clickedValue(body), null);
  });

  app.action(ACTION.rowPaste, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const { actor, state, form } = wizardClick(body);
    const list = listOf(clickedValue(body));
    if (!list) return;
    await keepUnder(actor, state, form);
    const view = showPaste(await openVersion(context, actor, state.versionId), state, list.id);
    if (view) await pushView(client, body.trigger_id, view);
  });

  app.action(ACTION.rowMenu, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const click = wizardClick(body);
    const [what, listId = '', rowId = ''] = clickedValue(body).split(':');
    const list = listOf(listId);
    if (!list) return;
    if (what === 'edit') return openEditor(click, body.trigger_id, listId, rowId);
    await removeRow(context, click.actor, {
      versionId: click.state.versionId,
      list: list.id,
      rowId,
    });
    await turnTo(click, click.state.step, click.state.page);
  });

  /**
   * Keeps what is typed in the step that stays open under an editor. It isn't saved yet: the step still
   * remembers the section as it was when it was shown.
   */
  async function keepUnder(actor: Actor, state: WizardState, form: FormState) {
    if (Object.keys(form.values).length === 0) return;
    const typed = { raw: form.values, base: state.base };
    await keepTyped(context, actor, state.versionId, typedKeyOf(actor, state), typed);
  }

  async function openEditor(
    { actor, state, form }: WizardClick,
    triggerId: string,
    listId: string,
    rowId: string | null,
  ) {
    const list = listOf(listId);
    if (!list) return;
    await keepUnder(actor, state, form);
    const plan = await openVersion(context, actor, state.versionId);
    await pushView(client, triggerId, showRow(plan, state, list.id, rowId));
  }

  app.view(CALLBACK.row, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const state = wizardState(view.private_metadata);
    const form = readState(view.state.values);
    const { list, rowId = null } = state;
    if (!list) throw new Error('a row editor names no list');
    const outcome = await saveRow(context, actor, { ...state, list, rowId, raw: form.values });
    if (outcome.kind === 'invalid') return ack(problemsAnswer(outcome.problems, form));
    const plan = await openVersion(context, actor, state.versionId);
    if (outcome.kind === 'changed_meanwhile') {
      const shown = fitView(showRow(plan, state, list, rowId));
      return ack({ response_action: 'update', view: shown });
    }
    await ack();
    const { step: id, page } = state;
    const last = rowId === null ? Number.MAX_SAFE_INTEGER : page;
    await updateView(client, view.root_view_id ?? view.id, step(plan, { step: id, page: last }));
  });

  app.view({ callback_id: CALLBACK.step, type: 'view_closed' }, async ({ ack, body, view }) => {
    await ack();
    await keepClosed(actorOf(body), wizardState(view.private_metadata), view);
  });

  app.view({ callback_id: CALLBACK.row, type: 'view_closed' }, async ({ ack, body, view }) => {
    await ack();
    await keepClosed(actorOf(body), wizardState(view.private_metadata), view);
  });

  /** Where Slack says what stood in a closed view, it is kept; a plan closed to changes keeps nothing. */
  async function keepClosed(
    actor: Actor,
    state: WizardState,
    view: { state?: { values?: Parameters<typeof readState>[0] } },
  ) {
    const { values } = readState(view.state?.values ?? {});
    if (Object.keys(values).length === 0) return;
    const typed = { raw: values, base: state.base };
    await keepTyped(context, actor, state.versionId, typedKeyOf(actor, state), typed);
  }
}
