import { describe, expect, test } from 'vitest';
import { payComponent, payOn } from '../../../src/plan/model/component-pay.ts';
import { toMinor } from '../../../src/plan/model/exact.ts';
import { quotaSpans } from '../../../src/plan/model/quota-spans.ts';
import { type Component, LAYERS } from '../../../src/plan/schemas.ts';
import { monthsBetween } from '../../../src/time/local-date.ts';
import { component, tier } from '../../support/components.ts';

const year = { start: '2027-01-01', end: '2027-12-31' };
const mixed = { renewal: 40_000_00, expansion: 20_000_00, newBusiness: 90_000_00 };
const rates = { renewal: 0.05, expansion: 0.08, newBusiness: 0.1 };
const doubled = [tier(0, 1), tier(1, 2)];

/** Pay on bookings of one day. */
function pay(
  bookings: Partial<typeof mixed>,
  changes: Partial<Component> = {},
  period = year,
): number {
  const dated = LAYERS.map((layer) => ({
    date: '2027-01-15',
    layer,
    amount: bookings[layer] ?? 0,
  }));
  return payOn({ components: [component(changes)] }, period, dated);
}

/** Pay on new business booked month by month, in thousands. */
function byMonth(thousands: number[], changes: Partial<Component>, period = year): number {
  const bookings = thousands.map((amount, index) => ({
    date: `2027-${String(index + 1).padStart(2, '0')}-10`,
    layer: 'newBusiness' as const,
    amount: amount * 1_000_00,
  }));
  return payOn({ components: [component(changes)] }, period, bookings);
}

describe('2 quota periods', () => {
  const months = monthsBetween(year);
  const spans = (changes: Partial<Component>) =>
    quotaSpans(component(changes), months).map(({ start, end, quota }) => [
      start.slice(5, 7),
      end.slice(5, 7),
      toMinor(quota),
    ]);

  test('a year, two halves, four quarters, twelve months', () => {
    expect(spans({})).toEqual([['01', '12', 100_000_00]]);
    expect(spans({ quotaPeriod: 'half' })).toEqual([
      ['01', '06', 100_000_00],
      ['07', '12', 100_000_00],
    ]);
    expect(spans({ quotaPeriod: 'quarter' })).toHaveLength(4);
    expect(spans({ quotaPeriod: 'month' })).toHaveLength(12);
  });

  test('counted from February they follow both ways, and those cut short carry their months', () => {
    expect(spans({ quotaPeriod: 'quarter', quotaStart: '2027-02', quota: 30_000_00 })).toEqual([
      ['01', '01', 10_000_00],
      ['02', '04', 30_000_00],
      ['05', '07', 30_000_00],
      ['08', '10', 30_000_00],
      ['11', '12', 20_000_00],
    ]);
    expect(spans({ quotaStart: '2029-04', quota: 120_000_00 })).toEqual([
      ['01', '03', 30_000_00],
      ['04', '12', 90_000_00],
    ]);
  });

  test('a ramp weighs each month’s part', () => {
    const ramp = [0, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2];
    expect(spans({ quotaPeriod: 'quarter', quota: 30_000_00, ramp })).toMatchObject([
      ['01', '03', 15_000_00],
      ['04', '06', 30_000_00],
      ['07', '09', 30_000_00],
      ['10', '12', 40_000_00],
    ]);
  });
});

describe('3 pay', () => {
  test('the specification’s quarters: 60, 200, 240 and 500k pay 114,500', () => {
    const quarters = [60, 0, 0, 200, 0, 0, 240, 0, 0, 500];
    const changes = { quota: 225_000_00, quotaPeriod: 'quarter' as const };
    expect(byMonth(quarters, { ...changes, tiers: [tier(0, 1), tier(1, 1.5)] })).toBe(114_500_00);
  });

  test.each([
    [16, 800_00],
    [20, 2_000_00],
    [40, 4_700_00],
  ])('the specification’s month of 33k with a tier on everything: %dk pays %d', (booked, paid) => {
    const tiers = [tier(0, 0.5), tier(0.5, 1, true), tier(1, 2)];
    expect(byMonth([booked], { quota: 33_000_00, quotaPeriod: 'month', tiers })).toBe(paid);
  });

  test('rates by layer share the average multiplier: 12,600 × (1 + ½ × 2) ÷ 1½ = 16,800', () => {
    expect(pay(mixed, { pays: { rates }, tiers: doubled })).toBe(16_800_00);
  });

  test('an uncredited layer earns its plain rate: 2,000 + 10,600 × 12 ÷ 11 = 13,563.64', () => {
    const credits: Component['credits'] = ['expansion', 'newBusiness'];
    expect(pay(mixed, { pays: { rates }, tiers: doubled, credits })).toBe(13_563_64);
  });

  test('one rate pays on what is credited alone', () => {
    expect(pay(mixed, { credits: ['newBusiness'] })).toBe(9_000_00);
  });

  test('pay at target: 100 % of a ramped quota pays in full, and the cut-short year its months', () => {
    const pays = { atTarget: 12_000_00 };
    expect(pay({ newBusiness: 100_000_00 }, { pays })).toBe(12_000_00);
    const ramp = [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    expect(pay({ newBusiness: 75_000_00 }, { pays, ramp })).toBe(12_000_00);
    const half = { start: '2027-01-01', end: '2027-06-30' };
    expect(pay({ newBusiness: 50_000_00 }, { pays }, half)).toBe(6_000_00);
  });

  test('a month whose quota is ramped away pays 1× of the unramped rate and no bonus', () => {
    const ramp = [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    const changes: Partial<Component> = {
      quota: 10_000_00,
      quotaPeriod: 'month',
      pays: { atTarget: 12_000_00 },
      tiers: doubled,
      bonuses: [{ at: 1, amount: 500_00 }],
      ramp,
    };
    expect(byMonth([50], changes)).toBe(5_000_00);
    // 1,000 at quota and 4 × 1,000 × 2 above it, and the bonus.
    expect(byMonth([0, 50], changes)).toBe(9_500_00);
  });

  test('a tier on everything counts up to the next tier', () => {
    const tiers = [tier(0, 0), tier(0.5, 1, true), tier(1, 2)];
    const at = (newBusiness: number) => pay({ newBusiness }, { tiers });
    expect([49_999_99, 50_000_00, 100_000_00, 150_000_00].map(at)).toEqual([
      0, 5_000_00, 10_000_00, 20_000_00,
    ]);
  });

  test('above 200 % half the rate', () => {
    const tiers = [tier(0, 1), tier(2, 0.5)];
    expect(pay({ newBusiness: 300_000_00 }, { tiers })).toBe(25_000_00);
  });

  test('a bonus once in each quota period that reaches it, its share where one is cut short', () => {
    const bonuses = [{ at: 1, amount: 3_000_00 }];
    const none = { pays: { rate: 0 }, bonuses };
    expect(byMonth([99], none)).toBe(0);
    expect(byMonth([100, 100], none)).toBe(3_000_00);
    const quarter: Partial<Component> = { ...none, quotaPeriod: 'quarter', quotaStart: '2027-02' };
    // January is a third of a quarter: a third of its quota, and of the bonus.
    expect(byMonth([34, 100], quarter)).toBe(4_000_00);
  });

  test('the cap bounds the whole period', () => {
    const changes: Partial<Component> = { quotaPeriod: 'quarter', cap: 12_000_00 };
    expect(byMonth([100], changes)).toBe(10_000_00);
    expect(byMonth([100, 0, 0, 100], changes)).toBe(12_000_00);
  });

  test('components add up, each with a quota of its own', () => {
    const components = [
      component({ credits: ['newBusiness'], pays: { atTarget: 70_000_00 } }),
      component({ name: 'Retention', credits: ['renewal'], pays: { atTarget: 30_000_00 } }),
    ];
    const bookings = [
      { date: '2027-02-01', layer: 'newBusiness' as const, amount: 50_000_00 },
      { date: '2027-02-01', layer: 'renewal' as const, amount: 90_000_00 },
    ];
    expect(payOn({ components }, year, bookings)).toBe(35_000_00 + 27_000_00);
  });

  test('what lies outside of the period pays nothing', () => {
    const bookings = [{ date: '2028-01-01', layer: 'newBusiness' as const, amount: 100_000_00 }];
    expect(payOn({ components: [component()] }, year, bookings)).toBe(0);
  });
});

test('a component’s quota is that of all its periods', () => {
  const months = monthsBetween(year);
  const { quota } = payComponent(component({ quotaPeriod: 'quarter' }), months);
  expect(toMinor(quota)).toBe(400_000_00);
});
