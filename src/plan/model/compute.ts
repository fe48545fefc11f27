/** The arithmetic as a whole: a complete plan, one in the making, and one as quota alone would have it. */

import { monthsBetween } from '../../time/local-date.ts';
import { workingDays } from '../../time/working-days.ts';
import type { Minor, PlanTerms } from '../schemas.ts';
import { type Activities, activityFigures, explainActivities } from './activities.ts';
import { type BookingsFigures, bookingsFigures, explainBookings } from './bookings.ts';
import { quotaInPeriod } from './commission.ts';
import { toMinor, toNumber } from './exact.ts';
import type { Explanation, FigureKey } from './explanation.ts';
import { explainIncome, type IncomeFigures, incomeFigures, incomeTarget } from './income.ts';
import { explainLayers, type LayerFigures, layerFigures } from './layer-figures.ts';
import { type LifeGoalPayment, lifeGoalPayments } from './life-goals.ts';
import { type Milestone, milestones, roundMilestone } from './milestones.ts';
import {
  defaultInsurance,
  explainPipeline,
  type PipelineFigures,
  pipelineFigures,
} from './pipeline.ts';
import { goalWarnings, lateWarnings, thinWarning, type Warning } from './warnings.ts';

/** Money in minor units, rounded half up; deals, opportunities, supply and gap unrounded. */
export interface ComputedPlan {
  income: { target: Minor; variableNeeded: Minor };
  /** `quota` is for the period; `attainment` is a fraction, 1 = 100 %. */
  bookings: { required: Minor; quota: Minor; target: Minor; attainment: number };
  pipeline: { xFactor: number; required: Minor; insured: Minor; impliedXFactor: number };
  layers: {
    renewal: { pipeline: Minor; expected: Minor };
    expansion: { pipeline: Minor; target: Minor };
    newBusiness: {
      pipeline: Minor;
      target: Minor;
      deals: number;
      opportunities: number;
      sdrSupply: number;
      gap: number;
    };
  };
  sellingDays: number;
  /** Insured: the agreed ones. */
  activities: Activities;
  /** Without the insurance. */
  baseActivities: Activities;
  milestones: Milestone[];
  lifeGoals: LifeGoalPayment[];
  warnings: Warning[];
  explanations: Record<FigureKey, Explanation>;
}

function bookingsOut(income: IncomeFigures, bookings: BookingsFigures): ComputedPlan['bookings'] {
  return {
    required: toMinor(bookings.required),
    quota: toMinor(income.quota),
    target: toMinor(bookings.target),
    attainment: toNumber(bookings.attainment),
  };
}

function pipelineOut(xFactor: number, pipeline: PipelineFigures): ComputedPlan['pipeline'] {
  return {
    xFactor,
    required: toMinor(pipeline.required),
    insured: toMinor(pipeline.insured),
    impliedXFactor: toNumber(pipeline.impliedXFactor),
  };
}

function layersOut({
  renewal,
  expansion,
  newBusiness,
  sdrSupply,
  leadGap,
}: LayerFigures): ComputedPlan['layers'] {
  return {
    renewal: { pipeline: toMinor(renewal.pipeline), expected: toMinor(renewal.expected) },
    expansion: { pipeline: toMinor(expansion.pipeline), target: toMinor(expansion.target) },
    newBusiness: {
      pipeline: toMinor(newBusiness.pipeline),
      target: toMinor(newBusiness.target),
      deals: toNumber(newBusiness.deals),
      opportunities: toNumber(newBusiness.opportunities),
      sdrSupply: toNumber(sdrSupply),
      gap: toNumber(leadGap.gap),
    },
  };
}

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

/**
 * The plan as quota alone would have it: the target is Q + U (spec step 5 with V = 0), and everything
 * that follows from the target follows from that. Neither the goal nor what the rep earns is in it, so
 * whoever sees figures of it learns nothing about either.
 */
export function atQuota(terms: OpenTerms): OpenTerms {
  const { compensation } = terms;
  return {
    ...terms,
    goal: { income: 0, livingCosts: null, lifeGoals: [] },
    compensation: compensation && {
      baseSalary: 0,
      quota: compensation.quota,
      quotaCredit: compensation.quotaCredit,
      ramp: compensation.ramp,
      rates: { renewal: 0, expansion: 0, newBusiness: 0 },
      tiers: [{ from: 0, multiplier: 1 }],
      cap: null,
    },
  };
}
