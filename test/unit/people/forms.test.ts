import { describe, expect, it } from 'vitest';
import { FieldProblems } from '../../../src/input/problem.ts';
import { needsSetUp } from '../../../src/people/set-up/rules.ts';
import { welcomeForm } from '../../../src/people/set-up/view.ts';
import { settingsForm, styleWithoutMoney } from '../../../src/people/settings/view.ts';
import { teamForm, teamStyle } from '../../../src/people/team/view.ts';
import { pickProblem } from '../../../src/people/validate-people.ts';
import type { RawFields } from '../../../src/slack/fields.ts';

const filled = {
  leaders: ['U1'],
  managers: null,
  admins: ['U1'],
  currency: 'EUR',
  workdays: ['mon', 'tue'],
  country: 'DE',
  region: 'BY',
};
const style = styleWithoutMoney('en-US');
const settings = (form: RawFields) => welcomeForm.read({ ...filled, ...form }, style);
const problemsOf = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    if (error instanceof FieldProblems) return error.problems;
    throw error;
  }
  return [];
};

describe('the settings', () => {
  it('are taken as Slack sends them, with nothing picked as an empty list', () => {
    expect(settings({})).toEqual({ ...filled, managers: [] });
  });

  it.each([
    ['a region of another country', { region: 'ENG' }],
    ['a region that is not asked for', { region: null }],
    ['no country', { country: null }],
  ])('have no region with %s', (_, form) => {
    expect(settings(form).region).toBeNull();
  });

  it.each([
    [{ admins: [] }, 'admins: Somebody has to look after the settings: pick at least one person.'],
    [{ workdays: [] }, 'workdays: Pick at least one day.'],
    [{ currency: 'XAU' }, 'currency: Please pick one of the choices.'],
    [{ currency: null }, 'currency: Please fill this in.'],
    [{ country: 'ZZ' }, 'country: Please pick one of the choices.'],
    [{ leaders: ['<!channel>'] }, 'leaders: That is nobody in this workspace.'],
  ])('say at the field what is wrong with %j', (form, problem) => {
    const problems = problemsOf(() => settings(form));
    expect(problems.map(({ path, problem: words }) => `${path}: ${words}`)).toEqual([problem]);
  });

  it('name the line of the company’s days off that can’t be read', () => {
    const raw = { ...filled, companyDays: '24 Dec 2027, Closed' };
    expect(settingsForm.read(raw, style).companyDays).toEqual([
      { from: '2027-12-24', to: '2027-12-24', label: 'Closed' },
    ]);
    expect(problemsOf(() => settingsForm.read({ ...raw, companyDays: 'soon' }, style))).toEqual([
      { path: 'companyDays', problem: expect.stringContaining('“soon”: write a date or two') },
    ]);
  });
});

describe('the team', () => {
  it('may be empty', () => {
    const raw = { reps: [], channel: null };
    expect(teamForm.read(raw, teamStyle(true))).toEqual({ reps: [], channel: null });
  });

  it('takes no DM for a channel', () => {
    const raw = { reps: [], channel: 'D123' };
    expect(problemsOf(() => teamForm.read(raw, teamStyle(true)))).toEqual([
      { path: 'channel', problem: 'That is no channel.' },
    ]);
  });
});

describe('pickProblem', () => {
  const gone = (name: string) => ({ name, deactivated: true, outsider: false });
  const guest = (name: string) => ({ name, deactivated: false, outsider: true });
  const dana = { name: 'Dana', deactivated: false, outsider: false };

  it('names whoever can not be picked', () => {
    expect(pickProblem([dana])).toBeNull();
    expect(pickProblem([gone('Zap'), dana, guest('Gus')])).toBe(
      'Zap is an app or a deactivated account: pick somebody who can answer.',
    );
    expect(pickProblem(['A', 'B', 'C', 'D', 'x'.repeat(200)].map(gone))).toBe(
      'A, B, C, and 2 more are apps or deactivated accounts: pick people who can answer.',
    );
    expect(pickProblem([guest('Gus'), dana])).toBe(
      'Gus is a guest here: pick a full member of the workspace.',
    );
    expect(pickProblem([guest('Gus'), guest('Gia')])).toContain('Gus and Gia are guests here');
  });
});

describe('needsSetUp', () => {
  it.each([
    [false, 'settings', 'settings'],
    [false, 'done', null],
    [true, 'settings', null],
    [true, 'team', 'team'],
    [true, 'done', null],
  ] as const)('an admin, set up: %s, left at %s', (setUp, setUpStep, next) => {
    expect(needsSetUp({ setUp }, { setUpStep, admin: true, refreshedAt: new Date() })).toBe(next);
  });

  it('is offered to nobody else, as soon as Slack has told who they are', () => {
    const of = (refreshedAt: Date) =>
      needsSetUp({ setUp: false }, { setUpStep: 'settings', admin: false, refreshedAt });
    expect(of(new Date())).toBeNull();
    expect(of(new Date(0))).toBe('settings');
  });
});
