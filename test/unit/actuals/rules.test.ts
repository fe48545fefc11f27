import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  accountKey,
  bookedBy,
  coverage,
  dueBy,
  matchRenewal,
  openRenewals,
  xFactorOn,
} from '../../../src/actuals/rules.ts';

describe('the same account', () => {
  it.each([
    ['Acme', 'ACME'],
    ['Acme Robotics', ' acme  robotics '],
    ['Acme Robotics', 'AcmeRobotics'],
    ['Café Zürich', 'cafe zurich'],
    ['Café', 'Cafe\u0301'],
    ['Straße', 'STRASSE'],
    ['Ａｃｍｅ', 'Acme'],
    ['ﬁnance', 'Finance'],
    ['Acme\u00a0Inc', 'Acme Inc'],
    ['ΣΊΣΥΦΟΣ', 'Σίσυφος'],
    ['ｱｸﾒ', 'アクメ'],
  ])('%j is %j', (one, other) => expect(accountKey(one)).toBe(accountKey(other)));

  it.each([
    ['Acme', 'Acme 2'],
    ['Acme Inc', 'Acme, Inc'],
    ['किताब', 'कताब'],
    ['が', 'か'],
    ['Öl', 'Ol!'],
  ])('%j is not %j', (one, other) => expect(accountKey(one)).not.toBe(accountKey(other)));

  test('whatever the case, and once found its key is found again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(accountKey(accountKey(name))).toBe(accountKey(name));
        expect(accountKey(` ${name} `)).toBe(accountKey(name));
      }),
    );
  });
});

describe('which renewal is meant', () => {
  const rows = [
    { id: 'a', account: 'Acme' },
    { id: 'g1', account: 'Globex' },
    { id: 'g2', account: 'GLOBEX' },
  ];
  const by = (renewalId: string | null) => ({ renewalId });

  it('is the open one of that name', () => {
    expect(matchRenewal(rows, [], 'acme')).toEqual({ kind: 'one', renewal: rows[0] });
    expect(matchRenewal(rows, [by('g1')], 'globex')).toEqual({ kind: 'one', renewal: rows[2] });
  });
  it('has to be picked where several are open', () => {
    expect(matchRenewal(rows, [], 'globex')).toEqual({ kind: 'several', renewals: rows.slice(1) });
  });
  it('is settled, by the last of those that did', () => {
    expect(matchRenewal(rows, [by('a')], 'Acme')).toEqual({ kind: 'settled', by: by('a') });
    expect(matchRenewal(rows, [by('g2'), by('g1')], 'Globex')).toEqual({
      kind: 'settled',
      by: by('g1'),
    });
  });
  it('is none of the plan’s', () => {
    expect(matchRenewal(rows, [by(null)], 'Initech')).toEqual({ kind: 'none' });
    expect(openRenewals(rows, [by(null), by('gone'), by('a')])).toEqual(rows.slice(1));
  });
});

test('booked is what was won up to a day, by layer; what was lost counts for nothing', () => {
  const deal = (date: string, layer: 'renewal' | 'expansion' | 'newBusiness', amount: number) =>
    ({ date, layer, amount, outcome: 'won' }) as const;
  const deals = [
    deal('2027-03-01', 'renewal', 100),
    deal('2027-03-02', 'newBusiness', 20),
    deal('2027-03-03', 'newBusiness', 3),
    deal('2027-03-04', 'newBusiness', 1_000),
    { ...deal('2027-03-01', 'renewal', 7), outcome: 'lost' as const },
  ];
  expect(bookedBy(deals, '2027-03-03')).toEqual({ renewal: 100, expansion: 0, newBusiness: 23 });
  expect(bookedBy([], '2027-03-03')).toEqual({ renewal: 0, expansion: 0, newBusiness: 0 });
});

test('due is what the milestone of the month says', () => {
  const layers = { renewal: 1, expansion: 2, newBusiness: 3, total: 6 };
  const milestones = [{ month: '2027-03', bookings: layers, qualifiedPipeline: layers }];
  expect(dueBy(milestones, 'expansion', '2027-03-11')).toEqual({ amount: 2, by: '2027-03-31' });
  expect(dueBy(milestones, 'expansion', '2027-04-01')).toBeNull();
});

describe('coverage', () => {
  const facts = {
    pipeline: { renewal: 200, expansion: 80, newBusiness: 300 },
    asked: { renewal: 250, expansion: 60, newBusiness: 300 },
    xFactor: 3,
  };
  it('is the X of what is open ÷ what is asked; renewals have none', () => {
    expect(coverage(facts)).toEqual({
      layers: {
        renewal: { pipeline: 200, asked: 250, factor: null },
        expansion: { pipeline: 80, asked: 60, factor: 4 },
        newBusiness: { pipeline: 300, asked: 300, factor: 3 },
      },
      whole: { pipeline: 380, asked: 360, factor: (3 * 380) / 360 },
    });
  });
  it('as a whole is of what was said alone', () => {
    const pipeline = { renewal: 1, expansion: null, newBusiness: 150 };
    expect(coverage({ ...facts, pipeline }).whole).toEqual({
      pipeline: 150,
      asked: 300,
      factor: 1.5,
    });
    const nothing = { pipeline: null, asked: 0, factor: null };
    expect(coverage({ ...facts, pipeline: null }).whole).toEqual(nothing);
  });
  it('is none where none is asked', () => {
    const asked = { renewal: 0, expansion: 0, newBusiness: 0 };
    const { layers, whole } = coverage({ ...facts, asked });
    expect([layers.newBusiness.factor, whole.factor]).toEqual([null, null]);
  });
  it.each([
    ['2027-04-29', 3],
    ['2027-04-30', 3.25],
    ['2027-12-31', 3.25],
  ])('wants on %s %d', (date, x) => {
    const insurance = { xFactor: 3.25, by: '2027-04-30' };
    expect(xFactorOn(date, { pipeline: { xFactor: 3 }, insurance })).toBe(x);
  });
});
