/** Viable leads received against those promised: judged before anything that follows from them (spec A8). */
import { type DayWeights, windowDaysOf } from '../../plan/model/day-weights.ts';
import { toNumber } from '../../plan/model/exact.ts';
import type { Sdr } from '../../plan/schemas.ts';
import { addDays } from '../../time/local-date.ts';
import { dispersionOf } from './chance-rules.ts';
import { type ChangeTest, stretchOff } from './pace-rules.ts';

/** A weekday of the plan: what was promised for it, and what was entered; each of inbound and outbound. */
export interface LeadDay {
  date: string;
  promised: LeadPair;
  received: LeadPair;
}

export interface LeadPair {
  inbound: number;
  outbound: number;
}

/** Null: none was ever entered, so nothing is known of them. Empty: none are promised. */
export type LeadDays = readonly LeadDay[] | null;

export interface LeadPace {
  /** The first day of the stretch, a local date. */
  from: string;
  promised: LeadPair;
  received: LeadPair;
}

/** From this share of opportunities on, what SDRs bring bends what a rep's calls seem to bring. */
export const LEADS_MATTER = 0.2;
/** Leads that stop are seen soon, a month that is a little thin isn't. */
const FEWER: ChangeTest = { level: 0.3, evidence: 5.5 };
/** Weekdays that tell whether leads are short by now, and the share of the promise at which they are. */
const LATELY = 20;
const SHORT_SHARE = 0.85;

/** Whoever enters the first ones within a month means all since the plan began. */
const ENTERED_LATE = 31;

/**
 * Each of some dates with its part of what was promised, time off counted in: leads come meanwhile. `dates`:
 * the weekdays since the plan is in force, in order. `entered`, in order: what is of another day counts on the
 * next of them.
 */
export function leadDaysOf(
  sdr: Sdr | null,
  weights: DayWeights,
  dates: readonly string[],
  entered: readonly (LeadPair & { date: string })[],
): LeadDays {
  if (!sdr || sdr.inboundPerMonth + sdr.outboundPerMonth <= 0) return [];
  const [earliest] = entered;
  if (!earliest) return null;
  const from = addDays(earliest.date, -ENTERED_LATE);
  const perMonth = toNumber(weights.daysPerMonth);
  const rampOf = rampBy(weights);
  const known = dates.filter((date) => date >= from);
  let before = addDays(known[0] ?? from, -1);
  return known.map((date): LeadDay => {
    const since = before;
    before = date;
    const came = entered.filter((one) => one.date > since && one.date <= date);
    const share = rampOf(date) / perMonth;
    return {
      date,
      promised: {
        inbound: sdr.inboundPerMonth * share,
        outbound: sdr.outboundPerMonth * share,
      },
      received: {
        inbound: came.reduce((sum, { inbound }) => sum + inbound, 0),
        outbound: came.reduce((sum, { outbound }) => sum + outbound, 0),
      },
    };
  });
}

/** Leads come with the ramp, and don't end with the days on which deals are created. */
function rampBy(weights: DayWeights): (date: string) => number {
  if (!weights.isRamped) return () => 1;
  const within = windowDaysOf(weights);
  return (date) => within.findLast((day) => day.date <= date)?.creation ?? within[0]?.creation ?? 1;
}

export const bothOf = ({ inbound, outbound }: LeadPair): number => inbound + outbound;

/** Sums over the days; null for none. */
export function leadPace(days: readonly LeadDay[]): LeadPace | null {
  const [first] = days;
  if (!first) return null;
  const sum = (pick: (day: LeadDay) => number) => days.reduce((sum, day) => sum + pick(day), 0);
  return {
    from: first.date,
    promised: {
      inbound: sum(({ promised }) => promised.inbound),
      outbound: sum(({ promised }) => promised.outbound),
    },
    received: {
      inbound: sum(({ received }) => received.inbound),
      outbound: sum(({ received }) => received.outbound),
    },
  };
}

/** What came in a span and what was promised for its days; `known`: whether any lead was ever entered. */
export interface LeadsWithin {
  known: boolean;
  inbound: { received: number; promised: number };
  outbound: { received: number; promised: number };
}

/**
 * The leads from a local date on, against what was promised for those of `dates` (the weekdays since the plan
 * is in force, to the span's end) that lie in it; null where none are promised.
 */
export function leadsWithin(
  known: LeadDays,
  { sdr, weights }: { sdr: Sdr | null; weights: DayWeights },
  { from, dates }: { from: string; dates: readonly string[] },
): LeadsWithin | null {
  const none = dates.slice(0, 1).map((date) => ({ date, inbound: 0, outbound: 0 }));
  const days = known ?? leadDaysOf(sdr, weights, dates, none) ?? [];
  const last = dates.at(-1) ?? '';
  const pace = leadPace(days.filter(({ date }) => date >= from && date <= last));
  if (!pace) return null;
  const of = (kind: keyof LeadPair) => {
    return { received: pace.received[kind], promised: pace.promised[kind] };
  };
  return { known: known !== null, inbound: of('inbound'), outbound: of('outbound') };
}

/** The stretch in which leads are short by more than chance (see `stretchOff`); null where there is none. */
export function leadsShort(leads: LeadDays, overUntil: string | null): LeadPace | null {
  if (!leads) return null;
  const counts = (days: readonly LeadDay[]) =>
    days.map(({ promised, received }) => ({ planned: bothOf(promised), done: bothOf(received) }));
  const since = leads.filter(({ date }) => overUntil === null || date >= overUntil);
  const first = stretchOff(counts(since), FEWER, dispersionOf(counts(leads)));
  return first === null ? null : leadPace(since.slice(first));
}

/** Whether so few came lately that what follows from leads is not the rep's, be it chance or not. */
export function areLeadsMissing(leads: LeadDays): boolean {
  const lately = leads && leadPace(leads.slice(-LATELY));
  return lately ? bothOf(lately.received) < SHORT_SHARE * bothOf(lately.promised) : false;
}

/** What came since a note was opened, of at most the last twenty weekdays: null of none. */
export function leadsSinceNote(leads: LeadDays, openedOn: string): LeadPace | null {
  return leadPace((leads ?? []).filter(({ date }) => date >= openedOn).slice(-LATELY));
}

/** Whether leads come again as promised: over ten weekdays and more since a date, at most the last twenty. */
export function areLeadsBack(leads: LeadDays, since: string): boolean {
  const days = (leads ?? []).filter(({ date }) => date >= since);
  const pace = leadsSinceNote(leads, since);
  if (!pace || days.length < LATELY / 2) return false;
  return bothOf(pace.received) >= SHORT_SHARE * bothOf(pace.promised);
}
