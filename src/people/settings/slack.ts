/** `/bigplan settings` and its form. */
import type { ModalView } from '@slack/types';
import type { Context } from '../../context.ts';
import type { PersonRef } from '../../db/store.ts';
import { UserError } from '../../errors.ts';
import type { NumberStyle } from '../../slack/format.ts';
import { oldButton } from '../../slack/on.ts';
import { raw as words } from '../../slack/text.ts';
import type { HomesChanged } from '../hooks.ts';
import { countryPicked } from '../ids.ts';
import { type MeetDeps, meetPerson } from '../meet-person.ts';
import { welcomeView } from '../set-up/open-set-up.ts';
import { isLookedUp, rolesMoved } from '../set-up/rules.ts';
import { welcomeForm } from '../set-up/view.ts';
import { type Person, type Settings, workspaceOf } from '../store.ts';
import { validatePeople } from '../validate-people.ts';
import { saveSettings, settingsOf } from './save-settings.ts';
import {
  SETTINGS_REV,
  settingsForm,
  settingsRefusedView,
  settingsSavedView,
  styleWithoutMoney,
} from './view.ts';

/** What somebody may set for themselves. */
export type OwnSettings = (person: Person) => Promise<ModalView>;

export function listenToSettings(
  context: Context,
  ownSettings: OwnSettings,
  changed: HomesChanged,
): void {
  const { commands, db, on } = context;

  commands.subcommand(
    'settings',
    async ({ actor, args, open }) => {
      const person = await meetPerson(context, actor);
      const { setUp } = await workspaceOf(db, actor.workspaceId);
      if (!setUp && (person.admin || !isLookedUp(person)))
        return open(() => welcomeView(context, person));
      const isOwn = /^(me|my|mine|own)\b/i.test(args);
      if (!person.admin || isOwn) return open(() => ownSettings(person));
      return open(async () => {
        const style = styleWithoutMoney(person.locale);
        const settings = await settingsOf(db, actor.workspaceId);
        const cycleMonth = String(settings.cycleMonth ?? 1);
        const raw = settingsForm.write({ ...settings, cycleMonth }, style);
        return settingsForm.view({ about: {}, style, raw, rev: SETTINGS_REV });
      });
    },
    'when and about what Bigplan asks you; admins get the workspace’s (“me” for their own)',
  );

  on.submit(settingsForm, async ({ actor, read }) => {
    const settings = await readSettings(context, actor, (style) => {
      const { cycleMonth, ...rest } = read(style);
      return { ...rest, ...(cycleMonth !== null && { cycleMonth: Number(cycleMonth) }) };
    });
    try {
      const before = await saveSettings(context, actor, settings);
      const { workspaceId, userId } = actor;
      changed(workspaceId, [...new Set([userId, ...rolesMoved(before, settings)])]);
      return { update: settingsSavedView(before, settings) };
    } catch (error) {
      // Somebody who is no admin any more has nothing left to correct in the form.
      if (!(error instanceof UserError)) throw error;
      return { update: settingsRefusedView(words(error.text)) };
    }
  });

  // Both forms ask for the country; which one it is says where it goes back to.
  on.act(countryPicked, async ({ actor, view, update }) => {
    if (!view) throw oldButton();
    const { submissionId } = settingsForm.metadata.read(view.metadata) ?? {};
    const shown = {
      about: {},
      style: styleWithoutMoney('en-US'),
      raw: view.state.values,
      rev: SETTINGS_REV,
      submissionId: submissionId ?? undefined,
    };
    const isWelcome = view.callbackId === welcomeForm.id;
    await update(
      isWelcome ? welcomeForm.view({ ...shown, userId: actor.userId }) : settingsForm.view(shown),
    );
  });
}

/**
 * What was filled in, with everybody named in it met.
 * @throws FieldProblems
 */
export async function readSettings(
  deps: MeetDeps,
  actor: PersonRef,
  read: (style: NumberStyle) => Settings,
): Promise<Settings> {
  const { locale } = await meetPerson(deps, actor);
  const settings = read(styleWithoutMoney(locale));
  const { leaders, managers, admins } = settings;
  await validatePeople(deps, actor.workspaceId, { leaders, managers, admins });
  return settings;
}
