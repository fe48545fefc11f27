/** Stage rates from a rep's own counts, and whether they differ from plan by more than chance. */
import type { Activity } from '../../plan/schemas.ts';
import { type Interval, wilson, Z_95, Z_9995 } from './chance-rules.ts';
import { bothOf, LEADS_MATTER, type LeadDays } from './lead-rules.ts';
import { type CountedDay, isLogged, noiseOf, paceOf } from './pace-rules.ts';

export const STAGES = [
  'callToVisit',
  'visitToDemo',
  'demoToProposal',
  'proposalToContract',
] as const;
/** A step of the funnel that a rep's own counts show. */
export type Stage = (typeof STAGES)[number];

/** Where a stage leads from and to. */
export const STAGE_ENDS: Record<Stage, { from: Activity; to: Activity }> = {
  callToVisit: { from: 'calls', to: 'visits' },
  visitToDemo: { from: 'visits', to: 'demos' },
  demoToProposal: { from: 'demos', to: 'proposals' },
  proposalToContract: { from: 'proposals', to: 'contracts' },
};

/** What stage rates are measured with. */
export interface StageTerms {
  /** The funnel's rates, fractions. */
  funnel: Readonly<Record<Stage, number>>;
  /** Calendar days from a demo to its deal. */
  salesCycleDays: number;
  /** The share of opportunities that SDRs are to bring, 0–1, and the visits that come of a viable lead. */
  sdrShare: number;
  visitsPerLead: number;
}

export type StageVerdict = 'below' | 'above' | 'within' | 'unknown';

export interface StageRate {
  /** Against the 95 % interval; 'unknown': no plan rate under 1, too few days or tries, or leads unknown. */
  verdict: StageVerdict;
  /** Off by far more than chance, whatever the lag: enough to speak up. */
  clear: boolean;
  /** Counted days looked at: 21, 42 or 63, or all there are. */
  days: number;
  /** Tries: how often the activity before the stage was done. */
  n: number;
  /** What came of them, in whole numbers; may exceed n, where it comes of earlier tries. */
  k: number;
  /** k ÷ n, at most 1; null where n is 0. */
  rate: number | null;
  /** The 95 % interval of the rate, fractions; null where n is 0. */
  low: number | null;
  high: number | null;
  /** What it is measured against; null where it can't be judged. */
  plan: number | null;
}

/** Counted days to look over: whole months, since a month's end holds more than its part. */
const WINDOWS = [21, 42, 63] as const;
const LEAST_DAYS = 20;
const LEAST_TRIES = 20;
/** Working days of a stage's lag: of meetings, and the most of a sales cycle's third. */
const MEETING_LAG = 5;
const MOST_LAG = 40;
/** As many counted days as the rules look back: the longest window, and twice the longest lag. */
export const MOST_DAYS = 63 + 2 * MOST_LAG;

/** Working days after which most of what comes of a try has come. */
export function stageLag(stage: Stage, salesCycleDays: number): number {
  if (stage === 'callToVisit' || stage === 'visitToDemo') return MEETING_LAG;
  return Math.min(MOST_LAG, Math.max(MEETING_LAG, Math.round((salesCycleDays / 3) * (5 / 7))));
}

interface Window {
  days: number;
  n: number;
  k: number;
  /** How many tries one tells apart by chance: n by the dispersion of what comes of them. */
  weight: number;
  /** The lower and the higher of the funnel's rate and the one that these days' own plan implies. */
  lower: number;
  higher: number;
}

interface Series {
  days: readonly CountedDay[];
  stage: Stage;
  terms: StageTerms;
  leads: LeadDays;
  dispersion: number;
}

/** What came on the last `count` days of tries as long before as `lag` counted days. */
function windowOf(
  { days, stage, terms, leads, dispersion }: Series,
  count: number,
  lag: number,
): Window {
  const { from, to } = STAGE_ENDS[stage];
  const last = (end: number) => [Math.max(0, end - count), end] as const;
  const tried = paceOf(days, from, last(Math.max(0, days.length - lag)));
  const came = paceOf(days, to, last(days.length));
  const others = stage === 'callToVisit' ? visitsOfLeads(days.slice(-count), leads, terms) : NONE;
  const [plannedTo, funnel] = [came.planned - others.planned, terms.funnel[stage]];
  const implied = tried.planned > 0 ? Math.max(0, plannedTo) / tried.planned : funnel;
  const due = funnel * tried.done;
  return {
    days: came.days,
    n: tried.done,
    k: Math.max(0, Math.round(came.done - others.done)),
    // What is taken out leaves its noise behind.
    weight: due > 0 ? due / (due + others.done) / dispersion : 0,
    lower: Math.min(funnel, implied),
    higher: Math.max(funnel, implied),
  };
}

const NONE = { planned: 0, done: 0 };

/** Visits of leads on the logged ones of some days, as promised and as received. */
function visitsOfLeads(
  days: readonly CountedDay[],
  leads: LeadDays,
  { visitsPerLead }: StageTerms,
) {
  const [first, last] = [days[0]?.date ?? '', days.at(-1)?.date ?? ''];
  const { days: counted, logged } = paceOf(days, 'visits');
  const part = counted > 0 ? (visitsPerLead * logged) / counted : 0;
  const within = (leads ?? []).filter(({ date }) => date >= first && date <= last);
  return {
    planned: part * within.reduce((sum, { promised }) => sum + bothOf(promised), 0),
    done: part * within.reduce((sum, { received }) => sum + bothOf(received), 0),
  };
}

/** Wilson's interval of as many tries as tell by themselves. */
const intervalOf = ({ k, n, weight }: Window, z: number): Interval =>
  wilson(Math.min(k, n) * weight, n * weight, z);

type Off = 'below' | 'above' | null;

/** On which side of the interval the plan lies; null inside, or with too few tries. */
function sideOf(window: Window, z: number): Off {
  if (window.n * window.weight < LEAST_TRIES / 2 || window.n < LEAST_TRIES) return null;
  const { low, high } = intervalOf(window, z);
  if (window.lower > high) return 'below';
  return window.higher < low ? 'above' : null;
}

/** Whether what is off is so with the tries of the same days, of a lag earlier, and of two. */
function isClear(series: Series, count: number, off: Off): boolean {
  const lag = stageLag(series.stage, series.terms.salesCycleDays);
  return [0, lag, 2 * lag].every((by) => sideOf(windowOf(series, count, by), Z_9995) === off);
}

function shown(window: Window, plan: number | null): Omit<StageRate, 'verdict' | 'clear'> {
  const { days, n, k } = window;
  if (n === 0) return { days, n, k, plan, rate: null, low: null, high: null };
  return { days, n, k, plan, rate: Math.min(k, n) / n, ...intervalOf(window, Z_95) };
}

function stageRate(
  days: readonly CountedDay[],
  stage: Stage,
  terms: StageTerms,
  leads: LeadDays,
  noise: Record<Activity, number>,
): StageRate {
  const { to } = STAGE_ENDS[stage];
  const series = { days, stage, terms, leads, dispersion: noise[to] };
  const lag = stageLag(stage, terms.salesCycleDays);
  const windows = WINDOWS.map((count) => windowOf(series, count, lag));
  const newest =
    windows.find(({ n }) => n >= LEAST_TRIES) ?? windows[2] ?? windowOf(series, 63, lag);
  const areUnknown = areLeadsUnknown(stage, terms, leads);
  const judgeable = newest.lower > 0 && newest.lower < 1 && !areUnknown;
  const isKnown = isLogged(paceOf(days.slice(-newest.days), to));
  if (!judgeable || !isKnown || days.length < LEAST_DAYS || newest.n < LEAST_TRIES) {
    const plan = judgeable ? newest.lower : null;
    return { ...shown(newest, plan), verdict: 'unknown', clear: false };
  }
  const planFor = (window: Window, off: Off) => (off === 'above' ? window.higher : window.lower);
  // What was off and no longer is has passed.
  const lately = sideOfRate(newest);
  for (const z of [Z_9995, Z_95]) {
    for (const [index, window] of windows.entries()) {
      const off = sideOf(window, z);
      if (off === null || off !== lately) continue;
      const clear = z === Z_9995 && isClear(series, WINDOWS[index] ?? 63, off);
      if (z === Z_9995 && !clear) continue;
      return { ...shown(window, planFor(window, off)), verdict: off, clear };
    }
  }
  return { ...shown(newest, newest.lower), verdict: 'within', clear: false };
}

/** What a stage's tries came to in a span, to be put together with others'. */
export interface StageSpan {
  /** Tries, and what came of them; k may exceed n, where it comes of earlier tries. */
  n: number;
  k: number;
  /** How much one try tells, by the rep's own dispersion: 1 is a whole one. */
  weight: number;
  /** What the rate is measured against, a fraction. */
  plan: number;
}

/**
 * A stage over the last `count` of all counted days, its tries the stage's lag before; null where it can't be judged:
 * too few days or too few of them logged, no plan rate under 1, or leads that matter and aren't known.
 */
export function stageSpan(
  days: readonly CountedDay[],
  stage: Stage,
  terms: StageTerms,
  leads: LeadDays,
  count: number,
): StageSpan | null {
  const { to } = STAGE_ENDS[stage];
  if (days.length < LEAST_DAYS || count === 0 || areLeadsUnknown(stage, terms, leads)) return null;
  if (!isLogged(paceOf(days.slice(-count), to))) return null;
  const series = { days, stage, terms, leads, dispersion: noiseOf(days)[to] };
  const window = windowOf(series, count, stageLag(stage, terms.salesCycleDays));
  const { n, k, weight, lower: plan } = window;
  return plan > 0 && plan < 1 ? { n, k, weight, plan } : null;
}

const areLeadsUnknown = (stage: Stage, { sdrShare }: StageTerms, leads: LeadDays) =>
  stage === 'callToVisit' && leads === null && sdrShare >= LEADS_MATTER;

/** On which side of the plan the rate itself lies. */
function sideOfRate({ k, n, lower, higher }: Window): Off {
  const rate = Math.min(k, n) / n;
  if (rate < lower) return 'below';
  return rate > higher ? 'above' : null;
}

/**
 * The rate of every stage, with its Wilson 95 % interval by the rep's own dispersion, against the lower of the
 * funnel's rate and the one that the agreed activities of the same days imply (a better rate: against the
 * higher). `days` is all counted days since the plan's start up to yesterday, in order.
 *
 * Results come some days after their tries (a stage's own lag), so rates are of tries that long before. Looked
 * over are the last one, two and three months with at least 20 tries; the figures are of the newest that is
 * off, or else of the newest. Clear: outside of the 99.95 % interval with and without the lag: asked of four
 * stages each morning, 95 % would cry wolf each month. Visits of leads are taken out of what calls bring;
 * where these matter and aren't known, neither is that stage. `noise`: what `noiseOf` the days is.
 */
export function stageRates(
  days: readonly CountedDay[],
  terms: StageTerms,
  leads: LeadDays,
  noise = noiseOf(days),
): Record<Stage, StageRate> {
  const rates = STAGES.map(
    (stage) => [stage, stageRate(days, stage, terms, leads, noise)] as const,
  );
  return Object.fromEntries(rates) as Record<Stage, StageRate>;
}
