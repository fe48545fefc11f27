/** `/bigplan settings` and its form. */
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { section } from '../../slack/blocks.ts';
import { fitView } from '../../slack/limits.ts';
import { actorOf } from '../../slack/request.ts';
import { modal } from '../../slack/surfaces.ts';
import { raw } from '../../slack/text.ts';
import { openView, updateView } from '../../slack/views.ts';
import { ACTION, CALLBACK } from '../ids.ts';
import { meetPerson } from '../meet-person.ts';
import { openWelcome } from '../set-up/open-set-up.ts';
import { type Person, workspaceOf } from '../store.ts';
import { writeCompanyDays } from './company-days.ts';
import { readSettings, settingsValues } from './read-settings.ts';
import { saveSettings, settingsOf } from './save-settings.ts';
import { settingsSavedView } from './saved-view.ts';
import { settingsView, welcomeView } from './view.ts';

/** Opens what somebody may set for themselves. */
export type OpenOwnSettings = (person: Person, from: { trigger_id: string }) => Promise<void>;

export function listenToSettings(context: Context, openOwnSettings: OpenOwnSettings): void {
  const { app, commands, db } = context;

  commands.subcommand(
    'settings',
    async ({ teamId, userId, args, triggerId, client }) => {
      const person = await meetPerson(context, teamId, userId);
      const { setUp } = await workspaceOf(db, teamId);
      if (!setUp) return openWelcome(context, person, { triggerId, client });
      const isOwn = /^(me|my|mine|own)\b/i.test(args);
      if (!person.admin || isOwn) return openOwnSettings(person, { trigger_id: triggerId });
      const { companyDays = [], ...settings } = await settingsOf(db, teamId);
      const daysOff = writeCompanyDays(companyDays, person.locale);
      return openView(client, triggerId, settingsView({ ...settings, daysOff }));
    },
    'when and about what Bigplan asks you; admins get the workspace’s (“me” for their own)',
  );

  app.view(CALLBACK.settings, async ({ ack, body, view }) => {
    const actor = actorOf(body);
    const form = await readSettings(context, actor, view.state.values);
    if (!form.ok) return ack({ response_action: 'errors', errors: form.errors });
    try {
      const before = await saveSettings(context, actor, form.value);
      const saved = fitView(settingsSavedView(before, form.value));
      return await ack({ response_action: 'update', view: saved });
    } catch (error) {
      // Somebody who is no admin any more has nothing left to correct in the form.
      if (!(error instanceof UserError)) throw error;
      return ack({ response_action: 'update', view: refusedView(error) });
    }
  });

  // Both forms ask for the country; which one it is says where it goes back to.
  app.action(
    { action_id: ACTION.country, type: 'block_actions' },
    async ({ ack, body, client }) => {
      await ack();
      const { view } = body;
      if (!view) return;
      const values = settingsValues(view.state.values);
      const shown =
        view.callback_id === CALLBACK.welcome
          ? welcomeView(values, body.user.id)
          : settingsView(values);
      await updateView(client, view.id, shown);
    },
  );
}

function refusedView({ text }: UserError) {
  const blocks = [section(raw(text))];
  return fitView(modal({ title: 'Settings', callbackId: CALLBACK.shown, close: 'Done', blocks }));
}
