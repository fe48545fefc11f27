/**
 * What a plan asks of each day, worked out in floats and by itself, so that the world of
 * `unkind-reps.ts` rests on none of the code that it tests (spec steps 6–11).
 */
import { ACTIVITIES, type Activity, type PlanTerms } from '../../src/plan/schemas.ts';
import { addDays, daysBetween, monthOf, monthsBetween } from '../../src/time/local-date.ts';
import { workingDates } from '../../src/time/working-days.ts';

type Counts = Record<Activity, number>;

export interface PlannedDay {
  date: string;
  /** Weights of the day: of calls, visits and demos; of proposals and contracts. */
  creation: number;
  closing: number;
}

export interface PlannedYear {
  terms: PlanTerms;
  /** Every working day, in order. */
  days: PlannedDay[];
  /** The agreed (insured) level of a day of weight 1. */
  perDay: Counts;
  /** Of a day of weight 1: calls' share of `visits` and `demos`, and what expansion asks. */
  expansionPerDay: { visits: number; demos: number };
  /** Minor units: Tₙ, O of it from the opening pipeline, and what is to be created. */
  target: { newBusiness: number; opening: number; created: number };
  /** True rates: those that the agreed levels imply, so that the target is what comes of them. */
  rates: {
    callToVisit: number;
    leadToVisit: number;
    visitToDemo: number;
    demoToProposal: number;
    proposalToContract: number;
    contractToWon: number;
    expansionToProposal: number;
    /** Of an opening opportunity: proposed at all, and then won at the rates above. */
    openingToProposal: number;
  };
  /** Leads on a working day. */
  leadsPerDay: { inbound: number; outbound: number };
}

/** `newBusiness`: Tₙ of the plan in minor units. */
export function plannedYear(terms: PlanTerms, newBusiness: number): PlannedYear {
  const { period, calendar, pipeline, insurance, funnel, compensation } = terms;
  const { averageDealSize, salesCycleDays, sdr, carried } = terms.newBusiness;
  const months = monthsBetween(period).map(({ month }) => month);
  const dates = workingDates(calendar, period.start, period.end);
  const lastStart = addDays(period.end, -salesCycleDays);
  const inTime = dates.filter((date) => date <= lastStart).length;
  const windowDays = Math.max(inTime, Math.ceil(dates.length / 4));
  const ramp = compensation.components.find(({ credits }) => credits.includes('newBusiness'))?.ramp;
  const rampOf = (date: string) => {
    const month = months.indexOf(monthOf(date < period.end ? date : period.end));
    return ramp?.[month] ?? 1;
  };
  const days = dates.map((date, index) => ({
    date,
    creation:
      index < windowDays ? rampOf(addDays(date, salesCycleDays)) : windowDays / dates.length,
    closing: rampOf(date),
  }));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const creationDays = sum(days.slice(0, windowDays).map(({ creation }) => creation));
  const closingDays = sum(days.map(({ closing }) => closing));
  const withTimeOff = workingDates({ ...calendar, timeOff: [] }, period.start, period.end).length;
  const daysPerMonth = withTimeOff / months.length;

  const { demoToProposal, proposalToContract, contractToWon, visitToDemo, callToVisit } = funnel;
  const won = demoToProposal * proposalToContract * contractToWon;
  const openingOf = (target: number, x: number) =>
    Math.min(target, pipeline.opening.newBusiness * Math.min(1 / x, pipeline.winRate));
  const opening = openingOf(newBusiness, pipeline.xFactor);
  const exposure = carried
    ? sum(insurance.risks.map(({ probability, impact }) => probability * impact))
    : 0;
  const insured = newBusiness + exposure;
  const created = insured - openingOf(insured, insurance.xFactor);
  const size = averageDealSize ?? Number.POSITIVE_INFINITY;
  const opportunities = (created * insurance.xFactor) / size;
  const leads = (sdr?.inboundPerMonth ?? 0) + (sdr?.outboundPerMonth ?? 0);
  const supply = (leads * (sdr?.qualificationRate ?? 0) * creationDays) / daysPerMonth;
  const own = opportunities > 0 ? Math.max(0, opportunities - supply) / opportunities : 0;
  const k = terms.expansion.filter(({ target }) => target > 0).length;
  const demosNew = Math.max(created / size / won, opportunities);
  const demosExpansion = Math.max(k / won, k * insurance.xFactor);
  const demos = demosNew + demosExpansion;
  const contracts = (insured / size + k) / contractToWon;
  const totals: Counts = {
    calls: (demosNew / visitToDemo / callToVisit) * own,
    visits: demos / visitToDemo + terms.renewals.length,
    demos,
    proposals: contracts / proposalToContract,
    contracts: contracts + terms.renewals.length,
  };
  const over = (activity: Activity) =>
    activity === 'proposals' || activity === 'contracts' ? closingDays : creationDays;
  const contractsNew = created / size / contractToWon;
  return {
    terms,
    days,
    perDay: Object.fromEntries(
      ACTIVITIES.map((activity) => [activity, totals[activity] / over(activity)]),
    ) as Counts,
    expansionPerDay: {
      visits: demosExpansion / visitToDemo / creationDays,
      demos: demosExpansion / creationDays,
    },
    target: { newBusiness, opening, created: newBusiness - opening },
    rates: {
      callToVisit,
      leadToVisit: Math.min(1, (sdr?.qualificationRate ?? 0) / visitToDemo),
      visitToDemo,
      demoToProposal: demosNew > 0 ? contractsNew / proposalToContract / demosNew : 0,
      proposalToContract,
      // What is insured against doesn't happen: nobody is above plan for it.
      contractToWon: created > 0 ? (contractToWon * (newBusiness - opening)) / created : 1,
      expansionToProposal:
        demosExpansion > 0 ? k / contractToWon / proposalToContract / demosExpansion : 0,
      openingToProposal:
        pipeline.opening.newBusiness > 0
          ? opening / pipeline.opening.newBusiness / contractToWon / proposalToContract
          : 0,
    },
    leadsPerDay: {
      inbound: (sdr?.inboundPerMonth ?? 0) / daysPerMonth,
      outbound: (sdr?.outboundPerMonth ?? 0) / daysPerMonth,
    },
  };
}

/** What each working day asks in whole counts: the running sum stays within 1 of the exact one. */
export function wholeCounts({ days, perDay }: PlannedYear): Map<string, Counts> {
  const exact: Counts = { calls: 0, visits: 0, demos: 0, proposals: 0, contracts: 0 };
  const whole = { ...exact };
  return new Map(
    days.map(({ date, creation, closing }) => {
      const counts = ACTIVITIES.map((activity) => {
        const isClosing = activity === 'proposals' || activity === 'contracts';
        exact[activity] += perDay[activity] * (isClosing ? closing : creation);
        const count = Math.floor(exact[activity] + 1e-9) - whole[activity];
        whole[activity] += count;
        return [activity, count] as const;
      });
      return [date, Object.fromEntries(counts) as Counts];
    }),
  );
}

/** Days from the plan's first one. */
export const dayNumber = ({ terms }: PlannedYear, date: string): number =>
  daysBetween(terms.period.start, date);
