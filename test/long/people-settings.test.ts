import { afterEach, beforeEach, expect, it } from 'vitest';
import { UNKNOWN_FACTS } from '../../src/people/slack-facts.ts';
import { rolesOf, savePerson, saveRoles, workspaceOf } from '../../src/people/store.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { TEAM } from '../support/slack.ts';

let app: TestApp;
const admins = (...userIds: string[]) =>
  app.db.$transaction((tx) => saveRoles(tx, TEAM, { admins: userIds, leaders: [], managers: [] }));
const open = (user: string) => app.slack.command('/bigplan', 'settings', { user });
const shown = (user: string) => JSON.stringify(app.slack.modal(user)?.blocks);

beforeEach(async () => {
  app = await startTestApp();
  for (const userId of ['U0MANAGER', 'U0REP']) {
    await savePerson(
      app.db,
      { workspaceId: TEAM, userId },
      { ...UNKNOWN_FACTS, name: userId },
      app.clock.now(),
    );
  }
  await app.db.workspace.update({ where: { id: TEAM }, data: { setUpAt: app.clock.now() } });
  await admins('U0MANAGER');
});
afterEach(() => app.stop());

it('lets an admin change them and says what changed', async () => {
  await open('U0MANAGER');
  await app.slack.submit('U0MANAGER', { currency: 'GBP', managers: ['U0REP'], workdays: ['mon'] });
  expect(shown('U0MANAGER')).toContain('Currency: USD → *GBP*');
  expect(shown('U0MANAGER')).toContain('Manages: <@U0REP>');
  expect(await workspaceOf(app.db, TEAM)).toMatchObject({ currency: 'GBP', workdays: ['mon'] });
});

it('lets the admins of the Slack workspace in without naming them', async () => {
  await open('U0LEADER');
  await app.slack.submit('U0LEADER', { currency: 'GBP' });
  expect(await rolesOf(app.db, TEAM)).toMatchObject({ admins: ['U0MANAGER'] });
  expect(await workspaceOf(app.db, TEAM)).toMatchObject({ currency: 'GBP' });
});

it('opens their own settings for everybody else, and tells who the admins are', async () => {
  await open('U0REP');
  expect(app.slack.modal('U0REP')?.title.text).toBe('My settings');
  expect(shown('U0REP')).toContain('looked after by <@U0MANAGER>. Tell them what you need');
  await admins();
  await open('U0REP');
  expect(shown('U0REP')).toContain("this workspace's Slack admins");
});

it('keeps at least one who leads or manages, where there was one', async () => {
  await open('U0MANAGER');
  await app.slack.submit('U0MANAGER', { managers: ['U0REP'] });
  await app.slack.closeModal('U0MANAGER');
  await open('U0MANAGER');
  const { body } = await app.slack.submit('U0MANAGER', { managers: [] });
  expect(body).toEqual({
    response_action: 'errors',
    errors: { 'managers:settings': expect.stringContaining('keep at least one person') },
  });
  expect(await rolesOf(app.db, TEAM)).toMatchObject({ managers: ['U0REP'] });
});

it('leads an admin from the workspace’s settings to their own, or there at once', async () => {
  await open('U0MANAGER');
  await app.slack.action({ user: 'U0MANAGER', actionId: 'nudge_settings' });
  expect(app.slack.modals('U0MANAGER').map(({ title }) => title.text)).toEqual([
    'Settings',
    'My settings',
  ]);
  await app.slack.command('/bigplan', 'settings me', { user: 'U0MANAGER' });
  expect(app.slack.modal('U0MANAGER')?.title.text).toBe('My settings');
});

it('takes the company’s own days off as they are written, and says which line it can’t read', async () => {
  await open('U0MANAGER');
  const wrong = await app.slack.submit('U0MANAGER', { companyDays: '24 Dec 2027, Closed\nsoon' });
  expect(JSON.stringify(wrong.body)).toContain('“soon”: write a date or two');
  await app.slack.submit('U0MANAGER', {
    companyDays: '2 Jul 2027, Founders’ day\n24 Dec 2027 – 31 Dec 2027, Closed',
  });
  expect(shown('U0MANAGER')).toContain('2027-07-02, 2027-12-24 – 2027-12-31');
  expect((await workspaceOf(app.db, TEAM)).companyDays).toEqual([
    { from: '2027-07-02', to: '2027-07-02', label: 'Founders’ day' },
    { from: '2027-12-24', to: '2027-12-31', label: 'Closed' },
  ]);
  await open('U0MANAGER');
  expect(shown('U0MANAGER')).toContain('Dec 24, 2027 – Dec 31, 2027, Closed');
});

it('refuses kindly who was an admin when the form opened', async () => {
  await admins('U0MANAGER', 'U0REP');
  await open('U0REP');
  await admins('U0MANAGER');
  await app.slack.submit('U0REP', { currency: 'GBP', admins: ['U0REP'] });
  expect(shown('U0REP')).toContain('looked after by <@U0MANAGER>');
  expect(await workspaceOf(app.db, TEAM)).toMatchObject({ currency: 'USD' });
  expect(await rolesOf(app.db, TEAM)).toMatchObject({ admins: ['U0MANAGER'] });
});

it('takes nobody at their word: a form whose admins were emptied changes nothing', async () => {
  await open('U0MANAGER');
  const view = app.slack.modal('U0MANAGER');
  const answer = await app.slack.send({
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams({
      payload: JSON.stringify({
        type: 'view_submission',
        team: { id: TEAM },
        user: { id: 'U0MANAGER' },
        view: {
          ...view,
          id: 'V0',
          state: {
            values: {
              'admins:settings': { admins: { type: 'multi_users_select', selected_users: [] } },
              'leaders:settings': {
                leaders: { type: 'multi_users_select', selected_users: ['<!channel>'] },
              },
              'workdays:settings': { workdays: { type: 'checkboxes', selected_options: [] } },
              'currency:settings': {
                currency: { type: 'static_select', selected_option: { value: 'XAU' } },
              },
            },
          },
        },
      }),
    }).toString(),
  });
  expect(answer.body).toEqual({
    response_action: 'errors',
    errors: {
      'admins:settings': 'Somebody has to look after the settings: pick at least one person.',
      'leaders:settings': 'That is nobody in this workspace.',
      'workdays:settings': 'Pick at least one day.',
      'currency:settings': 'Please pick one of the choices.',
    },
  });
  expect(await rolesOf(app.db, TEAM)).toMatchObject({ admins: ['U0MANAGER'] });
});
