/** What a plan judges beside the days, and which renewals are asked about when. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { renewalsDue } from '../../../src/actuals/renewals-due/due-rules.ts';
import { judgedBy } from '../../../src/actuals/update/judged-rules.ts';
import { readDealLines } from '../../../src/actuals/update/read-lines.ts';
import { addDays } from '../../../src/time/local-date.ts';

const month = (name: string, newBusiness: number, expansion = 0, renewal = 0) => ({
  month: name,
  qualifiedPipeline: { newBusiness, expansion, renewal },
});

describe('what is judged', () => {
  const milestones = [month('2027-02', 5, 5, 5), month('2027-03', 5, 0, 5), month('2027-04', 0)];
  test.each([
    ['2027-02-28', ['newBusiness', 'expansion']],
    ['2027-03-01', ['newBusiness']],
    ['2027-04-01', []],
  ])('on %s: pipeline of %j, never of renewals', (date, layers) => {
    expect(judgedBy({ milestones, sdr: null }, date).layers).toEqual(layers);
  });

  test.each([
    [null, null],
    [{ inboundPerMonth: 0, outboundPerMonth: 0 }, null],
    [
      { inboundPerMonth: 6, outboundPerMonth: 0 },
      { inbound: 6, outbound: 0 },
    ],
  ])('leads where an SDR promised any: %o', (sdr, promised) => {
    expect(judgedBy({ milestones: null, sdr }, '2027-03-01')).toEqual({ layers: [], promised });
  });
});

describe('renewals whose date has passed', () => {
  const START = '2027-03-01';
  const day = (at: number) => addDays(START, at);

  it('are each asked about once, however the check-ins lie', () => {
    const rows = fc.array(fc.nat(40), { maxLength: 8 });
    const checkIns = fc
      .uniqueArray(fc.nat(60), { minLength: 1 })
      .map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(rows, checkIns, (dues, asked) => {
        const renewals = dues.map((at, id) => ({ id: `r${id}`, date: day(at) }));
        const found = asked.flatMap((at, index) => {
          const before = asked[index - 1];
          const after = before === undefined ? null : day(before);
          return renewalsDue(renewals, new Map(), { after, date: day(at) }).map(({ id }) => id);
        });
        const last = day(asked.at(-1) ?? 0);
        const due = renewals.filter(({ date }) => date < last).map(({ id }) => id);
        expect(found.toSorted()).toEqual(due.toSorted());
      }),
    );
  });

  it('wait until the day that was picked', () => {
    const renewals = [{ id: 'a', date: day(0) }];
    const waits = new Map([['a', day(9)]]);
    const on = (at: number) => renewalsDue(renewals, waits, { after: null, date: day(at) }).length;
    expect([1, 8, 9, 20].map(on)).toEqual([0, 0, 1, 1]);
  });
});

describe('deals, a line each', () => {
  const reader = {
    userId: 'U0DANA',
    locale: 'en-US',
    currency: 'USD',
    digits: 2,
    today: '2027-03-11',
  };
  const read = (text: string) => readDealLines(reader).safeParse(text);

  it('are read in their order, empty lines left out', () => {
    const { data } = read('\nAcme 24k new\n\n  lost renewal Globex  \n');
    expect(data?.map(({ deal, number }) => [number, deal.account, deal.outcome])).toEqual([
      [2, 'Acme', 'won'],
      [4, 'Globex', 'lost'],
    ]);
    expect(read('').data).toEqual([]);
  });

  it.each([
    ['Acme', /^Line 1: /],
    ['Acme 24k new\n\nGlobex 5k', /^Line 3: /],
    ['Acme 24k new\nAcme 24k new', /^Line 2 is the same as line 1/],
    ['list', /^Line 1: such as/],
    ['<@U0MAX> Acme 24k new', /^Line 1: without a name/],
    ['Acme 24k new\n'.repeat(21), /more than 20 deals/],
  ])('%j can’t be taken: the first line that can’t says why', (text, problem) => {
    expect(read(text).error?.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(problem),
    ]);
  });
});
