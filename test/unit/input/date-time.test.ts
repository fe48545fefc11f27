import { describe, expect, it } from 'vitest';
import { readDateOrTime } from '../../../src/input/date-time.ts';

describe('readDateOrTime', () => {
  it.each([
    ['2027-03-31', 'en-US'],
    ['2027-03-31 00:00', 'en-US'],
    ['2027-03-31 17:45', 'en-US'],
    ['2027-03-31 17:45:10', 'de-DE'],
    ['2027-03-31T00:00', 'en-US'],
    ['2027-03-31T00:00:00Z', 'en-US'],
    ['2027-03-31T00:00:00.000Z', 'en-US'],
    ['2027-03-31T00:00:00.000+0000', 'en-US'],
    ['2027-03-31T22:30:00+02:00', 'en-US'],
    ['2027-03-31 00:00:00 UTC', 'en-US'],
    ['3/31/2027 12:00 AM', 'en-US'],
    ['3/31/2027, 5:30 PM', 'en-US'],
    ['31/3/2027 17:30', 'en-GB'],
    ['31.03.2027 17:30', 'de-DE'],
    ['Mar 31, 2027 5:30 p.m.', 'en-US'],
    ['31 Mar 2027', 'en-US'],
  ])('%s in %s is the day that is written', (text, locale) => {
    expect(readDateOrTime(text, { locale })).toEqual({ ok: true, value: '2027-03-31' });
  });

  it.each(['2027-03-31T16:30:00Z', '2027-03-31T23:59:59.999Z', '2027-03-31 05:00 UTC'])(
    'asks which day %s is where its reader is',
    (text) => {
      expect(readDateOrTime(text, { locale: 'en-US' })).toEqual({
        ok: false,
        problem: 'Which day is that where you are? Write it alone, like 2027-03-31.',
        readings: ['2027-03-31'],
      });
    },
  );

  it.each(['soon 00:00', '2027-02-30 00:00', '17:30', '2027-03-31 soon'])('refuses %s', (text) => {
    expect(readDateOrTime(text, { locale: 'en-US' })).toMatchObject({ ok: false });
    expect(readDateOrTime(text, { locale: 'en-US' })).not.toHaveProperty('readings');
  });
});
