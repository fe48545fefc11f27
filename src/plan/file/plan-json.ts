/** A computed plan as the `compute` script prints it: money in major units. */

import type { Activities } from '../model/activities.ts';
import type { ComputedPlan } from '../model/compute.ts';
import { currencyDigits } from '../model/currencies.ts';
import { mapLayers } from '../model/layers.ts';
import type { LayersWithTotal } from '../model/milestones.ts';
import { majorText } from '../model/money.ts';
import { warningText } from '../reading/warning-text.ts';
import { ACTIVITIES, type Minor } from '../schemas.ts';

/** The levels without their exact value, which only the arithmetic reads. */
function printedLevels(levels: Activities) {
  return Object.fromEntries(
    ACTIVITIES.map((activity) => {
      const { exact: _, ...printed } = levels[activity];
      return [activity, printed];
    }),
  );
}

/** The spec's output keys, ready for `JSON.stringify`. */
export function planJson(plan: ComputedPlan, currency: string) {
  const digits = currencyDigits(currency);
  const major = (minor: Minor) => Number(majorText(minor, digits));
  const withTotal = (layers: LayersWithTotal) => ({
    total: major(layers.total),
    ...mapLayers(layers, major),
  });
  const { income, bookings, pipeline, layers, guarantee } = plan;
  return {
    income: { target: major(income.target), variableNeeded: major(income.variableNeeded) },
    bookings: {
      required: major(bookings.required),
      quota: major(bookings.quota),
      target: major(bookings.target),
      attainment: bookings.attainment,
    },
    compensation: plan.compensation.map(({ name, quota, credit, attainment, pay }) => ({
      name,
      quota: major(quota),
      credit: major(credit),
      attainment,
      pay: major(pay),
    })),
    pipeline: {
      xFactor: pipeline.xFactor,
      required: major(pipeline.required),
      insured: major(pipeline.insured),
      impliedXFactor: pipeline.impliedXFactor,
    },
    layers: {
      renewal: {
        pipeline: major(layers.renewal.pipeline),
        expected: major(layers.renewal.expected),
        cut: major(layers.renewal.cut),
      },
      expansion: {
        pipeline: major(layers.expansion.pipeline),
        target: major(layers.expansion.target),
      },
      newBusiness: {
        ...layers.newBusiness,
        pipeline: major(layers.newBusiness.pipeline),
        target: major(layers.newBusiness.target),
        opening: major(layers.newBusiness.opening),
        uncovered: major(layers.newBusiness.uncovered),
      },
    },
    guarantee: { total: major(guarantee.total), topUps: major(guarantee.topUps) },
    sellingDays: plan.sellingDays,
    activities: printedLevels(plan.activities),
    baseActivities: printedLevels(plan.baseActivities),
    milestones: plan.milestones.map((milestone) => ({
      month: milestone.month,
      bookings: withTotal(milestone.bookings),
      qualifiedPipeline: withTotal(milestone.qualifiedPipeline),
    })),
    warnings: plan.warnings.map((warning) => ({
      code: warning.code,
      message: warningText(warning, { locale: 'en-US', currency, digits }),
    })),
  };
}
