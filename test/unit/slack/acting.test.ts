import { describe, expect, it } from 'vitest';
import { acting, actorOf, isFromElsewhere } from '../../../src/slack/workspaces/acting.ts';

const T = 'T0HERE';
const E = 'E0ORG';

describe('who acts, and where', () => {
  it.each([
    ['a command', { command: '/bigplan', team_id: T, user_id: 'U1' }],
    ['a press', { team: { id: T }, user: { id: 'U1', team_id: T } }],
    [
      'a press where an organisation has installed it',
      { team: null, enterprise: { id: E }, user: { id: 'U1', team_id: T } },
    ],
    [
      'a form that was opened here by somebody from elsewhere',
      {
        team: { id: 'T0THEIRS' },
        user: { id: 'U1', team_id: 'T0THEIRS' },
        view: { app_installed_team_id: T },
      },
    ],
    [
      'a form that an organisation has installed',
      {
        team: null,
        user: { id: 'U1', team_id: E },
        view: { app_installed_team_id: E, team_id: T },
      },
    ],
    [
      'a form that was closed, with a view alone to go by',
      { type: 'view_closed', team: null, user: { id: 'U1' }, view: { team_id: T } },
    ],
    ['an event', { team_id: T, event: { type: 'message', user: 'U1' } }],
    [
      'an event in a shared channel, seen by this installation',
      { team_id: 'T0THEIRS', authorizations: [{ team_id: T }], event: { user: 'U1' } },
    ],
    [
      'an event that an organisation has installed',
      {
        team_id: T,
        authorizations: [{ team_id: E, enterprise_id: E, is_enterprise_install: true }],
        event: { user: { id: 'U1' } },
      },
    ],
  ])('is read from %s', (_, body) => {
    expect(actorOf(body)).toEqual({ workspaceId: T, userId: 'U1' });
  });

  it.each([
    null,
    7,
    'T0HERE',
    {},
    { team_id: 7, user_id: {} },
    { team: 'T0HERE', user: ['U1'] },
    { team_id: E, user_id: 'U1' },
    { team_id: T },
    { authorizations: 'x', event: [], view: 3 },
  ])('is nobody, or nowhere, in %j', (body) => {
    expect(() => actorOf(body)).toThrow('no_workspace');
  });

  it('knows an organisation, however it is said', () => {
    expect(acting({ team_id: T, enterprise_id: E, is_enterprise_install: 'true' })).toMatchObject({
      enterpriseId: E,
      isOrgInstall: true,
    });
    expect(acting({ team: { id: T, enterprise_id: E } })).toMatchObject({
      enterpriseId: E,
      isOrgInstall: false,
    });
  });

  it('tells who is from another company', () => {
    const press = (homeId: string, more = {}) =>
      isFromElsewhere(acting({ team: { id: T }, user: { id: 'U1', team_id: homeId }, ...more }));
    expect(press(T)).toBe(false);
    expect(press('T0THEIRS')).toBe(true);
    // Colleagues in another workspace of the same organisation.
    expect(press('T0SISTER', { enterprise: { id: E } })).toBe(false);
  });
});
