import { addDays, mondayOf } from '../../../src/time/local-date.ts';
import { LATE_REVIEWS, mintAgreed } from '../agreed-rep.ts';
import type { DayApp } from '../day-app.ts';
import { mintPerson, type TestPair } from '../plan-app.ts';
import { TEAM } from '../slack.ts';
import { type Scenario, today } from './scenario.ts';

/** A pair with an hour on Thursdays, in front of the form that the manager's list opens. */
async function inForm(app: DayApp, what: 'log' | 'move' | 'skip'): Promise<string> {
  const { rep, manager } = await mintPaired(app);
  await app.slack.command('/bigplan', 'coach', { user: manager });
  const value = `${rep}:${mondayOf(today(app))}:${what}`;
  await app.slack.action({ user: manager, actionId: 'coach_menu', value });
  return manager;
}

async function mintPaired(app: DayApp): Promise<TestPair> {
  const pair = await mintAgreed(app, LATE_REVIEWS);
  const rhythm = { weekday: 'thu', time: '14:00', pickedBy: pair.manager };
  await app.db.coachingRhythm.create({
    data: { workspaceId: TEAM, repId: pair.rep, ...rhythm, pickedAt: app.clock.now() },
  });
  return pair;
}

const logged = (app: DayApp) => ({
  reviewed: 'demo',
  which: 'Acme',
  heard: 'Two questions went unanswered.',
  tweak: 'Ask for the next step',
  metric: 'demoToProposal',
  measureOn: addDays(today(app), 14),
});

export const coachingHourScenarios: readonly Scenario[] = [
  {
    form: 'coach_log',
    what: 'an hour is logged from the list',
    async open(app) {
      return { user: await inForm(app, 'log'), entries: logged(app) };
    },
  },
  {
    form: 'coach_log',
    what: 'an hour is logged by command',
    async open(app) {
      const { rep, manager } = await mintPaired(app);
      await app.slack.command('/bigplan', `coach <@${rep}|dana>`, { user: manager });
      return { user: manager, entries: logged(app) };
    },
  },
  {
    form: 'coach_move',
    what: 'an hour is moved',
    async open(app) {
      return {
        user: await inForm(app, 'move'),
        entries: { date: addDays(today(app), 1), time: '10:00' },
      };
    },
  },
  {
    form: 'coach_skip',
    what: 'an hour is skipped',
    async open(app) {
      return { user: await inForm(app, 'skip'), entries: { reason: 'Trade fair' } };
    },
  },
  {
    form: 'coach_rhythm',
    what: 'the day of a team is picked',
    async open(app) {
      const { manager } = await mintAgreed(app, LATE_REVIEWS);
      await app.slack.command('/bigplan', 'coach', { user: manager });
      await app.slack.action({ user: manager, actionId: 'coach_day_open' });
      return { user: manager, entries: { day: 'thu', time: '14:00' } };
    },
  },
  {
    form: 'coach_topic',
    what: 'a rep says what to talk about',
    async open(app) {
      const { rep } = await mintAgreed(app, LATE_REVIEWS);
      await app.slack.command('/bigplan', 'coach', { user: rep });
      await app.slack.action({ user: rep, actionId: 'coach_topic_open' });
      return { user: rep, entries: { topic: 'Procurement' } };
    },
  },
  {
    form: 'coach_stand_in',
    what: 'somebody is asked to stand in',
    async open(app) {
      const { manager } = await mintAgreed(app, LATE_REVIEWS);
      await mintPerson(app, 'U0STAND', { name: 'Sam' });
      await app.slack.command('/bigplan', 'coach', { user: manager });
      await app.slack.action({ user: manager, actionId: 'coach_stand_in_open' });
      return { user: manager, entries: { standIn: 'U0STAND' } };
    },
  },
  {
    form: 'objection',
    what: 'an objection is logged',
    async open(app) {
      const { rep } = await mintAgreed(app, LATE_REVIEWS);
      await app.slack.command('/bigplan', 'objections', { user: rep });
      await app.slack.action({ user: rep, actionId: 'objection_open' });
      const said = { words: 'Too dear', answer: 'What it saves' };
      return { user: rep, entries: { about: 'price', handled: 'yes', ...said } };
    },
  },
  {
    form: 'recognition',
    what: 'somebody says what may be told of them',
    async open(app) {
      const { rep } = await mintAgreed(app, LATE_REVIEWS);
      app.slack.addChannel('C0WINS', { name: 'wins' });
      await app.slack.command('/bigplan', 'coach', { user: rep });
      await app.slack.action({ user: rep, actionId: 'recognition_open' });
      return { user: rep, entries: { kinds: ['wins'], channelId: 'C0WINS' } };
    },
  },
];
