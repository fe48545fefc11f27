/**
 * What a Big-Picture Plan holds, section by section, as it is stored and computed with.
 *
 * Money is integer minor units of the plan's one currency (`Minor`), rates are fractions,
 * dates are local `YYYY-MM-DD`. Files and forms are written in major units: `file/plan-file.ts` and the
 * step forms turn them into these.
 */
import { z } from 'zod';
import { isLocalDate, WEEKDAYS } from '../time/local-date.ts';

/** 10¹² major units in a currency with 3 decimals, in minor units: exact as a number. */
export const MAX_MINOR = 1e15;
/** Below this a fraction is a slip of the pen, and 1 ÷ it is no number that a person can read. */
const LEAST = 1e-9;

export const Minor = z.int().min(0).max(MAX_MINOR);
/** Integer minor units of the plan's currency. */
export type Minor = z.infer<typeof Minor>;

const dateProblem = (text: unknown) =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text)
    ? `${text} is not in the calendar; a date like 2027-03-31 would do`
    : 'must be a date like 2027-03-31';

export const LocalDate = z
  .string()
  .refine(isLocalDate, { error: (issue) => dateProblem(issue.input) });
export type LocalDate = z.infer<typeof LocalDate>;

/** Whether a fraction or factor is none, or large enough; zero and below is for each field's own range. */
const readable = (value: number) => value <= 0 || value >= LEAST;
const unreadable = 'is too small to mean anything; the least is 0.000000001';

const overOne = 'must be between 0 and 1: write 0.1 for 10 %';
/** From 0 to 1: 0.1 for 10 %. */
const Fraction = z.number().min(0, overOne).max(1, overOne).refine(readable, unreadable);

const notRate = 'must be above 0 and at most 1: write 0.3 for 30 %';
/** Above 0, up to 1. */
const Rate = z.number().gt(0, notRate).max(1, notRate).refine(readable, unreadable);

const notFactor = 'must be above 0 and at most 1,000: write 3 for three times';
const XFactor = z.number().gt(0, notFactor).max(1000, notFactor).refine(readable, unreadable);

/** Text as Slack sends it; PostgreSQL takes neither NUL nor half of a surrogate pair. */
const text = (most: number) =>
  z
    .string()
    .max(most, `must be at most ${most.toLocaleString('en-US')} characters`)
    .refine((value) => !/\0|\p{Surrogate}/u.test(value), {
      error: 'holds a character that is no text (NUL, or half of a pair); please retype it',
    });

const Label = text(200).refine((value) => /\S/.test(value), { error: 'must not be empty' });
export const OptionalLabel = text(200);
export const Note = text(3000);

export const WeekdaySchema = z.enum(WEEKDAYS);

const Weekdays = z
  .array(WeekdaySchema)
  .min(1, 'must name at least one day, such as "mon"')
  .refine((days) => new Set(days).size === days.length, { error: 'names a day twice' });

export const ACTIVITIES = ['calls', 'visits', 'demos', 'proposals', 'contracts'] as const;
/** What a rep does in a day, from first call to contract. */
export type Activity = (typeof ACTIVITIES)[number];

/** In what people count an activity. */
export const PACES = ['day', 'week', 'month', 'quarter'] as const;

export const Period = z.object({ start: LocalDate, end: LocalDate });
export type Period = z.infer<typeof Period>;

export const TimeOff = z.object({ from: LocalDate, to: LocalDate, label: OptionalLabel });
export type TimeOff = z.infer<typeof TimeOff>;

export const Calendar = z.object({
  workdays: Weekdays,
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

/** Where bookings come from, in the order in which they are shown. */
export const LAYERS = ['renewal', 'expansion', 'newBusiness'] as const;
export type Layer = (typeof LAYERS)[number];

const attainment = z
  .number()
  .min(0, 'must not be negative')
  .max(1000, 'must be at most 1,000: write 1 for 100 % of quota')
  .refine(readable, unreadable);

/**
 * A band of attainment (1 = 100 %). Above `from`, bookings earn `multiplier` × the rate; with `all`, all
 * of the quota period does once `from` is reached, from the first one up to the next tier.
 */
export const Tier = z.object({
  from: attainment,
  multiplier: z
    .number()
    .min(0, 'must not be negative')
    .max(100, 'must be at most 100: write 1.5 for one and a half times the rate')
    .refine(readable, unreadable),
  all: z.boolean().default(false),
});
export type Tier = z.infer<typeof Tier>;

/** A flat amount, once in each quota period whose attainment reaches `at`. */
export const Bonus = z.object({
  at: attainment.refine((at) => at > 0, { error: 'must be above 0: write 1 for 100 % of quota' }),
  amount: Minor,
});
export type Bonus = z.infer<typeof Bonus>;

export const QUOTA_PERIODS = ['year', 'half', 'quarter', 'month'] as const;
export type QuotaPeriod = (typeof QUOTA_PERIODS)[number];

/**
 * What a component pays at 1×: one rate on what it credits; a rate for each layer; or so much variable
 * pay a year at 100 % (`atTarget`, annual).
 */
export const Pays = z.union([
  z.object({ rate: Fraction }),
  z.object({ rates: z.object({ renewal: Fraction, expansion: Fraction, newBusiness: Fraction }) }),
  z.object({ atTarget: Minor }),
]);
export type Pays = z.infer<typeof Pays>;

/** One of the things that a comp plan pays for. `quota` is of one quota period, `cap` of the plan's period. */
export const Component = z.object({
  name: Label,
  /** The layers that count towards its quota, in the order of `LAYERS`. */
  credits: z
    .array(z.enum(LAYERS))
    .min(1, 'must name at least one of "renewal", "expansion", "newBusiness"')
    .refine((layers) => new Set(layers).size === layers.length, { error: 'names a layer twice' }),
  quota: Minor.gt(0),
  quotaPeriod: z.enum(QUOTA_PERIODS),
  /** `YYYY-MM` in which a quota period begins; the others follow both ways. Null: the plan's first month. */
  quotaStart: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month like 2027-02')
    .nullable(),
  pays: Pays,
  tiers: z.array(Tier).min(1).max(100),
  bonuses: z.array(Bonus).max(100),
  cap: Minor.nullable(),
  /** A factor for each month of the plan, on that month's quota. */
  ramp: z
    .array(
      z
        .number()
        .min(0, 'must not be negative')
        .max(3, 'must be at most 3: write 0.5 for half of the quota')
        .refine(readable, unreadable),
    )
    .nullable(),
});
export type Component = z.infer<typeof Component>;

/** Fixed pay beside the salary, in the period. */
export const OtherPay = z.object({ label: Label, amount: Minor });
export type OtherPay = z.infer<typeof OtherPay>;

/** Variable pay is at least `perMonth` in each of the first `months`; a recoverable one is a draw. */
export const Guarantee = z.object({
  perMonth: Minor.gt(0),
  months: z.int().min(1, 'must be at least 1').max(60, 'must be at most 60'),
  recoverable: z.boolean(),
});
export type Guarantee = z.infer<typeof Guarantee>;

/** What the letter says. `baseSalary` is annual, `otherPay` for the period. */
export const Compensation = z.object({
  baseSalary: Minor,
  components: z.array(Component).min(1, 'must hold at least one component').max(20),
  otherPay: z.array(OtherPay).max(100),
  guarantee: Guarantee.nullable(),
});
export type Compensation = z.infer<typeof Compensation>;

/** Pipeline that was there before the plan began; only new business is counted on. */
const Opening = z.object({ newBusiness: Minor });

/** `coverage`: open pipeline is asked for a sales cycle ahead, or for all that is left of the period. */
export const Pipeline = z.object({
  xFactor: XFactor,
  winRate: Rate,
  opening: Opening.default({ newBusiness: 0 }),
  coverage: z.enum(['cycle', 'period']).default('cycle'),
});
export type Pipeline = z.infer<typeof Pipeline>;

/** Half of the least likelihood still counts. */
const PressureTested = z
  .number()
  .min(0, overOne)
  .max(1, overOne)
  .refine((value) => readable(value * 2), unreadable);

export const Renewal = z.object({
  account: Label,
  amount: Minor,
  date: LocalDate,
  likelihood: Fraction,
  /** The likelihood after the pressure test: at most half of `likelihood`. */
  pressureTested: PressureTested,
  activity: z.enum(['low', 'medium', 'high']).nullable(),
  internalRisks: Note,
  externalRisks: Note,
  nextActivities: Note,
});
export type Renewal = z.infer<typeof Renewal>;

export const ExpansionTarget = z.object({
  account: Label,
  buyingCenter: OptionalLabel,
  target: Minor,
  split: z.enum(['quarters', 'halves']),
});
export type ExpansionTarget = z.infer<typeof ExpansionTarget>;

const LeadsPerMonth = z
  .number()
  .min(0, 'must not be negative')
  .max(1e6, 'must be at most 1,000,000')
  .refine(readable, unreadable);

export const Sdr = z.object({
  inboundPerMonth: LeadsPerMonth,
  outboundPerMonth: LeadsPerMonth,
  qualificationRate: Fraction,
  sync: z.enum(['weekly', 'daily']).nullable(),
});
export type Sdr = z.infer<typeof Sdr>;

export const NewBusiness = z.object({
  /** Whether the rep is to win new customers at all. */
  carried: z.boolean().default(true),
  /** Null only where new business isn't carried. */
  averageDealSize: Minor.gt(0).nullable(),
  salesCycleDays: z.int().min(0, 'must not be negative').max(3650, 'must be at most 3,650 days'),
  sdr: Sdr.nullable(),
  selfSourcing: z.object({ leadIdentification: Note, prospecting: Note }),
});
export type NewBusiness = z.infer<typeof NewBusiness>;

export const CallBlock = z.object({
  days: Weekdays,
  /** Local wall time, `HH:mm`. */
  start: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 09:00'),
  minutes: z.int().min(5, 'must be at least 5 minutes').max(720, 'must be at most 720 minutes'),
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
  xFactor: XFactor,
  by: LocalDate,
  risks: z.array(Risk),
});
export type Insurance = z.infer<typeof Insurance>;

/** Everything that the arithmetic reads: see `model/compute.ts`. */
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
