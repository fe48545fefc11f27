import { monthsBetween } from '../../time/local-date.ts';
import type { PlanTerms } from '../schemas.ts';
import { activityFigures } from './activity-figures.ts';
import { bookingsFigures } from './bookings-figures.ts';
import { bookingsOut, type ComputedPlan, layersOut, pipelineOut } from './computed-plan.ts';
import { toMinor } from './exact.ts';
import { explainActivities } from './explain-activities.ts';
import { explainBookings } from './explain-bookings.ts';
import { explainIncome } from './explain-income.ts';
import { explainLayers } from './explain-layers.ts';
import { explainPipeline } from './explain-pipeline.ts';
import { incomeFigures } from './income-figures.ts';
import { layerFigures } from './layer-figures.ts';
import { lifeGoalPayments } from './life-goals.ts';
import { milestones, roundMilestone } from './milestones.ts';
import { pipelineFigures } from './pipeline-figures.ts';
import { goalWarnings, lateWarnings, thinWarning } from './warnings.ts';

/**
 * Computes a complete plan that has passed `checkPlan` (spec "The arithmetic").
 * Throws where the plan has no selling day.
 */
export function computePlan(terms: PlanTerms): ComputedPlan {
  const { goal, compensation, newBusiness, expansion, renewals } = terms;
  const months = monthsBetween(terms.period).length;
  const income = incomeFigures(goal, compensation, months);
  const bookings = bookingsFigures(income, compensation, renewals, expansion);
  const pipeline = pipelineFigures(bookings.target, terms.pipeline, terms.insurance);
  const layers = layerFigures(terms, bookings, terms.pipeline.xFactor, newBusiness);
  const effort = activityFigures(terms, layers);
  const timeline = milestones(terms, layers.newBusiness.target);
  const lifeGoals = lifeGoalPayments(goal, compensation.baseSalary, income.commission, timeline);
  return {
    income: { target: toMinor(income.target), variableNeeded: toMinor(income.variableNeeded) },
    bookings: bookingsOut(income, bookings),
    pipeline: pipelineOut(terms.pipeline.xFactor, pipeline),
    layers: layersOut(layers),
    sellingDays: layers.sellingDays,
    activities: effort.activities,
    baseActivities: effort.baseActivities,
    milestones: timeline.map(roundMilestone),
    lifeGoals,
    warnings: [
      ...goalWarnings(income, bookings),
      ...thinWarning(terms.pipeline, pipeline),
      ...lateWarnings(lifeGoals),
    ],
    explanations: {
      ...explainIncome(income, goal, compensation, months),
      ...explainBookings(bookings, income, compensation),
      ...explainPipeline(pipeline, bookings.target, terms.pipeline, terms.insurance),
      ...explainLayers(layers, terms, bookings, terms.pipeline.xFactor, newBusiness),
      ...explainActivities(effort, terms, layers),
    },
  };
}
