/** The two steps of the set-up. */
import type { Context } from '../../context.ts';
import { fitView } from '../../slack/limits.ts';
import { actorOf } from '../../slack/request.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { meetPerson } from '../meet-person.ts';
import { readSettings, settingsValues } from '../settings/read-settings.ts';
import { settingsView } from '../settings/view.ts';
import { findPerson, rolesOf, saveSetUpStep, teamLedBy } from '../store.ts';
import { submitTeam } from '../team/submit-team.ts';
import { freshTeamForm, welcomeTeamView } from '../team/view.ts';
import { saveFirstSettings } from './save-first-settings.ts';
import { setUpDoneView, setUpLateView } from './view.ts';

const QUICKER = 'Somebody finished the set-up a moment ago. This is yours: saving replaces theirs.';

export function listenToSetUp(context: Context): void {
  const { app, db, clock } = context;

  app.view(CALLBACK.welcome, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const settings = await readSettings(context, actor, view.state.values);
    if (!settings.ok) return ack({ response_action: 'errors', errors: settings.errors });
    const outcome = await saveFirstSettings(context, actor, settings.value);
    const person = await findPerson(db, actor.workspaceId, actor.userId);
    if (outcome === 'saved') {
      const team = await teamLedBy(db, actor.workspaceId, actor.userId);
      const form = freshTeamForm(team, clock.now());
      const next = fitView(welcomeTeamView({ appointed: person?.manager ?? false, form }));
      return ack({ response_action: 'update', view: next });
    }
    const { admins } = await rolesOf(db, actor.workspaceId);
    const late = person?.admin
      ? settingsView(settingsValues(view.state.values), QUICKER)
      : setUpLateView(actor.userId, admins);
    return ack({ response_action: 'update', view: fitView(late) });
  });

  app.view(CALLBACK.welcomeTeam, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const result = await submitTeam(context, actor, view);
    if (!result.ok) return ack({ response_action: 'errors', errors: result.errors });
    await saveSetUpStep(db, actor, 'done');
    const person = await findPerson(db, actor.workspaceId, actor.userId);
    const manages = person?.manager ?? false;
    const done = setUpDoneView({ userId: actor.userId, manages }, result.saved);
    return ack({ response_action: 'update', view: fitView(done) });
  });

  // "Skip for now" opens the plan, which is done elsewhere.
  app.action(
    { action_id: ACTION.openPlan, callback_id: CALLBACK.welcome, type: 'block_actions' },
    async ({ ack, body }) => {
      await ack();
      const actor = actorOf(body);
      await meetPerson(context, actor.workspaceId, actor.userId);
      await saveSetUpStep(db, actor, 'done');
    },
  );
}
