/** All steps of the arithmetic on one plan, exact: what is printed, warned of and explained comes from here. */
import { type Month, monthsBetween } from '../../time/local-date.ts';
import type { PlanTerms } from '../schemas.ts';
import { type ActivityFigures, activityFigures } from './activities.ts';
import { type BookingsFigures, bookingsFigures } from './bookings.ts';
import { creditBySpan, earnedByMonth, type PayComponent, payComponent } from './component-pay.ts';
import { type DayWeights, dayWeights } from './day-weights.ts';
import { type Exact, exact, max, ONE, sum, ZERO } from './exact.ts';
import { type GuaranteeFigures, guaranteed } from './guarantee.ts';
import { type IncomeFigures, incomeFigures } from './income.ts';
import { carriesNewBusiness, type KnownLayers, knownLayers } from './known-layers.ts';
import { type LifeGoalPayment, lifeGoalPayments } from './life-goals.ts';
import {
  bookedInMonths,
  type ExactMilestone,
  milestones,
  type Wins,
  winsByMonth,
} from './milestones.ts';
import {
  type LeadGap,
  leadGap,
  type NewBusinessNeeds,
  newBusinessNeeds,
  sdrSupply,
  uncovered,
} from './new-business.ts';
import { type PipelineFigures, pipelineFigures } from './pipeline.ts';

/** A component at plan; money in minor units. */
export interface ComponentAtPlan {
  component: PayComponent;
  /** What counts towards its quota in each of its quota periods. */
  credits: Exact[];
  credit: Exact;
  /** Credit ÷ Q_c. */
  attainment: Exact;
  /** After its cap. */
  pay: Exact;
}

/** Steps 1 to 6: what the goal and the comp plan ask for. Money in minor units. */
export interface TargetFigures {
  months: Month[];
  /** Whether there is new business to fill with. */
  carries: boolean;
  income: IncomeFigures;
  components: PayComponent[];
  weights: DayWeights;
  wins: Wins;
  known: KnownLayers;
  bookings: BookingsFigures;
  pipeline: PipelineFigures;
}

/** All steps. Money in minor units. */
export interface PlanFigures extends TargetFigures {
  needs: NewBusinessNeeds;
  /** What nothing fills, or can't close by the end. */
  uncovered: Exact;
  sdrSupply: Exact;
  leadGap: LeadGap;
  timeline: ExactMilestone[];
  atPlan: ComponentAtPlan[];
  guarantee: GuaranteeFigures;
  lifeGoals: LifeGoalPayment[];
  effort: ActivityFigures;
}

export function targetFigures(terms: PlanTerms): TargetFigures {
  const { period, calendar, goal, compensation, newBusiness } = terms;
  const months = monthsBetween(period);
  const carries = carriesNewBusiness(terms);
  const income = incomeFigures(goal, compensation, months.length);
  const components = compensation.components.map((component) => payComponent(component, months));
  const ramped = compensation.components.find(({ credits }) => credits.includes('newBusiness'));
  const weights = dayWeights(period, calendar, newBusiness.salesCycleDays, ramped?.ramp ?? null);
  const wins = winsByMonth(months, weights);
  const known = knownLayers(terms, carries, months);
  const bookings = bookingsFigures(income, components, { known, shares: wins.shares, carries });
  return {
    months,
    carries,
    income,
    components,
    weights,
    wins,
    known,
    bookings,
    pipeline: pipelineFigures(bookings.target, known, terms.pipeline, terms.insurance),
  };
}

/** Needs a working day in the period, and a deal size where new business is carried. */
export function planFigures(terms: PlanTerms, target = targetFigures(terms)): PlanFigures {
  const { months, carries, components, weights, wins, known, bookings } = target;
  const { goal, compensation, newBusiness } = terms;
  const { salesCycleDays } = newBusiness;
  const open = carries ? max(ZERO, bookings.target.sub(known.renewal).sub(known.expansion)) : ZERO;
  const needs = newBusinessNeeds(open, terms, terms.pipeline.xFactor);
  const supply = sdrSupply(newBusiness.sdr, weights);
  const timeline = milestones(terms, { months, known, needs, weights, wins, salesCycleDays });
  const booked = bookedInMonths(timeline);
  const earned = components.map((component) => earnedByMonth(component, booked));
  const earnedBy = months.map((_, month) => sum(earned.map((each) => each[month] ?? ZERO)));
  const guarantee = guaranteed(compensation.guarantee, earnedBy);
  return {
    ...target,
    needs,
    uncovered: carries
      ? needs.toCreate.mul(ONE.sub(wins.created.at(-1) ?? ZERO))
      : uncovered(components, booked),
    sdrSupply: supply,
    leadGap: leadGap(needs.opportunities, supply),
    timeline,
    atPlan: components.map((component, index) => {
      const credits = creditBySpan(component, booked);
      const credit = sum(credits);
      return {
        component,
        credits,
        credit,
        attainment: component.quota.equals(0) ? exact(0) : credit.div(component.quota),
        pay: earned[index]?.at(-1) ?? ZERO,
      };
    }),
    guarantee,
    lifeGoals: lifeGoalPayments(goal, compensation, months, guarantee.paidBy, terms.currency),
    effort: activityFigures(terms, { needs, supply, weights, carries }),
  };
}
