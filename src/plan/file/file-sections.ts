/**
 * The sections of a plan file: money in major units, defaults as the spec lists them, unknown keys
 * refused. Each turns into its section of `PlanTerms`.
 */
import { z } from 'zod';
import type { Problem } from '../../input/problem.ts';
import type { Weekday } from '../../time/local-date.ts';
import { DEFAULT_FUNNEL, DEFAULT_PIPELINE } from '../draft.ts';
import {
  checkGoal,
  checkPeriod,
  checkPressureTest,
  checkRamp,
  checkRenewalDate,
  checkTiers,
  checkTimeOff,
  halfLikelihood,
} from '../model/checks.ts';
import { minorFromMajor } from '../model/money.ts';
import {
  Calendar,
  CallBlock,
  Compensation,
  ExpansionTarget,
  Funnel,
  Goal,
  LifeGoal,
  NewBusiness,
  Note,
  OptionalLabel,
  Period,
  Pipeline,
  Renewal,
  Risk,
  Sdr,
  Tier,
  TimeOff,
} from '../schemas.ts';
import { VALUES } from '../values.ts';

const FIVE_DAYS: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const optionalNote = Note.default('');
/** Without its life goals, which are rows of their own. */
const GoalItself = Goal.omit({ lifeGoals: true });

/** A check across fields, which runs once those that it reads (`needs`) are sound. */
function checked<Schema extends z.ZodType, Needs extends z.ZodType>(
  schema: Schema,
  needs: Needs,
  check: (value: z.output<Needs>) => Problem[],
): Schema {
  return schema.superRefine(
    (value, context) => {
      for (const { path, problem } of check(needs.parse(value))) {
        context.addIssue({ code: 'custom', path: path.split('.'), message: problem });
      }
    },
    { when: ({ value }) => needs.safeParse(value).success },
  );
}

/** The row with its cut likelihood: half of the agreed one where the file names none. */
function withPressureTest<Row extends { likelihood: number; pressureTested?: number | undefined }>(
  row: Row,
) {
  return { ...row, pressureTested: row.pressureTested ?? halfLikelihood(row.likelihood) };
}

type Shape = Record<string, z.ZodType>;
type SameOutput<S extends Shape> = { [Key in keyof S]: z.ZodType<z.output<S[Key]>> };

/** The fields of a part as a file has them: money in major units of a currency with so many decimals. */
function inMajorUnits<S extends Shape>(
  shape: S,
  values: Record<keyof S, object>,
  digits: number,
): SameOutput<S> {
  const major = z.number().transform((amount, context): unknown => {
    const result = minorFromMajor(amount, digits);
    if (result.ok) return result.minor;
    context.issues.push({ code: 'custom', message: result.problem, input: amount });
    return z.NEVER;
  });
  const money = (minor: z.ZodType) =>
    minor.safeParse(null).success ? major.nullable().pipe(minor).default(null) : major.pipe(minor);
  return Object.fromEntries(
    Object.entries(shape).map(([key, schema]) => [
      key,
      'money' in values[key as keyof S] ? money(schema) : schema,
    ]),
  ) as SameOutput<S>;
}

export const periodSection = checked(z.strictObject(Period.shape), Period, checkPeriod);

const timeOff = checked(
  z.strictObject({ ...TimeOff.shape, label: OptionalLabel.default('') }),
  TimeOff.pick({ from: true, to: true }),
  checkTimeOff,
);

export const calendarSection = z
  .strictObject({
    workdays: Calendar.shape.workdays.default(FIVE_DAYS),
    holidays: Calendar.shape.holidays.default([]),
    timeOff: z.array(timeOff).default([]),
  })
  .prefault({});

export const pipelineSection = z.strictObject({
  xFactor: Pipeline.shape.xFactor.default(DEFAULT_PIPELINE.xFactor),
  winRate: Pipeline.shape.winRate,
});

export const callBlocksSection = z.array(z.strictObject(CallBlock.shape)).default([]);

export const funnelSection = z
  .strictObject({
    callToVisit: Funnel.shape.callToVisit.default(DEFAULT_FUNNEL.callToVisit),
    visitToDemo: Funnel.shape.visitToDemo.default(DEFAULT_FUNNEL.visitToDemo),
    demoToProposal: Funnel.shape.demoToProposal.default(DEFAULT_FUNNEL.demoToProposal),
    proposalToContract: Funnel.shape.proposalToContract.default(DEFAULT_FUNNEL.proposalToContract),
    contractToWon: Funnel.shape.contractToWon.default(DEFAULT_FUNNEL.contractToWon),
  })
  .prefault({});

/**
 * The sections that hold money or dates of the period; `digits` are the currency's decimals, and
 * without a sound period what depends on it is left alone.
 */
export function sectionsFor(digits: number, period: Period | null) {
  const goal = checked(
    z.strictObject({
      ...inMajorUnits(GoalItself.shape, VALUES.goal, digits),
      lifeGoals: z
        .array(z.strictObject(inMajorUnits(LifeGoal.shape, VALUES.lifeGoals, digits)))
        .default([]),
    }),
    GoalItself,
    checkGoal,
  );

  const compensationFields = z.strictObject({
    ...inMajorUnits(Compensation.shape, VALUES.compensation, digits),
    rates: z.strictObject(Compensation.shape.rates.shape),
    quotaCredit: z
      .strictObject({ renewal: z.boolean().default(true), expansion: z.boolean().default(true) })
      .prefault({}),
    tiers: checked(
      z.array(z.strictObject(Tier.shape)).min(1).max(100),
      Compensation.shape.tiers,
      checkTiers,
    ).default([{ from: 0, multiplier: 1 }]),
    ramp: Compensation.shape.ramp.default(null),
  });

  const compensation = checked(compensationFields, Compensation.pick({ ramp: true }), ({ ramp }) =>
    period === null ? [] : checkRamp(ramp, period),
  );

  const renewalFields = z.strictObject({
    ...inMajorUnits(Renewal.shape, VALUES.renewals, digits),
    pressureTested: Renewal.shape.pressureTested.optional(),
    activity: Renewal.shape.activity.default(null),
    internalRisks: optionalNote,
    externalRisks: optionalNote,
    nextActivities: optionalNote,
  });
  const datedRenewal = checked(renewalFields, Renewal.pick({ date: true }), (row) =>
    period === null ? [] : checkRenewalDate(row, period),
  );
  const renewal = checked(
    datedRenewal,
    Renewal.pick({ likelihood: true, pressureTested: true }).partial({ pressureTested: true }),
    (row) => checkPressureTest(withPressureTest(row)),
  ).transform(withPressureTest);

  const expansionTarget = z.strictObject({
    ...inMajorUnits(ExpansionTarget.shape, VALUES.expansion, digits),
    buyingCenter: OptionalLabel.default(''),
    split: ExpansionTarget.shape.split.default('quarters'),
  });

  const newBusiness = z.strictObject({
    ...inMajorUnits(NewBusiness.shape, VALUES.newBusiness, digits),
    salesCycleDays: NewBusiness.shape.salesCycleDays.default(0),
    sdr: z
      .strictObject({ ...Sdr.shape, sync: Sdr.shape.sync.default(null) })
      .nullable()
      .default(null),
    selfSourcing: z
      .strictObject({ leadIdentification: optionalNote, prospecting: optionalNote })
      .prefault({}),
  });

  const risk = z.strictObject({
    ...inMajorUnits(Risk.shape, VALUES.risks, digits),
    kind: Risk.shape.kind.default('other'),
    trigger: optionalNote,
    mitigation: optionalNote,
  });

  return {
    goal,
    compensation,
    renewals: z.array(renewal).default([]),
    expansion: z.array(expansionTarget).default([]),
    newBusiness,
    /** What is left out takes its default from the period and from X. */
    insurance: z
      .strictObject({
        xFactor: Pipeline.shape.xFactor.optional(),
        by: Period.shape.end.optional(),
        risks: z.array(risk).default([]),
      })
      .prefault({}),
  };
}
