import type { KnownBlock } from '@slack/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPerson, rolesOf, teamLedBy, workspaceOf } from '../../src/people/store.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { TEAM, userInfo } from '../support/slack.ts';
import { stopwatch } from '../support/stopwatch.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
  app.slack.addPerson('U0MANAGER', { name: 'Max', isAdmin: true });
});
afterEach(() => app.stop());

const title = (user: string) => app.slack.modal(user)?.title.text;
const callback = (user: string) => app.slack.modal(user)?.callback_id;
const shown = (user: string) => JSON.stringify(app.slack.modal(user)?.blocks);
const initial = (user: string, path: string) =>
  ((app.slack.modal(user)?.blocks ?? []) as KnownBlock[]).find(
    (block) => block.type === 'input' && block.block_id?.startsWith(`${path}:`),
  );

describe('the first one to run the command', () => {
  it('is led through settings and team, and ends at one button', async () => {
    app.slack.addPerson('U0MAX', {
      name: 'Max',
      tz: 'Europe/Berlin',
      locale: 'de-DE',
      isAdmin: true,
    });
    app.slack.addChannel('C0TEAM', { name: 'team-max' });
    await app.slack.command('/bigplan', '', { user: 'U0MAX' });
    expect(title('U0MAX')).toBe('Welcome to Bigplan');
    expect(shown('U0MAX')).toContain('Step 1 of 2');
    expect(initial('U0MAX', 'admins')).toMatchObject({ element: { initial_users: ['U0MAX'] } });
    expect(initial('U0MAX', 'currency')).toMatchObject({
      element: { initial_option: { value: 'EUR' } },
    });
    expect(initial('U0MAX', 'country')).toMatchObject({
      element: { initial_option: { value: 'DE' } },
    });

    await app.slack.submit('U0MAX', { leaders: ['U0LEADER'], managers: ['U0MAX'], region: 'BY' });
    expect(shown('U0MAX')).toContain('Step 2 of 2');
    await app.slack.submit('U0MAX', { reps: ['U0REP'], channel: 'C0TEAM' });
    expect(title('U0MAX')).toBe('Bigplan is set up');
    expect(shown('U0MAX')).toMatch(/"action_id":"plan_open","value":"U0REP"/);

    expect(await rolesOf(app.db, TEAM)).toEqual({
      admins: ['U0MAX'],
      leaders: ['U0LEADER'],
      managers: ['U0MAX'],
    });
    expect(await workspaceOf(app.db, TEAM)).toMatchObject({
      currency: 'EUR',
      country: 'DE',
      region: 'BY',
      setUp: true,
    });
    expect(await teamLedBy(app.db, { workspaceId: TEAM, userId: 'U0MAX' })).toMatchObject({
      channelId: 'C0TEAM',
      members: [{ userId: 'U0REP', name: 'Dana' }],
    });
    await eventually(() => expect(app.slack.dm('U0REP')).toHaveLength(1));
    expect(app.slack.dm('U0REP')[0]?.text).toContain('<@U0MAX> plans with you from now on');

    await app.slack.closeModal('U0MAX');
    await app.slack.command('/bigplan', '', { user: 'U0MAX' });
    expect(title('U0MAX')).toBe('Whose plan?');
  });

  it('takes up the second step where they left it, also after a restart', async () => {
    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    await app.slack.submit('U0MANAGER', { managers: ['U0REP'] });
    await app.slack.closeModal('U0MANAGER');
    await app.restart();
    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    expect(callback('U0MANAGER')).toBe('people_welcome_team');
    await app.slack.submit('U0MANAGER');
    expect(title('U0MANAGER')).toBe('Bigplan is set up');
    expect(shown('U0MANAGER')).toContain('Start my own plan');
    expect(await app.db.team.count()).toBe(0);
  });

  it('who names nobody, or as a manager picks nobody, is told so at the field; nothing empty is saved', async () => {
    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    const nobody = await app.slack.submit('U0MANAGER', { leaders: [], managers: [] });
    expect(nobody.body).toEqual({
      response_action: 'errors',
      errors: {
        'managers:settings': expect.stringContaining('Pick somebody who manages or leads'),
      },
    });
    expect(await workspaceOf(app.db, TEAM)).toMatchObject({ setUp: false });
    await app.slack.submit('U0MANAGER', { managers: ['U0MANAGER'] });
    const empty = await app.slack.submit('U0MANAGER', { reps: [] });
    expect(JSON.stringify(empty.body)).toMatch(/"reps:[^"]*":"Nobody is picked yet/);
    expect(await app.db.team.count()).toBe(0);
    // Who has nobody yet leaves it, once and for all.
    await app.slack.action({ user: 'U0MANAGER', actionId: 'plan_open' });
    await app.slack.closeModal('U0MANAGER');
    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    expect(callback('U0MANAGER')).toBe('plan_step');
  });

  it('sees what is wrong at the field, and loses nothing', async () => {
    app.slack.addPerson('U0BOT', { name: 'Zapbot', isBot: true });
    app.slack.addPerson('U0GONE', { name: 'Kim', deleted: true });
    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    const picks = { leaders: ['U0GONE'], managers: ['U0BOT', 'U0MANAGER'], admins: ['U0MANAGER'] };
    const answer = await app.slack.submit('U0MANAGER', picks);
    expect(answer.body).toEqual({
      response_action: 'errors',
      errors: {
        'leaders:settings': 'Kim is an app or a deactivated account: pick somebody who can answer.',
        'managers:settings':
          'Zapbot is an app or a deactivated account: pick somebody who can answer.',
      },
    });
    const none = await app.slack
      .submit('U0MANAGER', { leaders: [], managers: [], workdays: [] })
      .catch(String);
    expect(none).toContain('Slack asks for workdays');
    expect(await workspaceOf(app.db, TEAM)).toMatchObject({ setUp: false });
  });

  it('is asked for a region where the country has some, with everything picked kept', async () => {
    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    app.slack.fill('U0MANAGER', { leaders: ['U0LEADER'], currency: 'CHF', workdays: ['mon'] });
    const pick = (country: string | null) =>
      app.slack.action({ user: 'U0MANAGER', actionId: 'people_country', enter: country });
    await pick('CH');
    expect(initial('U0MANAGER', 'region')).toBeDefined();
    app.slack.fill('U0MANAGER', { region: 'ZH' });
    await pick(null);
    expect(initial('U0MANAGER', 'region')).toBeUndefined();
    await pick('CH');
    app.slack.fill('U0MANAGER', { region: 'BE' });
    await app.slack.submit('U0MANAGER');
    expect(await workspaceOf(app.db, TEAM)).toMatchObject({
      currency: 'CHF',
      workdays: ['mon'],
      country: 'CH',
      region: 'BE',
    });
    expect(await rolesOf(app.db, TEAM)).toMatchObject({ leaders: ['U0LEADER'] });
  });
});

describe('an admin', () => {
  it('may skip the set-up once and for all; the next one is still offered it', async () => {
    await app.slack.command('/bigplan', '', { user: 'U0LEADER' });
    await app.slack.action({ user: 'U0LEADER', actionId: 'plan_open' });
    await app.slack.closeModal('U0LEADER');
    await app.slack.command('/bigplan', '', { user: 'U0LEADER' });
    expect(callback('U0LEADER')).not.toBe('people_welcome');

    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    expect(callback('U0MANAGER')).toBe('people_welcome');
    await app.slack.command('/bigplan', 'settings', { user: 'U0LEADER' });
    expect(callback('U0LEADER')).toBe('people_welcome');
  });
});

it('whoever is named where Bigplan is run may set it up too, also if they were met before', async () => {
  await app.slack.command('/bigplan', 'help', { user: 'U0REP' });
  app.config.admins = ['U0REP', 'U0PRIYA'];
  await app.restart();
  for (const user of ['U0REP', 'U0PRIYA']) {
    app.slack.addPerson(user, { name: 'Dana' });
    await app.slack.command('/bigplan', '', { user });
    expect(callback(user)).toBe('people_welcome');
  }
  await app.slack.submit('U0REP', { managers: ['U0PRIYA'] });
  expect((await workspaceOf(app.db, TEAM)).setUp).toBe(true);
});

describe('whoever is no admin of the workspace', () => {
  it('goes to their plan, and sets nothing up, also with a form from somewhere else', async () => {
    await app.slack.command('/bigplan', '', { user: 'U0REP' });
    expect(callback('U0REP')).toBe('plan_step');
    await app.slack.command('/bigplan', 'settings', { user: 'U0REP' });
    expect(callback('U0REP')).not.toBe('people_welcome');
    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    app.slack.fill('U0MANAGER', { admins: ['U0REP'], managers: ['U0REP'] });
    // An admin who is none any more by the time that they submit.
    app.slack.addPerson('U0MANAGER', { name: 'Max', isAdmin: false });
    await app.db.person.updateMany({ data: { slackAdmin: false } });
    await app.slack.submit('U0MANAGER');
    expect((await workspaceOf(app.db, TEAM)).setUp).toBe(false);
    expect(await rolesOf(app.db, TEAM)).toEqual({ admins: [], leaders: [], managers: [] });
  });

  it.each([{ isGuest: true }, { isStranger: true }])('nor is a guest anything: %j', async (how) => {
    app.slack.addPerson('U0GUEST', { name: 'Gus', isAdmin: true, ...how });
    await app.slack.command('/bigplan', '', { user: 'U0GUEST' });
    const said = `${app.slack.responses.at(-1)?.text} ${shown('U0GUEST')}`;
    expect(said).toContain('full members of this workspace');
    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    const picks = { admins: ['U0GUEST'], managers: ['U0GUEST'] };
    const { body } = await app.slack.submit('U0MANAGER', picks);
    expect(JSON.stringify(body)).toContain('Gus is a guest here');
    await app.slack.submit('U0MANAGER', { admins: ['U0MANAGER'], managers: ['U0MANAGER'] });
    const reps = await app.slack.submit('U0MANAGER', { reps: ['U0GUEST'] });
    expect(JSON.stringify(reps.body)).toContain('Gus is a guest here');
  });

  it('who becomes a guest loses what they were for as long', async () => {
    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    await app.slack.submit('U0MANAGER', { leaders: ['U0REP'], managers: ['U0MANAGER'] });
    const roles = async () =>
      (await findPerson(app.db, { workspaceId: TEAM, userId: 'U0REP' }))?.leader;
    expect(await roles()).toBe(true);
    const rep = app.slack.addPerson('U0REP', { name: 'Dana', isGuest: true });
    await app.slack.event({ type: 'user_change', user: userInfo(rep) });
    await eventually(async () => expect(await roles()).toBe(false));
  });
});

describe('two at once', () => {
  it('end in one set-up; the second one is told kindly', async () => {
    app.slack.addPerson('U0REP', { name: 'Dana', isAdmin: true });
    for (const user of ['U0MANAGER', 'U0REP']) await app.slack.command('/bigplan', '', { user });
    // By then Slack has made somebody else the admin.
    await app.db.person.updateMany({ where: { userId: 'U0REP' }, data: { slackAdmin: false } });
    await app.slack.submit('U0MANAGER', { managers: ['U0MANAGER'] });
    await app.slack.submit('U0REP', { managers: ['U0REP'] });
    expect(title('U0REP')).toBe('Bigplan is set up');
    expect(shown('U0REP')).toContain('Somebody was a moment quicker');
    expect(shown('U0REP')).toContain('<@U0MANAGER> can change it');
    expect(await rolesOf(app.db, TEAM)).toMatchObject({
      managers: ['U0MANAGER'],
      admins: ['U0MANAGER'],
    });
  });

  it('let a second one who is an admin go on with what they picked', async () => {
    for (const user of ['U0MANAGER', 'U0LEADER']) await app.slack.command('/bigplan', '', { user });
    await app.slack.submit('U0MANAGER', { managers: ['U0MANAGER'] });
    await app.slack.submit('U0LEADER', { currency: 'JPY', managers: ['U0MANAGER'] });
    expect(callback('U0LEADER')).toBe('people_settings');
    expect(initial('U0LEADER', 'currency')).toMatchObject({
      element: { initial_option: { value: 'JPY' } },
    });
    await app.slack.submit('U0LEADER');
    expect(await workspaceOf(app.db, TEAM)).toMatchObject({ currency: 'JPY' });
    expect(await rolesOf(app.db, TEAM)).toMatchObject({ admins: ['U0LEADER'] });
  });
});

describe('what the set-up changes', () => {
  const home = (user: string) => JSON.stringify(app.slack.home(user)?.blocks ?? null);

  it('shows on the Homes of all whom it concerns, by itself', async () => {
    for (const user of ['U0MANAGER', 'U0REP', 'U0LEADER']) await app.slack.openHome(user);
    for (const user of ['U0MANAGER', 'U0LEADER']) expect(home(user)).toContain('Set up Bigplan');
    expect(home('U0REP')).not.toContain('Set up Bigplan');
    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    await app.slack.submit('U0MANAGER', { leaders: ['U0LEADER'], managers: ['U0MANAGER'] });
    for (const user of ['U0REP', 'U0LEADER'])
      await eventually(() => expect(home(user)).toContain('Start your plan'));
    expect(home('U0MANAGER')).toContain('Set up Bigplan');
    await app.slack.submit('U0MANAGER', { reps: ['U0REP'] });
    await eventually(() => expect(home('U0MANAGER')).toContain('*<@U0REP>* · no plan yet'));

    // Named as an admin in the settings, and no more.
    await app.slack.closeModal('U0MANAGER');
    const settings = async (admins: string[]) => {
      await app.slack.command('/bigplan', 'settings', { user: 'U0MANAGER' });
      await app.slack.submit('U0MANAGER', { admins });
      await app.slack.closeModal('U0MANAGER');
    };
    expect(home('U0REP')).not.toContain('/bigplan settings');
    await settings(['U0MANAGER', 'U0REP']);
    await eventually(() => expect(home('U0REP')).toContain('/bigplan settings'));
    await settings(['U0MANAGER']);
    await eventually(() => expect(home('U0REP')).not.toContain('/bigplan settings'));

    // A rep who leaves is gone from their manager's.
    await app.slack.command('/bigplan', 'team', { user: 'U0MANAGER' });
    await app.slack.submit('U0MANAGER', { reps: [] });
    await eventually(() => expect(home('U0MANAGER')).not.toContain('U0REP'));
  });

  it('a yes shows on the Homes of both managers', async () => {
    app.slack.addPerson('U0PRIYA', { name: 'Priya' });
    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    await app.slack.submit('U0MANAGER', { managers: ['U0MANAGER', 'U0PRIYA'] });
    await app.slack.submit('U0MANAGER', { reps: ['U0REP'] });
    await app.slack.command('/bigplan', 'team', { user: 'U0PRIYA' });
    await app.slack.submit('U0PRIYA', { reps: ['U0REP'] });
    await eventually(() => expect(home('U0PRIYA')).toContain('1 asked, not answered yet'));
    await eventually(() => expect(app.slack.dm('U0REP')).toHaveLength(2));
    const message = app.slack.dm('U0REP').at(-1);
    if (!message) throw new Error('no question');
    await app.slack.action({ user: 'U0REP', actionId: 'people_join_yes', message });
    await eventually(() => {
      expect(home('U0PRIYA')).toContain('*<@U0REP>*');
      expect(home('U0PRIYA')).not.toContain('not answered yet');
      expect(home('U0MANAGER')).not.toContain('U0REP');
    });
  });
});

describe('whoever is made a leader', () => {
  const heard = (user: string) =>
    app.slack.dm(user).filter(({ text }) => text.includes('You lead in Bigplan now'));
  const name = async (leaders: string[]) => {
    await app.slack.command('/bigplan', 'settings', { user: 'U0MANAGER' });
    await app.slack.submit('U0MANAGER', { leaders });
    await app.slack.closeModal('U0MANAGER');
    await app.bigplan.settled();
  };

  it('is told once, by whom and what they will get, and again only when named anew', async () => {
    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    await app.slack.submit('U0MANAGER', { leaders: ['U0LEADER'], managers: ['U0MANAGER'] });
    await app.bigplan.settled();
    const [told] = heard('U0LEADER');
    expect(told?.text).toContain('<@U0MANAGER> named you');
    const words = JSON.stringify(told?.blocks);
    for (const part of ['three reps or a third of a team', '/bigplan review causes', 'income goal'])
      expect(words).toContain(part);
    await app.slack.closeModal('U0MANAGER');
    await name(['U0LEADER', 'U0MANAGER']);
    expect(heard('U0LEADER')).toHaveLength(1);
    expect(heard('U0MANAGER').map(({ text }) => text)).toEqual(['*You lead in Bigplan now.*']);
    await name(['U0MANAGER']);
    await name(['U0LEADER', 'U0MANAGER']);
    expect(heard('U0LEADER')).toHaveLength(2);
    expect(heard('U0MANAGER')).toHaveLength(1);
  });
});

describe('while Slack is slow or away', () => {
  it.each([
    ['slow', { delay: 6_000 }],
    ['failing', { status: 503 }],
    ['limiting', { rateLimit: 30 }],
    ['silent', { drop: 'before' }],
  ] as const)('%s: the modal still opens in time', async (_, fault) => {
    app.slack.fault('users.info', fault, 10);
    const passed = stopwatch();
    await app.slack.command('/bigplan', '', { user: 'U0MANAGER' });
    await eventually(() => expect(callback('U0MANAGER')).toBe('people_welcome'));
    expect(passed()).toBeLessThan(2_500);
    const { body } = await app.slack.submit('U0MANAGER', { managers: ['U0REP', 'U0LEADER'] });
    expect(app.slack.took()).toBeLessThan(2_500);
    // Whether they are an admin isn't known yet; what they filled in stays.
    expect(JSON.stringify(body)).toContain('hasn’t told Bigplan yet');
    app.slack.clearFaults();
    await app.slack.submit('U0MANAGER');
    expect(callback('U0MANAGER')).toBe('people_welcome_team');
  });

  it('somebody known costs no call, and is looked up again later', async () => {
    const open = () => app.slack.command('/bigplan', 'team', { user: 'U0MANAGER' });
    const calls = () =>
      app.slack.callsOf('users.info').filter(({ args }) => args.user === 'U0MANAGER').length;
    await open();
    await open();
    expect(calls()).toBe(1);
    app.clock.moveTo(new Date(app.clock.now().getTime() + 13 * 3_600_000));
    app.slack.fault('users.info', { delay: 1_500 });
    const passed = stopwatch();
    await open();
    expect(passed()).toBeLessThan(1_400);
    // Home is shown anew as well, as a day has begun.
    await eventually(() => expect(calls()).toBeGreaterThan(1));
  });
});
