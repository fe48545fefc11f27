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
import { EXPORT_NAMES } from '../../../src/plan/wizard/rows/export-names.ts';

const locale = 'en-US';
const renewals = z.object({
  account: textField({ max: 200 }),
  amount: amountField({ locale, digits: 2, currency: 'USD' }),
  date: dateField({ locale }),
  likelihood: percentField({ locale }),
  nextActivities: orNull(textField({ max: 3000 })),
});
const { account, amount, date, likelihood, nextActivities } = EXPORT_NAMES;
const read = (...lines: string[]) =>
  readRows(lines.join('\n'), renewals, {
    labels: { account: 'Account', amount: 'Amount', date: 'Renews on', likelihood: 'Likelihood' },
    names: { account, amount, date, likelihood, nextActivities },
    defaults: { likelihood: '80%' },
    money: ['amount'],
    inOrder: 4,
  });
const values = (...lines: string[]) => read(...lines).rows.map(({ value }) => value);

const acme = {
  account: 'Acme, Inc.',
  amount: 12_000_000,
  date: '2027-03-31',
  likelihood: 0.8,
  nextActivities: null,
};

describe('lines under headings', () => {
  it.each([
    [
      'a HubSpot export',
      '"Record ID","Deal Name","Deal Stage","Close Date","Deal owner","Amount","Associated Company","Deal probability"',
      '"17012","Acme 2027","Contract sent","2027-03-31 00:00","Dana","120000","Acme, Inc.","0.8"',
      ['Record ID', 'Deal Name', 'Deal Stage', 'Deal owner'],
    ],
    [
      'HubSpot’s field names',
      'hs_object_id,company,dealname,amount,closedate,hs_deal_stage_probability',
      '17012,"Acme, Inc.",Renewal,120000,2027-03-31T00:00:00Z,0.8',
      ['hs_object_id', 'dealname'],
    ],
    [
      'a Salesforce report',
      '"Opportunity Owner","Account Name","Opportunity Name","Stage","Fiscal Period","Amount Currency","Amount","Probability (%)","Age","Close Date"',
      '"Dana","Acme, Inc.","Acme 2027","Negotiation","Q1-2027","USD","120,000.00","80","35","3/31/2027"',
      ['Opportunity Owner', 'Opportunity Name', 'Stage', 'Fiscal Period', 'Age'],
    ],
    [
      'Salesforce’s field names',
      'Account.Name,Amount,CloseDate,Probability,StageName',
      '"Acme, Inc.",120000.0,2027-03-31,80,Negotiation',
      ['StageName'],
    ],
    [
      'a sheet with a renewal date beside the close date',
      'Close Date\tRenewal Date\tARR\tCustomer\tLikelihood',
      '1/15/2027\t3/31/2027 12:00 AM\t$120,000\tAcme, Inc.\t80%',
      ['Close Date'],
    ],
    [
      'our own names in another order',
      'Renews on; Likelihood; Amount; Account',
      '31 Mar 2027; 80%; 120k; Acme, Inc.',
      [],
    ],
    [
      'commas in cells, the text in front',
      'Account,Amount,Renews on,Likelihood',
      'Acme, Inc.,120,000,2027-03-31,80%',
      [],
    ],
  ])('%s is read by its names', (_, headings, line, leftOut) => {
    const { rows, problems, headings: found } = read(headings, line);
    expect(problems).toEqual([]);
    expect(rows.map(({ value }) => value)).toEqual([acme]);
    expect(found?.leftOut).toEqual(leftOut);
  });

  it('reads what only headings name, over several lines too', () => {
    const note = '"Call Max,\nthen send\nthe ""new"" price"';
    expect(
      values(`Company,Next Step,Amount,Close Date\nAcme,${note},5k,2027-03-31`, 'B,,6k,2027-06-30'),
    ).toMatchObject([
      { account: 'Acme', amount: 500_000, nextActivities: 'Call Max,\nthen send\nthe "new" price' },
      { account: 'B', amount: 600_000, nextActivities: null },
    ]);
  });

  it('takes what no heading names at its default, and says which column was read', () => {
    const { rows, headings } = read('Deal Name,Amount,Close Date', 'Acme,5k,2027-03-31');
    expect(rows[0]?.value).toMatchObject({ account: 'Acme', likelihood: 0.8 });
    expect(headings).toMatchObject({
      line: 1,
      taken: [
        { label: 'Account', heading: 'Deal Name' },
        { label: 'Amount', heading: 'Amount' },
        { label: 'Renews on', heading: 'Close Date' },
      ],
    });
  });

  it('takes a percentage for one where the heading says so', () => {
    const line = (heading: string, cell: string) =>
      read(`Account,Amount,Close Date,${heading}`, `A,5,2027-03-31,${cell}`);
    expect(line('Probability (%)', '1').rows[0]?.value.likelihood).toBe(0.01);
    expect(line('Probability (%)', '0.5').rows[0]?.value.likelihood).toBe(0.005);
    expect(line('Probability', '1').problems[0]?.problem).toContain('Is that 1% or 100%?');
  });

  it('never takes another currency’s amounts for ours', () => {
    const { rows, problems } = read(
      'Account,Amount,Currency,Close Date',
      'A,5000,EUR,2027-03-31',
      'B,6000,USD,2027-03-31',
    );
    expect(rows.map(({ value }) => value)).toMatchObject([{ account: 'B', amount: 600_000 }]);
    expect(problems[0]?.problem).toContain('Amounts here are in USD');
  });

  it('says which column is missing, and keeps it all', () => {
    const lines = ['', 'Company,Stage,Amount', 'Acme,Open,5k', '', 'B,Open,6k'];
    const { rows, problems, headings } = read(...lines);
    expect([rows, headings]).toEqual([[], null]);
    expect(problems).toEqual([
      {
        line: 2,
        text: 'Company,Stage,Amount\nAcme,Open,5k\nB,Open,6k',
        problem: 'No heading says Renews on: call a column so, or take the headings out.',
      },
    ]);
  });

  it('refuses a line with more cells than headings, and counts lines as they were pasted', () => {
    const { rows, problems } = read(
      'Company,Owner,Amount,Close Date',
      '',
      'Acme,Dana,5,000,2027-03-31',
      'B,Dana,"5,000",2027-03-31',
      'C,Dana,lots,2027-03-31',
    );
    expect(rows.map(({ line, value }) => [line, value.amount])).toEqual([[4, 500_000]]);
    expect(problems.map(({ line, problem }) => [line, problem.slice(0, 30)])).toEqual([
      [3, 'It has more cells than there a'],
      [5, "Amount “lots”: That isn't an a"],
    ]);
  });

  it.each(['Acme, 120000, 2027-03-31, 80%', 'Company, 120000, 2027-03-31, 80%', 'Name'])(
    'takes no row for headings: %s',
    (line) => {
      expect(read(line).headings).toBe(null);
    },
  );

  it('reads the same from any order of columns, and loses no line', () => {
    const cell = fc.record({
      account: fc.stringMatching(/^[A-Z][a-z,;" ]{0,20}[a-z]$/),
      amount: fc.integer({ min: 1, max: 10_000_000 }),
      likelihood: fc.integer({ min: 0, max: 100 }),
      stage: fc.stringMatching(/^[a-z]{1,9}$/),
    });
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5, maxLength: 5 });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), order, (cells, order) => {
        const arranged = (all: string[]) => order.map((at) => all[at]).join(',');
        const table = [
          arranged(['Account Name', 'Amount', 'Close Date', 'Probability (%)', 'Stage']),
          ...cells.map(({ account, amount, likelihood, stage }) =>
            arranged([quoted(account), `${amount}`, '2027-03-31', `${likelihood}`, stage]),
          ),
        ];
        const { rows, problems } = read(...table);
        expect(problems).toEqual([]);
        expect(rows.map(({ value }) => [value.account, value.amount, value.likelihood])).toEqual(
          cells.map((one) => [one.account.trim(), one.amount * 100, one.likelihood / 100]),
        );
      }),
    );
  });

  it('keeps every line that is no row, whatever stands there', () => {
    const line = fc.string({ unit: fc.constantFrom(...'ab1 ,;\t"%.-') });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const { rows, problems } = read('Company,Amount,Close Date,Stage', ...lines);
        const kept = [...rows, ...problems].flatMap(({ text }) => text.split('\n'));
        expect(kept.sort()).toEqual(lines.filter((one) => one.trim() !== '').sort());
      }),
    );
  });
});
