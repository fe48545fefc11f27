/** What each month's review judges. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spansOf } from '../../../src/review/schedule/rules.ts';
import { addDays, lastDayOfMonth, monthsBetween } from '../../../src/time/local-date.ts';

const inLines = (period: { start: string; end: string }) =>
  spansOf(period).map(
    ({ month, from, to, quarter, last }) =>
      `${month}: ${from} – ${to}${quarter === null ? '' : ` Q${quarter}`}${last ? ' last' : ''}`,
  );

test('a month is judged alone, and at a quarter’s end with its quarter', () => {
  expect(inLines({ start: '2027-01-01', end: '2027-12-31' })).toEqual([
    '2027-01: 2027-01-01 – 2027-01-31',
    '2027-02: 2027-02-01 – 2027-02-28',
    '2027-03: 2027-01-01 – 2027-03-31 Q1',
    '2027-04: 2027-04-01 – 2027-04-30',
    '2027-05: 2027-05-01 – 2027-05-31',
    '2027-06: 2027-04-01 – 2027-06-30 Q2',
    '2027-07: 2027-07-01 – 2027-07-31',
    '2027-08: 2027-08-01 – 2027-08-31',
    '2027-09: 2027-07-01 – 2027-09-30 Q3',
    '2027-10: 2027-10-01 – 2027-10-31',
    '2027-11: 2027-11-01 – 2027-11-30',
    '2027-12: 2027-10-01 – 2027-12-31 Q4 last',
  ]);
});

test('quarters are those of the plan’s own year', () => {
  expect(inLines({ start: '2027-02-01', end: '2027-06-30' })).toEqual([
    '2027-02: 2027-02-01 – 2027-02-28',
    '2027-03: 2027-03-01 – 2027-03-31',
    '2027-04: 2027-02-01 – 2027-04-30 Q1',
    '2027-05: 2027-05-01 – 2027-05-31',
    '2027-06: 2027-05-01 – 2027-06-30 Q2 last',
  ]);
  expect(inLines({ start: '2028-02-01', end: '2028-02-29' })).toEqual([
    '2028-02: 2028-02-01 – 2028-02-29 Q1 last',
  ]);
});

test('whatever the period: each month once, quarters without a gap, the end once', () => {
  const periods = fc
    .tuple(
      fc.integer({ min: 2000, max: 2100 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 40 }),
    )
    .map(([year, month, months]) => {
      const start = `${year}-${String(month).padStart(2, '0')}-01`;
      return { start, end: lastDayOfMonth(start, months) };
    });
  fc.assert(
    fc.property(periods, (period) => {
      const spans = spansOf(period);
      expect(spans.map(({ month }) => month)).toEqual(
        monthsBetween(period).map(({ month }) => month),
      );
      expect(spans.filter(({ last }) => last)).toEqual([spans.at(-1)]);
      expect(spans.at(-1)?.to).toBe(period.end);
      const quarters = spans.filter(({ quarter }) => quarter !== null);
      expect(quarters.map(({ quarter }) => quarter)).toEqual(quarters.map((_, index) => index + 1));
      let next = period.start;
      for (const { from, to } of quarters) {
        expect(from).toBe(next);
        next = addDays(to, 1);
      }
      expect(next).toBe(addDays(period.end, 1));
      for (const { month, from, to, quarter } of spans) {
        expect(to.slice(0, 7)).toBe(month);
        if (quarter === null) expect(from).toBe(`${month}-01`);
      }
    }),
  );
});
