import { describe, expect, it } from 'vitest';
import { readDate, readMonthDay, readTime } from '../../../src/input/date.ts';

describe('readDate', () => {
  it.each([
    ['2027-03-31', 'en-US', '2027-03-31'],
    ['2027/3/1', 'ja-JP', '2027-03-01'],
    ['2027. 3. 31.', 'ko-KR', '2027-03-31'],
    ['31 Mar 2027', 'en-US', '2027-03-31'],
    ['31st March 2027', 'en-GB', '2027-03-31'],
    ['Mar 31, 2027', 'en-US', '2027-03-31'],
    ['Sept. 5 2027', 'en-US', '2027-09-05'],
    ['31-Mar-27', 'en-IN', '2027-03-31'],
    ['31.3.2027', 'de-DE', '2027-03-31'],
    ['31.3.2027', 'en-US', '2027-03-31'],
    ['3.4.2027', 'de-DE', '2027-04-03'],
    ['3.3.2027', 'en-US', '2027-03-03'],
    ['3/31/2027', 'en-US', '2027-03-31'],
    ['31/3/2027', 'en-US', '2027-03-31'],
    ['3/4/27', 'en-US', '2027-03-04'],
    ['3/4/27', 'en-GB', '2027-04-03'],
    ['31-3-2027', 'nl-NL', '2027-03-31'],
    ['31. März 2027', 'de-DE', '2027-03-31'],
    ['31. Ma\u0308rz 2027', 'de-DE', '2027-03-31'],
    ['1 déc. 2027', 'fr-FR', '2027-12-01'],
    ['31 de março de 2027', 'pt-BR', '2027-03-31'],
    ['31 марта 2027', 'ru-RU', '2027-03-31'],
    ['٣١/٣/٢٠٢٧', 'ar-EG', '2027-03-31'],
    ['31 Mar 2027', 'fa-IR', '2027-03-31'],
    ['29 Feb 2028', 'en-US', '2028-02-29'],
  ])('%s in %s', (text, locale, date) => {
    expect(readDate(text, { locale })).toEqual({ ok: true, value: date });
  });

  it.each([
    '',
    'soon',
    '29 Feb 2027',
    '13/13/2027',
    'March 2027',
    '5 Ma 2027',
    '5 Ju 2027',
    '2027-3',
    '1.1.127',
    '31 Mar 1066',
    '3 4 2027',
  ])('refuses “%s”', (text) => {
    expect(readDate(text, { locale: 'en-US' })).toEqual({
      ok: false,
      problem: "That isn't a date: try 2027-03-31 or 31 Mar 2027.",
    });
  });

  it('asks where it could be either', () => {
    expect(readDate('3.4.2027', { locale: 'en-US' })).toEqual({
      ok: false,
      problem: 'Which is the month? Write it like 2027-04-03.',
    });
  });
});

describe('readTime', () => {
  it.each([
    ['9', '09:00'],
    ['9:00', '09:00'],
    ['09.30', '09:30'],
    ['14h30', '14:30'],
    ['14h', '14:00'],
    ['2pm', '14:00'],
    ['2:30 P.M.', '14:30'],
    ['12am', '00:00'],
    ['12 pm', '12:00'],
    ['9 Uhr', '09:00'],
    ['23:59', '23:59'],
  ])('%s', (text, time) => {
    expect(readTime(text)).toEqual({ ok: true, value: time });
  });

  it.each(['', '24', '13pm', '0am', '9:60', '9:5', 'noon', '930'])('refuses “%s”', (text) => {
    expect(readTime(text)).toEqual({ ok: false, problem: "That isn't a time: try 9:00 or 2pm." });
  });
});

describe('readMonthDay', () => {
  it.each([
    ['31 Mar', 'en-US', '03-31'],
    ['March 31st', 'en-GB', '03-31'],
    ['29 Feb', 'en-US', '02-29'],
    ['3/4', 'en-US', '03-04'],
    ['3/4', 'en-GB', '04-03'],
    ['3.4.', 'de-DE', '04-03'],
    ['31. März', 'de-DE', '03-31'],
    ['31 de marzo', 'es-ES', '03-31'],
  ])('%s in %s', (text, locale, monthDay) => {
    expect(readMonthDay(text, { locale })).toEqual({ ok: true, value: monthDay });
  });

  it.each(['', '31', 'March', '31 Feb', '3.4.', '5-7', '31 Mar 2027', '2027-03-31'])(
    'refuses “%s”',
    (text) => {
      expect(readMonthDay(text, { locale: 'en-US' })).toEqual({
        ok: false,
        problem: "I can't tell which day that is: try 31 Mar or 2027-03-31.",
      });
    },
  );
});
