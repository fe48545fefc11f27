import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { chanceOfAtLeast, chanceOfAtMost } from '../../../src/activity/pace/chance-rules.ts';
import { type ChangeTest, stretchOff } from '../../../src/activity/pace/pace-rules.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Two are planned on each day. */
const days = (...done: number[]) => done.map((done) => ({ planned: 2, done }));

describe('fewer', () => {
  // At half the plan a day of none adds 2 × (1 − 0.5) = 1, and each one that is done takes ln 2 = 0.69 away.
  const HALF: ChangeTest = { level: 0.5, evidence: 2 };

  test.each([
    { name: 'two days of none are 2, and not over it', done: [0, 0], first: null },
    { name: 'three are', done: [0, 0, 0], first: 0 },
    { name: 'after days on plan only their own stretch', done: [2, 2, 2, 0, 0, 0], first: 3 },
    // 1 + 0.31 + 1 = 2.31; one of six has a chance of 1.7 %: not improbable enough by itself.
    { name: 'one in between: more than plan tells, yet not rare', done: [0, 1, 0], first: null },
    // 3.31; one of eight: 0.3 %.
    { name: 'and with a day more', done: [0, 1, 0, 0], first: 0 },
    // 2 − 0.39 + 1 = 2.61, two of eight: 1.4 %; then 3.61, two of ten: 0.3 %.
    { name: 'one day on plan does not make up for two', done: [0, 0, 2, 0], first: null },
    { name: 'so that the third shows', done: [0, 0, 2, 0, 0], first: 0 },
    // 2 − 2.47 < 0: a week’s work in a day begins anew.
    { name: 'five at once do', done: [0, 0, 5, 0, 0], first: null },
    { name: 'what was made up for is over', done: [0, 0, 0, 8], first: null },
    { name: 'no days', done: [], first: null },
  ])('$name', ({ done, first }) => {
    expect(stretchOff(days(...done), HALF, 1)).toBe(first);
  });

  test('whose days vary twice as much needs twice the evidence', () => {
    expect(stretchOff(days(0, 0, 0, 0), HALF, 2)).toBeNull();
    // 5 > 4; none of ten at a dispersion of two: 2⁻¹⁰.
    expect(stretchOff(days(0, 0, 0, 0, 0), HALF, 2)).toBe(0);
  });
});

describe('more', () => {
  // At twice the plan each one adds 0.69, and each day takes 2 away.
  const TWICE: ChangeTest = { level: 2, evidence: 2 };

  test.each([
    // 2.16; six and more of two: 1.7 %.
    { name: 'a good day may be chance', done: [6], first: null },
    { name: 'two aren’t', done: [6, 6], first: 0 },
    { name: 'after days on plan only their own stretch', done: [2, 2, 6, 6], first: 2 },
    { name: 'on plan', done: [2, 2, 2, 2, 2, 2], first: null },
  ])('$name', ({ done, first }) => {
    expect(stretchOff(days(...done), TWICE, 1)).toBe(first);
  });
});

describe('for all days', () => {
  const some = fc.array(fc.record({ planned: fc.integer({ min: 0, max: 30 }), done: fc.nat(60) }), {
    maxLength: 40,
  });
  const tests = fc.constantFrom<ChangeTest>(
    { level: 0.7, evidence: 2.7 },
    { level: 0.6, evidence: 4.5 },
    { level: 1.5, evidence: 5.5 },
  );
  const dispersion = fc.double({ min: 1, max: 10, noNaN: true });
  const score = (days: readonly { planned: number; done: number }[], level: number) =>
    days.reduce(
      (sum, { planned, done }) => sum + done * Math.log(level) + planned * (1 - level),
      0,
    );

  test('it is the likeliest stretch up to today, and rare by itself', () => {
    fc.assert(
      fc.property(some, tests, dispersion, (days, test, dispersion) => {
        const first = stretchOff(days, test, dispersion);
        const best = Math.max(0, ...days.map((_, at) => score(days.slice(at), test.level)));
        if (first === null) {
          // Little evidence, or what there is isn’t rare: looked at over every stretch that has as much.
          const likeliest = days.findIndex(
            (_, at) => Math.abs(score(days.slice(at), test.level) - best) < 1e-9,
          );
          if (best <= test.evidence * dispersion + 1e-9) return;
          expect(chanceOf(days.slice(likeliest), test, dispersion)).toBeGreaterThan(0.01);
          return;
        }
        const stretch = days.slice(first);
        expect(score(stretch, test.level)).toBeCloseTo(best, 6);
        expect(best).toBeGreaterThan(test.evidence * dispersion);
        expect(chanceOf(stretch, test, dispersion)).toBeLessThanOrEqual(0.01);
      }),
    );
  });

  test('what lies before a stretch is none of its matter', () => {
    fc.assert(
      fc.property(some, tests, dispersion, (days, test, dispersion) => {
        const first = stretchOff(days, test, dispersion);
        if (first !== null) expect(stretchOff(days.slice(first), test, dispersion)).toBe(0);
      }),
    );
  });

  function chanceOf(
    days: readonly { planned: number; done: number }[],
    { level }: ChangeTest,
    dispersion: number,
  ): number {
    const planned = days.reduce((sum, day) => sum + day.planned, 0);
    const done = days.reduce((sum, day) => sum + day.done, 0);
    return (level < 1 ? chanceOfAtMost : chanceOfAtLeast)(done, planned, dispersion);
  }
});
