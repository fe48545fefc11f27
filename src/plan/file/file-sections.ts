/**
 * The sections of a plan file: money in major units, defaults as the spec lists them, unknown keys
 * refused. Each turns into its section of `PlanTerms`.
 */
import { z } from 'zod';
import type { Weekday } from '../../time/local-date.ts';
import { DEFAULT_PIPELINE } from '../draft.ts';
import {
  checkGoal,
  checkPeriod,
  checkPressureTest,
  checkRenewalDate,
  checkTimeOff,
  halfLikelihood,
} from '../model/checks.ts';
import { funnelFor } from '../model/funnel.ts';
import {
  Calendar,
  CallBlock,
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
  TimeOff,
} from '../schemas.ts';
import { checked, inMajorUnits } from './section-schema.ts';

const FIVE_DAYS: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const optionalNote = Note.default('');
/** Without its life goals, which are rows of their own. */
const GoalItself = Goal.omit({ lifeGoals: true });

/** The row with its cut likelihood: half of the agreed one where the file names none. */
function withPressureTest<Row extends { likelihood: number; pressureTested?: number | undefined }>(
  row: Row,
) {
  return { ...row, pressureTested: row.pressureTested ?? halfLikelihood(row.likelihood) };
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

export const callBlocksSection = z.array(z.strictObject(CallBlock.shape)).default([]);

const { callToVisit, visitToDemo, demoToProposal, proposalToContract, contractToWon } =
  Funnel.shape;
/** The rates that a win rate is the product of. */
const fromDemo = {
  demoToProposal: demoToProposal.exactOptional(),
  proposalToContract: proposalToContract.exactOptional(),
  contractToWon: contractToWon.exactOptional(),
};
const funnelFields = z
  .strictObject({
    callToVisit: callToVisit.exactOptional(),
    visitToDemo: visitToDemo.exactOptional(),
    ...fromDemo,
  })
  .prefault({});

/** The funnel; where none of its rates from the demo on is given, they follow from the win rate that is. */
export function funnelSection(winRate: number | undefined) {
  return funnelFields.transform((given): Funnel => {
    const named = Object.keys(fromDemo).some((key) => key in given);
    return { ...funnelFor(named ? undefined : winRate), ...given };
  });
}

/**
 * The sections that hold money or dates of the period; `digits` are the currency's decimals, and
 * without a sound period what depends on it is left alone.
 */
export function sectionsFor(digits: number, period: Period | null) {
  const goal = checked(
    z.strictObject({
      ...inMajorUnits(GoalItself.shape, digits),
      lifeGoals: z.array(z.strictObject(inMajorUnits(LifeGoal.shape, digits))).default([]),
    }),
    GoalItself,
    checkGoal,
  );

  const opening = inMajorUnits(Pipeline.shape.opening.unwrap().shape, digits);
  const pipeline = z
    .strictObject({
      xFactor: Pipeline.shape.xFactor.default(DEFAULT_PIPELINE.xFactor),
      /** Follows from the funnel where it is left out. */
      winRate: Pipeline.shape.winRate.optional(),
      opening: z.strictObject({ newBusiness: opening.newBusiness.default(0) }).prefault({}),
      coverage: Pipeline.shape.coverage,
    })
    .prefault({});

  const renewalFields = z.strictObject({
    ...inMajorUnits(Renewal.shape, digits),
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
    ...inMajorUnits(ExpansionTarget.shape, digits),
    buyingCenter: OptionalLabel.default(''),
    split: ExpansionTarget.shape.split.default('quarters'),
  });

  const newBusiness = z
    .strictObject({
      ...inMajorUnits(NewBusiness.shape, digits),
      carried: NewBusiness.shape.carried,
      salesCycleDays: NewBusiness.shape.salesCycleDays.default(30),
      sdr: z
        .strictObject({ ...Sdr.shape, sync: Sdr.shape.sync.default(null) })
        .nullable()
        .default(null),
      selfSourcing: z
        .strictObject({ leadIdentification: optionalNote, prospecting: optionalNote })
        .prefault({}),
    })
    .prefault({ averageDealSize: null });

  const risk = z.strictObject({
    ...inMajorUnits(Risk.shape, digits),
    kind: Risk.shape.kind.default('other'),
    trigger: optionalNote,
    mitigation: optionalNote,
  });

  return {
    goal,
    pipeline,
    renewals: z.array(renewal).default([]),
    expansion: z.array(expansionTarget).default([]),
    newBusiness,
    /** What is left out takes its default from the period and from X. */
    insurance: z
      .strictObject({
        xFactor: Pipeline.shape.xFactor.exactOptional(),
        by: Period.shape.end.exactOptional(),
        risks: z.array(risk).default([]),
      })
      .prefault({}),
  };
}
