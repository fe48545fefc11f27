/** Step 5: the least bookings that reach what is needed. */
import { describe, expect, test } from 'vitest';
import { payComponent } from '../../../src/plan/model/component-pay.ts';
import { exact, ratio, ZERO } from '../../../src/plan/model/exact.ts';
import type { KnownLayers } from '../../../src/plan/model/known-layers.ts';
import { payCurve, requiredBookings } from '../../../src/plan/model/required-bookings.ts';
import type { Component } from '../../../src/plan/schemas.ts';
import { monthsBetween } from '../../../src/time/local-date.ts';
import { component, tier } from '../../support/components.ts';

const months = monthsBetween({ start: '2027-01-01', end: '2027-12-31' });
const doubled = [tier(0, 1), tier(1, 2)];
const rates = { renewal: 0.05, expansion: 0.08, newBusiness: 0.1 };

/** Renewals and expansion of January. */
function knownIn({ renewal = 0, expansion = 0 }): KnownLayers {
  const first = { renewal: exact(renewal), expansion: exact(expansion), renewalAmounts: ZERO };
  const none = { renewal: ZERO, expansion: ZERO, renewalAmounts: ZERO };
  return {
    renewal: exact(renewal),
    expansion: exact(expansion),
    cut: ZERO,
    renewalAmounts: ZERO,
    byMonth: months.map((_, index) => (index === 0 ? first : none)),
  };
}

/** R for a variable pay, in minor units; new business comes evenly by month. */
function required(
  needed: number,
  changes: Partial<Component> | Component[] = {},
  known: { renewal?: number; expansion?: number } = {},
) {
  const all = Array.isArray(changes) ? changes : [component(changes)];
  const curve = payCurve(
    all.map((one) => payComponent(one, months)),
    knownIn(known),
    months.map(() => ratio(1, 12)),
  );
  return requiredBookings(exact(needed), curve);
}

test('the specification’s check: 1,333,333.33', () => {
  const tiers = [tier(0, 1), tier(1, 1.5)];
  expect(required(150_000_00, { quota: 1_000_000_00, tiers })).toBe(1_333_333_33n);
});

test('nothing needed takes nothing', () => {
  expect(required(0)).toBe(0n);
  expect(required(0, { pays: { rate: 0 } })).toBe(0n);
});

test.each([
  [1, 3n],
  [2, 5n],
  [3, 8n],
  [4, 10n],
])('at 40 %% a pay of %i takes 2½ each, a half rounded up: %i', (needed, expected) => {
  expect(required(needed, { pays: { rate: 0.4 } })).toBe(expected);
});

test('a half inside a stretch that pays nothing is no half: the pay is reached below it', () => {
  // 10 % up to 25 minor units of bookings, then nothing for new business.
  const pays = { rates: { renewal: 0.1, expansion: 0, newBusiness: 0 } };
  expect(required(2.5, { pays }, { renewal: 25 })).toBe(25n);
  expect(required(2.51, { pays }, { renewal: 25 })).toBeNull();
});

test('the same total that pays 16,800 is found from the 16,800', () => {
  const known = { renewal: 40_000_00, expansion: 20_000_00 };
  expect(required(16_800_00, { pays: { rates }, tiers: doubled }, known)).toBe(150_000_00n);
});

test('uncredited renewals: from 13,563.64 back to 150,000', () => {
  const known = { renewal: 40_000_00, expansion: 20_000_00 };
  const credits: Component['credits'] = ['expansion', 'newBusiness'];
  // 150,000 earns 0.364 of a cent less. There another unit of new business earns
  // 0.1 × 12 ÷ 11 + 10,600 ÷ (1.1² × 100,000) = 0.1967 of itself, so 1.85 cents are missing.
  expect(required(13_563_64, { pays: { rates }, tiers: doubled, credits }, known)).toBe(
    150_000_02n,
  );
});

test('renewals and expansion alone are more than enough: an equal share of both', () => {
  const known = { renewal: 50_000_00, expansion: 30_000_00 };
  expect(required(4_000_00, {}, known)).toBe(40_000_00n);
  const pays = { rates: { renewal: 0.05, expansion: 0.1, newBusiness: 0.1 } };
  expect(required(2_750_00, { pays }, known)).toBe(40_000_00n);
});

test('beyond the cap nothing reaches; at the cap it is reached', () => {
  expect(required(10_000_01, { cap: 10_000_00 })).toBeNull();
  expect(required(10_000_00, { cap: 10_000_00 })).toBe(100_000_00n);
});

test('no paying rate reaches nothing', () => {
  expect(
    required(1, { pays: { rates: { renewal: 0.1, expansion: 0.1, newBusiness: 0 } } }),
  ).toBeNull();
});

test('unpaid new business still lifts the multiplier, up to a bound that it never reaches', () => {
  const pays = { rates: { renewal: 0.1, expansion: 0, newBusiness: 0 } };
  const known = { renewal: 100_000_00 };
  // 10,000 × (2 − 1 ÷ attainment): 15,000 at 200 %, and never 20,000.
  expect(required(15_000_00, { pays, tiers: doubled }, known)).toBe(200_000_00n);
  expect(required(20_000_00, { pays, tiers: doubled }, known)).toBeNull();
});

test('a tiny rate takes an enormous total, and says so', () => {
  expect(required(1_000_000, { pays: { rate: 1e-9 } })).toBe(10n ** 15n);
});

describe('where pay jumps', () => {
  test('what is needed lies just below a jump: up, over it', () => {
    // 33.3 of bookings are 33.3 % of quota; the pay comes near 33.3 below it and has the bonus from it on.
    const bonuses = [{ at: 0.333, amount: 10 }];
    expect(required(33.3, { quota: 100, pays: { rate: 1 }, bonuses })).toBe(34n);
    expect(required(33.3, { quota: 100, pays: { rate: 1 } })).toBe(33n);
  });

  test('a cliff from the first dollar: half of quota, and not a cent less', () => {
    const tiers = [tier(0, 0), tier(0.5, 1, true)];
    expect(required(1, { tiers })).toBe(50_000_00n);
    expect(required(5_000_00, { tiers })).toBe(50_000_00n);
    expect(required(5_000_01, { tiers })).toBe(50_000_10n);
  });

  test('rounded up, where the jump lies at part of a minor unit', () => {
    // 100 % of a third of 100,000.00 is 33,333.333…: 33,333.33 would not reach it.
    const bonuses = [{ at: 1 / 3, amount: 1_000_00 }];
    const found = required(500_00, { pays: { rate: 0 }, bonuses });
    expect(found).toBe(33_333_34n);
  });

  test('a bonus at quota', () => {
    const changes = {
      quota: 800_000_00,
      pays: { rate: 0.075 },
      tiers: [tier(0, 1), tier(1, 1.5)],
      bonuses: [{ at: 1, amount: 20_000_00 }],
    };
    expect(required(80_000_00, changes)).toBe(800_000_00n);
    expect(required(60_000_00, changes)).toBe(800_000_00n);
    expect(required(59_999_99, changes)).toBe(799_999_87n);
  });
});

test('quarters: an even year passes each quota at once', () => {
  const changes = { quota: 25_000_00, quotaPeriod: 'quarter' as const, tiers: doubled };
  // 10,000 at quota; every further unit pays 20 %.
  expect(required(12_000_00, changes)).toBe(110_000_00n);
});

test('pay that falls: the least total that pays enough, though more pays less', () => {
  // Renewals of 100,000.00 earn 10 % at quota; new business earns nothing and lowers the multiplier.
  const changes = {
    pays: { rates: { renewal: 0.1, expansion: 0, newBusiness: 0 } },
    tiers: [tier(0, 1), tier(1, 0)],
  };
  const known = { renewal: 120_000_00 };
  expect(required(10_000_00, changes, known)).toBe(100_000_00n);
  expect(required(10_000_01, changes, known)).toBeNull();
});

test('a hump in the middle is found: two components, one that falls and one that has not begun', () => {
  const falls = component({
    pays: { rates: { renewal: 0.1, expansion: 0, newBusiness: 0 } },
    tiers: [tier(0, 1), tier(1, 3), tier(1.5, 0)],
  });
  const flat = component({ name: 'Flat', pays: { rate: 0 } });
  // Up to 150 % its renewals earn 10,000 × (3 − 2 ÷ a), 16,666.67 at the top; beyond it less.
  expect(required(16_666_66, [falls, flat], { renewal: 100_000_00 })).toBe(149_999_93n);
  expect(required(16_666_67, [falls, flat], { renewal: 100_000_00 })).toBeNull();
});
