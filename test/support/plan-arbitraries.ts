import fc from 'fast-check';
import { checkPlan } from '../../src/plan/model/checks.ts';
import type { PlanTerms } from '../../src/plan/schemas.ts';
import { addDays, daysBetween, lastDayOfMonth, WEEKDAYS } from '../../src/time/local-date.ts';

/** A decimal between two whole hundredths, thousandths … as people write them. */
function decimal(least: number, most: number, places: number): fc.Arbitrary<number> {
  const scale = 10 ** places;
  return fc
    .integer({ min: Math.ceil(least * scale), max: Math.floor(most * scale) })
    .map((whole) => Number(`${whole}e-${places}`));
}

const fraction = fc.oneof(decimal(0, 1, 2), decimal(0, 1, 7), fc.constantFrom(0, 1, 1 / 3));
const rate = fc.oneof(decimal(0.01, 1, 2), decimal(0.0001, 1, 5), fc.constant(1 / 3));
const commissionRate = fc.oneof(decimal(0, 0.3, 3), fc.constantFrom(0, 0.1, 0.07));
const money = fc.oneof(
  fc.integer({ min: 0, max: 1000 }),
  fc.integer({ min: 0, max: 50_000_000 }),
  fc.constantFrom(0, 1, 10_000_000),
);
const someMoney = money.map((amount) => Math.max(1, amount));
const xFactor = fc.oneof(fc.constantFrom(3, 3.25, 4), decimal(0.1, 10, 2));

const tiers = fc
  .array(fc.tuple(decimal(0.05, 1, 2), decimal(0, 1, 2)), { maxLength: 4 })
  .chain((steps) =>
    fc.constantFrom(0, 0.5, 1).map((first) => {
      let from = 0;
      let multiplier: number = first;
      const rest = steps.map(([wider, higher]) => {
        from = Number((from + wider).toFixed(2));
        multiplier = Number((multiplier + higher).toFixed(2));
        return { from, multiplier };
      });
      return [{ from: 0, multiplier: first }, ...rest];
    }),
  );

/** Any plan that passes the checks; periods of up to 18 months. */
export const planTerms: fc.Arbitrary<PlanTerms> = fc
  .record({ firstMonth: fc.integer({ min: 1, max: 12 }), months: fc.integer({ min: 1, max: 18 }) })
  .chain(({ firstMonth, months }) => {
    const start = `2027-${String(firstMonth).padStart(2, '0')}-01`;
    const end = lastDayOfMonth(start, months - 1);
    const dateInside = fc
      .integer({ min: 0, max: daysBetween(start, end) })
      .map((days) => addDays(start, days));
    const dateAround = fc
      .integer({ min: -40, max: months * 31 + 40 })
      .map((days) => addDays(start, days));
    return fc.record<PlanTerms>({
      currency: fc.constantFrom('USD', 'JPY', 'KWD'),
      period: fc.constant({ start, end }),
      calendar: fc.record({
        workdays: fc.subarray([...WEEKDAYS], { minLength: 1 }),
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
          fc.option(money),
          money,
          fc.boolean(),
          fc.array(fc.record({ label: fc.constantFrom('a', 'b'), amount: money, by: dateAround }), {
            maxLength: 4,
          }),
        )
        .map(([income, living, both, lifeGoals]) => ({
          income,
          livingCosts: income === null || both ? living : null,
          lifeGoals,
        })),
      compensation: fc.record({
        baseSalary: money,
        quota: someMoney,
        rates: fc.record({
          renewal: commissionRate,
          expansion: commissionRate,
          newBusiness: commissionRate,
        }),
        quotaCredit: fc.record({ renewal: fc.boolean(), expansion: fc.boolean() }),
        tiers,
        cap: fc.option(money, { freq: 3 }),
        ramp: fc.option(
          fc
            .array(fraction, { minLength: months, maxLength: months })
            .map((ramp) => (ramp.some((part) => part > 0) ? ramp : ramp.fill(1))),
        ),
      }),
      pipeline: fc.record({ xFactor, winRate: rate }),
      renewals: fc.array(
        fc
          .tuple(money, dateInside, decimal(0, 1, 3), decimal(0, 1, 2))
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
          target: money,
          split: fc.constantFrom('quarters' as const, 'halves' as const),
        }),
        { maxLength: 4 },
      ),
      newBusiness: fc.record({
        averageDealSize: someMoney,
        salesCycleDays: fc.integer({ min: 0, max: 28 }),
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
        xFactor,
        by: dateAround,
        risks: fc.array(
          fc.record({
            label: fc.constant('risk'),
            kind: fc.constant('other' as const),
            probability: fraction,
            impact: money,
            trigger: fc.constant(''),
            mitigation: fc.constant(''),
          }),
          { maxLength: 3 },
        ),
      }),
    });
  })
  .filter((terms) => checkPlan(terms).length === 0);
