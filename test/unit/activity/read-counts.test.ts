import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readCounts } from '../../../src/activity/counts/read-counts.ts';
import { ACTIVITIES } from '../../../src/plan/schemas.ts';
import { runs } from '../../support/property-runs.ts';

// A Thursday.
const today = '2027-03-11';
const read = (text: string, locale = 'en-US') => readCounts(text, { locale, today });

const NOTHING = { calls: 0, visits: 0, demos: 0, proposals: 0, contracts: 0 };

describe('counts', () => {
  it.each([
    ['25 calls 2 demos, 1 proposal', { calls: 25, demos: 2, proposals: 1 }],
    ['25 calls and two visits', { calls: 25, visits: 2 }],
    ['calls: 25, demos 2', { calls: 25, demos: 2 }],
    ['Calls = 25; Demos = 2', { calls: 25, demos: 2 }],
    ['calls - 25', { calls: 25 }],
    ['calls-25', { calls: 25 }],
    ['25c 2d 1v 3p', { calls: 25, demos: 2, visits: 1, proposals: 3 }],
    ['25calls2demos', { calls: 25, demos: 2 }],
    ['2x demos, visits x3', { demos: 2, visits: 3 }],
    ['30 dials, 1 pitch, 2 quotes', { calls: 30, demos: 1, proposals: 2 }],
    ['4 rings 3 meetings 2 presentations 1 offer', { calls: 4, visits: 3, demos: 2, proposals: 1 }],
    ['25 outbound sales calls', { calls: 25 }],
    ['2 on-site visits', { visits: 2 }],
    ['a demo and an appointment', { demos: 1, visits: 1 }],
    ['twenty-five calls, twenty demos, zero visits', { calls: 25, demos: 20, visits: 0 }],
    ['thirty one calls', { calls: 31 }],
    ['no calls', { calls: 0 }],
    ['no calls or visits, 2 demos', { calls: 0, visits: 0, demos: 2 }],
    ['no calls and demos 2', { calls: 0, demos: 2 }],
    ['calls: none, 2 demos', { calls: 0, demos: 2 }],
    ['nothing', NOTHING],
    ['Nothing.', NOTHING],
    ['no activity', NOTHING],
    ['25 calls, nothing else', { ...NOTHING, calls: 25 }],
    ['1,000 calls', { calls: 1000 }],
    ['Hi, I made 25 calls and had 2 demos. Thanks!', { calls: 25, demos: 2 }],
    ['25 calls +2 demos', { calls: 25, demos: 2 }],
    ['- 25 calls\n- 2 demos\r\n• 1 contract', { calls: 25, demos: 2, contracts: 1 }],
    ['٢٥ calls', { calls: 25 }],
  ])('%j', (text, counts) => {
    expect(read(text)).toEqual({ ok: true, counts, adds: {}, date: null });
  });

  it.each([
    ['1.000 calls', 'de-DE', 1000],
    ['1 000 calls', 'fr-FR', 1000],
    ['1\u202f000 calls', 'fr-FR', 1000],
  ])('%s in %s', (text, locale, calls) => {
    expect(read(text, locale)).toMatchObject({ ok: true, counts: { calls } });
  });

  it.each([
    ['+5 calls', { calls: 5 }],
    ['+ 5 calls +2 demos', { calls: 5, demos: 2 }],
    ['5 more calls', { calls: 5 }],
    ['another 5 calls and another demo', { calls: 5, demos: 1 }],
    ['+5 calls, 3 more calls', { calls: 8 }],
  ])('%j comes on top', (text, adds) => {
    expect(read(text)).toEqual({ ok: true, counts: {}, adds, date: null });
  });

  it.each([
    '*25* calls &amp; _2_ demos',
    '“25 calls”, "2 demos"',
    '25\u00a0calls\u00a02\u2009demos',
    ':telephone_receiver: 25 calls :+1: 2 demos 🎉👩🏽‍💻',
    '2️⃣5️⃣ calls, 2️⃣ demos',
    '&gt; 25 calls\n&gt; 2 demos',
    '<@U123|dana> 25 calls in <#C123|sales>, 2 demos',
    '`25 calls` ~2 demos~',
    '25 <https://crm.example.com/calls?a=1|calls>, 2 <mailto:demos|demos>',
  ])('without the markup of %j', (text) => {
    const counts = { calls: 25, demos: 2 };
    expect(read(text)).toEqual({ ok: true, counts, adds: {}, date: null });
  });
});

test.each([
  ['today', '2027-03-11'],
  ['Yesterday', '2027-03-10'],
  ['the day before yesterday', '2027-03-09'],
  ['monday', '2027-03-08'],
  ['on Mon.', '2027-03-08'],
  ['thursday', '2027-03-11'],
  ['last thursday', '2027-03-04'],
  ['friday', '2027-03-05'],
  ['2027-03-02', '2027-03-02'],
  ['9 Mar', '2027-03-09'],
  ['9th of March', '2027-03-09'],
  ['March 9, 2027', '2027-03-09'],
  ['3/9', '2027-03-09'],
  ['9.3.', '2027-03-09', 'de-DE'],
  ['9. März', '2027-03-09', 'de-DE'],
  ['28 Dec', '2026-12-28'],
  ['tomorrow', '2027-03-12'],
])('“%s” is the day %s', (day, date, locale = 'en-US') => {
  const expected = { ok: true, counts: { calls: 25 }, date };
  for (const text of [`${day} 25 calls`, `25 calls ${day}`, `${day}: 25 calls`]) {
    expect(read(text, locale), text).toMatchObject(expected);
  }
});

describe('what is asked back', () => {
  it.each([
    ['3 lunches with Bob and 2 demos', "I can't make out “3 lunches” and “Bob”.", { demos: 2 }],
    ['25 calls, felt great today', "I can't make out “felt”.", { calls: 25 }],
    ['25', "I can't make out “25”.", {}],
    ['calls', "I can't make out “calls”.", {}],
    ['calls 25 demos', "I can't make out “demos”.", { calls: 25 }],
    ["didn't make 25 calls", "I can't make out “didn't”.", { calls: 25 }],
    ['80% calls', "I can't make out “80% calls”.", {}],
    ['5k calls', "I can't make out “5k calls”.", {}],
    ['nothing worked', "I can't make out “worked”.", NOTHING],
    ['-5 calls, 2 demos', "“-5 calls”? It can't be below zero.", { demos: 2 }],
    ['calls: -5', "“calls: -5”? It can't be below zero.", {}],
    ['2.5 demos', '“2.5 demos”? It has to be a whole number: try 12.', {}],
    ['1,001 calls', "“1,001 calls”? It can't be over 1,000.", {}],
    ['+600 calls 500 more calls', "“500 more calls”? It can't be over 400.", {}],
    [`${'9'.repeat(70)} calls`, `“${'9'.repeat(39)}…”? That isn't a number: try 12.`, {}],
    ['25-30 calls', '“25-30 calls”? Tell me one number.', {}],
    ['25 or 30 calls', '“25 or 30 calls”? Tell me one number.', {}],
    ['12 of 20 calls, 1 demo', '“12 of 20 calls”? Tell me one number.', { demos: 1 }],
    [
      '25 calls 2 demos 10 dials',
      '“25 calls” and “10 dials” both count calls: which is it?',
      { demos: 2 },
    ],
    [
      '25 calls yesterday, 2 demos monday',
      '“yesterday” and “monday” are different days: one at a time.',
      { calls: 25, demos: 2 },
    ],
    ['', "I don't find a count in that.", {}],
    ['yesterday', "I don't find a count in that.", {}],
    ['constructor __proto__ toString', "I can't make out “constructor proto toString”.", {}],
    [`25 calls ${'and then '.repeat(80)}`, 'That is a lot of words for five numbers.', {}],
  ])('%j', (text, problem, understood) => {
    expect(read(text)).toMatchObject({ ok: false, problem, understood });
  });

  it('with the day, what comes on top, and the words that said nothing', () => {
    expect(read('+5 calls yesterday, 2 naps and a swim')).toEqual({
      ok: false,
      problem: "I can't make out “2 naps” and “swim”.",
      understood: {},
      adds: { calls: 5 },
      date: '2027-03-10',
      unread: ['2 naps', 'swim'],
    });
  });
});

describe('always', () => {
  const pieces = fc.constantFrom(
    ...'25 calls demos - + . , : ; / 1,200 2.5 and no or nothing yesterday 12 Mar 2027-03-09 <@U1|x> &amp; *bold* :tada: “ ” twenty five a another more x % 😀 \n \u00a0 \u0000 \ud800'.split(
      ' ',
    ),
    ' ',
  );

  it('answers whatever is written', () => {
    const texts = fc.oneof(
      fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
      fc.string({ unit: 'grapheme', maxLength: 2000 }),
      fc.array(pieces, { maxLength: 120 }).map((all) => all.join(' ')),
      fc.array(pieces, { maxLength: 120 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('en-US', 'de-DE', 'ar-EG', 'xx', ''), (text, locale) => {
        const result = read(text, locale);
        const { adds } = result;
        const counts = result.ok ? result.counts : result.understood;
        for (const count of [...Object.values(counts), ...Object.values(adds)]) {
          expect(Number.isInteger(count) && count >= 0 && count <= 1000).toBe(true);
        }
        if (result.ok) expect(Object.keys({ ...counts, ...adds })).not.toEqual([]);
        else expect(result.problem).toMatch(/[.?]$/);
      }),
      { numRuns: runs(300) },
    );
  });

  it('reads back what it would write, in any order', () => {
    const said = fc.uniqueArray(
      fc.record({
        activity: fc.constantFrom(...ACTIVITIES),
        count: fc.nat(1000),
        isFirst: fc.boolean(),
      }),
      { selector: ({ activity }) => activity, minLength: 1 },
    );
    const joined = fc.constantFrom(', ', ' and ', '; ', '\n', ' & ');
    fc.assert(
      fc.property(said, joined, (all, joint) => {
        const written = all.map(({ activity, count, isFirst }) =>
          isFirst ? `${activity}: ${count}` : `${count} ${activity}`,
        );
        const counts = Object.fromEntries(all.map(({ activity, count }) => [activity, count]));
        expect(read(written.join(joint))).toEqual({ ok: true, counts, adds: {}, date: null });
      }),
    );
  });
});
