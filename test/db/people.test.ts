import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Deps } from '../../src/context.ts';
import { createLog } from '../../src/log.ts';
import { UNLIMITED } from '../../src/outbox/limit-rules.ts';
import { createOutbox } from '../../src/outbox/outbox.ts';
import {
  saveFirstSettings,
  saveSettings,
  settingsOf,
} from '../../src/people/settings/save-settings.ts';
import { UNKNOWN_FACTS } from '../../src/people/slack-facts.ts';
import {
  findPerson,
  findRequestTo,
  managerOf,
  rolesOf,
  type Settings,
  savePerson,
  saveRoles,
  saveStrangers,
  teamLedBy,
  workspaceOf,
} from '../../src/people/store.ts';
import { chooseManager } from '../../src/people/team/choose-manager.ts';
import { answerRequest, withdrawRequest } from '../../src/people/team/join-request.ts';
import { saveTeam, type TeamEdit } from '../../src/people/team/save-team.ts';
import { createScheduler } from '../../src/scheduler/scheduler.ts';
import { createAdjustableClock } from '../../src/time/clock.ts';
import { createTestDb, type TestDb } from '../support/db.ts';
import { stopwatch } from '../support/stopwatch.ts';

const MAX = 'U0MAX';
const PRIYA = 'U0PRIYA';
const DANA = 'U0DANA';
const SAM = 'U0SAM';

let database: TestDb;
let deps: Omit<Deps, 'encryption'>;
let workspaceId = '';
let workspaces = 0;

beforeAll(async () => {
  database = await createTestDb();
  const clock = createAdjustableClock();
  const { db, url: databaseUrl } = database;
  const log = createLog('silent');
  // Never started: what is planned stays in the outbox, to be looked at.
  const outbox = createOutbox({
    db,
    databaseUrl,
    client: new WebClient(),
    clock,
    log,
    limits: UNLIMITED,
  });
  deps = { db, clock, outbox, scheduler: createScheduler({ db, clock, log }) };
});
afterAll(() => database.drop());

beforeEach(async () => {
  workspaceId = `T${++workspaces}`;
  for (const userId of [MAX, PRIYA, DANA, SAM]) await meet(userId);
});

const meet = (userId: string, facts = {}) =>
  savePerson(
    deps.db,
    { workspaceId, userId },
    { ...UNKNOWN_FACTS, name: userId, ...facts },
    deps.clock.now(),
  );
/** The first settings by somebody who is an admin of Slack's as long. */
async function setUpBy(userId: string, chosen: Settings): Promise<'saved' | 'late'> {
  const be = (slackAdmin: boolean) =>
    deps.db.person.updateMany({ where: { workspaceId, userId }, data: { slackAdmin } });
  await be(true);
  return saveFirstSettings(deps, as(userId), chosen).finally(() => be(false));
}
const as = (userId: string) => ({ workspaceId, userId });
const appoint = (managers: string[]) =>
  deps.db.$transaction((tx) => saveRoles(tx, workspaceId, { admins: [], leaders: [], managers }));
const edit = (more: Partial<TeamEdit> = {}): TeamEdit => ({
  added: [],
  removed: [],
  channelId: null,
  ...more,
});
const team = async (managerId: string) => {
  const found = await teamLedBy(deps.db, { workspaceId, userId: managerId });
  return found?.members.map(({ userId }) => userId) ?? [];
};
const planned = async (kind: string) =>
  (await deps.db.delivery.findMany({ where: { workspaceId, kind } })).map((row) => row.personId);
const requestOf = async (managerId: string, repId: string) => {
  const request = await findRequestTo(deps.db, { workspaceId, managerId, repId });
  if (!request) throw new Error('nobody asked');
  return request;
};
const settings = (more: Partial<Settings> = {}): Settings => ({
  leaders: [],
  managers: [],
  admins: [MAX],
  currency: 'EUR',
  workdays: ['mon', 'tue'],
  country: 'DE',
  region: 'BY',
  companyDays: [],
  cycleMonth: 1,
  ...more,
});

describe('people', () => {
  it.each([1, 2, 3])('of a new workspace may come at the same time (%i)', async () => {
    workspaceId = `T${++workspaces}`;
    const here = await Promise.all(
      Array.from({ length: 8 }, () => workspaceOf(deps.db, workspaceId)),
    );
    expect(here.map(({ id }) => id)).toEqual(Array(8).fill(workspaceId));
  });

  it('keep their roles when Slack is asked again, and bots count as deactivated', async () => {
    await appoint([MAX]);
    const after = await meet(MAX, { name: 'Max', slackAdmin: true, bot: true });
    expect(after).toMatchObject({ name: 'Max', manager: false, admin: false, deactivated: true });
    expect(await meet(MAX, { slackAdmin: true })).toMatchObject({ manager: true, admin: true });
    const guest = await meet(MAX, { slackAdmin: true, outsider: true });
    expect(guest).toMatchObject({ manager: false, admin: false });
  });

  it('who could not be looked up are known, but never forget what was known', async () => {
    await meet(DANA, { name: 'Dana' });
    await saveStrangers(deps.db, workspaceId, [DANA, 'U0NEW']);
    expect(await findPerson(deps.db, { workspaceId, userId: DANA })).toMatchObject({
      name: 'Dana',
    });
    expect(await findPerson(deps.db, { workspaceId, userId: 'U0NEW' })).toMatchObject({
      name: UNKNOWN_FACTS.name,
      refreshedAt: new Date(0),
    });
  });

  it('of one workspace are not those of another', async () => {
    await appoint([MAX]);
    const { managers } = await rolesOf(deps.db, `${workspaceId}-other`);
    expect(managers).toEqual([]);
  });
});

describe('the set-up', () => {
  it('makes the one who finishes it an admin and leads them on to the team', async () => {
    const refused = saveFirstSettings(deps, as(DANA), settings({ admins: [DANA] }));
    await expect(refused).rejects.toMatchObject({ code: 'not_admin' });
    expect(await setUpBy(MAX, settings())).toBe('saved');
    expect(await settingsOf(deps.db, workspaceId)).toEqual(settings());
    expect(await workspaceOf(deps.db, workspaceId)).toMatchObject({ setUp: true });
    const max = await findPerson(deps.db, { workspaceId, userId: MAX });
    expect(max).toMatchObject({ admin: true, setUpStep: 'team' });
  });

  it('may be sent twice by the same person', async () => {
    await setUpBy(MAX, settings());
    expect(await saveFirstSettings(deps, as(MAX), settings({ currency: 'CHF' }))).toBe('saved');
    expect(await settingsOf(deps.db, workspaceId)).toMatchObject({ currency: 'CHF' });
  });

  it('sent twice leads on to the team, also whoever made somebody else the admin', async () => {
    const theirs = settings({ admins: [PRIYA] });
    expect(await setUpBy(MAX, theirs)).toBe('saved');
    expect(await saveFirstSettings(deps, as(MAX), theirs)).toBe('saved');
    expect(await settingsOf(deps.db, workspaceId)).toEqual(theirs);
    const max = await findPerson(deps.db, { workspaceId, userId: MAX });
    expect(max).toMatchObject({ admin: false, setUpStep: 'team' });
  });

  it('ends in one person’s settings when several finish at once', async () => {
    const everybody = [MAX, PRIYA, DANA, SAM];
    const outcomes = await Promise.all(
      everybody.map((userId) => setUpBy(userId, settings({ admins: [userId], leaders: [userId] }))),
    );
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    const winner = everybody[outcomes.indexOf('saved')];
    const { admins, leaders } = await settingsOf(deps.db, workspaceId);
    expect([admins, leaders]).toEqual([[winner], [winner]]);
    for (const userId of everybody) {
      const person = await findPerson(deps.db, { workspaceId, userId });
      expect(person?.setUpStep).toBe(userId === winner ? 'team' : 'done');
    }
  });
});

describe('the settings', () => {
  it('are an admin’s, or a Slack admin’s, to save', async () => {
    await setUpBy(MAX, settings());
    await meet(PRIYA, { slackAdmin: true });
    expect(await saveSettings(deps, as(PRIYA), settings({ currency: 'USD' }))).toEqual(settings());
    expect(await settingsOf(deps.db, workspaceId)).toMatchObject({ currency: 'USD' });
  });

  it('are refused to everybody else, naming who the admins are', async () => {
    await setUpBy(MAX, settings());
    const refused = saveSettings(deps, as(DANA), settings({ admins: [DANA] }));
    await expect(refused).rejects.toMatchObject({
      code: 'not_admin',
      text: expect.stringContaining('<@U0MAX>'),
    });
    expect(await settingsOf(deps.db, workspaceId)).toEqual(settings());
  });

  it('are refused to an admin who was demoted meanwhile', async () => {
    await setUpBy(MAX, settings({ admins: [MAX, PRIYA] }));
    await saveSettings(deps, as(MAX), settings({ admins: [MAX] }));
    const late = saveSettings(deps, as(PRIYA), settings({ admins: [PRIYA] }));
    await expect(late).rejects.toMatchObject({ code: 'not_admin' });
  });

  it('keep an admin when two admins remove each other at once', async () => {
    await setUpBy(MAX, settings({ admins: [MAX, PRIYA] }));
    const results = await Promise.allSettled([
      saveSettings(deps, as(MAX), settings({ admins: [MAX] })),
      saveSettings(deps, as(PRIYA), settings({ admins: [PRIYA] })),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await rolesOf(deps.db, workspaceId)).admins).toHaveLength(1);
  });
});

describe('a team', () => {
  it('takes in an appointed manager’s reps at once, with one hello each', async () => {
    await appoint([MAX]);
    const change = edit({ added: [DANA, SAM], channelId: 'C1' });
    expect(await saveTeam(deps, as(MAX), change)).toEqual({
      joined: [DANA, SAM],
      asked: [],
      left: [],
      channel: 'set',
    });
    expect(await team(MAX)).toEqual([DANA, SAM]);
    expect(await saveTeam(deps, as(MAX), change)).toEqual({
      joined: [],
      asked: [],
      left: [],
      channel: 'same',
    });
    expect(await planned('team_joined')).toEqual([DANA, SAM]);
  });

  it('asks where nobody appointed the manager, or the rep plans with somebody else', async () => {
    await appoint([MAX]);
    expect(await saveTeam(deps, as(PRIYA), edit({ added: [DANA] }))).toMatchObject({
      asked: [DANA],
    });
    await saveTeam(deps, as(MAX), edit({ added: [SAM] }));
    await appoint([MAX, PRIYA]);
    expect(await saveTeam(deps, as(PRIYA), edit({ added: [SAM] }))).toMatchObject({ asked: [SAM] });
    expect(await team(MAX)).toEqual([SAM]);
    expect(await team(PRIYA)).toEqual([]);
    expect((await planned('team_question')).sort()).toEqual([DANA, SAM]);
  });

  it('asks nobody twice while they have not answered', async () => {
    await saveTeam(deps, as(PRIYA), edit({ added: [DANA] }));
    expect(await saveTeam(deps, as(PRIYA), edit({ added: [DANA] }))).toMatchObject({ asked: [] });
    expect(await planned('team_question')).toEqual([DANA]);
  });

  it('lets a rep go without a word to them', async () => {
    await appoint([MAX]);
    await saveTeam(deps, as(MAX), edit({ added: [DANA] }));
    expect(await saveTeam(deps, as(MAX), edit({ removed: [DANA] }))).toMatchObject({
      left: [DANA],
    });
    expect(await team(MAX)).toEqual([]);
    expect(await deps.db.delivery.count({ where: { workspaceId } })).toBe(1);
  });

  it('has no rep who moved elsewhere meanwhile removed from there', async () => {
    await appoint([MAX]);
    await saveTeam(deps, as(MAX), edit({ added: [DANA] }));
    await chooseManager(deps, as(DANA), PRIYA);
    expect(await saveTeam(deps, as(MAX), edit({ removed: [DANA] }))).toMatchObject({ left: [] });
    expect(await team(PRIYA)).toEqual([DANA]);
  });

  it('never is its manager’s own', async () => {
    await appoint([MAX]);
    await saveTeam(deps, as(MAX), edit({ added: [MAX] }));
    expect(await team(MAX)).toEqual([]);
  });

  it('gets a rep whom two managers claim at once only once; the other one has to ask', async () => {
    await appoint([MAX, PRIYA]);
    const outcomes = await Promise.all(
      [MAX, PRIYA].map((userId) => saveTeam(deps, as(userId), edit({ added: [DANA] }))),
    );
    expect(outcomes).toContainEqual(expect.objectContaining({ joined: [DANA], asked: [] }));
    expect(outcomes).toContainEqual(expect.objectContaining({ joined: [], asked: [DANA] }));
    expect([...(await team(MAX)), ...(await team(PRIYA))]).toEqual([DANA]);
    expect(await planned('team_joined')).toEqual([DANA]);
  });

  it('gets a channel that two managers choose at once only once, and nothing else of the other', async () => {
    await appoint([MAX, PRIYA]);
    const outcomes = await Promise.all([
      saveTeam(deps, as(MAX), edit({ added: [DANA], channelId: 'C1' })),
      saveTeam(deps, as(PRIYA), edit({ added: [SAM], channelId: 'C1' })),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'channel_taken')).toHaveLength(1);
    const [winner, loser] = outcomes[0] === 'channel_taken' ? [PRIYA, MAX] : [MAX, PRIYA];
    expect((await teamLedBy(deps.db, { workspaceId, userId: winner }))?.channelId).toBe('C1');
    expect(
      (await teamLedBy(deps.db, { workspaceId, userId: loser }))?.channelId ?? null,
    ).toBeNull();
    expect(await team(loser)).toEqual([]);
  });

  it('may have the channel that another workspace’s team has', async () => {
    await saveTeam(deps, as(MAX), edit({ channelId: 'C1' }));
    workspaceId = `T${++workspaces}`;
    await meet(MAX);
    expect(await saveTeam(deps, as(MAX), edit({ channelId: 'C1' }))).not.toBe('channel_taken');
  });

  it('holds a hundred reps', async () => {
    await appoint([MAX]);
    const reps = Array.from({ length: 100 }, (_, i) => `U${i}`);
    await saveStrangers(deps.db, workspaceId, reps);
    const passed = stopwatch();
    await saveTeam(deps, as(MAX), edit({ added: reps }));
    expect(passed()).toBeLessThan(2_500);
    expect(await team(MAX)).toHaveLength(100);
  });
});

describe('a question', () => {
  beforeEach(async () => {
    await saveTeam(deps, as(PRIYA), edit({ added: [DANA] }));
  });

  it('answered with yes moves the rep, and tells the manager once', async () => {
    const { id } = await requestOf(PRIYA, DANA);
    const first = await answerRequest(deps, as(DANA), id, true);
    expect(first).toMatchObject({ standing: 'joined', fresh: true });
    const second = await answerRequest(deps, as(DANA), id, false);
    expect(second).toMatchObject({ standing: 'joined', fresh: false });
    expect(await team(PRIYA)).toEqual([DANA]);
    expect(await planned('team_answer')).toEqual([PRIYA]);
  });

  it('answered with no stays no, until it is asked again', async () => {
    const { id } = await requestOf(PRIYA, DANA);
    await answerRequest(deps, as(DANA), id, false);
    const late = await answerRequest(deps, as(DANA), id, true);
    expect(late).toMatchObject({ standing: 'declined', fresh: false });
    expect(await team(PRIYA)).toEqual([]);
    await saveTeam(deps, as(PRIYA), edit({ added: [DANA] }));
    expect(await answerRequest(deps, as(DANA), id, true)).toMatchObject({ standing: 'joined' });
  });

  it('pressed many times at once is answered once', async () => {
    const { id } = await requestOf(PRIYA, DANA);
    const presses = [true, true, false, true, false, false];
    const answers = await Promise.all(
      presses.map((isYes) => answerRequest(deps, as(DANA), id, isYes)),
    );
    const [decisive, ...others] = answers.filter(({ fresh }) => fresh);
    expect(others).toEqual([]);
    expect(new Set(answers.map(({ standing }) => standing))).toEqual(new Set([decisive?.standing]));
    expect(await team(PRIYA)).toEqual(decisive?.standing === 'joined' ? [DANA] : []);
    expect(await planned('team_answer')).toEqual([PRIYA]);
  });

  it('is nobody else’s to answer', async () => {
    const { id } = await requestOf(PRIYA, DANA);
    for (const actor of [as(SAM), as(PRIYA)]) {
      const attempt = answerRequest(deps, actor, id, true);
      await expect(attempt).rejects.toMatchObject({ code: 'not_yours' });
    }
    const stranger = { workspaceId: 'T0OTHER', userId: DANA };
    const attempt = answerRequest(deps, stranger, id, true);
    await expect(attempt).rejects.toMatchObject({ code: 'question_gone' });
    expect(await team(PRIYA)).toEqual([]);
  });

  it('that was taken back can’t be answered any more', async () => {
    const { id } = await requestOf(PRIYA, DANA);
    expect(await withdrawRequest(deps, as(PRIYA), DANA)).toMatchObject({ status: 'withdrawn' });
    expect(await answerRequest(deps, as(DANA), id, true)).toMatchObject({ standing: 'withdrawn' });
    expect(await team(PRIYA)).toEqual([]);
    expect(await planned('team_answer')).toEqual([]);
  });

  it('taken back and answered at once is one or the other', async () => {
    const { id } = await requestOf(PRIYA, DANA);
    const [answered, taken] = await Promise.all([
      answerRequest(deps, as(DANA), id, true),
      withdrawRequest(deps, as(PRIYA), DANA),
    ]);
    const isIn = (await team(PRIYA)).includes(DANA);
    expect(answered.standing).toBe(isIn ? 'joined' : 'withdrawn');
    expect(taken?.status).toBe(isIn ? 'accepted' : 'withdrawn');
  });

  it('stays open when the rep leaves the team they are in', async () => {
    await appoint([MAX]);
    await saveTeam(deps, as(MAX), edit({ added: [SAM] }));
    await saveTeam(deps, as(PRIYA), edit({ added: [SAM] }));
    await saveTeam(deps, as(MAX), edit({ removed: [SAM] }));
    const { id, status } = await requestOf(PRIYA, SAM);
    expect(status).toBe('pending');
    expect(await answerRequest(deps, as(SAM), id, true)).toMatchObject({ standing: 'joined' });
  });

  it('was never put by somebody else', async () => {
    expect(await withdrawRequest(deps, as(MAX), DANA)).toBeNull();
  });

  it('of a manager who has left comes to nothing', async () => {
    const { id } = await requestOf(PRIYA, DANA);
    await meet(PRIYA, { deactivated: true });
    const answered = await answerRequest(deps, as(DANA), id, true);
    expect(answered).toMatchObject({ standing: 'manager_left', fresh: false });
    expect(await team(PRIYA)).toEqual([]);
  });

  it('is settled by choosing a manager', async () => {
    const { id } = await requestOf(PRIYA, DANA);
    await chooseManager(deps, as(DANA), MAX);
    expect(await answerRequest(deps, as(DANA), id, true)).toMatchObject({ standing: 'withdrawn' });
    expect(await managerOf(deps.db, { workspaceId, userId: DANA })).toMatchObject({ userId: MAX });
  });
});

describe('choosing a manager', () => {
  it('puts the rep in that team, made where there is none, and tells the manager once', async () => {
    expect(await chooseManager(deps, as(DANA), MAX)).toMatchObject({ userId: MAX });
    await chooseManager(deps, as(DANA), MAX);
    expect(await team(MAX)).toEqual([DANA]);
    expect(await planned('team_chosen')).toEqual([MAX]);
  });

  it('answers that manager’s question with yes', async () => {
    await saveTeam(deps, as(PRIYA), edit({ added: [DANA] }));
    await chooseManager(deps, as(DANA), PRIYA);
    const { id, status } = await requestOf(PRIYA, DANA);
    expect(status).toBe('accepted');
    expect(await answerRequest(deps, as(DANA), id, true)).toMatchObject({ standing: 'joined' });
  });

  it('takes neither oneself nor somebody who can’t answer', async () => {
    await meet(PRIYA, { bot: true });
    for (const [managerId, code] of [
      [DANA, 'own_manager'],
      [PRIYA, 'not_a_manager'],
      ['U0UNKNOWN', 'not_a_manager'],
    ] as const) {
      await expect(chooseManager(deps, as(DANA), managerId)).rejects.toMatchObject({ code });
    }
  });

  it('makes one team when many reps choose a new manager at once', async () => {
    await Promise.all([DANA, SAM, PRIYA].map((rep) => chooseManager(deps, as(rep), MAX)));
    expect((await team(MAX)).sort()).toEqual([DANA, PRIYA, SAM]);
    expect(await deps.db.team.count({ where: { workspaceId } })).toBe(1);
  });

  it('ends with one manager when a rep chooses two at once', async () => {
    await Promise.all([MAX, PRIYA].map((managerId) => chooseManager(deps, as(DANA), managerId)));
    expect([...(await team(MAX)), ...(await team(PRIYA))]).toEqual([DANA]);
  });
});
