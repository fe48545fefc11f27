import { describe, expect, it } from 'vitest';
import { Settings, TeamForm } from '../../../src/people/schemas.ts';
import { needsSetUp } from '../../../src/people/set-up/save-first-settings.ts';
import { choiceProblem } from '../../../src/people/validate-people.ts';

const filled = {
  leaders: ['U1'],
  managers: null,
  admins: ['U1'],
  currency: 'EUR',
  workdays: ['mon', 'tue'],
  country: 'DE',
  region: 'BY',
};
const problems = (form: object) =>
  Settings.safeParse({ ...filled, ...form }).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('Settings', () => {
  it('takes what Slack sends, with nothing picked as an empty list', () => {
    expect(Settings.parse(filled)).toEqual({ ...filled, managers: [] });
  });

  it.each([
    ['a region of another country', { region: 'ENG' }],
    ['a region that is not asked for', { region: undefined }],
    ['no country', { country: null }],
  ])('has no region with %s', (_, form) => {
    expect(Settings.parse({ ...filled, ...form }).region).toBeNull();
  });

  it.each([
    [{ admins: [] }, 'admins: Somebody has to look after the settings: pick at least one person.'],
    [{ workdays: [] }, 'workdays: Pick at least one day.'],
    [{ currency: 'XAU' }, 'currency: Please pick one of the choices.'],
    [{ currency: null }, 'currency: Please fill this in.'],
    [{ country: 'ZZ' }, 'country: Please pick one of the choices.'],
    [{ leaders: ['<!channel>'] }, 'leaders.0: That is nobody in this workspace.'],
  ])('says at the field what is wrong with %j', (form, problem) => {
    expect(problems(form)).toEqual([problem]);
  });
});

describe('TeamForm', () => {
  it('may be empty', () => {
    expect(TeamForm.parse({ reps: [], channel: null })).toEqual({ reps: [], channel: null });
  });

  it('takes no DM for a channel', () => {
    expect(TeamForm.safeParse({ reps: [], channel: 'D123' }).success).toBe(false);
  });
});

describe('choiceProblem', () => {
  const gone = (name: string) => ({ name, deactivated: true });

  it('names whoever can not be picked', () => {
    expect(choiceProblem([{ name: 'Dana', deactivated: false }])).toBeNull();
    expect(choiceProblem([gone('Zap'), { name: 'Dana', deactivated: false }])).toBe(
      'Zap is an app or a deactivated account: pick somebody who can answer.',
    );
    expect(choiceProblem(['A', 'B', 'C', 'D', 'x'.repeat(200)].map(gone))).toBe(
      'A, B, C, and 2 more are apps or deactivated accounts: pick people who can answer.',
    );
  });
});

describe('needsSetUp', () => {
  it.each([
    [false, 'settings', 'settings'],
    [false, 'done', null],
    [true, 'settings', null],
    [true, 'team', 'team'],
    [true, 'done', null],
  ] as const)('set up: %s, left at %s', (setUp, setUpStep, next) => {
    expect(needsSetUp({ setUp }, { setUpStep })).toBe(next);
  });
});
