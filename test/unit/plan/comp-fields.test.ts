/** The small readers of the comp plan's form: pay or rate, rates by layer, other pay. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEarns, writeEarns } from '../../../src/plan/comp/earns.ts';
import { readLayerRates, writeLayerRates } from '../../../src/plan/comp/layer-rates.ts';
import { readOtherPay, writeOtherPay } from '../../../src/plan/comp/other-pay.ts';
import { keepTarget, variableAtTarget } from '../../../src/plan/comp/target-pay.ts';
import { emptyDraft, type PlanDraft } from '../../../src/plan/draft.ts';
import { BLANK_COMPONENT } from '../../../src/plan/wizard/component-fields.ts';
import { runs } from '../../support/property-runs.ts';

const US = { locale: 'en-US', currency: 'USD', digits: 2 };
const DE = { locale: 'de-DE', currency: 'EUR', digits: 2 };

describe('on-target earnings or a rate', () => {
  it.each([
    ['10%', { rate: 0.1 }],
    ['10 percent', { rate: 0.1 }],
    ['10', { rate: 0.1 }],
    ['7.5', { rate: 0.075 }],
    ['0.1', { rate: 0.1 }],
    ['0.5%', { rate: 0.005 }],
    ['100', { rate: 1 }],
    ['0%', { rate: 0 }],
    ['101', { amount: 10_100 }],
    ['200k', { amount: 20_000_000 }],
    ['$200,000', { amount: 20_000_000 }],
    ['$90', { amount: 9_000 }],
    ['1', null],
    ['150%', null],
    ['€200k', null],
    ['-5%', null],
    ['lots', null],
    ['1 Acme', null],
  ])('reads %j as %j', (text, expected) => {
    const read = readEarns(text, US);
    expect(read.ok ? read.value : null).toEqual(expected);
    if (!read.ok) expect(read.problem).toMatch(/\S/);
  });

  it('is shown as it is read, in the reader’s locale', () => {
    expect(writeEarns({ rate: 0.075 }, DE)).toBe('7,5%');
    const earns = fc.oneof(
      fc.integer({ min: 0, max: 1000 }).map((tenths) => ({ rate: tenths / 1000 })),
      fc.integer({ min: 10_001, max: 10 ** 12 }).map((amount) => ({ amount })),
    );
    fc.assert(
      fc.property(earns, fc.constantFrom(US, DE), (one, style) => {
        expect(readEarns(writeEarns(one, style), style)).toEqual({ ok: true, value: one });
      }),
      { numRuns: runs(200) },
    );
  });
});

describe('rates that differ', () => {
  it.each([
    ['Renewals 5%', US, { renewal: 0.05 }],
    ['renewals: 5 %\nNew logo 12%', US, { renewal: 0.05, newBusiness: 0.12 }],
    ['5% on renewals, 8% on upsell', US, { renewal: 0.05, expansion: 0.08 }],
    ['Verlängerungen 2,5 %; Neukunden 10 %', DE, { renewal: 0.025, newBusiness: 0.1 }],
    ['renewals and expansion 5%', US, { renewal: 0.05, expansion: 0.05 }],
    ['', US, {}],
  ])('reads %j', (text, style, rates) => {
    expect(readLayerRates(text, style)).toEqual({ ok: true, value: rates });
    expect(readLayerRates(writeLayerRates(rates, style), style)).toEqual({
      ok: true,
      value: rates,
    });
  });

  it.each([
    '5%',
    'Renewals',
    'Renewals 5%\nRenewal 6%',
    'Renewals 150%',
    'Services 5%',
    'Renewals 5% expansion 8%',
  ])('names the line %j that it can’t read', (text) => {
    const read = readLayerRates(text, US);
    expect(read.ok ? '' : read.problem).toContain(`“${text.split('\n').at(-1)}”`);
  });
});

describe('other pay', () => {
  it.each([
    ['MBO 10,000', [{ label: 'MBO', amount: 1_000_000 }]],
    [
      'MBO: $10k\nCar allowance 6,000',
      [
        { label: 'MBO', amount: 1_000_000 },
        { label: 'Car allowance', amount: 600_000 },
      ],
    ],
    ['MBO 2027 $10,000', [{ label: 'MBO 2027', amount: 1_000_000 }]],
    ['', []],
  ])('reads %j', (text, rows) => {
    expect(readOtherPay(text, US)).toEqual({ ok: true, value: rows });
    expect(readOtherPay(writeOtherPay(rows, US), US)).toEqual({ ok: true, value: rows });
  });

  it.each(['10,000', 'MBO', 'MBO: lots'])('names the line %j that it can’t read', (text) => {
    const read = readOtherPay(text, US);
    expect(read.ok ? '' : read.problem).toContain(`“${text}”`);
  });

  it('keeps whatever it is called', () => {
    const label = fc
      .string({ minLength: 1, maxLength: 40 })
      .map((text) => text.replace(/\s+/g, ' ').trim());
    const rows = fc.array(
      fc.record({ label: label.filter((text) => text !== ''), amount: fc.nat({ max: 10 ** 9 }) }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(rows, fc.constantFrom(US, DE), (kept, style) => {
        expect(readOtherPay(writeOtherPay(kept, style), style)).toEqual({ ok: true, value: kept });
      }),
      { numRuns: runs(200) },
    );
  });
});

it('on-target earnings stay as they are, however further components share them', () => {
  const draft: PlanDraft = {
    ...emptyDraft({
      currency: 'USD',
      period: { start: '2027-01-01', end: '2027-12-31' },
      calendar: { workdays: ['mon'], holidays: [], timeOff: [], country: null, region: null },
    }),
    compensation: {
      baseSalary: 100,
      first: { ...BLANK_COMPONENT, name: 'First', pays: { atTarget: 1_000 } },
      otherPay: [],
      guarantee: null,
    },
  };
  const parts = fc.array(fc.nat({ max: 100 }), { maxLength: 5 });
  fc.assert(
    fc.property(fc.array(parts, { minLength: 1, maxLength: 4 }), (steps) => {
      let now = draft;
      for (const amounts of steps) {
        const components = amounts.map((amount, at) => ({
          ...BLANK_COMPONENT,
          id: String(at),
          name: String(at),
          pays: amount % 2 === 0 ? { atTarget: amount } : { rate: 0.1 },
        }));
        now = keepTarget(now, { ...now, components });
        expect(variableAtTarget(now)).toBe(1_000);
      }
    }),
    { numRuns: runs(100) },
  );
});
