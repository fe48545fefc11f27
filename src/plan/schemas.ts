/**
 * What a Big-Picture Plan holds, section by section, as it is stored and computed with.
 *
 * Money is integer minor units of the plan's one currency (`Minor`), rates are fractions,
 * dates are local `YYYY-MM-DD`. Files and forms are written in major units: `plan-file.ts` and the
 * step forms turn them into these.
 */
import { z } from 'zod';
import { isLocalDate } from '../time/local-date.ts';
import { WEEKDAYS } from '../time/weekday.ts';

/** 10¹² major units in the currency with the most decimals that Bigplan takes (4), in minor units. */
const MAX_MINOR = 1e15;

export const Minor = z.int().min(0).max(MAX_MINOR);
/** Integer minor units of the plan's currency. */
export type Minor = z.infer<typeof Minor>;

export const LocalDate = z.string().refine(isLocalDate, 'must be a date like 2027-03-31');
export type LocalDate = z.infer<typeof LocalDate>;

const Fraction = z.number().min(0).max(1);
const Rate = z.number().gt(0).max(1);
const Label = z.string().min(1).max(200);
const Note = z.string().max(3000);

const Weekday = z.enum(WEEKDAYS);

export const Period = z.object({ start: LocalDate, end: LocalDate });
export type Period = z.infer<typeof Period>;

export const TimeOff = z.object({ from: LocalDate, to: LocalDate, label: z.string().max(200) });
export type TimeOff = z.infer<typeof TimeOff>;

export const Calendar = z.object({
  workdays: z.array(Weekday).min(1),
  holidays: z.array(LocalDate),
  timeOff: z.array(TimeOff),
});
export type Calendar = z.infer<typeof Calendar>;

export const LifeGoal = z.object({ label: Label, amount: Minor, by: LocalDate });
export type LifeGoal = z.infer<typeof LifeGoal>;

/** `income` and `livingCosts` are for the period. One of the two is present. */
export const Goal = z.object({
  income: Minor.nullable(),
  livingCosts: Minor.nullable(),
  lifeGoals: z.array(LifeGoal),
});
export type Goal = z.infer<typeof Goal>;

/** A marginal band: above `from` (attainment, 1 = 100 %) bookings earn `multiplier` × the rate. */
export const Tier = z.object({ from: z.number().min(0), multiplier: z.number().min(0).max(100) });
export type Tier = z.infer<typeof Tier>;

/** `baseSalary` and `quota` are annual, `cap` is for the period, `ramp` holds a fraction a month. */
export const Compensation = z.object({
  baseSalary: Minor,
  quota: Minor.gt(0),
  rates: z.object({ renewal: Fraction, expansion: Fraction, newBusiness: Fraction }),
  quotaCredit: z.object({ renewal: z.boolean(), expansion: z.boolean() }),
  tiers: z.array(Tier).min(1),
  cap: Minor.nullable(),
  ramp: z.array(Fraction).nullable(),
});
export type Compensation = z.infer<typeof Compensation>;

export const Pipeline = z.object({ xFactor: z.number().gt(0).max(1000), winRate: Rate });
export type Pipeline = z.infer<typeof Pipeline>;

export const Renewal = z.object({
  account: Label,
  amount: Minor,
  date: LocalDate,
  likelihood: Fraction,
  /** The likelihood after the pressure test: at most half of `likelihood`. */
  pressureTested: Fraction,
  activity: z.enum(['low', 'medium', 'high']).nullable(),
  internalRisks: Note,
  externalRisks: Note,
  nextActivities: Note,
});
export type Renewal = z.infer<typeof Renewal>;

export const ExpansionTarget = z.object({
  account: Label,
  buyingCenter: z.string().max(200),
  target: Minor,
  split: z.enum(['quarters', 'halves']),
});
export type ExpansionTarget = z.infer<typeof ExpansionTarget>;

export const Sdr = z.object({
  inboundPerMonth: z.number().min(0).max(1e6),
  outboundPerMonth: z.number().min(0).max(1e6),
  qualificationRate: Fraction,
  sync: z.enum(['weekly', 'daily']).nullable(),
});
export type Sdr = z.infer<typeof Sdr>;

export const NewBusiness = z.object({
  averageDealSize: Minor.gt(0),
  salesCycleDays: z.int().min(0).max(3650),
  sdr: Sdr.nullable(),
  selfSourcing: z.object({ leadIdentification: Note, prospecting: Note }),
});
export type NewBusiness = z.infer<typeof NewBusiness>;

export const CallBlock = z.object({
  days: z.array(Weekday).min(1),
  /** Local wall time, `HH:mm`. */
  start: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 09:00'),
  minutes: z.int().min(5).max(720),
});
export type CallBlock = z.infer<typeof CallBlock>;

export const Funnel = z.object({
  callToVisit: Rate,
  visitToDemo: Rate,
  demoToProposal: Rate,
  proposalToContract: Rate,
  contractToWon: Rate,
});
export type Funnel = z.infer<typeof Funnel>;

export const Risk = z.object({
  label: Label,
  kind: z.enum(['renewal_rate', 'sdr_exit', 'vacation', 'other']),
  probability: Fraction,
  impact: Minor,
  trigger: Note,
  mitigation: Note,
});
export type Risk = z.infer<typeof Risk>;

export const Insurance = z.object({
  xFactor: z.number().gt(0).max(1000),
  by: LocalDate,
  risks: z.array(Risk),
});
export type Insurance = z.infer<typeof Insurance>;

/** Everything that the arithmetic reads: see `rules/compute.ts`. */
export const PlanTerms = z.object({
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  period: Period,
  calendar: Calendar,
  goal: Goal,
  compensation: Compensation,
  pipeline: Pipeline,
  renewals: z.array(Renewal),
  expansion: z.array(ExpansionTarget),
  newBusiness: NewBusiness,
  callBlocks: z.array(CallBlock),
  funnel: Funnel,
  insurance: Insurance,
});
export type PlanTerms = z.infer<typeof PlanTerms>;
