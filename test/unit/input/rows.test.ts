import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readRows } from '../../../src/input/rows.ts';
import {
  amountField,
  dateField,
  orNull,
  percentField,
  textField,
} from '../../../src/input/schemas.ts';
import { writeAmount } from '../../../src/input/write-number.ts';
import { stopwatch } from '../../support/stopwatch.ts';

const renewals = (locale = 'en-US') =>
  z.object({
    account: textField({ max: 200 }),
    amount: amountField({ locale, digits: 2 }),
    date: dateField({ locale }),
    likelihood: orNull(percentField({ locale })),
  });
const acme = { account: 'Acme', amount: 12_000_000, date: '2027-03-31', likelihood: 0.8 };

describe('readRows', () => {
  it.each([
    ['Acme, 120000, 2027-03-31, 80%', 'en-US', acme],
    ['Acme, 120,000, 2027-03-31, 80%', 'en-US', acme],
    ['Acme,120,000,2027-03-31,80%', 'en-US', acme],
    ['Acme, $120,000.00, 3/31/2027, 0.8', 'en-US', acme],
    ['Acme, 120k, Mar 31, 2027, 80', 'en-US', acme],
    ['Acme\t120,000\t3/31/2027\t80%', 'en-US', acme],
    ['Acme\t120,000\t3/31/2027\t80%\t', 'en-US', acme],
    ['Acme; 120.000,00 €; 31.3.2027; 80 %', 'de-DE', acme],
    ['Acme, 120000,50, 31.3.2027, 80%', 'de-DE', { ...acme, amount: 12_000_050 }],
    ['Acme, 1,20,000, 31/3/2027, 80%', 'en-IN', acme],
    ['Acme, Inc., 120,000, 2027-03-31, 80%', 'en-US', { ...acme, account: 'Acme, Inc.' }],
    ['Area 51, 120,000, 2027-03-31, 80%', 'en-US', { ...acme, account: 'Area 51' }],
    ['Studio, 5, 120,000, 2027-03-31, 80%', 'en-US', { ...acme, account: 'Studio, 5' }],
    ['Acme, 120000, 2027-03-31 00:00, 80%', 'en-US', acme],
    ['Acme, 120000, 3/31/2027 12:00 AM, 80%', 'en-US', acme],
    ['Acme,120,000,2027-03-31T00:00:00.000Z,80%', 'en-US', acme],
    ['A;B, 120,000, 2027-03-31, 80%', 'en-US', { ...acme, account: 'A;B' }],
    ['"Acme, 9", "120,000", 2027-03-31, 80%', 'en-US', { ...acme, account: 'Acme, 9' }],
    [
      '"The ""A"" Co", 120000, 2027-03-31',
      'en-US',
      { ...acme, account: 'The "A" Co', likelihood: null },
    ],
    ['24" Screens, 120000, 2027-03-31, 80%', 'en-US', { ...acme, account: '24" Screens' }],
    ['Acme, 120,000, 2027-03-31', 'en-US', { ...acme, likelihood: null }],
    ['Acme, 120,000, 2027-03-31,', 'en-US', { ...acme, likelihood: null }],
    ['Acme;120,000;2027-03-31;', 'en-US', { ...acme, likelihood: null }],
  ])('%s in %s', (line, locale, value) => {
    expect(readRows(line, renewals(locale))).toEqual({
      rows: [{ line: 1, text: line, value }],
      problems: [],
      headings: null,
    });
  });

  it('keeps a line it can’t read, with its number and what is wrong', () => {
    const text = [
      '',
      'Acme, lots, 2027-03-31, 80%',
      'Globex, 5k, 2027-06-30, 70%',
      'Initech',
      'Hooli, 5k, 2027-06-30, 170%',
      ', 5k, 2027-06-30, 7%',
    ];
    const { rows, problems } = readRows(text.join('\r\n'), renewals(), {
      labels: { date: 'renewal date' },
    });
    expect(rows.map(({ line, value }) => [line, value.account])).toEqual([[3, 'Globex']]);
    expect(problems).toEqual([
      {
        line: 2,
        text: text[1],
        problem: "amount “lots”: That isn't an amount: try 1,200.50 or 1.2k.",
      },
      { line: 4, text: 'Initech', problem: 'amount: Please fill this in.' },
      { line: 5, text: text[4], problem: 'likelihood “170%”: It has to be between 0 and 100%.' },
      { line: 6, text: text[5], problem: 'account: Please fill this in.' },
    ]);
  });

  it('leaves nothing out where a line has too many cells', () => {
    const { rows, problems } = readRows('Acme\t5k\t2027-03-31\t80%\tand more', renewals());
    expect(rows).toEqual([]);
    expect(problems[0]?.problem).toMatch(/^likelihood “80%\tand more”/);
  });

  it('skips a first line of headings, and only that', () => {
    const text =
      'Account, Amount, Renewal date\nAcme, 120k, 2027-03-31, 80%\nAccount, Amount, Renewal date';
    const { rows, problems } = readRows(text, renewals(), { labels: { date: 'Renewal date' } });
    expect(rows).toMatchObject([{ line: 2, value: acme }]);
    expect(problems.map(({ line }) => line)).toEqual([3]);
  });

  it('knows several columns of free text, and none in front', () => {
    const targets = z.object({
      account: textField({ max: 200 }),
      buyingCenter: textField({ max: 200 }),
      target: amountField({ locale: 'en-US', digits: 2 }),
    });
    const globex = readRows('Globex, Inc., EMEA operations, 80,000', targets, { texts: 2 });
    expect(globex.rows).toMatchObject([
      {
        line: 1,
        value: { account: 'Globex, Inc.', buyingCenter: 'EMEA operations', target: 8_000_000 },
      },
    ]);
    for (const line of ['Globex, 80,000', 'Globex, 80,500', 'Globex, EMEA']) {
      expect(readRows(line, targets, { texts: 2 })).toMatchObject({ rows: [], problems: [{}] });
    }
    expect(readRows('Globex,80,500', targets, { texts: 2 }).rows[0]?.value.target).toBe(50_000);

    const date = dateField({ locale: 'en-US' });
    const timeOff = z.object({ from: date, to: date, label: textField({ max: 200 }) });
    const july = readRows('Jul 5, 2027, Jul 16, 2027, sun, sea', timeOff, { texts: 0 });
    expect(july.rows).toMatchObject([
      { line: 1, value: { from: '2027-07-05', to: '2027-07-16', label: 'sun, sea' } },
    ]);
  });

  it.each([
    ['Acme, 45.000, 2027-03-31, 80%', 'en-US', 'amount “45.000”: Is that 45,000 or 45?'],
    ['Acme,45,500,31.3.2027,80%', 'de-DE', 'amount “45,500”: Is that 45.500 or 45,5?'],
    ['Acme, 45,500, 31.3.2027, 80%', 'de-DE', 'amount “45,500”: Is that 45.500 or 45,5?'],
    ['Acme, 45k, 2027-03-31, 1', 'en-US', 'likelihood “1”: Is that 1% or 100%?'],
    ['Acme, 45k, 2027-03-31T16:30:00Z, 80%', 'en-US', 'Which day is that where you are?'],
  ])('asks what has two readings where it stands: %s in %s', (line, locale, question) => {
    const { rows, problems } = readRows(line, renewals(locale));
    expect(rows).toEqual([]);
    expect(problems[0]?.problem).toContain(question);
  });

  it('reads 500 lines and hands back the rest', () => {
    const lines = Array.from({ length: 502 }, (_, i) => `Account ${i}, 5k, 2027-03-31`);
    const { rows, problems } = readRows(lines.join('\n'), renewals());
    expect(rows).toHaveLength(500);
    expect(problems).toEqual([
      {
        line: 501,
        text: 'Account 500, 5k, 2027-03-31\nAccount 501, 5k, 2027-03-31',
        problem: 'Only 500 lines can be read at once: paste the rest after these.',
      },
    ]);
    expect(readRows('x,'.repeat(3000), renewals()).problems[0]?.problem).toContain('too long');
  });

  it('stays quick on lines made to confuse it', () => {
    const nasty = Array.from({ length: 100 }, () => '1,'.repeat(400) + '"'.repeat(400)).join('\n');
    const passed = stopwatch();
    expect(readRows(nasty, renewals()).rows).toEqual([]);
    expect(passed()).toBeLessThan(5000);
  });

  it('reads whatever is written in the locale, and loses no line', () => {
    const name = fc.stringMatching(/^[a-z][a-z, .&]{0,20}[a-z]$/);
    const row = fc.record({
      name,
      amount: fc.nat(1_000_000_000),
      locale: fc.constantFrom('en-US', 'en-IN', 'de-CH', 'en-GB'),
    });
    fc.assert(
      fc.property(row, ({ name, amount, locale }) => {
        const line = `${name}, ${writeAmount(amount, { locale, digits: 2 })}, 2027-03-31, 80%`;
        const { rows } = readRows(line, renewals(locale));
        expect(rows[0]?.value).toEqual({ ...acme, account: name, amount });
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 20 }), (lines) => {
        const text = lines.map((line) => line.replace(/[\r\n]/g, '')).join('\n');
        const { rows, problems } = readRows(text, renewals());
        expect(rows.length + problems.length).toBe(
          text.split('\n').filter((line) => line.trim() !== '').length,
        );
      }),
    );
  });
});
