/** The made-up team. Ids are constants, so that they still fit the app's database after a restart. */
import { readFileSync } from 'node:fs';

export interface DemoPerson {
  id: string;
  name: string;
  realName: string;
  title: string;
  timeZone: string;
  locale: string;
  isAdmin: boolean;
}

export const team = { id: 'T0SANDBOX', name: 'Northwind Sales', domain: 'northwind-sandbox' };

/** Where most of them live. */
export const HOME_ZONE = 'America/New_York';

const dana: DemoPerson = {
  id: 'U0DANA',
  name: 'dana',
  realName: 'Dana Reyes',
  title: 'Account executive',
  timeZone: HOME_ZONE,
  locale: 'en-US',
  isAdmin: false,
};
const max: DemoPerson = {
  id: 'U0MAX',
  name: 'max',
  realName: 'Max Okafor',
  title: 'Sales manager, workspace admin',
  timeZone: HOME_ZONE,
  locale: 'en-US',
  isAdmin: true,
};
const priya: DemoPerson = {
  id: 'U0PRIYA',
  name: 'priya',
  realName: 'Priya Nair',
  title: 'Sales manager',
  timeZone: 'Europe/London',
  locale: 'en-GB',
  isAdmin: false,
};
const lena: DemoPerson = {
  id: 'U0LENA',
  name: 'lena',
  realName: 'Lena Sommer',
  title: 'Head of sales',
  timeZone: 'Europe/Berlin',
  locale: 'de-DE',
  isAdmin: false,
};
const tom: DemoPerson = {
  id: 'U0TOM',
  name: 'tom',
  realName: 'Tom Becker',
  title: 'Account executive',
  timeZone: HOME_ZONE,
  locale: 'en-US',
  isAdmin: false,
};
const june: DemoPerson = {
  id: 'U0JUNE',
  name: 'june',
  realName: 'June Park',
  title: 'Account executive',
  timeZone: HOME_ZONE,
  locale: 'en-US',
  isAdmin: false,
};
const aisha: DemoPerson = {
  id: 'U0AISHA',
  name: 'aisha',
  realName: 'Aisha Khan',
  title: 'Sales development representative',
  timeZone: HOME_ZONE,
  locale: 'en-US',
  isAdmin: false,
};
export const people: readonly DemoPerson[] = [dana, max, priya, lena, tom, june, aisha];

export const app = {
  id: 'A0BIGPLAN',
  name: 'Bigplan',
  userId: 'U0BIGPLAN',
  botId: 'B0BIGPLAN',
  commands: commandsOf(new URL('../../manifests/http.json', import.meta.url)),
};

/** As Slack would have them from the manifest. */
function commandsOf(manifest: URL): { command: string; usage: string; description: string }[] {
  const { features } = JSON.parse(readFileSync(manifest, 'utf8'));
  return features.slash_commands.map(
    ({ command, usage_hint: usage, description }: Record<string, string>) => ({
      command,
      usage,
      description,
    }),
  );
}

/** Slackbot speaks when a command fails, as in Slack. */
export const slackbot = { id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot' };

interface Channel {
  id: string;
  name: string;
  topic: string;
  isPrivate: boolean;
  members: readonly string[];
}

const everyone = people.map((person) => person.id);

export const channels: readonly Channel[] = [
  {
    id: 'C0GENERAL',
    name: 'general',
    topic: 'Company news and everything else',
    isPrivate: false,
    members: [...everyone, app.userId],
  },
  {
    id: 'C0MAXTEAM',
    name: 'team-max-pipeline',
    topic: "Max's team: pipeline and monthly reviews",
    isPrivate: true,
    members: [max.id, lena.id, app.userId],
  },
  {
    id: 'C0LEADERS',
    name: 'leadership',
    topic: 'Managers and leaders',
    isPrivate: true,
    members: [max.id, priya.id, lena.id, app.userId],
  },
  {
    id: 'C0SYNC',
    name: 'weekly-sync',
    topic: 'Marketing, PR and sales: what each does this week',
    isPrivate: true,
    members: [max.id, priya.id, lena.id, aisha.id, app.userId],
  },
  {
    id: 'C0REVIEWS',
    name: 'sales-reviews',
    topic: 'Reviews of every team',
    isPrivate: true,
    members: [max.id, priya.id, lena.id],
  },
];

/** The conversation between two members; the same id whoever asks. */
export function directMessageId(one: string, other: string): string {
  const [first, second] = [one, other].map((id) => id.replace(/^U0/, '')).sort();
  return `D0${first}${second}`;
}

/** Every pair that can write to each other: person and app, person and person. */
export function directMessagePairs(): [string, string][] {
  const members = [app.userId, ...everyone];
  return members.flatMap((one, index) =>
    members.slice(index + 1).map((other): [string, string] => [one, other]),
  );
}

/** The person with this id, if the id is one of the team's. */
export function findDemoPerson(id: string): DemoPerson | undefined {
  return people.find((person) => person.id === id);
}
