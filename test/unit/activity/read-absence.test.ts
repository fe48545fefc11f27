import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readAbsence } from '../../../src/activity/time-off/read-absence.ts';
import { addDays, daysBetween, isLocalDate } from '../../../src/time/local-date.ts';
import { WHOLE_DAY } from '../../../src/time/part-of-day.ts';
import { runs } from '../../support/property-runs.ts';

// A Thursday.
const today = '2027-03-11';
const read = (text: string, locale = 'en-US', on = today) =>
  readAbsence(text, { locale, today: on });
const range = (from: string, to: string, person: string | null = null) => {
  return { ok: true, kind: 'days', days: [{ from, to, ...WHOLE_DAY }], person };
};

test.each([
  ['5 Jul – 16 Jul', '2027-07-05', '2027-07-16'],
  ['5-16 Jul', '2027-07-05', '2027-07-16'],
  ['5 - 16 July 2027', '2027-07-05', '2027-07-16'],
  ['5 Jul to 16 Jul 2027', '2027-07-05', '2027-07-16'],
  ['July 5 - 16', '2027-07-05', '2027-07-16'],
  ['July 5th – 16th', '2027-07-05', '2027-07-16'],
  ['5 Jul-16 Jul', '2027-07-05', '2027-07-16'],
  ['5-Jul-16-Jul', '2027-07-05', '2027-07-16'],
  ['2027-07-05..2027-07-16', '2027-07-05', '2027-07-16'],
  ['2027-07-05-2027-07-16', '2027-07-05', '2027-07-16'],
  ['2027-07-05 → 2027-07-16', '2027-07-05', '2027-07-16'],
  ['from 5 Jul to 16 Jul', '2027-07-05', '2027-07-16'],
  ['between the 5th of July and the 16th of July', '2027-07-05', '2027-07-16'],
  ['I’m out 5 Jul until 16 Jul.', '2027-07-05', '2027-07-16'],
  ['Mon, 5 Jul – Fri, 16 Jul', '2027-07-05', '2027-07-16'],
  ['today', '2027-03-11', '2027-03-11'],
  ['Tomorrow', '2027-03-12', '2027-03-12'],
  ['yesterday', '2027-03-10', '2027-03-10'],
  ['tomorrow to monday', '2027-03-12', '2027-03-15'],
  ['monday', '2027-03-15', '2027-03-15'],
  ['thursday', '2027-03-18', '2027-03-18'],
  ['this thursday', '2027-03-11', '2027-03-11'],
  ['next monday', '2027-03-15', '2027-03-15'],
  ['last friday', '2027-03-05', '2027-03-05'],
  ['monday - wednesday', '2027-03-15', '2027-03-17'],
  ['monday to monday', '2027-03-15', '2027-03-22'],
  ['this week', '2027-03-11', '2027-03-14'],
  ['next week', '2027-03-15', '2027-03-21'],
  ['until 3 April', '2027-03-11', '2027-04-03'],
  ['until friday', '2027-03-11', '2027-03-12'],
  ['from today till friday', '2027-03-11', '2027-03-12'],
  ['12 Mar', '2027-03-12', '2027-03-12'],
  ['10 Mar', '2027-03-10', '2027-03-10'],
  ['8 Feb', '2027-02-08', '2027-02-08'],
  ['7 Feb', '2028-02-07', '2028-02-07'],
  ['1 Feb – 20 Feb', '2027-02-01', '2027-02-20'],
  ['20 Dec – 3 Jan', '2027-12-20', '2028-01-03'],
  ['20 Dec – 3 Jan 2028', '2027-12-20', '2028-01-03'],
  ['29 Feb', '2028-02-29', '2028-02-29'],
  ['28-29 Feb', '2028-02-28', '2028-02-29'],
  ['7/5 – 7/16', '2027-07-05', '2027-07-16'],
  ['7/5/2027 - 7/16/2027', '2027-07-05', '2027-07-16'],
])('%j is %s to %s', (text, from, to) => {
  expect(read(text)).toMatchObject(range(from, to));
});

test.each([
  ['5/7 - 16/7', 'en-GB', '2027-07-05', '2027-07-16'],
  ['5/7 - 6/7', 'en-GB', '2027-07-05', '2027-07-06'],
  ['5/7 - 6/7', 'en-US', '2027-05-07', '2027-06-07'],
  // The second has no other reading, so the first has none either.
  ['5/7 - 16/7', 'en-US', '2027-07-05', '2027-07-16'],
  ['5/7/27 - 16/7/27', 'en-US', '2027-07-05', '2027-07-16'],
  ['7/5 - 7/16', 'en-GB', '2027-07-05', '2027-07-16'],
  ['5.7. – 16.7.', 'de-DE', '2027-07-05', '2027-07-16'],
  ['5.–16. Juli', 'de-DE', '2027-07-05', '2027-07-16'],
  ['5 juil. – 16 juil.', 'fr-FR', '2027-07-05', '2027-07-16'],
])('%j in %s is %s to %s', (text, locale, from, to) => {
  expect(read(text, locale)).toMatchObject(range(from, to));
});

test('at New Year the year goes without saying', () => {
  expect(read('20 Dec – 3 Jan', 'en-US', '2028-01-05')).toMatchObject(
    range('2027-12-20', '2028-01-03'),
  );
  expect(read('20 Dec', 'en-US', '2028-01-05')).toMatchObject(range('2027-12-20', '2027-12-20'));
  expect(read('5 Jan', 'en-US', '2027-12-28')).toMatchObject(range('2028-01-05', '2028-01-05'));
});

const july = (from: string, to = from) => {
  return { from: `2027-07-${from}`, to: `2027-07-${to}`, ...WHOLE_DAY };
};

describe('commands', () => {
  it.each([
    ['', { kind: 'list', person: null }],
    [' List ', { kind: 'list', person: null }],
    ['<@U123ABC|dana>', { kind: 'list', person: 'U123ABC' }],
    ['list <@U123ABC>', { kind: 'list', person: 'U123ABC' }],
    ['cancel', { kind: 'cancel', days: null, person: null }],
    ['back', { kind: 'back', person: null }],
    ['I’m back', { kind: 'back', person: null }],
    ['cancel 5 Jul', { kind: 'cancel', days: [july('05')], person: null }],
    ['remove 5-16 Jul', { kind: 'cancel', days: [july('05', '16')], person: null }],
    ['<@W123ABC|dana> cancel 5 Jul', { kind: 'cancel', days: [july('05')], person: 'W123ABC' }],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual({ ok: true, ...expected });
  });

  it.each([
    '<@U123ABC|dana> 5 Jul – 16 Jul',
    '<@U123ABC> 5 Jul – 16 Jul',
    'for <@U123ABC|d. o’neill>: 5 Jul – 16 Jul',
    '5 Jul – 16 Jul <@U123ABC|dana>',
  ])('%j is on behalf', (text) => {
    expect(read(text)).toMatchObject(range('2027-07-05', '2027-07-16', 'U123ABC'));
  });
});

test.each([
  [
    'blah',
    "I can't tell the days from “blah”: try “5 Jul – 16 Jul”, “tomorrow afternoon” or “back on 3 March”.",
  ],
  [
    '5-7',
    "I can't tell the days from “5-7”: try “5 Jul – 16 Jul”, “tomorrow afternoon” or “back on 3 March”.",
  ],
  [
    '31 Feb',
    "I can't tell the days from “31 Feb”: try “5 Jul – 16 Jul”, “tomorrow afternoon” or “back on 3 March”.",
  ],
  [
    '28 Jul – 3',
    "I can't tell the days from “28 Jul - 3”: try “5 Jul – 16 Jul”, “tomorrow afternoon” or “back on 3 March”.",
  ],
  [
    'cancel everything',
    "I can't tell the days from “everything”: try “5 Jul – 16 Jul”, “tomorrow afternoon” or “back on 3 March”.",
  ],
  ['from 5 Jul', 'And until when? Write it like “5 Jul – 16 Jul”.'],
  ['until 3 March', 'Mar 3, 2027 is over: until when is it?'],
  ['2027-07-16 – 2027-07-05', 'Jul 5, 2027 comes before Jul 16, 2027: swap them.'],
  ['16 Jul – 5 Jul', 'From Jul 16, 2026 to Jul 5, 2027? If so, write both with their year.'],
  ['2027-01-09', 'Jan 9, 2027 is long over: I take days off from Jan 10, 2027 on.'],
  ['2027-07-05 – 2028-07-06', 'That is over a year: enter it in parts.'],
  ['<@U1> <@U2> tomorrow', 'One person at a time, please.'],
  [
    '@dana tomorrow',
    "I can't tell whom you mean: pick the name from the list that Slack shows after @.",
  ],
  [
    'x'.repeat(500),
    'That is long for a few days: try “5 Jul – 16 Jul”, “tomorrow afternoon” or “back on 3 March”.',
  ],
])('%j is refused', (text, problem) => {
  expect(read(text)).toEqual({ ok: false, problem });
});

test('a year and sixty days ago are the limits', () => {
  expect(read('2027-07-05 – 2028-07-04')).toMatchObject(range('2027-07-05', '2028-07-04'));
  expect(read('2027-01-10 – 2027-01-11')).toMatchObject(range('2027-01-10', '2027-01-11'));
});

describe('always', () => {
  const pieces = fc.constantFrom(
    ...'5 16 Jul July 2027 2027-07-05 – - .. to until from monday next week today cancel list <@U1|x> / . 5/7 &amp; 😀 \u0000 \ud800'.split(
      ' ',
    ),
    ' ',
  );

  it('answers whatever is typed, with days in their limits', () => {
    const texts = fc.oneof(
      fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
      fc.array(pieces, { maxLength: 12 }).map((all) => all.join(' ')),
      fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
    );
    const days = fc.integer({ min: 0, max: 3000 }).map((n) => addDays('2024-02-01', n));
    fc.assert(
      fc.property(
        texts,
        days,
        fc.constantFrom('en-US', 'de-DE', 'ar-EG', ''),
        (text, on, locale) => {
          const result = read(text, locale, on);
          if (!result.ok) expect(result.problem).toMatch(/[.?”]$/);
          else if (result.kind === 'days' || result.kind === 'ask') {
            const days = result.kind === 'days' ? result.days : result.readings.flat();
            expect(days.length).toBeGreaterThan(0);
            for (const { from, to, share } of days) {
              expect(isLocalDate(from) && isLocalDate(to)).toBe(true);
              expect(daysBetween(from, to)).toBeGreaterThanOrEqual(0);
              expect(daysBetween(from, to)).toBeLessThan(366);
              expect(daysBetween(from, on)).toBeLessThanOrEqual(60);
              expect([0.5, 1]).toContain(share);
            }
          }
        },
      ),
      { numRuns: runs(400) },
    );
  });
});
