/** Random plans of every kind that the checks let through. */
import fc from 'fast-check';
import { checkPlan } from '../../src/plan/model/checks.ts';
import type { Component, Layer, PlanTerms, Tier } from '../../src/plan/schemas.ts';
import { LAYERS, QUOTA_PERIODS } from '../../src/plan/schemas.ts';
import { addDays, daysBetween, lastDayOfMonth, WEEKDAYS } from '../../src/time/local-date.ts';

/** A decimal between two whole hundredths, thousandths … as people write them. */
function decimal(least: number, most: number, places: number): fc.Arbitrary<number> {
  const scale = 10 ** places;
  return fc
    .integer({ min: Math.ceil(least * scale), max: Math.floor(most * scale) })
    .map((whole) => Number(`${whole}e-${places}`));
}

/** Half of the plans are of a size that is seen, so that goals, quotas and deals meet; the others are odd. */
const SEEN = {
  deal: [5_000, 200_000],
  quota: [200_000, 3_000_000],
  pay: [20_000, 400_000],
} as const;

const fraction = fc.oneof(decimal(0, 1, 2), decimal(0, 1, 7), fc.constantFrom(0, 1, 1 / 3));
const rate = fc.oneof(decimal(0.01, 1, 2), decimal(0.0001, 1, 5), fc.constant(1 / 3));
const commissionRate = fc.oneof(
  decimal(0.02, 0.3, 3),
  decimal(0, 0.3, 3),
  fc.constantFrom(0, 0.1, 0.07),
);
const oddMoney = fc.oneof(
  fc.integer({ min: 0, max: 1000 }),
  fc.integer({ min: 0, max: 50_000_000 }),
  fc.constantFrom(0, 1, 10_000_000),
);
const xFactor = fc.oneof(fc.constantFrom(3, 3.25, 4), decimal(0.1, 10, 2));

/** What is paid at `from` on average by the tiers below it. */
function averageBelow(tiers: readonly Tier[], from: number): number {
  const everything = tiers.findLastIndex(({ all }) => all);
  const area = tiers.map((tier, index) => {
    const multiplier = tiers[Math.max(index, everything)]?.multiplier ?? 0;
    return ((tiers[index + 1]?.from ?? from) - tier.from) * multiplier;
  });
  return area.reduce((sum, part) => sum + part, 0) / from;
}

const cents = (value: number) => Number(value.toFixed(2));

const tiers: fc.Arbitrary<Tier[]> = fc
  .record({
    first: fc.constantFrom(0, 0.5, 1, 1),
    firstAll: fc.boolean(),
    steps: fc.array(
      fc.record({
        wider: fc.oneof(decimal(0.05, 1, 2), fc.constantFrom(0.5, 1)),
        multiplier: decimal(0, 3, 2),
        all: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, fc.boolean()),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ first, firstAll, steps }) => {
    const rows: Tier[] = [{ from: 0, multiplier: first, all: firstAll }];
    for (const { wider, multiplier, all } of steps) {
      const from = cents((rows.at(-1)?.from ?? 0) + wider);
      const least = Math.ceil(averageBelow(rows, from) * 100) / 100;
      rows.push({ from, multiplier: all ? cents(Math.max(multiplier, least)) : multiplier, all });
    }
    return rows;
  });

const bonusAt = fc.oneof(fc.constantFrom(0.5, 0.8, 1, 1.2), decimal(0.01, 2, 2));

const bothScales = fc.boolean().chain((isSeen) =>
  fc.constantFrom(1, 100).map((minor) => ({
    amount: ([least, most]: readonly [number, number]) =>
      isSeen
        ? fc.integer({ min: Math.round(least * minor), max: Math.round(most * minor) })
        : oddMoney,
  })),
);

type Months = { start: string; months: number };
type Amount = (range: readonly [number, number]) => fc.Arbitrary<number>;

function component({ start, months }: Months, amount: Amount): fc.Arbitrary<Component> {
  return fc.constantFrom(...QUOTA_PERIODS).chain((quotaPeriod) => {
    const a = { year: 1, half: 2, quarter: 4, month: 12 }[quotaPeriod];
    const [least, most] = SEEN.quota;
    const ramp = fc
      .array(fc.oneof(fraction, decimal(0, 3, 1)), { minLength: months, maxLength: months })
      .map((factors) => (factors.some((factor) => factor > 0) ? factors : factors.map(() => 1)));
    return fc.record<Component>({
      name: fc.constant('to be named'),
      credits: fc.oneof(
        fc.constant<Layer[]>([...LAYERS]),
        fc.constant<Layer[]>(['newBusiness']),
        fc.subarray([...LAYERS], { minLength: 1 }),
      ),
      quota: amount([least / a, most / a]).map((quota) => Math.max(1, quota)),
      quotaPeriod: fc.constant(quotaPeriod),
      quotaStart: fc.option(
        fc
          .integer({ min: -14, max: months + 3 })
          .map((shift) => lastDayOfMonth(start, shift).slice(0, 7)),
        { freq: 2 },
      ),
      pays: fc.oneof(
        fc.record({ rate: commissionRate }),
        fc.record({
          rates: fc.record({
            renewal: commissionRate,
            expansion: commissionRate,
            newBusiness: commissionRate,
          }),
        }),
        fc.record({ atTarget: amount(SEEN.pay) }),
      ),
      tiers,
      bonuses: fc.array(fc.record({ at: bonusAt, amount: amount([0, 20_000]) }), { maxLength: 2 }),
      cap: fc.option(amount(SEEN.pay), { freq: 3 }),
      ramp: fc.option(ramp, { freq: 2 }),
    });
  });
}

const names = ['Commission', 'Renewals', 'Expansion', 'Team'];

function compensation(months: Months, amount: Amount) {
  return fc.record<PlanTerms['compensation']>({
    baseSalary: fc.oneof(fc.constant(0), amount([20_000, 120_000])),
    components: fc
      .oneof(
        fc.array(component(months, amount), { minLength: 1, maxLength: 1 }),
        fc.array(component(months, amount), { minLength: 1, maxLength: 4 }),
      )
      .map((rows) => rows.map((row, index) => ({ ...row, name: names[index] ?? 'Other' }))),
    otherPay: fc.array(fc.record({ label: fc.constant('MBO'), amount: amount([0, 20_000]) }), {
      maxLength: 2,
    }),
    guarantee: fc.option(
      fc.record({
        perMonth: amount([1_000, 10_000]).map((each) => Math.max(1, each)),
        months: fc.integer({ min: 1, max: 14 }),
        recoverable: fc.boolean(),
      }),
      { freq: 2 },
    ),
  });
}

const cycles = fc.oneof(
  fc.integer({ min: 0, max: 28 }),
  fc.constantFrom(0, 30, 60, 90, 210),
  fc.integer({ min: 29, max: 400 }),
  fc.constantFrom(400, 1200, 3650),
);

/** Any plan that passes the checks; periods of up to three years. */
export const planTerms: fc.Arbitrary<PlanTerms> = fc
  .record({
    firstMonth: fc.integer({ min: 1, max: 12 }),
    months: fc.oneof(
      fc.constant(12),
      fc.integer({ min: 1, max: 18 }),
      fc.integer({ min: 19, max: 36 }),
    ),
    scale: bothScales,
    isCarried: fc.oneof(fc.constant(true), fc.constant(true), fc.boolean()),
  })
  .chain(({ firstMonth, months, scale: { amount }, isCarried }) => {
    const start = `2027-${String(firstMonth).padStart(2, '0')}-01`;
    const end = lastDayOfMonth(start, months - 1);
    const dateInside = fc
      .integer({ min: 0, max: daysBetween(start, end) })
      .map((days) => addDays(start, days));
    const dateAround = fc
      .integer({ min: -40, max: months * 31 + 40 })
      .map((days) => addDays(start, days));
    const dealSize = amount(SEEN.deal).map((size) => Math.max(1, size));
    const x = xFactor;
    return fc
      .record<PlanTerms>({
        currency: fc.constantFrom('USD', 'JPY', 'KWD'),
        period: fc.constant({ start, end }),
        calendar: fc.record({
          workdays: fc.oneof(
            fc.constant(WEEKDAYS.slice(0, 5)),
            fc.subarray([...WEEKDAYS], { minLength: 1 }),
          ),
          holidays: fc.array(dateAround, { maxLength: 5 }),
          timeOff: fc.array(
            fc
              .tuple(dateAround, fc.integer({ min: 0, max: 20 }))
              .map(([from, days]) => ({ from, to: addDays(from, days), label: '' })),
            { maxLength: 3 },
          ),
        }),
        goal: fc
          .tuple(
            fc.option(amount([8_000 * months, 25_000 * months])),
            amount([2_000 * months, 10_000 * months]),
            fc.boolean(),
            fc.array(
              fc.record({
                label: fc.constantFrom('a', 'b'),
                amount: amount([1_000, 100_000]),
                by: dateAround,
              }),
              { maxLength: 4 },
            ),
          )
          .map(([income, living, both, lifeGoals]) => ({
            income,
            livingCosts: income === null || both ? living : null,
            lifeGoals,
          })),
        compensation: compensation({ start, months }, amount),
        pipeline: fc.record({
          xFactor: x,
          winRate: rate,
          opening: fc.record({ newBusiness: fc.oneof(fc.constant(0), amount([0, 2_000_000])) }),
          coverage: fc.constantFrom('cycle' as const, 'period' as const),
        }),
        renewals: fc.array(
          fc
            .tuple(amount(SEEN.deal), dateInside, decimal(0, 1, 3), decimal(0, 1, 2))
            .map(([amount, date, likelihood, cut]) => ({
              account: 'account',
              amount,
              date,
              likelihood,
              pressureTested: Math.min(likelihood / 2, cut),
              activity: null,
              internalRisks: '',
              externalRisks: '',
              nextActivities: '',
            })),
          { maxLength: 6 },
        ),
        expansion: fc.array(
          fc.record({
            account: fc.constant('account'),
            buyingCenter: fc.constant(''),
            target: fc.oneof(amount(SEEN.deal), fc.constant(0)),
            split: fc.constantFrom('quarters' as const, 'halves' as const),
          }),
          { maxLength: 4 },
        ),
        newBusiness: fc.record({
          carried: fc.constant(isCarried),
          averageDealSize: isCarried ? dealSize : fc.option(dealSize, { freq: 1 }),
          salesCycleDays: cycles,
          sdr: fc.option(
            fc.record({
              inboundPerMonth: decimal(0, 30, 1),
              outboundPerMonth: decimal(0, 30, 1),
              qualificationRate: fraction,
              sync: fc.constant(null),
            }),
          ),
          selfSourcing: fc.constant({ leadIdentification: '', prospecting: '' }),
        }),
        callBlocks: fc.constant([]),
        funnel: fc.record({
          callToVisit: rate,
          visitToDemo: rate,
          demoToProposal: rate,
          proposalToContract: rate,
          contractToWon: rate,
        }),
        insurance: fc.record({
          xFactor: x,
          by: dateAround,
          risks: fc.array(
            fc.record({
              label: fc.constant('risk'),
              kind: fc.constant('other' as const),
              probability: fraction,
              impact: amount(SEEN.deal),
              trigger: fc.constant(''),
              mitigation: fc.constant(''),
            }),
            { maxLength: 3 },
          ),
        }),
      })
      .map((terms) => ({
        ...terms,
        insurance: {
          ...terms.insurance,
          xFactor: Math.max(terms.pipeline.xFactor, terms.insurance.xFactor),
        },
      }));
  })
  .filter((terms) => checkPlan(terms).length === 0);
