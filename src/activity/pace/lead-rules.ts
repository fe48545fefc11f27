/** Viable leads received against those promised: judged before anything that follows from them (spec A8). */
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
const FEWER: ChangeTest = { level: 0.4, evidence: 3 };
/** Weekdays that tell whether leads are short by now, and the share of the promise at which they are. */
const LATELY = 20;
const SHORT_SHARE = 0.85;

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

/** Whether leads come again as promised: over ten weekdays and more since a date, at most the last twenty. */
export function areLeadsBack(leads: LeadDays, since: string): boolean {
  const days = (leads ?? []).filter(({ date }) => date >= since);
  const pace = leadPace(days.slice(-LATELY));
  if (!pace || days.length < LATELY / 2) return false;
  return bothOf(pace.received) >= SHORT_SHARE * bothOf(pace.promised);
}
