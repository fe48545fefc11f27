import { describe, expect, it } from 'vitest';
import { readCompanyDays, writeCompanyDays } from '../../../src/people/settings/company-days.ts';

const day = (from: string, to = from, label = '') => ({ from, to, label });

describe('the company’s own days', () => {
  it.each([
    [
      'one a line, the earliest first',
      '31 Dec 2027\n2 Jul 2027',
      [day('2027-07-02'), day('2027-12-31')],
    ],
    ['a range', '24 Dec 2027 – 31 Dec 2027, Closed', [day('2027-12-24', '2027-12-31', 'Closed')]],
    ['in ISO dates', '2027-12-24..2027-12-31 Closed', [day('2027-12-24', '2027-12-31', 'Closed')]],
    ['with a hyphen between', '24 Dec 2027 - 31 Dec 2027', [day('2027-12-24', '2027-12-31')]],
    [
      'in words',
      'Dec 24, 2027 to Dec 31, 2027, Closed',
      [day('2027-12-24', '2027-12-31', 'Closed')],
    ],
    [
      'a label with a comma',
      '2 Jul 2027, Founders’ day, all of it',
      [day('2027-07-02', '2027-07-02', 'Founders’ day, all of it')],
    ],
    ['nothing', '\n  \n', []],
  ])('are read as %s', (_, text, days) => {
    expect(readCompanyDays(text, 'en-US')).toEqual({ ok: true, value: days });
  });

  it('in figures go by the locale', () => {
    expect(readCompanyDays('3/4/2027', 'en-GB')).toEqual({ ok: true, value: [day('2027-04-03')] });
    expect(readCompanyDays('3/4/2027', 'en-US')).toEqual({ ok: true, value: [day('2027-03-04')] });
  });

  it.each([
    ['no date', 'Christmas', '“Christmas”: write a date or two'],
    ['a day that does not exist', '30 Feb 2027, Closed', 'write a date or two'],
    ['the wrong way round', '31 Dec 2027 – 24 Dec 2027', 'swap them'],
    ['three dates', '1 Jan 2027 – 2 Jan 2027 – 3 Jan 2027', 'write a date or two'],
    ['a whole year', '1 Jan 2027 – 31 Dec 2027', 'enter it in parts'],
    ['too many', '1 Jan 2027\n'.repeat(61), '60 is the most'],
  ])('refuse %s and say what would do', (_, text, words) => {
    const read = readCompanyDays(text, 'en-US');
    expect(read.ok ? '' : read.problem).toContain(words);
  });

  it.each(['en-US', 'en-GB', 'de-DE', 'fr-FR', 'ja-JP'])(
    'are read back as written in %s',
    (locale) => {
      const days = [day('2027-07-02', '2027-07-02', 'Founders'), day('2027-12-24', '2027-12-31')];
      expect(readCompanyDays(writeCompanyDays(days, locale), locale)).toEqual({
        ok: true,
        value: days,
      });
    },
  );
});
