/** A rep's plan as their reviews see it: when they are held, and how its months stand. */

import { createHash } from 'node:crypto';
import { agreedDays } from '../../activity/day-rules.ts';
import { ACTIVITY_DELIVERY } from '../../activity/delivery-keys.ts';
import { countDays } from '../../activity/pace/counted-days.ts';
import type { PaceTerms } from '../../activity/pace/episode-rules.ts';
import { promisedDates } from '../../activity/pace/lead-days.ts';
import { leadDaysOf, leadsWithin } from '../../activity/pace/lead-rules.ts';
import {
  managerInForce,
  type PlanInForce,
  paceTermsOf,
  planAsAgreed,
  planInForce,
} from '../../activity/plan-in-force.ts';
import { absencesOf, type WorkedDay, workedDaysOfEach } from '../../activity/store.ts';
import { xFactorOn } from '../../actuals/rules.ts';
import {
  type DatedLeads,
  type Deal,
  leadsListedOfEach,
  type OpenPipeline,
  pipelinesAsOf,
  wonOfPlans,
} from '../../actuals/store.ts';
import { remember } from '../../db/remember.ts';
import type { DatedStore, PersonRef, Store } from '../../db/store.ts';
import { sentKeysOfEach } from '../../outbox/sent-keys.ts';
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
import { findVersions, planClosedAt } from '../../plan/store.ts';
import { publicHolidays } from '../../time/holidays.ts';
import { addDays, datesBetween, lastDayOfMonth, monthOf } from '../../time/local-date.ts';
import {
  shareWorked,
  type WorkCalendar,
  workingDates,
  workingDays,
} from '../../time/working-days.ts';
import { zoneOf } from '../../time/zone.ts';
import { type PairSchedule, type ReviewPeriod, spansOf } from '../schedule/rules.ts';
import type { MonthStanding, Scorecard } from '../schemas.ts';
import { type AskedMonth, prepDaysOf, type Review } from '../store.ts';
import type { Baseline, Facts } from './baseline-rules.ts';
import { topicsOf } from './question-rules.ts';
import { monthStanding, scorecard } from './rules.ts';

/** A plan in force with what it is measured by. */
export interface MeasuredPlan extends PlanInForce {
  measured: Measured;
  /** The months that this plan has reviews of: those on which a version of it was in force. */
  spans: ReviewPeriod[];
}

export interface ReviewPlan extends MeasuredPlan {
  manager: Person | null;
  schedule: PairSchedule;
}

/** The rep's plan that counts now, where both have agreed on one that can be computed. */
export async function reviewPlan(store: DatedStore, rep: PersonRef): Promise<ReviewPlan | null> {
  return reviewPlanOf(store, rep, await planInForce(store, rep));
}

async function reviewPlanOf(
  store: Store,
  rep: PersonRef,
  found: PlanInForce | null,
): Promise<ReviewPlan | null> {
  const [plan] = found ? await measuredPlans(store, [found]) : [];
  if (!plan) return null;
  const manager = await managerInForce(store, rep);
  const { reviews } = plan.measured.draft;
  return {
    ...plan,
    manager,
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
  };
}

/** Those of the plans that can be measured. Asks as often for many as for one. */
export async function measuredPlans(
  store: Store,
  plans: readonly PlanInForce[],
): Promise<MeasuredPlan[]> {
  const ids = plans.map(({ work }) => work.versionId);
  const measures = await measuredVersions(store, ids);
  return plans.flatMap((plan) => {
    const measured = measures.get(plan.work.versionId);
    if (!measured) return [];
    const agreedOn = plan.zone.dateAt(plan.work.firstAgreedAt);
    const spans = spansOf(plan.work.period).filter(({ to }) => to >= agreedOn);
    return [{ ...plan, measured, spans }];
  });
}

/** The month that runs at an instant, or the plan's last or first one; null where it has none. */
function currentSpan({ zone, spans }: MeasuredPlan, now: Date): ReviewPeriod | null {
  const month = monthOf(zone.dateAt(now));
  return spans.findLast((span) => span.month <= month) ?? spans[0] ?? null;
}

/** How the month that runs stands, by the rep's user id; asks as often for many plans as for one. */
export async function currentCards(
  store: Store,
  workspaceId: string,
  plans: readonly MeasuredPlan[],
  now: Date,
): Promise<Map<string, { card: MonthStanding; facts: Facts }>> {
  const judged = plans.flatMap((plan) => {
    const span = currentSpan(plan, now);
    return span ? [{ plan, span, today: plan.zone.dateAt(now) }] : [];
  });
  const facts = await factsOfEach(store, workspaceId, judged);
  return new Map(
    judged.flatMap(({ plan, span }) => {
      const own = facts.get(plan.rep.userId);
      const card = own && monthStanding(baselineOf(plan, span), own);
      return card ? [[plan.rep.userId, { card, facts: own }]] : [];
    }),
  );
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
  const { workspaceId, userId } = plan.rep;
  const facts = (await factsOfEach(store, workspaceId, [{ plan, span, today }])).get(userId);
  if (!facts) throw new Error('nothing was read of a plan');
  const card = scorecard(baselineOf(plan, span), facts);
  return { card, topics: topicsOf(card.lines), facts: fingerprint(facts) };
}

const baselineOf = ({ measured, calendar }: MeasuredPlan, { to: end }: ReviewPeriod) =>
  baseline(measured, { calendar, end });

/** By which it is known whether anything was entered since, or the month has ended. */
function fingerprint({ today, ...facts }: Facts): string {
  const known = JSON.stringify([facts, today > facts.span.to]);
  return createHash('sha256').update(known).digest('base64url').slice(0, 16);
}

/** A month of a rep's plan on a local date. */
interface Judged {
  plan: MeasuredPlan;
  span: ReviewPeriod;
  today: string;
}

const throughOf = ({ span, today }: Judged) => (span.to < today ? span.to : addDays(today, -1));

/** What there is of months, by the rep's user id: one of each rep's. */
async function factsOfEach(
  { db }: Store,
  workspaceId: string,
  judged: readonly Judged[],
): Promise<Map<string, Facts>> {
  if (judged.length === 0) return new Map();
  const plans = judged.map(({ plan: { rep, work }, today }) => {
    return { repId: rep.userId, planId: work.planId, date: today };
  });
  const spans = judged.map(({ plan: { rep, work }, span }) => {
    return { userId: rep.userId, from: work.period.start, to: span.to };
  });
  const promised = judged.filter(({ plan }) => plan.work.sdr !== null);
  const [leadsFrom = ''] = promised.map(({ plan }) => plan.work.period.start).sort();
  const leadsTo = promised.map(throughOf).sort().at(-1) ?? '';
  const won = await wonOfPlans(db, workspaceId, plans);
  const pipelines = await pipelinesAsOf(db, workspaceId, plans);
  const leads = await leadsListedOfEach(
    db,
    workspaceId,
    promised.map(({ plan }) => plan.rep.userId),
    leadsFrom,
    leadsTo,
  );
  const known = await workedDaysOfEach(db, workspaceId, spans);
  const asked = await sentKeysOfEach(db, {
    workspaceId,
    people: judged.map(({ plan }) => ({ userId: plan.rep.userId, since: plan.since })),
    kind: ACTIVITY_DELIVERY.checkIn,
    orHeldBack: true,
  });
  return new Map(
    judged.map((one) => {
      const { rep, work } = one.plan;
      const { start } = work.period;
      const entered = work.sdr ? (leads.get(rep.userId) ?? []) : [];
      return [
        rep.userId,
        factsFrom(one, {
          won: (won.get(work.planId) ?? []).filter(({ date }) => start <= date),
          pipeline: pipelines.get(work.planId) ?? null,
          entered: entered.filter(({ date }) => start <= date && date <= throughOf(one)),
          known: known.get(rep.userId) ?? new Map(),
          asked: asked.get(rep.userId) ?? new Set(),
        }),
      ];
    }),
  );
}

/** What was read of a rep. */
interface Entered {
  won: readonly Pick<Deal, 'date' | 'layer' | 'amount'>[];
  pipeline: OpenPipeline | null;
  entered: readonly DatedLeads[];
  /** By date, since the period began. */
  known: ReadonlyMap<string, WorkedDay>;
  asked: ReadonlySet<string>;
}

function factsFrom(judged: Judged, { won, pipeline, entered, known, asked }: Entered): Facts {
  const { plan, span, today } = judged;
  const { calendar, measured, since } = plan;
  const { period } = plan.work;
  const through = throughOf(judged);
  const promised = promisedDates(plan, through);
  const leads = leadDaysOf(plan.work.sdr, plan.work.weights, promised, entered);
  const worked = new Set(workingDates(calendar, span.from, span.to));
  const withTimeOff = workingDays({ ...calendar, timeOff: [] }, span.from, span.to);
  return {
    span,
    currency: measured.draft.currency,
    since,
    today,
    bookings: won.filter(({ date }) => date <= span.to),
    pipeline: pipeline && { asOf: pipeline.date, layers: pipeline.layers },
    leads: leadsWithin(leads, plan.work, { from: span.from, dates: promised }),
    days: countDays(plan, { from: period.start, through, known, asked }),
    leadDays: leads,
    skipped: [...known.values()].filter(
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
const MOST_KNOWN = 2_000;

/** By the version's id; without those that can't be computed. */
async function measuredVersions(
  store: Store,
  versionIds: readonly string[],
): Promise<Map<string, Measured>> {
  const measures = new Map<string, Measured>();
  for (const id of versionIds) {
    const found = known.get(id);
    if (found) measures.set(id, found);
  }
  const versions = await findVersions(
    store,
    versionIds.filter((id) => !measures.has(id)),
  );
  for (const { id, draft } of versions) {
    const measured = measureDraft(draft);
    if (!measured) continue;
    measures.set(id, measured);
    remember(known, id, measured, MOST_KNOWN);
  }
  return measures;
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
    planned: agreedDays({ levels, weights, calendar }),
    workdaysPerWeek: calendar.workdays.length,
    callsPerHour: draft.callsPerHour,
  };
}

/** Of those above 0; 0 where there is none. */
function averageOf(amounts: readonly number[]): number {
  const some = amounts.filter((amount) => amount > 0);
  return some.reduce((sum, amount) => sum + amount, 0) / Math.max(1, some.length);
}
