/** The arithmetic as a whole: a complete plan, one in the making, and one as quota alone would have it. */

import { monthsBetween } from '../../time/local-date.ts';
import type { Minor, NewBusiness, PlanTerms } from '../schemas.ts';
import type { Activities } from './activities.ts';
import { leadingComponent } from './bookings.ts';
import { payComponent } from './component-pay.ts';
import type { DayWeights } from './day-weights.ts';
import { exact, toMinor, toNumber } from './exact.ts';
import { explainPlan } from './explain-plan.ts';
import { explainTarget } from './explain-target.ts';
import type { Explanations } from './explanation.ts';
import { incomeTarget } from './income.ts';
import type { LifeGoalPayment } from './life-goals.ts';
import { type Milestone, roundMilestones } from './milestones.ts';
import {
  type PlanFigures,
  planFigures,
  type TargetFigures,
  targetFigures,
} from './plan-figures.ts';
import { planWarnings, targetWarnings, type Warning } from './warnings.ts';

/** A component of the comp plan at plan; money in minor units. */
export interface ComponentOutcome {
  name: string;
  quota: Minor;
  /** What counts towards it. */
  credit: Minor;
  /** A fraction: 1 is 100 %. */
  attainment: number;
  pay: Minor;
}

/** Money in minor units, rounded half up; deals, opportunities, supply and gap unrounded. */
export interface ComputedPlan {
  income: { target: Minor; variableNeeded: Minor };
  /** `quota` and `attainment` are of the component that speaks for the plan; `attainment` is a fraction, 1 = 100 %. */
  bookings: { required: Minor; quota: Minor; target: Minor; attainment: number };
  compensation: ComponentOutcome[];
  pipeline: { xFactor: number; required: Minor; insured: Minor; impliedXFactor: number };
  layers: {
    renewal: { pipeline: Minor; expected: Minor; cut: Minor };
    expansion: { pipeline: Minor; target: Minor };
    newBusiness: {
      pipeline: Minor;
      target: Minor;
      /** What the opening pipeline brings of it. */
      opening: Minor;
      /** What nothing fills, or can't close by the end. */
      uncovered: Minor;
      deals: number;
      opportunities: number;
      sdrSupply: number;
      gap: number;
    };
  };
  guarantee: { total: Minor; topUps: Minor };
  sellingDays: number;
  /** Insured: the agreed ones. */
  activities: Activities;
  /** Without the insurance. */
  baseActivities: Activities;
  milestones: Milestone[];
  lifeGoals: LifeGoalPayment[];
  warnings: Warning[];
  explanations: Explanations;
}

function pipelineOut(xFactor: number, { pipeline }: TargetFigures): ComputedPlan['pipeline'] {
  return {
    xFactor,
    required: toMinor(pipeline.required),
    insured: toMinor(pipeline.insured),
    impliedXFactor: toNumber(pipeline.impliedXFactor),
  };
}

function bookingsOut({ bookings, atPlan }: PlanFigures): ComputedPlan['bookings'] {
  const { leading } = bookings;
  const outcome = atPlan.find(({ component }) => component === leading);
  return {
    required: toMinor(bookings.required),
    quota: toMinor(leading.quota),
    target: toMinor(bookings.target),
    attainment: outcome ? toNumber(outcome.attainment) : 0,
  };
}

function layersOut(figures: PlanFigures, xFactor: number): ComputedPlan['layers'] {
  const { known, needs, uncovered, sdrSupply, leadGap } = figures;
  return {
    renewal: {
      pipeline: toMinor(known.renewalAmounts),
      expected: toMinor(known.renewal),
      cut: toMinor(known.cut),
    },
    expansion: {
      pipeline: toMinor(known.expansion.mul(exact(xFactor))),
      target: toMinor(known.expansion),
    },
    newBusiness: {
      pipeline: toMinor(needs.pipeline),
      target: toMinor(needs.target),
      opening: toMinor(needs.opening),
      uncovered: toMinor(uncovered),
      deals: toNumber(needs.deals),
      opportunities: toNumber(needs.opportunities),
      sdrSupply: toNumber(sdrSupply),
      gap: toNumber(leadGap.gap),
    },
  };
}

/** What a whole plan gives beyond its target. */
function wholePlan(terms: PlanTerms, figures: PlanFigures) {
  return {
    bookings: bookingsOut(figures),
    compensation: figures.atPlan.map(
      ({ component, credit, attainment, pay }): ComponentOutcome => ({
        name: component.name,
        quota: toMinor(component.quota),
        credit: toMinor(credit),
        attainment: toNumber(attainment),
        pay: toMinor(pay),
      }),
    ),
    layers: layersOut(figures, terms.pipeline.xFactor),
    guarantee: {
      total: toMinor(figures.guarantee.total),
      topUps: toMinor(figures.guarantee.topUps),
    },
    sellingDays: figures.weights.sellingDays,
    activities: figures.effort.activities,
    baseActivities: figures.effort.baseActivities,
    milestones: roundMilestones(figures.timeline),
    lifeGoals: figures.lifeGoals,
  };
}

/** Made when it is asked for first: most who compute a plan don't show how it came about. */
function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * Computes a complete plan that has passed `checkPlan` (spec "The arithmetic").
 */
export function computePlan(terms: PlanTerms): ComputedPlan {
  const figures = planFigures(terms);
  const { income } = figures;
  const explained = once(() => explainPlan(figures, terms));
  return {
    income: { target: toMinor(income.target), variableNeeded: toMinor(income.variableNeeded) },
    pipeline: pipelineOut(terms.pipeline.xFactor, figures),
    ...wholePlan(terms, figures),
    warnings: [...targetWarnings(terms, figures), ...planWarnings(terms, figures)],
    get explanations() {
      return explained();
    },
  };
}

/** The sections that a plan in the making may still lack. */
type OpenSection = 'goal' | 'compensation' | 'newBusiness';

/** A plan in the making; each section that is there has passed its checks. */
export type OpenTerms = Omit<PlanTerms, OpenSection> & {
  [Section in OpenSection]: PlanTerms[Section] | null;
};

/** What is known of a plan in the making; null where a section that it needs is missing. */
export interface LiveFigures
  extends Omit<
    { [Key in keyof ComputedPlan]: ComputedPlan[Key] | null },
    'income' | 'warnings' | 'explanations'
  > {
  incomeTarget: Minor | null;
  variableNeeded: Minor | null;
  quota: Minor | null;
  /** What each working day counts for. */
  weights: DayWeights | null;
  warnings: Warning[];
  explanations: Explanations;
}

/** New business while nothing is known of it. */
const UNKNOWN_NEW_BUSINESS: NewBusiness = {
  carried: true,
  averageDealSize: null,
  salesCycleDays: 30,
  sdr: null,
  selfSourcing: { leadIdentification: '', prospecting: '' },
};

/**
 * Computes as much of a plan as its sections allow. Renewals and expansion count as they are so far; before new
 * business is known its default cycle spreads it.
 */
export function liveFigures(open: OpenTerms): LiveFigures {
  const { goal, compensation, newBusiness } = open;
  const live: LiveFigures = {
    incomeTarget: goal && toMinor(incomeTarget(goal)),
    variableNeeded: null,
    quota: compensation && quotaInPlan(open, compensation),
    bookings: null,
    compensation: null,
    pipeline: null,
    layers: null,
    guarantee: null,
    sellingDays: null,
    weights: null,
    activities: null,
    baseActivities: null,
    milestones: null,
    lifeGoals: null,
    warnings: [],
    explanations: {},
  };
  if (!goal || !compensation) return live;

  const terms = { ...open, goal, compensation, newBusiness: newBusiness ?? UNKNOWN_NEW_BUSINESS };
  const target = targetFigures(terms);
  live.variableNeeded = toMinor(target.income.variableNeeded);
  live.pipeline = pipelineOut(terms.pipeline.xFactor, target);
  live.warnings.push(...targetWarnings(terms, target));
  const figures = planFigures(terms, target);
  live.bookings = bookingsOut(figures);
  const isComplete = newBusiness && (newBusiness.averageDealSize !== null || !target.carries);
  if (!isComplete || figures.weights.days.length === 0) {
    live.explanations = explainTarget(target, terms);
    return live;
  }
  live.warnings.push(...planWarnings(terms, figures));
  const explained = once(() => explainPlan(figures, terms));
  return {
    ...live,
    ...wholePlan(terms, figures),
    weights: figures.weights,
    get explanations() {
      return explained();
    },
  };
}

/** The quota in the period of the component that speaks for the plan, in minor units. */
function quotaInPlan({ period }: OpenTerms, { components }: PlanTerms['compensation']): Minor {
  const months = monthsBetween(period);
  return toMinor(leadingComponent(components.map((one) => payComponent(one, months))).quota);
}

/**
 * The plan as quota alone would have it: the target is the quota total (spec step 5 with V = 0), and everything
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
      components: compensation.components.map((component) => ({
        ...component,
        pays: { rate: 0 },
        tiers: [{ from: 0, multiplier: 1, all: false }],
        bonuses: [],
        cap: null,
      })),
      otherPay: [],
      guarantee: null,
    },
  };
}
