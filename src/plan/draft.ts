/**
 * A plan while it is being made: the same sections as `PlanTerms`, some of them still missing, and
 * what only people read (row ids, the SDR partner, overruled numbers, when reviews are held).
 */
import { z } from 'zod';
import type { OpenTerms } from './model/compute.ts';
import { funnelFor } from './model/funnel.ts';
import { defaultInsurance } from './model/pipeline.ts';
import {
  ACTIVITIES,
  Calendar,
  CallBlock,
  Compensation,
  Component,
  ExpansionTarget,
  Funnel,
  Goal,
  Insurance,
  LifeGoal,
  NewBusiness,
  PACES,
  Period,
  Pipeline,
  type PlanTerms,
  Renewal,
  Risk,
  WeekdaySchema,
} from './schemas.ts';
import { fromShortForm } from './short-form.ts';

/** The steps of the wizard, in their order. */
export const STEP_IDS = [
  'goal',
  'compensation',
  'pipeline',
  'renewals',
  'expansion',
  'newBusiness',
  'activities',
  'insurance',
  'milestones',
  'review',
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** The sections of a plan that hold rows, each added, changed and removed by itself. */
export const LIST_IDS = [
  'lifeGoals',
  'components',
  'renewals',
  'expansion',
  'callBlocks',
  'overrides',
  'risks',
] as const;
export type ListId = (typeof LIST_IDS)[number];

/** The step of that name; the first where there is none (a step that an older release had). */
export function stepIdOf(text: string): StepId {
  return STEP_IDS.find((id) => id === text) ?? 'goal';
}

/** The step `by` places on (negative: back), held within the first and the last. */
export function stepBeside(step: StepId, by: number): StepId {
  const at = Math.min(STEP_IDS.length - 1, Math.max(0, STEP_IDS.indexOf(step) + by));
  return STEP_IDS[at] ?? step;
}

const RowId = z.object({ id: z.string().min(1).max(40) });
const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const Level = z.object({ count: z.int().min(0).max(10_000), per: z.enum(PACES) });
/** So many in a stretch of time. */
export type Level = z.infer<typeof Level>;

/** A level that the pair agreed on instead of the computed one, and why. */
export const Override = z.object({
  activity: z.enum(ACTIVITIES),
  level: Level,
  reason: z.string().min(1).max(500),
});
export type Override = z.infer<typeof Override>;

const PerDay = z.looseObject({ perDay: z.number() });

/** What was stored when such numbers were always a day's. */
function withLevel(stored: unknown): unknown {
  const { success, data } = PerDay.safeParse(stored);
  return success ? { level: { count: data.perDay, per: 'day' }, ...data } : stored;
}

/** Who works the leads with the rep: their agreed outbound calls a day and when the two sync. */
const SdrPartner = z.object({
  userId: z.string().nullable(),
  callsPerDay: z.int().min(0).max(10_000).nullable(),
  syncDay: WeekdaySchema,
  syncTime: WallTime,
});
export type SdrPartner = z.infer<typeof SdrPartner>;

/** The monthly 1:1 at which the month before is judged, such as the first Tuesday at 10:00. */
const ReviewSchedule = z.object({
  ordinal: z.int().min(1).max(4),
  weekday: WeekdaySchema,
  time: WallTime,
});
export type ReviewSchedule = z.infer<typeof ReviewSchedule>;

const WithCountry = Calendar.extend({
  /** Where `holidays` came from; null when they were left out. */
  country: z.string().nullable(),
  region: z.string().nullable(),
});

/** The sections that may be read by whoever may read the plan's work, never a person's money. */
export const DraftTerms = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  period: Period,
  calendar: WithCountry,
  pipeline: Pipeline.nullable(),
  renewals: z.array(Renewal.extend(RowId.shape)),
  expansion: z.array(ExpansionTarget.extend(RowId.shape)),
  newBusiness: NewBusiness.nullable(),
  sdrPartner: SdrPartner.nullable(),
  callBlocks: z.array(CallBlock.extend(RowId.shape)),
  callsPerHour: z.int().min(1).max(200),
  overrides: z.array(z.preprocess(withLevel, Override.extend(RowId.shape))),
  funnel: Funnel,
  insurance: Insurance.omit({ risks: true }).nullable(),
  risks: z.array(Risk.extend(RowId.shape)),
  reviews: ReviewSchedule,
});
export type DraftTerms = z.infer<typeof DraftTerms>;

/** What nobody but the pair may ever see; encrypted at rest. */
const OneComponent = z.looseObject({ compensation: z.looseObject({ quota: z.number() }) });

/** What was stored before a comp plan had components: its one component becomes the first. */
function withComponents(stored: unknown): unknown {
  const { success, data } = OneComponent.safeParse(stored);
  if (!success) return stored;
  return { components: [], ...data, compensation: fromShortForm(data.compensation) };
}

const DraftGoals = z.object({
  goal: Goal.omit({ lifeGoals: true }).nullable(),
  lifeGoals: z.array(LifeGoal.extend(RowId.shape)),
  /** The comp plan with its first component; further ones are rows. */
  compensation: Compensation.omit({ components: true }).extend({ first: Component }).nullable(),
  components: z.array(Component.extend(RowId.shape)),
});
export const DraftPersonal = z.preprocess(withComponents, DraftGoals);

export const PlanDraft = DraftTerms.extend(DraftGoals.shape);
export type PlanDraft = z.infer<typeof PlanDraft>;

/** What usually holds from call to contract. */
export const DEFAULT_FUNNEL: Funnel = funnelFor();

export interface DraftDefaults {
  currency: string;
  period: Period;
  calendar: PlanDraft['calendar'];
}

/** A new plan with every default that the spec gives; what only the pair can know is missing. */
export function emptyDraft({ currency, period, calendar }: DraftDefaults): PlanDraft {
  return {
    currency,
    period,
    calendar,
    goal: null,
    lifeGoals: [],
    compensation: null,
    components: [],
    pipeline: null,
    renewals: [],
    expansion: [],
    newBusiness: null,
    sdrPartner: null,
    callBlocks: [],
    callsPerHour: 12,
    overrides: [],
    funnel: DEFAULT_FUNNEL,
    insurance: null,
    risks: [],
    reviews: DEFAULT_MEETING,
  };
}

/** When the monthly 1:1 is, until the pair picks another time: the first Tuesday, after the morning's calls. */
const DEFAULT_MEETING: PlanDraft['reviews'] = { ordinal: 1, weekday: 'tue', time: '11:00' };

/** 33.6 % is what the default funnel wins of its demos (0.7 × 0.6 × 0.8): about one in three. */
export const DEFAULT_PIPELINE: Pipeline = {
  xFactor: 3,
  winRate: 0.336,
  opening: { newBusiness: 0 },
  coverage: 'cycle',
};

export type RequiredSection = 'goal' | 'compensation' | 'newBusiness';

/** The sections that have no default and without which nothing can be signed, in step order. */
export function missingSections(draft: PlanDraft): RequiredSection[] {
  const sections = ['goal', 'compensation', 'newBusiness'] as const;
  return sections.filter((section) => draft[section] === null);
}

function compensationOf({ compensation, components }: PlanDraft): Compensation | null {
  if (!compensation) return null;
  const { first, ...rest } = compensation;
  return { ...rest, components: [first, ...components.map(({ id: _, ...row }) => row)] };
}

/** The draft as the arithmetic reads it while it is being made: what has a default stands at it. */
export function openTermsOf(draft: PlanDraft): OpenTerms {
  const pipeline = draft.pipeline ?? DEFAULT_PIPELINE;
  const insurance = draft.insurance ?? defaultInsurance(draft.period, pipeline.xFactor);
  return {
    currency: draft.currency,
    period: draft.period,
    calendar: draft.calendar,
    goal: draft.goal && { ...draft.goal, lifeGoals: draft.lifeGoals },
    compensation: compensationOf(draft),
    pipeline,
    renewals: draft.renewals,
    expansion: draft.expansion,
    newBusiness: draft.newBusiness,
    callBlocks: draft.callBlocks,
    funnel: draft.funnel,
    insurance: { ...insurance, risks: draft.risks },
  };
}

/** The draft as a whole plan; null while a section is missing that has no default. */
export function termsOf(draft: PlanDraft): PlanTerms | null {
  const { goal, compensation, newBusiness, ...terms } = openTermsOf(draft);
  if (!goal || !compensation || !newBusiness) return null;
  return { ...terms, goal, compensation, newBusiness };
}
