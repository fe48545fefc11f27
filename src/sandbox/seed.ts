import { slackPerson } from './slack/people.ts';
import { SlackWorkspace } from './slack/workspace.ts';
import {
  app,
  channels,
  directMessageId,
  directMessagePairs,
  people,
  slackbot,
  team,
} from './team.ts';

/** The made-up team's workspace, empty but for its people, channels and DMs. */
export function createTeamWorkspace(): SlackWorkspace {
  const workspace = new SlackWorkspace({
    team,
    app,
    dmId: (user) => directMessageId(user, app.userId),
  });
  for (const { id, realName: name, title, timeZone: tz, locale, isAdmin } of people)
    workspace.addPerson(id, { name, title, tz, locale, isAdmin, isOwner: isAdmin });
  for (const bot of [
    { id: app.userId, name: app.name },
    { id: slackbot.id, name: 'Slackbot' },
  ])
    workspace.people.set(bot.id, slackPerson(bot.id, { name: bot.name, isBot: true }));
  for (const pair of directMessagePairs())
    workspace.conversations.add(directMessageId(...pair), {
      isIm: true,
      isPrivate: true,
      members: pair,
    });
  seedChannels(workspace);
  return workspace;
}

/** Adds the team's channels that aren't there, such as those that an earlier sandbox didn't have. */
export function seedChannels({ conversations }: SlackWorkspace): void {
  for (const { id, name, members, isPrivate, topic } of channels)
    if (!conversations.get(id))
      conversations.add(id, { name, members: [...members], isPrivate, topic });
}
