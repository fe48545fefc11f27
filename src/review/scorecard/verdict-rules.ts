/**
 * Whether a KPI holds, is short by what chance does, or is missed (spec *Fair measure*). The chances and
 * their levels are those of activity/pace/chance-rules.ts, the one place that knows them.
 */
import {
  chanceOfAtMost,
  DEALS_LEVEL,
  dealsChance,
  MONTH_LEVEL,
  renewalsChance,
} from '../../activity/pace/chance-rules.ts';
import type { LeadDays } from '../../activity/pace/lead-rules.ts';
import { type CountedDay, isLogged, noiseOf, paceOf } from '../../activity/pace/pace-rules.ts';
import { STAGES, stageRates } from '../../activity/pace/stage-rate-rules.ts';
import { coverage, sumsOf } from '../../actuals/rules.ts';
import type { Layers } from '../../plan/model/layers.ts';
import type { Milestone } from '../../plan/model/milestones.ts';
import type { Activity } from '../../plan/schemas.ts';
import { addDays, monthOf } from '../../time/local-date.ts';
import type { ReviewPeriod } from '../schedule/rules.ts';
import type { Kpi, KpiLine, Scorecard } from '../schemas.ts';
import type { Baseline, BaselineRenewal, Facts } from './baseline-rules.ts';

/** A line that nothing is known of beyond its two figures. */
function unjudged(kpi: Kpi, actual: number | null, target: number | null): KpiLine {
  return {
    kpi,
    actual,
    target,
    verdict: 'unknown',
    tries: null,
    chance: null,
    cut: null,
    soFar: null,
  };
}

/** Met from the target on; below it a chance of at most `level` is a miss. */
function judged(
  kpi: Kpi,
  { actual, target, level }: { actual: number; target: number; level: number },
  chanceOf: () => number,
): KpiLine {
  const line = unjudged(kpi, actual, target);
  if (actual >= target) return { ...line, verdict: 'met' };
  const chance = chanceOf();
  return { ...line, verdict: chance <= level ? 'missed' : 'short', chance };
}

// ── Bookings ─────────────────────────────────────────────────────────────────────────────────────

/** What is due by a date, minor units: by layer as the milestones count it, and in all. */
export interface Due extends Layers<number> {
  total: number;
}

const NONE: Due = { renewal: 0, expansion: 0, newBusiness: 0, total: 0 };

/**
 * The bookings that are due at a span's end: its month's milestone. Where that isn't over, the milestone
 * of the month before, the renewals whose dates have passed since, and of new business the share of the
 * month's working days that have passed. Expansion falls due at month ends.
 */
export function dueAt(baseline: Baseline, month: string, asOf: string | null): Due {
  const { milestones, planned, renewals } = baseline;
  const index = milestones.findIndex((one) => one.month === month);
  const due = milestones[index]?.bookings ?? NONE;
  if (asOf === null) return due;
  const before = milestones[index - 1]?.bookings ?? NONE;
  const dates = [...planned.keys()].filter((date) => monthOf(date) === month);
  const passed = dates.filter((date) => date <= asOf).length / Math.max(1, dates.length);
  const fallen = renewals
    .filter(({ date }) => monthOf(date) === month && date <= asOf)
    .reduce((sum, { amount, counted }) => sum + amount * counted, 0);
  const layers = {
    renewal: Math.min(due.renewal, before.renewal + Math.round(fallen)),
    expansion: before.expansion,
    newBusiness: Math.round(
      before.newBusiness + (due.newBusiness - before.newBusiness) * Math.min(1, passed),
    ),
  };
  return { ...layers, total: layers.renewal + layers.expansion + layers.newBusiness };
}

/** At a quarter's end and the period's, what lacks more than a tenth is missed, whatever the chance. */
const QUARTER_SHARE = 0.9;

/**
 * All bookings and those of each layer. Renewals are measured by what was agreed (amount × likelihood) and
 * judged by the exact chance; the rest in deals.
 */
export function bookingLines(baseline: Baseline, facts: Facts, due: Due): KpiLine[] {
  const { span, today } = facts;
  const isOver = today > span.to;
  const until = isOver ? span.to : addDays(today, -1);
  const booked = sumsOf(facts.bookings.filter(({ date }) => date <= span.to));
  const total = booked.renewal + booked.expansion + booked.newBusiness;
  const renewals = baseline.renewals.filter(({ date }) => date <= until);
  const agreed = renewals.reduce((sum, { amount, likelihood }) => sum + amount * likelihood, 0);
  const isQuarterEnd = isOver && span.quarter !== null;

  const line = (kpi: Kpi, actual: number, target: number, chanceOf: () => number): KpiLine => {
    if (target <= 0) return unjudged(kpi, actual, target);
    const found = judged(kpi, { actual, target, level: DEALS_LEVEL }, chanceOf);
    const isFar = isQuarterEnd && actual < QUARTER_SHARE * target;
    return isFar ? { ...found, verdict: 'missed' } : found;
  };
  const inDeals = (kpi: 'expansion' | 'newBusiness') =>
    line(kpi, booked[kpi], due[kpi], () =>
      chanceInDeals(booked[kpi], due[kpi], baseline.dealSize[kpi]),
    );
  return [
    line('bookings', total, due.total, () =>
      chanceInDeals(total, due.total, likeDeal(baseline, due, renewals)),
    ),
    {
      ...line('renewal', booked.renewal, Math.round(agreed), () =>
        renewalsChance(renewals, booked.renewal),
      ),
      cut: due.renewal,
    },
    inDeals('expansion'),
    inDeals('newBusiness'),
  ];
}

/** Without a deal to go by, nothing is left to chance. */
function chanceInDeals(actual: number, target: number, dealSize: number): number {
  return dealSize > 0 ? dealsChance(actual, target, dealSize) : 0;
}

/**
 * The size of a deal of which as many as are due in all would vary as much: variance ÷ mean of deals
 * (Poisson: each size × what is due in it) and renewals (Bernoulli: amount² × p × (1 − p)) together.
 */
function likeDeal({ dealSize }: Baseline, due: Due, renewals: readonly BaselineRenewal[]): number {
  const ofDeals = due.newBusiness * dealSize.newBusiness + due.expansion * dealSize.expansion;
  const ofRenewals = renewals.reduce(
    (sum, { amount, counted }) => sum + amount * amount * counted * (1 - counted),
    0,
  );
  return due.total > 0 ? (ofDeals + ofRenewals) / due.total : 0;
}

// ── Coverage and leads ───────────────────────────────────────────────────────────────────────────

/** What was said of the pipeline so long ago says nothing about the month. */
const STALE_DAYS = 45;

/** Whether what was said on a local date tells of a span that ends on `to`. */
export const isLately = (date: string, to: string): boolean => date >= addDays(to, -STALE_DAYS);

/** The pipeline as it was said lately; null: nothing was. */
function freshPipeline({
  pipeline,
  span,
}: {
  pipeline: Facts['pipeline'];
  span: Pick<ReviewPeriod, 'to'>;
}): Layers<number | null> | null {
  return pipeline && isLately(pipeline.asOf, span.to) ? pipeline.layers : null;
}

/** The milestone whose pipeline is asked for: the month's, or the one before while that isn't over. */
export function askedMilestone(
  milestones: readonly Milestone[],
  month: string,
  asOf: string | null,
): Milestone | null {
  return (
    milestones.findLast((one) => (asOf === null ? one.month <= month : one.month < month)) ?? null
  );
}

/**
 * Qualified pipeline as a multiple (see actuals/rules.ts), judged in deals. Met where none is asked, as
 * when nothing is left to win; unknown where none was said, without a target where none is asked for yet.
 */
export function coverageLine(
  { milestones, xFactor, dealSize }: Baseline,
  facts: Facts,
  asOf: string | null,
): KpiLine {
  const asked = askedMilestone(milestones, facts.span.month, asOf)?.qualifiedPipeline;
  const line = unjudged('coverage', null, xFactor);
  if (!asked) return { ...line, target: null };
  if (asked.expansion + asked.newBusiness <= 0) return { ...line, verdict: 'met' };
  const { whole } = coverage({ pipeline: freshPipeline(facts), asked, xFactor });
  if (whole.pipeline === null || whole.factor === null) return line;
  const { pipeline, factor } = whole;
  // Of all that is asked, as in `likeDeal`: a layer that wasn't said changes no deal's size.
  const size =
    (asked.expansion * dealSize.expansion + asked.newBusiness * dealSize.newBusiness) /
    (asked.expansion + asked.newBusiness);
  const found = judged(
    'coverage',
    { actual: pipeline, target: whole.asked, level: DEALS_LEVEL },
    () => chanceInDeals(pipeline, whole.asked, size),
  );
  return { ...found, actual: factor, target: xFactor };
}

/** Leads that came of those promised. Whoever brings them is no rep: their count is Poisson's. */
export function leadsLine(leads: Scorecard['leads']): KpiLine {
  if (!leads) return unjudged('leads', null, null);
  const { known, inbound, outbound } = leads;
  const promised = inbound.promised + outbound.promised;
  if (!known || promised <= 0) return unjudged('leads', null, promised);
  const received = inbound.received + outbound.received;
  return judged('leads', { actual: received, target: promised, level: MONTH_LEVEL }, () =>
    chanceOfAtMost(received, promised, 1),
  );
}

// ── Activities and stages ────────────────────────────────────────────────────────────────────────

/**
 * What was done on the span's logged days against what those days asked for, by the rep's own noise. A
 * day without a log is unknown, and where too many are, so is the line. `all`: since the plan began; `noise`: what
 * `noiseOf` all is.
 *
 * What is a little short in the span is missed as well where all since the plan began is short by more than
 * chance: 15 % less each month lies within a month's noise and within no year's.
 */
export function activityLine(
  activity: Activity,
  days: readonly CountedDay[],
  all: readonly CountedDay[],
  noise = noiseOf(all),
): KpiLine {
  const pace = paceOf(days, activity);
  const { planned: target, done: actual } = pace;
  if (target <= 0 || !isLogged(pace)) return unjudged(activity, actual, target);
  const line = judged(activity, { actual, target, level: MONTH_LEVEL }, () =>
    chanceOfAtMost(actual, target, noise[activity]),
  );
  if (line.verdict !== 'short') return line;
  const whole = paceOf(all, activity);
  const chance = chanceOfAtMost(whole.done, whole.planned, noise[activity]);
  if (chance > MONTH_LEVEL) return line;
  const soFar = { actual: whole.done, target: whole.planned };
  return { ...line, verdict: 'missed', chance, soFar };
}

/** As the daily notes judge them (see activity/pace/stage-rate-rules.ts). */
export function stageLines(
  days: readonly CountedDay[],
  terms: Baseline['stages'],
  leads: LeadDays,
  noise = noiseOf(days),
): KpiLine[] {
  const found = stageRates(days, terms, leads, noise);
  return STAGES.map((stage) => {
    const { rate, plan, n, verdict } = found[stage];
    const line = { ...unjudged(stage, rate, plan), tries: n };
    if (verdict === 'unknown') return line;
    return { ...line, verdict: verdict === 'below' ? 'missed' : 'met' };
  });
}
