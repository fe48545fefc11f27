import { UNKNOWN_FACTS } from '../../../src/people/slack-facts.ts';
import { savePerson, saveRoles } from '../../../src/people/store.ts';
import { LATE_REVIEWS, mintAgreed } from '../agreed-rep.ts';
import { type DayApp, forged } from '../day-app.ts';
import { TEAM } from '../slack.ts';
import type { Scenario } from './scenario.ts';

const ADMIN = 'U0LEADER';
const MANAGER = 'U0MANAGER';
const REP = 'U0REP';
const CHANNEL = 'C0TEAM';

/** People whom Bigplan has met, and what they are in it. */
async function meet(app: DayApp, { managers = [] as string[] } = {}): Promise<void> {
  app.slack.addChannel(CHANNEL, { name: 'team-max' });
  for (const userId of [ADMIN, MANAGER, REP]) {
    const facts = { ...UNKNOWN_FACTS, timeZone: 'America/New_York', name: userId };
    await savePerson(app.db, { workspaceId: TEAM, userId }, facts, app.clock.now());
  }
  await app.db.$transaction((tx) =>
    saveRoles(tx, TEAM, { admins: [ADMIN], leaders: [], managers }),
  );
}

/** The command as the first one to run it. */
async function welcome(app: DayApp): Promise<void> {
  app.slack.addChannel(CHANNEL, { name: 'team-max' });
  await app.db.workspace.deleteMany();
  app.slack.addPerson(MANAGER, { name: 'Max', isAdmin: true });
  await app.slack.command('/bigplan', '', { user: MANAGER });
}

export const peopleScenarios: readonly Scenario[] = [
  {
    form: 'zone_form',
    what: 'where somebody is',
    async open(app) {
      await meet(app);
      const blank = {
        channel: app.slack.dmChannel(REP),
        ts: '1800000000.000001',
        text: 'Zone',
        blocks: [],
      };
      const message = forged(blank, 'people_zone_open', '');
      await app.slack.action({ user: REP, actionId: 'people_zone_open', message });
      return { user: REP, entries: { timeZone: 'Europe/Berlin' } };
    },
  },
  {
    form: 'people_welcome',
    what: 'the first settings',
    async open(app) {
      await welcome(app);
      return { user: MANAGER, entries: { leaders: [ADMIN], managers: [MANAGER], currency: 'EUR' } };
    },
  },
  {
    form: 'people_welcome',
    what: 'the first settings, with somebody else as the admin',
    async open(app) {
      await welcome(app);
      return { user: MANAGER, entries: { admins: [ADMIN], managers: [MANAGER] } };
    },
  },
  {
    form: 'people_welcome_team',
    what: 'the first team of an appointed manager',
    async open(app) {
      await welcome(app);
      await app.slack.submit(MANAGER, { managers: [MANAGER] });
      return { user: MANAGER, entries: { reps: [REP], channel: CHANNEL } };
    },
  },
  {
    form: 'people_settings',
    what: 'the workspace’s settings',
    again: 'Everything was so already',
    async open(app) {
      await meet(app);
      await app.slack.command('/bigplan', 'settings', { user: ADMIN });
      const companyDays = '24 Dec 2027, Closed';
      return { user: ADMIN, entries: { currency: 'GBP', managers: [MANAGER], companyDays } };
    },
  },
  {
    form: 'people_team',
    what: 'an appointed manager’s rep joins',
    async open(app) {
      await meet(app, { managers: [MANAGER] });
      await app.slack.command('/bigplan', 'team', { user: MANAGER });
      return { user: MANAGER, entries: { reps: [REP], channel: CHANNEL } };
    },
  },
  {
    form: 'people_team',
    what: 'somebody’s rep is asked',
    async open(app) {
      await meet(app);
      await app.slack.command('/bigplan', 'team', { user: MANAGER });
      return { user: MANAGER, entries: { reps: [REP] } };
    },
  },
  {
    form: 'people_team',
    what: 'a rep leaves',
    async open(app) {
      await meet(app, { managers: [MANAGER] });
      await app.slack.command('/bigplan', 'team', { user: MANAGER });
      await app.slack.submit(MANAGER, { reps: [REP], channel: CHANNEL });
      return { user: MANAGER, entries: { reps: [] } };
    },
  },
  {
    form: 'forget_me',
    what: 'somebody is forgotten',
    async open(app) {
      const { rep } = await mintAgreed(app, LATE_REVIEWS);
      await app.slack.command('/bigplan', 'forget-me', { user: rep });
      return { user: rep, entries: { sure: ['sure'] } };
    },
  },
];
