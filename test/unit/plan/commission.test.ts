import { describe, expect, test } from 'vitest';
import { bookingsTarget, requiredBookings } from '../../../src/plan/model/bookings.ts';
import { commission, commissionOn } from '../../../src/plan/model/commission.ts';
import { exact } from '../../../src/plan/model/exact.ts';
import type { Compensation } from '../../../src/plan/schemas.ts';

const accelerated = [
  { from: 0, multiplier: 1 },
  { from: 1, multiplier: 1.5 },
];
const doubled = [
  { from: 0, multiplier: 1 },
  { from: 1, multiplier: 2 },
];

function comp(changes: Partial<Compensation> = {}): Compensation {
  return {
    baseSalary: 0,
    quota: 100_000_00,
    rates: { renewal: 0.1, expansion: 0.1, newBusiness: 0.1 },
    quotaCredit: { renewal: true, expansion: true },
    tiers: [{ from: 0, multiplier: 1 }],
    cap: null,
    ramp: null,
    ...changes,
  };
}
const rates = { renewal: 0.05, expansion: 0.08, newBusiness: 0.1 };
const mixed = { renewal: 40_000_00, expansion: 20_000_00, newBusiness: 90_000_00 };

describe('3 commission', () => {
  test('one rate, 1.5× above quota: 100,000 + 333,333.33 × 15 %', () => {
    const plan = comp({ quota: 1_000_000_00, tiers: accelerated });
    const bookings = { renewal: 0, expansion: 0, newBusiness: 1_333_333_33 };
    expect(commissionOn(bookings, plan, 12)).toBe(150_000_00);
  });

  test('rates by layer share the average multiplier: 12,600 × (1 + ½ × 2) ÷ 1½ = 16,800', () => {
    expect(commissionOn(mixed, comp({ rates, tiers: doubled }), 12)).toBe(16_800_00);
  });

  test('an uncredited layer earns its plain rate: 2,000 + 10,600 × 12 ÷ 11 = 13,563.64', () => {
    const quotaCredit = { renewal: false, expansion: true };
    expect(commissionOn(mixed, comp({ rates, tiers: doubled, quotaCredit }), 12)).toBe(13_563_64);
  });

  test('no layer but new business credits: 2,000 + 1,600 + 9,000', () => {
    const quotaCredit = { renewal: false, expansion: false };
    expect(commissionOn(mixed, comp({ rates, tiers: doubled, quotaCredit }), 12)).toBe(12_600_00);
  });

  test('the cap bounds the sum', () => {
    expect(commissionOn(mixed, comp({ rates, tiers: doubled, cap: 10_000_00 }), 12)).toBe(
      10_000_00,
    );
    expect(commissionOn(mixed, comp({ rates, tiers: doubled, cap: 16_800_01 }), 12)).toBe(
      16_800_00,
    );
  });

  test('half a year has half the quota: 50,000 at 1× and 100,000 at 2×', () => {
    const bookings = { renewal: 0, expansion: 0, newBusiness: 150_000_00 };
    expect(commissionOn(bookings, comp({ tiers: doubled }), 6)).toBe(25_000_00);
  });

  test('a first tier of 0 pays nothing up to its end', () => {
    const tiers = [
      { from: 0, multiplier: 0 },
      { from: 0.5, multiplier: 1 },
    ];
    const pay = (newBusiness: number) =>
      commissionOn({ renewal: 0, expansion: 0, newBusiness }, comp({ tiers }), 12);
    expect([0, 50_000_00, 60_000_00].map(pay)).toEqual([0, 0, 1_000_00]);
  });
});

/** R for a variable pay, in minor units. */
function required(
  needed: number,
  changes: Partial<Compensation> = {},
  known: { renewal: number; expansion: number; uncredited?: number } = { renewal: 0, expansion: 0 },
) {
  const plan = comp(changes);
  return requiredBookings(exact(needed), commission(plan, exact(plan.quota)), {
    renewal: exact(known.renewal),
    expansion: exact(known.expansion),
    uncredited: exact(known.uncredited ?? 0),
  });
}

describe('5 required bookings', () => {
  test('the specification’s check: 1,333,333.33', () => {
    const quota = 1_000_000_00;
    expect(required(150_000_00, { quota, tiers: accelerated })).toBe(1_333_333_33n);
  });

  test('nothing needed takes nothing', () => {
    expect(required(0)).toBe(0n);
    expect(required(0, { rates: { renewal: 0, expansion: 0, newBusiness: 0 } })).toBe(0n);
  });

  test.each([
    [1, 3n],
    [2, 5n],
    [3, 8n],
    [4, 10n],
  ])('at 40 %% a pay of %i takes 2½ each, a half rounded up: %i', (needed, expected) => {
    const rates = { renewal: 0, expansion: 0, newBusiness: 0.4 };
    expect(required(needed, { rates })).toBe(expected);
  });

  test('a half inside a stretch that pays nothing is no half: the pay is reached below it', () => {
    // 10 % up to 25 minor units of bookings, then nothing for new business.
    const known = { renewal: 25, expansion: 0 };
    const rates = { renewal: 0.1, expansion: 0, newBusiness: 0 };
    expect(required(2.5, { rates }, known)).toBe(25n);
    expect(required(2.51, { rates }, known)).toBeNull();
  });

  test('the same total that pays 16,800 is found from the 16,800', () => {
    const known = { renewal: 40_000_00, expansion: 20_000_00 };
    expect(required(16_800_00, { rates, tiers: doubled }, known)).toBe(150_000_00n);
  });

  test('uncredited renewals: from 13,563.64 back to 150,000', () => {
    const known = { renewal: 40_000_00, expansion: 20_000_00, uncredited: 40_000_00 };
    const quotaCredit = { renewal: false, expansion: true };
    const found = required(13_563_64, { rates, tiers: doubled, quotaCredit }, known);
    // 150,000 earns 0.364 of a cent less. There another unit of new business earns
    // 0.1 × 12 ÷ 11 + 10,600 ÷ (1.1² × 100,000) = 0.1967 of itself, so 1.85 cents are missing.
    expect(found).toBe(150_000_02n);
  });

  test('renewals and expansion alone are more than enough: an equal share of both', () => {
    const known = { renewal: 50_000_00, expansion: 30_000_00 };
    expect(required(4_000_00, {}, known)).toBe(40_000_00n);
    const uneven = { renewal: 0.05, expansion: 0.1, newBusiness: 0.1 };
    expect(required(2_750_00, { rates: uneven }, known)).toBe(40_000_00n);
  });

  test('beyond the cap nothing reaches; at the cap it is reached', () => {
    expect(required(10_000_01, { cap: 10_000_00 })).toBeNull();
    expect(required(10_000_00, { cap: 10_000_00 })).toBe(100_000_00n);
  });

  test('no paying rate reaches nothing', () => {
    expect(required(1, { rates: { renewal: 0.1, expansion: 0.1, newBusiness: 0 } })).toBeNull();
  });

  test('unpaid new business still lifts the multiplier, up to a bound that it never reaches', () => {
    const rates = { renewal: 0.1, expansion: 0, newBusiness: 0 };
    const known = { renewal: 100_000_00, expansion: 0 };
    // 10,000 × (2 − 1 ÷ attainment): 15,000 at 200 %, and never 20,000.
    expect(required(15_000_00, { rates, tiers: doubled }, known)).toBe(200_000_00n);
    expect(required(20_000_00, { rates, tiers: doubled }, known)).toBeNull();
  });

  test('a tiny rate takes an enormous total, and says so', () => {
    const rates = { renewal: 0, expansion: 0, newBusiness: 1e-9 };
    expect(required(1_000_000, { rates })).toBe(10n ** 15n);
  });
});

describe('5 target', () => {
  const target = (needed: number, changes: Partial<Compensation>, uncredited: number) => {
    const plan = comp(changes);
    const known = {
      renewal: exact(uncredited),
      expansion: exact(0),
      uncredited: exact(uncredited),
    };
    const quota = exact(plan.quota).div(12);
    return bookingsTarget(exact(needed), commission(plan, quota), known);
  };

  test('never under quota and what does not count towards it', () => {
    const quotaCredit = { renewal: false, expansion: true };
    const { target: total, attainment, belowQuota } = target(1, { quotaCredit }, 500_00);
    expect(total.toFraction()).toBe('2650000/3');
    expect(attainment.toFraction()).toBe('1');
    expect(belowQuota).toBe(true);
  });

  test('a goal within a cent of quota is not called below it', () => {
    // Quota in the month is 833,333.33… minor units, which 83,333.3 of pay at 10 % needs.
    const { required: found, belowQuota } = target(83_333.3, {}, 0);
    expect(found.toFraction()).toBe('833333');
    expect(belowQuota).toBe(false);
    expect(target(83_333.2, {}, 0).belowQuota).toBe(true);
  });

  test('an unreachable goal stands at quota', () => {
    const plan = target(1, { cap: 0 }, 500_00);
    expect(plan.reachable).toBe(false);
    expect(plan.required.toFraction()).toBe('883333');
    expect(plan.belowQuota).toBe(false);
  });
});
