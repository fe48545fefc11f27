import type { SlackStore } from './slack-store.ts';
import {
  app,
  channels,
  directMessageId,
  directMessagePairs,
  people,
  slackbot,
  team,
} from './team.ts';

/** The tokens that the sandbox and the app use with the emulated Slack, fresh at each start. */
export interface Tokens {
  bot: string;
  /** By person id; for what people post and upload themselves. */
  people: ReadonlyMap<string, string>;
}

/** Replaces the emulator's own sample data by the made-up team. */
export function seedWorkspace(store: SlackStore): void {
  for (const collection of [
    store.teams,
    store.users,
    store.channels,
    store.bots,
    store.tokens,
    store.incomingWebhooks,
  ])
    collection.clear();
  store.teams.insert({ team_id: team.id, name: team.name, domain: team.domain });
  for (const person of people) store.users.insert(userRecord(person, { admin: person.isAdmin }));
  store.users.insert(
    userRecord({ id: app.userId, name: 'bigplan', realName: app.name }, { bot: true }),
  );
  store.users.insert(userRecord(slackbot, { bot: true }));
  store.bots.insert({
    bot_id: app.botId,
    app_id: app.id,
    user_id: app.userId,
    name: app.name,
    deleted: false,
    icons: {},
  });
  seedChannels(store);
  for (const [one, other] of directMessagePairs())
    store.channels.insert({
      ...channelRecord(directMessageId(one, other), '', [one, other], true, ''),
      is_im: true,
      is_mpim: false,
      is_open_by_user: { [one]: true, [other]: true },
      user: other,
    });
}

/** Adds the team's channels that aren't there, such as those that an earlier sandbox didn't have. */
export function seedChannels(store: SlackStore): void {
  for (const { id, name, members, isPrivate, topic } of channels)
    if (!store.channels.findOneBy('channel_id', id))
      store.channels.insert(channelRecord(id, name, members, isPrivate, topic));
}

/** Lets the app and each person in under new tokens; earlier ones stop working. */
export function grantTokens(store: SlackStore, mint: () => string): Tokens {
  store.tokens.clear();
  const grant = (kind: 'bot' | 'user', userId: string) => {
    const token = `${kind === 'bot' ? 'xoxb' : 'xoxp'}-${mint()}`;
    store.tokens.insert({
      token,
      token_type: kind,
      team_id: team.id,
      user_id: userId,
      scopes: [],
      app_id: app.id,
      bot_id: kind === 'bot' ? app.botId : undefined,
    });
    return token;
  };
  return {
    bot: grant('bot', app.userId),
    people: new Map(people.map((person) => [person.id, grant('user', person.id)])),
  };
}

function userRecord(
  user: { id: string; name: string; realName: string; title?: string },
  { admin = false, bot = false },
) {
  const email = `${user.name}@northwind.example`;
  return {
    user_id: user.id,
    team_id: team.id,
    name: user.name,
    real_name: user.realName,
    email,
    is_admin: admin,
    is_bot: bot,
    deleted: false,
    profile: {
      title: user.title ?? '',
      display_name: user.realName,
      real_name: user.realName,
      email,
      image_48: '',
      image_192: '',
    },
    presence: 'active',
    manual_presence: 'auto',
    connection_count: 1,
  };
}

function channelRecord(
  id: string,
  name: string,
  members: readonly string[],
  isPrivate: boolean,
  topic: string,
) {
  const creator = members[0] ?? '';
  return {
    channel_id: id,
    team_id: team.id,
    name,
    is_channel: !isPrivate,
    is_private: isPrivate,
    is_archived: false,
    topic: { value: topic, creator, last_set: 0 },
    purpose: { value: '', creator, last_set: 0 },
    members: [...members],
    creator,
    num_members: members.length,
    last_read: {},
  };
}
