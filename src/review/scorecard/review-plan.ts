/** A rep's plan as their reviews see it: when they are held, and how its months stand. */

import { createHash } from 'node:crypto';
import { dayPlans } from '../../activity/day-rules.ts';
import { countedDays } from '../../activity/pace/counted-days.ts';
import type { PaceTerms } from '../../activity/pace/episode-rules.ts';
import { leadDays } from '../../activity/pace/lead-days.ts';
import { leadsWithin } from '../../activity/pace/lead-rules.ts';
import {
  managerInForce,
  type PlanInForce,
  paceTermsOf,
  planAsAgreed,
  planInForce,
} from '../../activity/plan-in-force.ts';
import { absencesOf, loggedDays } from '../../activity/store.ts';
import { xFactorOn } from '../../actuals/rules.ts';
import { dealsOf, pipelineAsOf } from '../../actuals/store.ts';
import type { DatedStore, PersonRef, Store } from '../../db/store.ts';
import { type Person, workspaceOf } from '../../people/store.ts';
import { type PlanDraft, termsOf } from '../../plan/draft.ts';
import type { Activities } from '../../plan/model/activities.ts';
import { agreedActivities } from '../../plan/model/agreed-levels.ts';
import { atQuota, liveFigures } from '../../plan/model/compute.ts';
import type { DayWeights } from '../../plan/model/day-weights.ts';
import { toNumber } from '../../plan/model/exact.ts';
import { demoToWon } from '../../plan/model/funnel.ts';
import { carriesNewBusiness } from '../../plan/model/known-layers.ts';
import type { Milestone } from '../../plan/model/milestones.ts';
import { plansOfRep } from '../../plan/round/store.ts';
import type { PlanTerms } from '../../plan/schemas.ts';
import { findVersion, planClosedAt } from '../../plan/store.ts';
import { publicHolidays } from '../../time/holidays.ts';
import { addDays, datesBetween, lastDayOfMonth } from '../../time/local-date.ts';
import {
  shareWorked,
  type WorkCalendar,
  workingDates,
  workingDays,
} from '../../time/working-days.ts';
import { zoneOf } from '../../time/zone.ts';
import { type PairSchedule, type ReviewPeriod, spansOf } from '../schedule/rules.ts';
import type { Scorecard } from '../schemas.ts';
import { type AskedMonth, prepDaysOf, type Review } from '../store.ts';
import type { Baseline, Facts } from './baseline-rules.ts';
import { topicsOf } from './question-rules.ts';
import { scorecard } from './rules.ts';

export interface ReviewPlan extends PlanInForce {
  manager: Person | null;
  schedule: PairSchedule;
  measured: Measured;
  /** The months that this plan has reviews of: those on which a version of it was in force. */
  spans: ReviewPeriod[];
}

/** The rep's plan that counts now, where both have agreed on one that can be computed. */
export async function reviewPlan(store: DatedStore, rep: PersonRef): Promise<ReviewPlan | null> {
  return reviewPlanOf(store, rep, await planInForce(store, rep));
}

async function reviewPlanOf(
  store: Store,
  rep: PersonRef,
  plan: PlanInForce | null,
): Promise<ReviewPlan | null> {
  const measured = plan && (await measuredVersion(store, plan.work.versionId));
  if (!measured) return null;
  const manager = await managerInForce(store, rep);
  const { reviews } = measured.draft;
  return {
    ...plan,
    manager,
    measured,
    schedule: {
      reviews,
      zone: plan.zone,
      calendar: beyondTheEnd(plan),
      manager: manager && {
        zone: zoneOf(manager.timeZone),
        calendar: await managerDays(store, plan, manager),
      },
      week: plan.work.week,
      prepDays: await prepDaysOf(store.db, rep),
    },
    spans: spansOf(plan.work.period).filter(
      ({ to }) => to >= plan.zone.dateAt(plan.work.firstAgreedAt),
    ),
  };
}

/**
 * The plan that a review belongs to: the one in force, or one that was closed in its last month or later,
 * since that month is judged when the next plan has begun. Null: it ended before, and its reviews with it.
 */
export async function planOfReview(
  store: Store,
  { workspaceId, repId: userId, planId }: Pick<Review, 'workspaceId' | 'repId' | 'planId'>,
): Promise<ReviewPlan | null> {
  const rep = { workspaceId, userId };
  const plan = await reviewPlanOf(store, rep, await planAsAgreed(store, rep, planId));
  const closedAt = plan && (await planClosedAt(store.db, planId));
  if (!closedAt) return plan;
  const last = plan.spans.at(-1);
  return last && plan.zone.dateAt(closedAt) >= `${last.month}-01`
    ? { ...plan, spans: [last] }
    : null;
}

/** How long ago a plan may have ended, or been closed, whose last months are still to be judged. */
const ENDING_DAYS = 90;

/**
 * The rep's other plans that have months to be judged beside those of the current one, and none of its months:
 * one that has ended or was closed in its last month, and one that is signed and yet to begin.
 */
export async function otherPlans(
  store: Store,
  rep: PersonRef,
  current: ReviewPlan | null,
  now: Date,
): Promise<ReviewPlan[]> {
  const since = addDays(now.toISOString().slice(0, 10), -ENDING_DAYS);
  const months = new Set(current?.spans.map(({ month }) => month));
  const found: ReviewPlan[] = [];
  for (const { id, signed, closedOn } of await plansOfRep(store.db, rep)) {
    if (!signed || id === current?.work.planId || (closedOn ?? signed.period.end) < since) continue;
    const { workspaceId, userId: repId } = rep;
    const plan = await planOfReview(store, { workspaceId, repId, planId: id });
    if (plan?.spans.every(({ month }) => !months.has(month))) found.push(plan);
  }
  return found;
}

/** The last month is judged after the period, of which the plan's calendar knows no holidays. */
function beyondTheEnd({ calendar, work }: PlanInForce): WorkCalendar {
  const { country, region } = work.calendar;
  const { end } = work.period;
  const after = publicHolidays({ country, region }, addDays(end, 1), lastDayOfMonth(end, 2));
  return { ...calendar, holidays: [...calendar.holidays, ...after] };
}

/** The days on which a manager can meet: the plan's workdays, without their own time off. */
async function managerDays(
  { db }: Store,
  { work }: PlanInForce,
  manager: Person,
): Promise<WorkCalendar> {
  const { companyDays, country, region } = await workspaceOf(db, manager.workspaceId);
  const { start, end } = work.period;
  return {
    workdays: work.calendar.workdays,
    holidays: [
      ...publicHolidays({ country, region }, start, lastDayOfMonth(end, 2)),
      ...companyDays.flatMap(({ from, to }) => datesBetween(from, to)),
    ],
    timeOff: await absencesOf(db, manager, start),
  };
}

/** How a month stands. `today` is the rep's local date. */
export async function cardNow(
  store: Store,
  plan: ReviewPlan,
  span: ReviewPeriod,
  today: string,
): Promise<Scorecard> {
  return (await askedNow(store, plan, span, today)).card;
}

/** A month as the rep is asked about it now. */
export async function askedNow(
  store: Store,
  plan: ReviewPlan,
  span: ReviewPeriod,
  today: string,
): Promise<AskedMonth> {
  const { measured, calendar } = plan;
  const facts = await factsOf(store, plan, span, today);
  const card = scorecard(baseline(measured, { calendar, end: span.to }), facts);
  return { card, topics: topicsOf(card.lines), facts: fingerprint(facts) };
}

/** By which it is known whether anything was entered since, or the month has ended. */
function fingerprint({ today, ...facts }: Facts): string {
  const known = JSON.stringify([facts, today > facts.span.to]);
  return createHash('sha256').update(known).digest('base64url').slice(0, 16);
}

async function factsOf(
  store: Store,
  plan: ReviewPlan,
  span: ReviewPeriod,
  today: string,
): Promise<Facts> {
  const { rep, calendar, measured, since } = plan;
  const { planId, period } = plan.work;
  const through = span.to < today ? span.to : addDays(today, -1);
  const deals = await dealsOf(store.db, rep, period.start, span.to);
  const pipeline = await pipelineAsOf(store.db, rep, planId, today);
  const leads = await leadDays(store, plan, through);
  const inSpan = await loggedDays(store, rep, span.from, span.to);
  const worked = new Set(workingDates(calendar, span.from, span.to));
  const withTimeOff = workingDays({ ...calendar, timeOff: [] }, span.from, span.to);
  return {
    span,
    currency: measured.draft.currency,
    since,
    today,
    bookings: deals
      .filter((deal) => deal.outcome === 'won' && deal.planId === planId)
      .map(({ date, layer, amount }) => ({ date, layer, amount })),
    pipeline: pipeline && { asOf: pipeline.date, layers: pipeline.layers },
    leads: leadsWithin(leads, plan.work, {
      from: span.from,
      dates: workingDates({ ...calendar, timeOff: [] }, plan.since, through),
    }),
    days: await countedDays(store, plan, { from: period.start, through }),
    leadDays: leads,
    skipped: [...inSpan.values()].filter(
      ({ date, state }) => state === 'skipped' && worked.has(date),
    ).length,
    away: withTimeOff - [...worked].reduce((sum, date) => sum + shareWorked(calendar, date), 0),
  };
}

/**
 * An agreed version as it is measured: as quota alone would have it, so that the pair reads what their
 * channel does (see plan/model/compute.ts). It never changes, so it is worked out once.
 */
export interface Measured {
  draft: PlanDraft;
  /** The draft with what has a default at it: it holds personal targets. */
  terms: PlanTerms;
  milestones: Milestone[];
  levels: Activities;
  /** Without the insurance. */
  baseLevels: Activities;
  weights: DayWeights;
  stages: PaceTerms;
  /** Whether the rep's own target is another than quota's: for the pair alone to know. */
  hasOwnTarget: boolean;
}

const known = new Map<string, Measured>();
const MOST_KNOWN = 500;

/** Null where the version can't be computed. */
async function measuredVersion(store: Store, versionId: string): Promise<Measured | null> {
  const found = known.get(versionId);
  if (found) return found;
  const version = await findVersion(store, versionId);
  const measured = version && measureDraft(version.draft);
  if (!measured) return null;
  const [oldest] = known.keys();
  if (known.size >= MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  known.set(versionId, measured);
  return measured;
}

/** Null where the draft can't be computed. */
export function measureDraft(draft: PlanDraft): Measured | null {
  const terms = termsOf(draft);
  if (!terms) return null;
  const live = liveFigures(atQuota(terms));
  const levels = agreedActivities(draft, live);
  const { milestones, baseActivities: baseLevels, weights, layers } = live;
  if (!levels || !milestones || !baseLevels || !weights || !layers) return null;
  const hasOwnTarget = liveFigures(terms).bookings?.target !== live.bookings?.target;
  const stages = paceTermsOf({ ...draft, layers, weights });
  return { draft, terms, milestones, levels, baseLevels, weights, stages, hasOwnTarget };
}

/** A measure as the rules read it, on the days that are worked by now, for a span that ends on `end`. */
export function baseline(
  measured: Measured,
  { calendar, end }: { calendar: WorkCalendar; end: string },
): Baseline {
  const { terms, draft, milestones, levels, baseLevels, weights, stages } = measured;
  const { funnel, newBusiness } = terms;
  const isCut = carriesNewBusiness(terms);
  return {
    milestones,
    levels,
    baseLevels,
    daysPerMonth: toNumber(weights.daysPerMonth),
    renewals: terms.renewals.map(({ date, amount, likelihood, pressureTested }) => {
      return { date, amount, likelihood, counted: isCut ? pressureTested : likelihood };
    }),
    stages,
    xFactor: xFactorOn(end, terms),
    dealSize: {
      expansion: averageOf(terms.expansion.map(({ target }) => target)),
      newBusiness: newBusiness.averageDealSize ?? 0,
    },
    demoToWon: toNumber(demoToWon(funnel)),
    salesCycleDays: newBusiness.salesCycleDays,
    planned: dayPlans({ levels, weights, calendar }),
    workdaysPerWeek: calendar.workdays.length,
    callsPerHour: draft.callsPerHour,
  };
}

/** Of those above 0; 0 where there is none. */
function averageOf(amounts: readonly number[]): number {
  const some = amounts.filter((amount) => amount > 0);
  return some.reduce((sum, amount) => sum + amount, 0) / Math.max(1, some.length);
}
