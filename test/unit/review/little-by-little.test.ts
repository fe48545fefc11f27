/** What is a little short each month, and what a quarter's end says of a plan that goes on. */
import { describe, expect, test } from 'vitest';
import type { KpiLine } from '../../../src/review/schemas.ts';
import { healthOf } from '../../../src/review/scorecard/health-rules.ts';
import { activityLine } from '../../../src/review/scorecard/verdict-rules.ts';
import { lineText, withoutFigures } from '../../../src/review/words-view.ts';
import { countedDays } from '../../support/counted-days.ts';

describe('an activity that is a little short', () => {
  /** Months of 20 days at 10 calls, the last of them with so many; how it is judged at its end. */
  const judged = (months: number, before: number, last: number) => {
    const days = countedDays(20 * months, (day) => ({
      calls: (day < 20 * (months - 1) ? before : last) + (day % 2 ? 2 : -2),
    }));
    return activityLine('calls', days.slice(-20), days);
  };

  test('is chance in one month, and in a year of them it isn’t', () => {
    expect(judged(1, 9, 9)).toMatchObject({ verdict: 'short', soFar: null });
    expect(judged(12, 9, 9)).toMatchObject({
      verdict: 'missed',
      actual: 180,
      target: 200,
      soFar: { actual: 2160, target: 2400 },
    });
    expect(lineText(judged(12, 9, 9), withoutFigures())).toBe(
      'Calls 180 of 200, 2,160 of 2,400 since the plan began',
    );
  });

  test('says nothing of a month that holds, or of a year that does', () => {
    expect(judged(12, 8, 10)).toMatchObject({ verdict: 'met', soFar: null });
    expect(judged(12, 11, 9)).toMatchObject({ verdict: 'short', soFar: null });
  });
});

describe('a quarter that ends a tenth short, within chance', () => {
  const line = (kpi: 'bookings' | 'coverage', changes: Partial<KpiLine>): KpiLine => ({
    kpi,
    actual: null,
    target: null,
    verdict: 'unknown',
    tries: null,
    chance: null,
    cut: null,
    soFar: null,
    ...changes,
  });
  const standing = (
    { actual, chance, covered }: { actual: number; chance: number; covered: boolean },
    last = false,
  ) =>
    healthOf(
      [
        line('bookings', { actual, target: 100, verdict: 'missed', chance }),
        line('coverage', { verdict: covered ? 'met' : 'missed' }),
      ],
      last,
    );

  test.each([
    { actual: 85, chance: 0.3, covered: true, last: false, is: 'on_track' },
    { actual: 85, chance: 0.3, covered: true, last: true, is: 'at_risk' },
    { actual: 85, chance: 0.3, covered: false, last: false, is: 'at_risk' },
    { actual: 85, chance: 0.05, covered: true, last: false, is: 'at_risk' },
    { actual: 79, chance: 0.3, covered: true, last: false, is: 'at_risk' },
    { actual: 79, chance: 0.05, covered: false, last: false, is: 'off_track' },
  ])('$actual % at a chance of $chance, covered $covered, the last $last: $is', (given) => {
    expect(standing(given, given.last)).toBe(given.is);
  });
});
