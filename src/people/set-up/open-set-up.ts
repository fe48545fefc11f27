import type { ModalView } from '@slack/types';
import type { Db } from '../../db/client.ts';
import type { MeetDeps } from '../meet-person.ts';
import { settingsOf } from '../settings/save-settings.ts';
import { type Person, teamLedBy, workspaceOf } from '../store.ts';
import { freshTeam } from '../team/view.ts';
import { needsSetUp } from './rules.ts';
import { welcomeForm, welcomeScreen, welcomeTeamForm } from './view.ts';

/**
 * The set-up, where the person has to be led through it, at the step where they left it. Null: whatever
 * they came for is free to open.
 */
export async function setUpView(
  deps: Pick<MeetDeps, 'db' | 'clock'>,
  person: Person,
): Promise<ModalView | null> {
  const step = needsSetUp(await workspaceOf(deps.db, person.workspaceId), person);
  if (step === 'settings') return welcomeView(deps, person);
  return step === 'team' ? welcomeTeamView(deps, person) : null;
}

/** The set-up's first step, with what can be guessed filled in. */
export async function welcomeView({ db }: { db: Db }, person: Person): Promise<ModalView> {
  return welcomeForm.view(welcomeScreen(person, await settingsOf(db, person.workspaceId)));
}

/** The set-up's second step. */
export async function welcomeTeamView(
  { db, clock }: Pick<MeetDeps, 'db' | 'clock'>,
  { workspaceId, userId, manager }: Person,
): Promise<ModalView> {
  const team = await teamLedBy(db, { workspaceId, userId });
  return welcomeTeamForm.view({
    ...freshTeam(team, { appointed: manager, at: clock.now() }),
    userId,
  });
}
