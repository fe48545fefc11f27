import { describe, expect, test } from 'vitest';
import { planJson } from '../../../src/plan/file/plan-json.ts';
import { computePlan } from '../../../src/plan/model/compute.ts';
import { COMP_PLANS } from '../../support/comp-plans.ts';
import { termsOf } from '../../support/terms.ts';

describe('a comp plan as its letter has it, from a file', () => {
  test.each(COMP_PLANS)('$name', ({ file, expected }) => {
    const { bookings, compensation, guarantee, warnings } = planJson(
      computePlan(termsOf(file)),
      file.currency,
    );
    const { required, quota, target, attainment, components } = expected;
    expect(bookings).toEqual({
      required,
      quota,
      target,
      attainment: expect.closeTo(attainment, 9),
    });
    expect(compensation).toEqual(
      components.map((one) => ({ ...one, attainment: expect.closeTo(one.attainment, 9) })),
    );
    expect(guarantee).toEqual(expected.guarantee);
    expect(warnings.map(({ code }) => code)).toEqual(expected.warnings);
  });
});
