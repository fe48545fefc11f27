/** The draft of a rep's next plan: what carries over from the one that runs, and what is asked anew (spec A2). */
import { addDays, latestOf } from '../../time/local-date.ts';
import { DEFAULT_PIPELINE, type PlanDraft } from '../draft.ts';
import { nextCycleStart } from '../round/due-rules.ts';
import type { Component, Funnel, Period } from '../schemas.ts';
import { withFunnel } from '../win-rate-rules.ts';

/** A stage rate as it was measured over the plan so far. */
export interface MeasuredRate {
  /** A fraction. */
  rate: number;
  /** Tries that it rests on. */
  tries: number;
}

/** What is known of a plan's time so far. */
export interface YearSoFar {
  /** What has become of its renewals. */
  settled: readonly { renewalId: string; outcome: 'won' | 'lost'; amount: number; date: string }[];
  /** Open qualified pipeline of new business as it was said last, in minor units; null: never. */
  pipeline: { newBusiness: number; date: string } | null;
  /** What a won new-business deal brought on average, in minor units; null: too few to tell. */
  dealSize: { amount: number; deals: number } | null;
  /** The funnel's stages for which there is enough to tell. */
  rates: Partial<Record<keyof Funnel, MeasuredRate>>;
}

/** What was carried over, to be said. */
export interface CarriedOver {
  /** Renewals whose date has passed and that are still open. */
  open: number;
  /** Renewals that come up again a year later. */
  again: number;
  pipeline: YearSoFar['pipeline'];
  dealSize: YearSoFar['dealSize'];
  rates: YearSoFar['rates'];
}

/** A period of fewer months than this isn't worth a plan of its own: it goes on to the cycle after. */
const LEAST_MONTHS = 3;

/** The period after one that ends: up to the day before the next cycle begins in `cycleMonth` (1–12). */
export function periodAfter({ end }: Period, cycleMonth: number): Period {
  const start = addDays(end, 1);
  const next = nextCycleStart(start, cycleMonth);
  const isShort = next < monthsOn(start, LEAST_MONTHS);
  return { start, end: addDays(isShort ? nextCycleStart(next, cycleMonth) : next, -1) };
}

/** The first of the month `months` after that of `date`. */
function monthsOn(date: string, months: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/**
 * The next plan as it begins, with what it carries over. Comp plan (in another period without ramps and guarantee,
 * which were for the beginning), pipeline, new business, funnel, call blocks and 1:1s stay as they are, with what was measured in their
 * place; the goal, expansion, overruled numbers and insurance are for the pair to say anew.
 */
export function nextDraft(
  draft: PlanDraft,
  year: YearSoFar,
  { period, holidays, today }: { period: Period; holidays: string[]; today: string },
): { draft: PlanDraft; carried: CarriedOver } {
  const { compensation, components, newBusiness, lifeGoals } = draft;
  const renewals = renewalsAfter(draft, year, period, today);
  const pipeline = draft.pipeline ?? DEFAULT_PIPELINE;
  const opening = { newBusiness: year.pipeline?.newBusiness ?? 0 };
  const isSame = period.start === draft.period.start && period.end === draft.period.end;
  const ofPeriod = <C extends Component>(component: C): C =>
    isSame ? component : { ...component, ramp: null };
  const next: PlanDraft = {
    ...draft,
    period,
    calendar: {
      ...draft.calendar,
      holidays,
      timeOff: draft.calendar.timeOff.filter(({ to }) => to >= period.start),
    },
    goal: null,
    lifeGoals: lifeGoals.filter(({ by }) => by >= period.start),
    compensation: compensation && {
      ...compensation,
      guarantee: isSame ? compensation.guarantee : null,
      first: ofPeriod(compensation.first),
    },
    components: components.map(ofPeriod),
    pipeline: { ...pipeline, opening },
    renewals: renewals.rows,
    expansion: [],
    newBusiness: newBusiness && {
      ...newBusiness,
      averageDealSize: year.dealSize?.amount ?? newBusiness.averageDealSize,
    },
    overrides: [],
    insurance: null,
    risks: [],
  };
  const measured = Object.entries(year.rates).map(([stage, { rate }]) => [stage, rate]);
  const { open, again } = renewals;
  const { dealSize, rates } = year;
  return {
    draft: withFunnel(next, { ...draft.funnel, ...Object.fromEntries(measured) }),
    carried: { open, again, pipeline: year.pipeline, dealSize, rates },
  };
}

/**
 * Renewals of the next plan: one still open after its date, or dated in the new period, comes first; one that was won
 * or will be settled before is due again a year later, one that was lost is gone. What was agreed of them stands until the pair goes through them.
 */
function renewalsAfter(
  { renewals }: PlanDraft,
  { settled }: YearSoFar,
  period: Period,
  today: string,
): { rows: PlanDraft['renewals']; open: number; again: number } {
  const outcomes = new Map(settled.map((one) => [one.renewalId, one]));
  const rows = { open: [] as PlanDraft['renewals'], again: [] as PlanDraft['renewals'] };
  for (const renewal of renewals) {
    const outcome = outcomes.get(renewal.id);
    if (outcome?.outcome === 'lost') continue;
    const isWithin = period.start <= renewal.date && renewal.date <= period.end;
    if (!outcome && (renewal.date < today || isWithin)) {
      rows.open.push({ ...renewal, date: latestOf(renewal.date, period.start) });
      continue;
    }
    const date = latestOf(yearLater(renewal.date), period.start);
    if (date > period.end) continue;
    rows.again.push({ ...renewal, amount: outcome?.amount ?? renewal.amount, date });
  }
  return {
    rows: [...rows.open, ...rows.again],
    open: rows.open.length,
    again: rows.again.length,
  };
}

/** The same day a year later; 28 February after a 29th. */
function yearLater(date: string): string {
  const later = `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;
  return later.endsWith('-02-29') ? `${later.slice(0, 8)}28` : later;
}
