import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { wayText } from '../../../src/activity/check-in/view.ts';
import { type CountsReading, readCounts } from '../../../src/activity/counts/read-counts.ts';
import { NO_COUNTS } from '../../../src/activity/schemas.ts';
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
    expect(read(text)).toEqual({ ok: true, counts, adds: {}, date: null, uncounted: [] });
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
    expect(read(text)).toEqual({ ok: true, counts: {}, adds, date: null, uncounted: [] });
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
    expect(read(text)).toEqual({ ok: true, counts, adds: {}, date: null, uncounted: [] });
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

/** `20 calls · 1 demo @2027-01-05`, `+5 calls`: each way in which a line can be meant. */
function ways(text: string, more: Partial<Parameters<typeof readCounts>[1]> = {}): string[] {
  const found = readCounts(text, { locale: 'en-US', today, ...more });
  const readings = found.ok ? [found] : found.readings;
  return readings.map(({ counts, adds, date }) => {
    const said = [
      ...Object.entries(counts).map(([activity, count]) => `${count} ${activity}`),
      ...Object.entries(adds).map(([activity, count]) => `+${count} ${activity}`),
    ];
    return `${said.join(' · ')}${date ? ` @${date}` : ''}`;
  });
}

describe('numbers that stand together', () => {
  it.each([
    ['25 dials / 4 connects / 2 meetings', '25 calls · 2 visits', ['connects']],
    ['25/30 calls', '25 calls', []],
    ['calls 25/30, demos 1/2', '25 calls · 1 demos', []],
    ['calls: 25 of 30', '25 calls', []],
    ['12 of 20 calls, 1 demo', '12 calls · 1 demos', []],
    ['20 outbound and 5 inbound calls', '25 calls', []],
    ['20 outbound, 5 inbound calls and 2 demos', '25 calls · 2 demos', []],
    ['10 cold + 5 warm + 3 inbound calls', '18 calls', []],
    ['20 cold calls and 5 warm calls', '25 calls', []],
    ['+5 outbound and 2 inbound calls', '+7 calls', []],
    [':two: demos', '2 demos', []],
    [':two::five: calls :100:', '25 calls', []],
    [':keycap_ten: dials, :one: visit', '10 calls · 1 visits', []],
    ['25 calls, 20 emails and 5 LinkedIn messages', '25 calls', ['emails', 'messages']],
    ['emails: 20, calls: 25, no voicemails', '25 calls', ['emails', 'voicemails']],
    ['10 follow-up calls', '10 calls', []],
    ['10 calls, 3 follow-ups, 2 leads', '10 calls', ['follow-ups', 'leads']],
    ['signed 2 contracts', '2 contracts', []],
    ['25 Anrufe, 2 Demos und ein Angebot', '25 calls · 2 demos · 1 proposals', []],
    ['25 appels, 2 démos et 3 visites', '25 calls · 3 visits · 2 demos', []],
    ['25 llamadas y 2 propuestas', '25 calls · 2 proposals', []],
    ['keine Anrufe, 2 Termine', '0 calls · 2 visits', []],
    ['2 proposals sent, 1 contract signed', '2 proposals · 1 contracts', []],
  ])('%j is %s', (text, told, uncounted) => {
    expect(readCounts(text, { locale: 'en-US', today })).toMatchObject({ ok: true, uncounted });
    expect(ways(text)).toEqual([told]);
  });
});

describe('what can be meant in two ways is asked, each way a button', () => {
  const canBe = (date: string) => date <= today;
  it.each([
    ['calls 20, demos 1/5', ['20 calls · 1 demos', '20 calls · 1 demos @2027-01-05']],
    ['demos 1/5', ['1 demos', '1 demos @2027-01-05']],
    ['1/5 demos', ['1 demos', '1 demos @2027-01-05']],
    ['2 visits, demos: 3/9', ['2 visits · 3 demos', '2 visits · 3 demos @2027-03-09']],
    ['25-30 calls', ['25 calls', '30 calls']],
    ['25 or 30 calls, 1 demo', ['25 calls · 1 demos', '30 calls · 1 demos']],
    ['12 to 20 calls', ['12 calls', '20 calls']],
    [
      '25 calls 2 demos 10 dials',
      ['25 calls · 2 demos', '10 calls · 2 demos', '35 calls · 2 demos'],
    ],
    ['25 dials / 4 connects / 2 meetings booked', ['25 calls · 2 visits', '25 calls']],
    ['booked 2 demos, 25 calls', ['25 calls · 2 demos', '25 calls']],
  ])('%j: %j', (text, told) => {
    expect(readCounts(text, { locale: 'en-US', today, canBe }).ok).toBe(false);
    expect(ways(text, { canBe })).toEqual(told);
  });

  it.each([
    ['a day that is still to come', 'demos 5/1', () => true, ['5 demos', '5 demos @2027-05-01']],
    ['a day that can’t be logged', 'calls 20, demos 1/5', (on: string) => on > '2027-02-01', null],
    ['another day named beside it', 'today calls 20, demos 1/5', canBe, null],
    ['another share beside it', 'calls 20/25, demos 1/5', canBe, null],
    ['it named as the day itself', '1/5: 20 calls', canBe, null],
  ])('%s decides: %j', (_, text, possible, told) => {
    const found = readCounts(text, { locale: 'en-US', today, canBe: possible });
    expect(found.ok).toBe(told === null);
    if (told) expect(ways(text, { canBe: possible })).toEqual(told);
    else expect(ways(text, { canBe: possible })).toHaveLength(1);
  });
});

describe('what is asked back', () => {
  it.each([
    ['3 lunches with Bob and 2 demos', "I can't make out “3 lunches” and “Bob”.", ['2 demos']],
    ['25 calls, felt great today', "I can't make out “felt”.", ['25 calls @2027-03-11']],
    ['calls', "I can't make out “calls”.", []],
    ['calls 25 demos', "I can't make out “demos”.", ['25 calls']],
    ["didn't make 25 calls", "I can't make out “didn't”.", ['25 calls']],
    ['80% calls', "I can't make out “80% calls”.", []],
    ['5k calls', "I can't make out “5k calls”.", []],
    [
      'nothing worked',
      "I can't make out “worked”.",
      ['0 calls · 0 visits · 0 demos · 0 proposals · 0 contracts'],
    ],
    ['-5 calls, 2 demos', "“-5 calls”? It can't be below zero.", ['2 demos']],
    ['calls: -5', "“calls: -5”? It can't be below zero.", []],
    ['2.5 demos', '“2.5 demos”? It has to be a whole number: try 12.', []],
    ['1,001 calls', "“1,001 calls”? It can't be over 1,000.", []],
    ['+600 calls 500 more calls', "“500 more calls”? It can't be over 400.", ['+600 calls']],
    [`${'9'.repeat(70)} calls`, `“${'9'.repeat(39)}…”? That isn't a number: try 12.`, []],
    ['25-30 calls', '“25-30 calls”? Tell me one number.', ['25 calls', '30 calls']],
    ['demos 1/5', '“demos 1/5”: 1 of several, or on a day?', ['1 demos', '1 demos @2027-01-05']],
    [
      '25 calls yesterday, 2 demos monday',
      '“yesterday” and “monday” are different days: one at a time.',
      [],
    ],
    ['25', '“25”: calls?', ['25 calls']],
    ['25 yesterday', '“25”: calls?', ['25 calls @2027-03-10']],
    ['1,001', "I can't make out “1,001”.", []],
    ['', "I don't find a count in that.", []],
    ['yesterday', "I don't find a count in that.", []],
    [
      '20 emails and 3 messages',
      '“20 emails” and “3 messages”: noted nowhere, since I count calls, visits, demos, proposals and contracts.',
      [],
    ],
    ['constructor __proto__ toString', "I can't make out “constructor proto toString”.", []],
    [`25 calls ${'and then '.repeat(80)}`, 'That is a lot of words for five numbers.', []],
  ])('%j', (text, problem, told) => {
    expect(read(text)).toMatchObject({ ok: false, problem });
    expect(ways(text)).toEqual(told);
  });

  it('with the day, what comes on top, and the words that said nothing', () => {
    expect(read('+5 calls yesterday, 2 naps and a swim')).toEqual({
      ok: false,
      problem: "I can't make out “2 naps” and “swim”.",
      readings: [{ counts: {}, adds: { calls: 5 }, date: '2027-03-10' }],
      date: '2027-03-10',
      unread: ['2 naps', 'swim'],
      uncounted: [],
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
        const readings = result.ok ? [result] : result.readings;
        for (const { counts, adds } of readings) {
          for (const count of [...Object.values(counts), ...Object.values(adds)]) {
            expect(Number.isInteger(count) && count >= 0 && count <= 1000).toBe(true);
          }
          expect(Object.keys({ ...counts, ...adds })).not.toEqual([]);
        }
        if (result.ok) expect(readings).toHaveLength(1);
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
        expect(read(written.join(joint))).toEqual({
          ok: true,
          counts,
          adds: {},
          date: null,
          uncounted: [],
        });
      }),
    );
  });

  describe('what is read back is read the same', () => {
    const again = (reading: CountsReading, locale: string) => {
      const way = { date: reading.date ?? today, counts: { ...reading.counts, ...reading.adds } };
      const text = wayText(way, { today, locale });
      const found = readCounts(text, { locale, today });
      expect(found, text).toMatchObject({ ok: true, date: way.date });
      const counts = found.ok ? found.counts : {};
      expect({ ...NO_COUNTS, ...counts }, text).toEqual({ ...NO_COUNTS, ...way.counts });
    };
    const small = fc.integer({ min: 0, max: 400 });
    const names = {
      calls: ['calls', 'dials', 'cold calls', 'outbound sales calls'],
      visits: ['visits', 'meetings', 'appointments'],
      demos: ['demos', 'product demos', 'pitches'],
      proposals: ['proposals', 'quotes', 'offers'],
      contracts: ['contracts'],
    } as const;
    const clause = (activity: keyof typeof names) =>
      fc
        .record({
          name: fc.constantFrom(...names[activity]),
          count: small,
          more: fc.integer({ min: 40, max: 500 }),
          form: fc.nat(7),
        })
        .map(({ name, count, more, form }) => {
          const forms = [
            `${count} ${name}`,
            `${count}/${more} ${name}`,
            `${count} of ${more} ${name}`,
            `${count} outbound and ${more} inbound ${names[activity][0]}`,
            `:two::five: ${name}`,
            `no ${names[activity][0]}`,
            `${count}x ${names[activity][0]}`,
            `thirty-one ${name}`,
          ];
          return forms[form] ?? '';
        });
    const phrase = fc
      .record({
        activities: fc.uniqueArray(fc.constantFrom(...ACTIVITIES), { minLength: 1 }),
        joint: fc.constantFrom(', ', ' and ', ' / ', '; ', '\n', ' + '),
        day: fc.constantFrom('', 'yesterday ', 'Mon: ', '3/2 ', 'Tue, Mar 2: ', 'today '),
        rest: fc.constantFrom('', ', 20 emails', ' :tada:', '. Thanks!', ' / 4 connects'),
      })
      .chain(({ activities, joint, day, rest }) =>
        fc.tuple(...activities.map(clause)).map((clauses) => `${day}${clauses.join(joint)}${rest}`),
      );

    it('of every phrase', () => {
      fc.assert(
        fc.property(phrase, (text) => {
          const found = read(text);
          expect(found.ok ? '' : found.problem, text).toBe('');
          if (found.ok) for (const locale of ['en-US', 'en-GB', 'de-DE']) again(found, locale);
        }),
        { numRuns: runs(400) },
      );
    });

    it.each([
      'calls 20, demos 1/5',
      '25-30 calls',
      '25 calls 2 demos 10 dials',
      '25 dials / 4 connects / 2 meetings booked',
      'yesterday 12 to 20 calls',
    ])('of each way in which %j can be meant', (text) => {
      const found = read(text);
      const readings = found.ok ? [] : found.readings;
      expect(readings.length).toBeGreaterThan(1);
      for (const reading of readings) again(reading, 'en-US');
    });
  });
});
