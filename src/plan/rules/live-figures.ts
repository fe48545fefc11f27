import { monthsBetween } from '../../time/local-date.ts';
import { workingDays } from '../../time/working-days.ts';
import type { Minor, PlanTerms } from '../schemas.ts';
import type { Activities } from './activities.ts';
import { activityFigures } from './activity-figures.ts';
import { bookingsFigures } from './bookings-figures.ts';
import { bookingsOut, type ComputedPlan, layersOut, pipelineOut } from './computed-plan.ts';
import { toMinor } from './exact.ts';
import { explainActivities } from './explain-activities.ts';
import { explainBookings } from './explain-bookings.ts';
import { explainIncome } from './explain-income.ts';
import { explainLayers } from './explain-layers.ts';
import { explainPipeline } from './explain-pipeline.ts';
import type { Explanation, FigureKey } from './explanation.ts';
import { incomeTarget } from './goal.ts';
import { incomeFigures } from './income-figures.ts';
import { defaultInsurance } from './insurance.ts';
import { layerFigures } from './layer-figures.ts';
import { type LifeGoalPayment, lifeGoalPayments } from './life-goals.ts';
import { type Milestone, milestones, roundMilestone } from './milestones.ts';
import { pipelineFigures } from './pipeline-figures.ts';
import { quotaInPeriod } from './quota.ts';
import { goalWarnings, lateWarnings, thinWarning, type Warning } from './warnings.ts';

/** The sections that a plan in the making may still lack. */
type OpenSection = 'goal' | 'compensation' | 'pipeline' | 'newBusiness' | 'insurance';

/** A plan in the making; each section that is there has passed its checks. */
export type OpenTerms = Omit<PlanTerms, OpenSection> & {
  [Section in OpenSection]: PlanTerms[Section] | null;
};

/** What is known of a plan in the making; null where a section that it needs is missing. */
export interface LiveFigures {
  incomeTarget: Minor | null;
  variableNeeded: Minor | null;
  quota: Minor | null;
  bookings: ComputedPlan['bookings'] | null;
  pipeline: ComputedPlan['pipeline'] | null;
  layers: ComputedPlan['layers'] | null;
  /** 0 where no selling day is left. */
  sellingDays: number | null;
  activities: Activities | null;
  baseActivities: Activities | null;
  milestones: Milestone[] | null;
  lifeGoals: LifeGoalPayment[] | null;
  warnings: Warning[];
  explanations: Partial<Record<FigureKey, Explanation>>;
}

/**
 * Computes as much of a plan as its sections allow. Missing insurance stands at its default;
 * renewals and expansion count as they are so far.
 */
export function liveFigures(terms: OpenTerms): LiveFigures {
  const { period, calendar, goal, compensation, pipeline, newBusiness } = terms;
  const months = monthsBetween(period).length;
  const live: LiveFigures = {
    incomeTarget: goal && toMinor(incomeTarget(goal)),
    variableNeeded: null,
    quota: compensation && toMinor(quotaInPeriod(compensation, months)),
    bookings: null,
    pipeline: null,
    layers: null,
    sellingDays: null,
    activities: null,
    baseActivities: null,
    milestones: null,
    lifeGoals: null,
    warnings: [],
    explanations: {},
  };
  if (!goal || !compensation) return live;

  const income = incomeFigures(goal, compensation, months);
  const bookings = bookingsFigures(income, compensation, terms.renewals, terms.expansion);
  live.variableNeeded = toMinor(income.variableNeeded);
  live.bookings = bookingsOut(income, bookings);
  live.warnings.push(...goalWarnings(income, bookings));
  Object.assign(
    live.explanations,
    explainIncome(income, goal, compensation, months),
    explainBookings(bookings, income, compensation),
  );
  if (!pipeline) return live;

  const insurance = terms.insurance ?? defaultInsurance(period, pipeline.xFactor);
  const headline = pipelineFigures(bookings.target, pipeline, insurance);
  live.pipeline = pipelineOut(pipeline.xFactor, headline);
  live.warnings.push(...thinWarning(pipeline, headline));
  Object.assign(live.explanations, explainPipeline(headline, bookings.target, pipeline, insurance));
  if (!newBusiness || workingDays(calendar, period.start, period.end) === 0) return live;

  const complete = { ...terms, goal, compensation, pipeline, newBusiness, insurance };
  const layers = layerFigures(complete, bookings, pipeline.xFactor, newBusiness);
  const timeline = milestones(complete, layers.newBusiness.target);
  live.layers = layersOut(layers);
  live.sellingDays = layers.sellingDays;
  live.milestones = timeline.map(roundMilestone);
  live.lifeGoals = lifeGoalPayments(goal, compensation.baseSalary, income.commission, timeline);
  live.warnings.push(...lateWarnings(live.lifeGoals));
  Object.assign(
    live.explanations,
    explainLayers(layers, terms, bookings, pipeline.xFactor, newBusiness),
  );
  if (layers.sellingDays === 0) return live;

  const effort = activityFigures(complete, layers);
  live.activities = effort.activities;
  live.baseActivities = effort.baseActivities;
  Object.assign(live.explanations, explainActivities(effort, complete, layers));
  return live;
}
