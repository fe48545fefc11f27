/** What is somebody's own reaches nobody else: no message, no log line, no column in the clear. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_COUNTS } from '../../src/activity/schemas.ts';
import { workingDates } from '../../src/time/working-days.ts';
import { mintAgreed } from '../support/agreed-rep.ts';
import { compOf } from '../support/components.ts';
import { type DayApp, inside, startDayApp } from '../support/day-app.ts';
import { mintPerson, type TestPair } from '../support/plan-app.ts';
import { TEAM } from '../support/slack.ts';

/** Each is looked for wherever it must not be. */
const CANARIES = {
  goal: 'zephyrhouse',
  why: 'zephyrwhy',
  skip: 'zephyrskip',
  obstacle: 'zephyrobstacle',
  words: 'zephyrwords',
};
/** Of the plan's money: income, life goal, base, quota. */
const FIGURES = [
  '31718281',
  '317,182',
  '317k',
  '$317',
  '6173001',
  '61,730',
  '61.7',
  '9137700',
  '91,377',
  '87654321',
  '876,543',
];

const PARTNER = 'U0PARTNER';
let app: DayApp;
let pair: TestPair;

beforeAll(async () => {
  app = await startDayApp();
  await mintPerson(app, PARTNER, { name: 'Sam' });
  const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
  pair = await mintAgreed(app, {
    goal: { income: 31_718_281, livingCosts: null },
    lifeGoals: [{ id: 'l1', label: CANARIES.goal, amount: 6_173_001, by: '2027-09-30' }],
    compensation: compOf(9_137_700, { quota: 87_654_321 }),
    newBusiness: {
      carried: true,
      averageDealSize: 2_500_000,
      salesCycleDays: 0,
      sdr: { inboundPerMonth: 1, outboundPerMonth: 1, qualificationRate: 0.5, sync: 'daily' },
      selfSourcing: { leadIdentification: '', prospecting: '' },
    },
    sdrPartner: { userId: PARTNER, callsPerDay: 40, syncDay: 'mon', syncTime: '10:00' },
    callBlocks: [{ id: 'b1', days: [...workdays], start: '11:00', minutes: 60 }],
  });
  const consent = { workspaceId: TEAM, repId: pair.rep, partnerId: PARTNER, askedAt: new Date() };
  await app.db.syncConsent.create({ data: { ...consent, state: 'accepted' } });
});
afterAll(() => app.stop());

const LOGGED_LOW = workingDates(
  { workdays: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: [], timeOff: [] },
  '2027-01-04',
  '2027-02-02',
);

/** Days on which the rep logs: who answers nothing is asked less. */
async function logLow(...dates: string[]): Promise<void> {
  await app.db.activityDay.createMany({
    data: dates.map((date) => ({
      workspaceId: TEAM,
      personId: pair.rep,
      date,
      state: 'logged' as const,
      ...NO_COUNTS,
      calls: 2,
      loggedAt: new Date(),
    })),
    skipDuplicates: true,
  });
}

const questions = () =>
  app.slack
    .dm(pair.rep)
    .filter(({ text }) => /how did it go/.test(text))
    .map(inside);

describe('a rep who says everything there is to say', () => {
  it('reads their why and their next goal in a week’s first check-in, by turns', async () => {
    const { rep } = pair;
    await app.slack.command('/bigplan', 'settings', { user: rep });
    const { body } = await app.slack.submit(rep, { why: 'nul \0' });
    expect(JSON.stringify(body)).toMatch(/why:0.*can't be kept/);
    await app.slack.submit(rep, { why: `For *Ida* & the ${CANARIES.why}` });
    await app.slack.closeModal(rep);
    await app.to('2027-01-05', '16:30');
    await logLow('2027-01-05', '2027-01-08');
    await app.to('2027-01-11', '16:30');
    const [monday = '', tuesday = ''] = questions();
    const next = questions().at(-1) ?? '';
    expect(tuesday).not.toMatch(/zephyr/);
    const [first, second] = [monday, next].map((one) => one.includes(CANARIES.why));
    expect(first).not.toBe(second);
    const goal = first ? next : monday;
    expect(goal).toContain(`What it is for: *${CANARIES.goal}*, $61.7`);
  });

  it('who works Tuesdays on only reads it on Tuesday, and who turned it off never', async () => {
    const { rep } = pair;
    const key = { workspaceId: TEAM, personId: rep };
    const where = { workspaceId_personId: key };
    await app.db.nudgeSettings.update({ where, data: { weekdays: ['tue', 'wed'] } });
    await logLow('2027-01-11', '2027-01-18');
    await app.to('2027-01-19', '16:30');
    expect(questions().at(-1)).toMatch(/zephyr/);
    await app.db.nudgeSettings.update({ where, data: { weekdays: [], reasons: false } });
    await logLow('2027-01-19', '2027-01-22');
    await app.to('2027-01-25', '16:30');
    expect(questions().at(-1)).toContain('Monday');
    expect(questions().at(-1)).not.toMatch(/zephyr/);
    await app.db.nudgeSettings.update({ where, data: { reasons: true } });
  });

  it('and names what is in the way, in every form and word there is', async () => {
    const { rep } = pair;
    await app.press(rep, 'day_skip_open');
    await app.slack.submit(rep, { reason: 'other', words: `Because of ${CANARIES.skip}` });
    await app.slack.say(rep, `3 unicorns ${CANARIES.words}`);
    await app.slack.command('/bigplan', `log 3 ${CANARIES.words}`, { user: rep });
    await app.slack.closeModal(rep);
    await app.slack.command('/bigplan', `away ${CANARIES.words}`, { user: rep });
    // Slack refuses what the app shows: what it was about must not end up in the log.
    app.slack.fault('chat.update', { error: 'message_not_found' }, 3);
    await app.press(rep, 'day_log', { message: app.find(rep, /skipped/) });
    await app.slack.submit(rep, { calls: '2' });
    app.slack.clearFaults();
    await logLow(...LOGGED_LOW);
    await app.to('2027-01-26', '08:46');
    const note = app.find(rep, /^Calls are at/);
    await app.press(rep, 'pace_obstacle_open', { message: note });
    const { body } = await app.slack.submit(rep, {
      causes: ['content'],
      words: 'half \ud800 pair',
    });
    expect(JSON.stringify(body)).toMatch(/words:0.*can't be kept/);
    await app.slack.submit(rep, {
      causes: ['content', 'own_execution'],
      words: `First line\nthen ${CANARIES.obstacle} <!here>`,
    });
    const noted = inside(app.find(rep, /^Calls are at/));
    expect(noted).toContain(`\\n>then ${CANARIES.obstacle} &lt;!here&gt;`);
    await app.press(rep, 'pace_obstacle_open', { message: app.find(rep, /^Calls are at/) });
    await app.slack.closeModal(rep);
    await app.to('2027-02-02', '17:00');
    expect(app.texts(pair.manager).join()).toContain('Calls are at');
    expect(app.texts(PARTNER).length).toBeGreaterThan(5);
  });
});

describe('whoever else looks', () => {
  const mustNot = (text: string, where: string) => {
    for (const canary of [...Object.values(CANARIES), ...FIGURES]) {
      // Within a longer number, such as a time stamp's, it is none of these figures.
      const alone = new RegExp(`(?<!\\d)${canary.replace(/[.$]/g, '\\$&')}(?!\\d)`);
      expect(alone.test(text), `${canary} in ${where}`).toBe(false);
    }
  };

  it('finds nothing of it in what others were sent or shown', () => {
    const { rep } = pair;
    const own = app.slack.dmChannel(rep);
    const sent = app.slack.calls.filter(({ method }) => method.startsWith('chat.'));
    expect(sent.length).toBeGreaterThan(20);
    for (const { method, args } of sent) {
      if (args.channel !== own) mustNot(JSON.stringify(args), `${method} to ${args.channel}`);
    }
    for (const { user, body } of app.slack.responses) {
      if (user !== rep) mustNot(JSON.stringify(body), `an answer to ${user}`);
    }
    for (const user of [pair.manager, PARTNER]) {
      mustNot(JSON.stringify(app.slack.home(user) ?? null), `Home of ${user}`);
    }
  });

  it('finds nothing of it in the log', () => {
    expect(app.logged.length).toBeGreaterThan(20);
    for (const line of app.logged) mustNot(JSON.stringify(line), 'the log');
  });

  it('finds nothing of it in the database, jobs and all', async () => {
    const tables = await app.db.$queryRaw<{ schema: string; name: string }[]>`
      SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`;
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'activity_day',
        'episode',
        'nudge_settings',
        'delivery',
        '_private_jobs',
      ]),
    );
    for (const { schema, name } of tables) {
      const rows = await app.db.$queryRawUnsafe<{ row: string }[]>(
        `SELECT t::text AS row FROM "${schema}"."${name}" AS t`,
      );
      mustNot(rows.map(({ row }) => row).join('\n'), `${schema}.${name}`);
    }
  });

  it('though the rep’s own figures and words are all there, for the rep', () => {
    const own = JSON.stringify(app.slack.dm(pair.rep));
    for (const canary of Object.values(CANARIES)) {
      if (canary !== CANARIES.skip) expect(own).toContain(canary);
    }
  });
});
