import { addDays, datesBetween, weekdayOf } from '../../../src/time/local-date.ts';
import { LATE_REVIEWS, mintAgreed } from '../agreed-rep.ts';
import { type DayApp, forged } from '../day-app.ts';
import { mintPerson } from '../plan-app.ts';
import { TEAM } from '../slack.ts';
import { type Scenario, today } from './scenario.ts';

const PARTNER = 'U0PARTNER';
const workweek = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** A rep who is at the start of their call block, with its message. */
async function atBlock(app: DayApp, time = '09:00'): Promise<string> {
  const blocks = [{ id: 'b1', days: [...workweek], start: '09:00', minutes: 90 }];
  const { rep } = await mintAgreed(app, { ...LATE_REVIEWS, callBlocks: blocks });
  await app.to(today(app), time);
  return rep;
}

/** A rep who is asked about their day. */
async function atCheckIn(app: DayApp): Promise<string> {
  const { rep } = await mintAgreed(app, LATE_REVIEWS);
  await app.to(today(app), '16:30');
  return rep;
}

/** A rep and their partner at the time of their sync. Returns who is asked. */
async function atSync(app: DayApp): Promise<string> {
  await mintPerson(app, PARTNER, { name: 'Sam' });
  const { rep } = await mintAgreed(app, {
    ...LATE_REVIEWS,
    newBusiness: {
      carried: true,
      averageDealSize: 2_500_000,
      salesCycleDays: 0,
      sdr: { inboundPerMonth: 1, outboundPerMonth: 1, qualificationRate: 0.5, sync: 'weekly' },
      selfSourcing: { leadIdentification: '', prospecting: '' },
    },
    sdrPartner: { userId: PARTNER, callsPerDay: 40, syncDay: 'mon', syncTime: '10:00' },
  });
  await app.to(today(app), '10:00');
  return rep;
}

/** A rep who reads that they have fallen behind. */
async function atPaceNote(app: DayApp): Promise<string> {
  const { rep } = await mintAgreed(app, LATE_REVIEWS);
  await app.db.planEvent.updateMany({ data: { at: new Date('2027-01-04T15:00:00Z') } });
  const monday = today(app);
  const dates = datesBetween(addDays(monday, -14), addDays(monday, -3));
  await app.db.activityDay.createMany({
    data: dates
      .filter((date) => !['sat', 'sun'].includes(weekdayOf(date)))
      .map((date) => ({
        workspaceId: TEAM,
        personId: rep,
        date,
        state: 'logged' as const,
        calls: 8,
        visits: 2,
        demos: 1,
        proposals: 1,
        contracts: 0,
        loggedAt: app.clock.now(),
      })),
  });
  await app.to(monday, '08:46');
  return rep;
}

export const activityScenarios: readonly Scenario[] = [
  {
    form: 'day_form',
    what: 'a day is logged',
    async open(app) {
      const { rep } = await mintAgreed(app, LATE_REVIEWS);
      await app.slack.command('/bigplan', 'log', { user: rep });
      return { user: rep, entries: { calls: '25', demos: '2' } };
    },
  },
  {
    form: 'day_form',
    what: 'a day is logged from its check-in',
    async open(app) {
      const user = await atCheckIn(app);
      await app.press(user, 'day_log');
      return { user, entries: { calls: '25' } };
    },
  },
  {
    form: 'day_skip',
    what: 'a day is skipped in words',
    async open(app) {
      const user = await atCheckIn(app);
      await app.press(user, 'day_skip_open');
      return { user, entries: { reason: 'other', words: 'All-hands' } };
    },
  },
  {
    form: 'day_skip',
    what: 'a day away becomes time off',
    async open(app) {
      const user = await atCheckIn(app);
      await app.press(user, 'day_skip_open');
      return { user, entries: { reason: 'away' } };
    },
  },
  {
    form: 'day_skip',
    what: 'a call block is skipped',
    async open(app) {
      const user = await atBlock(app);
      await app.press(user, 'block_skip_open');
      return { user, entries: { reason: 'meetings' } };
    },
  },
  {
    form: 'day_skip',
    what: 'a sync is skipped',
    async open(app) {
      const user = await atSync(app);
      await app.press(user, 'sync_skip_open');
      return { user, entries: {} };
    },
  },
  {
    form: 'day_move',
    what: 'a call block is moved',
    async open(app) {
      const user = await atBlock(app);
      await app.press(user, 'block_move_open');
      return { user, entries: { time: '14:00' } };
    },
  },
  {
    form: 'day_move',
    what: 'a sync is moved for both',
    async open(app) {
      const user = await atSync(app);
      await app.press(user, 'sync_move_open');
      return { user, entries: { time: '14:00' } };
    },
  },
  {
    form: 'block_count_form',
    what: 'a block’s calls are counted into its day',
    async open(app) {
      const user = await atBlock(app, '10:30');
      await app.press(user, 'block_count_open');
      return { user, entries: { calls: '12' } };
    },
  },
  {
    form: 'away_form',
    what: 'a rep enters time off',
    async open(app) {
      const { rep } = await mintAgreed(app, LATE_REVIEWS);
      await app.slack.command('/bigplan', 'away', { user: rep });
      const [from, to] = [addDays(today(app), 1), addDays(today(app), 3)];
      return { user: rep, entries: { from, to } };
    },
  },
  {
    form: 'away_form',
    what: 'a manager enters their rep’s time off',
    async open(app) {
      const { rep, manager } = await mintAgreed(app, LATE_REVIEWS);
      await app.slack.command('/bigplan', 'away', { user: manager });
      await app.slack.action({ user: manager, actionId: 'away_person', enter: rep });
      const [from, to] = [today(app), addDays(today(app), 1)];
      return { user: manager, entries: { from, to } };
    },
  },
  {
    form: 'nudge_form',
    what: 'one’s own settings',
    async open(app) {
      const { rep } = await mintAgreed(app, LATE_REVIEWS);
      await app.slack.command('/bigplan', 'settings me', { user: rep });
      return { user: rep, entries: { checkInTime: '17:00', why: 'For the boat.' } };
    },
  },
  {
    form: 'pace_obstacle',
    what: 'what is in the way',
    async open(app) {
      const user = await atPaceNote(app);
      await app.press(user, 'pace_obstacle_open', { message: app.find(user, /^Calls are at/) });
      return { user, entries: { causes: ['content'], words: 'No list.' } };
    },
  },
  {
    form: 'pace_obstacle',
    what: 'what would help is asked of the manager',
    async open(app) {
      const user = await atPaceNote(app);
      await app.press(user, 'pace_obstacle_open', { message: app.find(user, /^Calls are at/) });
      return { user, entries: { causes: ['content'], help: 'A word with marketing' } };
    },
  },
  {
    form: 'pace_hours',
    what: 'the hours of a catch-up become a call block',
    async open(app) {
      const user = await atPaceNote(app);
      await app.press(user, 'pace_hours_open', { message: app.find(user, /^Calls are at/) });
      return { user, entries: { minutes: '60' } };
    },
  },
  {
    form: 'pace_changed',
    what: 'what changed, for the manager to read',
    async open(app) {
      const user = await atPaceNote(app);
      const note = app.find(user, /^Calls are at/);
      const { id } = await app.db.episode.findFirstOrThrow({ where: { personId: user } });
      const action = 'pace_changed_open';
      await app.press(user, action, { message: forged(note, action, id) });
      return { user, entries: { words: 'The list.', readers: 'manager' } };
    },
  },
];
