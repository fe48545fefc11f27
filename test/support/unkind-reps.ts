/**
 * Reps over a year, drawn as the work really is: days and weeks that vary, month ends into which
 * everything is pushed, an event week, logs that are forgotten, leads that stop, and from every step to
 * the next a lag and a chance. Nothing here knows a rule that it tests. The same seed draws the same year.
 */
import { ACTIVITIES, type Activity, type Layer } from '../../src/plan/schemas.ts';
import { addDays, monthOf, monthsBetween, weekdayOf } from '../../src/time/local-date.ts';
import { binomial, lognormal, poisson, type Random, randomFrom, waiting } from './chance.ts';
import { dayNumber, type PlannedYear } from './unkind-plan.ts';

type Counts = Record<Activity, number>;
const none = (): Counts => ({ calls: 0, visits: 0, demos: 0, proposals: 0, contracts: 0 });

/** How a rep works. Working days of the plan are numbered from 0; one before the plan is below that. */
export interface Habit {
  /** All that they do as a share of plan, and with it all that follows. */
  level?: (day: number) => number;
  /** Their calls alone. */
  calls?: (day: number) => number;
  /** How often a stage comes off, as a share of its true rate. */
  converts?: { stage: 'visitToDemo' | 'demoToProposal'; share: (day: number) => number };
  /** How their days vary: CV 40 %; weeks too: and weeks by 15 %; bursts: and month ends and an event week. */
  noise?: 'days' | 'weeks' | 'bursts';
  logs?: 'all' | 'nine in ten' | 'no Fridays' | 'every other';
  /** The first working day on which no more leads come. */
  leadsStop?: number;
  /** Knows that a deal is lost when its next step would have been. */
  isTidy?: boolean;
  /** Begins with the plan: no call of theirs was made before. */
  isNew?: boolean;
  /** The share of each renewal's likelihood that is true. */
  retention?: number;
}

export interface LoggedDay {
  date: string;
  /** All 0 where it isn't logged. */
  done: Counts;
  logged: boolean;
}

/** Minor units. */
export interface Won {
  date: string;
  layer: Layer;
  amount: number;
}

interface Open {
  layer: Layer;
  amount: number;
  /** Qualified from this day on (days from the plan's first), until it is won or lost. */
  from: number;
  until: number;
}

export interface RepYear {
  days: LoggedDay[];
  won: Won[];
  leads: { date: string; inbound: number; outbound: number }[];
  /** Qualified pipeline that is open at the end of a local date, minor units. */
  pipelineOn(date: string): Record<Layer, number>;
}

const DAY_SHAPE = 1 / 0.4 ** 2;
const WEEK_CV = 0.15;
/** The part of what is due earlier in a month that is done in its last days. */
const PUSHED = 0.5;
const LAST_DAYS = 5;
/** Of a sales cycle, what lies between demo, proposal, contract and win. */
const CYCLE = { toProposal: 0.25, toContract: 0.35, toWon: 0.4 };
/** How a lag varies: the sum of so many waits. */
const LAG_SHAPE = 4;
const DEAL_SIZE_CV = 0.5;
/** Expansion that is worked on comes off so often, and then brings what makes up for the rest. */
const EXPANSION_CHANCE = 0.8;
const BEFORE = 30;
const YEAR = 365;

/** A share of plan that falls on a working day, until another one (out). */
export const between =
  (first: number, last: number, share: number) =>
  (day: number): number =>
    day >= first && day < last ? share : 1;
export const always = (share: number) => (): number => share;

/** Gamma of mean 1 and CV 40 % (Marsaglia and Tsang, ACM TOMS 26, 2000). */
function dayFactor(random: Random): number {
  const d = DAY_SHAPE - 1 / 3;
  for (;;) {
    const x = lognormal(random, 1, 1);
    const z = (Math.log(x) + Math.log(2) / 2) / Math.sqrt(Math.log(2));
    const v = (1 + z / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < (z * z) / 2 + d - d * v + d * Math.log(v)) {
      return (d * v) / DAY_SHAPE;
    }
  }
}

/** The rep's year. */
export function drawYear(plan: PlannedYear, habit: Habit, seed: string): RepYear {
  const { terms, days, rates, perDay, expansionPerDay, leadsPerDay } = plan;
  const { period } = terms;
  const { salesCycleDays, averageDealSize } = terms.newBusiness;
  const stream = (name: string) => randomFrom(seed, name);
  const noise = habit.noise ?? 'bursts';
  const levelOn = (day: number) => habit.level?.(day) ?? 1;
  const converting = (stage: 'visitToDemo' | 'demoToProposal', day: number) =>
    habit.converts?.stage === stage ? habit.converts.share(workingDay(day) ?? 0) : 1;

  // Calendar days of the year to the working day on which what falls due then is done.
  const numbers = days.map(({ date }) => dayNumber(plan, date));
  const last = dayNumber(plan, period.end);
  const workingOn: number[] = [];
  for (let day = 0, at = 0; day <= last; day++) {
    while ((numbers[at] ?? last + 1) < day) at++;
    workingOn.push(at);
  }
  const workingDay = (day: number): number | null => {
    const at = day < 0 ? -1 : (workingOn[Math.floor(day)] ?? -1);
    return at < 0 || at >= days.length ? null : at;
  };
  const dateOf = (day: number) => addDays(period.start, Math.floor(day));
  const lastDaysOf = new Map<string, number[]>();
  days.forEach(({ date }, at) => {
    lastDaysOf.set(monthOf(date), [...(lastDaysOf.get(monthOf(date)) ?? []), at].slice(-LAST_DAYS));
  });

  const done = days.map(none);
  const won: Won[] = [];
  const open: Open[] = [];
  const count = (pushing: Random, activity: Activity, day: number) => {
    const at = workingDay(day);
    if (at === null) return;
    const pushed = activity !== 'visits' && noise === 'bursts' && pushing() < PUSHED;
    const ends = pushed ? (lastDaysOf.get(monthOf(days[at]?.date ?? '')) ?? []) : [];
    const end = ends[Math.floor(pushing() * ends.length)];
    const counts = done[end !== undefined && end > at ? end : at];
    if (counts) counts[activity]++;
  };

  // The way of an opportunity from its demo on.
  const lag = (random: Random, mean: number) => waiting(random, mean, LAG_SHAPE);
  const opportunity = (fates: Random, demo: number) => {
    const { contractToWon: toWon } = rates;
    const toProposal = rates.demoToProposal * converting('demoToProposal', demo);
    const amount = Math.round(lognormal(fates, averageDealSize ?? 0, DEAL_SIZE_CV));
    const proposal = demo + lag(fates, CYCLE.toProposal * salesCycleDays);
    const contract = proposal + lag(fates, CYCLE.toContract * salesCycleDays);
    const end = contract + lag(fates, CYCLE.toWon * salesCycleDays);
    const fate = fates();
    const openUntil = (lost: number) => {
      // Mostly who is lost says so at the end: until then nobody knows.
      const known = habit.isTidy ? lost : end;
      open.push({ layer: 'newBusiness', amount, from: demo, until: known });
    };
    if (fate >= toProposal) return openUntil(proposal);
    count(fates, 'proposals', proposal);
    if (fate >= toProposal * rates.proposalToContract) return openUntil(contract);
    count(fates, 'contracts', contract);
    openUntil(end);
    if (fate >= toProposal * rates.proposalToContract * toWon) return;
    if (end >= 0 && end <= last) won.push({ date: dateOf(end), layer: 'newBusiness', amount });
  };

  // Before the plan: what was in the pipeline on its first day, spread over a cycle.
  const opening = stream('opening');
  if (averageDealSize !== null && terms.pipeline.opening.newBusiness > 0) {
    const mean = terms.pipeline.opening.newBusiness / averageDealSize;
    const opportunities = poisson(opening, mean);
    for (let i = 0; i < opportunities; i++) {
      // Still open, so that it ends within the opening window, each day alike.
      const ends = opening() * Math.max(30, salesCycleDays);
      openingOpportunity(ends, opening() < rates.openingToProposal * levelOn(0));
    }
  }
  function openingOpportunity(ends: number, isProposed: boolean) {
    const amount = Math.round(lognormal(opening, averageDealSize ?? 0, DEAL_SIZE_CV));
    open.push({ layer: 'newBusiness', amount, from: Number.NEGATIVE_INFINITY, until: ends });
    if (!isProposed) return;
    const contract = ends - lag(opening, CYCLE.toWon * salesCycleDays);
    count(opening, 'proposals', contract - lag(opening, CYCLE.toContract * salesCycleDays));
    if (opening() >= rates.proposalToContract) return;
    count(opening, 'contracts', contract);
    if (opening() >= terms.funnel.contractToWon) return;
    won.push({ date: dateOf(ends), layer: 'newBusiness', amount });
  }

  // From a call or a lead to a visit, and from a visit to a demo.
  const prospecting = 3 + salesCycleDays / 20;
  const visit = (ways: Random, day: number) => {
    count(ways, 'visits', day);
    if (ways() >= rates.visitToDemo * converting('visitToDemo', day)) return;
    const demo = day + lag(ways, prospecting);
    // A demo before the plan began is opening pipeline.
    if (demo < 0) return;
    count(ways, 'demos', demo);
    opportunity(ways, demo);
  };

  const calling = stream('calls');
  const ofCalls = stream('of calls');
  const weeks = stream('weeks');
  const events = stream('event');
  const eventFrom = Math.floor(events() * (days.length - 60)) + 30;
  const isEvent = (at: number) =>
    noise === 'bursts' && at >= eventFrom && at < eventFrom + LAST_DAYS;
  let week = '';
  let weekFactor = 1;
  const before = habit.isNew ? 0 : BEFORE;
  for (let at = -before; at < days.length; at++) {
    // Before the plan the days are those of its first week, one after the other.
    const day = at < 0 ? at * 1.4 : (numbers[at] ?? 0);
    const date = dateOf(day);
    const monday = addDays(date, -WEEKDAY[weekdayOf(date)]);
    if (monday !== week) {
      week = monday;
      weekFactor = noise === 'days' ? 1 : lognormal(weeks, 1, WEEK_CV);
    }
    const weight = days[Math.max(0, at)]?.creation ?? 1;
    const asked = weight * levelOn(at);
    const mean = perDay.calls * asked * (habit.calls?.(at) ?? 1);
    const calls = poisson(calling, mean * dayFactor(calling) * weekFactor);
    if (isEvent(at)) {
      const met = poisson(events, perDay.calls * asked * rates.callToVisit);
      for (let i = 0; i < met; i++) visit(events, day);
      continue;
    }
    if (at >= 0) (done[at] ?? none()).calls = calls;
    const agreed = binomial(calling, calls, rates.callToVisit);
    for (let i = 0; i < agreed; i++) visit(ofCalls, day + lag(calling, prospecting));
  }

  // Leads come on every working day; a rep who is away finds them when they are back.
  const supplying = stream('leads');
  const ofLeads = stream('of leads');
  const leads = new Map<string, { inbound: number; outbound: number }>();
  for (let day = -1.4 * before; day <= last; day += 1) {
    const date = dateOf(day);
    if (WEEKDAY[weekdayOf(date)] > 4) continue;
    const at = workingDay(day) ?? (day < 0 ? -1 : days.length);
    const ramp = at < days.length ? Math.min(1, rampWeight(plan, Math.max(0, at))) : 1;
    if (at >= (habit.leadsStop ?? Number.POSITIVE_INFINITY)) continue;
    const [inbound, outbound] = [leadsPerDay.inbound, leadsPerDay.outbound].map((mean) =>
      poisson(supplying, mean * ramp),
    );
    if (day >= 0) leads.set(date, { inbound: inbound ?? 0, outbound: outbound ?? 0 });
    const taken = (inbound ?? 0) + (outbound ?? 0);
    const agreed = binomial(supplying, taken, rates.leadToVisit * levelOn(at));
    for (let i = 0; i < agreed; i++) visit(ofLeads, day + lag(supplying, prospecting));
  }

  // Expansion and renewals have accounts and dates.
  const farming = stream('farming');
  days.forEach(({ creation }, at) => {
    const day = numbers[at] ?? 0;
    const visits = poisson(farming, expansionPerDay.visits * creation * levelOn(at));
    for (let i = 0; i < visits; i++) {
      count(farming, 'visits', day);
      if (farming() >= rates.visitToDemo) continue;
      const demo = day + lag(farming, prospecting);
      count(farming, 'demos', demo);
      if (farming() >= rates.expansionToProposal) continue;
      const proposal = demo + lag(farming, CYCLE.toProposal * salesCycleDays);
      count(farming, 'proposals', proposal);
      if (farming() >= rates.proposalToContract) continue;
      count(farming, 'contracts', proposal + lag(farming, CYCLE.toContract * salesCycleDays));
    }
  });
  const months = monthsBetween(period);
  const parts = stream('parts');
  for (const { target, split } of terms.expansion) {
    const of = split === 'quarters' ? 4 : 2;
    for (let part = 1; part <= of; part++) {
      const due = dayNumber(plan, months[Math.ceil((part * months.length) / of) - 1]?.end ?? '');
      const length = Math.ceil(months.length / of) * 30;
      const ends = due - parts() * length * 0.4;
      const level = levelOn(workingDay(ends) ?? 0);
      const tries = poisson(parts, terms.insurance.xFactor * level);
      for (let i = 0; i < tries; i++) {
        const amount = Math.round(lognormal(parts, target / of, DEAL_SIZE_CV));
        const until = due - parts() * length * 0.1;
        open.push({ layer: 'expansion', amount, from: due - length * 1.3, until });
      }
      const amount = lognormal(parts, target / of / EXPANSION_CHANCE, DEAL_SIZE_CV);
      if (parts() >= EXPANSION_CHANCE * level) continue;
      won.push({ date: dateOf(ends), layer: 'expansion', amount: Math.round(amount) });
    }
  }
  const renewing = stream('renewals');
  for (const { date, amount, likelihood } of terms.renewals) {
    const day = dayNumber(plan, date);
    const ahead = 20 + renewing() * 50;
    count(renewing, 'visits', day - ahead);
    // The book comes round: next year's first renewals are talked about in this one.
    count(renewing, 'visits', day + YEAR - ahead);
    open.push({ layer: 'renewal', amount, from: Number.NEGATIVE_INFINITY, until: day });
    const level = levelOn(workingDay(day) ?? 0) * (habit.retention ?? 1);
    if (renewing() >= likelihood * level) continue;
    count(renewing, 'contracts', day - renewing() * 10);
    won.push({ date, layer: 'renewal', amount });
  }

  const forgetting = stream('logs');
  return {
    days: days.map(({ date }, at): LoggedDay => {
      const chance = forgetting();
      const logged = isLogged(habit.logs ?? 'all', date, at, chance);
      return { date, logged, done: logged ? (done[at] ?? none()) : none() };
    }),
    won: won.sort((a, b) => (a.date < b.date ? -1 : 1)),
    leads: [...leads].map(([date, both]) => ({ date, ...both })),
    pipelineOn(date) {
      const day = dayNumber(plan, date) + 1;
      const pipeline = { renewal: 0, expansion: 0, newBusiness: 0 };
      for (const { layer, amount, from, until } of open) {
        if (from < day && until >= day) pipeline[layer] += amount;
      }
      return pipeline;
    },
  };
}

const WEEKDAY = { mon: 0, tue: 1, wed: 2, thu: 3, fri: 4, sat: 5, sun: 6 };

/** A new hire's leads grow with their ramp; nobody's end with the creation window. */
function rampWeight({ days, terms }: PlannedYear, at: number): number {
  return terms.compensation.components.some(({ ramp }) => ramp) ? (days[at]?.creation ?? 1) : 1;
}

function isLogged(logs: NonNullable<Habit['logs']>, date: string, at: number, chance: number) {
  if (logs === 'nine in ten') return chance >= 0.1;
  if (logs === 'no Fridays') return weekdayOf(date) !== 'fri';
  if (logs === 'every other') return at % 2 === 0;
  return true;
}

/** Everything done on all days, whether it was logged or not. */
export const sumOfYear = ({ days }: RepYear): Counts =>
  days.reduce((sum, { done }) => {
    for (const activity of ACTIVITIES) sum[activity] += done[activity];
    return sum;
  }, none());
