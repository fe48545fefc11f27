import type { Context } from '../context.ts';
import { actorOf } from '../slack/workspaces/acting.ts';
import { listenToChannels, reReadChannels } from './channels/channel-shut.ts';
import { shutMessages } from './channels/shut-messages.ts';
import type { ChannelPicks } from './channels/shut-view.ts';
import type { HomesChanged } from './hooks.ts';
import { keepFacts } from './meet-person.ts';
import { reReadPeople } from './re-read.ts';
import { listenToSetUp } from './set-up/slack.ts';
import { settingsMessages } from './settings/messages.ts';
import { listenToSettings, type OwnSettings } from './settings/slack.ts';
import { slackFacts } from './slack-facts.ts';
import { findPerson } from './store.ts';
import { leftMessages } from './team/left-messages.ts';
import { teamMessages } from './team/messages.ts';
import { listenToTeam, type PlanStatusOf, type TeamsFor } from './team/slack.ts';
import { listenToZones } from './zone/slack.ts';

/**
 * Adds the set-up, `/bigplan settings` and `/bigplan team`. Plans, and what each person sets for
 * themselves, are shown by whoever knows them.
 */
export function registerPeople(
  context: Context,
  {
    planStatusOf,
    ownSettings,
    changed,
    teamsFor,
    picks,
  }: {
    planStatusOf: PlanStatusOf;
    ownSettings: OwnSettings;
    changed: HomesChanged;
    teamsFor: TeamsFor;
    picks: ChannelPicks;
  },
): { reRead(): Promise<void> } {
  listenToSetUp(context, changed);
  listenToSettings(context, ownSettings, changed);
  listenToTeam(context, { planStatusOf, teamsFor }, changed);
  listenToZones(context);
  listenToProfiles(context);
  listenToChannels(context);
  context.outbox.declare(
    ...teamMessages(context),
    ...leftMessages(context),
    ...shutMessages(context, picks),
    ...settingsMessages(context),
  );
  return {
    async reRead() {
      await reReadPeople(context);
      await reReadChannels(context);
    },
  };
}

/** Slack tells when somebody's zone or name changes, and whether they are still here. */
function listenToProfiles(context: Context): void {
  context.app.event('user_change', async ({ event: { user }, body }) => {
    const who = actorOf(body);
    if (await findPerson(context.db, who)) await keepFacts(context, who, slackFacts(user));
  });
}
