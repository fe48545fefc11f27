import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { dispersionOf } from '../../../src/activity/pace/chance-rules.ts';
import {
  type CountedDay,
  loggingOf,
  paceOf,
  stretchOff,
  type VolumeTerms,
  volumePaces,
} from '../../../src/activity/pace/pace-rules.ts';
import { ACTIVITIES } from '../../../src/plan/schemas.ts';
import { addDays } from '../../../src/time/local-date.ts';
import { countedDays } from '../../support/counted-days.ts';

vi.setConfig({ testTimeout: 60_000 });

const TERMS: VolumeTerms = {
  start: '2026-01-01',
  salesCycleDays: 30,
  newUntil: null,
  overUntil: () => null,
};
/** Days on which `calls(day)` calls were made of 27. */
const callDays = (count: number, calls: (day: number) => number, first = 0) =>
  countedDays(count, (day) => ({ calls: calls(day) }), first, { calls: 27 });
const callsOf = (days: readonly CountedDay[], terms: Partial<VolumeTerms> = {}) =>
  volumePaces(days, { ...TERMS, ...terms }).calls;
const WEEK = [0.6, 1.3, 0.8, 1.5, 0.8];
/** Days that vary around a level within each week, one for each of the given levels. */
const around = (...levels: number[]) =>
  callDays(levels.length, (day) => Math.round(27 * (levels[day] ?? 1) * (WEEK[day % 5] ?? 1)));
const at = (days: number, level: number) => Array<number>(days).fill(level);
const unlogged = (days: readonly CountedDay[], is: (day: number) => boolean) =>
  days.map((day, index) =>
    is(index) ? { ...day, done: { ...day.done, calls: 0 }, logged: false } : day,
  );

describe('figures', () => {
  test('are of the logged days and of what these asked for', () => {
    const days = unlogged(
      callDays(12, (day) => day),
      (day) => day === 11,
    );
    expect(paceOf(days.slice(-10), 'calls')).toEqual({
      days: 10,
      logged: 9,
      planned: 9 * 27,
      done: 54,
      share: 54 / 243,
    });
    expect(callsOf(days).last10).toEqual(paceOf(days.slice(-10), 'calls'));
  });

  test('nothing planned has no share and no verdict', () => {
    const { visits } = volumePaces(
      callDays(20, () => 27),
      TERMS,
    );
    expect(visits).toMatchObject({ verdict: 'unknown', judged: null, last10: { share: null } });
  });
});

test.each([
  { habit: 'on plan', levels: at(60, 1), verdict: 'steady' },
  { habit: '92 %', levels: at(60, 0.92), verdict: 'steady' },
  { habit: '115 %', levels: at(60, 1.15), verdict: 'steady' },
  {
    habit: 'on plan, then twelve days at 60 %',
    levels: [...at(40, 1), ...at(12, 0.6)],
    verdict: 'slipping',
  },
  {
    habit: 'on plan, then six days at 40 %',
    levels: [...at(40, 1), ...at(6, 0.4)],
    verdict: 'slipping',
  },
  {
    habit: 'on plan, then two days at 40 %',
    levels: [...at(40, 1), ...at(2, 0.4)],
    verdict: 'steady',
  },
  { habit: '75 %', levels: at(40, 0.75), verdict: 'slipping' },
  { habit: '150 %', levels: at(30, 1.5), verdict: 'high' },
])('who varies by a third a day: $habit is $verdict', ({ levels, verdict }) => {
  expect(callsOf(around(...levels)).verdict).toBe(verdict);
});

test('the stretch that is off is told, and nothing before it', () => {
  const { judged } = callsOf(around(...at(40, 1), ...at(12, 0.5)));
  expect(judged?.days).toBeGreaterThanOrEqual(11);
  expect(judged?.days).toBeLessThanOrEqual(14);
  expect(judged?.share).toBeLessThan(0.65);
});

test.each([
  { habit: 'Monday and Tuesday', calls: (day: number) => (day % 5 < 2 ? 67.5 : 0) },
  { habit: 'Fridays', calls: (day: number) => (day % 5 === 4 ? 135 : 0) },
  { habit: 'every second week', calls: (day: number) => (Math.floor(day / 5) % 2 ? 0 : 54) },
])('the week is the rep’s own to arrange: $habit', ({ calls }) => {
  const days = callDays(70, calls);
  for (let end = 5; end <= 70; end++) {
    expect(callsOf(days.slice(0, end)).verdict).toMatch(/steady|unknown/);
  }
});

test('not before five logged days; a missed week then', () => {
  expect(callsOf(callDays(4, () => 0)).verdict).toBe('unknown');
  expect(callsOf(callDays(6, () => 0))).toMatchObject({ verdict: 'slipping', judged: { done: 0 } });
});

describe('a day without a log is unknown', () => {
  const steady = callDays(60, (day) => (day % 2 ? 35 : 19));

  test.each([
    { name: 'one in ten forgotten', is: (day: number) => day % 10 === 3 },
    { name: 'Fridays never', is: (day: number) => day % 5 === 4 },
    { name: 'a week in between', is: (day: number) => day >= 40 && day < 44 },
  ])('$name: nothing to say', ({ is }) => {
    for (let end = 20; end <= 60; end++) {
      expect(callsOf(unlogged(steady, is).slice(0, end)).verdict).toBe('steady');
    }
  });

  test('under three fifths of ten days, pace is unknown', () => {
    const days = unlogged(steady, (day) => day >= 55);
    expect(callsOf(days)).toMatchObject({ verdict: 'unknown', judged: null });
  });

  test('a slip is seen on the days that are logged, and says how many they are', () => {
    const days = unlogged(around(...at(40, 1), ...at(14, 0.5)), (day) => day % 5 === 4);
    const { verdict, judged } = callsOf(days);
    expect(verdict).toBe('slipping');
    expect(judged?.logged).toBeLessThan(judged?.days ?? 0);
  });

  test('how they log is told over fifteen days', () => {
    expect(loggingOf(steady.slice(0, 14))).toBeNull();
    expect(loggingOf(unlogged(steady, (day) => day >= 52))).toEqual({ days: 15, logged: 7 });
  });
});

describe('an event week', () => {
  const atEvent = (done: { visits: number }) =>
    countedDays(
      45,
      (day) => (day < 40 ? { calls: day % 2 ? 35 : 19, visits: 1 } : { calls: 0, ...done }),
      0,
      { calls: 27, visits: 1 },
    );

  test('without a call, with customers, is no slip; doing nothing is', () => {
    expect(callsOf(atEvent({ visits: 2 })).verdict).toBe('steady');
    expect(callsOf(atEvent({ visits: 0 })).verdict).toBe('slipping');
  });

  test('more than a week of it is', () => {
    const days = [
      ...atEvent({ visits: 2 }),
      ...countedDays(4, { calls: 0, visits: 2 }, 45, { calls: 27, visits: 1 }),
    ];
    expect(callsOf(days).verdict).toBe('slipping');
  });
});

test('what follows from calls is judged once what it follows from can be there', () => {
  const days = countedDays(60, { calls: 27 }, 0, {
    calls: 27,
    visits: 2,
    demos: 2,
    proposals: 2,
    contracts: 2,
  });
  const start = days[0]?.date ?? '';
  const firstOf = (activity: (typeof ACTIVITIES)[number], salesCycleDays: number) => {
    const terms = { ...TERMS, start, salesCycleDays };
    const isOff = (end: number) =>
      volumePaces(days.slice(0, end), terms)[activity].verdict === 'slipping';
    return days.findIndex((_, day) => isOff(day + 1));
  };
  const firsts = ACTIVITIES.slice(1).map((one) => firstOf(one, 30));
  expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
  expect(firsts[0]).toBeGreaterThan(8);
  expect(firsts[1]).toBeGreaterThan(30);
  expect(firstOf('contracts', 210)).toBe(-1);
});

test('a new hire is given more time', () => {
  const days = around(...at(20, 1), ...at(7, 0.55));
  expect(callsOf(days).verdict).toBe('slipping');
  expect(callsOf(days, { newUntil: '2027-12-31' }).verdict).toBe('steady');
  expect(callsOf(days, { newUntil: days[10]?.date ?? null }).verdict).toBe('slipping');
});

test('what was told of and is over doesn’t count again', () => {
  const days = around(...at(30, 1), ...at(10, 0.4), ...at(3, 1));
  const over = (date: string | undefined) =>
    callsOf(days, { overUntil: (kind) => (kind === 'volume' ? (date ?? null) : null) }).verdict;
  expect(over(undefined)).toBe('slipping');
  expect(over(days[40]?.date)).toBe('steady');
});

describe('for all days', () => {
  const count = fc.integer({ min: 0, max: 60 });
  const rows = fc.array(fc.tuple(count, count, count), { minLength: 0, maxLength: 45 });
  const drawn = (rows: readonly (readonly [number, number, number])[]) =>
    countedDays(
      rows.length,
      (day) => {
        const [calls = 0, visits = 0, demos = 0] = rows[day] ?? [];
        return { calls, visits, demos };
      },
      0,
      { calls: 27, visits: 9, demos: 4 },
    );

  test('whatever is planned and done as planned is never off', () => {
    fc.assert(
      fc.property(rows, (rows) => {
        const days = drawn(rows).map((day) => ({ ...day, planned: day.done }));
        const verdicts = Object.values(volumePaces(days, TERMS)).map(({ verdict }) => verdict);
        expect(verdicts.every((one) => one === 'steady' || one === 'unknown')).toBe(true);
      }),
    );
  });

  test('a day that is not logged is as if it weren’t there, where enough are', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.boolean(), { maxLength: 45 }), (rows, silent) => {
        const days = unlogged(drawn(rows), (day) => silent[day] ?? false);
        const known = days.filter(({ logged }) => logged);
        const { verdict, judged } = callsOf(days);
        if (verdict === 'unknown' || verdict === 'steady') return;
        const bare = callsOf(known);
        expect([bare.verdict, bare.judged?.planned]).toEqual([verdict, judged?.planned]);
      }),
    );
  });

  test('whole weeks away change nothing', () => {
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 1, max: 4 }),
        (rows, week, away) => {
          const days = drawn(rows);
          const shifted = days.map((day, index) =>
            index < week * 5 ? day : { ...day, date: addDays(day.date, away * 7) },
          );
          expect(volumePaces(shifted, TERMS)).toEqual(volumePaces(days, TERMS));
        },
      ),
    );
  });

  test('with the same noise, more on the last day never turns steady into slipping', () => {
    const counts = fc.array(fc.record({ planned: fc.constant(27), done: count }), {
      minLength: 5,
      maxLength: 45,
    });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 60 }), (days, more) => {
        const dispersion = dispersionOf(days);
        const off = (days: readonly { planned: number; done: number }[]) =>
          stretchOff(days, { level: 0.7, evidence: 2.7 }, dispersion) !== null;
        const better = days.map((day, index) =>
          index === days.length - 1 ? { ...day, done: day.done + more } : day,
        );
        if (!off(days)) expect(off(better)).toBe(false);
      }),
    );
  });

  test('every activity has a verdict, and figures with it unless it is unknown', () => {
    fc.assert(
      fc.property(rows, (rows) => {
        const paces = volumePaces(drawn(rows), TERMS);
        for (const activity of ACTIVITIES) {
          const { verdict, judged } = paces[activity];
          expect(judged === null).toBe(verdict === 'unknown');
        }
      }),
    );
  });
});
