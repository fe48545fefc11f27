/** What people write of days off, in any of the ways they do, and what is read back of it. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { daysOffText } from '../../../src/activity/words-view.ts';
import { type DaysRead, readDaysOff } from '../../../src/input/days-off.ts';
import type { DaysOff } from '../../../src/input/days-off-scene.ts';
import { addDays, weekdayOf } from '../../../src/time/local-date.ts';
import { runs } from '../../support/property-runs.ts';

const THURSDAY = '2027-03-11';
const FRIDAY = '2027-03-12';
const WEDNESDAY = '2027-03-10';

const read = (text: string, locale = 'en-US', today = THURSDAY) =>
  readDaysOff(text, { locale, today });

/** `2027-03-12`, `2027-03-12..2027-03-15`, `2027-03-12@09:00-12:00`, `2027-03-12@half`. */
function short({ from, to, share, hours }: DaysOff): string {
  const days = from === to ? from.slice(5) : `${from.slice(5)}..${to.slice(5)}`;
  if (share === 1) return days;
  return `${days}@${hours ? `${hours.start}-${hours.end}` : 'half'}`;
}

function outcome(found: DaysRead | null): string {
  if (found === null) return 'asked again';
  const text = (days: readonly DaysOff[]) => days.map(short).join(' + ');
  switch (found.kind) {
    case 'clear':
      return text(found.days);
    case 'open':
      return `${found.why === 'no_working_day' ? 'no working day' : 'which'}: ${found.readings.map(text).join(' or ')}`;
    case 'problem':
      return found.problem;
  }
}

describe('what the issue quotes', () => {
  it.each([
    ['24 Dec and 31 Dec', '12-24 + 12-31'],
    ['ooo for 3 days', 'which: 03-11..03-15 or 03-11..03-13'],
    ['ooo until wednesday', '03-11..03-17'],
    ['back on monday', '03-11..03-14'],
    ['rest of the week', '03-11..03-14'],
    ['stop until 20 March', '03-11..03-20'],
    ['this afternoon', '03-11@12:00-24:00'],
    ['tomorrow afternoon', '03-12@12:00-24:00'],
    ['friday morning', '03-12@00:00-12:00'],
    ['9-12 tomorrow', '03-12@09:00-12:00'],
    // Tomorrow is Friday: once, or that one and the next.
    ['tomorrow and friday', 'which: 03-12 + 03-19 or 03-12'],
    ['sick', '03-11'],
  ])('%j on a Thursday: %s', (text, expected) => expect(outcome(read(text))).toBe(expected));

  it.each([
    ['tomorrow and friday', WEDNESDAY, '03-11 + 03-12'],
    ['for 3 days', WEDNESDAY, '03-10..03-12'],
    ['sick tomorrow', FRIDAY, 'no working day: 03-15 or 03-13'],
    ['tomorrow and friday', FRIDAY, 'which: 03-15 + 03-19 or 03-13 + 03-19'],
    ['friday, saturday and sunday', WEDNESDAY, '03-12 + 03-13 + 03-14'],
    ['yesterday', '2027-03-15', 'no working day: 03-12 or 03-14'],
  ])('%j on %s: %s', (text, on, expected) =>
    expect(outcome(read(text, 'en-US', on))).toBe(expected),
  );

  it.each([
    ['bis Freitag', 'de-DE', '03-11..03-12'],
    ['5. bis 16. Juli', 'de-DE', '07-05..07-16'],
    ['du 5 au 16 juillet', 'fr-FR', '07-05..07-16'],
  ])('%j in %s: %s', (text, locale, expected) =>
    expect(outcome(read(text, locale))).toBe(expected),
  );
});

test.each([
  ['between 5 Jul and 16 Jul', '07-05..07-16'],
  ['24, 25 and 31 Dec', '12-24 + 12-25 + 12-31'],
  ['Mon, 5 Jul and Tue, 6 Jul', '07-05 + 07-06'],
  ['5 Jul, 7 Jul – 9 Jul', '07-05 + 07-07..07-09'],
  ['friday & monday', '03-12 + 03-15'],
  ['monday and friday', 'which: 03-15 + 03-19 or 03-12 + 03-15'],
  ['friday and friday', 'which: 03-12 + 03-19 or 03-12'],
  ['Mon, 6 Jul', 'which: 07-06 or 07-05'],
  ['next friday', 'which: 03-12 or 03-19'],
  ['next monday', '03-15'],
  ['for a week', '03-11..03-17'],
  ['for 2 weeks from 5 Jul', '07-05..07-18'],
  ['5 Jul for 3 days', '07-05..07-07'],
  ['for 2 working days', '03-11..03-12'],
  ['for 3 calendar days', '03-11..03-13'],
  ['back tomorrow', '03-11'],
  ['back on 20 March', '03-11..03-19'],
  ['back in 2 weeks', '03-11..03-24'],
  ['back next week', '03-11..03-14'],
  ['back tomorrow afternoon', '03-11 + 03-12@00:00-12:00'],
  ['back yesterday', 'You’d be back on Mar 10, 2027: then there is no day away to enter.'],
  ['until the end of the week', '03-11..03-14'],
  ['until noon', '03-11@00:00-12:00'],
  ['from 2pm', '03-11@14:00-24:00'],
  ['tomorrow from 2', '03-12@14:00-24:00'],
  ['2-5 tomorrow', '03-12@14:00-17:00'],
  ['tomorrow, 9:30 to 11:00', '03-12@09:30-11:00'],
  ['9-5 tomorrow', '03-12'],
  ['9-12 Jul', '07-09..07-12'],
  ['half a day tomorrow', '03-12@half'],
  ['half day on friday', '03-12@half'],
  ['friday afternoon to monday', '03-12@12:00-24:00 + 03-13..03-15'],
  ['tomorrow to monday morning', '03-12..03-14 + 03-15@00:00-12:00'],
  ['tonight', 'That is after work, when nothing is asked of you. Say “this afternoon” or “today”.'],
  ['this weekend', 'no working day: 03-15 or 03-13..03-14'],
  ['next week', '03-15..03-21'],
  ['next month', '04-01..04-30'],
  ['rest of the day', '03-11@half'],
  ['the week of 5 Jul', '07-05..07-11'],
  ['tomorrow or friday', 'asked again'],
  ['5-7', 'asked again'],
  ['soon', 'asked again'],
])('%j: %s', (text, expected) => expect(outcome(read(text))).toBe(expected));

test.each([
  ['morgen Nachmittag', 'de-DE', '03-12@12:00-24:00'],
  ['24. und 31. Dezember', 'de-DE', '12-24 + 12-31'],
  ['nächsten Freitag', 'de-DE', 'which: 03-12 or 03-19'],
  ['letzten Freitag', 'de-DE', '03-05'],
  ['nächste Woche', 'de-DE', '03-15..03-21'],
  ['Urlaub bis 20. März', 'de-DE', '03-11..03-20'],
  ['zurück am Montag', 'de-DE', '03-11..03-14'],
  ['für 3 Tage', 'de-DE', 'which: 03-11..03-15 or 03-11..03-13'],
  ['krank', 'de-DE', '03-11'],
  ['halber Tag morgen', 'de-DE', '03-12@half'],
  ['demain matin', 'fr-FR', '03-12@00:00-12:00'],
  ['après-demain', 'fr-FR', 'no working day: 03-15 or 03-13'],
  ["jusqu'à vendredi", 'fr-FR', '03-11..03-12'],
  ['le 24 et le 31 décembre', 'fr-FR', '12-24 + 12-31'],
  ['de retour lundi', 'fr-FR', '03-11..03-14'],
  ['demain de 9h à 12h', 'fr-FR', '03-12@09:00-12:00'],
  ['vendredi prochain', 'fr-FR', 'which: 03-12 or 03-19'],
  ['del 5 al 16 de julio', 'es-ES', '07-05..07-16'],
  ['mañana', 'es-ES', '03-12'],
  ['esta tarde', 'es-ES', '03-11@12:00-24:00'],
  ['vuelvo el lunes', 'es-ES', '03-11..03-14'],
  ['dal 5 al 16 luglio', 'it-IT', '07-05..07-16'],
  ['domani pomeriggio', 'it-IT', '03-12@12:00-24:00'],
  ['van 5 t/m 16 juli', 'nl-NL', '07-05..07-16'],
  ['vrijdag en maandag', 'nl-NL', '03-12 + 03-15'],
  ['de 5 a 16 de julho', 'pt-BR', '07-05..07-16'],
  ['até sexta', 'pt-BR', '03-11..03-12'],
  ['på fredag', 'sv-SE', '03-12'],
  ['завтра', 'ru-RU', '03-12'],
  // English is read by whoever writes it.
  ['tomorrow afternoon', 'de-DE', '03-12@12:00-24:00'],
])('%j in %s: %s', (text, locale, expected) => expect(outcome(read(text, locale))).toBe(expected));

test('until a day takes it in, and the other reading is a tap away', () => {
  const found = read('until wednesday');
  expect(found?.kind === 'clear' && found.orElse?.map(short)).toEqual(['03-11..03-16']);
  expect(read('back on monday')).toMatchObject({ orElse: null });
});

test('whoever works on Saturdays is asked nothing', () => {
  const isWorked = (date: string) => weekdayOf(date) !== 'sun';
  const saturday = readDaysOff('tomorrow', { locale: 'en-US', today: FRIDAY, isWorked });
  expect(outcome(saturday)).toBe('03-13');
  const three = readDaysOff('for 3 days', { locale: 'en-US', today: THURSDAY, isWorked });
  expect(outcome(three)).toBe('03-11..03-13');
});

describe('every phrase of the grammar', () => {
  const locales = ['en-US', 'en-GB', 'de-DE', 'fr-FR', 'es-ES', 'it-IT', 'nl-NL', 'pt-BR'] as const;
  const day = fc.constantFrom(
    ...['today', 'tomorrow', 'monday', 'fri', 'next tuesday', 'this sunday', '5 Jul', 'July 16th'],
    ...[
      '2027-04-02',
      'Mon, 5 Jul',
      'the 20th of March',
      '12/24',
      'day after tomorrow',
      '31 Dec 2027',
    ],
  );
  const part = fc.constantFrom(
    'morning',
    'afternoon',
    '9-12',
    'from 2pm',
    'until 11',
    '14:30 – 16:00',
  );
  const single = fc.oneof(
    day,
    fc.tuple(day, part).map((both) => both.join(' ')),
    fc.tuple(part, day).map(([first, then]) => `${first} ${then}`),
    day.map((one) => `half a day ${one}`),
  );
  const span = fc
    .tuple(day, fc.constantFrom(' - ', ' to ', ' until ', ' – ', '..'), day)
    .map((all) => all.join(''));
  const length = fc
    .tuple(fc.integer({ min: 1, max: 15 }), fc.constantFrom('days', 'working days', 'weeks'))
    .map((all) => `for ${all.join(' ')}`);
  const phrase = fc.oneof(
    single,
    span,
    length,
    fc.tuple(length, day).map(([long, from]) => `${long} from ${from}`),
    day.map((one) => `until ${one}`),
    day.map((one) => `back on ${one}`),
    fc
      .array(fc.oneof(single, span), { minLength: 2, maxLength: 4 })
      .map((all) => all.join(' and ')),
    fc.constantFrom(
      'rest of the week',
      'this week',
      'next week',
      'next month',
      'sick',
      'half a day',
    ),
  );
  const about = fc.constantFrom('', 'ooo ', 'I’m off ', 'sick ', 'vacation ', 'away ');
  const todays = fc.integer({ min: 0, max: 700 }).map((n) => addDays('2027-01-01', n));

  const readings = (found: DaysRead | null) => {
    if (found === null || found.kind === 'problem') return [];
    return found.kind === 'clear' ? [found.days] : found.readings;
  };

  it('is read back as words that read to the same, with each day’s weekday in them', () => {
    let [said, understood] = [0, 0];
    fc.assert(
      fc.property(
        about,
        phrase,
        todays,
        fc.constantFrom(...locales),
        (before, words, today, locale) => {
          const found = readDaysOff(before + words, { locale, today });
          said += 1;
          understood += Math.min(1, readings(found).length);
          for (const days of readings(found).filter((all) =>
            all.every(({ from, to }) => from <= to),
          )) {
            const written = days.map((one) => daysOffText(one, locale)).join(' · ');
            const again = readings(readDaysOff(written, { locale, today }));
            expect(again, `${before}${words} on ${today}: ${written}`).toContainEqual(days);
          }
        },
      ),
      { numRuns: runs(2000) },
    );
    expect(understood, 'most of it is understood').toBeGreaterThan(said / 2);
  });

  it('whatever is typed, is never an error, nor slow', () => {
    const words = fc.constantFrom(
      ...'5 16 Jul 2027 - to until and , from back on for days week half morning 9-12 monday next · bis und'.split(
        ' ',
      ),
    );
    const texts = fc.array(words, { maxLength: 40 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(texts, fc.constantFrom(...locales), (text, locale) => {
        const found = readDaysOff(text, { locale, today: THURSDAY });
        for (const days of readings(found)) expect(days.length).toBeGreaterThan(0);
      }),
      { numRuns: runs(300) },
    );
  });
});
