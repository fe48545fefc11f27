import type { WebClient } from '@slack/web-api';
import { openView } from '../../slack/views.ts';
import { type MeetDeps, meetPerson } from '../meet-person.ts';
import { currencyNames } from '../settings/currencies.ts';
import { settingsOf } from '../settings/save-settings.ts';
import { type SettingsValues, welcomeView } from '../settings/view.ts';
import { type Person, teamLedBy, workspaceOf } from '../store.ts';
import { freshTeamForm, welcomeTeamView } from '../team/view.ts';
import { homeCountry, homeCurrency } from './rules.ts';
import { needsSetUp } from './save-first-settings.ts';

/** Where a modal can be opened. */
interface Opener {
  triggerId: string;
  client: WebClient;
}

/**
 * Opens the set-up where the person has to be led through it, at the step where they left it.
 * Returns whether it did: if not, the command is free to do something else.
 */
export async function openSetUp(
  deps: MeetDeps,
  { teamId, userId, ...opener }: Opener & { teamId: string; userId: string },
): Promise<boolean> {
  const person = await meetPerson(deps, teamId, userId);
  const step = needsSetUp(await workspaceOf(deps.db, teamId), person);
  if (step === 'settings') await openWelcome(deps, person, opener);
  if (step === 'team') await openWelcomeTeam(deps, person, opener);
  return step !== null;
}

/** The set-up's first step, with what can be guessed filled in. */
export async function openWelcome(
  { db }: Pick<MeetDeps, 'db'>,
  person: Person,
  { client, triggerId }: Opener,
): Promise<void> {
  const country = homeCountry(person.locale, person.timeZone);
  const values: SettingsValues = {
    ...(await settingsOf(db, person.workspaceId)),
    admins: [person.userId],
    currency: homeCurrency(
      country,
      currencyNames().map(({ code }) => code),
    ),
    country,
  };
  await openView(client, triggerId, welcomeView(values, person.userId));
}

async function openWelcomeTeam(
  { db, clock }: MeetDeps,
  person: Person,
  { client, triggerId }: Opener,
): Promise<void> {
  const team = await teamLedBy(db, person.workspaceId, person.userId);
  const form = freshTeamForm(team, clock.now());
  await openView(client, triggerId, welcomeTeamView({ appointed: person.manager, form }));
}
