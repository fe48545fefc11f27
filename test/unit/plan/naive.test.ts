import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computePlan } from '../../../src/plan/model/compute.ts';
import { naivePlan } from '../../support/naive-plan.ts';
import { planTerms } from '../../support/plan-arbitraries.ts';
import { runs } from '../../support/property-runs.ts';
import { specTerms } from '../../support/terms.ts';

function comparable(plan: ReturnType<typeof computePlan>) {
  const { deals, opportunities, sdrSupply, gap, ...newBusiness } = plan.layers.newBusiness;
  const { attainment, ...bookings } = plan.bookings;
  return {
    exact: {
      income: plan.income,
      bookings,
      pipeline: { required: plan.pipeline.required, insured: plan.pipeline.insured },
      renewal: plan.layers.renewal,
      expansion: plan.layers.expansion,
      newBusiness,
      sellingDays: plan.sellingDays,
      activities: plan.activities,
      baseActivities: plan.baseActivities,
      milestones: plan.milestones,
      warnings: plan.warnings.map((warning) =>
        warning.code === 'goal_late' ? `${warning.code} ${warning.label}` : warning.code,
      ),
    },
    close: [deals, opportunities, sdrSupply, gap, attainment],
  };
}

function agrees(terms: Parameters<typeof computePlan>[0]) {
  const { exact, close } = comparable(computePlan(terms));
  const { counts, bookings, ...naive } = naivePlan(terms);
  const { attainment, ...naiveBookings } = bookings;
  expect(exact).toEqual({ ...naive, bookings: naiveBookings });
  const expected = [counts.deals, counts.opportunities, counts.sdrSupply, counts.gap, attainment];
  close.forEach((value, index) => {
    const other = expected[index] ?? Number.NaN;
    expect(Math.abs(value - other)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(other)));
  });
}

test('the specification’s plan comes out the same when computed a second, plain way', () => {
  agrees(specTerms());
});

test('any plan comes out the same when computed a second, plain way', () => {
  fc.assert(fc.property(planTerms, agrees), { numRuns: runs(100) });
}, 60_000);
