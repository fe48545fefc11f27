import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DatedBooking, exactPayOn, payOn } from '../../../src/plan/model/component-pay.ts';
import { dealWorth, type NextThreshold } from '../../../src/plan/model/deal-worth.ts';
import { toMinor } from '../../../src/plan/model/exact.ts';
import { type Component, LAYERS, type Layer } from '../../../src/plan/schemas.ts';
import { COMP_PLANS } from '../../support/comp-plans.ts';
import { runs } from '../../support/property-runs.ts';
import { termsOf } from '../../support/terms.ts';

const YEAR = { start: '2027-01-01', end: '2027-12-31' };

/** A booking in major units; new business in May where nothing else is said. */
const booked = (
  major: number,
  layer: Layer = 'newBusiness',
  date = '2027-05-10',
): DatedBooking => ({
  date,
  layer,
  amount: Math.round(major * 100),
});

function planNamed(name: string) {
  const plan = COMP_PLANS.find((one) => one.name === name);
  if (!plan) throw new Error(`there is no comp plan ${name}`);
  return termsOf(plan.file).compensation;
}

/** In major units, without what says nothing. */
function worthOf(
  name: string,
  bookings: readonly DatedBooking[],
  deal: DatedBooking,
): { pays: number; once?: number; capped?: true; next?: (string | number)[] } {
  const { pays, once, capped, next } = dealWorth(planNamed(name), YEAR, bookings, deal);
  return {
    pays: pays / 100,
    ...(once !== 0 && { once: once / 100 }),
    ...(capped && { capped }),
    ...(next && {
      next: [
        next.from / 100,
        ...(next.changes ? [`${next.moves ? 'about ' : ''}${next.each / 100}`] : ['as before']),
        ...(next.once === 0 ? [] : [`at once ${next.once / 100}`]),
      ],
    }),
  };
}

describe('what a deal of 24,000 pays', () => {
  test.each<[string, string, DatedBooking[], DatedBooking, ReturnType<typeof worthOf>]>([
    [
      'under quota, 10 %; past it 15 %',
      'OTE 50/50',
      [booked(500000)],
      booked(24000),
      { pays: 2400, next: [900000, '3600'] },
    ],
    ['half of it past quota', 'OTE 50/50', [booked(888000)], booked(24000), { pays: 1200 + 1800 }],
    ['past quota', 'OTE 50/50', [booked(900000)], booked(24000), { pays: 3600 }],
    [
      'up to quota exactly: the next one pays more',
      'OTE 50/50',
      [booked(876000)],
      booked(24000),
      { pays: 2400 },
    ],
    [
      'in a quarter, whatever the others hold',
      'quarterly reset with 1.5×',
      [
        booked(400000, 'renewal', '2027-03-31'),
        booked(210000),
        booked(300000, 'renewal', '2027-07-01'),
      ],
      booked(10000),
      { pays: 1000, next: [225000, '1500'] },
    ],
    [
      // 1,600 of 5 % is 80; at 16.5 k everything so far earns 10 %: 825 more.
      'under half of a month’s quota, and what reaching it pays at once',
      'monthly quota with a retroactive 50 % tier',
      [booked(10000)],
      booked(1600),
      { pays: 80, next: [16500, '160', 'at once 825'] },
    ],
    [
      // 10 % of all 17 k, less the 5 % of 15 k before.
      'that reaches half of a month’s quota',
      'monthly quota with a retroactive 50 % tier',
      [booked(15000)],
      booked(2000),
      { pays: 1700 - 750, once: 825, next: [33000, '400'] },
    ],
    [
      'before the cliff: nothing, and then all at once',
      'cliff from the first dollar',
      [],
      booked(24000),
      { pays: 0, next: [375000, '2400', 'at once 37500'] },
    ],
    [
      'over the cliff',
      'cliff from the first dollar',
      [booked(360000)],
      booked(24000),
      { pays: 38400, once: 37500 },
    ],
    [
      'that earns the bonus: 7.5 % of 12 k, 11.25 % of 12 k, and 20 k',
      'bonus at quota',
      [booked(788000)],
      booked(24000),
      { pays: 900 + 1350 + 20000, once: 20000 },
    ],
    [
      'of a customer, in the other component, where nothing ever changes',
      'two components 70/30',
      [booked(690000)],
      booked(24000, 'expansion'),
      { pays: 1440 },
    ],
    [
      'of a new customer, in one of two components',
      'two components 70/30',
      [booked(100000), booked(480000, 'renewal')],
      booked(24000),
      { pays: 2400, next: [700000, '3600'] },
    ],
    [
      'in a season: 30 k ÷ 240 k is 12.5 %, past it 18.75 %',
      'seasonal',
      [booked(200000, 'newBusiness', '2027-08-31')],
      booked(24000, 'newBusiness', '2027-09-01'),
      { pays: 3000, next: [240000, '4500'] },
    ],
    [
      // 150 k = 100 k + 20 % of 250 k.
      'up to the cap',
      'capped',
      [booked(1100000)],
      booked(24000),
      { pays: 4800, next: [1250000, '0'] },
    ],
    ['held by the cap', 'capped', [booked(1240000)], booked(24000), { pays: 2000, capped: true }],
    ['past the cap', 'capped', [booked(1250000)], booked(24000), { pays: 0, capped: true }],
    [
      // 2 % of itself. Past 1.2 M each lifts the average that 600 k of new business earns: the first from 1 to
      // (1.2 + 0.024 × 1.5) ÷ 1.224, 588.24 more; the next ones a little less.
      'a renewal that brings new business nearer to its accelerator',
      'credit without accelerator',
      [booked(400000, 'renewal'), booked(600000)],
      booked(24000, 'renewal'),
      { pays: 480, next: [1200000, 'about 1068.24'] },
    ],
    [
      'down the decelerator',
      'decelerator past 200 %',
      [booked(900000)],
      booked(24000),
      { pays: 4800, next: [1000000, '1200'] },
    ],
  ])('%s', (_, name, bookings, deal, expected) => {
    expect(worthOf(name, bookings, deal)).toEqual(expected);
  });

  test('what lies outside the plan pays nothing', () => {
    const deal = booked(24000, 'newBusiness', '2028-01-01');
    expect(dealWorth(planNamed('OTE 50/50'), YEAR, [], deal)).toEqual({
      pays: 0,
      once: 0,
      capped: false,
      counts: null,
      next: null,
    });
  });

  test('it counts towards the quota of its quota period', () => {
    const bookings = [booked(210000), booked(500000, 'newBusiness', '2027-07-01')];
    const { counts, next } = dealWorth(
      planNamed('quarterly reset with 1.5×'),
      YEAR,
      bookings,
      booked(1),
    );
    const period = { component: null, within: { start: '2027-04-01', end: '2027-06-30' } };
    expect(counts).toEqual({ ...period, credit: 210_000_00, quota: 225_000_00 });
    expect(next).toMatchObject({ ...period, from: 225_000_00, moves: false });
  });

  test('whose it is, is said where there are several', () => {
    const { counts } = dealWorth(planNamed('two components 70/30'), YEAR, [], booked(1, 'renewal'));
    expect(counts).toEqual({ component: 'Customers', within: null, credit: 0, quota: 500_000_00 });
  });
});

const rate = fc.integer({ min: 0, max: 300 }).map((one) => one / 1000);
const layers = fc.subarray([...LAYERS], { minLength: 1 });

/** Tiers that never pay less in all on more; `even`: nor in the band. */
const tiers = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 8 }),
      more: fc.integer({ min: 0, max: 4 }),
      all: fc.boolean(),
    }),
    { maxLength: 3 },
  )
  .map((steps) => {
    const made = [{ from: 0, multiplier: 0.5, all: false }];
    for (const { gap, more, all } of steps) {
      const last = made.at(-1) ?? { from: 0, multiplier: 0.5 };
      made.push({ from: last.from + gap / 4, multiplier: last.multiplier + more / 4, all });
    }
    return made;
  });

/** Components of which each pays one rate on all that it credits, and never less on more. */
const evenComponent: fc.Arbitrary<Component> = fc.record({
  name: fc.constant('Component'),
  credits: layers,
  quota: fc.integer({ min: 1, max: 400 }).map((one) => one * 12_345),
  quotaPeriod: fc.constantFrom('year', 'half', 'quarter', 'month'),
  quotaStart: fc.constantFrom(null, '2026-11'),
  pays: fc.oneof(
    rate.map((one) => ({ rate: one })),
    fc.integer({ min: 0, max: 9_999_999 }).map((atTarget) => ({ atTarget })),
  ),
  tiers,
  bonuses: fc.array(
    fc.record({
      at: fc.integer({ min: 1, max: 12 }).map((one) => one / 5),
      amount: fc.integer({ min: 1, max: 500_000 }),
    }),
    { maxLength: 2 },
  ),
  cap: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 20_000_000 })),
  ramp: fc.oneof(
    fc.constant(null),
    fc.array(fc.constantFrom(0, 0.5, 1, 1.5), { minLength: 12, maxLength: 12 }),
  ),
});
/** With rates by layer too: its pay may fall. */
const anyComponent = fc
  .tuple(
    evenComponent,
    fc.record({ renewal: rate, expansion: rate, newBusiness: rate }),
    fc.boolean(),
  )
  .map(
    ([component, rates, byLayer]): Component =>
      byLayer ? { ...component, pays: { rates } } : component,
  );
const booking = fc.record({
  date: fc
    .date({ min: new Date('2027-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  layer: fc.constantFrom(...LAYERS),
  amount: fc.integer({ min: 1, max: 3_000_000 }),
});
const bookingList = fc.array(booking, { maxLength: 6 });
const listOf = (component: fc.Arbitrary<Component>) =>
  fc
    .array(component, { minLength: 1, maxLength: 3 })
    .map((all) => all.map((one, index) => ({ ...one, name: `Component ${index}` })));

describe('of any comp plan', () => {
  test('deals entered one after another are worth what all of them pay', () => {
    fc.assert(
      fc.property(listOf(anyComponent), bookingList, (components, deals) => {
        const worths = deals.map(
          (deal, index) => dealWorth({ components }, YEAR, deals.slice(0, index), deal).pays,
        );
        const none = payOn({ components }, YEAR, []);
        expect(worths.reduce((sum, one) => sum + one, none)).toBe(
          payOn({ components }, YEAR, deals),
        );
      }),
    );
  });

  test('a deal takes nothing away where pay doesn’t fall', () => {
    fc.assert(
      fc.property(listOf(evenComponent), bookingList, booking, (components, bookings, deal) => {
        const { pays, once } = dealWorth({ components }, YEAR, bookings, deal);
        expect(pays).toBeGreaterThanOrEqual(0);
        expect(once).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  /** What counts in the quota period of a threshold. */
  function creditAt(
    threshold: NextThreshold,
    components: readonly Component[],
    bookings: readonly DatedBooking[],
  ): number {
    const { start, end } = threshold.within ?? YEAR;
    const name = threshold.component ?? components[0]?.name;
    const credits = components.find((one) => one.name === name)?.credits ?? [];
    return bookings
      .filter(({ layer, date }) => credits.includes(layer) && date >= start && date <= end)
      .reduce((sum, { amount }) => sum + amount, 0);
  }

  test('until the next threshold such deals pay the same, and from there on what it says', () => {
    let looked = 0;
    fc.assert(
      fc.property(
        listOf(evenComponent),
        bookingList,
        booking,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (components, bookings, deal, where) => {
          const { next } = dealWorth({ components }, YEAR, bookings, deal);
          const now = [...bookings, deal];
          const having = (more: number) => [...now, { ...deal, amount: more }];
          const worthAfter = (more: number) => dealWorth({ components }, YEAR, having(more), deal);
          const away = next ? next.from - creditAt(next, components, now) : 1e9;
          expect(away).toBeGreaterThan(0);
          // Each pay is rounded twice.
          if (away > deal.amount) {
            const between = Math.floor(where * (away - deal.amount - 1));
            const difference = worthAfter(between).pays - worthAfter(0).pays;
            expect(Math.abs(difference)).toBeLessThanOrEqual(2);
          }
          if (!next) return;
          expect(next.changes || next.once !== 0).toBe(true);
          const there = payOn({ components }, YEAR, having(away));
          const before = payOn({ components }, YEAR, having(away - 1));
          expect(there - before).toBeGreaterThanOrEqual(next.once - 2);
          const pay = (more: number) => exactPayOn({ components }, YEAR, having(more));
          // What the first two minor units pay, unless something else is reached within them.
          const first = pay(away + 1).sub(pay(away));
          if (
            !pay(away + 2)
              .sub(pay(away))
              .equals(first.mul(2))
          )
            return;
          looked += 1;
          expect(toMinor(first.mul(deal.amount))).toBe(next.each);
          if (!next.changes || away < deal.amount) return;
          const today = pay(deal.amount).sub(pay(0));
          expect(today.equals(first.mul(deal.amount).add(next.once))).toBe(false);
          // Of a few cents a part of one is paid, and its change is lost in rounding.
          if (deal.amount >= 1000) expect(toMinor(today)).not.toBe(next.each + next.once);
        },
      ),
      { numRuns: runs(500) },
    );
    expect(looked).toBeGreaterThan(0);
  });
});
