import { describe, expect, it } from 'vitest';
import { readPasted } from '../../../src/coaching/touches/read-pasted.ts';
import { localDateIn } from '../../../src/time/zone.ts';

const style = {
  locale: 'en-US',
  currency: 'USD',
  digits: 2,
  today: '2027-03-10',
  dateAt: (at: Date) => localDateIn('America/New_York', at),
};
const read = (...lines: string[]) => {
  const result = readPasted(style).safeParse(lines.join('\n'));
  return result.success ? result.data : result.error.issues[0]?.message;
};

describe('touches as they are pasted', () => {
  it('in order: who, kind, subject, date; a name alone is a prospect', () => {
    expect(read('"Acme, Inc.", Email opened, pricing, 2027-03-01', '', 'Globex')).toEqual([
      { line: 1, name: 'Acme, Inc.', kind: 'email', subject: 'pricing', date: '2027-03-01' },
      { line: 3, name: 'Globex', kind: null, subject: null, date: null },
    ]);
  });

  it('by headings in any order, what isn’t known left out, dates with times', () => {
    expect(
      read(
        'Join Time,Email,Company,Event Name',
        '"Mar 2, 2027 10:00 AM",a@acme.example,"Acme, Inc.",Plan not hope',
        '2027-03-03T02:00:00Z,b@globex.example,Globex,Plan not hope',
      ),
    ).toEqual([
      { line: 2, name: 'Acme, Inc.', kind: null, subject: 'Plan not hope', date: '2027-03-02' },
      { line: 3, name: 'Globex', kind: null, subject: 'Plan not hope', date: '2027-03-02' },
    ]);
  });

  it.each([
    [
      ['Who, Kind', 'Acme, call', 'Globex, smoke signal'],
      'Line 3: Kind “smoke signal”: That is no kind',
    ],
    [['Acme, call, pricing, 2027-03-11'], 'Line 1: Date “2027-03-11”: That day is still to come.'],
    [['Who, When', 'Acme, soon', ', 2027-03-01'], 'Line 3: Who: Please fill this in.'],
    [['Who;Kind', ';call'], 'Line 2: Who: Please fill this in.'],
    [['Acme, call', 'Globex, smoke signal'], 'Line 2: Kind “smoke signal”'],
    [['Acme, Inc., call, pricing, 2027-03-01'], 'Line 1: It has too many cells'],
    [['call, Acme'], 'Line 1: Kind “Acme”'],
    [['Event, Date', 'Fair, 2027-03-01'], 'No heading says who'],
    [Array.from({ length: 102 }, (_, at) => `Acme ${at}, call`), 'Line 101: 100 at once'],
    [[''], 'Paste a line at least'],
  ])('%j is refused', (lines, problem) => expect(read(...lines)).toContain(problem));
});
