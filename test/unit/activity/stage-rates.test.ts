import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { LeadDay } from '../../../src/activity/pace/lead-rules.ts';
import type { CountedDay } from '../../../src/activity/pace/pace-rules.ts';
import {
  type Stage,
  type StageTerms,
  stageLag,
  stageRates,
} from '../../../src/activity/pace/stage-rate-rules.ts';
import { addDays } from '../../../src/time/local-date.ts';
import { countedDays, weekday } from '../../support/counted-days.ts';

vi.setConfig({ testTimeout: 60_000 });

const TERMS: StageTerms = {
  funnel: { callToVisit: 0.05, visitToDemo: 0.6, demoToProposal: 0.66, proposalToContract: 0.6 },
  salesCycleDays: 21,
  sdrShare: 0,
  visitsPerLead: 0,
};
const rateOf = (days: readonly CountedDay[], stage: Stage, terms: Partial<StageTerms> = {}) =>
  stageRates(days, { ...TERMS, ...terms }, [])[stage];

test('figures are of the last month where it holds twenty tries', () => {
  const days = [
    ...countedDays(26, { calls: 26, visits: 9 }, 0, {}),
    ...countedDays(21, { calls: 26, visits: 1 }, 26, {}),
  ];
  expect(rateOf(days, 'callToVisit')).toMatchObject({
    days: 21,
    n: 546,
    k: 21,
    rate: 21 / 546,
    plan: 0.05,
    verdict: 'within',
    clear: false,
  });
});

test('of two or three months where tries are few, and unknown under twenty tries', () => {
  const sparse = (every: number) =>
    countedDays(90, (day) => ({ demos: day % every === 0 ? 1 : 0, proposals: 0 }));
  expect(rateOf(sparse(2), 'demoToProposal')).toMatchObject({ days: 42, n: 21 });
  expect(rateOf(sparse(3), 'demoToProposal')).toMatchObject({ days: 63, n: 21 });
  expect(rateOf(sparse(4), 'demoToProposal')).toMatchObject({ verdict: 'unknown' });
  expect(rateOf([], 'demoToProposal')).toMatchObject({ n: 0, rate: null, verdict: 'unknown' });
});

test('unknown in the first twenty days, where few are logged, and where nothing may fail', () => {
  const days = countedDays(40, { calls: 26, visits: 0 }, 0, {});
  expect(rateOf(days.slice(0, 19), 'callToVisit').verdict).toBe('unknown');
  expect(rateOf(days, 'callToVisit').verdict).toBe('below');
  const silent = days.map((day, index) => ({ ...day, logged: index % 2 === 0 }));
  expect(rateOf(silent, 'callToVisit').verdict).toBe('unknown');
  const funnel = { ...TERMS.funnel, callToVisit: 1 };
  expect(rateOf(days, 'callToVisit', { funnel }).verdict).toBe('unknown');
});

test('below and above the plan, and clear where it is far from chance', () => {
  const verdict = (visits: number, demos: number) => {
    const { verdict, clear } = rateOf(countedDays(80, { visits, demos }), 'visitToDemo');
    return `${verdict}${clear ? ', clear' : ''}`;
  };
  // 420 and 42 visits in a month: plan 60 %.
  expect(verdict(20, 12)).toBe('within');
  expect(verdict(20, 8)).toBe('below, clear');
  expect(verdict(20, 17)).toBe('above, clear');
  // 56.5 % is within over a month, and outside of 95 % over three.
  expect(verdict(20, 11.3)).toBe('below');
  expect(verdict(2, 1.1)).toBe('within');
});

test('more successes than tries are a rate of 1, with their count kept', () => {
  const days = countedDays(30, { visits: 2, demos: 3 });
  expect(rateOf(days, 'visitToDemo')).toMatchObject({ n: 42, k: 63, rate: 1, verdict: 'above' });
});

test('against the lower of the funnel’s rate and the one that the days’ own plan implies', () => {
  // The plan asks for one demo of two visits, though the funnel says 60 %.
  const planned = { visits: 20, demos: 10 };
  const done = (demos: number) =>
    rateOf(countedDays(80, { visits: 20, demos }, 0, planned), 'visitToDemo');
  expect(done(10)).toMatchObject({ verdict: 'within', plan: 0.5 });
  expect(done(6)).toMatchObject({ verdict: 'below', plan: 0.5 });
  // Better is what beats both.
  expect(done(12).verdict).toBe('within');
  expect(done(17)).toMatchObject({ verdict: 'above', plan: 0.6 });
});

test('a cut in calls alone does not make the visits of earlier calls clear', () => {
  // Visits follow their calls by four days.
  const calls = (day: number) => (day < 40 ? 40 : 10);
  const days = countedDays(70, (day) => ({ calls: calls(day), visits: calls(day - 4) / 20 }));
  for (let end = 20; end <= 70; end++) {
    expect(rateOf(days.slice(0, end), 'callToVisit').clear).toBe(false);
  }
});

test('each stage has its own lag: proposals follow their demo by a third of the cycle', () => {
  expect(stageLag('callToVisit', 210)).toBe(5);
  expect(stageLag('demoToProposal', 21)).toBe(5);
  expect(stageLag('demoToProposal', 84)).toBe(20);
  expect(stageLag('proposalToContract', 900)).toBe(40);
  // From a plan's start on: no proposal before twenty days have passed.
  const days = countedDays(60, (day) => ({ demos: 3, proposals: day < 20 ? 0 : 2 }));
  const clear = (salesCycleDays: number) =>
    days.map((_, end) => rateOf(days.slice(0, end), 'demoToProposal', { salesCycleDays }).clear);
  expect(clear(84)).not.toContain(true);
  expect(clear(21)).toContain(true);
});

test('a month’s end that holds half of the month is no change', () => {
  const days = countedDays(120, (day) => ({ visits: 6, demos: day % 21 < 16 ? 1.8 : 9.4 }));
  for (let end = 42; end <= 120; end++) {
    expect(rateOf(days.slice(0, end), 'visitToDemo').clear, `${end}`).toBe(false);
  }
});

describe('visits of leads', () => {
  const terms = { ...TERMS, sdrShare: 0.5, visitsPerLead: 0.5 };
  const leads = (perDay: (day: number) => number): LeadDay[] =>
    Array.from({ length: 60 }, (_, day) => ({
      date: weekday(day),
      promised: { inbound: 2, outbound: 0 },
      received: { inbound: perDay(day), outbound: 0 },
    }));
  /** 20 calls and 2 leads a day: 1 visit of either. */
  const days = (visits: number) =>
    countedDays(60, { calls: 20, visits }, 0, { calls: 20, visits: 2 });
  const callToVisit = (visits: number, received: LeadDay[] | null) =>
    stageRates(days(visits), terms, received).callToVisit;

  test('are no visits of calls', () => {
    expect(
      callToVisit(
        2,
        leads(() => 2),
      ),
    ).toMatchObject({ n: 420, k: 21, verdict: 'within' });
    // Twice the leads, and no more visits: then calls bring none.
    expect(
      callToVisit(
        2,
        leads(() => 4),
      ),
    ).toMatchObject({ k: 0, verdict: 'below' });
  });

  test('that didn’t come don’t count against calls', () => {
    expect(
      callToVisit(
        1,
        leads(() => 0),
      ),
    ).toMatchObject({ k: 21, verdict: 'within' });
  });

  test('that nobody entered leave the stage unknown, where they matter', () => {
    expect(callToVisit(1, null)).toMatchObject({ verdict: 'unknown', plan: null });
    const few = stageRates(days(0.1), { ...terms, sdrShare: 0.1 }, null);
    expect(few.callToVisit.verdict).toBe('below');
  });
});

test('a window only moves with its days: the oldest don’t count', () => {
  const count = fc.integer({ min: 0, max: 30 });
  fc.assert(
    fc.property(fc.array(fc.tuple(count, count), { minLength: 110, maxLength: 130 }), (rows) => {
      const days = countedDays(rows.length, (day) => ({
        demos: rows[day]?.[0] ?? 0,
        proposals: rows[day]?.[1] ?? 0,
      }));
      const { k, n } = rateOf(days, 'demoToProposal');
      expect(rateOf(days.slice(-100), 'demoToProposal')).toMatchObject({ k, n });
    }),
  );
});

test('the interval holds the rate, the verdict follows the interval', () => {
  const count = fc.integer({ min: 0, max: 6 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(count, count), { minLength: 20, maxLength: 80 }),
      fc.double({ min: 0.02, max: 0.98, noNaN: true }),
      (rows, plan) => {
        const days = countedDays(rows.length, (day) => ({
          demos: rows[day]?.[0] ?? 0,
          proposals: rows[day]?.[1] ?? 0,
        }));
        const funnel = { ...TERMS.funnel, demoToProposal: plan };
        const { verdict, rate, low, high, clear } = rateOf(days, 'demoToProposal', { funnel });
        if (rate === null || low === null || high === null) return;
        expect(low - 1e-9).toBeLessThanOrEqual(rate);
        expect(high + 1e-9).toBeGreaterThanOrEqual(rate);
        if (verdict === 'below') expect(plan).toBeGreaterThan(high);
        if (verdict === 'above') expect(plan).toBeLessThan(low);
        if (clear) expect(['below', 'above']).toContain(verdict);
      },
    ),
  );
});

test('whoever does exactly what their days ask for is never off', () => {
  const count = fc.integer({ min: 0, max: 9 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(count, count, count, count, count), { minLength: 20, maxLength: 120 }),
      (rows) => {
        const days = countedDays(rows.length, (day) => {
          const [calls = 0, visits = 0, demos = 0, proposals = 0, contracts = 0] = rows[day] ?? [];
          return { calls, visits, demos, proposals, contracts };
        }).map((day) => ({ ...day, planned: day.done }));
        const verdicts = Object.values(stageRates(days, TERMS, [])).map(({ verdict }) => verdict);
        expect(verdicts.every((one) => one === 'within' || one === 'unknown')).toBe(true);
      },
    ),
  );
});

test('days away in between change nothing', () => {
  const days = countedDays(60, { visits: 2, demos: 1 });
  const away = days.map((day, index) =>
    index < 20 ? day : { ...day, date: addDays(day.date, 21) },
  );
  expect(rateOf(away, 'visitToDemo')).toEqual(rateOf(days, 'visitToDemo'));
});
