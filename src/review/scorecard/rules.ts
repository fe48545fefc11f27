/** How a month stands: every KPI against its milestone (spec C2). */

import { catchUp, sustainableCeiling } from '../../activity/pace/catch-up-rules.ts';
import { type CountedDay, paceOf } from '../../activity/pace/pace-rules.ts';
import { STAGE_ENDS, STAGES, stageRates } from '../../activity/pace/stage-rate-rules.ts';
import { sumsOf } from '../../actuals/rules.ts';
import { type Layers, layersOf } from '../../plan/model/layers.ts';
import { ACTIVITIES, type Activity, LAYERS, type Layer } from '../../plan/schemas.ts';
import { addDays, lastDayOfMonth, monthOf } from '../../time/local-date.ts';
import type { ReviewPeriod } from '../schedule/rules.ts';
import type { CatchUpLine, Health, KpiLine, Scorecard, Verdict } from '../schemas.ts';
import type { Baseline, Booking, Facts } from './baseline-rules.ts';

/** From this share of plan on, an activity holds. */
const HOLDS_FROM = 0.9;
/** With less planned than that, one more or less says nothing. */
const LEAST_PLANNED = 5;

export function scorecard(baseline: Baseline, facts: Facts): Scorecard {
  const { span, currency } = facts;
  const days = facts.days.map((day) => ({
    ...day,
    planned: baseline.planned.get(day.date) ?? day.planned,
  }));
  const inSpan = days.filter(({ date }) => date >= span.from);
  const booked = sumsOf(facts.bookings.filter(({ date }) => date <= span.to));
  const milestone = baseline.milestones.find(({ month }) => month === span.month);
  const asOf = facts.today <= span.to ? addDays(facts.today, -1) : null;
  const due = dueBy(baseline, span, asOf);
  const lines = [
    ...LAYERS.map((layer) => layerLine(layer, booked[layer], due[layer])),
    coverageLine(baseline, booked, freshPipeline(facts)),
    ...ACTIVITIES.map((activity) => activityLine(activity, inSpan)),
    ...stageLines(days, baseline.rates, addDays(span.to, 1)),
  ];
  const bookings = {
    actual: sumOf(booked, baseline.counts),
    target: sumOf(due, baseline.counts),
  };
  return {
    month: span.month,
    span: { from: span.from, to: span.to },
    asOf,
    quarter: span.quarter,
    last: span.last,
    currency,
    bookings,
    lines,
    pipeline: {
      asOf: facts.pipeline?.asOf ?? null,
      layers: layersOf((layer) => ({
        actual: facts.pipeline?.layers[layer] ?? null,
        target: milestone?.qualifiedPipeline[layer] ?? 0,
      })),
    },
    leads: facts.leads,
    since: facts.since > span.from ? facts.since : null,
    days: {
      counted: inSpan.length,
      unlogged: inSpan.filter(({ logged }) => !logged).length,
      skipped: facts.skipped,
      away: facts.away,
    },
    split: splitOf(baseline, facts, days, due.newBusiness),
    catchUp: catchUpLines(baseline, { lines, days, today: facts.today }),
    months: baseline.milestones.map(({ month, bookings: due }) => ({
      month,
      target: sumOf(due, baseline.counts),
      actual: month > span.month ? null : counted(facts.bookings, month, baseline.counts),
    })),
    standing: healthOf(bookings, lines),
  };
}

/**
 * The bookings that are due: the month's milestone. Where the month isn't over, that of the month before,
 * the renewals whose dates have passed since, and of new business the share of the month's working days
 * that have passed. Expansion falls due at month ends.
 */
function dueBy(
  { milestones, planned, renewals }: Baseline,
  span: ReviewPeriod,
  asOf: string | null,
): Layers<number> {
  const index = milestones.findIndex(({ month }) => month === span.month);
  const due = milestones[index]?.bookings ?? NONE;
  if (asOf === null) return due;
  const before = milestones[index - 1]?.bookings ?? NONE;
  const dates = [...planned.keys()].filter((date) => monthOf(date) === span.month);
  const passed = dates.filter((date) => date <= asOf).length / Math.max(1, dates.length);
  const newBusiness = before.newBusiness + (due.newBusiness - before.newBusiness) * passed;
  const fallen = renewals
    .filter(({ date }) => monthOf(date) === span.month && date <= asOf)
    .reduce((sum, { expected }) => sum + expected, 0);
  return {
    renewal: Math.min(due.renewal, before.renewal + fallen),
    expansion: before.expansion,
    newBusiness: Math.round(newBusiness),
  };
}

const NONE: Layers<number> = { renewal: 0, expansion: 0, newBusiness: 0 };

/** Booked up to a month's end in the layers that count; 0 in the others. */
function counted(bookings: readonly Booking[], month: string, counts: Layers<boolean>) {
  const booked = sumsOf(bookings.filter(({ date }) => monthOf(date) <= month));
  return layersOf((layer) => (counts[layer] ? booked[layer] : 0));
}

function sumOf(layers: Layers<number>, counts: Layers<boolean>): number {
  return LAYERS.reduce((sum, layer) => sum + (counts[layer] ? layers[layer] : 0), 0);
}

function layerLine(layer: Layer, actual: number, target: number): KpiLine {
  const verdict: Verdict = target <= 0 ? 'unknown' : actual >= target ? 'met' : 'missed';
  return { kpi: layer, actual, target, verdict, tries: null };
}

/** What was said of the pipeline so long ago says nothing about the month. */
const STALE_DAYS = 45;

function freshPipeline({ pipeline, span }: Facts): Layers<number | null> | null {
  return pipeline && pipeline.asOf >= addDays(span.to, -STALE_DAYS) ? pipeline.layers : null;
}

/**
 * Qualified pipeline of expansion and new business ÷ what is still to be won in them until the period's
 * end. Met from X on, the coverage that the plan asks for, and where nothing is left to win. Renewals are left
 * out: their amounts are pressure-tested instead.
 */
function coverageLine(
  { milestones, xFactor }: Baseline,
  booked: Layers<number>,
  pipeline: Layers<number | null> | null,
): KpiLine {
  const whole = milestones.at(-1)?.bookings;
  const open = (layer: 'expansion' | 'newBusiness') =>
    Math.max(0, (whole?.[layer] ?? 0) - booked[layer]);
  const left = open('expansion') + open('newBusiness');
  const line = { kpi: 'coverage' as const, target: xFactor, tries: null };
  if (left === 0) return { ...line, actual: null, verdict: whole ? 'met' : 'unknown' };
  const { expansion = null, newBusiness = null } = pipeline ?? {};
  if (expansion === null && newBusiness === null) {
    return { ...line, actual: null, verdict: 'unknown' };
  }
  const actual = ((expansion ?? 0) + (newBusiness ?? 0)) / left;
  return { ...line, actual, verdict: actual >= xFactor ? 'met' : 'missed' };
}

function activityLine(activity: Activity, days: readonly CountedDay[]): KpiLine {
  const { planned, done } = paceOf(days, activity);
  const line = { kpi: activity, actual: done, target: planned, tries: null };
  if (planned < LEAST_PLANNED) return { ...line, verdict: 'unknown' };
  return { ...line, verdict: done >= HOLDS_FROM * planned ? 'met' : 'missed' };
}

/** Missed where the plan's rate lies over the 95 % interval of the rep's own (see stage-rate-rules.ts). */
function stageLines(
  days: readonly CountedDay[],
  rates: Baseline['rates'],
  today: string,
): KpiLine[] {
  const found = stageRates(days, rates, today);
  return STAGES.map((stage) => {
    const { rate, plan, n, verdict } = found[stage];
    const line = { kpi: stage, actual: rate, target: plan, tries: n };
    if (verdict === 'unknown') return { ...line, verdict: 'unknown' };
    return { ...line, verdict: verdict === 'below' ? 'missed' : 'met' };
  });
}

/** From this share of the milestone on, bookings are near enough where the pipeline covers the rest. */
export const NEARLY = 0.95;
/** Under this share, only a pipeline that covers the rest makes it less than off track. */
const FAR = 0.8;

/**
 * On track: the milestone is reached, or nearly so with enough pipeline; without, either is at risk. Off track: under 80 % of the milestone without the pipeline that could bring it back.
 */
export function healthOf(
  { actual, target }: { actual: number; target: number },
  lines: readonly KpiLine[],
): Health {
  const coverage = lines.find(({ kpi }) => kpi === 'coverage')?.verdict ?? 'unknown';
  const share = target > 0 ? actual / target : 1;
  if (share >= 1) return coverage === 'missed' ? 'at_risk' : 'on_track';
  if (share >= NEARLY && coverage === 'met') return 'on_track';
  if (share >= FAR || coverage === 'met') return 'at_risk';
  return 'off_track';
}

/**
 * New business since the plan in force began, as a product of three shares of plan (1 is on plan):
 *
 *     bookings ÷ milestone = volume × conversion × deal size
 *
 * with volume = demos done ÷ planned, deal size = won amount ÷ deals ÷ the plan's average, and conversion
 * what is left over: wins for each demo, against plan. Before the first win there is volume alone.
 * `due`: the milestone of new business, minor units. Null where no demo or no new business was planned yet,
 * or where deals came without a demo.
 */
function splitOf(
  { milestones, averageDealSize }: Baseline,
  { bookings, span, since }: Facts,
  days: readonly CountedDay[],
  due: number,
): Scorecard['split'] {
  const from = monthOf(since);
  const before = milestones.findLast(({ month }) => month < from);
  const planned = due - (before?.bookings.newBusiness ?? 0);
  const demos = paceOf(days, 'demos');
  if (planned <= 0 || demos.share === null) return null;
  const won = bookings.filter(
    ({ layer, date }) => layer === 'newBusiness' && date >= `${from}-01` && date <= span.to,
  );
  const amount = won.reduce((sum, deal) => sum + deal.amount, 0);
  const volume = { volume: demos.share, since: before ? from : null };
  if (amount === 0) return { ...volume, conversion: null, dealSize: null };
  if (demos.share === 0) return null;
  const dealSize = amount / won.length / averageDealSize;
  return { ...volume, conversion: amount / planned / (demos.share * dealSize), dealSize };
}

interface Judged {
  lines: readonly KpiLine[];
  /** Counted days up to the span's end, measured with the baseline. */
  days: readonly CountedDay[];
  today: string;
}

/**
 * What would win back what was missed: of new business the deals that are short and the demos that they
 * take; of the first missed activity the level that makes up for its last twenty days (see
 * activity/pace/catch-up-rules.ts). Activities further down the funnel follow the first.
 */
function catchUpLines(baseline: Baseline, judged: Judged): CatchUpLine[] {
  const missed = new Set(
    judged.lines.filter(({ verdict }) => verdict === 'missed').map(({ kpi }) => kpi),
  );
  const activity = ACTIVITIES.find((one) => missed.has(one));
  return [
    dealsCatchUp(baseline, judged),
    activity && activityCatchUp(baseline, judged, activity),
  ].filter((line) => line !== null && line !== undefined);
}

function dealsCatchUp(baseline: Baseline, { lines, days, today }: Judged): CatchUpLine | null {
  const line = lines.find(({ kpi }) => kpi === 'newBusiness');
  const [soon, next] = horizonsOf(baseline, today);
  const horizon = next ?? soon;
  if (line?.verdict !== 'missed' || line.target === null || !horizon) return null;
  const short = line.target - (line.actual ?? 0);
  const { averageDealSize, demoToWon, levels, sellingDays } = baseline;
  if (averageDealSize <= 0 || demoToWon <= 0 || sellingDays <= 0) return null;
  const deals = Math.ceil(short / averageDealSize - SLACK);
  const demos = Math.ceil(deals / demoToWon - SLACK);
  const perDay = levels.demos.total / sellingDays;
  const isInReach =
    perDay + demos / horizon.days <= sustainableCeiling(days, 'demos', perDay) + SLACK;
  return { kind: 'deals', short, deals, demos, until: horizon.until, isInReach };
}

/** 3 × (1 ÷ 3) is one. */
const SLACK = 1e-9;

function activityCatchUp(
  baseline: Baseline,
  { days, today }: Judged,
  activity: Activity,
): CatchUpLine | null {
  const { levels, baseLevels, sellingDays, rates } = baseline;
  if (sellingDays <= 0 || levels[activity].total <= 0) return null;
  const stage = STAGES.find((one) => STAGE_ENDS[one].from === activity);
  const found = catchUp({
    activity,
    days,
    perDay: levels[activity].total / sellingDays,
    basePerDay: baseLevels[activity].total / sellingDays,
    horizons: horizonsOf(baseline, today),
    workdaysPerWeek: baseline.workdaysPerWeek,
    planRate: stage ? rates[stage] : null,
    callsPerHour: baseline.callsPerHour,
  });
  if (found.kind === 'none') return null;
  if (found.kind === 'beyond') return { ...found, activity };
  const { deficit, perWeek, extra, until } = found;
  return { kind: 'activity', activity, deficit, perWeek, extraPerWeek: extra.perWeek, until };
}

/** The ends of this month and the two after it, or the plan's last day, with the working days to them. */
function horizonsOf({ planned }: Baseline, today: string) {
  const left = [...planned.keys()].filter((date) => date >= today);
  const last = left.at(-1) ?? today;
  const ends = [0, 1, 2].map((later) => lastDayOfMonth(today, later));
  const untils = new Set([...ends.filter((end) => end < last), last]);
  return [...untils]
    .map((until) => ({ until, days: left.filter((date) => date <= until).length }))
    .filter(({ days }) => days > 0);
}
