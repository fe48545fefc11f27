import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { teamChange } from '../../../src/people/team/rules.ts';

const rep = (userId: string, teamId: string | null = null) => ({ userId, teamId });
const own = { teamId: 'T1', appointed: true, asked: [] };

describe('teamChange', () => {
  it.each([
    ['an appointed manager takes in a rep without a team', own, rep('U1'), ['U1'], []],
    ['and asks one who has another team', own, rep('U1', 'T2'), [], ['U1']],
    ['anybody else asks everybody', { ...own, appointed: false }, rep('U1'), [], ['U1']],
    ['nobody is asked twice', { ...own, appointed: false, asked: ['U1'] }, rep('U1'), [], []],
    [
      'being appointed since makes asking needless',
      { ...own, asked: ['U1'] },
      rep('U1'),
      ['U1'],
      [],
    ],
    ['who is in already is left alone', own, rep('U1', 'T1'), [], []],
  ] as const)('%s', (_, team, added, join, ask) => {
    expect(teamChange(team, [added], [])).toEqual({ join, ask, leave: [] });
  });

  it('lets go only of those who are in the team', () => {
    const removed = [rep('U1', 'T1'), rep('U2', 'T2'), rep('U3')];
    expect(teamChange(own, [], removed)).toEqual({ join: [], ask: [], leave: ['U1'] });
  });

  it('never moves anybody out of another team, and never both takes in and asks', () => {
    const reps = fc.uniqueArray(
      fc.record({
        userId: fc.constantFrom('U1', 'U2', 'U3', 'U4'),
        teamId: fc.constantFrom(null, 'T1', 'T2'),
      }),
      { selector: ({ userId }) => userId },
    );
    fc.assert(
      fc.property(
        reps,
        reps,
        fc.boolean(),
        fc.subarray(['U1', 'U2']),
        (added, removed, appointed, asked) => {
          const change = teamChange({ teamId: 'T1', appointed, asked }, added, removed);
          const teamOf = (list: typeof added, id: string) =>
            list.find(({ userId }) => userId === id)?.teamId;
          expect(change.join.every((id) => appointed && teamOf(added, id) === null)).toBe(true);
          expect(change.leave.every((id) => teamOf(removed, id) === 'T1')).toBe(true);
          expect(change.ask.some((id) => change.join.includes(id) || asked.includes(id))).toBe(
            false,
          );
        },
      ),
    );
  });
});
